//! How the panel does as the organisation grows: the same acts at 1,000, 100,000 and 1,000,000 members.

use std::{collections::BTreeMap, time::Duration};

use directory::Dialect;
use tokio::time::{Instant, sleep};

use super::{
    acts::{self, Act, Kind},
    counting, disk,
    inviting::{self, Inviting},
    load::{self, Outcome},
    place::Place,
    process::Process,
    sink::Sink,
    summary::{self, Criterion, Figure, Summary, met, size},
    table::{milliseconds, say},
};

/// What the others are compared with.
const FIRST: u32 = 1_000;
const SQLITE: [u32; 2] = [FIRST, 100_000];
const POSTGRES: [u32; 3] = [FIRST, 100_000, 1_000_000];
const WARM_UP: Duration = Duration::from_millis(300);
const FULL: Duration = Duration::from_secs(2);
const HALF: Duration = Duration::from_secs(3);
/// Up to so many members the memory is judged.
const MEMORY: u32 = 100_000;

/// What is measured, and what was found at the first size, once that is known.
struct Growth<'a> {
    dialect: Dialect,
    members: u32,
    /// The 95th percentiles.
    at_first: BTreeMap<&'static str, Duration>,
    inviting: Option<Inviting>,
    summary: &'a mut Summary,
}

/// Measures each size on one database, or only those that are asked for.
pub(crate) async fn measure(dialect: Dialect, only: &[u32], summary: &mut Summary) -> anyhow::Result<()> {
    let sizes: &[u32] = if dialect == Dialect::Sqlite { &SQLITE } else { &POSTGRES };
    let mut growth = Growth { dialect, members: 0, at_first: BTreeMap::new(), inviting: None, summary };
    for members in sizes.iter().filter(|members| only.is_empty() || only.contains(members)) {
        growth.members = *members;
        growth.measure().await?;
    }
    Ok(())
}

impl Growth<'_> {
    async fn measure(&mut self) -> anyhow::Result<()> {
        let began = Instant::now();
        let place = Place::of(self.members, self.dialect)?;
        let filled = began.elapsed().as_secs_f64();
        place.sign_in_many()?;
        let sink = Sink::start()?;
        let panel = Process::panel(place.database.url(), &place.folder, Some(sink.address))?;
        let acts = acts::all(&place, &panel, &sink).await?;
        let asked = counting::count(&place, &sink, &acts).await?;
        let sync = disk::sync(&place.folder)?;
        say(&format!(
            "\n### {:?}, {} (filled in {filled:.1} s; one fdatasync of 8 KB: {} ms)\n",
            self.dialect,
            size(self.members),
            milliseconds(sync)
        ));
        say("| | requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | queries | p95 ms at half load | \
            beside 1,000 members | wanted | |");
        say("|---|--:|--:|--:|--:|--:|--:|--:|--:|---|---|");
        for act in &acts {
            let queries = asked.get(act.name).copied().unwrap_or_default();
            wait_for_mail(&place).await?;
            self.report(&panel, act, queries).await?;
        }
        self.memory(&panel, &place)?;
        let requests = acts::adding(&place, &panel).await?;
        drop(panel);
        self.summary.syncs.push(sync);
        let inviting = inviting::measure(&place, &sink, &requests).await?;
        inviting.report((self.dialect, self.members), self.inviting.as_ref(), self.summary);
        if self.members == FIRST {
            self.inviting = Some(inviting);
        }
        Ok(())
    }

    async fn report(&mut self, panel: &Process, act: &Act, queries: usize) -> anyhow::Result<()> {
        let [full, half] = &act.requests;
        if act.counted.is_endless() {
            load::run(panel.address, full, act.connections, WARM_UP).await?;
        }
        let before = panel.processor()?;
        let mut fast = load::run(panel.address, full, act.connections, FULL).await?;
        fast.processor = panel.processor()?.saturating_sub(before);
        fast.sort();
        let mut calm = load::paced(panel.address, half, act.connections, (HALF, fast.rate() / 2.0)).await?;
        calm.sort();
        let p95 = calm.percentile(95);
        let first = self.at_first.get(act.name).map(|first| milliseconds_of(*first));
        if self.members == FIRST {
            self.at_first.insert(act.name, p95);
        }
        let (p95, median) = (milliseconds_of(p95), milliseconds_of(fast.percentile(50)));
        let figures = judged_by(act.kind, p95, first.map(|first| p95 / first), median);
        let (mut good, failed) = (true, fast.failed + calm.failed);
        for (criterion, value) in &figures {
            let of = format!("{}, {}", act.name, size(self.members));
            let figure = Figure { dialect: self.dialect, of, value: *value, failed };
            good &= self.summary.judge(*criterion, figure);
        }
        let wanted: Vec<String> = figures.iter().map(|(criterion, _)| criterion.bound()).collect();
        let grown = first
            .map(|first| format!("{:.2} times, {:+.2} ms", p95 / first, p95 - first))
            .unwrap_or_default();
        say(&line(act.name, (&fast, &calm), queries, &grown, (&wanted.join(", "), good)));
        Ok(())
    }

    fn memory(&mut self, panel: &Process, place: &Place) -> anyhow::Result<()> {
        let (memory, sessions) = (panel.memory()?, place.sessions());
        let mut verdict = String::new();
        if self.members <= MEMORY {
            let figure = Figure { dialect: self.dialect, of: size(self.members), value: memory, failed: 0 };
            let good = self.summary.judge(summary::MEMORY, figure);
            if self.dialect == Dialect::Sqlite {
                verdict = format!("; wanted {}: {}", summary::MEMORY.bound(), met(good));
            }
        }
        say(&format!("\nMemory afterwards, with {sessions} sessions: {memory:.1} MB{verdict}."));
        Ok(())
    }
}

/// Waits, a minute at most, until the mails have left that are owed: sending them takes the processors on which something
/// else is measured.
async fn wait_for_mail(place: &Place) -> anyhow::Result<()> {
    let question =
        "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE state IN ('queued', 'retrying')";
    for _ in 0..600 {
        if place.database.ask(question).concat() == "0" {
            return Ok(());
        }
        sleep(Duration::from_millis(100)).await;
    }
    anyhow::bail!("mails do not leave")
}

fn milliseconds_of(duration: Duration) -> f64 {
    1000.0 * duration.as_secs_f64()
}

/// The bounds of an act, each with the figure that is held to it.
fn judged_by(kind: Kind, p95: f64, grown: Option<f64>, median: f64) -> Vec<(Criterion, f64)> {
    let (calm, growth, alone) = match kind {
        Kind::Page => (summary::PAGE, Some(summary::PAGE_GROWTH), None),
        Kind::Search => (summary::SEARCH, None, None),
        Kind::Change => (summary::CHANGE, Some(summary::CHANGE_GROWTH), None),
        Kind::Redemption => (summary::CHANGE, Some(summary::CHANGE_GROWTH), Some(summary::REDEEMING)),
    };
    let mut judged = vec![(calm, p95)];
    judged.extend(growth.zip(grown));
    judged.extend(alone.map(|criterion| (criterion, median)));
    judged
}

fn line(
    name: &str,
    (fast, calm): (&Outcome, &Outcome),
    queries: usize,
    grown: &str,
    (wanted, good): (&str, bool),
) -> String {
    let failed = fast.failed + calm.failed;
    let failed = if failed > 0 { format!(" ({failed} failed)") } else { String::new() };
    format!(
        "| {name}{failed} | {:.0} | {} | {} | {} | {:.3} | {queries} | {} | {grown} | {wanted} | {} |",
        fast.rate(),
        milliseconds(fast.percentile(50)),
        milliseconds(fast.percentile(95)),
        milliseconds(fast.percentile(99)),
        1000.0 * fast.processor_time(),
        milliseconds(calm.percentile(95)),
        met(good),
    )
}
