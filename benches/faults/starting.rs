//! Starting, stopping and upgrading: who migrates, what a kill leaves of a migration, who refuses, who is not cut off
//! (SECURITY I9, J1, J2, G-7).

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use directory::{Dialect, testing::TestDatabase};
use tokio::{
    task::JoinSet,
    time::{Instant, sleep},
};

use super::{
    Form,
    figures::Figures,
    owner::{Answer, Owner},
    place::Place,
    process::Panel,
    upgrading,
};

/// The argument that makes this program do only what follows.
pub(crate) const WORD: &str = "starting";
pub(super) const READY: Duration = Duration::from_secs(5);
const STARTERS: usize = 5;
/// What the program itself says when it has migrated.
const MIGRATED: &str = "migrated the database";

pub(crate) async fn go_through(dialect: Dialect, form: Form) -> anyhow::Result<()> {
    let mut figures = Figures::of(format!("Starting and stopping, {dialect:?}"));
    at_once(&mut figures, dialect).await?;
    upgrading::go_through(&mut figures, dialect).await?;
    killed_while_migrating(&mut figures, dialect, form).await?;
    newer(&mut figures, dialect).await?;
    stopped_under_load(&mut figures, dialect, form).await?;
    figures.print();
    Ok(())
}

/// A folder for what a panel writes, gone when this is dropped.
pub(super) struct Folder(pub(super) std::path::PathBuf);

impl Folder {
    pub(super) fn new() -> anyhow::Result<Folder> {
        let path = std::env::temp_dir().join(format!("vestibule-faults-{:016x}", rand::random::<u64>()));
        std::fs::create_dir(&path)?;
        Ok(Folder(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

async fn at_once(figures: &mut Figures, dialect: Dialect) -> anyhow::Result<()> {
    let (database, folder) = (TestDatabase::on(dialect), Folder::new()?);
    several(figures, "on an empty database", &Panel::new(database.url(), &folder.0)?).await
}

/// Five start at once.
pub(super) async fn several(figures: &mut Figures, on: &str, first: &Panel) -> anyhow::Result<()> {
    let mut panels = vec![first.clone()];
    while panels.len() < STARTERS {
        panels.push(panels[0].sibling()?);
    }
    let began = Instant::now();
    let mut running = Vec::new();
    for panel in &panels {
        running.push(panel.spawn()?);
    }
    for panel in &panels {
        panel.ready().await?;
    }
    figures.within(format!("{STARTERS} {on}: all ready"), READY, began.elapsed());
    let migrated: usize = panels.iter().map(|panel| panel.log().matches(MIGRATED).count()).sum();
    figures.goal("of which migrated", 1, migrated, migrated == 1);
    Ok(())
}

/// Killed at any moment of its first start, and started again.
async fn killed_while_migrating(figures: &mut Figures, dialect: Dialect, form: Form) -> anyhow::Result<()> {
    let (mut slowest, rounds, mut stuck) = (Duration::ZERO, form.pick(6, 25), 0);
    for _ in 0..rounds {
        let (database, folder) = (TestDatabase::on(dialect), Folder::new()?);
        let panel = Panel::new(database.url(), &folder.0)?;
        let doomed = panel.spawn()?;
        sleep(Duration::from_millis(rand::random::<u64>() % 250)).await;
        doomed.kill()?;
        match panel.start().await {
            Ok((_, took)) => slowest = slowest.max(took),
            Err(_) => stuck += 1,
        }
    }
    figures.none(format!("of {rounds} killed while they migrate, starts that fail afterwards"), stuck);
    figures.within("ready again after that, at the slowest", READY, slowest);
    Ok(())
}

/// The database is that of a version to come.
async fn newer(figures: &mut Figures, dialect: Dialect) -> anyhow::Result<()> {
    let place = Place::on(dialect)?;
    place.database.tell("INSERT INTO __diesel_schema_migrations (version) VALUES ('29991231000000')");
    let panel = Panel::new(place.database.url(), &place.folder)?;
    let status = panel.spawn()?.ended().await?;
    figures.goal("an old program on a newer schema", "refuses", status, !status.success());
    let log = panel.log();
    let says = log.lines().find(|line| line.contains("newer version")).unwrap_or("nothing").trim();
    figures.goal("and says", "that the schema is newer", says, says != "nothing");
    Ok(())
}

/// SIGTERM while people add and look, who go on until the panel says that it is not ready, as a proxy's do.
async fn stopped_under_load(figures: &mut Figures, dialect: Dialect, form: Form) -> anyhow::Result<()> {
    let place = Place::on(dialect)?;
    let panel = Panel::new(place.database.url(), &place.folder)?;
    let (mut answers, mut slowest) = (Vec::new(), Duration::ZERO);
    for round in 0..form.pick(2, 10) {
        let (mut running, _) = panel.start().await?;
        let owner = Owner::at(&panel, &place.app).await?;
        let ready = Arc::new(AtomicBool::new(true));
        let mut people = JoinSet::new();
        for person in 0..8 {
            people.spawn(ask(owner.clone(), panel.address, Arc::clone(&ready), format!("{round}-{person}")));
        }
        sleep(Duration::from_secs(1)).await;
        let told = Instant::now();
        running.signal("TERM")?;
        while panel.health().await == Some(200) {
            sleep(Duration::from_millis(50)).await;
        }
        ready.store(false, Ordering::Relaxed);
        answers.extend(people.join_all().await.into_iter().flatten());
        anyhow::ensure!(running.ended().await?.success(), "it did not end well");
        slowest = slowest.max(told.elapsed());
    }
    let lost = answers.iter().filter(|answer| !matches!(answer.status, Some(200 | 303))).count();
    figures.none(format!("of {} requests around SIGTERM, lost", answers.len()), lost);
    figures.within("ended after SIGTERM, at the slowest", Duration::from_secs(5), slowest);
    Ok(())
}

async fn ask(owner: Owner, at: SocketAddr, ready: Arc<AtomicBool>, name: String) -> Vec<Answer> {
    let mut answers = Vec::new();
    while ready.load(Ordering::Relaxed) {
        answers.push(owner.add(at, &format!("stop-{name}-{}@partner.test", answers.len())).await);
        answers.push(owner.open(at, "/apps").await);
    }
    answers
}
