//! What is printed: a table for each database, in Markdown.

use std::{io::Write, time::Duration};

use super::load::Outcome;

/// A row: what was asked for, and how it went.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) outcome: Outcome,
}

/// A line on standard output. A closed pipe is no reason to stop.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Prints the rows of one database, each beside the floor when there is one.
pub(crate) fn print(title: &str, rows: &[Row], floor: Option<&'static str>) {
    say(&format!("\n### {title}\n"));
    say(
        "| | requests/s | p50 ms | p95 ms | p99 ms | CPU ms/request | bytes | of the floor: requests/s | CPU |",
    );
    say("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    let floor = rows.iter().find(|row| Some(row.name) == floor).map(|row| &row.outcome);
    for row in rows {
        say(&line(row, floor));
    }
}

fn line(Row { name, outcome }: &Row, floor: Option<&Outcome>) -> String {
    let part = |of: fn(&Outcome, &Outcome) -> f64| {
        floor.map_or_else(String::new, |floor| format!("{:.0} %", 100.0 * of(outcome, floor)))
    };
    let failed = if outcome.failed > 0 { format!(" ({} failed)", outcome.failed) } else { String::new() };
    format!(
        "| {name}{failed} | {:.0} | {} | {} | {} | {:.3} | {} | {} | {} |",
        outcome.rate(),
        milliseconds(outcome.percentile(50)),
        milliseconds(outcome.percentile(95)),
        milliseconds(outcome.percentile(99)),
        1000.0 * outcome.processor_time(),
        outcome.bytes,
        part(|it, floor| it.rate() / floor.rate()),
        part(|it, floor| floor.processor_time() / it.processor_time()),
    )
}

pub(crate) fn milliseconds(duration: Duration) -> String {
    format!("{:.2}", duration.as_secs_f64() * 1000.0)
}
