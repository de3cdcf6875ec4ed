-- Telephones, names and addresses are sealed from now on (see storage/src/sealed.rs; rows of before are sealed when a server starts).
-- What has to be found by a telephone is found by its blind index; who was erased has none.
ALTER TABLE members ADD COLUMN phone_index TEXT;
CREATE UNIQUE INDEX members_phone_index ON members (phone_index);
ALTER TABLE members ADD COLUMN erased_at BIGINT;
ALTER TABLE orders ADD COLUMN phone_index TEXT;
CREATE INDEX orders_phone_index ON orders (phone_index, placed_at);
ALTER TABLE staff ADD COLUMN phone_index TEXT;
CREATE UNIQUE INDEX staff_phone_index ON staff (phone_index);

-- Codes and limits of the last minutes named telephones in the clear; their next ones name blind indexes.
DELETE FROM otp_codes;
DELETE FROM rate_limits;

-- Append-only: what a member allowed and took back, for which purpose, by which words, where and by whose hand.
CREATE TABLE consents (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    purpose TEXT NOT NULL,
    given BIGINT NOT NULL,
    text_version TEXT NOT NULL,
    channel TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX consents_member ON consents (member, at);

-- Append-only: who saw or changed whose data, what of it, and why. Reasons and network addresses are sealed.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    action TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    member TEXT,
    fields TEXT NOT NULL,
    reason TEXT NOT NULL,
    channel TEXT NOT NULL,
    place TEXT,
    ip TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at, id);
CREATE INDEX audit_member ON audit (member, at);
CREATE INDEX audit_actor ON audit (actor, at);

-- How far the sealing of rows of before has come, a row a column, and which keys belong to this database: the row `keys` has the blind
-- index of a word, which other keys don't give.
CREATE TABLE sealing (
    name TEXT PRIMARY KEY,
    last TEXT NOT NULL,
    done BIGINT NOT NULL
);
