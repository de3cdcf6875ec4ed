-- Promotions may be limited by units, not only by orders and by what they take off.
ALTER TABLE promotion_usage ADD COLUMN units BIGINT NOT NULL DEFAULT 0;
