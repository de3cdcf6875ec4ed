-- Orders with all that is needed to compute them again: cart, context, price book and engine.
CREATE TABLE orders (
    number TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    member TEXT REFERENCES members (id),
    session TEXT,
    placed_at BIGINT NOT NULL,
    status TEXT NOT NULL,
    channel TEXT NOT NULL,
    store TEXT,
    delivery TEXT NOT NULL,
    contact TEXT NOT NULL,
    cart TEXT NOT NULL,
    context TEXT NOT NULL,
    quote TEXT NOT NULL,
    book TEXT NOT NULL REFERENCES price_books (id),
    engine TEXT NOT NULL,
    quote_hash TEXT NOT NULL,
    payable_minor BIGINT NOT NULL,
    units BIGINT NOT NULL,
    UNIQUE (owner, idempotency_key)
);
CREATE INDEX orders_member ON orders (member, placed_at);
CREATE INDEX orders_session ON orders (session);

-- Names and pictures as they were when the order was placed.
CREATE TABLE order_items (
    order_number TEXT NOT NULL REFERENCES orders (number),
    position BIGINT NOT NULL,
    sku TEXT NOT NULL,
    handle TEXT NOT NULL,
    title TEXT NOT NULL,
    options TEXT NOT NULL,
    image TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    gift BIGINT NOT NULL,
    PRIMARY KEY (order_number, position)
){compact};
