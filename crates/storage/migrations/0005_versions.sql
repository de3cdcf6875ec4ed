-- Who published a price book and why. Books of before have neither.
ALTER TABLE price_books ADD COLUMN published_by TEXT;
ALTER TABLE price_books ADD COLUMN note TEXT;

-- Who made a book hold, when and why. `source` is the version that was meant: the book itself, or the one it was made from by
-- leaving out what can't be given any more.
ALTER TABLE price_book_activations ADD COLUMN source TEXT REFERENCES price_books (id);
ALTER TABLE price_book_activations ADD COLUMN kind TEXT;
ALTER TABLE price_book_activations ADD COLUMN made_at BIGINT;
ALTER TABLE price_book_activations ADD COLUMN made_by TEXT;
ALTER TABLE price_book_activations ADD COLUMN reason TEXT;

-- Orders are computed again in the order in which they were placed.
CREATE INDEX orders_placed ON orders (placed_at, number);
