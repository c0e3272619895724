CREATE TABLE organisation (
    id BIGINT PRIMARY KEY CHECK (id = 1),
    name TEXT NOT NULL,
    primary_domain TEXT NOT NULL,
    other_domains TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    default_language TEXT NOT NULL CHECK (default_language IN ('en', 'nl')),
    privacy_url TEXT,
    owners_manage_groups BOOLEAN NOT NULL,
    invite_policy TEXT NOT NULL CHECK (invite_policy IN ('anyone', 'members', 'inviters', 'nobody')),
    domain_rule TEXT NOT NULL CHECK (domain_rule IN ('any', 'all_but', 'only')),
    refused_domains TEXT NOT NULL,
    accepted_domains TEXT NOT NULL,
    guests_see TEXT NOT NULL CHECK (guests_see IN ('own', 'fellow_members')),
    invitation_days BIGINT NOT NULL CHECK (invitation_days BETWEEN 1 AND 30),
    welcome_messages BOOLEAN NOT NULL,
    members_search BOOLEAN NOT NULL,
    groups_page_restricted BOOLEAN NOT NULL,
    inviter_hourly_limit BIGINT NOT NULL CHECK (inviter_hourly_limit > 0),
    inviter_daily_limit BIGINT NOT NULL CHECK (inviter_daily_limit > 0),
    organisation_hourly_limit BIGINT NOT NULL CHECK (organisation_hourly_limit > 0),
    recipient_daily_limit BIGINT NOT NULL CHECK (recipient_daily_limit > 0),
    version BIGINT NOT NULL,
    generation_floor BIGINT NOT NULL,
    mail_held_since TIMESTAMP,
    key_fingerprint TEXT
);

CREATE TABLE users (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('member', 'guest')),
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'blocked', 'deleted')),
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    address TEXT NOT NULL,
    address_key TEXT NOT NULL UNIQUE,
    department TEXT NOT NULL,
    job_title TEXT NOT NULL,
    country TEXT NOT NULL,
    company TEXT NOT NULL,
    language TEXT CHECK (language IN ('en', 'nl')),
    administrator BOOLEAN NOT NULL,
    guest_inviter BOOLEAN NOT NULL,
    password_hash TEXT,
    sponsor_id TEXT REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    redeemed_at TIMESTAMP,
    blocked_at TIMESTAMP,
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    CHECK (kind = 'member' OR (NOT administrator AND NOT guest_inviter))
);

-- Unique because of the id in them, which the foreign keys of group_members and invitations need to know.
CREATE UNIQUE INDEX users_by_kind_and_name ON users (kind, name_key, id, state);
CREATE UNIQUE INDEX users_by_id_and_name ON users (id, name_key);

CREATE TABLE groups (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('security', 'collaboration')),
    membership TEXT NOT NULL CHECK (membership IN ('assigned', 'dynamic')),
    source TEXT NOT NULL CHECK (source IN ('cloud', 'synced')),
    rule TEXT,
    rule_evaluated_at TIMESTAMP,
    synced_from TEXT,
    synced_at TIMESTAMP,
    owners_manage_membership BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL,
    CHECK ((membership = 'dynamic') = (rule IS NOT NULL)),
    CHECK ((source = 'synced') = (synced_from IS NOT NULL))
);

CREATE TABLE group_owners (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL REFERENCES users (id),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (group_id, user_id)
);

-- What the list of a group is ordered, filtered and counted by stands here once more, kept true by the foreign key:
-- a page of a group of a hundred thousand people is read from one index.
CREATE TABLE group_members (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    name_key TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (group_id, user_id),
    FOREIGN KEY (user_id, kind, state, name_key) REFERENCES users (id, kind, state, name_key) ON UPDATE CASCADE
);

CREATE TABLE apps (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    catalogue_key TEXT,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    collection TEXT NOT NULL,
    home_page TEXT NOT NULL,
    glyph TEXT NOT NULL,
    logo_version BIGINT,
    enabled BOOLEAN NOT NULL,
    visible BOOLEAN NOT NULL,
    assignment_required BOOLEAN NOT NULL,
    sign_on TEXT CHECK (sign_on IN ('linked')),
    self_service BOOLEAN NOT NULL,
    target_group_id TEXT REFERENCES groups (id),
    created_at TIMESTAMP NOT NULL,
    version BIGINT NOT NULL
);

CREATE TABLE app_logos (
    app_id TEXT NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    content_type TEXT NOT NULL,
    content BLOB NOT NULL
);

CREATE TABLE app_roles (
    id TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (app_id, name_key)
);

CREATE TABLE app_assignments (
    id TEXT NOT NULL PRIMARY KEY,
    app_id TEXT NOT NULL REFERENCES apps (id) ON DELETE CASCADE,
    user_id TEXT REFERENCES users (id),
    group_id TEXT REFERENCES groups (id) ON DELETE CASCADE,
    role_id TEXT REFERENCES app_roles (id),
    created_at TIMESTAMP NOT NULL,
    CHECK ((user_id IS NULL) <> (group_id IS NULL)),
    UNIQUE (app_id, user_id),
    UNIQUE (app_id, group_id)
);

-- The guest's name stands here once more, kept true by the foreign key: of many open invitations to one target the
-- first in the alphabet are read from one index.
CREATE TABLE invitations (
    id TEXT NOT NULL PRIMARY KEY,
    target_kind TEXT NOT NULL CHECK (target_kind IN ('directory', 'app', 'group')),
    app_id TEXT REFERENCES apps (id),
    group_id TEXT REFERENCES groups (id),
    target_key TEXT NOT NULL,
    user_id TEXT NOT NULL,
    name_key TEXT NOT NULL,
    address_key TEXT NOT NULL,
    inviter_id TEXT NOT NULL REFERENCES users (id),
    sender_id TEXT NOT NULL REFERENCES users (id),
    message TEXT,
    language TEXT NOT NULL CHECK (language IN ('en', 'nl')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'accepted', 'declined', 'revoked')),
    generation BIGINT NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    created_at TIMESTAMP NOT NULL,
    sent_at TIMESTAMP NOT NULL,
    decided_at TIMESTAMP,
    decline_reason TEXT,
    answerable_id TEXT NOT NULL REFERENCES users (id),
    number BIGINT NOT NULL,
    CHECK ((target_kind = 'app') = (app_id IS NOT NULL)),
    CHECK ((target_kind = 'group') = (group_id IS NOT NULL)),
    CHECK ((state = 'pending') = (decided_at IS NULL)),
    FOREIGN KEY (user_id, name_key) REFERENCES users (id, name_key) ON UPDATE CASCADE
);

CREATE TABLE one_time_codes (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('sign_in', 'redemption')),
    address_key TEXT NOT NULL,
    user_id TEXT REFERENCES users (id),
    invitation_id TEXT REFERENCES invitations (id),
    browser_key TEXT NOT NULL,
    password_proved BOOLEAN NOT NULL,
    attempts BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);

CREATE TABLE deliveries (
    id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('invitation', 'added', 'code')),
    user_id TEXT NOT NULL REFERENCES users (id),
    recipient TEXT NOT NULL,
    recipient_key TEXT NOT NULL,
    invitation_id TEXT REFERENCES invitations (id),
    generation BIGINT NOT NULL,
    code_id TEXT REFERENCES one_time_codes (id) ON DELETE SET NULL,
    app_id TEXT REFERENCES apps (id) ON DELETE CASCADE,
    group_id TEXT REFERENCES groups (id) ON DELETE CASCADE,
    sender_id TEXT REFERENCES users (id),
    language TEXT NOT NULL CHECK (language IN ('en', 'nl')),
    state TEXT NOT NULL CHECK (state IN ('queued', 'retrying', 'on_hold', 'sent', 'failed', 'dropped')),
    attempts BIGINT NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    lease_until TIMESTAMP NOT NULL,
    lease_holder TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    finished_at TIMESTAMP
);

CREATE TABLE sessions (
    key_hash TEXT NOT NULL PRIMARY KEY,
    id TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES users (id),
    user_agent TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    idle_until TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);

CREATE TABLE setup_links (
    token_hash TEXT NOT NULL PRIMARY KEY,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);

CREATE TABLE rate_limits (
    "key" TEXT NOT NULL,
    window_starts_at TIMESTAMP NOT NULL,
    taken BIGINT NOT NULL,
    PRIMARY KEY ("key", window_starts_at)
);

CREATE TABLE activities (
    id TEXT NOT NULL PRIMARY KEY,
    at TIMESTAMP NOT NULL,
    actor_id TEXT REFERENCES users (id),
    actor_name TEXT NOT NULL,
    action TEXT NOT NULL,
    target_kind TEXT NOT NULL,
    target_id TEXT,
    target_name TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
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

CREATE TRIGGER activities_are_kept BEFORE UPDATE ON activities BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER activities_stay BEFORE DELETE ON activities BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
