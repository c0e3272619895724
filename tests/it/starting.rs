//! Starts that cannot go well, with the program itself: what they say, and that they leave everything as it was.

use std::io::{BufRead, BufReader, Read, Write, read_to_string};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use directory::Clock;
use directory::testing::TestDatabase;

use crate::support::folder::Folder;
use crate::support::panel::Panel;
use crate::support::{cast, database};

/// How long a start is waited for.
const PATIENCE: Duration = Duration::from_secs(20);
/// What a pipe of Linux holds before who writes to it waits, in bytes (pipe(7)).
const PIPE: usize = 65_536;

/// A command of the program on this database, with its other files in this folder.
fn program(database: &TestDatabase, folder: &Folder, argument: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.arg(argument).current_dir(folder.path()).env("VESTIBULE_BIND", "127.0.0.1:0");
    command.env("VESTIBULE_DATABASE_URL", database::setting(database));
    command.env("VESTIBULE_DATA_DIR", folder.path());
    command
}

fn said(output: &Output) -> String {
    [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat()
}

/// What a start says that ends by itself, and badly.
async fn refusal(mut start: Command) -> String {
    let mut child = start.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let until = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // One that serves would go on for ever.
    let _ = child.kill();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    said(&output)
}

/// A panel of this folder, which serves and tells its output where.
fn serve(folder: &Folder, output: impl Into<Stdio>) -> Child {
    let database = format!("sqlite:{}", folder.file("vestibule.db"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
    command.arg("serve").current_dir(folder.path()).env("VESTIBULE_BIND", "127.0.0.1:0");
    command.env("VESTIBULE_DATABASE_URL", database).env("VESTIBULE_DATA_DIR", folder.path());
    command.stdout(output).stderr(Stdio::null()).spawn().unwrap()
}

/// A panel of this folder that serves: its process, and where it is reached.
fn serving(folder: &Folder) -> (Child, String) {
    let mut child = serve(folder, Stdio::piped());
    let mut told = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    let line = told.find(|line| line.contains("http://127.0.0.1:")).unwrap();
    let place = line.split("http://").nth(1).unwrap().split(['/', ' ']).next().unwrap();
    let mut probe = TcpStream::connect(place).unwrap();
    write!(probe, "GET /health/live HTTP/1.1\r\nHost: {place}\r\nConnection: close\r\n\r\n").unwrap();
    assert!(read_to_string(probe).unwrap().starts_with("HTTP/1.1 200"));
    (child, place.to_owned())
}

fn signal(child: &Child, name: &str) {
    assert!(Command::new("kill").args([name, &child.id().to_string()]).status().unwrap().success());
}

/// Copying the one file of a stopped panel is enough, as docs/BACKUP.md says.
#[actix_web::test]
async fn a_panel_that_was_stopped_has_everything_in_one_file() {
    let folder = Folder::new();
    let (mut child, _) = serving(&folder);
    signal(&child, "-TERM");
    assert!(child.wait().unwrap().success());
    let log = std::fs::metadata(folder.file("vestibule.db-wal")).map_or(0, |file| file.len());
    assert_eq!(log, 0, "changes are left beside the file");
}

#[actix_web::test]
async fn who_asks_a_second_time_waits_for_nobody() {
    let folder = Folder::new();
    let (mut child, place) = serving(&folder);
    let mut slow = TcpStream::connect(&place).unwrap();
    let head = format!(
        "POST /sign-in HTTP/1.1\r\nHost: {place}\r\nOrigin: http://{place}\r\nContent-Length: 9\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    );
    slow.write_all(head.as_bytes()).unwrap();
    let began = Instant::now();
    signal(&child, "-INT");
    tokio::time::sleep(Duration::from_millis(500)).await;
    signal(&child, "-INT");
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
}

/// It tells where it listens before all of its start is done; here it is kept in the middle of telling it.
#[actix_web::test]
async fn a_stop_that_is_asked_for_during_the_start_is_heard() {
    let folder = Folder::new();
    let (mut told, mut full) = std::io::pipe().unwrap();
    full.write_all(&vec![b'.'; PIPE]).unwrap();
    let mut child = serve(&folder, full);
    let until = Instant::now() + PATIENCE;
    while !hears_sigterm(&child) && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(hears_sigterm(&child), "a stop would be a kill");
    signal(&child, "-TERM");
    told.read_exact(&mut vec![0; PIPE]).unwrap();
    assert!(read_to_string(told).unwrap().contains("Vestibule listens at"));
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Whether SIGTERM, number 15, would not end it at once (proc(5), `SigCgt`).
fn hears_sigterm(child: &Child) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).unwrap();
    u64::from_str_radix(caught.trim(), 16).unwrap() & (1 << 14) != 0
}

#[actix_web::test]
async fn beside_an_organisation_no_start_makes_a_key() {
    let ((database, directory), folder) = (database::migrated(Clock::system()), Folder::new());
    cast::assemble(&directory);
    let key_file = folder.file("secret.key");
    for _ in 0..2 {
        let refused = refusal(program(&database, &folder, "serve")).await;
        let told = format!("secret_key_file: {key_file} is not there");
        assert!(refused.contains(&told) && refused.contains("copy the key"), "{refused}");
        assert!(!std::fs::exists(&key_file).unwrap(), "a key was made");
    }
    let checked = said(&program(&database, &folder, "check").output().unwrap());
    assert!(checked.contains(&format!("wrong  secret_key_file: {key_file} is not there")), "{checked}");
    let migrated = program(&database, &folder, "migrate").output().unwrap();
    assert!(migrated.status.success() && !std::fs::exists(&key_file).unwrap(), "{}", said(&migrated));

    // As docs/OPERATIONS.md says to go on when the key is lost.
    std::fs::write(&key_file, rand::random::<[u8; 32]>()).unwrap();
    std::fs::set_permissions(&key_file, std::fs::Permissions::from_mode(0o600)).unwrap();
    for command in ["serve", "backup"] {
        let mut start = program(&database, &folder, command);
        if command == "backup" {
            start.arg(folder.file("the.backup"));
        }
        let refused = refusal(start).await;
        let told = format!("secret_key_file: {key_file} is another key than the one");
        assert!(refused.contains(&told) && refused.contains("--with-another-key"), "{refused}");
    }
    let checked = said(&program(&database, &folder, "check").output().unwrap());
    assert!(checked.contains(&format!("wrong  secret_key_file: {key_file} is another key")), "{checked}");
    let refused = said(&program(&database, &folder, "restore").arg("--after-copy").output().unwrap());
    assert!(refused.contains("is another key") && !refused.contains("still work"), "{refused}");
    let mut restore = program(&database, &folder, "restore");
    let told = said(&restore.args(["--after-copy", "--with-another-key"]).output().unwrap());
    assert!(told.contains("so is every link that was mailed"), "{told}");
    let panel = Panel::start_on(database, Clock::system(), &[("secret_key_file", &key_file)]);
    assert_eq!(panel.visitor().get("/health/ready").await.status(), 200);
}

#[actix_web::test]
async fn a_start_that_cannot_serve_does_not_migrate() {
    let (database, folder) = (TestDatabase::on(database::dialect()), Folder::new());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = listener.local_addr().unwrap().to_string();
    for (name, setting, value) in [
        ("bind", "VESTIBULE_BIND", taken.as_str()),
        ("internal_bind", "VESTIBULE_INTERNAL_BIND", taken.as_str()),
        ("smtp_url", "VESTIBULE_SMTP_URL", "smtps://relay.test?ca=/nowhere/authority.pem"),
    ] {
        let mut start = program(&database, &folder, "serve");
        start.env("VESTIBULE_MAIL_FROM", "panel@meridian.test").env(setting, value);
        let refused = refusal(start).await;
        assert!(refused.contains(&format!("vestibule: {name}")), "{refused}");
        assert!(!std::fs::exists(folder.file("secret.key")).unwrap(), "{name}: a key was made");
    }
    let missing = |database: &TestDatabase| database.open(Clock::system()).pending_migrations().unwrap();
    assert_eq!(missing(&database), missing(&TestDatabase::on(database::dialect())));
}
