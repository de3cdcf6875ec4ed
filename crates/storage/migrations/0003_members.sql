-- Members, their points, and how they sign in. Secrets are kept as hashes only.
CREATE TABLE members (
    id TEXT PRIMARY KEY,
    phone TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    level TEXT,
    tags TEXT NOT NULL,
    points BIGINT NOT NULL CHECK (points >= 0),
    orders BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

-- Append-only: every movement of points.
CREATE TABLE points_entries (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    at BIGINT NOT NULL,
    points BIGINT NOT NULL,
    reason TEXT NOT NULL,
    order_number TEXT
);
CREATE INDEX points_entries_member ON points_entries (member, at);

CREATE TABLE sessions (
    id_hash TEXT PRIMARY KEY,
    member TEXT REFERENCES members (id),
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_expires ON sessions (expires_at);

CREATE TABLE otp_codes (
    phone TEXT PRIMARY KEY,
    salt TEXT NOT NULL,
    code_hash TEXT NOT NULL,
    tries_left BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE TABLE rate_limits (
    name TEXT PRIMARY KEY,
    started_at BIGINT NOT NULL,
    uses BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
