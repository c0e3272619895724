//! Directories of any size, as `vestibule fill` makes them: with the people of the small one, by the same addresses.

use directory::{
    Actor, Dialect,
    fill::{self, EVERYBODYS_APP, Plan},
    session::Session,
    user::{self, UserFilter, UserState},
};
use vestibule::{app, password};

use super::place::{PASSWORD, Place};

const SEED: u64 = 1;
/// How many browsers are signed in while it is measured, and how many of them begin at once.
const SESSIONS: usize = 10_000;
const AT_ONCE: usize = 1_000;

impl Place {
    /// An organisation of so many members, with 10,000 groups and 2,000 apps; its app is one of nearly everybody.
    pub(crate) fn of(members: u32, dialect: Dialect) -> anyhow::Result<Place> {
        let mut place = Place::empty(dialect)?;
        let directory = app::open_directory(&place.settings()?)?;
        let password_hash = Some(password::hash_for_measuring(PASSWORD, SEED)?);
        let plan = Plan { members, guests: None, groups: 10_000, apps: 2_000, seed: SEED, password_hash };
        fill::fill(&directory, &plan)?;
        if dialect == Dialect::Postgres {
            // What the server would do by itself in the middle of the measurement.
            place.database.tell("VACUUM ANALYZE");
        }
        place.app = format!("/apps/{EVERYBODYS_APP}");
        Ok(place)
    }

    /// Begins ten thousand sessions, of as many people as there are.
    pub(crate) fn sign_in_many(&self) -> anyhow::Result<()> {
        let directory = app::open_directory(&self.settings()?)?;
        let filter = UserFilter { state: Some(UserState::Active), ..UserFilter::default() };
        let people =
            directory.read(|tx| user::list(tx, &filter, i64::try_from(SESSIONS).unwrap_or(i64::MAX)))?.rows;
        let people: Vec<Actor> = people.iter().filter_map(Actor::of).collect();
        let sessions: Vec<_> = people.iter().cycle().take(SESSIONS).enumerate().collect();
        for some in sessions.chunks(AT_ONCE) {
            directory.write(|tx| {
                some.iter().try_for_each(|(number, person)| {
                    Session::begin(tx, &format!("session-{number}"), person, "a browser of many")
                })
            })?;
        }
        Ok(())
    }

    /// How many browsers are signed in.
    pub(crate) fn sessions(&self) -> String {
        self.database.ask("SELECT CAST(count(*) AS TEXT) AS line FROM sessions").concat()
    }
}
