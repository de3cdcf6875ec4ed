-- Stock in buckets: besides what is on hand and reserved, what came back and is not yet judged, and what is under way to the place. `keep_back`
-- are units for people who walk in: other channels may not take them.
ALTER TABLE stock ADD COLUMN quarantine BIGINT NOT NULL DEFAULT 0 CHECK (quarantine >= 0);
ALTER TABLE stock ADD COLUMN in_transit BIGINT NOT NULL DEFAULT 0 CHECK (in_transit >= 0);
ALTER TABLE stock ADD COLUMN keep_back BIGINT NOT NULL DEFAULT 0 CHECK (keep_back >= 0);

-- What each movement did to each bucket: their sums are the balances. `quantity` stays what it was: the units that moved, for a count the
-- difference.
ALTER TABLE stock_movements ADD COLUMN on_hand BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN reserved BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN quarantine BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN in_transit BIGINT NOT NULL DEFAULT 0;
ALTER TABLE stock_movements ADD COLUMN reference TEXT;
ALTER TABLE stock_movements ADD COLUMN actor TEXT;
ALTER TABLE stock_movements ADD COLUMN note TEXT;
UPDATE stock_movements SET on_hand = quantity WHERE kind = 'count';
UPDATE stock_movements SET reserved = quantity WHERE kind = 'reserve';
UPDATE stock_movements SET reserved = -quantity WHERE kind IN ('release', 'issue');
UPDATE stock_movements SET on_hand = -quantity WHERE kind = 'issue';
UPDATE stock_movements SET on_hand = quantity WHERE kind = 'return_in';
UPDATE stock_movements SET quarantine = quantity WHERE kind = 'quarantine_in';
UPDATE stock SET quarantine = COALESCE((SELECT SUM(m.quarantine) FROM stock_movements m
    WHERE m.sku = stock.sku AND m.place = stock.place), 0);
CREATE INDEX stock_movements_sku ON stock_movements (sku, place, id);

-- Postings that people ask for carry a key: the same key never moves goods twice.
CREATE TABLE stock_keys (
    idempotency_key TEXT PRIMARY KEY,
    request_hash TEXT NOT NULL,
    answer TEXT NOT NULL,
    at BIGINT NOT NULL
);

-- A bundle is made of other SKUs when it is sold.
CREATE TABLE bundles (
    sku TEXT NOT NULL REFERENCES variants (sku),
    component TEXT NOT NULL REFERENCES variants (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (sku, component)
){compact};

-- Goods under way: from a supplier (`purchase`, without an origin) or from another place (`transfer`).
CREATE TABLE consignments (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    origin TEXT REFERENCES places (id),
    destination TEXT NOT NULL REFERENCES places (id),
    supplier TEXT NOT NULL,
    status TEXT NOT NULL,
    expected_at BIGINT,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    shipped_at BIGINT,
    closed_at BIGINT
);
CREATE INDEX consignments_open ON consignments (status, destination);

CREATE TABLE consignment_lines (
    consignment TEXT NOT NULL REFERENCES consignments (id),
    sku TEXT NOT NULL REFERENCES variants (sku),
    requested BIGINT NOT NULL CHECK (requested > 0),
    shipped BIGINT NOT NULL CHECK (shipped >= 0),
    received BIGINT NOT NULL CHECK (received >= 0),
    PRIMARY KEY (consignment, sku)
){compact};
CREATE INDEX consignment_lines_sku ON consignment_lines (sku);

-- Counting: what was thought to be there when somebody looked, and what they found.
CREATE TABLE stock_counts (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL REFERENCES places (id),
    status TEXT NOT NULL,
    note TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    created_by TEXT NOT NULL,
    posted_at BIGINT
);
CREATE INDEX stock_counts_place ON stock_counts (place, status);

CREATE TABLE stock_count_lines (
    count_id TEXT NOT NULL REFERENCES stock_counts (id),
    sku TEXT NOT NULL REFERENCES variants (sku),
    expected BIGINT NOT NULL,
    counted BIGINT NOT NULL CHECK (counted >= 0),
    PRIMARY KEY (count_id, sku)
){compact};

-- Where a place is, in millionths of a degree, what sending from it costs, and until which minute of its day goods still leave.
ALTER TABLE places ADD COLUMN lat BIGINT;
ALTER TABLE places ADD COLUMN lon BIGINT;
ALTER TABLE places ADD COLUMN parcel_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN kilo_minor BIGINT NOT NULL DEFAULT 0;
ALTER TABLE places ADD COLUMN cut_off_minute BIGINT NOT NULL DEFAULT 960;

-- How each order was sourced, to compare strategies. An order that was sourced again has several rows.
CREATE TABLE sourcings (
    id TEXT PRIMARY KEY,
    order_number TEXT NOT NULL,
    at BIGINT NOT NULL,
    strategy TEXT NOT NULL,
    parcels BIGINT NOT NULL,
    split_lines BIGINT NOT NULL,
    km BIGINT NOT NULL,
    cost_minor BIGINT NOT NULL,
    bounded BIGINT NOT NULL,
    why_zh TEXT NOT NULL,
    why_en TEXT NOT NULL
);
CREATE INDEX sourcings_order ON sourcings (order_number);
CREATE INDEX sourcings_strategy ON sourcings (strategy);
