//! Points: pending, spent by lots, taken back, given back, expired; and levels.

use super::{Bench, at_desk, order};
use crate::members::points::Clawed;
use futures::future::join_all;
use storage::Query;
use testkit::each_database;

#[tokio::test]
async fn points_wait_then_can_be_spent_then_expire() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000001", 0).await;
        at_desk!(bench, |desk| desk.earn_points(&who, &order(1), 80).await.unwrap());
        // The same order earns once.
        at_desk!(bench, |desk| desk.earn_points(&who, &order(1), 80).await.unwrap());
        assert_eq!(bench.points(&who).await, (0, 80));
        bench.days(14);
        assert_eq!(bench.services.release_points().await.unwrap(), 0);
        bench.days(1);
        assert_eq!(bench.services.release_points().await.unwrap(), 80);
        assert_eq!(bench.services.release_points().await.unwrap(), 0);
        assert_eq!(bench.points(&who).await, (80, 0));
        assert!(at_desk!(bench, |desk| desk.spend_points(&who, &order(2), 30).await.unwrap()));
        assert!(
            at_desk!(bench, |desk| desk.spend_points(&who, &order(2), 30).await.unwrap()),
            "once, however often asked"
        );
        assert_eq!(bench.points(&who).await, (50, 0));
        bench.days(84);
        assert_eq!(bench.services.expire_points().await.unwrap(), 0);
        bench.days(1);
        assert_eq!(bench.services.expire_points().await.unwrap(), 50);
        assert_eq!(bench.points(&who).await, (0, 0));
        bench.proved().await;
    })
    .await;
}

#[tokio::test]
async fn what_comes_back_goes_where_it_was_and_never_below_zero() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000002", 20).await;
        at_desk!(bench, |desk| desk.earn_points(&who, &order(1), 100).await.unwrap());
        // Part of it comes back while the points wait.
        let clawed = at_desk!(bench, |desk| desk.claw_back_points(&who, &order(1), "r1", 40).await.unwrap());
        assert_eq!(clawed, Clawed { taken: 40, withhold: 0 });
        let again = at_desk!(bench, |desk| desk.claw_back_points(&who, &order(1), "r1", 40).await.unwrap());
        assert_eq!((again, bench.points(&who).await), (clawed, (20, 60)));
        bench.days(15);
        bench.services.release_points().await.unwrap();
        // 80 that may be spent; 70 are, the ones that expire first: of the order's lot 60, and 10 that never expire.
        assert!(at_desk!(bench, |desk| desk.spend_points(&who, &order(2), 70).await.unwrap()));
        let clawed = at_desk!(bench, |desk| desk.claw_back_points(&who, &order(1), "r2", 60).await.unwrap());
        assert_eq!((clawed, bench.points(&who).await), (Clawed { taken: 10, withhold: 50 }, (0, 0)));
        // The second order is cancelled: what never expires goes back first, then what does.
        let back = |points, reference| (points, reference);
        for ((points, reference), given, expected) in
            [(back(30, "c1"), 30, 30), (back(30, "c1"), 30, 30), (back(60, "c2"), 40, 70)]
        {
            let got = at_desk!(bench, |desk| desk.give_back_points(&who, &order(2), reference, points).await.unwrap());
            assert_eq!((got, bench.points(&who).await.0), (given, expected));
        }
        bench.proved().await;
    })
    .await;
}

#[tokio::test]
async fn points_that_come_back_too_late_get_some_days_more() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000003", 0).await;
        at_desk!(bench, |desk| desk.earn_points(&who, &order(1), 50).await.unwrap());
        bench.days(15);
        bench.services.release_points().await.unwrap();
        assert!(at_desk!(bench, |desk| desk.spend_points(&who, &order(2), 50).await.unwrap()));
        bench.days(90);
        assert_eq!(at_desk!(bench, |desk| desk.give_back_points(&who, &order(2), "r1", 50).await.unwrap()), 50);
        bench.services.expire_points().await.unwrap();
        assert_eq!(bench.points(&who).await, (50, 0));
        bench.days(30);
        assert_eq!(bench.services.expire_points().await.unwrap(), 50);
        bench.proved().await;
    })
    .await;
}

#[tokio::test]
async fn many_spend_at_once_and_nobody_overdraws() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000004", 100).await;
        at_desk!(bench, |desk| desk.earn_points(&who, &order("e"), 5).await.unwrap());
        bench.days(15);
        let spend = |at: usize| {
            let (bench, who) = (&bench, &who);
            async move {
                let tx = bench.begin().await;
                let spent = bench.desk(&tx).spend_points(who, &order(at), 30).await.unwrap();
                if spent {
                    tx.commit().await.unwrap();
                }
                spent
            }
        };
        // A job runs among them.
        let (spent, released) = tokio::join!(join_all((0..24).map(spend)), bench.services.release_points());
        assert_eq!((spent.iter().filter(|spent| **spent).count(), released.unwrap()), (3, 5));
        assert_eq!(bench.points(&who).await, (15, 0));
        bench.proved().await;
    })
    .await;
}

#[tokio::test]
async fn levels_rise_at_once_and_end_after_their_grace() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000005", 0).await;
        let level = || async {
            let row = storage::members::by_id(bench.services.db(), &who).await.unwrap().unwrap();
            row.level.map(String::from).unwrap_or_default()
        };
        at_desk!(bench, |desk| desk.bought(&who, &order(1), 60_000).await.unwrap());
        assert_eq!(level().await, "");
        at_desk!(bench, |desk| desk.bought(&who, &order(2), 440_000).await.unwrap());
        at_desk!(bench, |desk| desk.bought(&who, &order(2), 440_000).await.unwrap());
        assert_eq!(level().await, "gold");
        // Most of it comes back: the level stays until its half year and the grace are over, then what is left counts.
        at_desk!(bench, |desk| desk.brought_back(&order(2), 390_000).await.unwrap());
        bench.days(200);
        assert_eq!((bench.services.review_levels().await.unwrap(), level().await.as_str()), (0, "gold"));
        bench.days(20);
        assert_eq!((bench.services.review_levels().await.unwrap(), level().await.as_str()), (1, "silver"));
        let changes = storage::levels::changes(bench.services.db(), &who, 9).await.unwrap();
        let words: Vec<_> = changes.iter().map(|one| (one.change.as_str(), one.reached)).collect();
        assert_eq!(words, [("down", 110_000), ("up", 500_000)]);
        bench.days(400);
        assert_eq!((bench.services.review_levels().await.unwrap(), level().await.as_str()), (1, ""));
    })
    .await;
}

#[tokio::test]
async fn a_row_that_somebody_touched_is_found() {
    each_database(|database| async {
        let bench = Bench::new(database).await;
        let who = bench.member("10000006", 100).await;
        at_desk!(bench, |desk| desk.earn_points(&who, &order(1), 10).await.unwrap());
        bench.proved().await;
        let touch = [
            (
                "UPDATE ledger_postings SET amount = amount + 1 WHERE amount = 100",
                "UPDATE ledger_postings SET amount = amount - 1 WHERE amount = 101",
                "entry",
            ),
            (
                "UPDATE ledger_balances SET balance = balance + 1",
                "UPDATE ledger_balances SET balance = balance - 1",
                "balance",
            ),
            (
                "UPDATE point_lots SET left_points = left_points - 1",
                "UPDATE point_lots SET left_points = left_points + 1",
                "lots-pending",
            ),
            (
                "UPDATE point_lots SET released = 1 - released",
                "UPDATE point_lots SET released = 1 - released",
                "lots-available",
            ),
            ("UPDATE members SET points = points + 1", "UPDATE members SET points = points - 1", "points"),
            (
                "DELETE FROM ledger_balances WHERE balance = 10",
                "INSERT INTO ledger_balances VALUES ('points-pending:10000006', 'points', 10)",
                "balance",
            ),
        ];
        for (wrong, right, what) in touch {
            bench.services.db().run(wrong, vec![]).await.unwrap();
            let proof = bench.services.prove_ledger(bench.services.now()).await.unwrap();
            assert!(!proof.holds() && proof.differences.iter().any(|one| one.what == what), "{wrong}: {proof:?}");
            bench.services.db().run(right, vec![]).await.unwrap();
            bench.proved().await;
        }
    })
    .await;
}
