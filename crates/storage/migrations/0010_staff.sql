-- The shop's own people. They sign in as members do, by a one-time code, and their session is theirs alone.
CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    phone TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    place TEXT REFERENCES places (id),
    active BIGINT NOT NULL,
    created_at BIGINT NOT NULL
);

ALTER TABLE sessions ADD COLUMN staff TEXT REFERENCES staff (id);
