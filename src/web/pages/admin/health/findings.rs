//! What the facts mean, as sentences. One function for each thing that is looked at.

use std::time::Duration;

use chrono::TimeDelta;
use chrono_tz::Tz;
use directory::{Timestamp, delivery::Setback};

use super::facts::Facts;
use crate::telemetry::{CLOCKS_APART, LITTLE_ROOM, MEBIBYTE, Room};
use crate::text::Texts;
use crate::web::mail_route::MailRoute;
use crate::web::view::{Fact, Tone};

/// For how long an outage that is over is worth telling.
const RECENT: TimeDelta = TimeDelta::hours(24);
/// A mail that waits longer than this waits for something.
const LATE: TimeDelta = TimeDelta::minutes(5);
/// The courier looks around every two seconds, and a database that is away holds it up for a few more.
const SILENT: Duration = Duration::from_secs(30);
/// A disk with less than this, in bytes, and with less than a tenth of it free, wants attention.
const SOME: u64 = 2048 * MEBIBYTE;

/// What was found out about one thing.
pub(super) struct Finding {
    pub(super) tone: Tone,
    /// The thing, and the sentence about it.
    pub(super) fact: Fact,
    /// What to do, or what it leads to.
    pub(super) advice: String,
}

impl Finding {
    pub(super) fn is_wrong(&self) -> bool {
        matches!(self.tone, Tone::Bad | Tone::Warn)
    }

    /// The sentence, and what to do.
    pub(super) fn told(&self) -> String {
        format!("{} {}", self.fact.value, self.advice).trim_end().to_owned()
    }
}

/// Everything that was looked at.
pub(super) fn all(texts: Texts, zone: Tz, facts: &Facts) -> Vec<Finding> {
    let teller = Teller { texts, zone, facts };
    let always = [teller.database(), teller.schema(), teller.mail(), teller.courier(), teller.goes()];
    let mut found: Vec<Finding> = always.into();
    found.extend(teller.clocks());
    found.extend(teller.room());
    found.push(teller.address());
    found
}

struct Teller<'a> {
    texts: Texts,
    zone: Tz,
    facts: &'a Facts,
}

impl Teller<'_> {
    fn finding(&self, thing: &str, tone: Tone, sentence: String, advice: &str) -> Finding {
        let label = self.texts.get(&format!("admin-health-{thing}"));
        let advice = if advice.is_empty() { String::new() } else { self.texts.get(advice) };
        Finding { tone, fact: Fact { label, value: sentence }, advice }
    }

    fn moment(&self, at: Timestamp) -> String {
        self.texts.date_time_zone(at, self.zone)
    }

    fn database(&self) -> Finding {
        match self.facts.outage.filter(|outage| self.facts.now - outage.until < RECENT) {
            None => self.finding("database", Tone::Ok, self.texts.get("admin-health-database-ok"), ""),
            Some(outage) => {
                let (from, until) = (self.moment(outage.from), self.moment(outage.until));
                let moments = [("from", from.into()), ("until", until.into())];
                let sentence = self.texts.with("admin-health-database-away", &moments);
                self.finding("database", Tone::Warn, sentence, "admin-health-database-advice")
            }
        }
    }

    fn schema(&self) -> Finding {
        let told = |key: &str, versions: &[String]| {
            self.texts.with(key, &[("migrations", versions.join(", ").into())])
        };
        let schema = &self.facts.schema;
        if !schema.missing.is_empty() {
            let sentence = told("admin-health-schema-missing", &schema.missing);
            return self.finding("schema", Tone::Bad, sentence, "admin-health-schema-missing-advice");
        }
        if !schema.unknown.is_empty() {
            let sentence = told("admin-health-schema-newer", &schema.unknown);
            return self.finding("schema", Tone::Warn, sentence, "admin-health-schema-newer-advice");
        }
        self.finding("schema", Tone::Ok, self.texts.get("admin-health-schema-ok"), "")
    }

    /// A relay is said to be sick while it is away, whether or not anything waits for it, and while mail waits for it: a
    /// mailbox that does not exist is no illness, and what is held after a restore does not wait for a relay.
    fn mail(&self) -> Finding {
        if let Some(away) = &self.facts.relay_away {
            let told = [("moment", self.moment(away.since).into()), ("answer", away.why.as_str().into())];
            let sentence = self.texts.with("admin-health-mail-relay-away", &told);
            let sentence = format!("{sentence} {}", self.last_sent());
            return self.finding("mail", Tone::Bad, sentence, "admin-health-mail-relay-away-advice");
        }
        if let Some(since) = self.facts.held_since {
            let sentence = self.texts.with("admin-mail-held", &[("moment", self.moment(since).into())]);
            return self.finding("mail", Tone::Bad, sentence, "admin-health-mail-held-advice");
        }
        let outbox = &self.facts.outbox;
        let late = outbox.waiting_since.filter(|since| self.facts.now - *since > LATE);
        let Some(since) = late else {
            return self.finding("mail", Tone::Ok, self.last_sent(), "");
        };
        let mut sentences = vec![
            self.texts.with(
                "admin-health-mail-waiting",
                &[("count", (outbox.queued + outbox.retrying).into()), ("since", self.moment(since).into())],
            ),
            self.last_sent(),
        ];
        // What was said before the last mail left is mended.
        let is_news =
            |setback: &&Setback| !setback.given_up && outbox.last_sent.is_none_or(|sent| setback.at >= sent);
        sentences.extend(self.facts.setback.as_ref().filter(is_news).map(|setback| {
            let told =
                [("moment", self.moment(setback.at).into()), ("answer", setback.answer.as_str().into())];
            self.texts.with("admin-health-mail-answer", &told)
        }));
        self.finding("mail", Tone::Bad, sentences.join(" "), "admin-health-mail-advice")
    }

    fn last_sent(&self) -> String {
        match self.facts.outbox.last_sent {
            Some(at) => self.texts.with("admin-health-mail-sent", &[("moment", self.moment(at).into())]),
            None => self.texts.get("admin-health-mail-never"),
        }
    }

    fn courier(&self) -> Finding {
        let silent = self.facts.courier_silent;
        if silent < SILENT {
            return self.finding("courier", Tone::Ok, self.texts.get("admin-health-courier-ok"), "");
        }
        let since = self.facts.now - TimeDelta::from_std(silent).unwrap_or(TimeDelta::MAX);
        let sentence =
            self.texts.with("admin-health-courier-silent", &[("since", self.moment(since).into())]);
        self.finding("courier", Tone::Bad, sentence, "admin-health-courier-advice")
    }

    fn goes(&self) -> Finding {
        match &self.facts.goes {
            MailRoute::Relay(relay) => {
                let sentence = self.texts.with("admin-mail-goes-relay", &[("relay", relay.as_str().into())]);
                self.finding("relay", Tone::Ok, sentence, "")
            }
            MailRoute::Demo => self.finding("relay", Tone::Ok, self.texts.get("demo-mail-goes"), ""),
            MailRoute::Folder(folder) => {
                let told =
                    self.texts.with("admin-mail-goes-folder-text", &[("folder", folder.as_str().into())]);
                let sentence = format!("{} {told}", self.texts.get("admin-mail-goes-folder"));
                self.finding("relay", Tone::Warn, sentence, "")
            }
        }
    }

    fn clocks(&self) -> Option<Finding> {
        let apart = (self.facts.server_clock? - self.facts.machine_clock).abs();
        if apart <= CLOCKS_APART {
            return Some(self.finding("clocks", Tone::Ok, self.texts.get("admin-health-clocks-ok"), ""));
        }
        let sentence =
            self.texts.with("admin-health-clocks-apart", &[("seconds", apart.num_seconds().into())]);
        Some(self.finding("clocks", Tone::Warn, sentence, "admin-health-clocks-advice"))
    }

    fn room(&self) -> Option<Finding> {
        let (folder, room) = self.facts.room.as_ref()?;
        let told = [
            ("free", i64::try_from(room.free / MEBIBYTE).unwrap_or(i64::MAX).into()),
            ("folder", folder.display().to_string().into()),
        ];
        let sentence = self.texts.with("admin-health-disk-free", &told);
        let tone = tone_of(*room);
        let advice = if tone == Tone::Ok { "" } else { "admin-health-disk-advice" };
        Some(self.finding("disk", tone, sentence, advice))
    }

    fn address(&self) -> Finding {
        let url = [("url", self.facts.public_url.as_str().into())];
        if self.facts.https {
            let sentence = self.texts.with("admin-health-address-ok", &url);
            return self.finding("address", Tone::Ok, sentence, "");
        }
        // A try-out is meant to be on this machine alone.
        let tone = if matches!(self.facts.goes, MailRoute::Demo) { Tone::Plain } else { Tone::Warn };
        let sentence = self.texts.with("admin-health-address-plain", &url);
        self.finding("address", tone, sentence, "admin-health-address-advice")
    }
}

fn tone_of(room: Room) -> Tone {
    match room.free {
        free if free < LITTLE_ROOM => Tone::Bad,
        free if free < SOME && free < room.total / 10 => Tone::Warn,
        _ => Tone::Ok,
    }
}
