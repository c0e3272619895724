//! Directories of any size, as `vestibule fill` makes them: with the people of the small one, by the same addresses.

use directory::{
    Dialect,
    fill::{self, EVERYBODYS_APP, Plan},
};
use vestibule::{app, password};

use super::place::{PASSWORD, Place};

const SEED: u64 = 1;

impl Place {
    /// An organisation of so many members, with 10,000 groups and 2,000 apps; its app is one of nearly everybody.
    pub(crate) fn of(members: u32, dialect: Dialect) -> anyhow::Result<Place> {
        let mut place = Place::empty(dialect)?;
        let directory = app::open_directory(&place.settings()?)?;
        let password_hash = Some(password::hash_for_measuring(PASSWORD, SEED)?);
        let plan = Plan { members, groups: 10_000, apps: 2_000, seed: SEED, password_hash };
        fill::fill(&directory, &plan)?;
        if dialect == Dialect::Postgres {
            // What the server would do by itself in the middle of the measurement.
            place.database.tell("VACUUM ANALYZE");
        }
        place.app = format!("/apps/{EVERYBODYS_APP}");
        Ok(place)
    }
}
