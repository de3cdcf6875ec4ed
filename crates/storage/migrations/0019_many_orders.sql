-- Asked for with every order: whether its key made one already, by whomever.
CREATE INDEX orders_key ON orders (idempotency_key);

-- The work at each place counts few of very many fulfilments.
CREATE INDEX fulfilments_open ON fulfilments (place) WHERE stage IN ('allocated', 'picking');

-- All sessions of a person end with the person's data, or when somebody leaves the shop.
CREATE INDEX sessions_member ON sessions (member) WHERE member IS NOT NULL;
CREATE INDEX sessions_staff ON sessions (staff) WHERE staff IS NOT NULL;
