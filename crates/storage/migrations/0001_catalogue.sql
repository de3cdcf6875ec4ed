-- What is sold, where it lies, and how it is found. Amounts are minor units, instants milliseconds, lists JSON.
CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE categories (
    slug TEXT PRIMARY KEY,
    type_name TEXT NOT NULL UNIQUE,
    position BIGINT NOT NULL
);

-- Texts of all entities by language; `field` names the text, for options it is the text in the product's own language.
CREATE TABLE translations (
    entity TEXT NOT NULL,
    id TEXT NOT NULL,
    field TEXT NOT NULL,
    locale TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (entity, id, field, locale)
){compact};

-- `number` is the shop's own order and the compact key of the search index.
CREATE TABLE products (
    number BIGINT PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE,
    locale TEXT NOT NULL,
    vendor TEXT NOT NULL,
    type_name TEXT NOT NULL,
    category TEXT REFERENCES categories (slug),
    active BIGINT NOT NULL,
    options TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX products_category ON products (category);

CREATE TABLE variants (
    sku TEXT PRIMARY KEY,
    product BIGINT NOT NULL REFERENCES products (number),
    position BIGINT NOT NULL,
    active BIGINT NOT NULL,
    options TEXT NOT NULL,
    price_minor BIGINT NOT NULL CHECK (price_minor >= 0),
    compare_at_minor BIGINT,
    cost_minor BIGINT,
    gtin TEXT UNIQUE,
    short_code TEXT NOT NULL UNIQUE,
    grams BIGINT NOT NULL,
    taxable BIGINT NOT NULL
);
CREATE INDEX variants_product ON variants (product, position);

CREATE TABLE images (
    product BIGINT NOT NULL REFERENCES products (number),
    position BIGINT NOT NULL,
    src TEXT NOT NULL,
    alt TEXT NOT NULL,
    PRIMARY KEY (product, position)
){compact};

CREATE TABLE product_tags (
    product BIGINT NOT NULL REFERENCES products (number),
    tag TEXT NOT NULL,
    position BIGINT NOT NULL,
    PRIMARY KEY (product, tag)
){compact};

CREATE TABLE search_terms (
    term TEXT NOT NULL,
    product BIGINT NOT NULL,
    weight BIGINT NOT NULL,
    PRIMARY KEY (term, product)
){compact};
CREATE INDEX search_terms_product ON search_terms (product);

CREATE TABLE places (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    position BIGINT NOT NULL,
    region TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    phone TEXT NOT NULL
);

CREATE TABLE stock (
    sku TEXT NOT NULL REFERENCES variants (sku),
    place TEXT NOT NULL REFERENCES places (id),
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL CHECK (reserved >= 0),
    safety BIGINT NOT NULL CHECK (safety >= 0),
    PRIMARY KEY (sku, place)
){compact};
CREATE INDEX stock_place ON stock (place);

-- Append-only: what happened to the goods, and for which order.
CREATE TABLE stock_movements (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    sku TEXT NOT NULL,
    place TEXT NOT NULL,
    kind TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    order_number TEXT
);
CREATE INDEX stock_movements_order ON stock_movements (order_number);
