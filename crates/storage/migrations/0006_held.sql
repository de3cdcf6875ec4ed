-- Held quotes that became an order: each does so at most once. The row is written in the order's own transaction, before the order.
CREATE TABLE held_quotes_used (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL,
    used_at BIGINT NOT NULL
);
