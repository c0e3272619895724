//! What is printed: a line of a Markdown table for each figure, with what was wanted and what was found.

use std::{
    fmt,
    io::Write,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

/// The exit status where nothing was missed but a time.
pub(crate) const LATE: u8 = 2;

/// Something was lost, doubled or wrong.
static MISSED: AtomicBool = AtomicBool::new(false);
/// Something took longer than it may.
static TOO_LATE: AtomicBool = AtomicBool::new(false);

/// The figures of one scenario, printed together when it is done.
pub(crate) struct Figures {
    title: String,
    lines: Vec<String>,
}

impl Figures {
    pub(crate) fn of(title: impl Into<String>) -> Figures {
        Figures { title: title.into(), lines: Vec::new() }
    }

    /// A goal, and whether what was measured is it.
    pub(crate) fn goal(
        &mut self,
        name: impl fmt::Display,
        wanted: impl fmt::Display,
        measured: impl fmt::Display,
        met: bool,
    ) {
        if !met {
            miss();
        }
        self.line(name, wanted, measured, met);
    }

    /// What must not happen, and how often it did.
    pub(crate) fn none(&mut self, name: impl fmt::Display, count: usize) {
        self.goal(name, 0, count, count == 0);
    }

    /// No longer than this.
    pub(crate) fn within(&mut self, name: impl fmt::Display, limit: Duration, measured: Duration) {
        let met = measured <= limit;
        if !met {
            miss_a_time();
        }
        self.line(name, format!("<= {}", spoken(limit)), spoken(measured), met);
    }

    fn line(
        &mut self,
        name: impl fmt::Display,
        wanted: impl fmt::Display,
        measured: impl fmt::Display,
        met: bool,
    ) {
        let verdict = if met { "met" } else { "**missed**" };
        self.lines.push(format!("| {name} | {wanted} | {measured} | {verdict} |"));
    }

    pub(crate) fn print(self) {
        let head = format!("\n### {}\n\n| | wanted | measured | |\n|---|--:|--:|---|", self.title);
        say(&format!("{head}\n{}", self.lines.join("\n")));
    }
}

/// A goal was missed.
pub(crate) fn miss() {
    MISSED.store(true, Ordering::Relaxed);
}

/// A time was missed, as happens where the machine is busy with something else.
pub(crate) fn miss_a_time() {
    TOO_LATE.store(true, Ordering::Relaxed);
}

/// The exit status: 1 when a goal was missed, [`LATE`] when only times were, 0 when all were met.
pub(crate) fn exit_status() -> u8 {
    match (MISSED.load(Ordering::Relaxed), TOO_LATE.load(Ordering::Relaxed)) {
        (true, _) => 1,
        (false, true) => LATE,
        (false, false) => 0,
    }
}

/// For a scenario that could not be gone through at all.
pub(crate) fn failed(title: &str, error: &anyhow::Error) {
    let mut figures = Figures::of(title);
    figures.goal("gone through", "yes", format!("no: {error:#}").replace(['|', '\n'], " "), false);
    figures.print();
}

/// A line on standard output. A closed pipe is no reason to stop.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

fn spoken(time: Duration) -> String {
    if time < Duration::from_secs(2) {
        return format!("{} ms", time.as_millis());
    }
    format!("{:.1} s", time.as_secs_f64())
}
