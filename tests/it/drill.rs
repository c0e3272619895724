//! The drill of docs/BACKUP.md, with the program's own commands: a backup while people work, the loss of everything
//! that came after it, a restore in another place, and what holds there. And the move to another database.

use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

use directory::testing::TestDatabase;
use directory::{Clock, DatabaseUrl, Dialect};

use crate::support::cast::{self, ADAM, MIA, OLIVIA, SALESFORCE};
use crate::support::folder::Folder;
use crate::support::mailbox::Reaction;
use crate::support::panel::Panel;
use crate::support::visitor::Visitor;
use crate::support::{database, stage};

const ANN: &str = "ann@partner.test";
const WAITING: &str = "waiting@partner.test";
const LATER: &str = "later@partner.test";
const OFFER: &str = "invites you to Salesforce";
const BEING_LOOKED_AT: &str =
    "This panel was restored from a backup and is being looked at. Try again later.";

/// Runs a command of the program on this database, with this key.
fn run(database: &TestDatabase, key_file: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.env("VESTIBULE_DATABASE_URL", database::setting(database)).env("VESTIBULE_LOG", "info");
    command.env("VESTIBULE_SECRET_KEY_FILE", key_file).current_dir(std::env::temp_dir());
    command.args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    let [out, err] =
        [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    format!("{out}{err}")
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", said(output));
    said(output)
}

/// Backs up on a thread of its own while Olivia goes on inviting; answers what was said and how many she invited.
async fn back_up_under_load(panel: &Panel, olivia: &mut Visitor, file: &str) -> (String, usize) {
    let (url, key_file, file) = (database::setting(&panel.database), panel.key_file(), file.to_owned());
    let backup = actix_web::rt::task::spawn_blocking(move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
        command.env("VESTIBULE_DATABASE_URL", url).env("VESTIBULE_SECRET_KEY_FILE", key_file);
        command.current_dir(std::env::temp_dir()).args(["backup", &file]).output().unwrap()
    });
    let mut invited = 0;
    while !backup.is_finished() && invited < 40 {
        olivia.open("/apps/salesforce/manage/add").await;
        olivia.fill("email", &format!("busy{invited}@partner.test")).press("Add").await;
        assert_eq!(olivia.status(), 303);
        invited += 1;
    }
    (done(&backup.await.unwrap()), invited)
}

/// Whether a server knows how much there is, by which it chooses its ways. A file is not told.
fn knows_its_size(database: &TestDatabase) -> bool {
    let known = "SELECT CAST(reltuples > 0 AS TEXT) AS line FROM pg_class WHERE oid = 'users'::regclass";
    matches!(database.url(), DatabaseUrl::Sqlite(_)) || database.ask(known) == ["true"]
}

/// Proves a mailbox to the panel, as somebody who signs in by a mailed code.
async fn prove_mailbox(panel: &Panel, visitor: &mut Visitor, address: &str) {
    visitor.open("/sign-in").await.fill("email", address).press("Continue").await;
    visitor.press("E-mail me a code Six digits, no password needed").await;
    let code = panel.mailbox.wait_for(address).await.code();
    visitor.fill("code", &code).press("Sign in").await;
}

fn path_of(panel: &Panel, link: &str) -> String {
    link.strip_prefix(panel.address()).unwrap().to_owned()
}

#[actix_web::test]
async fn what_is_lost_is_brought_back_and_nobody_is_in_who_should_not_be() {
    let (panel, folder) = (Panel::start_now(), Folder::new());
    let file = folder.file("the.backup");
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, ANN));
    let before = path_of(&panel, &panel.mailbox.wait_for(ANN).await.link());
    let mut olivia = panel.signed_in(OLIVIA).await;
    // This mail arrives, and the panel never learns so.
    panel.mailbox.react(WAITING, Reaction::DropAfterDot, 100);
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, WAITING));
    let arrived = panel.mailbox.wait_for(WAITING).await;
    let (said, invited) = back_up_under_load(&panel, &mut olivia, &file).await;
    assert!(said.contains("invitations") && invited > 0, "{said}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let whole = std::fs::read(&file).unwrap();
    let again = run(&panel.database, &panel.key_file(), &["backup", &file]);
    assert!(!again.status.success() && std::fs::read(&file).unwrap() == whole, "a backup was overwritten");

    // What comes after the backup is lost.
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, LATER));
    let lost = path_of(&panel, &panel.mailbox.wait_for(LATER).await.link());
    let (key_file, session) = (panel.key_file(), olivia.cookies());

    let elsewhere = TestDatabase::on(database::dialect());
    let told = done(&run(&elsewhere, &key_file, &["restore", &file]));
    for words in ["Sessions ended: ", "Mails held: ", "Adam Ito <adam@meridian.test>", "Administrators:"] {
        assert!(told.contains(words), "{told}");
    }
    // What is open again, to be compared; and no more of it than that.
    for address in [ANN, WAITING] {
        assert!(told.contains(&format!("  {address} to Salesforce, by Olivia Brandt")), "{told}");
    }
    for secret in [LATER, "$argon2"] {
        assert!(!told.contains(secret), "{told}");
    }
    assert!(knows_its_size(&elsewhere));
    let checked = self::said(&run(&elsewhere, &key_file, &["check"]));
    assert!(checked.contains("note   mail: is held since"), "{checked}");
    let refused = run(&elsewhere, &key_file, &["restore", &file]);
    assert!(
        !refused.status.success() && self::said(&refused).contains("not empty"),
        "{}",
        self::said(&refused)
    );

    let restored = Panel::start_on(elsewhere, Clock::system(), &[("secret_key_file", &key_file)]);
    let mut thief = restored.visitor().with_cookies(&session);
    thief.get("/apps").await;
    assert_eq!(thief.status(), 303, "a session outlived the restore");
    let mut ann = restored.visitor();
    ann.open(&lost).await.does_not_see(OFFER);
    ann.open(&before).await.does_not_see(OFFER).sees(BEING_LOOKED_AT).does_not_see("Send me a fresh link");
    let mut mia = restored.visitor();
    prove_mailbox(&restored, &mut mia, MIA).await;
    assert_eq!(mia.status(), 422, "{mia}");
    mia.sees(BEING_LOOKED_AT);
    mia.get("/apps").await;
    assert_eq!(mia.status(), 303, "somebody who is no administrator is in");

    let mut adam = restored.signed_in(ADAM).await;
    let codes_only = restored.mailbox.mails().iter().all(|mail| [ADAM, MIA].contains(&mail.to.as_str()));
    assert!(codes_only, "held mail went out");
    adam.open("/admin/mail").await.sees("mail is held since").sees(WAITING);
    adam.open("/admin/health").await.sees("when this directory was restored from a backup");
    adam.open("/admin/mail")
        .await
        .click("Open the panel and release the mail")
        .await
        .press("Open the panel and release the mail")
        .await
        .sees("Mail goes out again.")
        .does_not_see("mail is held since");
    ann.open(&before).await.sees(OFFER);
    let sent_again = restored.mailbox.wait_for(WAITING).await;
    assert_eq!(sent_again.header("message-id"), arrived.header("message-id"));
    assert_eq!(path_of(&restored, &sent_again.link()), path_of(&panel, &arrived.link()));
    let audited = adam.open("/admin/audit").await.audited();
    for action in ["Released the mail", "Restored from a backup"] {
        assert!(audited.iter().any(|row| row == action), "{action} is not among {audited:?}");
    }
}

#[actix_web::test]
async fn a_damaged_backup_is_refused_in_a_sentence() {
    let (panel, folder) = (Panel::start_now(), Folder::new());
    let file = folder.file("the.backup");
    done(&run(&panel.database, &panel.key_file(), &["backup", &file]));
    let whole = std::fs::read(&file).unwrap();
    let elsewhere = TestDatabase::on(database::dialect());
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    let told = said(&run(&elsewhere, &panel.key_file(), &["restore", &file]));
    assert!(told.contains("cut off"), "{told}");
    let changed = String::from_utf8(whole.clone()).unwrap().replace("Olivia Brandt", "Oliver Brandt");
    std::fs::write(&file, changed).unwrap();
    let told = said(&run(&elsewhere, &panel.key_file(), &["restore", &file]));
    assert!(told.contains("users has changed since") && !told.contains("Oliver"), "{told}");
    std::fs::write(&file, &whole).unwrap();
    let other_key = format!("{}.other", panel.key_file());
    std::fs::copy(panel.key_file(), &other_key).unwrap();
    std::fs::write(&other_key, [8; 32]).unwrap();
    let told = said(&run(&elsewhere, &other_key, &["restore", &file]));
    assert!(told.contains("--with-another-key") && told.contains(&other_key), "{told}");
    done(&run(&elsewhere, &panel.key_file(), &["restore", &file]));
}

/// What was derived from a key that is lost is dead; nobody is to learn that from guests.
#[actix_web::test]
async fn a_key_that_is_not_there_is_missed_and_not_made() {
    let (panel, folder) = (Panel::start_now(), Folder::new());
    let file = folder.file("the.backup");
    let lost = format!("{}.lost", panel.key_file());
    let (elsewhere, third) = (TestDatabase::on(database::dialect()), TestDatabase::on(database::dialect()));
    let refused = said(&run(&panel.database, &lost, &["backup", &file]));
    assert!(refused.contains("is not there") && refused.contains(&lost), "{refused}");
    assert!(refused.contains("restore --after-copy --with-another-key"), "{refused}");
    assert!(refused.contains("there is no vestibule.toml in "), "{refused}");
    let refused = said(&run(&panel.database, &lost, &["move", "--to", &database::setting(&third)]));
    assert!(refused.contains("is not there"), "{refused}");
    done(&run(&panel.database, &panel.key_file(), &["backup", &file]));
    for arguments in [["restore", file.as_str()], ["restore", "--after-copy"]] {
        let refused = said(&run(&elsewhere, &lost, &arguments));
        assert!(refused.contains("is not there") && refused.contains("--with-another-key"), "{refused}");
    }
    assert!(!std::fs::exists(&lost).unwrap(), "a key was made");
    let told = done(&run(&elsewhere, &lost, &["restore", &file, "--with-another-key"]));
    assert!(told.contains("so is every link that was mailed") && std::fs::exists(&lost).unwrap(), "{told}");
    let told = done(&run(&elsewhere, &lost, &["restore", "--after-copy"]));
    assert!(told.contains("issued after the copy. Links that were mailed before it still work"), "{told}");
    std::fs::remove_file(&lost).unwrap();
    done(&run(&elsewhere, &lost, &["restore", "--after-copy", "--with-another-key"]));
    assert!(std::fs::exists(&lost).unwrap(), "no key was made");
}

#[actix_web::test]
async fn a_panel_moves_to_postgresql_with_its_sessions_and_links() {
    let clock = Clock::system();
    let database = TestDatabase::on(Dialect::Sqlite);
    database.open(clock.clone()).migrate().unwrap();
    let panel = Panel::start_on(database, clock, &[]);
    cast::assemble(&panel.directory);
    panel.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, ANN));
    let link = path_of(&panel, &panel.mailbox.wait_for(ANN).await.link());
    let session = panel.signed_in(OLIVIA).await.cookies();

    let server = TestDatabase::on(Dialect::Postgres);
    let to = database::setting(&server);
    let told = done(&run(&panel.database, &panel.key_file(), &["move", "--to", &to]));
    assert!(told.contains("Every row was read back") && told.contains("activities"), "{told}");
    assert!(knows_its_size(&server));
    let again = said(&run(&panel.database, &panel.key_file(), &["move", "--to", &to]));
    assert!(again.contains("--to must name an empty database: ") && again.contains("not empty"), "{again}");

    let key_file = panel.key_file();
    let moved = Panel::start_on(server, Clock::system(), &[("secret_key_file", &key_file)]);
    let mut olivia = moved.visitor().with_cookies(&session);
    olivia.open("/apps").await.sees("Salesforce");
    moved.visitor().open(&link).await.sees(OFFER);
    moved.write(|tx| stage::invite(tx, OLIVIA, SALESFORCE, LATER));
    moved.mailbox.wait_for(LATER).await;
}
