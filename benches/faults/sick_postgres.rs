//! A server in trouble: restarted, frozen, cut off (SECURITY I3, I4). It is a server of its own, which `bin/postgres`
//! makes, so that nothing else suffers.

use std::{
    env, fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::Context;
use directory::{DatabaseUrl, Dialect};
use tokio::{join, time::sleep};
use url::Url;

use super::{
    Form,
    figures::{self, Figures},
    gate::{Gate, State},
    owner::Owner,
    place::Place,
    process::{Panel, Running, is_root, signal},
    trouble,
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "sick-postgres";

/// Goes through it in a process of its own, beside a server of its own.
pub(crate) async fn beside_a_server(form: Form) -> anyhow::Result<()> {
    let mut command = Command::new(concat!(env!("CARGO_MANIFEST_DIR"), "/bin/postgres"));
    command.arg(env::current_exe()?).arg(WORD).args(form.pick(None, Some("--long"))).stderr(Stdio::inherit());
    let done = tokio::task::spawn_blocking(move || command.output()).await??;
    figures::say(String::from_utf8_lossy(&done.stdout).trim_end());
    match done.status.code() {
        Some(0) => {}
        Some(status) if status == i32::from(figures::LATE) => figures::miss_a_time(),
        _ => figures::miss(),
    }
    Ok(())
}

/// Four troubles, one after the other.
pub(crate) async fn go_through(form: Form) -> anyhow::Result<()> {
    let ward = Ward::open().await?;
    let time = Duration::from_secs(form.pick(6, 30));
    let before = ward.server.postmaster()?;
    ward.suffer("restarted", time, || ward.server.restart(), || Ok(())).await?;
    anyhow::ensure!(ward.server.postmaster()? != before, "the server was not restarted");
    ward.suffer("frozen (SIGSTOP)", time, || ward.server.send("STOP"), || ward.server.send("CONT")).await?;
    let set = |state| {
        ward.gate.set(state);
        Ok(())
    };
    // Long enough for every time limit to end (SECURITY I4).
    let cut = Duration::from_secs(form.pick(6, 60));
    ward.suffer("cut off", cut, || set(State::Holding), || set(State::Open)).await?;
    ward.suffer("gone", time, || set(State::Refusing), || set(State::Open)).await
}

struct Ward {
    place: Place,
    gate: Gate,
    server: Server,
    running: Running,
    owner: Owner,
}

impl Ward {
    async fn open() -> anyhow::Result<Ward> {
        let place = Place::on(Dialect::Postgres)?;
        let DatabaseUrl::Postgres(url) = place.database.url() else { anyhow::bail!("not a server") };
        let mut url = Url::parse(url)?;
        let server: SocketAddr = ([127, 0, 0, 1], url.port().context("a port")?).into();
        let gate = Gate::to(server)?;
        url.set_port(Some(gate.address.port())).ok().context("a port")?;
        let panel = Panel::new(&DatabaseUrl::Postgres(url.into()), &place.folder)?;
        let running = panel.start().await?.0;
        let owner = Owner::at(&panel, &place.app).await?;
        let server = Server::of(&place);
        Ok(Ward { place, gate, server, running, owner })
    }

    async fn suffer(
        &self,
        name: &str,
        time: Duration,
        begin: impl FnOnce() -> anyhow::Result<()>,
        end: impl FnOnce() -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let before = self.running.panel.errors().len();
        let (at, word) = (self.running.panel.address, name.split(' ').next().unwrap_or_default());
        let asking = trouble::ask(&self.owner, at, time + Duration::from_secs(2), word);
        let trouble = async {
            sleep(Duration::from_secs(1)).await;
            begin()?;
            sleep(time).await;
            end()?;
            anyhow::Ok(trouble::well_again(&self.owner, at, word).await)
        };
        let (answers, well) = join!(asking, trouble);
        let mut figures = Figures::of(format!("PostgreSQL, {name}"));
        trouble::judge(&mut figures, &self.place, &answers, well?);
        let errors = self.running.panel.errors().split_off(before);
        figures.goal("errors of pages in the log", 0, errors.join(" / "), errors.is_empty());
        figures.print();
        Ok(())
    }
}

/// The processes of the server.
struct Server {
    data: PathBuf,
}

impl Server {
    fn of(place: &Place) -> Server {
        let data = place.database.ask("SELECT current_setting('data_directory') AS line").concat();
        Server { data: data.into() }
    }

    /// The first process; the others are its children.
    fn postmaster(&self) -> anyhow::Result<u32> {
        let file = fs::read_to_string(self.data.join("postmaster.pid"))?;
        Ok(file.lines().next().context("postmaster.pid")?.trim().parse()?)
    }

    fn send(&self, name: &str) -> anyhow::Result<()> {
        let first = self.postmaster()?;
        signal(first, name)?;
        let children = fs::read_to_string(format!("/proc/{first}/task/{first}/children"))?;
        for child in children.split_whitespace() {
            // One that ended meanwhile needs no signal.
            let _ = signal(child.parse()?, name);
        }
        Ok(())
    }

    fn restart(&self) -> anyhow::Result<()> {
        let program = fs::read_link(format!("/proc/{}/exe", self.postmaster()?))?;
        let control = program.parent().unwrap_or(Path::new("/")).join("pg_ctl");
        let mut command = if is_root()? {
            let owner = Command::new("stat").args(["-c", "%U"]).arg(&self.data).output()?;
            let mut command = Command::new("runuser");
            command.args(["-u", String::from_utf8(owner.stdout)?.trim(), "--"]).arg(control);
            command
        } else {
            Command::new(control)
        };
        command.args(["restart", "--silent", "--mode=fast", "--no-wait", "--pgdata"]).arg(&self.data);
        command.arg("--log").arg(self.data.join("log")).current_dir("/").stdout(Stdio::null());
        let began = command.status()?;
        anyhow::ensure!(began.success(), "pg_ctl restart");
        Ok(())
    }
}
