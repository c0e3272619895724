//! The measured processes, and what the system says of them.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, anyhow};
use directory::{DatabaseUrl, testing::POSTGRES_URL};

use super::{counting, floor};

/// A server in a process of its own, which ends with this.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
}

/// How settings spell a database.
pub(crate) fn spelled(database: &DatabaseUrl) -> String {
    match database {
        DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
        DatabaseUrl::Postgres(url) => url.clone(),
    }
}

fn smtp(relay: SocketAddr) -> String {
    format!("smtp://{relay}?tls=none")
}

impl Process {
    /// The panel, as a deployment runs it.
    pub(crate) fn panel(
        database: &DatabaseUrl,
        folder: &Path,
        relay: Option<SocketAddr>,
    ) -> anyhow::Result<Process> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
        command
            .arg("serve")
            .current_dir(folder)
            .env("VESTIBULE_BIND", "127.0.0.1:0")
            .env("VESTIBULE_DATABASE_URL", spelled(database))
            .env("VESTIBULE_DATA_DIR", folder)
            // Each of the people who ask comes from a place of its own.
            .env("VESTIBULE_TRUSTED_PROXIES", "127.0.0.1");
        if let Some(relay) = relay {
            command.env("VESTIBULE_SMTP_URL", smtp(relay)).env("VESTIBULE_MAIL_FROM", "panel@meridian.test");
        }
        Process::start(command)
    }

    /// The floor, in the same program as this.
    pub(crate) fn floor(database: &DatabaseUrl, folder: &Path) -> anyhow::Result<Process> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(floor::WORD).arg(spelled(database)).arg(folder);
        Process::start(command)
    }

    /// The panel that counts, in the same program as this.
    pub(crate) fn counted(
        database: &DatabaseUrl,
        folder: &Path,
        relay: SocketAddr,
    ) -> anyhow::Result<Process> {
        let mut command = Command::new(env::current_exe()?);
        command.arg(counting::WORD).arg(spelled(database)).arg(folder).arg(smtp(relay));
        Process::start(command)
    }

    /// All say where they listen in their first line.
    fn start(mut command: Command) -> anyhow::Result<Process> {
        let command = command.env_remove(POSTGRES_URL).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("standard output")?).read_line(&mut line)?;
        let address = line.trim().rsplit_once("http://").map(|(_, address)| address.trim_end_matches('/'));
        let address = address.ok_or_else(|| anyhow!("the server does not say where it listens: {line}"))?;
        Ok(Process { address: address.parse()?, child })
    }

    /// What it used of the processor so far.
    pub(crate) fn processor(&self) -> anyhow::Result<Duration> {
        /// `USER_HZ`, the same on every Linux of today.
        const TICKS: u64 = 100;
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        let (_, fields) = stat.rsplit_once(')').context("/proc/…/stat")?;
        let ticks = |place: usize| -> anyhow::Result<u64> {
            Ok(fields.split_whitespace().nth(place).context("/proc/…/stat")?.parse()?)
        };
        Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 1000 / TICKS))
    }

    /// What it holds of the memory, in MB.
    pub(crate) fn memory(&self) -> anyhow::Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
