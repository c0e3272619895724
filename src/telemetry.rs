//! The log and the counters: what an operator may know without knowing whom it concerns.
//!
//! No line carries a token, a query, a message or an address in full; routes are named by their pattern.

mod disk;
mod errands;
mod exposition;
mod metrics;

use std::{fmt::Write as _, io::Write as _};

use env_logger::{Builder, WriteStyle};

pub use disk::Room;
pub use errands::Errands;
pub use exposition::{Exposition, Kind};
pub use metrics::Metrics;

/// Starts the log with the filter of the settings. A second call, as in tests, changes nothing.
pub fn start(filter: &str) {
    let started = Builder::new()
        .parse_filters(filter)
        .write_style(WriteStyle::Never)
        .format(|out, record| {
            let text = one_line(&record.args().to_string());
            writeln!(out, "{} {:5} {} {text}", out.timestamp_millis(), record.level(), record.target())
        })
        .try_init();
    if started.is_err() {
        log::debug!("the log was started before");
    }
}

/// Text from outside must not be able to write a line of its own (ASVS 16.4.1).
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_control() {
            // Writing to a String cannot fail.
            let _ = write!(line, "{}", letter.escape_default());
        } else {
            line.push(letter);
        }
    }
    line
}

/// An e-mail address for those who need not know it: `a•••@partner.test`.
#[must_use]
pub fn masked(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) => format!("{}•••@{domain}", local.chars().take(1).collect::<String>()),
        None => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked_but_for_its_first_letter_and_domain() {
        assert_eq!(masked("ann@partner.test"), "a•••@partner.test");
        assert_eq!(masked("no address"), "•••");
    }

    #[test]
    fn a_text_cannot_write_a_line_of_its_own() {
        assert_eq!(one_line("a\nINFO forged\u{1b}[0m"), "a\\nINFO forged\\u{1b}[0m");
    }
}
