//! A file in trouble: many writers beside a long reader, a full disk, a file that cannot be written to (SECURITY I1, I2, I5).

use std::{os::unix::fs::PermissionsExt, path::PathBuf, process::Command, time::Duration};

use directory::{DatabaseUrl, Dialect};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{
    Form,
    disk::{self, Disk},
    figures::{self, Figures},
    owner::Owner,
    place::Place,
    process::{Panel, Running},
    trouble::{self, Answers},
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "sick-sqlite";
const WRITERS: usize = 64;
/// A file may grow this far on the full disk: not far enough for anything.
const FULL: &str = "4096";

pub(crate) async fn go_through(form: Form) -> anyhow::Result<()> {
    crowd(form).await?;
    no_growth(form).await?;
    full_disk(form).await?;
    frozen(form).await?;
    read_only().await
}

async fn open() -> anyhow::Result<(Place, Running, Owner)> {
    let place = Place::on(Dialect::Sqlite)?;
    let (running, owner) = start(&place).await?;
    Ok((place, running, owner))
}

async fn start(place: &Place) -> anyhow::Result<(Running, Owner)> {
    let panel = Panel::new(place.database.url(), &place.folder)?;
    let running = panel.start().await?.0;
    let owner = Owner::at(&panel, &place.app).await?;
    Ok((running, owner))
}

fn folder_of(place: &Place) -> anyhow::Result<PathBuf> {
    let DatabaseUrl::Sqlite(file) = place.database.url() else { anyhow::bail!("not a file") };
    Ok(file.parent().unwrap_or(file).to_owned())
}

/// All write as fast as they are answered, while another process reads and does not end.
async fn crowd(form: Form) -> anyhow::Result<()> {
    let (place, running, owner) = open().await?;
    let (at, reader) = (running.panel.address, place.database.look());
    let until = Instant::now() + Duration::from_secs(form.pick(5, 30));
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let owner = owner.clone();
        writers.spawn(async move {
            let mut adds = Vec::new();
            while Instant::now() < until {
                let guest = format!("crowd-{writer}-{}@partner.test", adds.len());
                let answer = owner.add(at, &guest).await;
                adds.push((guest, answer));
            }
            adds
        });
    }
    let adds = writers.join_all().await.into_iter().flatten().collect();
    drop(reader);
    let well = trouble::well_again(&owner, at, "crowd").await;
    let mut figures = Figures::of(format!("SQLite, {WRITERS} writers and a long reader"));
    trouble::judge(&mut figures, &place, &Answers { adds, pages: Vec::new() }, well);
    figures.print();
    Ok(())
}

/// The disk is full to the last byte; what the files have already may still be written to.
async fn full_disk(form: Form) -> anyhow::Result<()> {
    let place = Place::on(Dialect::Sqlite)?;
    let Some(disk) = Disk::under(&folder_of(&place)?)? else {
        figures::say("\nThe full disk is left out: only root can make one.");
        return Ok(());
    };
    let (running, owner) = start(&place).await?;
    let at = running.panel.address;
    disk.fill()?;
    let answers = trouble::ask(&owner, at, Duration::from_secs(form.pick(4, 20)), "disk").await;
    disk.clear()?;
    let well = trouble::well_again(&owner, at, "disk").await;
    judged("SQLite, a full disk", &place, &answers, well).print();
    running.kill()
}

/// From one moment to the next nobody may write to the file, as when a disk turns read-only.
async fn frozen(form: Form) -> anyhow::Result<()> {
    let (place, running, owner) = open().await?;
    let at = running.panel.address;
    let DatabaseUrl::Sqlite(file) = place.database.url() else { anyhow::bail!("not a file") };
    let files = [file.clone(), PathBuf::from(format!("{}-wal", file.display()))];
    if !disk::freeze(&files, true) {
        figures::say(
            "\nThe file that turns read-only is left out: only root can do that, on a disk that knows chattr.",
        );
        return Ok(());
    }
    let answers = trouble::ask(&owner, at, Duration::from_secs(form.pick(4, 20)), "frozen").await;
    disk::freeze(&files, false);
    let well = trouble::well_again(&owner, at, "frozen").await;
    judged("SQLite, a file that turns read-only under a running panel", &place, &answers, well).print();
    Ok(())
}

/// Nothing can be kept, everything can be read, and afterwards the file is whole.
fn judged(title: &str, place: &Place, answers: &Answers, well: Duration) -> Figures {
    let mut figures = Figures::of(title);
    let postponed = answers.adds.iter().filter(|(_, answer)| answer.is_postponed()).count();
    figures.goal("Adds told to come back later", "> 0", postponed, postponed > 0);
    let shown = answers.pages.iter().filter(|answer| answer.status == Some(200)).count();
    figures.goal("pages that only read", answers.pages.len(), shown, shown == answers.pages.len());
    trouble::judge(&mut figures, place, answers, well);
    let found = place.database.ask("SELECT integrity_check AS line FROM pragma_integrity_check");
    figures.goal("integrity_check", "ok", found.join(", "), found == ["ok"]);
    figures
}

/// Every write fails for a while.
async fn no_growth(form: Form) -> anyhow::Result<()> {
    let (place, running, owner) = open().await?;
    let at = running.panel.address;
    limit(&running, FULL)?;
    let answers = trouble::ask(&owner, at, Duration::from_secs(form.pick(4, 20)), "full").await;
    limit(&running, "unlimited")?;
    let well = trouble::well_again(&owner, at, "full").await;
    let mut figures = judged("SQLite, no file can grow (RLIMIT_FSIZE)", &place, &answers, well);
    let kept = answers.adds.iter().filter(|(_, answer)| answer.is_kept()).count();
    figures.none("Adds kept although nothing can be written", kept);
    figures.print();
    Ok(())
}

fn limit(running: &Running, bytes: &str) -> anyhow::Result<()> {
    let (process, size) = (running.id().to_string(), format!("--fsize={bytes}:"));
    let set = Command::new("prlimit").args(["--pid", &process, &size]).status()?;
    anyhow::ensure!(set.success(), "prlimit {size}");
    Ok(())
}

/// A panel that may not write to its database does not start, and says so.
async fn read_only() -> anyhow::Result<()> {
    let (place, running, _) = open().await?;
    let panel = running.panel.clone();
    running.kill()?;
    let DatabaseUrl::Sqlite(file) = place.database.url() else { anyhow::bail!("not a file") };
    let folder = file.parent().unwrap_or(file);
    give_away(&[folder, &place.folder])?;
    std::fs::set_permissions(file, PermissionsExt::from_mode(0o444))?;
    let began = Instant::now();
    let mut refused = panel.as_nobody().spawn()?;
    let status = refused.ended().await?;
    let log = panel.log();
    let said = log.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    let mut figures = Figures::of("SQLite, a file that may only be read");
    figures.goal("start", "refused", status, !status.success());
    let names_it = log.contains("database_url") && log.contains("ermission denied");
    figures.goal("said so", "names the setting and why", said.replace('|', " "), names_it);
    figures.within("within", Duration::from_secs(3), began.elapsed());
    std::fs::set_permissions(file, PermissionsExt::from_mode(0o644))?;
    sleep(Duration::from_millis(50)).await;
    let (again, took) = panel.as_nobody().start().await?;
    figures.within("ready once it may be written to", Duration::from_secs(5), took);
    again.kill()?;
    figures.print();
    Ok(())
}

/// Permissions mean nothing to root, so that what root owns is given to nobody, who then runs the panel.
fn give_away(folders: &[&std::path::Path]) -> anyhow::Result<()> {
    if super::process::is_root()? {
        for folder in folders {
            let given = Command::new("chown").args(["-R", "65534:65534"]).arg(folder).status()?;
            anyhow::ensure!(given.success(), "chown {}", folder.display());
        }
    }
    Ok(())
}
