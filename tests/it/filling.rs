//! `vestibule fill`: the pages work in the organisation that it makes, and it makes it in an empty database only.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use directory::fill::{ADMINISTRATOR, EVERYBODYS_APP, PERSON, TEAMS_APP, owners};
use directory::invitation::{self, InvitationFilter, Standing};
use directory::testing::TestDatabase;
use directory::token::InvitationToken;
use directory::user::User;
use directory::{Actor, Administrator, Clock, EmailAddress, Organisation};

use crate::support::cast::PASSWORD;
use crate::support::database;
use crate::support::folder::Folder;
use crate::support::panel::Panel;

fn fill(database: &TestDatabase, key_file: &str, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.env("VESTIBULE_DATABASE_URL", database::setting(database)).current_dir(std::env::temp_dir());
    command.env("VESTIBULE_SECRET_KEY_FILE", key_file).arg("fill").args(arguments);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // A command that refuses at once reads nothing.
    let _ = child.stdin.take().unwrap().write_all(PASSWORD.as_bytes());
    child.wait_with_output().unwrap()
}

const MAIL_ME: &str = "E-mail me a code No account or password needed";
const SMALL: [&str; 7] = ["--members", "300", "--groups", "40", "--apps", "60", "--password-stdin"];

/// A panel in a filled directory, on the clock of the machine.
fn filled() -> Panel {
    let ((database, _), folder) = (database::migrated(Clock::system()), Folder::new());
    let key_file = folder.file("secret.key");
    let output = fill(&database, &key_file, &SMALL);
    assert!(output.status.success(), "{output:?}");
    Panel::start_on(database, Clock::system(), &[("secret_key_file", &key_file)])
}

#[actix_web::test]
async fn people_find_their_apps_and_owners_manage_theirs() {
    let panel = filled();
    let mut petra = panel.visitor();
    petra.open("/sign-in").await.fill("email", PERSON).press("Continue").await;
    petra.fill("password", PASSWORD).press("Sign in").await;
    assert_eq!(petra.html().matches("id=\"app-").count(), 20);

    let mut owner = panel.signed_in(&owners().next().unwrap()).await;
    for app in [TEAMS_APP, EVERYBODYS_APP] {
        owner.open(&format!("/apps/{app}/manage")).await.sees("Add");
        assert_eq!(owner.status(), 200);
    }
    owner.open(&format!("/apps/{EVERYBODYS_APP}/manage/add")).await;
    owner.fill("email", "new@partner.test").press("Add").await.sees("new@partner.test");
    assert!(panel.mailbox.wait_for("new@partner.test").await.link().starts_with(panel.address()));
    owner.click("Remove from Everybody’s app…").await.press("Remove").await.sees("has been removed");
}

#[actix_web::test]
async fn an_administrator_reads_all_of_it() {
    let panel = filled();
    let mut adam = panel.signed_in(ADMINISTRATOR).await;
    for page in
        ["/admin", "/admin/users", "/admin/groups", "/admin/apps", "/admin/audit", "/admin/invitations"]
    {
        adam.open(page).await;
        assert_eq!(adam.status(), 200, "{page}");
    }
    adam.open("/admin/users?q=petra").await.sees(PERSON);
    for list in ["/admin/users", "/admin/apps"] {
        adam.open(list).await;
        assert_eq!(adam.link("First page"), None, "{adam}");
        adam.click("Next page").await;
        assert_eq!(adam.link("First page").as_deref(), Some(list), "{adam}");
    }
}

#[actix_web::test]
async fn an_open_invitation_is_accepted() {
    let panel = filled();
    let (token, address) = panel.read(|tx| {
        let address = EmailAddress::parse(ADMINISTRATOR).unwrap();
        let adam = Actor::of(&User::by_address(tx, &address)?.unwrap()).unwrap();
        let (adam, organisation) = (Administrator::find(tx, &adam)?, Organisation::load(tx)?);
        let rows = invitation::list(tx, &adam, &organisation, &InvitationFilter::default(), 100)?.rows;
        let open = rows.into_iter().find(|row| row.standing == Standing::Open).unwrap().invitation;
        let token = InvitationToken { invitation: open.id, generation: open.generation };
        Ok((token.text(tx.keys()), open.address_key))
    });
    let mut guest = panel.visitor();
    guest.open(&format!("/invitations/{token}")).await.press(MAIL_ME).await;
    let mails = panel.mailbox.wait_for(&address).await;
    guest.fill("code", &mails.code()).press("Accept").await;
    assert_eq!(guest.status(), 303);
}

#[actix_web::test]
async fn as_many_guests_are_made_as_are_asked_for() {
    let ((database, _), folder) = (database::migrated(Clock::system()), Folder::new());
    let key_file = folder.file("secret.key");
    let output = fill(&database, &key_file, &[&SMALL[..], &["--guests", "25"]].concat());
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let users = said.lines().find(|line| line.trim_start().starts_with("users ")).unwrap();
    assert_eq!(users.split_whitespace().last(), Some("325"), "{said}");
    let refused = fill(&database, &key_file, &[&SMALL[..], &["--guests", "9"]].concat());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("--guests"), "too few for what is promised");
}

#[actix_web::test]
async fn a_directory_with_anything_in_it_is_refused() {
    let panel = Panel::start();
    let before = panel.contents();
    let output = fill(&panel.database, &panel.key_file(), &SMALL);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("database_url must name an empty database"), "{said}");
    assert_eq!(panel.contents(), before);
}
