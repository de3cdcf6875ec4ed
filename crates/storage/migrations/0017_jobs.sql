-- What the shop does by itself, now and then: each job is done by one server at a time, for as long as its lease holds.
CREATE TABLE jobs (
    name TEXT PRIMARY KEY,
    next_at BIGINT NOT NULL,
    leased_by TEXT,
    leased_until BIGINT NOT NULL,
    runs BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    last_started_at BIGINT,
    last_ended_at BIGINT,
    last_error TEXT
);
