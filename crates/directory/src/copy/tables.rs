//! The tables that a copy holds, all of them, each after those whose rows its own rows name. This list is the only one;
//! a test compares it with what the migrations make.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use diesel::prelude::*;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::CopyError;
use super::table::{Copying, Sink, Source, Table, in_order, written_out};
use crate::db::{Conn, Id, Timestamp, insert_all};

written_out! {
    organisation by (id), 500 {
        id: i64,
        name: String,
        primary_domain: String,
        other_domains: String,
        time_zone: String,
        default_language: String,
        privacy_url: Option<String>,
        owners_manage_groups: bool,
        invite_policy: String,
        domain_rule: String,
        refused_domains: String,
        accepted_domains: String,
        guests_see: String,
        invitation_days: i64,
        welcome_messages: bool,
        members_search: bool,
        groups_page_restricted: bool,
        inviter_hourly_limit: i64,
        inviter_daily_limit: i64,
        organisation_hourly_limit: i64,
        recipient_daily_limit: i64,
        version: i64,
        generation_floor: i64,
        mail_held_since: Option<Timestamp>,
        key_fingerprint: Option<String>,
    }

    users by (id), 500 {
        id: Id<()>,
        kind: String,
        state: String,
        name: String,
        name_key: String,
        address: String,
        address_key: String,
        department: String,
        job_title: String,
        country: String,
        company: String,
        language: Option<String>,
        administrator: bool,
        guest_inviter: bool,
        password_hash: Option<String>,
        sponsor_id: Option<Id<()>>,
        created_at: Timestamp,
        redeemed_at: Option<Timestamp>,
        blocked_at: Option<Timestamp>,
        deleted_at: Option<Timestamp>,
        version: i64,
    }

    groups by (id), 500 {
        id: Id<()>,
        slug: String,
        name: String,
        name_key: String,
        description: String,
        kind: String,
        membership: String,
        source: String,
        rule: Option<String>,
        rule_evaluated_at: Option<Timestamp>,
        synced_from: Option<String>,
        synced_at: Option<Timestamp>,
        owners_manage_membership: bool,
        created_at: Timestamp,
        version: i64,
    }

    group_owners by (group_id, user_id), 500 {
        group_id: Id<()>,
        user_id: Id<()>,
        created_at: Timestamp,
    }

    group_members by (group_id, user_id), 500 {
        group_id: Id<()>,
        user_id: Id<()>,
        kind: String,
        state: String,
        name_key: String,
        created_at: Timestamp,
    }

    apps by (id), 500 {
        id: Id<()>,
        slug: String,
        catalogue_key: Option<String>,
        name: String,
        name_key: String,
        description: String,
        collection: String,
        home_page: String,
        glyph: String,
        logo_version: Option<i64>,
        enabled: bool,
        visible: bool,
        assignment_required: bool,
        sign_on: Option<String>,
        self_service: bool,
        target_group_id: Option<Id<()>>,
        created_at: Timestamp,
        version: i64,
    }

    app_logos by (app_id), 8 {
        app_id: Id<()>,
        content_type: String,
        #[serde(with = "base64_text")]
        content: Vec<u8>,
    }

    app_roles by (id), 500 {
        id: Id<()>,
        app_id: Id<()>,
        name: String,
        name_key: String,
    }

    app_assignments by (id), 500 {
        id: Id<()>,
        app_id: Id<()>,
        user_id: Option<Id<()>>,
        group_id: Option<Id<()>>,
        role_id: Option<Id<()>>,
        created_at: Timestamp,
    }

    invitations by (id), 500 {
        id: Id<()>,
        target_kind: String,
        app_id: Option<Id<()>>,
        group_id: Option<Id<()>>,
        target_key: String,
        user_id: Id<()>,
        name_key: String,
        address_key: String,
        inviter_id: Id<()>,
        sender_id: Id<()>,
        message: Option<String>,
        language: String,
        state: String,
        generation: i64,
        expires_at: Timestamp,
        created_at: Timestamp,
        sent_at: Timestamp,
        decided_at: Option<Timestamp>,
        decline_reason: Option<String>,
        answerable_id: Id<()>,
        number: i64,
    }

    one_time_codes by (id), 500 {
        id: Id<()>,
        purpose: String,
        address_key: String,
        user_id: Option<Id<()>>,
        invitation_id: Option<Id<()>>,
        browser_key: String,
        password_proved: bool,
        attempts: i64,
        created_at: Timestamp,
        expires_at: Timestamp,
        finished_at: Option<Timestamp>,
    }

    deliveries by (id), 500 {
        id: Id<()>,
        kind: String,
        user_id: Id<()>,
        recipient: String,
        recipient_key: String,
        invitation_id: Option<Id<()>>,
        generation: i64,
        code_id: Option<Id<()>>,
        app_id: Option<Id<()>>,
        group_id: Option<Id<()>>,
        sender_id: Option<Id<()>>,
        language: String,
        state: String,
        attempts: i64,
        next_attempt_at: Timestamp,
        lease_until: Timestamp,
        lease_holder: String,
        answer: String,
        created_at: Timestamp,
        finished_at: Option<Timestamp>,
    }

    sessions by (key_hash), 500 {
        key_hash: String,
        id: Id<()>,
        user_id: Id<()>,
        user_agent: String,
        created_at: Timestamp,
        last_seen_at: Timestamp,
        idle_until: Timestamp,
        expires_at: Timestamp,
    }

    setup_links by (token_hash), 500 {
        token_hash: String,
        created_at: Timestamp,
        expires_at: Timestamp,
        used_at: Option<Timestamp>,
    }

    rate_limits by (key, window_starts_at), 500 {
        key: String,
        window_starts_at: Timestamp,
        taken: i64,
    }

    activities by (id), 200 {
        id: Id<()>,
        at: Timestamp,
        actor_id: Option<Id<()>>,
        actor_name: String,
        action: String,
        target_kind: String,
        target_id: Option<Id<()>>,
        target_name: String,
        before: Option<String>,
        after: Option<String>,
    }
}

/// Bytes, as text that fits on a line.
mod base64_text {
    use super::{Deserialize, Deserializer, Engine, STANDARD, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
        STANDARD.decode(String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}
