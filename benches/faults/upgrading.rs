//! The schema is that of the version before: what its newest migration made is taken back. Several start at once, and
//! one is killed in the middle (SECURITY I9, G-14).

use std::{fs, path::Path, time::Duration};

use anyhow::Context;
use directory::{Dialect, testing::TestDatabase};
use tokio::time::{Instant, sleep};

use super::{
    figures::Figures,
    process::Panel,
    starting::{Folder, READY, several},
};

/// How long a migration is waited for to reach the hold.
const PATIENCE: Duration = Duration::from_secs(10);

pub(crate) async fn go_through(figures: &mut Figures, dialect: Dialect) -> anyhow::Result<()> {
    let (database, folder) = (older(dialect).await?, Folder::new()?);
    several(figures, "on an older schema", &Panel::new(database.url(), &folder.0)?).await?;
    if dialect == Dialect::Postgres {
        killed_in_the_middle(figures).await?;
    }
    Ok(())
}

/// A database as the version before left it.
async fn older(dialect: Dialect) -> anyhow::Result<TestDatabase> {
    let (database, folder) = (TestDatabase::on(dialect), Folder::new()?);
    Panel::new(database.url(), &folder.0)?.start().await?.0.kill()?;
    let tree = if dialect == Dialect::Sqlite { "sqlite" } else { "postgres" };
    let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(tree);
    let names = fs::read_dir(&tree)?.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let newest = names.filter(|name| !name.starts_with('.')).max().context("a migration")?;
    let back = fs::read_to_string(tree.join(&newest).join("down.sql"))?;
    for statement in back.split(';').filter(|statement| !statement.trim().is_empty()) {
        database.tell(statement);
    }
    let version = newest.split('_').next().unwrap_or_default().replace('-', "");
    database.tell(&format!("DELETE FROM __diesel_schema_migrations WHERE version = '{version}'"));
    anyhow::ensure!(!versions(&database).contains(&version), "the schema is not older");
    Ok(database)
}

/// Killed when all of the migration is done but the note that it is: a hold on that table keeps it there.
async fn killed_in_the_middle(figures: &mut Figures) -> anyhow::Result<()> {
    let (database, folder) = (older(Dialect::Postgres).await?, Folder::new()?);
    let (before, versions_before) = (columns(&database), versions(&database));
    let panel = Panel::new(database.url(), &folder.0)?;
    let held = database.hold_table("__diesel_schema_migrations");
    let doomed = panel.spawn()?;
    let began = Instant::now();
    while waiting(&database) == 0 {
        anyhow::ensure!(began.elapsed() < PATIENCE, "no migration began");
        sleep(Duration::from_millis(10)).await;
    }
    doomed.kill()?;
    drop(held);
    let after = || (columns(&database), versions(&database));
    let began = Instant::now();
    while waiting(&database) > 0 && began.elapsed() < PATIENCE {
        sleep(Duration::from_millis(10)).await;
    }
    let left = after();
    let same = left == (before, versions_before);
    figures.goal("killed before the last step of a migration", "as if it had not begun", same, same);
    let (_running, took) = panel.start().await?;
    figures.within("and ready at the next start", READY, took);
    Ok(())
}

/// How many wait for the table that migrations are noted in.
fn waiting(database: &TestDatabase) -> usize {
    let waits = "SELECT count(*)::text AS line FROM pg_locks WHERE NOT granted \
        AND relation = to_regclass('__diesel_schema_migrations')";
    database.ask(waits).concat().parse().unwrap_or(0)
}

fn versions(database: &TestDatabase) -> Vec<String> {
    database.ask("SELECT CAST(version AS TEXT) AS line FROM __diesel_schema_migrations ORDER BY 1")
}

fn columns(database: &TestDatabase) -> Vec<String> {
    database.ask(
        "SELECT table_name || '.' || column_name AS line FROM information_schema.columns \
         WHERE table_schema = current_schema() ORDER BY 1",
    )
}
