//! Coupons of orders: taken once, given back, and only as many as one may have.

use super::{Bench, at_desk, clerk, order};
use crate::members::coupons::{Claim, CouponRefused};
use ::members::{DAY_MS, coupons::CouponState};
use futures::future::join_all;
use ids::{CouponBatchId, CouponCode, MemberId, OrderNumber};
use pricing::Instant;
use storage::coupons::BatchRow;
use testkit::each_database;

fn generic() -> CouponCode {
    CouponCode::new("SPRING").unwrap()
}

async fn batch(bench: &Bench, id: &str, per_member: Option<i64>, ends: Option<Instant>) -> BatchRow {
    let row = BatchRow {
        id: CouponBatchId::new(id).unwrap(),
        coupon: generic(),
        prefix: Some(id.to_owned()),
        secret: "a secret".to_owned(),
        codes: 1_000,
        per_member,
        starts: None,
        ends,
        wallet_days: Some(10),
        occasion: None,
        note: String::new(),
        made_at: bench.services.now(),
        made_by: clerk(),
        request_key: id.to_owned(),
        closed_at: None,
    };
    let tx = bench.begin().await;
    assert!(storage::coupons::insert_batch(&tx, &row).await.unwrap());
    tx.commit().await.unwrap();
    row
}

fn code(batch: &BatchRow, number: i64) -> CouponCode {
    let coder = crate::members::coupons::coder(batch).unwrap();
    CouponCode::new(coder.code(number)).unwrap()
}

/// An order takes a coupon; committed only if it got one.
async fn take(
    bench: &Bench,
    member: Option<&MemberId>,
    order: &OrderNumber,
    codes: &[CouponCode],
) -> Result<(), CouponRefused> {
    let tx = bench.begin().await;
    let taken = bench.desk(&tx).reserve_coupons(&[generic()], Claim { member, order, codes }).await.unwrap();
    if taken.is_ok() {
        tx.commit().await.unwrap();
    }
    taken
}

#[tokio::test]
async fn a_code_is_one_orders_at_a_time() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let batch = batch(&bench, "ONE", None, None).await;
        let codes = [code(&batch, 5)];
        let orders: Vec<_> = (0..30).map(order).collect();
        let taken = join_all(orders.iter().map(|order| take(&bench, None, order, &codes))).await;
        let winners: Vec<_> =
            orders.iter().zip(&taken).filter(|(_, taken)| taken.is_ok()).map(|(order, _)| order).collect();
        assert_eq!(winners.len(), 1, "of thirty at once one has it");
        let winner = winners[0];
        at_desk!(bench, |desk| desk.use_coupons(winner).await.unwrap());
        assert!(take(&bench, None, &order(99), &codes).await.is_err());
        // All of it comes back: the code is free again, and the order that had it has no more say in it.
        at_desk!(bench, |desk| desk.give_back_coupons(winner).await.unwrap());
        take(&bench, None, &order(99), &codes).await.unwrap();
        at_desk!(bench, |desk| desk.give_back_coupons(winner).await.unwrap());
        assert_eq!(
            storage::coupons::code_state(bench.services.db(), &batch.id, 5).await.unwrap(),
            CouponState::Reserved
        );
        // No code, and codes of others.
        assert!(take(&bench, None, &order(100), &[]).await.is_err());
        assert!(
            take(&bench, None, &order(100), &[generic(), CouponCode::new("ONE-0000-0000-0000").unwrap()])
                .await
                .is_err()
        );
    })
    .await;
}

#[tokio::test]
async fn a_member_has_as_many_as_one_may() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let batch = batch(&bench, "TWO", Some(2), None).await;
        let who = bench.member("10000031", 0).await;
        let claims: Vec<_> = (0..12).map(|at| (order(at), [code(&batch, at)])).collect();
        let taken = join_all(claims.iter().map(|(order, codes)| take(&bench, Some(&who), order, codes))).await;
        assert_eq!(taken.iter().filter(|taken| taken.is_ok()).count(), 2);
        // A guest has no name to count by.
        assert!(take(&bench, None, &order(50), &[code(&batch, 50)]).await.is_err());
        let had = claims.iter().zip(&taken).find(|(_, taken)| taken.is_ok()).unwrap().0;
        at_desk!(bench, |desk| desk.give_back_coupons(&had.0).await.unwrap());
        at_desk!(bench, |desk| desk.give_back_coupons(&had.0).await.unwrap());
        let again = join_all((60..64).map(|at| {
            let (bench, who, batch) = (&bench, &who, &batch);
            async move { take(bench, Some(who), &order(at), &[code(batch, at)]).await }
        }));
        assert_eq!(again.await.iter().filter(|taken| taken.is_ok()).count(), 1, "one came back, so one more");
    })
    .await;
}

#[tokio::test]
async fn a_wallet_gives_what_ends_first_and_nothing_that_ended() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let ends = Instant(bench.services.now().0 + 5 * DAY_MS);
        let (short, long) = (batch(&bench, "SHORT", None, Some(ends)).await, batch(&bench, "LONG", None, None).await);
        let who = bench.member("10000032", 0).await;
        for batch in [&long, &short] {
            assert!(at_desk!(bench, |desk| desk.give_coupon(&who, batch, "why").await.unwrap()).is_some());
            assert!(
                at_desk!(bench, |desk| desk.give_coupon(&who, batch, "why").await.unwrap()).is_none(),
                "once for a cause"
            );
        }
        take(&bench, Some(&who), &order(1), &[]).await.unwrap();
        let of = |order: OrderNumber| {
            let bench = &bench;
            async move {
                let rows = storage::wallet::of_order(bench.services.db(), &order).await.unwrap();
                rows.iter().map(|row| (row.batch.to_string(), row.state)).collect::<Vec<_>>()
            }
        };
        assert_eq!(of(order(1)).await, [("SHORT".to_owned(), CouponState::Reserved)]);
        take(&bench, Some(&who), &order(2), &[]).await.unwrap();
        assert!(take(&bench, Some(&who), &order(3), &[]).await.is_err(), "the wallet is empty");
        bench.days(6);
        // Both orders are given up: one coupon's time is over by now, the other's is not.
        at_desk!(bench, |desk| desk.give_back_coupons(&order(1)).await.unwrap());
        at_desk!(bench, |desk| desk.give_back_coupons(&order(2)).await.unwrap());
        assert_eq!(of(order(1)).await, [("SHORT".to_owned(), CouponState::Expired)]);
        assert_eq!(of(order(2)).await, [("LONG".to_owned(), CouponState::Returned)]);
        bench.days(5);
        assert!(take(&bench, Some(&who), &order(4), &[]).await.is_err(), "its ten days are over");
        assert_eq!(bench.services.expire_coupons().await.unwrap(), 1);
        assert_eq!(of(order(2)).await, [("LONG".to_owned(), CouponState::Expired)]);
    })
    .await;
}
