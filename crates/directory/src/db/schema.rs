// The tables as diesel sees them, the same on both databases. Written with the migrations; a test compares them.

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    organisation (id) {
        id -> BigInt,
        name -> Text,
        primary_domain -> Text,
        other_domains -> Text,
        time_zone -> Text,
        default_language -> Text,
        privacy_url -> Nullable<Text>,
        owners_manage_groups -> Bool,
        invite_policy -> Text,
        domain_rule -> Text,
        refused_domains -> Text,
        accepted_domains -> Text,
        guests_see -> Text,
        invitation_days -> BigInt,
        welcome_messages -> Bool,
        members_search -> Bool,
        groups_page_restricted -> Bool,
        inviter_hourly_limit -> BigInt,
        inviter_daily_limit -> BigInt,
        organisation_hourly_limit -> BigInt,
        recipient_daily_limit -> BigInt,
        version -> BigInt,
        generation_floor -> BigInt,
        mail_held_since -> Nullable<Timestamp>,
        key_fingerprint -> Nullable<Text>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    users (id) {
        id -> DbUuid,
        kind -> Text,
        state -> Text,
        name -> Text,
        name_key -> Text,
        address -> Text,
        address_key -> Text,
        department -> Text,
        job_title -> Text,
        country -> Text,
        company -> Text,
        language -> Nullable<Text>,
        administrator -> Bool,
        guest_inviter -> Bool,
        password_hash -> Nullable<Text>,
        sponsor_id -> Nullable<DbUuid>,
        created_at -> Timestamp,
        redeemed_at -> Nullable<Timestamp>,
        blocked_at -> Nullable<Timestamp>,
        deleted_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    groups (id) {
        id -> DbUuid,
        slug -> Text,
        name -> Text,
        name_key -> Text,
        description -> Text,
        kind -> Text,
        membership -> Text,
        source -> Text,
        rule -> Nullable<Text>,
        rule_evaluated_at -> Nullable<Timestamp>,
        synced_from -> Nullable<Text>,
        synced_at -> Nullable<Timestamp>,
        owners_manage_membership -> Bool,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    group_owners (group_id, user_id) {
        group_id -> DbUuid,
        user_id -> DbUuid,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    group_members (group_id, user_id) {
        group_id -> DbUuid,
        user_id -> DbUuid,
        kind -> Text,
        state -> Text,
        name_key -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    apps (id) {
        id -> DbUuid,
        slug -> Text,
        catalogue_key -> Nullable<Text>,
        name -> Text,
        name_key -> Text,
        description -> Text,
        collection -> Text,
        home_page -> Text,
        glyph -> Text,
        logo_version -> Nullable<BigInt>,
        enabled -> Bool,
        visible -> Bool,
        assignment_required -> Bool,
        sign_on -> Nullable<Text>,
        self_service -> Bool,
        target_group_id -> Nullable<DbUuid>,
        created_at -> Timestamp,
        version -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    app_logos (app_id) {
        app_id -> DbUuid,
        content_type -> Text,
        content -> Binary,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    app_roles (id) {
        id -> DbUuid,
        app_id -> DbUuid,
        name -> Text,
        name_key -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    app_assignments (id) {
        id -> DbUuid,
        app_id -> DbUuid,
        user_id -> Nullable<DbUuid>,
        group_id -> Nullable<DbUuid>,
        role_id -> Nullable<DbUuid>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    invitations (id) {
        id -> DbUuid,
        target_kind -> Text,
        app_id -> Nullable<DbUuid>,
        group_id -> Nullable<DbUuid>,
        target_key -> Text,
        user_id -> DbUuid,
        name_key -> Text,
        address_key -> Text,
        inviter_id -> DbUuid,
        sender_id -> DbUuid,
        message -> Nullable<Text>,
        language -> Text,
        state -> Text,
        generation -> BigInt,
        expires_at -> Timestamp,
        created_at -> Timestamp,
        sent_at -> Timestamp,
        decided_at -> Nullable<Timestamp>,
        decline_reason -> Nullable<Text>,
        answerable_id -> DbUuid,
        number -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    one_time_codes (id) {
        id -> DbUuid,
        purpose -> Text,
        address_key -> Text,
        user_id -> Nullable<DbUuid>,
        invitation_id -> Nullable<DbUuid>,
        browser_key -> Text,
        password_proved -> Bool,
        attempts -> BigInt,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    deliveries (id) {
        id -> DbUuid,
        kind -> Text,
        user_id -> DbUuid,
        recipient -> Text,
        recipient_key -> Text,
        invitation_id -> Nullable<DbUuid>,
        generation -> BigInt,
        code_id -> Nullable<DbUuid>,
        app_id -> Nullable<DbUuid>,
        group_id -> Nullable<DbUuid>,
        sender_id -> Nullable<DbUuid>,
        language -> Text,
        state -> Text,
        attempts -> BigInt,
        next_attempt_at -> Timestamp,
        lease_until -> Timestamp,
        lease_holder -> Text,
        answer -> Text,
        created_at -> Timestamp,
        finished_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    sessions (key_hash) {
        key_hash -> Text,
        id -> DbUuid,
        user_id -> DbUuid,
        user_agent -> Text,
        created_at -> Timestamp,
        last_seen_at -> Timestamp,
        idle_until -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    setup_links (token_hash) {
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    rate_limits (key, window_starts_at) {
        key -> Text,
        window_starts_at -> Timestamp,
        taken -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::*;
    use crate::db::DbUuid;

    activities (id) {
        id -> DbUuid,
        at -> Timestamp,
        actor_id -> Nullable<DbUuid>,
        actor_name -> Text,
        action -> Text,
        target_kind -> Text,
        target_id -> Nullable<DbUuid>,
        target_name -> Text,
        before -> Nullable<Text>,
        after -> Nullable<Text>,
    }
}

diesel::joinable!(group_owners -> groups (group_id));
diesel::joinable!(group_owners -> users (user_id));
diesel::joinable!(group_members -> groups (group_id));
diesel::joinable!(group_members -> users (user_id));
diesel::joinable!(app_roles -> apps (app_id));
diesel::joinable!(app_assignments -> apps (app_id));
diesel::joinable!(invitations -> apps (app_id));
diesel::joinable!(invitations -> groups (group_id));
diesel::joinable!(sessions -> users (user_id));
diesel::joinable!(deliveries -> invitations (invitation_id));

diesel::allow_tables_to_appear_in_same_query!(
    organisation,
    users,
    groups,
    group_owners,
    group_members,
    apps,
    app_logos,
    app_roles,
    app_assignments,
    invitations,
    one_time_codes,
    deliveries,
    sessions,
    setup_links,
    rate_limits,
    activities,
);
