//! `vestibule check`, as an operator runs it: what it says, what it leaves alone, and with what code it ends.

use std::process::{Command, Output, Stdio};

use directory::testing::TestDatabase;
use directory::{Clock, DatabaseUrl};

use crate::support::database;
use crate::support::folder::Folder;
use crate::support::mailbox::{Mailbox, Mood};

/// An empty folder, with the settings that point into it.
struct Deployment {
    folder: Folder,
}

impl Deployment {
    fn new() -> Self {
        Self { folder: Folder::new() }
    }

    fn check(&self, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
        self.run(settings, &[&["check"][..], arguments].concat())
    }

    fn run(&self, settings: &[(&str, &str)], arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
        command.current_dir(self.folder.path()).args(arguments);
        command.env("VESTIBULE_MAIL_FROM", "panel@meridian.test");
        for (name, value) in settings {
            command.env(format!("VESTIBULE_{}", name.to_uppercase()), value);
        }
        command.output().unwrap()
    }

    /// How many things are in the folder.
    fn made(&self) -> usize {
        std::fs::read_dir(self.folder.path()).unwrap().count()
    }
}

/// The line about one setting.
fn line<'a>(told: &'a str, name: &str) -> &'a str {
    let found = told.lines().find(|line| line.contains(&format!("  {name}: ")));
    found.unwrap_or_else(|| panic!("no line about {name} in\n{told}"))
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn before_the_first_start_there_is_nothing_wrong_and_nothing_is_made() {
    let deployment = Deployment::new();
    let output = deployment.check(&[], &[]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for name in ["secret_key_file", "data_dir", "public_url", "database_url", "smtp_url"] {
        assert!(line(&said, name).starts_with("note "), "{said}");
    }
    assert_eq!(deployment.made(), 0, "a check makes nothing");
}

#[test]
fn to_ask_what_is_to_be_migrated_makes_nothing() {
    const ASK: [&str; 2] = ["migrate", "--check"];
    let deployment = Deployment::new();
    let output = deployment.run(&[], &ASK);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("is not there yet"), "{said}");
    let database = TestDatabase::on(database::dialect());
    let directory = database.open(Clock::system());
    let database_url = database::setting(&database);
    let settings = [("database_url", database_url.as_str())];
    let output = deployment.run(&settings, &ASK);
    assert!(!output.status.success() && told(&output).contains("to be applied: "), "{output:?}");
    directory.migrate().unwrap();
    let output = deployment.run(&settings, &ASK);
    assert!(output.status.success() && told(&output).contains("up to date"), "{output:?}");
    assert_eq!(deployment.made(), 0, "to ask makes nothing");
}

#[actix_web::test]
async fn a_deployment_that_is_right_is_told_line_by_line_and_a_test_mail_arrives() {
    let deployment = Deployment::new();
    let (database, _directory) = database::migrated(Clock::system());
    let mailbox = Mailbox::start_with_tls("localhost");
    let (database_url, smtp_url) = (database::setting(&database), mailbox.url());
    let settings = [
        ("database_url", database_url.as_str()),
        ("smtp_url", smtp_url.as_str()),
        ("public_url", "https://access.example.org"),
    ];
    let output = deployment.check(&settings, &[]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    for name in ["settings", "public_url", "database_url", "schema", "clock", "mail", "smtp_url"] {
        assert!(line(&said, name).starts_with("ok "), "{said}");
    }
    assert!(mailbox.mails().is_empty(), "nothing was sent");
    let heard = mailbox.sessions().concat();
    assert!(heard.iter().any(|line| line == "C: STARTTLS"), "{heard:?}");
    assert!(heard.iter().any(|line| line == "C: RSET"), "a begun mail is taken back: {heard:?}");
    assert!(line(&said, "settings").contains("no file was read"), "{said}");
    let output = deployment.check(&settings, &["--mail-to", "ann@partner.test"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    assert!(mailbox.wait_for("ann@partner.test").await.subject.contains("test"));
}

#[test]
fn what_is_wrong_is_told_with_the_settings_name_and_an_exit_code_and_no_password() {
    let deployment = Deployment::new();
    let database = TestDatabase::sqlite();
    database.open(Clock::system()).migrate().unwrap();
    database.tell("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000')");
    let DatabaseUrl::Sqlite(file) = database.url() else { panic!("not a file") };
    let (database_url, mailbox) = (format!("sqlite:{}", file.display()), Mailbox::start());
    mailbox.mood(Mood::HangsUp);
    let smtp_url = mailbox.url();
    let output = deployment
        .check(&[("database_url", &database_url), ("smtp_url", &smtp_url)], &["--mail-to", "nobody"]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(line(&said, "schema").contains("newer version"), "{said}");
    for name in ["schema", "smtp_url", "--mail-to"] {
        assert!(line(&said, name).starts_with("wrong "), "{said}");
    }
    mailbox.mood(Mood::RefusesSenders);
    let output = deployment.check(&[("smtp_url", &smtp_url)], &[]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(line(&said, "smtp_url").contains("takes no mail from our sender: 550 5.7.1"), "{said}");
    let away = "postgres://vestibule:s3cret@127.0.0.1:1/panel";
    let output = deployment.check(&[("database_url", away)], &[]);
    let said = format!("{}{}", told(&output), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(line(&said, "database_url").starts_with("wrong ") && !said.contains("s3cret"), "{said}");
}

#[test]
fn a_database_without_a_schema_is_for_the_first_start_to_fill() {
    let deployment = Deployment::new();
    let database = TestDatabase::on(database::dialect());
    drop(database.open(Clock::system()));
    let database_url = database::setting(&database);
    let output = deployment.check(&[("database_url", database_url.as_str())], &[]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    let schema = line(&said, "schema");
    assert!(schema.starts_with("note ") && schema.contains("first start"), "{said}");
}

#[test]
fn the_file_that_was_read_is_named_and_an_empty_variable_is_none() {
    let deployment = Deployment::new();
    std::fs::write(deployment.folder.file("vestibule.toml"), "log = \"warn\"\n").unwrap();
    let output = deployment.check(&[("smtp_url", ""), ("database_url", "")], &[]);
    let said = told(&output);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(line(&said, "settings").contains("/vestibule.toml and the environment"), "{said}");
}

#[test]
fn a_key_that_others_can_read_is_told_once() {
    use std::os::unix::fs::PermissionsExt;

    let deployment = Deployment::new();
    let key = deployment.folder.file("secret.key");
    std::fs::write(&key, [7; 32]).unwrap();
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = told(&deployment.check(&[("secret_key_file", &key)], &[]));
    let expected = format!("wrong  secret_key_file: {key}: mode 0644");
    assert!(line(&said, "secret_key_file").starts_with(&expected), "{said}");
}

#[test]
fn the_help_names_the_environment_and_the_demo_takes_no_settings() {
    let deployment = Deployment::new();
    let help = told(&deployment.run(&[], &["--help"]));
    assert!(help.contains("VESTIBULE_*") && help.contains("docs/BACKUP.md"), "{help}");
    let refused = deployment.run(&[], &["demo", "--config", "vestibule.toml"]);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success() && said.contains("the demo reads no settings"), "{said}");
}

/// Adds somebody, with this on standard input.
fn add(deployment: &Deployment, address: &str, password: &str) -> Output {
    use std::io::Write;

    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.current_dir(deployment.folder.path()).args(["user", "add", address, "--name", "Ann Lee"]);
    command.args(["--administrator", "--password-stdin"]).stdin(Stdio::piped());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    writeln!(child.stdin.take().unwrap(), "{password}").unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn whoever_adds_the_first_person_is_told_what_was_founded() {
    let deployment = Deployment::new();
    let guessed = add(&deployment, "ann@partner.test", "ANN@partner.test");
    let said = String::from_utf8_lossy(&guessed.stderr);
    assert!(!guessed.status.success() && said.contains("somebody could guess this password"), "{said}");
    let said = told(&add(&deployment, "ann@partner.test", "correct horse battery"));
    assert!(said.contains("Organisation: Vestibule, domain partner.test; change both under"), "{said}");
    let again = add(&deployment, "ann@partner.test", "correct horse battery");
    let said = String::from_utf8_lossy(&again.stderr);
    assert!(said.contains("ann@partner.test: There is already somebody with this address."), "{said}");
    assert!(!told(&again).contains("Organisation"), "it is founded once");
}
