//! What an invitation costs: beside a floor that writes the same rows, while the mail relay is well and while it is not,
//! and how fast the mails leave that had to wait. All take turns, so that what else the machine does meets all of them.

use std::{
    net::SocketAddr,
    slice,
    time::{Duration, Instant},
};

use anyhow::Context;
use directory::{DatabaseUrl, Dialect};
use tokio::time::sleep;

use super::{
    adding, floor,
    load::{self, Outcome, Requests},
    place::Place,
    process::Process,
    sink::Sink,
    summary::{self, Criterion, Figure, Summary, met, size},
    table::{milliseconds, say},
};

const ROUNDS: usize = 3;
const WARM_UP: Duration = Duration::from_millis(200);
const TIME: Duration = Duration::from_secs(1);
const TOGETHER: usize = 16;
/// How long the mails are watched that leave.
const WATCH: Duration = Duration::from_secs(6);

/// Everything that was measured at one size.
#[derive(Clone, Default)]
pub(crate) struct Inviting {
    well: Adding,
    refusing: Adding,
    hanging: Adding,
    floor: Outcome,
    /// Mails that had waited, and how long it took until all had left.
    mails: (u64, Duration),
}

/// How Add went for one client, and for sixteen.
#[derive(Clone, Default)]
struct Adding {
    alone: Outcome,
    together: Outcome,
}

/// Needs a place at which no panel works.
pub(crate) async fn measure(place: &Place, sink: &Sink, requests: &[Requests]) -> anyhow::Result<Inviting> {
    let mut inviting = Inviting::default();
    let (hanging, holds) = adding::hanging_relay().await?;
    for _ in 0..ROUNDS {
        settle(place);
        // Nobody listens at this port of a loopback address that nobody has.
        let refusing = panel(place, SocketAddr::from(([127, 9, 9, 9], 9)))?;
        inviting.refusing.take_turn(&refusing, requests).await?;
        drop(refusing);
        settle(place);
        let silent = panel(place, hanging)?;
        inviting.hanging.take_turn(&silent, requests).await?;
        drop(silent);
        let floor = Process::floor(place.database.url(), &place.folder)?;
        let writes = [Requests::post(floor::INVITATIONS, "", "email=somebody")];
        load::run(floor.address, &writes, TOGETHER, WARM_UP).await?;
        inviting.floor.add(load::run(floor.address, &writes, TOGETHER, TIME).await?);
        drop(floor);
        make_way(place);
        let well = panel(place, sink.address)?;
        inviting.drain(place, sink).await?;
        settle(place);
        inviting.well.take_turn(&well, requests).await?;
    }
    holds.abort();
    inviting.sort();
    Ok(inviting)
}

fn panel(place: &Place, relay: SocketAddr) -> anyhow::Result<Process> {
    Process::panel(place.database.url(), &place.folder, Some(relay))
}

/// The floor counts on from the greatest number; on a server Add has a sequence, which has to follow.
fn make_way(place: &Place) {
    if matches!(place.database.url(), DatabaseUrl::Postgres(_)) {
        place.database.tell("SELECT setval('invitation_numbers', max(number)) FROM invitations");
    }
}

/// Lets no mail wait any more.
fn settle(place: &Place) {
    place.database.tell(
        "UPDATE deliveries SET state = 'sent', finished_at = created_at WHERE state IN ('queued', 'retrying')",
    );
}

impl Adding {
    async fn take_turn(&mut self, panel: &Process, requests: &[Requests]) -> anyhow::Result<()> {
        load::run(panel.address, requests, TOGETHER, WARM_UP).await?;
        let first = requests.first().context("nobody adds")?;
        self.alone.add(load::run(panel.address, slice::from_ref(first), 1, TIME).await?);
        self.together.add(load::run(panel.address, requests, TOGETHER, TIME).await?);
        Ok(())
    }

    fn median(&self) -> f64 {
        1000.0 * self.alone.percentile(50).as_secs_f64()
    }

    /// How much longer it takes than this: alone, and with others.
    fn beside(&self, other: &Adding) -> [f64; 2] {
        [self.median() / other.median(), other.together.rate() / self.together.rate()]
    }
}

impl Inviting {
    /// Watches the mails leave that waited when the panel began.
    async fn drain(&mut self, place: &Place, sink: &Sink) -> anyhow::Result<()> {
        let question = "SELECT CAST(count(*) AS TEXT) AS line FROM deliveries WHERE state = 'queued' \
            AND lease_holder = ''";
        let waiting: u64 = place.database.ask(question).concat().parse()?;
        let (mut began, mut last) = (Instant::now(), sink.mails());
        let (first, deadline) = (last, began + WATCH);
        while last < first + waiting && Instant::now() < deadline {
            sleep(Duration::from_millis(5)).await;
            let now = sink.mails();
            // Until the first has left, the panel starts.
            if last == first {
                began = Instant::now();
            }
            last = now;
        }
        self.mails.0 += last - first;
        self.mails.1 += began.elapsed();
        Ok(())
    }

    fn sort(&mut self) {
        for adding in [&mut self.well, &mut self.refusing, &mut self.hanging] {
            adding.alone.sort();
            adding.together.sort();
        }
        self.floor.sort();
    }

    fn print(&self) {
        say(&format!("\n{TOGETHER} clients and one, in {ROUNDS} turns of {} s:\n", TIME.as_secs()));
        say("| Add | one client, p50 ms | 16 clients: a second | p50 ms | p99 ms |");
        say("|---|--:|--:|--:|--:|");
        for (name, adding) in [
            ("with a good relay", &self.well),
            ("while the relay refuses connections", &self.refusing),
            ("while the relay hangs", &self.hanging),
        ] {
            say(&row(name, &milliseconds(adding.alone.percentile(50)), &adding.together));
        }
        say(&row(
            "the floor: the same rows through the same HTTP server, no session, no rule",
            "",
            &self.floor,
        ));
        say("");
    }

    /// Prints it and judges it, beside what it was at the first size.
    pub(crate) fn report(
        &self,
        (dialect, members): (Dialect, u32),
        first: Option<&Inviting>,
        summary: &mut Summary,
    ) {
        self.print();
        let mut judge = |what: &str, criterion: Criterion, (value, failed): (f64, u64)| {
            let figure = Figure { dialect, of: format!("{what}, {}", size(members)), value, failed };
            let good = summary.judge(criterion, figure);
            say(&format!(
                "- {} ({what}): {value:.2}; wanted {}: {}.",
                criterion.what,
                criterion.bound(),
                met(good)
            ));
        };
        judge("the median alone", summary::INVITING, (self.well.median(), self.well.alone.failed));
        let part = 100.0 * self.well.together.rate() / self.floor.rate();
        judge("16 at once", summary::FLOOR, (part, self.well.together.failed + self.floor.failed));
        let grown =
            first.map(|first| ("beside 1,000 members", (&self.well, &first.well), summary::INVITING_GROWTH));
        for (what, (this, other), criterion) in grown.into_iter().chain([
            ("while the relay refuses", (&self.refusing, &self.well), summary::WITHOUT_MAIL),
            ("while the relay hangs", (&self.hanging, &self.well), summary::WITHOUT_MAIL),
        ]) {
            let [alone, together] = this.beside(other);
            judge(&format!("alone, {what}"), criterion, (alone, this.alone.failed + other.alone.failed));
            let failed = this.together.failed + other.together.failed;
            judge(&format!("16 at once, {what}"), criterion, (together, failed));
        }
        #[expect(clippy::cast_precision_loss, reason = "nobody counts that far")]
        let rate = self.mails.0 as f64 / self.mails.1.as_secs_f64().max(1e-9);
        judge(&format!("of {} that had waited", self.mails.0), summary::COURIER, (rate, 0));
    }
}

fn row(name: &str, alone: &str, together: &Outcome) -> String {
    let failed = if together.failed > 0 { format!(" ({} failed)", together.failed) } else { String::new() };
    format!(
        "| {name}{failed} | {alone} | {:.0} | {} | {} |",
        together.rate(),
        milliseconds(together.percentile(50)),
        milliseconds(together.percentile(99)),
    )
}
