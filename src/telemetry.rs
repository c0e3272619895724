//! The log and the counters: what an operator may know without knowing whom it concerns.
//!
//! No line carries a token, a query, a message or an address in full; routes are named by their pattern.

mod courier;
mod disk;
mod exposition;
mod lines;
mod metrics;

use std::{borrow::Cow, fmt::Write as _, io::Write as _, panic};

use chrono::TimeDelta;
use env_logger::{Builder, Target, WriteStyle};

pub(crate) use courier::{CourierMetrics, RelayAway};
pub(crate) use disk::{LITTLE_ROOM, MEBIBYTE, Room};
pub(crate) use exposition::{Exposition, Kind};
pub(crate) use metrics::Metrics;

/// Clocks that are kept in time agree better than this.
pub(crate) const CLOCKS_APART: TimeDelta = TimeDelta::seconds(5);

/// Starts the log with the filter of the settings. A second call, as in tests, changes nothing.
pub(crate) fn start(filter: &str) {
    let started = Builder::new()
        .parse_filters(filter)
        .write_style(WriteStyle::Never)
        .target(Target::Pipe(Box::new(lines::to_stderr())))
        .format(|out, record| {
            let told = record.args().to_string();
            let masked = without_addresses(&told);
            let text = one_line(&masked);
            writeln!(out, "{} {:5} {} {text}", out.timestamp_millis(), record.level(), record.target())
        })
        .try_init();
    match started {
        Ok(()) => panic::set_hook(Box::new(|told| {
            log::error!("a mistake of this program: {told}");
            finish();
        })),
        Err(_) => log::debug!("the log was started before"),
    }
}

/// Waits, but not for long, until what was logged is written.
pub fn finish() {
    lines::finish();
}

/// Every address in a line, masked: a last net under those who write lines. What a relay, a database or a library says
/// may quote one.
fn without_addresses(text: &str) -> Cow<'_, str> {
    if !text.contains('@') {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    let mut local = String::new();
    for letter in text.chars() {
        match letter {
            '@' if !local.is_empty() => {
                line.extend(local.chars().next());
                line.push_str("•••@");
                local.clear();
            }
            _ if letter.is_whitespace() || "<>()[]\",;:=@".contains(letter) => {
                line.push_str(&local);
                local.clear();
                line.push(letter);
            }
            _ => local.push(letter),
        }
    }
    Cow::Owned(line + &local)
}

/// Text from outside must not be able to write a line of its own (ASVS 16.4.1).
fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(char::is_control) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            // Writing to a String cannot fail.
            let _ = write!(line, "{}", letter.escape_default());
        } else {
            line.push(letter);
        }
    }
    Cow::Owned(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_has_a_whole_address() {
        let line =
            "550 <Ann.Lee@partner.test>,bob+x@b.test: postgres://me:s3cret@db/panel said @ to eve@c.test";
        let told = "550 <A•••@partner.test>,b•••@b.test: postgres://me:s•••@db/panel said @ to e•••@c.test";
        assert_eq!(without_addresses(line), told);
        assert_eq!(without_addresses("GET /apps 200 0.4 ms"), "GET /apps 200 0.4 ms");
    }

    #[test]
    fn a_text_cannot_write_a_line_of_its_own() {
        assert_eq!(one_line("a\nINFO forged\u{1b}[0m"), "a\\nINFO forged\\u{1b}[0m");
    }
}
