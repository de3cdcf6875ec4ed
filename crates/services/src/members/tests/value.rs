//! Stored money: held, captured, freed, refunded; never more than there is.

use super::{Bench, at_desk, order};
use ::members::ledger::{Account, Purse, Unit};
use futures::future::join_all;
use ids::{MemberId, PaymentId};
use money::Currency;
use testkit::each_database;

const CNY: Currency = Currency::CNY;

fn payment(at: impl std::fmt::Display) -> PaymentId {
    PaymentId::new(format!("p{at}")).unwrap()
}

async fn balance(bench: &Bench, member: &MemberId) -> i64 {
    storage::ledger::balance(bench.services.db(), &Account::Value(member.clone()), Unit::Money(CNY)).await.unwrap()
}

#[tokio::test]
async fn a_payment_moves_what_it_holds_and_no_more() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000011", 0).await;
        let purse = Purse::Member(who.clone());
        for _ in 0..2 {
            at_desk!(bench, |desk| desk.top_up(&who, "cash", "t1", (10_000, CNY)).await.unwrap());
        }
        assert_eq!(balance(&bench, &who).await, 10_000);
        for _ in 0..2 {
            let held = at_desk!(bench, |desk| desk
                .hold_value(&purse, &payment(1), Some(&order(1)), (7_000, CNY))
                .await
                .unwrap());
            assert!(held);
        }
        assert_eq!(balance(&bench, &who).await, 3_000);
        at_desk!(bench, |desk| desk.capture_value(&payment(1), "c1", 6_000).await.unwrap());
        at_desk!(bench, |desk| desk.capture_value(&payment(1), "c1", 6_000).await.unwrap());
        at_desk!(bench, |desk| desk.free_value(&payment(1), "f1", 1_000).await.unwrap());
        assert_eq!(balance(&bench, &who).await, 4_000);
        at_desk!(bench, |desk| desk.refund_value(&payment(1), "r1", 2_500).await.unwrap());
        at_desk!(bench, |desk| desk.refund_value(&payment(1), "r1", 2_500).await.unwrap());
        at_desk!(bench, |desk| desk.refund_value(&payment(1), "r2", 3_500).await.unwrap());
        assert_eq!(balance(&bench, &who).await, 10_000);
        // Each of these would be money that nobody paid.
        let tx = bench.begin().await;
        assert!(bench.desk(&tx).refund_value(&payment(1), "r3", 1).await.is_err());
        drop(tx);
        let tx = bench.begin().await;
        assert!(bench.desk(&tx).capture_value(&payment(1), "c2", 1).await.is_err());
        drop(tx);
        let tx = bench.begin().await;
        assert!(bench.desk(&tx).capture_value(&payment(9), "c3", 1).await.is_err());
        drop(tx);
        let tx = bench.begin().await;
        assert!(!bench.desk(&tx).hold_value(&purse, &payment(2), None, (10_001, CNY)).await.unwrap());
        drop(tx);
        // The same payment can't mean another amount.
        let tx = bench.begin().await;
        assert!(bench.desk(&tx).hold_value(&purse, &payment(1), None, (6_999, CNY)).await.is_err());
        drop(tx);
        bench.proved().await;
    })
    .await;
}

#[tokio::test]
async fn many_payments_at_once_never_overdraw() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000012", 0).await;
        let purse = Purse::Member(who.clone());
        at_desk!(bench, |desk| desk.top_up(&who, "cash", "t1", (1_000, CNY)).await.unwrap());
        let hold = |at: usize| {
            let (bench, purse) = (&bench, &purse);
            async move {
                let tx = bench.begin().await;
                // Each payment is tried twice at once, as by a client that is impatient.
                let held = bench.desk(&tx).hold_value(purse, &payment(at / 2), None, (300, CNY)).await.unwrap();
                if held {
                    tx.commit().await.unwrap();
                }
                held
            }
        };
        let held = join_all((0..40).map(hold)).await;
        assert_eq!(held.iter().filter(|held| **held).count(), 6, "three payments, each asked for twice");
        assert_eq!(balance(&bench, &who).await, 100);
        bench.proved().await;
    })
    .await;
}
