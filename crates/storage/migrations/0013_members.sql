-- What happened to points and stored money, in double entry and append-only: the postings of an entry sum to zero in every unit. Kind and
-- reference name an entry, so that nothing is written twice.
CREATE TABLE ledger_entries (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    order_number TEXT,
    staff TEXT,
    note TEXT,
    UNIQUE (kind, reference)
);
CREATE INDEX ledger_entries_at ON ledger_entries (at);

CREATE TABLE ledger_postings (
    entry TEXT NOT NULL REFERENCES ledger_entries (id),
    position BIGINT NOT NULL,
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    amount BIGINT NOT NULL CHECK (amount <> 0),
    PRIMARY KEY (entry, position)
){compact};
CREATE INDEX ledger_postings_account ON ledger_postings (account, unit, entry);

-- The sums of what belongs to somebody, so that it can't be spent twice. The shop's own accounts have none: they are only ever summed up, and a
-- row of theirs would be wanted by every order at once.
CREATE TABLE ledger_balances (
    account TEXT NOT NULL,
    unit TEXT NOT NULL,
    balance BIGINT NOT NULL CHECK (balance >= 0),
    PRIMARY KEY (account, unit)
){compact};

-- Points that were earned together and expire together. `left_points` is neither spent, expired nor taken back.
CREATE TABLE point_lots (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    order_number TEXT,
    at BIGINT NOT NULL,
    points BIGINT NOT NULL CHECK (points > 0),
    left_points BIGINT NOT NULL CHECK (left_points >= 0),
    released BIGINT NOT NULL,
    releases_at BIGINT NOT NULL,
    expires_at BIGINT
);
CREATE INDEX point_lots_member ON point_lots (member) WHERE left_points > 0;
CREATE INDEX point_lots_order ON point_lots (order_number);
CREATE INDEX point_lots_releases ON point_lots (releases_at) WHERE released = 0 AND left_points > 0;
CREATE INDEX point_lots_expires ON point_lots (expires_at) WHERE released = 1 AND left_points > 0;

-- Of which lots an order's points were taken, and how many went back.
CREATE TABLE lot_uses (
    order_number TEXT NOT NULL,
    lot TEXT NOT NULL REFERENCES point_lots (id),
    points BIGINT NOT NULL CHECK (points > 0),
    given_back BIGINT NOT NULL CHECK (given_back >= 0 AND given_back <= points),
    PRIMARY KEY (order_number, lot)
){compact};

-- Stored money that is set apart for a payment, and what became of it.
CREATE TABLE value_holds (
    payment TEXT PRIMARY KEY,
    member TEXT,
    card TEXT,
    currency TEXT NOT NULL,
    held_minor BIGINT NOT NULL CHECK (held_minor > 0),
    captured_minor BIGINT NOT NULL,
    freed_minor BIGINT NOT NULL,
    refunded_minor BIGINT NOT NULL,
    CHECK (captured_minor >= 0 AND freed_minor >= 0 AND captured_minor + freed_minor <= held_minor),
    CHECK (refunded_minor >= 0 AND refunded_minor <= captured_minor)
);

-- Gift cards: of the code only a hash and its end. What is on one is the balance of its account.
CREATE TABLE gift_cards (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    ending TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_minor BIGINT NOT NULL CHECK (issued_minor > 0),
    issued_at BIGINT NOT NULL,
    issued_by TEXT NOT NULL,
    request_key TEXT NOT NULL,
    expires_at BIGINT,
    blocked BIGINT NOT NULL,
    redeemed_by TEXT REFERENCES members (id),
    redeemed_at BIGINT,
    UNIQUE (issued_by, request_key)
);
CREATE INDEX gift_cards_redeemed ON gift_cards (redeemed_by);

-- What a member shows at the till: a number, and the secret of the code that changes every half minute.
CREATE TABLE member_cards (
    member TEXT PRIMARY KEY REFERENCES members (id),
    number TEXT NOT NULL UNIQUE,
    secret TEXT NOT NULL
);

-- Codes that were shown: each is good once.
CREATE TABLE member_code_uses (
    member TEXT NOT NULL,
    step BIGINT NOT NULL,
    staff TEXT NOT NULL,
    PRIMARY KEY (member, step)
){compact};

-- Coupons that are given out singly: in wallets, and by unique codes. The codes are computed from the batch's secret and their number, so that a
-- million of them takes no row until they are used. The generic code `coupon` alone is then worth nothing.
CREATE TABLE coupon_batches (
    id TEXT PRIMARY KEY,
    coupon TEXT NOT NULL,
    prefix TEXT UNIQUE,
    secret TEXT NOT NULL,
    codes BIGINT NOT NULL CHECK (codes >= 0),
    per_member BIGINT,
    starts BIGINT,
    ends BIGINT,
    wallet_days BIGINT,
    occasion TEXT,
    note TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    made_by TEXT NOT NULL,
    request_key TEXT NOT NULL,
    closed_at BIGINT,
    UNIQUE (made_by, request_key)
);
CREATE INDEX coupon_batches_coupon ON coupon_batches (coupon);

-- Only codes that an order took at some time have a row.
CREATE TABLE coupon_codes (
    batch TEXT NOT NULL REFERENCES coupon_batches (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    member TEXT,
    order_number TEXT,
    at BIGINT NOT NULL,
    PRIMARY KEY (batch, number)
){compact};
CREATE INDEX coupon_codes_order ON coupon_codes (order_number);

-- How many coupons of a batch a member has in orders.
CREATE TABLE coupon_uses (
    batch TEXT NOT NULL,
    member TEXT NOT NULL,
    uses BIGINT NOT NULL CHECK (uses >= 0),
    PRIMARY KEY (batch, member)
){compact};

-- The wallet. `cause` names why it was given (`birthday:2026`, a request's key), so that nothing is given twice for the same.
CREATE TABLE member_coupons (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    batch TEXT NOT NULL REFERENCES coupon_batches (id),
    coupon TEXT NOT NULL,
    cause TEXT NOT NULL,
    state TEXT NOT NULL,
    issued_at BIGINT NOT NULL,
    issued_by TEXT,
    ends BIGINT,
    order_number TEXT,
    changed_at BIGINT NOT NULL,
    UNIQUE (member, batch, cause)
);
CREATE INDEX member_coupons_order ON member_coupons (order_number);
CREATE INDEX member_coupons_ends ON member_coupons (ends) WHERE state IN ('issued', 'returned');

-- What counts towards levels: what of an order was paid and kept.
CREATE TABLE member_purchases (
    order_number TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    at BIGINT NOT NULL,
    minor BIGINT NOT NULL CHECK (minor >= 0)
);
CREATE INDEX member_purchases_member ON member_purchases (member, at);

-- Until when a level is kept; for ever without.
ALTER TABLE members ADD COLUMN level_until BIGINT;
CREATE INDEX members_level_until ON members (level_until) WHERE level_until IS NOT NULL;

CREATE TABLE member_level_changes (
    id TEXT PRIMARY KEY,
    member TEXT NOT NULL REFERENCES members (id),
    at BIGINT NOT NULL,
    change TEXT NOT NULL,
    from_level TEXT,
    to_level TEXT,
    until BIGINT,
    reached BIGINT NOT NULL
);
CREATE INDEX member_level_changes_member ON member_level_changes (member, at);

-- What members had before there was a ledger: an entry and a lot each, which never expires.
INSERT INTO ledger_entries (id, at, kind, reference)
    SELECT 'opening-' || id, created_at, 'opening', id FROM members WHERE points > 0;
INSERT INTO ledger_postings (entry, position, account, unit, amount)
    SELECT 'opening-' || id, 0, 'points-adjusted', 'points', -points FROM members WHERE points > 0;
INSERT INTO ledger_postings (entry, position, account, unit, amount)
    SELECT 'opening-' || id, 1, 'points-available:' || id, 'points', points FROM members WHERE points > 0;
INSERT INTO ledger_balances (account, unit, balance)
    SELECT 'points-available:' || id, 'points', points FROM members WHERE points > 0;
INSERT INTO point_lots (id, member, order_number, at, points, left_points, released, releases_at, expires_at)
    SELECT 'opening-' || id, id, NULL, created_at, points, points, 1, created_at, NULL FROM members WHERE points > 0;
INSERT INTO member_purchases (order_number, member, at, minor)
    SELECT number, member, placed_at, payable_minor FROM orders WHERE member IS NOT NULL;
