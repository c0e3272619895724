//! What `/metrics` tells: the counters of this process, its connections, and what waits in the database.

use std::{sync::Arc, time::Duration};

use actix_web::{
    HttpResponse,
    http::header,
    web::{self, Data},
};
use directory::{
    DatabaseUrl, PoolFigures, Timestamp,
    delivery::{self, Outbox},
};
use tokio::{sync::Semaphore, time::timeout};

use super::State;
use crate::telemetry::{
    CourierMetrics, Exposition,
    Kind::{Counter, Gauge},
    Room,
};

/// How long a scrape waits for the database: less than Prometheus waits for the scrape.
const PATIENCE: Duration = Duration::from_secs(2);

/// Lets one scrape at a time ask the database, while others wait: scrapes of a database that hangs must not pile up on
/// threads.
#[derive(Clone)]
pub(crate) struct Turn(Arc<Semaphore>);

impl Default for Turn {
    fn default() -> Turn {
        Turn(Arc::new(Semaphore::new(1)))
    }
}

/// What the database told, and when.
struct Asked {
    outbox: Outbox,
    now: Timestamp,
}

pub(crate) async fn show(state: Data<State>, turn: Data<Turn>) -> HttpResponse {
    let (asked, room) = ask(&state, &turn).await;
    let mut page = Exposition::default();
    state.metrics.write(&mut page);
    state.courier_metrics.write(&mut page);
    write_pools(&mut page, &state.directory.pools());
    let up = "Whether the database answered this scrape; if not, the lines about mails are missing.";
    page.single("vestibule_database_up", Gauge, up, u8::from(asked.is_some()));
    if let Some(asked) = asked {
        write_outbox(&mut page, &asked, &state.courier_metrics);
    }
    if let Some(room) = room {
        let free = "What is free on the disk of an SQLite database.";
        page.single("vestibule_disk_free_bytes", Gauge, free, room.free);
    }
    HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"))
        .body(page.into_text())
}

/// Asks the database, and the disk of its file, which may be a network disk that hangs.
async fn ask(state: &State, turn: &Turn) -> (Option<Asked>, Option<Room>) {
    let (directory, turns) = (state.directory.clone(), Arc::clone(&turn.0));
    let file = match &state.settings.database_url {
        DatabaseUrl::Sqlite(file) => Some(file.clone()),
        DatabaseUrl::Postgres(_) => None,
    };
    let question = async move {
        let turn = turns.acquire_owned().await.ok()?;
        let answer = web::block(move || {
            let _turn = turn;
            let asked = directory.read(|tx| Ok(Asked { outbox: delivery::outbox(tx)?, now: tx.now }));
            (asked, file.and_then(|file| Room::beside(&file)))
        });
        answer.await.ok()
    };
    match timeout(PATIENCE, question).await {
        Ok(Some((Ok(asked), room))) => (Some(asked), room),
        Ok(Some((Err(error), room))) => {
            log::warn!("metrics: {error}");
            (None, room)
        }
        Ok(None) | Err(_) => (None, None),
    }
}

fn write_pools(page: &mut Exposition, pools: &[(&'static str, PoolFigures)]) {
    let name = "vestibule_database_connections";
    page.metric(name, Gauge, "Connections to the database, by pool and state.");
    for (pool, figures) in pools {
        for (state, count) in [("in_use", figures.in_use), ("idle", figures.idle)] {
            page.labelled(name, &[("pool", pool), ("state", state)], count);
        }
    }
    let name = "vestibule_database_connections_max";
    page.metric(name, Gauge, "Connections that may be open at once.");
    for (pool, figures) in pools {
        page.labelled(name, &[("pool", pool)], figures.most);
    }
    let name = "vestibule_database_waiting";
    page.metric(name, Gauge, "Who asked for a connection and has none yet.");
    for (pool, figures) in pools {
        page.labelled(name, &[("pool", pool)], figures.waiting);
    }
    let name = "vestibule_database_wait_timeouts_total";
    page.metric(name, Counter, "Times a connection was waited for in vain.");
    for (pool, figures) in pools {
        page.labelled(name, &[("pool", pool)], figures.timeouts);
    }
}

fn write_outbox(page: &mut Exposition, asked: &Asked, courier: &CourierMetrics) {
    let Asked { outbox, now } = asked;
    let name = "vestibule_mails";
    page.metric(name, Gauge, "Mails that have not left, by state, of all instances together.");
    for (state, count) in
        [("queued", outbox.queued), ("retrying", outbox.retrying), ("failed", outbox.failed)]
    {
        page.labelled(name, &[("state", state)], count);
    }
    let age = |since: Option<Timestamp>| since.map_or(0, |since| (*now - since).num_seconds().max(0));
    let due = "How long the mail that is due longest has been due; 0 when none is.";
    page.single("vestibule_mail_due_age_seconds", Gauge, due, age(outbox.due_since));
    let waiting = "How long ago the oldest mail that has not left was written; 0 when none waits.";
    page.single("vestibule_mail_waiting_age_seconds", Gauge, waiting, age(outbox.waiting_since));
    let away =
        "How long the relay has been away, as the courier of this instance met it; 0 when it is there.";
    let since = courier.away(outbox.last_sent).map(|away| away.since);
    page.single("vestibule_mail_relay_away_seconds", Gauge, away, age(since));
}
