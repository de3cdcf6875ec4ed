-- What was scheduled may be called off before its time: the row stays, with who did it, when and why.
ALTER TABLE price_book_activations ADD COLUMN cancelled_at BIGINT;
ALTER TABLE price_book_activations ADD COLUMN cancelled_by TEXT;
ALTER TABLE price_book_activations ADD COLUMN cancelled_why TEXT;
