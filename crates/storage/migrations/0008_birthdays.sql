-- The month of a member's birthday, if the member has told it, and when that was. The day and the year are nobody's business.
ALTER TABLE members ADD COLUMN birthday_month BIGINT;
ALTER TABLE members ADD COLUMN birthday_told_at BIGINT;
