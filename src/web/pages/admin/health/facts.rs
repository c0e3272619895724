//! What the Health page looks at.

use std::{path::PathBuf, time::Duration};

use actix_web::web;
use directory::{
    DatabaseUrl, Timestamp,
    delivery::{self, Outbox, Setback},
    standing::{self, SchemaStanding},
};

use crate::draft::folder_of;
use crate::telemetry::{RelayAway, Room};
use crate::web::{Administrating, Outage, PageError, mail_route::MailRoute};

/// Plain facts: what they mean is decided in `findings`.
pub(super) struct Facts {
    /// The database's time, in which everything else is told but the clock of the machine.
    pub(super) now: Timestamp,
    /// What the clock of this machine showed when the server's was read.
    pub(super) machine_clock: Timestamp,
    pub(super) outage: Option<Outage>,
    pub(super) schema: SchemaStanding,
    /// What the clock of the database's server shows; a file has none.
    pub(super) server_clock: Option<Timestamp>,
    pub(super) outbox: Outbox,
    pub(super) setback: Option<Setback>,
    /// The relay, if the courier of this process met it away and nothing left since.
    pub(super) relay_away: Option<RelayAway>,
    /// Since when, after a restore, mail waits for an administrator.
    pub(super) held_since: Option<Timestamp>,
    /// How long the courier of this process has shown no sign of life.
    pub(super) courier_silent: Duration,
    /// The room for a database that is a file.
    pub(super) room: Option<(PathBuf, Room)>,
    pub(super) public_url: String,
    pub(super) https: bool,
    pub(super) goes: MailRoute,
}

struct Told {
    now: Timestamp,
    machine_clock: Timestamp,
    schema: SchemaStanding,
    server_clock: Option<Timestamp>,
    outbox: Outbox,
    setback: Option<Setback>,
}

impl Facts {
    /// Asks the database, the disk and the process.
    pub(super) async fn gather(visit: &Administrating) -> Result<Facts, PageError> {
        let state = &visit.state;
        // Before this page's own questions, which would say that all is well again.
        let outage = state.outages.last();
        let clock = state.directory.clock().clone();
        let told = visit.read(move |tx, administrator| {
            let server_clock = standing::server_clock(tx)?;
            Ok(Told {
                server_clock,
                machine_clock: clock.now(),
                now: tx.now,
                schema: standing::schema(tx)?,
                outbox: delivery::outbox(tx)?,
                setback: delivery::last_setback(tx, administrator)?,
            })
        });
        let Told { now, machine_clock, schema, server_clock, outbox, setback } = told.await?;
        Ok(Facts {
            now,
            machine_clock,
            outage,
            schema,
            server_clock,
            outbox,
            setback,
            relay_away: state.courier_metrics.away(outbox.last_sent),
            held_since: visit.organisation.restoration.mail_held_since,
            courier_silent: state.courier_metrics.silent_for(),
            room: room(visit).await,
            public_url: state.public_url.to_string(),
            https: state.public_url.is_https(),
            goes: MailRoute::of(visit),
        })
    }
}

/// A disk of the network may keep whoever asks waiting, so that is done elsewhere.
async fn room(visit: &Administrating) -> Option<(PathBuf, Room)> {
    let DatabaseUrl::Sqlite(file) = &visit.state.settings.database_url else { return None };
    let folder = folder_of(file).to_owned();
    web::block(move || Room::of(&folder).map(|room| (folder, room))).await.ok().flatten()
}
