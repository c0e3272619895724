//! The real server, in this process, for one test: a database, a clock to turn, and a relay that keeps its mail.

use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use directory::testing::{Contents, TestDatabase};
use directory::{Clock, Directory, Timestamp, Tx};
use tokio::sync::oneshot;
use vestibule::app::{Application, Parts};
use vestibule::settings::Settings;
use vestibule::web::Nudge;

use super::door::Door;
use super::folder::Folder;
use super::mailbox::Mailbox;
use super::visitor::Visitor;
use super::{cast, database};

/// Wednesday 18 November 2026, 13:05 in Amsterdam: where the clock of every panel stands at first.
const NOON: &str = "2026-11-18T12:05:00Z";

/// How long a test waits for what should come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running panel. Stops, and takes its database with it, when it is dropped.
pub(crate) struct Panel {
    /// What it takes for the present.
    pub clock: Clock,
    /// Where its mail arrives.
    pub mailbox: Mailbox,
    /// What it serves.
    pub directory: Directory,
    courier: Nudge,
    address: String,
    internal: Option<String>,
    _running: Running,
    /// Where it keeps that.
    pub database: Arc<TestDatabase>,
    folder: Folder,
}

struct Running {
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What the thread of a panel answers once it listens.
struct Started {
    address: String,
    internal: Option<String>,
    directory: Directory,
    courier: Nudge,
}

impl Panel {
    /// A panel with the cast of [`cast`] in it.
    pub(crate) fn start() -> Self {
        let panel = Self::start_empty();
        cast::assemble(&panel.directory);
        panel
    }

    /// A panel as it is before anybody has set it up.
    pub(crate) fn start_empty() -> Self {
        Self::start_with(&[])
    }

    /// An empty panel with these settings beside those that every test needs.
    pub(crate) fn start_with(settings: &[(&str, &str)]) -> Self {
        let clock = Clock::fixed(NOON.parse::<Timestamp>().unwrap());
        let (database, _) = database::migrated(clock.clone());
        Self::start_on(database, clock, settings)
    }

    /// A panel on a database that may have something in it.
    pub(crate) fn start_on(database: TestDatabase, clock: Clock, settings: &[(&str, &str)]) -> Self {
        Self::start_sharing(Arc::new(database), clock, settings)
    }

    fn start_sharing(database: Arc<TestDatabase>, clock: Clock, settings: &[(&str, &str)]) -> Self {
        let (mailbox, folder) = (Mailbox::start(), Folder::new());
        let (database_url, smtp_url) = (database::setting(&database), mailbox.url());
        let data_dir = folder.path().display().to_string();
        let mut pairs = vec![
            ("bind", "127.0.0.1:0"),
            ("database_url", database_url.as_str()),
            ("data_dir", data_dir.as_str()),
            ("smtp_url", smtp_url.as_str()),
            ("mail_from", "Vestibule <panel@meridian.test>"),
            ("internal_bind", "127.0.0.1:0"),
        ];
        pairs.extend(settings);
        let mut settings = Settings::from_pairs(&pairs).unwrap();
        settings.sizes.workers = 1;
        let (running, started) = run(settings, clock.clone());
        let Started { address, internal, directory, courier } = started;
        Self { clock, mailbox, directory, courier, address, internal, _running: running, database, folder }
    }

    /// A panel with the cast, on the clock of the machine.
    pub(crate) fn start_now() -> Self {
        let (database, _) = database::migrated(Clock::system());
        let panel = Self::start_on(database, Clock::system(), &[]);
        cast::assemble(&panel.directory);
        panel
    }

    /// A panel with the cast, whose PostgreSQL is behind this door.
    pub(crate) fn start_behind(door: &Door) -> Self {
        let clock = Clock::fixed(NOON.parse::<Timestamp>().unwrap());
        let (database, _) = database::migrated(clock.clone());
        let url = door.through(&database::setting(&database));
        let panel = Self::start_on(database, clock, &[("database_url", url.as_str())]);
        cast::assemble(&panel.directory);
        panel
    }

    /// Another instance on the same database, with the same key, clock and relay: mail arrives at this one's.
    pub(crate) fn sibling(&self) -> Self {
        let (key_file, smtp_url) = (self.key_file(), self.mailbox.url());
        let settings = [("secret_key_file", key_file.as_str()), ("smtp_url", smtp_url.as_str())];
        Self::start_sharing(Arc::clone(&self.database), self.clock.clone(), &settings)
    }

    /// A new browser, with nobody signed in.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(&self.address)
    }

    /// Where people reach it, without a slash at the end.
    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    /// What it tells operators on its internal address.
    pub(crate) async fn metrics(&self) -> String {
        let address = self.internal.as_ref().unwrap();
        reqwest::get(format!("{address}/metrics")).await.unwrap().text().await.unwrap()
    }

    /// Where it keeps its key.
    pub(crate) fn key_file(&self) -> String {
        self.folder.file("secret.key")
    }

    /// Looks something up behind the server's back.
    pub(crate) fn read<T>(&self, verb: impl Fn(&mut Tx<'_>) -> directory::Result<T>) -> T {
        self.directory.read(verb).unwrap()
    }

    /// Waits until each mail has been tried and that is noted, which is after it has arrived.
    pub(crate) async fn until_mails_are_tried(&self) {
        self.until("SELECT state AS line FROM deliveries WHERE state = 'queued'").await;
    }

    /// Waits until no row is such any more.
    pub(crate) async fn until(&self, rows: &str) {
        let until = Instant::now() + PATIENCE;
        while !self.database.ask(rows).is_empty() {
            assert!(Instant::now() < until, "still there: {rows}; {:#?}", self.mailbox.sessions());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// All that is in the directory, to compare.
    pub(crate) fn contents(&self) -> Contents {
        self.database.contents()
    }

    /// Changes something behind the server's back, and lets the courier know.
    pub(crate) fn write<T>(&self, verb: impl Fn(&mut Tx<'_>) -> directory::Result<T>) -> T {
        let written = self.directory.write(verb).unwrap();
        self.courier.wake();
        written
    }
}

/// Runs a panel on a thread of its own, so that dropping it can wait for its end.
fn run(settings: Settings, clock: Clock) -> (Running, Started) {
    let (tell, started) = mpsc::channel();
    let (stop, stopped) = oneshot::channel();
    let thread = thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let parts = Parts { clock, ..Parts::default() };
            let app = Application::build(settings, parts).unwrap();
            let address = format!("http://127.0.0.1:{}", app.port());
            let (directory, courier) = (app.directory().clone(), app.nudge());
            let internal = app.internal_address().map(|address| format!("http://{address}"));
            tell.send(Started { address, internal, directory, courier }).unwrap();
            let brake = app.stop();
            actix_web::rt::spawn(async move {
                // Ends when the panel is dropped, whichever way.
                let _ = stopped.await;
                brake.gracefully().await;
            });
            app.run_until_stopped().await.unwrap();
        });
    });
    let started = started.recv().unwrap();
    (Running { stop: Some(stop), thread: Some(thread) }, started)
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        let ended = self.thread.take().map(JoinHandle::join);
        // The test has its own word to say when it is failing already.
        assert!(thread::panicking() || ended.is_none_or(|ended| ended.is_ok()), "the panel ended badly");
    }
}
