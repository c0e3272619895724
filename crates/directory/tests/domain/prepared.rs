//! What is prepared once on a connection, and found there again.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::TimeDelta;
use diesel::connection::{Connection, InstrumentationEvent};
use directory::rate_limit::RateLimit;

use crate::cast::Cast;
use crate::on_both;

on_both!(a_change_that_is_kept_is_prepared_once);

fn a_change_that_is_kept_is_prepared_once(cast: &Cast) {
    let kept = Arc::new(Mutex::new(Vec::new()));
    cast.write(|tx| {
        let list = Arc::clone(&kept);
        tx.conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::CacheQuery { sql, .. } = event {
                list.lock().unwrap_or_else(PoisonError::into_inner).push(sql.to_owned());
            }
        });
        let limit = RateLimit::new("kept", 9, TimeDelta::hours(1));
        let taken = [1, 2, 3].map(|_| limit.of("mia").take(tx));
        tx.conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
        taken.into_iter().try_for_each(|taken| taken.map(drop))
    });
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let changes: Vec<&String> = kept.iter().filter(|text| text.starts_with("UPDATE")).collect();
    assert_eq!(changes.len(), 1, "{kept:?}");
}
