-- Messages to shoppers, written in the transaction of what they tell of, a row a way of sending. Recipient, payload and the last error are
-- sealed. `lease` is whoever is sending it now; a lease that ran out is nobody's.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    way TEXT NOT NULL,
    kind TEXT NOT NULL,
    member TEXT,
    order_number TEXT,
    recipient TEXT NOT NULL,
    payload TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    next_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease TEXT NOT NULL,
    leased_until BIGINT NOT NULL,
    last_error TEXT NOT NULL,
    sent_at BIGINT
);
CREATE INDEX outbox_due ON outbox (state, next_at, id);
CREATE INDEX outbox_lease ON outbox (lease);
CREATE INDEX outbox_member ON outbox (member, created_at);
CREATE INDEX outbox_order ON outbox (order_number);
