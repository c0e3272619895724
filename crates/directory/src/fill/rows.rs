//! Writing many rows at once.

use std::ops::Range;

use diesel::QueryResult;
use diesel::prelude::*;

use super::Written;
use crate::Result;
use crate::activity::Activity;
use crate::app::App;
use crate::app_assignment::AssignmentRow;
use crate::app_role::AppRole;
use crate::db::schema::{
    activities, app_assignments, apps, deliveries, group_members, group_owners, groups, users,
};
use crate::db::{Conn, Id, Timestamp, insert_all};
use crate::delivery::Delivery;
use crate::group::Group;
use crate::group_member::Membership;
use crate::invitation::{self, Invitation};
use crate::user::User;

/// How many of a thing are made before their rows are written.
const AT_ONCE: u32 = 1_000;

/// A row of `group_owners`.
#[derive(Insertable)]
#[diesel(table_name = group_owners, treat_none_as_default_value = false)]
pub(super) struct Ownership {
    pub(super) group_id: Id<Group>,
    pub(super) user_id: Id<User>,
    pub(super) created_at: Timestamp,
}

/// A row of `app_assignments`.
#[derive(Insertable)]
#[diesel(table_name = app_assignments, treat_none_as_default_value = false)]
pub(super) struct Assignment {
    pub(super) id: Id<AssignmentRow>,
    pub(super) app_id: Id<App>,
    pub(super) user_id: Option<Id<User>>,
    pub(super) group_id: Option<Id<Group>>,
    pub(super) role_id: Option<Id<AppRole>>,
    pub(super) created_at: Timestamp,
}

/// A row that is written with many of its kind.
pub(super) trait Row: Sized {
    const TABLE: &'static str;

    fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()>;
}

macro_rules! written_to {
    ($($row:ty => $table:ident,)+) => {
        $(impl Row for $row {
            const TABLE: &'static str = stringify!($table);

            fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()> {
                insert_all!(conn, $table::table, rows)
            }
        })+
    };
}

written_to! {
    User => users,
    Group => groups,
    Ownership => group_owners,
    Membership => group_members,
    App => apps,
    Assignment => app_assignments,
    Delivery => deliveries,
    Activity => activities,
}

impl Row for Invitation {
    const TABLE: &'static str = "invitations";

    fn insert(conn: &mut Conn, rows: &[Self]) -> QueryResult<()> {
        invitation::write_all(conn, rows)
    }
}

/// Writes rows, and counts them.
pub(super) struct Writing<'a> {
    conn: &'a mut Conn,
    written: Written,
}

impl<'a> Writing<'a> {
    pub(super) fn new(conn: &'a mut Conn) -> Self {
        Self { conn, written: Vec::new() }
    }

    pub(super) fn write<T: Row>(&mut self, rows: &[T]) -> Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        T::insert(self.conn, rows)?;
        let many = rows.len() as u64;
        match self.written.iter_mut().find(|(table, _)| *table == T::TABLE) {
            Some((_, sum)) => *sum += many,
            None => self.written.push((T::TABLE, many)),
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Written {
        self.written
    }
}

/// The numbers of so many things, in parts that are written at once.
pub(super) fn parts(of: u32) -> impl Iterator<Item = Range<u32>> {
    (0..of).step_by(AT_ONCE as usize).map(move |first| first..of.min(first.saturating_add(AT_ONCE)))
}
