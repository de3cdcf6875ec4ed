-- One row a tender of an order. `wanted` is what the gateway is to do next, `check_at` when somebody has to look at it.
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL REFERENCES orders (number),
    position BIGINT NOT NULL,
    tender TEXT NOT NULL,
    reference TEXT,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    state TEXT NOT NULL,
    wanted TEXT,
    provider_ref TEXT,
    next TEXT,
    authorised_minor BIGINT NOT NULL CHECK (authorised_minor >= 0),
    captured_minor BIGINT NOT NULL CHECK (captured_minor >= 0),
    refunding_minor BIGINT NOT NULL CHECK (refunding_minor >= 0),
    refunded_minor BIGINT NOT NULL CHECK (refunded_minor >= 0),
    check_at BIGINT,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (order_number, position),
    CHECK (refunded_minor <= captured_minor)
);
CREATE INDEX payments_check ON payments (check_at) WHERE check_at IS NOT NULL;

-- The same key of the same payment is the same refund.
CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payments (id),
    key TEXT NOT NULL,
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0),
    reason TEXT NOT NULL,
    state TEXT NOT NULL,
    provider_ref TEXT,
    check_at BIGINT,
    tries BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    UNIQUE (payment, key)
);
CREATE INDEX refunds_check ON refunds (check_at) WHERE check_at IS NOT NULL;

-- Append-only: every call of a gateway and what came of it, for who has to find out what happened.
CREATE TABLE payment_attempts (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payments (id),
    at BIGINT NOT NULL,
    call TEXT NOT NULL,
    outcome TEXT NOT NULL
);
CREATE INDEX payment_attempts_payment ON payment_attempts (payment, at);

-- What gateways told by themselves: each event once, however often it comes.
CREATE TABLE payment_inbox (
    provider TEXT NOT NULL,
    event TEXT NOT NULL,
    received_at BIGINT NOT NULL,
    notice TEXT NOT NULL,
    applied_at BIGINT,
    PRIMARY KEY (provider, event)
);
CREATE INDEX payment_inbox_open ON payment_inbox (received_at) WHERE applied_at IS NULL;

-- The demo's own payment provider.
CREATE TABLE demo_payments (
    id TEXT PRIMARY KEY,
    tender TEXT NOT NULL,
    amount_minor BIGINT NOT NULL,
    description TEXT NOT NULL,
    return_url TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE TABLE demo_refunds (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES demo_payments (id),
    amount_minor BIGINT NOT NULL CHECK (amount_minor > 0)
);
CREATE INDEX demo_refunds_payment ON demo_refunds (payment);
