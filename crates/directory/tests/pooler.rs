//! PgBouncer in transaction mode stands before the server: every transaction may come to another of its connections.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test whose pooler does not start can only stop"
)]

use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use chrono::TimeDelta;
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use directory::db::MigrateError;
use directory::organisation::{Organisation, Profile};
use directory::rate_limit::RateLimit;
use directory::session::Session;
use directory::testing::POSTGRES_URL;
use directory::{Clock, DatabaseUrl, Directory, Keys, Options};

/// Fewer connections to the server than people who ask at once.
const SERVER_CONNECTIONS: u32 = 3;
const PEOPLE: u32 = 12;
const ROUNDS: u32 = 25;

/// A database of its own, with a pooler before it. Both are gone when this is dropped.
struct Pooled {
    server: String,
    name: String,
    folder: PathBuf,
    pooler: Child,
    url: String,
}

impl Pooled {
    fn start() -> Self {
        let server = env::var_os(POSTGRES_URL).and_then(|url| url.into_string().ok()).unwrap();
        let name = format!("pooled_{}", std::process::id());
        tell(&server, &format!("CREATE DATABASE {name}"));
        let folder = env::temp_dir().join(format!("vestibule-{name}"));
        fs::create_dir(&folder).unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let configuration = write_configuration(&folder, &server, &name, port);
        let pooler = start(&configuration, port);
        let url = format!("postgres://vestibule@127.0.0.1:{port}/{name}?pooler=transaction");
        Self { server, name, folder, pooler, url }
    }

    fn directory(url: &str) -> Directory {
        let options = Options { clock: Clock::system(), keys: Keys::new([7; 32]), connections: PEOPLE };
        Directory::open(&url.parse::<DatabaseUrl>().unwrap(), options).unwrap()
    }

    /// The server's own address.
    fn direct(&self) -> String {
        let (place, _) = self.server.rsplit_once('/').unwrap();
        format!("{place}/{}", self.name)
    }
}

impl Drop for Pooled {
    fn drop(&mut self) {
        let _ = self.pooler.kill();
        let _ = self.pooler.wait();
        tell(&self.server, &format!("DROP DATABASE {} WITH (FORCE)", self.name));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[expect(clippy::disallowed_methods, reason = "databases are made outside of any transaction")]
fn tell(server: &str, statement: &str) {
    PgConnection::establish(server).unwrap().batch_execute(statement).unwrap();
}

fn write_configuration(folder: &Path, server: &str, name: &str, port: u16) -> PathBuf {
    let place = server.split('@').next_back().unwrap();
    let (host, server_port) = place.split('/').next().unwrap().split_once(':').unwrap();
    let users = folder.join("users");
    fs::write(&users, "\"vestibule\" \"\"\n").unwrap();
    let text = format!(
        "[databases]\n{name} = host={host} port={server_port} user=vestibule\n[pgbouncer]\nlisten_addr = 127.0.0.1\n\
         listen_port = {port}\nunix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = transaction\n\
         default_pool_size = {SERVER_CONNECTIONS}\n",
        users.display()
    );
    let configuration = folder.join("pgbouncer.ini");
    fs::write(&configuration, text).unwrap();
    configuration
}

/// It refuses to run as root.
fn start(configuration: &Path, port: u16) -> Child {
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let mut command = if root {
        let mut command = Command::new("setpriv");
        command.args(["--reuid=nobody", "--clear-groups", "--", "pgbouncer"]);
        command
    } else {
        Command::new("pgbouncer")
    };
    let command =
        command.env("PATH", format!("{}:/usr/sbin", env::var_os("PATH").unwrap_or_default().display()));
    let child = command.arg(configuration).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let child = child.expect("pgbouncer is installed by bin/setup test");
    let began = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(began.elapsed() < Duration::from_secs(10), "pgbouncer does not listen");
        thread::park_timeout(Duration::from_millis(20));
    }
    child
}

#[test]
fn transactions_go_through_a_pooler_and_migrations_do_not() {
    let pooled = Pooled::start();
    let panel = Pooled::directory(&pooled.url);
    assert!(matches!(panel.migrate(), Err(MigrateError::Pooled)));
    Pooled::directory(&pooled.direct()).migrate().unwrap();
    assert_eq!(panel.migrate().unwrap(), Vec::<String>::new());

    let unnamed = Organisation::default().profile;
    let profile = Profile { primary_domain: "meridian.test".to_owned(), ..unnamed };
    panel.write(|tx| Organisation::found(tx, &profile)).unwrap();
    thread::scope(|scope| {
        for person in 0..PEOPLE {
            let panel = &panel;
            scope.spawn(move || ask(panel, person));
        }
    });
}

const LOOKS: RateLimit = RateLimit::new("look", 1, TimeDelta::hours(1));

/// Reads and writes with parameters, and asks outside of any transaction, as for the time.
fn ask(panel: &Directory, person: u32) {
    for round in 0..ROUNDS {
        let organisation = panel.read(Organisation::load).unwrap();
        assert_eq!(organisation.profile.primary_domain, "meridian.test");
        let key = format!("person-{person}-{round}");
        assert!(panel.ask(|tx| Session::visitor(tx, &key)).unwrap().is_none());
        let taken = panel.write(|tx| LOOKS.of(&key).take(tx));
        taken.unwrap();
    }
}
