-- What becomes of an order: its goods by the place that gives them, everything that happened, and what came back.
-- `version` counts changes: two of them at once never both hold.
ALTER TABLE orders ADD COLUMN version BIGINT NOT NULL DEFAULT 0;
ALTER TABLE orders ADD COLUMN paid BIGINT NOT NULL DEFAULT 1;
ALTER TABLE orders ADD COLUMN pay_by BIGINT;
ALTER TABLE orders ADD COLUMN taken_by TEXT REFERENCES staff (id);
ALTER TABLE orders ADD COLUMN exchange_of TEXT REFERENCES orders (number);
CREATE INDEX orders_status ON orders (status, placed_at);
CREATE INDEX orders_pay_by ON orders (pay_by);

CREATE TABLE fulfilments (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES orders (number),
    place TEXT NOT NULL REFERENCES places (id),
    way TEXT NOT NULL,
    stage TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    expires_at BIGINT,
    code_hash TEXT,
    carrier TEXT,
    tracking TEXT,
    collected_by TEXT,
    reason TEXT
);
CREATE INDEX fulfilments_order ON fulfilments (order_number);
CREATE INDEX fulfilments_place ON fulfilments (place, stage, created_at);
CREATE INDEX fulfilments_code ON fulfilments (code_hash);
CREATE INDEX fulfilments_expires ON fulfilments (stage, expires_at);

-- `line` is the cart's line, or the promotion of a gift.
CREATE TABLE fulfilment_lines (
    fulfilment TEXT NOT NULL REFERENCES fulfilments (id),
    position BIGINT NOT NULL,
    line TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    gift BIGINT NOT NULL,
    PRIMARY KEY (fulfilment, position)
){compact};

-- Append-only.
CREATE TABLE order_events (
    order_number TEXT NOT NULL REFERENCES orders (number),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT,
    event TEXT NOT NULL,
    PRIMARY KEY (order_number, seq)
){compact};

-- Goods that came back, or will not be sent: what was asked, what the shopper gets back and why. Append-only but for the state.
CREATE TABLE order_returns (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES orders (number),
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    at BIGINT NOT NULL,
    place TEXT REFERENCES places (id),
    channel TEXT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor TEXT,
    reason TEXT NOT NULL,
    returned TEXT NOT NULL,
    refund TEXT NOT NULL,
    goods TEXT NOT NULL,
    total_minor BIGINT NOT NULL,
    idempotency_key TEXT NOT NULL,
    UNIQUE (order_number, seq),
    UNIQUE (order_number, idempotency_key)
);
CREATE INDEX order_returns_at ON order_returns (at);
