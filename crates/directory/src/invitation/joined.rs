//! Invitations beside all that tells where they stand: what every question about them begins with.

use crate::db::schema::{invitations, users};

diesel::alias! {
    users as answerers: Answerers,
    users as inviters: Inviters,
    users as senders: Senders,
    invitations as earlier: Earlier,
    invitations as later: Later,
}

/// Invitations beside all that tells where they stand.
macro_rules! joined {
    () => {
        invitations::table
            .inner_join(users::table.on(users::id.eq(invitations::user_id)))
            .inner_join(answerers.on(answerers.field(users::id).eq(invitations::answerable_id)))
            .inner_join(inviters.on(inviters.field(users::id).eq(invitations::inviter_id)))
            .left_join(apps::table.on(invitations::app_id.eq(apps::id.nullable())))
            .left_join(
                groups::table.on(invitations::group_id
                    .eq(groups::id.nullable())
                    .or(apps::target_group_id.eq(groups::id.nullable()))
                    .assume_not_null()),
            )
    };
}

/// What tells where an invitation stands, and whatever else is wanted.
macro_rules! standing {
    ($app:ty, $group:ty $(, $more:expr)*) => {
        (
            Invitation::as_select(),
            User::as_select(),
            answerers.fields((users::kind, users::state, users::administrator, users::guest_inviter)),
            inviters.field(users::name),
            Option::<$app>::as_select(),
            Option::<$group>::as_select(),
            (
                // No `exists`: of many rows PostgreSQL would read all owners and all assignments for it.
                group_owners::table
                    .filter(
                        group_owners::user_id
                            .eq(invitations::answerable_id)
                            .and(group_owners::group_id.nullable().eq(groups::id.nullable())),
                    )
                    .select(group_owners::user_id)
                    .single_value()
                    .is_not_null(),
                exists(
                    app_assignments::table
                        .filter(app_assignments::app_id.nullable().eq(apps::id.nullable()))
                        .filter(
                            app_assignments::user_id.eq(invitations::answerable_id.nullable()).or(
                                app_assignments::group_id.eq_any(
                                    group_members::table
                                        .filter(group_members::user_id.eq(invitations::answerable_id))
                                        .select(group_members::group_id.nullable()),
                                ),
                            ),
                        ),
                ),
                app_assignments::table
                    .filter(
                        app_assignments::app_id
                            .nullable()
                            .eq(apps::id.nullable())
                            .and(app_assignments::group_id.eq(apps::target_group_id)),
                    )
                    .select(app_assignments::id)
                    .single_value()
                    .is_not_null(),
            ),
            $($more,)*
        )
    };
}

pub(super) use {joined, standing};
