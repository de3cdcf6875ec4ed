-- Price books never change; what changes is which of them holds from when on.
CREATE TABLE price_books (
    id TEXT PRIMARY KEY,
    document TEXT NOT NULL,
    published_at BIGINT NOT NULL
);

CREATE TABLE price_book_activations (
    id TEXT PRIMARY KEY,
    book TEXT NOT NULL REFERENCES price_books (id),
    from_instant BIGINT NOT NULL
);
CREATE INDEX price_book_activations_from ON price_book_activations (from_instant, id);

CREATE TABLE promotion_usage (
    promotion TEXT PRIMARY KEY,
    total BIGINT NOT NULL,
    spent BIGINT NOT NULL
);

CREATE TABLE promotion_usage_by_member (
    promotion TEXT NOT NULL,
    member TEXT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (promotion, member)
){compact};
