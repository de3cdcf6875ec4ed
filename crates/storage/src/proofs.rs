//! Whether the books agree with each other: what is reserved with what parcels hold, balances with the movements behind them, refunds with what was paid. Each
//! check is one statement that finds rows which must not be there.

use crate::{Query, Result, values};
use sqlx::SqlSafeStr;

/// Something that does not agree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which books were compared.
    pub check: &'static str,
    /// What does not agree: a SKU and its place, an order, an account.
    pub what: String,
    /// By how much.
    pub off: i64,
}

/// A check and the statement that finds what is wrong, with columns `what` and `amount`. Sums are cast, since PostgreSQL's are wider.
const CHECKS: &[(&str, &str)] = &[
    (
        "no unit is there less than once or promised more than once",
        "SELECT sku || ' @ ' || place AS what, on_hand - reserved AS amount FROM stock
         WHERE on_hand < 0 OR reserved < 0 OR reserved > on_hand",
    ),
    (
        "a balance of stock is the sum of its movements",
        "SELECT s.sku || ' @ ' || s.place AS what, s.on_hand - COALESCE(m.on_hand, 0) + s.reserved - COALESCE(m.reserved, 0) AS amount
         FROM stock s LEFT JOIN (SELECT sku, place, CAST(SUM(on_hand) AS BIGINT) AS on_hand, CAST(SUM(reserved) AS BIGINT) AS reserved,
            CAST(SUM(quarantine) AS BIGINT) AS quarantine, CAST(SUM(in_transit) AS BIGINT) AS in_transit
            FROM stock_movements GROUP BY sku, place) m ON m.sku = s.sku AND m.place = s.place
         WHERE s.on_hand <> COALESCE(m.on_hand, 0) OR s.reserved <> COALESCE(m.reserved, 0)
            OR s.quarantine <> COALESCE(m.quarantine, 0) OR s.in_transit <> COALESCE(m.in_transit, 0)",
    ),
    (
        "what is reserved at a place is what open fulfilments hold there, bundles as their parts",
        "SELECT s.sku || ' @ ' || s.place AS what, s.reserved - COALESCE(h.held, 0) AS amount FROM stock s
         LEFT JOIN (SELECT COALESCE(b.component, l.sku) AS sku, f.place AS place,
            CAST(SUM(l.quantity * COALESCE(b.quantity, 1)) AS BIGINT) AS held
            FROM fulfilments f JOIN fulfilment_lines l ON l.fulfilment = f.id LEFT JOIN bundles b ON b.sku = l.sku
            WHERE f.stage IN ('allocated', 'picking', 'packed', 'ready')
            GROUP BY COALESCE(b.component, l.sku), f.place) h ON h.sku = s.sku AND h.place = s.place
         WHERE s.reserved <> COALESCE(h.held, 0)",
    ),
    (
        "no more goods left for an order than it has, and none came back that had not left",
        "SELECT m.order_number || ' ' || m.sku AS what, CAST(-SUM(m.on_hand) - SUM(m.quarantine) AS BIGINT) AS amount
         FROM stock_movements m WHERE m.order_number IS NOT NULL GROUP BY m.order_number, m.sku
         HAVING -SUM(m.on_hand) - SUM(m.quarantine) < 0
            OR -SUM(m.on_hand) - SUM(m.quarantine) > (SELECT COALESCE(SUM(i.quantity * COALESCE(b.quantity, 1)), 0)
                FROM order_items i LEFT JOIN bundles b ON b.sku = i.sku
                WHERE i.order_number = m.order_number AND COALESCE(b.component, i.sku) = m.sku)",
    ),
    (
        // What came by a way that was given up meanwhile went back as a whole.
        "an order is to be paid in full, and once",
        // An authorisation that a refund let go was given all the same; what was let go or went back as a whole may be paid anew.
        "SELECT o.number AS what, CAST(o.payable_minor - SUM(p.given) AS BIGINT) AS amount FROM orders o
         JOIN (SELECT order_number, CASE WHEN state = 'voided' AND NOT EXISTS
                  (SELECT 1 FROM refunds r WHERE r.payment = payments.id AND r.state = 'dropped') THEN 0 ELSE amount_minor END AS given,
               CASE WHEN state = 'voided' OR (captured_minor > 0 AND refunded_minor + refunding_minor >= captured_minor)
                  THEN 0 ELSE amount_minor END AS kept
               FROM payments WHERE tender <> 'points' AND state <> 'failed') p ON p.order_number = o.number
         GROUP BY o.number, o.payable_minor, o.paid
         HAVING (o.paid = 1 AND SUM(p.given) < o.payable_minor) OR SUM(p.kept) > o.payable_minor",
    ),
    (
        "a payment's money back is the sum of its refunds, and at most what came",
        "SELECT p.id AS what, p.refunded_minor + p.refunding_minor - COALESCE(r.done, 0) - COALESCE(r.open, 0) AS amount FROM payments p
         LEFT JOIN (SELECT payment, CAST(SUM(CASE WHEN state = 'done' THEN amount_minor ELSE 0 END) AS BIGINT) AS done,
            CAST(SUM(CASE WHEN state IN ('created', 'unknown', 'pending') THEN amount_minor ELSE 0 END) AS BIGINT) AS open
            FROM refunds GROUP BY payment) r ON r.payment = p.id
         WHERE p.refunded_minor <> COALESCE(r.done, 0) OR p.refunding_minor <> COALESCE(r.open, 0)
            OR p.refunded_minor + p.refunding_minor > CASE WHEN p.captured_minor > 0 THEN p.captured_minor ELSE p.amount_minor END",
    ),
    (
        "a promotion gives a member no more often than it was counted in all",
        "SELECT u.promotion AS what, CAST(SUM(m.total) - u.total AS BIGINT) AS amount FROM promotion_usage u
         JOIN promotion_usage_by_member m ON m.promotion = u.promotion
         GROUP BY u.promotion, u.total HAVING SUM(m.total) > u.total OR u.total < 0",
    ),
    (
        "an order's money back is at most its price",
        "SELECT o.number AS what, CAST(SUM(r.total_minor) - o.payable_minor AS BIGINT) AS amount
         FROM orders o JOIN order_returns r ON r.order_number = o.number
         GROUP BY o.number, o.payable_minor HAVING SUM(r.total_minor) > o.payable_minor",
    ),
    (
        "an order has its fulfilments, its timeline and its items",
        "SELECT o.number AS what, o.version AS amount FROM orders o WHERE o.version > 0 AND (
         NOT EXISTS (SELECT 1 FROM fulfilments f WHERE f.order_number = o.number)
         OR NOT EXISTS (SELECT 1 FROM order_events e WHERE e.order_number = o.number AND e.seq = 1)
         OR NOT EXISTS (SELECT 1 FROM order_items i WHERE i.order_number = o.number))",
    ),
    (
        "an entry of the ledger sums to nothing",
        "SELECT entry || ' ' || unit AS what, CAST(SUM(amount) AS BIGINT) AS amount FROM ledger_postings
         GROUP BY entry, unit HAVING SUM(amount) <> 0",
    ),
    (
        "a balance of the ledger is the sum of its postings",
        "SELECT b.account AS what, b.balance - COALESCE(d.total, 0) AS amount FROM ledger_balances b
         LEFT JOIN (SELECT account, unit, CAST(SUM(amount) AS BIGINT) AS total FROM ledger_postings GROUP BY account, unit) d
            ON d.account = b.account AND d.unit = b.unit WHERE b.balance <> COALESCE(d.total, 0)",
    ),
    (
        "a member's points are the balance of the ledger and the sum of lots",
        "SELECT m.id AS what, m.points - COALESCE(b.balance, 0) AS amount FROM members m
         LEFT JOIN ledger_balances b ON b.account = 'points-available:' || m.id AND b.unit = 'points'
         LEFT JOIN (SELECT member, CAST(SUM(left_points) AS BIGINT) AS total FROM point_lots WHERE released = 1 AND left_points > 0
            GROUP BY member) l ON l.member = m.id
         WHERE m.points <> COALESCE(b.balance, 0) OR m.points <> COALESCE(l.total, 0)",
    ),
    (
        "a batch's coupons are used by no member more often than allowed",
        "SELECT u.batch || ' ' || u.member AS what, u.uses - b.per_member AS amount FROM coupon_uses u
         JOIN coupon_batches b ON b.id = u.batch WHERE u.uses > b.per_member",
    ),
    (
        "a payment out of a purse holds, captured and gave back what its hold says",
        "SELECT p.id AS what, p.captured_minor - COALESCE(h.captured_minor, 0) AS amount FROM payments p
         LEFT JOIN value_holds h ON h.payment = p.id WHERE p.tender IN ('stored_value', 'gift_card') AND (h.payment IS NULL
         OR h.held_minor <> p.amount_minor OR h.captured_minor <> p.captured_minor OR h.refunded_minor <> p.refunded_minor
            - (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.payment = p.id AND r.moved_to IS NOT NULL)
         OR h.held_minor - h.captured_minor - h.freed_minor <> CASE WHEN p.state = 'authorised' THEN p.amount_minor ELSE 0 END)",
    ),
    (
        "what pays an order by an exchange was moved to it from the orders that came back",
        "SELECT p.id AS what, p.captured_minor - p.refunded_minor AS amount FROM payments p WHERE p.tender = 'exchange'
         AND p.captured_minor - p.refunded_minor
            + (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.payment = p.id AND r.moved_to IS NOT NULL)
            <> (SELECT COALESCE(SUM(r.amount_minor), 0) FROM refunds r WHERE r.moved_to = p.order_number)",
    ),
    (
        "what is held is held for a payment",
        "SELECT h.payment AS what, h.held_minor AS amount FROM value_holds h
         WHERE NOT EXISTS (SELECT 1 FROM payments p WHERE p.id = h.payment)",
    ),
    (
        "a key makes one order",
        "SELECT owner || ' ' || idempotency_key AS what, CAST(COUNT(*) AS BIGINT) AS amount FROM orders
         GROUP BY owner, idempotency_key HAVING COUNT(*) > 1",
    ),
    (
        "a unique code is used within its batch's number",
        "SELECT c.batch || ' ' || c.number AS what, b.codes AS amount FROM coupon_codes c
         JOIN coupon_batches b ON b.id = c.batch WHERE c.number < 0 OR c.number >= b.codes",
    ),
];

/// Compares all books with each other, each check in one statement; call it in a transaction to see one moment. What is found must not be.
pub async fn all(on: &impl Query) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (check, sql) in CHECKS {
        for row in on.rows(sql.into_sql_str(), values![]).await? {
            findings.push(Finding { check, what: row.text("what")?, off: row.int("amount")? });
        }
    }
    Ok(findings)
}

/// The names of the checks.
pub fn checks() -> impl Iterator<Item = &'static str> {
    CHECKS.iter().map(|(name, _)| *name)
}
