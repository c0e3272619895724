CREATE TABLE organisation (
    id bigint PRIMARY KEY CHECK (id = 1),
    name text NOT NULL,
    primary_domain text COLLATE "C" NOT NULL,
    other_domains text NOT NULL,
    time_zone text NOT NULL,
    default_language text NOT NULL CHECK (default_language IN ('en', 'nl')),
    privacy_url text,
    owners_manage_groups boolean NOT NULL,
    invite_policy text NOT NULL CHECK (invite_policy IN ('anyone', 'members', 'inviters', 'nobody')),
    domain_rule text NOT NULL CHECK (domain_rule IN ('any', 'all_but', 'only')),
    refused_domains text NOT NULL,
    accepted_domains text NOT NULL,
    guests_see text NOT NULL CHECK (guests_see IN ('own', 'fellow_members')),
    invitation_days bigint NOT NULL CHECK (invitation_days BETWEEN 1 AND 30),
    welcome_messages boolean NOT NULL,
    members_search boolean NOT NULL,
    groups_page_restricted boolean NOT NULL,
    inviter_hourly_limit bigint NOT NULL CHECK (inviter_hourly_limit > 0),
    inviter_daily_limit bigint NOT NULL CHECK (inviter_daily_limit > 0),
    organisation_hourly_limit bigint NOT NULL CHECK (organisation_hourly_limit > 0),
    recipient_daily_limit bigint NOT NULL CHECK (recipient_daily_limit > 0),
    version bigint NOT NULL,
    generation_floor bigint NOT NULL,
    mail_held_since timestamp,
    key_fingerprint text
);

CREATE TABLE users (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('member', 'guest')),
    state text NOT NULL CHECK (state IN ('invited', 'active', 'blocked', 'deleted')),
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    address text NOT NULL,
    address_key text COLLATE "C" NOT NULL UNIQUE,
    department text NOT NULL,
    job_title text NOT NULL,
    country text NOT NULL,
    company text NOT NULL,
    language text CHECK (language IN ('en', 'nl')),
    administrator boolean NOT NULL,
    guest_inviter boolean NOT NULL,
    password_hash text,
    sponsor_id uuid REFERENCES users (id) DEFERRABLE,
    created_at timestamp NOT NULL,
    redeemed_at timestamp,
    blocked_at timestamp,
    deleted_at timestamp,
    version bigint NOT NULL,
    CHECK (kind = 'member' OR (NOT administrator AND NOT guest_inviter))
);

-- Unique because of the id in them, which the foreign keys of group_members and invitations need to know.
CREATE UNIQUE INDEX users_by_kind_and_name ON users (kind, name_key, id, state);
CREATE UNIQUE INDEX users_by_id_and_name ON users (id, name_key);

CREATE TABLE groups (
    id uuid NOT NULL PRIMARY KEY,
    slug text COLLATE "C" NOT NULL UNIQUE,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    description text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('security', 'collaboration')),
    membership text NOT NULL CHECK (membership IN ('assigned', 'dynamic')),
    source text NOT NULL CHECK (source IN ('cloud', 'synced')),
    rule text,
    rule_evaluated_at timestamp,
    synced_from text,
    synced_at timestamp,
    owners_manage_membership boolean NOT NULL,
    created_at timestamp NOT NULL,
    version bigint NOT NULL,
    CHECK ((membership = 'dynamic') = (rule IS NOT NULL)),
    CHECK ((source = 'synced') = (synced_from IS NOT NULL))
);

CREATE TABLE group_owners (
    group_id uuid NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id),
    created_at timestamp NOT NULL,
    PRIMARY KEY (group_id, user_id)
);

-- What the list of a group is ordered, filtered and counted by stands here once more, kept true by the foreign key:
-- a page of a group of a hundred thousand people is read from one index.
CREATE TABLE group_members (
    group_id uuid NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id uuid NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    created_at timestamp NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (user_id, kind, state, name_key) REFERENCES users (id, kind, state, name_key) ON UPDATE CASCADE
);

CREATE TABLE apps (
    id uuid NOT NULL PRIMARY KEY,
    slug text COLLATE "C" NOT NULL UNIQUE,
    catalogue_key text COLLATE "C",
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    description text NOT NULL,
    collection text NOT NULL,
    home_page text NOT NULL,
    glyph text NOT NULL,
    logo_version bigint,
    enabled boolean NOT NULL,
    visible boolean NOT NULL,
    assignment_required boolean NOT NULL,
    sign_on text CHECK (sign_on IN ('linked')),
    self_service boolean NOT NULL,
    target_group_id uuid REFERENCES groups (id),
    created_at timestamp NOT NULL,
    version bigint NOT NULL
);

CREATE TABLE app_logos (
    app_id uuid NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    content_type text NOT NULL,
    content bytea NOT NULL
);

CREATE TABLE app_roles (
    id uuid NOT NULL PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    name text NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    UNIQUE (app_id, name_key)
);

CREATE TABLE app_assignments (
    id uuid NOT NULL PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    user_id uuid REFERENCES users (id),
    group_id uuid REFERENCES groups (id) ON DELETE CASCADE,
    role_id uuid REFERENCES app_roles (id),
    created_at timestamp NOT NULL,
    CHECK ((user_id IS NULL) <> (group_id IS NULL)),
    UNIQUE (app_id, user_id),
    UNIQUE (app_id, group_id)
);

CREATE SEQUENCE invitation_numbers;

-- The guest's name stands here once more, kept true by the foreign key: of many open invitations to one target the
-- first in the alphabet are read from one index.
CREATE TABLE invitations (
    id uuid NOT NULL PRIMARY KEY,
    target_kind text NOT NULL CHECK (target_kind IN ('directory', 'app', 'group')),
    app_id uuid REFERENCES apps (id),
    group_id uuid REFERENCES groups (id),
    target_key text COLLATE "C" NOT NULL,
    user_id uuid NOT NULL,
    name_key text COLLATE "C" NOT NULL,
    address_key text COLLATE "C" NOT NULL,
    inviter_id uuid NOT NULL REFERENCES users (id),
    sender_id uuid NOT NULL REFERENCES users (id),
    message text,
    language text NOT NULL CHECK (language IN ('en', 'nl')),
    state text NOT NULL CHECK (state IN ('pending', 'accepted', 'declined', 'revoked')),
    generation bigint NOT NULL,
    expires_at timestamp NOT NULL,
    created_at timestamp NOT NULL,
    sent_at timestamp NOT NULL,
    decided_at timestamp,
    decline_reason text,
    answerable_id uuid NOT NULL REFERENCES users (id),
    number BIGINT NOT NULL DEFAULT nextval('invitation_numbers'),
    CHECK ((target_kind = 'app') = (app_id IS NOT NULL)),
    CHECK ((target_kind = 'group') = (group_id IS NOT NULL)),
    CHECK ((state = 'pending') = (decided_at IS NULL)),
    FOREIGN KEY (user_id, name_key) REFERENCES users (id, name_key) ON UPDATE CASCADE
);

CREATE TABLE one_time_codes (
    id uuid NOT NULL PRIMARY KEY,
    purpose text NOT NULL CHECK (purpose IN ('sign_in', 'redemption')),
    address_key text COLLATE "C" NOT NULL,
    user_id uuid REFERENCES users (id),
    invitation_id uuid REFERENCES invitations (id),
    browser_key text COLLATE "C" NOT NULL,
    password_proved boolean NOT NULL,
    attempts bigint NOT NULL,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    finished_at timestamp
);

CREATE TABLE deliveries (
    id uuid NOT NULL PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('invitation', 'added', 'code')),
    user_id uuid NOT NULL REFERENCES users (id),
    recipient text NOT NULL,
    recipient_key text COLLATE "C" NOT NULL,
    invitation_id uuid REFERENCES invitations (id),
    generation bigint NOT NULL,
    code_id uuid REFERENCES one_time_codes (id) ON DELETE SET NULL,
    app_id uuid REFERENCES apps (id) ON DELETE CASCADE,
    group_id uuid REFERENCES groups (id) ON DELETE CASCADE,
    sender_id uuid REFERENCES users (id),
    language text NOT NULL CHECK (language IN ('en', 'nl')),
    state text NOT NULL CHECK (state IN ('queued', 'retrying', 'on_hold', 'sent', 'failed', 'dropped')),
    attempts bigint NOT NULL,
    next_attempt_at timestamp NOT NULL,
    lease_until timestamp NOT NULL,
    lease_holder text NOT NULL,
    answer text NOT NULL,
    created_at timestamp NOT NULL,
    finished_at timestamp
);

CREATE TABLE sessions (
    key_hash text COLLATE "C" NOT NULL PRIMARY KEY,
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id),
    user_agent text NOT NULL,
    created_at timestamp NOT NULL,
    last_seen_at timestamp NOT NULL,
    idle_until timestamp NOT NULL,
    expires_at timestamp NOT NULL
);

CREATE TABLE setup_links (
    token_hash text COLLATE "C" NOT NULL PRIMARY KEY,
    created_at timestamp NOT NULL,
    expires_at timestamp NOT NULL,
    used_at timestamp
);

CREATE TABLE rate_limits (
    key text COLLATE "C" NOT NULL,
    window_starts_at timestamp NOT NULL,
    taken bigint NOT NULL,
    PRIMARY KEY (key, window_starts_at)
);

CREATE TABLE activities (
    id uuid NOT NULL PRIMARY KEY,
    at timestamp NOT NULL,
    actor_id uuid REFERENCES users (id),
    actor_name text NOT NULL,
    action text NOT NULL,
    target_kind text NOT NULL,
    target_id uuid,
    target_name text NOT NULL,
    "before" text,
    "after" text
);

-- With the address and the state, a search reads no row but those that it finds.
CREATE INDEX users_by_name ON users (name_key, id, address_key, state);
CREATE INDEX groups_by_name ON groups (name_key, id);
CREATE INDEX group_owners_by_user ON group_owners (user_id, group_id);
CREATE INDEX group_members_by_name ON group_members (group_id, name_key, user_id, state);
CREATE INDEX group_members_by_kind ON group_members (group_id, kind, name_key, user_id, state);
CREATE INDEX group_members_by_user ON group_members (user_id, group_id);
CREATE INDEX apps_by_name ON apps (name_key, id);
CREATE INDEX apps_by_target_group ON apps (target_group_id);
CREATE INDEX app_assignments_by_user ON app_assignments (user_id, app_id);
CREATE INDEX app_assignments_by_group ON app_assignments (group_id, app_id);
-- What names something that can be deleted has an index, or each deletion would read all of a table that only grows.
-- Rows that name no such thing are not in it, and cost nothing: neither a foreign key nor `=` ever looks for NULL.
CREATE INDEX app_assignments_by_role ON app_assignments (role_id) WHERE role_id IS NOT NULL;
CREATE UNIQUE INDEX invitations_one_pending ON invitations (target_key, address_key) WHERE state = 'pending';
CREATE INDEX invitations_open_by_name ON invitations (target_key, name_key, user_id, id, expires_at) WHERE state = 'pending';
CREATE INDEX invitations_open_by_end ON invitations (target_key, expires_at) WHERE state = 'pending';
CREATE INDEX invitations_by_user ON invitations (user_id, id);
CREATE INDEX invitations_by_app ON invitations (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX invitations_by_group ON invitations (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX invitations_by_sender ON invitations (sender_id, state, expires_at);
CREATE INDEX invitations_by_inviter ON invitations (inviter_id, created_at);
CREATE INDEX invitations_by_time ON invitations (created_at, id);
CREATE UNIQUE INDEX invitations_by_number ON invitations (number);
-- What is in one state, newest first, for administrators. Most rows are accepted or sent: those are found along the
-- primary key, so that few are in these.
CREATE INDEX invitations_undecided ON invitations (id, expires_at) WHERE state = 'pending';
CREATE INDEX invitations_refused ON invitations (state, id) WHERE state = 'declined' OR state = 'revoked';
CREATE INDEX deliveries_unusual ON deliveries (state, id)
    WHERE state = 'retrying' OR state = 'on_hold' OR state = 'failed' OR state = 'dropped';
CREATE INDEX deliveries_due ON deliveries (state, next_attempt_at);
CREATE INDEX deliveries_prompt ON deliveries (kind, next_attempt_at) WHERE state IN ('queued', 'retrying');
CREATE INDEX deliveries_by_invitation ON deliveries (invitation_id, id);
CREATE INDEX deliveries_by_recipient ON deliveries (recipient_key, created_at);
CREATE INDEX deliveries_by_code ON deliveries (code_id) WHERE code_id IS NOT NULL;
CREATE INDEX deliveries_by_app ON deliveries (app_id) WHERE app_id IS NOT NULL;
CREATE INDEX deliveries_by_group ON deliveries (group_id) WHERE group_id IS NOT NULL;
CREATE INDEX one_time_codes_by_browser ON one_time_codes (address_key, browser_key, id);
CREATE INDEX one_time_codes_by_time ON one_time_codes (created_at);
CREATE INDEX one_time_codes_unmailed ON one_time_codes (created_at) WHERE user_id IS NULL;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);
CREATE INDEX rate_limits_by_time ON rate_limits (window_starts_at);
CREATE INDEX activities_by_actor ON activities (actor_id, id);
CREATE INDEX activities_by_target ON activities (target_id, id);
CREATE INDEX activities_by_action ON activities (action, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$;
CREATE TRIGGER activities_are_kept BEFORE UPDATE OR DELETE ON activities FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Parts of names and addresses, which SQLite's smaller directories find by reading all of them. The extension comes
-- with PostgreSQL and may have been put into any schema.
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
DO $$
DECLARE
    home text := (SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'pg_trgm');
BEGIN
    EXECUTE format('CREATE INDEX users_by_part ON users USING gin (name_key %1$s.gin_trgm_ops, address_key %1$s.gin_trgm_ops)', home);
END $$;
