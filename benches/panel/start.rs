//! How long a first start takes, on an empty SQLite database, and what the panel holds when nobody asks.

use std::{
    net::SocketAddr,
    slice,
    time::{Duration, Instant},
};

use directory::{DatabaseUrl, testing::TestDatabase};
use tokio::time::sleep;

use super::{
    load::{self, Requests},
    process::Process,
    table::say,
};

const IDLE: Duration = Duration::from_secs(3);

pub(crate) async fn measure() -> anyhow::Result<()> {
    let database = TestDatabase::sqlite();
    let DatabaseUrl::Sqlite(file) = database.url() else { anyhow::bail!("not a file") };
    let folder = file.with_file_name("data");
    std::fs::create_dir(&folder)?;
    let began = Instant::now();
    let panel = Process::panel(database.url(), &folder, None)?;
    ready(panel.address).await?;
    let took = began.elapsed();
    sleep(IDLE).await;
    say(&format!(
        "\nFrom nothing to ready: {:.0} ms. At rest: {:.1} MB.",
        took.as_secs_f64() * 1000.0,
        panel.memory()?
    ));
    Ok(())
}

async fn ready(address: SocketAddr) -> anyhow::Result<()> {
    let probe = Requests::get("/health/ready", "");
    loop {
        let answered = load::run(address, slice::from_ref(&probe), 1, Duration::ZERO).await;
        if answered.is_ok_and(|outcome| outcome.failed == 0) {
            return Ok(());
        }
        sleep(Duration::from_millis(1)).await;
    }
}
