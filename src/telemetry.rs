//! The log and the counters: what an operator may know without knowing whom it concerns.
//!
//! No line carries a token, a query, a message or an address in full; routes are named by their pattern.

use std::{
    fmt::Write as _,
    io::Write as _,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use env_logger::{Builder, WriteStyle};

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

/// What `/metrics` tells: counted since the start of this process.
#[derive(Debug, Default)]
pub struct Metrics {
    answers: [AtomicU64; 5],
    microseconds: AtomicU64,
}

impl Metrics {
    /// Counts one answered request.
    pub fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// The counters in the text format of Prometheus.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# HELP vestibule_http_requests_total Requests answered, by class of status.\n\
             # TYPE vestibule_http_requests_total counter\n",
        );
        for (class, counter) in (1..).zip(&self.answers) {
            let count = counter.load(Ordering::Relaxed);
            let _ = writeln!(text, "vestibule_http_requests_total{{status=\"{class}xx\"}} {count}");
        }
        let micros = self.microseconds.load(Ordering::Relaxed);
        let _ = write!(
            text,
            "# HELP vestibule_http_seconds_total Time spent answering.\n\
             # TYPE vestibule_http_seconds_total counter\n\
             vestibule_http_seconds_total {}.{:06}\n",
            micros / 1_000_000,
            micros % 1_000_000,
        );
        text
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

    #[test]
    fn answers_are_counted_by_class() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_millis(1500));
        metrics.answered(204, Duration::ZERO);
        metrics.answered(503, Duration::ZERO);
        let text = metrics.render();
        assert!(text.contains("{status=\"2xx\"} 2\n") && text.contains("{status=\"5xx\"} 1\n"), "{text}");
        assert!(text.contains("vestibule_http_seconds_total 1.500000\n"), "{text}");
    }
}
