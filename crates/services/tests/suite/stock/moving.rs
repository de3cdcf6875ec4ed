//! What the shop's own people move: transfers, counts, quarantine, files; and the proof that nothing was lost.

use super::shop::*;
use services::{Role, ServiceError, Who};
use storage::{Db, Query};
use testkit::{TestShop, each_database};
use wire::{BeginCount, EnterCount, ReceiveConsignment, RequestTransfer, ShipConsignment, StockDeed, StockQuery};

#[tokio::test]
async fn a_transfer_that_arrives_short_is_closed_with_the_difference() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        set(services, "TEA-LJ-50", &[("central", 20)]).await;
        let (central, store) = (staff(Role::StoreManager, Some("central")), staff(Role::Clerk, Some("sh-wukang")));
        let request = RequestTransfer {
            idempotency_key: "key-transfer".to_owned(),
            origin: place("central"),
            destination: place("sh-wukang"),
            lines: units(&[("TEA-LJ-50", 12)]),
            note: String::new(),
        };
        let asked = services.request_transfer(&store, &request).await.unwrap();
        assert_eq!(
            (asked.status.as_str(), buckets(services, "TEA-LJ-50", "central").await),
            ("requested", [20, 0, 0, 0])
        );
        let ship = ShipConsignment {
            idempotency_key: "key-ship".to_owned(),
            lines: units(&[("TEA-LJ-50", 10)]),
            expected: None,
        };
        assert!(matches!(services.ship_transfer(&store, &asked.id, &ship).await, Err(ServiceError::Forbidden)));
        services.ship_transfer(&central, &asked.id, &ship).await.unwrap();
        // Sent again with the same key it is sent once.
        services.ship_transfer(&central, &asked.id, &ship).await.unwrap();
        let again = ShipConsignment { idempotency_key: "key-ship-2".to_owned(), ..ship };
        assert!(is_refused(&services.ship_transfer(&central, &asked.id, &again).await, "shipped"));
        assert_eq!(buckets(services, "TEA-LJ-50", "central").await, [10, 0, 0, 0]);
        assert_eq!(buckets(services, "TEA-LJ-50", "sh-wukang").await, [0, 0, 0, 10]);
        let receive = |key: &str, lines: &[(&str, i64)], close| ReceiveConsignment {
            idempotency_key: format!("key-{key}"),
            lines: units(lines),
            close,
        };
        let too_many = receive("receive-1", &[("TEA-LJ-50", 11)], false);
        assert!(matches!(
            services.receive_consignment(&store, &asked.id, &too_many).await,
            Err(ServiceError::Invalid(_))
        ));
        let some = receive("receive-2", &[("TEA-LJ-50", 6)], false);
        assert_eq!(services.receive_consignment(&store, &asked.id, &some).await.unwrap().status, "shipped");
        let last = receive("receive-3", &[("TEA-LJ-50", 1)], true);
        let closed = services.receive_consignment(&store, &asked.id, &last).await.unwrap();
        assert_eq!((closed.status.as_str(), closed.lines[0].received, closed.lines[0].shipped), ("closed", 7, 10));
        assert_eq!(buckets(services, "TEA-LJ-50", "sh-wukang").await, [7, 0, 0, 0]);
        let story = kinds(services, "TEA-LJ-50", "sh-wukang").await;
        assert_eq!(story[story.len() - 4..], ["expect", "transfer_in", "transfer_in", "short_receipt"]);
        proven(services).await;
    })
    .await;
}

#[tokio::test]
async fn goods_that_are_reserved_can_neither_be_counted_away_nor_moved() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        set(services, "TEA-POT-120", &[("central", 5)]).await;
        buy(services, &sent(&[("TEA-POT-120", 3)]), "key-reserve-1").await.unwrap();
        let planner = planner();
        let begin =
            BeginCount { idempotency_key: "key-count".to_owned(), place: place("central"), note: String::new() };
        let count = services.begin_count(&planner, &begin).await.unwrap();
        let enter = |found| EnterCount { lines: units(&[("TEA-POT-120", found)]) };
        services.enter_count(&planner, &count.id, &enter(2)).await.unwrap();
        assert!(is_refused(&services.post_count(&planner, &count.id, &key("post-1")).await, "reserved"));
        // Another order between counting and posting is no difference.
        services.enter_count(&planner, &count.id, &enter(4)).await.unwrap();
        buy(services, &sent(&[("TEA-POT-120", 1)]), "key-reserve-2").await.unwrap();
        let posted = services.post_count(&planner, &count.id, &key("post-2")).await.unwrap();
        assert_eq!((posted.status.as_str(), posted.lines[0].difference), ("posted", -1));
        assert_eq!(buckets(services, "TEA-POT-120", "central").await, [4, 4, 0, 0]);
        let again = services.enter_count(&planner, &count.id, &enter(9)).await;
        assert!(is_refused(&again, "ended"));
        let damage = move_stock("damage-1", "central", StockDeed::Damage, &[("TEA-POT-120", 1)]);
        assert!(is_refused(&services.move_stock(&planner, &damage).await, "reserved"));
        let file = b"SKU,Location,On hand\nTEA-POT-120,central,3\n".to_vec();
        let plan = services.plan_stock(&[("s.csv".to_owned(), file)]).await.unwrap();
        assert_eq!(plan.faults.len(), 1, "a file can't count reserved goods away either");
        proven(services).await;
    })
    .await;
}

#[tokio::test]
async fn goods_go_through_quarantine_and_a_key_moves_them_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        set(services, "TEA-LJ-50", &[("sh-wukang", 10)]).await;
        let clerk = staff(Role::Clerk, Some("sh-wukang"));
        let take = move_stock("quarantine-1", "sh-wukang", StockDeed::Quarantine, &[("TEA-LJ-50", 4)]);
        let first = services.move_stock(&clerk, &take).await.unwrap();
        assert_eq!(services.move_stock(&clerk, &take).await.unwrap(), first);
        assert_eq!(buckets(services, "TEA-LJ-50", "sh-wukang").await, [6, 0, 4, 0]);
        let other = move_stock("quarantine-1", "sh-wukang", StockDeed::Quarantine, &[("TEA-LJ-50", 5)]);
        assert!(matches!(services.move_stock(&clerk, &other).await, Err(ServiceError::Conflict)));
        let rows = [
            (StockDeed::Restock, 1, [7, 0, 3, 0]),
            (StockDeed::WriteOff, 2, [7, 0, 1, 0]),
            (StockDeed::Receive, 5, [12, 0, 1, 0]),
            (StockDeed::Damage, 2, [10, 0, 1, 0]),
        ];
        for (at, (deed, quantity, expected)) in rows.into_iter().enumerate() {
            let request = move_stock(&format!("deed-{at}"), "sh-wukang", deed, &[("TEA-LJ-50", quantity)]);
            services.move_stock(&clerk, &request).await.unwrap();
            assert_eq!(buckets(services, "TEA-LJ-50", "sh-wukang").await, expected, "{deed:?}");
        }
        let elsewhere = move_stock("elsewhere", "sh-daxue", StockDeed::Receive, &[("TEA-LJ-50", 1)]);
        assert!(matches!(services.move_stock(&clerk, &elsewhere).await, Err(ServiceError::Forbidden)));
        assert!(matches!(
            services.stock(&Who::default(), &StockQuery::default()).await,
            Err(ServiceError::SignInNeeded)
        ));
        let wrong =
            move_stock("wrong", "sh-wukang", StockDeed::Receive, &[("NO-SUCH", 1), ("PAP-GB-01", 1), ("TEA-LJ-50", 0)]);
        let Err(ServiceError::Invalid(errors)) = services.move_stock(&clerk, &wrong).await else { panic!("taken") };
        assert_eq!(errors.len(), 3, "{errors:?}");
        proven(services).await;
    })
    .await;
}

#[tokio::test]
async fn a_balance_that_somebody_tampered_with_is_found() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        proven(&shop.services).await;
        let db = Db::open(shop.database.url(), vault::Vault::closed()).await.unwrap();
        db.run("UPDATE stock SET on_hand = on_hand + 1 WHERE sku = 'TEA-LJ-50' AND place = 'central'", vec![])
            .await
            .unwrap();
        let proof = shop.services.prove_stock(&planner()).await.unwrap();
        let [found] = proof.differences.as_slice() else { panic!("{proof:?}") };
        assert_eq!((found.sku.as_str(), found.place.as_str()), ("TEA-LJ-50", "central"));
        assert_eq!(found.stored.on_hand, found.derived.on_hand + 1);
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_exported_can_be_imported_and_changes_nothing() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        buy(services, &sent(&[("TEA-POT-120", 2)]), "key-export-1").await.unwrap();
        let text = services.export_stock(&planner()).await.unwrap();
        assert!(text.starts_with("SKU,Location,On hand,Safety,Keep back,Reserved,Available,Quarantine,In transit\n"));
        let plan = services.plan_stock(&[("stock.csv".to_owned(), text.into_bytes())]).await.unwrap();
        assert_eq!((plan.faults.len(), plan.warnings.len(), plan.stock.added, plan.stock.changed), (0, 0, 0, 0));
        let movements = services.export_movements(&planner()).await.unwrap();
        assert!(
            movements.lines().any(|line| line.contains(",TEA-POT-120,central,reserve,0,2,0,0,C26")),
            "no reservation"
        );
        assert!(matches!(services.export_stock(&Who::default()).await, Err(ServiceError::SignInNeeded)));
    })
    .await;
}
