//! How the panel does as the organisation grows: the same acts at 1,000, 100,000 and 1,000,000 members.

use std::{collections::BTreeMap, slice, time::Duration};

use directory::Dialect;
use tokio::time::{Instant, sleep};

use super::{
    acts::{self, Act},
    load::{self, Outcome},
    place::Place,
    process::Process,
    sink::Sink,
    table::{milliseconds, say},
};

const SMALLEST: u32 = 1_000;
const WARM_UP: Duration = Duration::from_millis(300);
const FULL: Duration = Duration::from_secs(2);
const HALF: Duration = Duration::from_secs(3);

/// What is wanted of every page at half of the greatest load.
const PAGE: Duration = Duration::from_millis(100);
const SEARCH: Duration = Duration::from_millis(150);
/// Beside its figure at 1,000 members.
const GROWTH: f64 = 1.5;
/// Of what is faster than this at any size, nobody notices how it grows.
const UNNOTICED: Duration = Duration::from_millis(10);
const MEMORY: f64 = 150.0;
const INVITING: Duration = Duration::from_millis(2);
const MAILS: f64 = 300.0;

/// The 95th percentiles at 1,000 members.
type AtFirst = BTreeMap<&'static str, Duration>;

/// Measures each size on one database.
pub(crate) async fn measure(dialect: Dialect) -> anyhow::Result<()> {
    let sizes: &[u32] = match dialect {
        Dialect::Sqlite => &[SMALLEST, 100_000],
        Dialect::Postgres => &[SMALLEST, 100_000, 1_000_000],
    };
    let mut at_first = AtFirst::new();
    for members in sizes {
        measure_one(dialect, *members, &mut at_first).await?;
    }
    Ok(())
}

async fn measure_one(dialect: Dialect, members: u32, at_first: &mut AtFirst) -> anyhow::Result<()> {
    let began = Instant::now();
    let place = Place::of(members, dialect)?;
    let filled = began.elapsed().as_secs_f64();
    let sink = Sink::start()?;
    let panel = Process::panel(place.database.url(), &place.folder, Some(sink.address))?;
    say(&format!("\n### {dialect:?}, {members} members (filled in {filled:.1} s)\n"));
    say("| | requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | p95 ms at half load | wanted | |");
    say("|---|--:|--:|--:|--:|--:|--:|---|---|");
    for act in acts::all(&place, &panel, &sink).await? {
        report(&panel, &act, at_first).await?;
    }
    inviting(&place, &panel, &sink).await?;
    let memory = panel.memory()?;
    say(&format!("\nMemory afterwards: {memory:.1} MB; wanted {MEMORY} MB: {}.", met(memory <= MEMORY)));
    Ok(())
}

async fn report(panel: &Process, act: &Act, at_first: &mut AtFirst) -> anyhow::Result<()> {
    let [full, half] = &act.requests;
    if act.connections > 16 {
        load::run(panel.address, full, act.connections, WARM_UP).await?;
    }
    let before = panel.processor()?;
    let mut fast = load::run(panel.address, full, act.connections, FULL).await?;
    fast.processor = panel.processor()?.saturating_sub(before);
    fast.sort();
    let mut calm = load::paced(panel.address, half, act.connections, (HALF, fast.rate() / 2.0)).await?;
    calm.sort();
    let p95 = calm.percentile(95);
    let first = *at_first.entry(act.name).or_insert(p95);
    let searches = act.name.starts_with("People") || act.name.contains("search");
    let wanted = if searches { SEARCH } else { PAGE };
    let grown = p95.as_secs_f64() / first.as_secs_f64().max(1e-6);
    let good = p95 <= wanted && (grown <= GROWTH || p95 <= UNNOTICED);
    say(&line(
        act.name,
        &fast,
        &calm,
        &format!("{} ms, grown {grown:.2} <= {GROWTH}", wanted.as_millis()),
        good,
    ));
    Ok(())
}

fn line(name: &str, fast: &Outcome, calm: &Outcome, wanted: &str, good: bool) -> String {
    let failed = fast.failed + calm.failed;
    let failed = if failed > 0 { format!(" ({failed} failed)") } else { String::new() };
    format!(
        "| {name}{failed} | {:.0} | {} | {} | {} | {:.3} | {} | {wanted} | {} |",
        fast.rate(),
        milliseconds(fast.percentile(50)),
        milliseconds(fast.percentile(95)),
        milliseconds(fast.percentile(99)),
        1000.0 * fast.processor_time(),
        milliseconds(calm.percentile(95)),
        met(good && failed.is_empty()),
    )
}

/// What an invitation takes alone, and how fast the mails of many invitations leave.
async fn inviting(place: &Place, panel: &Process, sink: &Sink) -> anyhow::Result<()> {
    let requests = acts::adding(place, panel).await?;
    let mut alone = load::run(panel.address, slice::from_ref(&requests[0]), 1, FULL).await?;
    alone.sort();
    let median = alone.percentile(50);
    say(&format!(
        "\nAn invitation, one client: {} ms in the median; wanted {} ms: {}.",
        milliseconds(median),
        INVITING.as_millis(),
        met(median <= INVITING)
    ));
    load::run(panel.address, &requests, 16, HALF).await?;
    let (before, began) = (sink.mails(), Instant::now());
    let mut last = before;
    while began.elapsed() < Duration::from_secs(5) {
        sleep(Duration::from_millis(500)).await;
        if sink.mails() == last {
            break;
        }
        last = sink.mails();
    }
    #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
    let rate = (last - before) as f64 / began.elapsed().as_secs_f64();
    say(&format!("Mails that leave in a second: {rate:.0}; wanted {MAILS}: {}.", met(rate >= MAILS)));
    Ok(())
}

fn met(good: bool) -> &'static str {
    if good { "met" } else { "missed" }
}
