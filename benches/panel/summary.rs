//! What is wanted, and what was measured of it: each figure is judged where it is printed, and the worst of them stand
//! together at the end.

use std::time::Duration;

use directory::Dialect;

use super::table::{milliseconds, say};

/// Something that is wanted of every figure of a kind.
#[derive(Clone, Copy)]
pub(crate) struct Criterion {
    pub(crate) what: &'static str,
    bound: Bound,
    unit: &'static str,
    /// `None` where it is wanted on both; on the other it is told and not judged.
    only: Option<Dialect>,
}

#[derive(Clone, Copy)]
enum Bound {
    Most(f64),
    Least(f64),
}

use Bound::{Least, Most};

const fn wanted(what: &'static str, bound: Bound, unit: &'static str) -> Criterion {
    Criterion { what, bound, unit, only: None }
}

pub(crate) const PAGE: Criterion = wanted("A page, p95 at half load", Most(100.0), "ms");
pub(crate) const PAGE_GROWTH: Criterion =
    wanted("A page, p95 beside its figure at 1,000 members", Most(1.5), "times");
pub(crate) const SEARCH: Criterion = wanted("A search, p95 at half load", Most(150.0), "ms");
pub(crate) const CHANGE: Criterion =
    wanted("Add, remove, redeem, sign in, p95 at half load", Most(100.0), "ms");
pub(crate) const CHANGE_GROWTH: Criterion =
    wanted("Add, remove, redeem, sign in, p95 beside its figure at 1,000 members", Most(1.5), "times");
pub(crate) const MEMORY: Criterion = Criterion {
    only: Some(Dialect::Sqlite),
    ..wanted("Memory, with 10,000 sessions, up to 100,000 members on SQLite", Most(150.0), "MB")
};
pub(crate) const INVITING: Criterion = wanted("An invitation, one client, median", Most(2.0), "ms");
pub(crate) const FLOOR: Criterion = wanted("Invitations of 16 clients, of the floor’s", Least(40.0), "%");
pub(crate) const INVITING_GROWTH: Criterion = wanted(
    "An invitation, beside 1,000 members: the median alone, and the time for one of 16",
    Most(1.5),
    "times",
);
/// A tenth is what two measurements of the same differ by.
pub(crate) const WITHOUT_MAIL: Criterion = wanted(
    "An invitation while mail is down, beside a good relay: the median alone, and the time for one of 16",
    Most(1.1),
    "times",
);
pub(crate) const COURIER: Criterion = wanted("Mails that leave in a second", Least(300.0), "mails");
pub(crate) const REDEEMING: Criterion = wanted("A redemption, one client, median", Most(3.0), "ms");

/// In the order in which they are asked for.
const ALL: [Criterion; 12] = [
    PAGE,
    PAGE_GROWTH,
    SEARCH,
    CHANGE,
    CHANGE_GROWTH,
    MEMORY,
    INVITING,
    FLOOR,
    INVITING_GROWTH,
    WITHOUT_MAIL,
    COURIER,
    REDEEMING,
];

impl Criterion {
    /// At most, or at least, so much.
    pub(crate) fn bound(self) -> String {
        match self.bound {
            Most(bound) => format!("<= {bound} {}", self.unit),
            Least(bound) => format!(">= {bound} {}", self.unit),
        }
    }

    fn strain(self, figure: f64) -> f64 {
        match self.bound {
            Most(bound) => figure / bound,
            Least(bound) => bound / figure.max(1e-9),
        }
    }
}

/// A figure, and what it is of.
pub(crate) struct Figure {
    pub(crate) dialect: Dialect,
    pub(crate) of: String,
    pub(crate) value: f64,
    /// How many requests were not answered as wanted: a figure with such is never good.
    pub(crate) failed: u64,
}

struct Finding {
    criterion: Criterion,
    figure: Figure,
}

impl Finding {
    /// One is the bound, and more is too much.
    fn strain(&self) -> f64 {
        if self.figure.failed > 0 { f64::INFINITY } else { self.criterion.strain(self.figure.value) }
    }

    fn is_met(&self) -> bool {
        self.strain() <= 1.0
    }
}

/// Everything that was judged.
#[derive(Default)]
pub(crate) struct Summary {
    findings: Vec<Finding>,
    /// What one `fdatasync` took, each time it was measured.
    pub(crate) syncs: Vec<Duration>,
}

impl Summary {
    /// Whether this figure is as wanted.
    pub(crate) fn judge(&mut self, criterion: Criterion, figure: Figure) -> bool {
        let finding = Finding { criterion, figure };
        let good = finding.is_met();
        self.findings.push(finding);
        good
    }

    /// The figure of each kind that is worst, on both databases.
    pub(crate) fn print(&self) {
        say("\n### What is wanted, and the worst of what was measured\n");
        say("| | wanted | SQLite | PostgreSQL |");
        say("|---|---|---|---|");
        for criterion in ALL {
            say(&format!(
                "| {} | {} | {} | {} |",
                criterion.what,
                criterion.bound(),
                self.worst(criterion, Dialect::Sqlite),
                self.worst(criterion, Dialect::Postgres)
            ));
        }
        let syncs: Vec<String> = self.syncs.iter().copied().map(milliseconds).collect();
        say(&format!(
            "\nWhoever adds or redeems alone waits for the disk once. One fdatasync of 8 KB took, in the median of each \
             place: {} ms.",
            syncs.join(", ")
        ));
    }

    fn worst(&self, criterion: Criterion, dialect: Dialect) -> String {
        let is_of = |finding: &&Finding| {
            finding.criterion.what == criterion.what && finding.figure.dialect == dialect
        };
        let all: Vec<&Finding> = self.findings.iter().filter(is_of).collect();
        let Some(worst) = all.iter().max_by(|one, other| one.strain().total_cmp(&other.strain())) else {
            return "not measured".to_owned();
        };
        let Figure { of, value, failed, .. } = &worst.figure;
        let failed = if *failed > 0 { format!("; {failed} failed") } else { String::new() };
        let told = format!("{value:.2} {} ({of}{failed})", criterion.unit);
        if criterion.only.is_some_and(|only| only != dialect) {
            return told;
        }
        let missed = all.iter().filter(|finding| !finding.is_met()).count();
        match missed {
            0 => format!("met: {told}"),
            _ => format!("missed by {missed} of {}: {told}", all.len()),
        }
    }
}

/// How a verdict is printed.
pub(crate) fn met(good: bool) -> &'static str {
    if good { "met" } else { "missed" }
}

/// So many members, as people write it.
pub(crate) fn size(members: u32) -> String {
    match (members / 1_000_000, members / 1_000 % 1_000, members % 1_000) {
        (0, 0, ones) => format!("{ones} members"),
        (0, thousands, ones) => format!("{thousands},{ones:03} members"),
        (millions, thousands, ones) => format!("{millions},{thousands:03},{ones:03} members"),
    }
}
