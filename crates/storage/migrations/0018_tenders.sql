-- Points that came back goods had earned and that were spent already, and what is kept back of the refund for them.
ALTER TABLE order_returns ADD COLUMN withheld_points BIGINT NOT NULL DEFAULT 0 CHECK (withheld_points >= 0);
ALTER TABLE order_returns ADD COLUMN withheld_minor BIGINT NOT NULL DEFAULT 0 CHECK (withheld_minor >= 0);

-- 1 if other tenders took the payment's place: nobody owes it any more.
ALTER TABLE payments ADD COLUMN replaced BIGINT NOT NULL DEFAULT 0;

-- The order that an amount pays instead of going back, where goods were exchanged.
ALTER TABLE refunds ADD COLUMN moved_to TEXT;
CREATE INDEX refunds_moved ON refunds (moved_to) WHERE moved_to IS NOT NULL;
