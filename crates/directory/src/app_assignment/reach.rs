//! Whom an app reaches: who has it, themselves or through a group. Each question is spelled as it is planned best.
//! Lists of invitations ask it of whoever answers for each, in the same statement (`invitation/joined.rs`).

use diesel::prelude::*;

use crate::db::Id;
use crate::db::schema::{app_assignments, apps, group_members};
use crate::user::User;

/// The assignments through which this person has the app in question, found by the app: for questions that read one app,
/// or are asked seldom.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn assigned_to_app(user: Id<User>) -> _ {
    let groups_of_user = group_members::table
        .filter(group_members::user_id.eq(user))
        .select(group_members::group_id.nullable());
    let holds = app_assignments::user_id.eq(user).or(app_assignments::group_id.eq_any(groups_of_user));
    app_assignments::table.filter(app_assignments::app_id.eq(apps::id)).filter(holds)
}

/// Apps that a person has, or one of the person's groups: where all of them are wanted. Two questions in one, because
/// PostgreSQL finds neither in an index when they are put together with `OR`.
macro_rules! is_assigned_to {
    ($user:expr) => {
        one_of(
            apps::id,
            app_assignments::table
                .filter(app_assignments::user_id.eq($user))
                .select(app_assignments::app_id)
                .union_all(
                    app_assignments::table
                        .inner_join(
                            group_members::table
                                .on(app_assignments::group_id.eq(group_members::group_id.nullable())),
                        )
                        .filter(group_members::user_id.eq($user))
                        .select(app_assignments::app_id),
                ),
        )
    };
}

pub(crate) use is_assigned_to;

/// The assignment of an app's own target group to it, of which there is at most one.
#[diesel::dsl::auto_type]
pub(crate) fn target_assigned() -> _ {
    app_assignments::table
        .filter(app_assignments::app_id.eq(apps::id).and(app_assignments::group_id.eq(apps::target_group_id)))
}

/// The people to whom the app in question is assigned themselves. With [`assigned_through_groups`] the question of
/// [`assigned_to_app`] the other way round, about people whom the query knows by a column only.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn assigned_directly() -> _ {
    app_assignments::table.filter(app_assignments::app_id.eq(apps::id)).select(app_assignments::user_id)
}

/// The people in the groups to which the app in question is assigned.
#[diesel::dsl::auto_type(no_type_alias)]
pub(crate) fn assigned_through_groups() -> _ {
    let assigned =
        app_assignments::table.filter(app_assignments::app_id.eq(apps::id)).select(app_assignments::group_id);
    group_members::table
        .filter(group_members::group_id.nullable().eq_any(assigned))
        .select(group_members::user_id)
}
