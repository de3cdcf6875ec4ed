//! Jobs: one server does each, another goes on where it dies.

use pricing::Instant;
use storage::jobs;
use testkit::{TestShop, each_database};

#[tokio::test]
async fn a_job_is_done_by_one_server_at_a_time() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let other = shop.another().await;
        let (first, second) = tokio::join!(shop.services.run_jobs("one"), other.run_jobs("two"));
        let mut done: Vec<&str> = first.unwrap().into_iter().chain(second.unwrap()).collect();
        done.sort_unstable();
        let mut each = done.clone();
        each.dedup();
        assert_eq!(done, each, "no job was done twice");
        assert!(done.contains(&"expire-orders"));
        assert!(shop.services.run_jobs("one").await.unwrap().is_empty(), "nothing is due");
        shop.clock.advance_seconds(15);
        assert!(other.run_jobs("two").await.unwrap().contains(&"expire-orders"));
    })
    .await;
}

#[tokio::test]
async fn a_dead_servers_job_is_taken_over_when_its_lease_ends() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let db = shop.db().await;
        let now = Instant(shop.clock.seconds() * 1000);
        jobs::know(&db, "expire-orders", now).await.unwrap();
        assert!(jobs::take(&db, "expire-orders", "dead", now, Instant(now.0 + 120_000)).await.unwrap());
        assert!(!shop.services.run_jobs("alive").await.unwrap().contains(&"expire-orders"));
        shop.clock.advance_seconds(120);
        assert!(shop.services.run_jobs("alive").await.unwrap().contains(&"expire-orders"));
        // What the dead one says afterwards counts for nothing.
        jobs::end(&db, "expire-orders", "dead", now, now, Some("late")).await.unwrap();
        let row = jobs::all(&db).await.unwrap().into_iter().find(|row| row.name == "expire-orders").unwrap();
        assert_eq!((row.leased_by.as_deref(), row.failures), (Some("alive"), 0));
        db.close().await;
    })
    .await;
}
