//! An organisation of any size, to measure with. It is made up from a seed: every row is a function of the seed, of the
//! day and of its number, so that the same seed gives the same rows, and none has to be remembered to write another.

mod apps;
mod dice;
mod groups;
mod guests;
mod people;
mod rows;

use chrono::TimeDelta;
use diesel::prelude::*;

use self::dice::Dice;
use self::rows::Writing;
use crate::activity::{Action, Activity, Change, Object};
use crate::copy::{CopyError, must_be_empty};
use crate::db::schema::organisation;
use crate::db::{Directory, Timestamp, Tx, without_timeouts};
use crate::organisation::{Organisation, Profile, TenantSettings};
use crate::{Actor, Result};

pub use self::apps::{EVERYBODYS_APP, FEWEST_APPS, TEAMS_APP};
pub use self::groups::FEWEST_GROUPS;
pub use self::guests::INVITED_TO_TEAM;
pub use self::people::{ADMINISTRATOR, FEWEST_MEMBERS, PERSON, owners};

/// The mail domain of the members.
const DOMAIN: &str = "meridian.test";
/// How long ago, in days, the first member came.
const AGE: i64 = 1_000;
/// How long an invitation can be accepted: as long as the settings allow.
const INVITATION_DAYS: i64 = 30;
/// No limit of invitations or mails is ever reached.
const ENDLESS: i64 = 1_000_000_000;

/// How large the organisation is, and which of all possible ones.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How many members, at least [`FEWEST_MEMBERS`].
    pub members: u32,
    /// How many guests, at least [`INVITED_TO_TEAM`]; a guest for every five members if nothing is said.
    pub guests: Option<u32>,
    /// How many groups, at least [`FEWEST_GROUPS`].
    pub groups: u32,
    /// How many apps, at least [`FEWEST_APPS`].
    pub apps: u32,
    /// Another seed, other names and memberships.
    pub seed: u64,
    /// With what every member signs in, hashed. Nobody has a password without it.
    pub password_hash: Option<String>,
}

/// How many rows were written to each table.
pub type Written = Vec<(&'static str, u64)>;

/// Fills an empty directory, all or nothing, and answers how many rows it wrote to each table.
///
/// # Errors
/// [`CopyError::NotEmpty`]; and the database's. Whatever had been written is undone.
pub fn fill(directory: &Directory, plan: &Plan) -> Result<Written, CopyError> {
    directory.migrate()?;
    let written: Result<Written, CopyError> = directory.write_once(|tx| {
        must_be_empty(tx)?;
        without_timeouts(tx.conn)?;
        let sample = Sample::new(plan, tx.now);
        write_organisation(tx)?;
        let mut writing = Writing::new(tx.conn);
        sample.write_members(&mut writing)?;
        sample.write_groups(&mut writing)?;
        sample.write_apps(&mut writing)?;
        sample.write_guests(&mut writing)?;
        Ok(writing.finish())
    });
    let written = written?;
    let tables: Vec<&str> = written.iter().map(|(table, _)| *table).collect();
    if let Err(error) = directory.vacuum(&tables) {
        log::warn!("the database will be slower until it has looked through what was written: {error}");
    }
    Ok(written)
}

/// The organisation that a plan describes on this day.
struct Sample<'a> {
    plan: &'a Plan,
    /// Midnight, from which everything counts back.
    today: Timestamp,
    administrator: Option<Actor>,
}

impl<'a> Sample<'a> {
    fn new(plan: &'a Plan, now: Timestamp) -> Self {
        let today = now - TimeDelta::microseconds(now.micros() % (24 * 60 * 60 * 1_000_000));
        let sample = Self { plan, today, administrator: None };
        let administrator = sample.member(people::ADMINISTRATORS_NUMBER).ok();
        Self { administrator: administrator.as_ref().and_then(Actor::of), ..sample }
    }

    fn dice(&self, what: &str, number: u32) -> Dice {
        Dice::of(self.plan.seed, what, number)
    }

    /// The instant of one of so many things that happened at even distances between these days before today.
    fn between(&self, (first, last): (i64, i64), number: u32, all: u32) -> Timestamp {
        let span = TimeDelta::days(first - last).num_milliseconds();
        let since = span * i64::from(number) / i64::from(all.max(1));
        self.today - TimeDelta::days(first) + TimeDelta::milliseconds(since)
    }

    /// The audit's entry of something that the administrator did then.
    fn administered(
        &self,
        made: (&mut Dice, Timestamp),
        what: (Action, &Object),
        change: &Change,
    ) -> Activity {
        noted(made, self.administrator.as_ref(), what, change)
    }
}

/// The audit's entry of something that somebody did then.
fn noted(
    (dice, at): (&mut Dice, Timestamp),
    actor: Option<&Actor>,
    (action, object): (Action, &Object),
    change: &Change,
) -> Activity {
    Activity::new((dice.id(at), at), actor, action, object, change)
}

fn write_organisation(tx: &mut Tx<'_>) -> Result<()> {
    let default = Organisation::default().profile;
    Organisation::found(tx, &Profile { primary_domain: DOMAIN.to_owned(), ..default })?;
    let settings = TenantSettings {
        owners_manage_groups: true,
        invitation_days: INVITATION_DAYS,
        inviter_hourly_limit: ENDLESS,
        inviter_daily_limit: ENDLESS,
        organisation_hourly_limit: ENDLESS,
        recipient_daily_limit: ENDLESS,
        ..TenantSettings::default()
    };
    diesel::update(organisation::table).set(&settings).execute(tx.conn)?;
    Ok(())
}
