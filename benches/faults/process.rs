//! The panel in processes of its own, which are killed, stopped and started again.

use std::{
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    time::Duration,
};

use anyhow::Context;
use directory::{DatabaseUrl, testing::POSTGRES_URL};
use reqwest::Client;
use tokio::time::{Instant, sleep};

use super::clocks;

/// How long anything that should come is waited for.
const PATIENCE: Duration = Duration::from_secs(30);

/// How settings spell a database.
pub(crate) fn spelled(database: &DatabaseUrl) -> String {
    match database {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}

/// How a panel is started; the same each time, on the same port.
#[derive(Clone)]
pub(crate) struct Panel {
    pub(crate) address: SocketAddr,
    database: String,
    folder: PathBuf,
    relay: Option<String>,
    public: SocketAddr,
    as_nobody: bool,
    clock: Option<PathBuf>,
}

/// A panel that runs, until it is killed or this is dropped.
pub(crate) struct Running {
    child: Child,
    pub(crate) panel: Panel,
}

impl Panel {
    /// A panel on a port that nobody listens on.
    pub(crate) fn new(database: &DatabaseUrl, folder: &Path) -> anyhow::Result<Panel> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let (database, folder) = (spelled(database), folder.to_owned());
        Ok(Panel { address, database, folder, relay: None, public: address, as_nobody: false, clock: None })
    }

    /// With its mail going there.
    pub(crate) fn mailing(self, relay: String) -> Panel {
        Panel { relay: Some(relay), ..self }
    }

    /// Known to people by this address, behind which it is.
    pub(crate) fn behind(&self, public: SocketAddr) -> Panel {
        Panel { public, ..self.clone() }
    }

    /// Run by somebody to whom the permissions of files mean something.
    pub(crate) fn as_nobody(&self) -> Panel {
        Panel { as_nobody: true, ..self.clone() }
    }

    /// With a clock that is as wrong as this file says; see [`clocks`](super::clocks).
    pub(crate) fn with_clock(&self, file: &Path) -> Panel {
        Panel { clock: Some(file.to_owned()), ..self.clone() }
    }

    /// Another instance of the same deployment, on a port of its own.
    pub(crate) fn sibling(&self) -> anyhow::Result<Panel> {
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        Ok(Panel { address, ..self.clone() })
    }

    /// The host that people know it by.
    pub(crate) fn host(&self) -> String {
        self.public.to_string()
    }

    /// What it logged so far, all its processes together.
    pub(crate) fn log(&self) -> String {
        fs::read_to_string(self.log_file()).unwrap_or_default()
    }

    /// What its pages say of that which they could not explain: not that a database is away, but anything else.
    pub(crate) fn errors(&self) -> Vec<String> {
        self.log().lines().filter(|line| line.contains(" ERROR vestibule::web")).map(str::to_owned).collect()
    }

    fn log_file(&self) -> PathBuf {
        self.folder.join(format!("log-{}", self.address.port()))
    }

    /// The same program, of which writing beyond a limit is an error and not the end.
    fn command(&self) -> anyhow::Result<Command> {
        let mut command = if self.as_nobody && is_root()? {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=65534", "--regid=65534", "--clear-groups", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        command
            .args(["-c", "trap '' XFSZ; exec \"$0\" serve", env!("CARGO_BIN_EXE_vestibule")])
            .current_dir(&self.folder)
            .env_remove(POSTGRES_URL)
            .env("VESTIBULE_BIND", self.address.to_string())
            .env("VESTIBULE_PUBLIC_URL", format!("http://{}", self.public))
            .env("VESTIBULE_DATABASE_URL", &self.database)
            .env("VESTIBULE_DATA_DIR", &self.folder);
        if let Some(relay) = &self.relay {
            command.env("VESTIBULE_SMTP_URL", relay).env("VESTIBULE_MAIL_FROM", "panel@meridian.test");
        }
        if let (Some(file), Some(library)) = (&self.clock, clocks::library()) {
            command
                .env("LD_PRELOAD", library)
                .env("FAKETIME_TIMESTAMP_FILE", file)
                .env("FAKETIME_CACHE_DURATION", "1")
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        }
        let log = File::options().create(true).append(true).open(self.log_file())?;
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        Ok(command)
    }

    /// Starts it, and does not wait.
    pub(crate) fn spawn(&self) -> anyhow::Result<Running> {
        Ok(Running { child: self.command()?.spawn()?, panel: self.clone() })
    }

    /// Starts it, and waits until it is ready; answers how long that took.
    pub(crate) async fn start(&self) -> anyhow::Result<(Running, Duration)> {
        let began = Instant::now();
        let running = self.spawn()?;
        self.ready().await?;
        Ok((running, began.elapsed()))
    }

    /// Waits until it says that it is ready.
    pub(crate) async fn ready(&self) -> anyhow::Result<()> {
        let until = Instant::now() + PATIENCE;
        while self.health().await != Some(200) {
            anyhow::ensure!(Instant::now() < until, "not ready after {PATIENCE:?}: {}", tail(&self.log()));
            sleep(Duration::from_millis(10)).await;
        }
        Ok(())
    }

    /// What it says of itself; `None` when nobody listens.
    pub(crate) async fn health(&self) -> Option<u16> {
        let client = Client::builder().timeout(Duration::from_secs(5)).build().ok()?;
        let asked = client.get(format!("http://{}/health/ready", self.address)).header("host", self.host());
        asked.send().await.ok().map(|answer| answer.status().as_u16())
    }
}

fn tail(log: &str) -> String {
    let lines: Vec<&str> = log.lines().rev().take(3).collect();
    lines.join(" / ")
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// SIGKILL, and gone.
    pub(crate) fn kill(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Sends a signal by its name.
    pub(crate) fn signal(&self, name: &str) -> anyhow::Result<()> {
        signal(self.id(), name)
    }

    /// Waits for its end.
    pub(crate) async fn ended(&mut self) -> anyhow::Result<ExitStatus> {
        let until = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait()? {
                return Ok(status);
            }
            anyhow::ensure!(Instant::now() < until, "it does not end");
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// Threads, open files and sockets, and megabytes of memory.
    pub(crate) fn size(&self) -> anyhow::Result<(usize, usize, f64)> {
        let of = |what| PathBuf::from(format!("/proc/{}/{what}", self.id()));
        let status = fs::read_to_string(of("status"))?;
        let memory = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        let kilobytes: f64 = memory.trim().trim_end_matches(" kB").parse()?;
        Ok((fs::read_dir(of("task"))?.count(), fs::read_dir(of("fd"))?.count(), kilobytes / 1024.0))
    }
}

/// Whether this runs as root.
pub(crate) fn is_root() -> anyhow::Result<bool> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:")).context("Uid")?;
    Ok(line.split_whitespace().nth(1) == Some("0"))
}

/// Sends a signal to a process by their names.
pub(crate) fn signal(process: u32, name: &str) -> anyhow::Result<()> {
    // The shell's own: there need not be a program of that name.
    let sent = Command::new("sh").args(["-c", "kill -\"$0\" \"$1\"", name, &process.to_string()]).status()?;
    anyhow::ensure!(sent.success(), "no {name} to {process}");
    Ok(())
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
