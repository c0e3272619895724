//! What this process counts from its start on.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use super::{
    Exposition,
    exposition::Kind::{Counter, Gauge, Histogram},
};

/// The upper bounds of the buckets, in milliseconds, and as Prometheus spells them in seconds.
const BUCKETS: [(u64, &str); 10] = [
    (1, "0.001"),
    (3, "0.003"),
    (10, "0.01"),
    (30, "0.03"),
    (100, "0.1"),
    (300, "0.3"),
    (1_000, "1"),
    (3_000, "3"),
    (5_000, "5"),
    (10_000, "10"),
];

/// What `/metrics` tells of requests and of people: counted since the start of this process.
#[derive(Debug, Default)]
pub(crate) struct Metrics {
    answers: [AtomicU64; 5],
    buckets: [AtomicU64; BUCKETS.len()],
    microseconds: AtomicU64,
    signed_in: AtomicU64,
    not_signed_in: AtomicU64,
    refusals: Mutex<BTreeMap<&'static str, u64>>,
}

impl Metrics {
    /// Counts one answered request.
    pub(crate) fn answered(&self, status: u16, took: Duration) {
        let class = usize::from(status / 100).clamp(1, 5) - 1;
        if let Some(counter) = self.answers.get(class) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
        let bucket = BUCKETS.iter().position(|(most, _)| microseconds <= most * 1_000);
        if let Some(counter) = bucket.and_then(|bucket| self.buckets.get(bucket)) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts somebody who signed in.
    pub(crate) fn signed_in(&self) {
        self.signed_in.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a password or a code that did not let anybody in.
    pub(crate) fn not_signed_in(&self) {
        self.not_signed_in.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a "no", by its code.
    pub(crate) fn refused(&self, code: &'static str) {
        *self.refusals.lock().unwrap_or_else(PoisonError::into_inner).entry(code).or_default() += 1;
    }

    /// Writes the counters down.
    pub(crate) fn write(&self, page: &mut Exposition) {
        let build = "The version of the program.";
        page.metric("vestibule_build_info", Gauge, build);
        page.labelled("vestibule_build_info", &[("version", env!("CARGO_PKG_VERSION"))], 1);
        self.write_requests(page);
        let name = "vestibule_sign_ins_total";
        page.metric(name, Counter, "Passwords and codes tried, by what came of it.");
        page.labelled(name, &[("outcome", "succeeded")], self.signed_in.load(Ordering::Relaxed));
        page.labelled(name, &[("outcome", "refused")], self.not_signed_in.load(Ordering::Relaxed));
        let name = "vestibule_refusals_total";
        page.metric(name, Counter, "Times a rule or a limit said no, by its code.");
        for (code, count) in &*self.refusals.lock().unwrap_or_else(PoisonError::into_inner) {
            page.labelled(name, &[("code", code)], count);
        }
    }

    fn write_requests(&self, page: &mut Exposition) {
        let name = "vestibule_http_requests_total";
        page.metric(name, Counter, "Requests answered, by class of status.");
        let mut all = 0;
        for (class, counter) in ["1xx", "2xx", "3xx", "4xx", "5xx"].into_iter().zip(&self.answers) {
            let count = counter.load(Ordering::Relaxed);
            all += count;
            page.labelled(name, &[("status", class)], count);
        }
        let name = "vestibule_http_request_duration_seconds";
        page.metric(name, Histogram, "Time from a request's head to its answer's.");
        let bucket = format!("{name}_bucket");
        let mut so_far = 0;
        for ((_, most), counter) in BUCKETS.iter().zip(&self.buckets) {
            so_far += counter.load(Ordering::Relaxed);
            // A request that is counted while this is read must not make the buckets more than their sum.
            page.labelled(&bucket, &[("le", most)], so_far.min(all));
        }
        page.labelled(&bucket, &[("le", "+Inf")], all);
        let micros = self.microseconds.load(Ordering::Relaxed);
        page.plain(&format!("{name}_sum"), format!("{}.{:06}", micros / 1_000_000, micros % 1_000_000));
        page.plain(&format!("{name}_count"), all);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_counted_by_class_and_by_how_long_they_took() {
        let metrics = Metrics::default();
        metrics.answered(200, Duration::from_millis(1500));
        metrics.answered(204, Duration::from_millis(1));
        metrics.answered(503, Duration::from_mins(1));
        let mut page = Exposition::default();
        metrics.write(&mut page);
        let text = page.into_text();
        for line in [
            "vestibule_http_requests_total{status=\"2xx\"} 2",
            "vestibule_http_requests_total{status=\"5xx\"} 1",
            "vestibule_http_request_duration_seconds_bucket{le=\"0.001\"} 1",
            "vestibule_http_request_duration_seconds_bucket{le=\"1\"} 1",
            "vestibule_http_request_duration_seconds_bucket{le=\"3\"} 2",
            "vestibule_http_request_duration_seconds_bucket{le=\"10\"} 2",
            "vestibule_http_request_duration_seconds_bucket{le=\"+Inf\"} 3",
            "vestibule_http_request_duration_seconds_sum 61.501000",
            "vestibule_http_request_duration_seconds_count 3",
        ] {
            assert!(text.lines().any(|told| told == line), "{line} is not in\n{text}");
        }
    }
}
