//! What orders ask of stock, inside one transaction: reserving, letting go, sending, taking back, and sourcing again.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use super::{
    AllocationAsk, Need, Short, allocate,
    allocate::Allocated,
    held::{Returned, issue, release, return_in},
};
use crate::{
    DemoFiles, FixedKeys, KeyRing, LogMessages, OwnCarrier, Result, ServiceError, Services, ServicesConfig, SystemClock,
};
use ids::{LineId, OrderNumber, PlaceId, Sku};
use pricing::Instant;
use std::{collections::BTreeSet, sync::Arc};
use storage::{Tx, stock as rows};
use testkit::{Database, TestDataKeys, each_database};
use wire::{Address, Delivery};

async fn shop(database: &Database) -> Services {
    let keys = KeyRing::generate(Instant(0)).unwrap();
    let config = ServicesConfig {
        database_url: database.url().to_owned(),
        replica_url: None,
        clock: Arc::new(SystemClock),
        messages: Arc::new(LogMessages),
        carrier: Arc::new(OwnCarrier),
        otp_pepper: b"a pepper for tests only".to_vec(),
        held_keys: Arc::new(FixedKeys::new(keys)),
        data_keys: Arc::new(TestDataKeys::default()),
        public_url: "http://shop.test".to_owned(),
        gateways: Vec::new(),
        demo_payments: false,
    };
    let services = Services::open(config).await.unwrap();
    let promotions = demo::promotions(services.now().0 / 1000);
    let files = DemoFiles {
        products_csv: demo::PRODUCTS_CSV,
        translations_csv: demo::TRANSLATIONS_CSV,
        stock_csv: demo::STOCK_CSV,
        shop_json: demo::SHOP_JSON,
        promotions_json: &promotions,
    };
    assert!(services.load_demo(files).await.unwrap());
    services
}

fn sku(text: &str) -> Sku {
    Sku::new(text).unwrap()
}

fn need(of: &str, quantity: i64) -> Need {
    Need { line: LineId::new(of).unwrap(), sku: sku(of), quantity, gift: false }
}

fn number(text: &str) -> OrderNumber {
    OrderNumber::new(text).unwrap()
}

fn to_shanghai() -> Delivery {
    Delivery::Ship { address: Address { province: "上海市".to_owned(), ..Address::default() } }
}

async fn ask(
    services: &Services,
    tx: &Tx,
    needs: &[Need],
    delivery: &Delivery,
    exclude: &[&str],
) -> Result<Result<Allocated, Vec<Short>>> {
    let active = services.active().await?;
    let exclude: BTreeSet<PlaceId> = exclude.iter().map(|place| PlaceId::new(*place).unwrap()).collect();
    let ask = AllocationAsk {
        in_hand: false,
        active: &active,
        order: &number("C1"),
        needs,
        delivery,
        channel: "web",
        region: None,
        exclude: &exclude,
        now: Instant(1),
    };
    allocate(tx, &ask).await
}

async fn buckets(tx: &Tx, of: &str, place: &PlaceId) -> [i64; 3] {
    let row = rows::one(tx, &sku(of), place).await.unwrap().unwrap();
    [row.on_hand, row.reserved, row.quarantine]
}

fn is_refused(result: &Result<()>) -> bool {
    matches!(result, Err(ServiceError::Stock(_)))
}

#[tokio::test]
async fn a_bundle_is_reserved_sent_and_taken_back_as_its_components() {
    each_database(|database| async move {
        let services = shop(&database).await;
        let tx = services.db().begin().await.unwrap();
        let given =
            ask(&services, &tx, &[need("PAP-GB-01", 2), need("PAP-NB-LIN", 1)], &to_shanghai(), &[]).await.unwrap();
        let given = given.unwrap();
        let [from] = given.places.as_slice() else { panic!("{given:?}") };
        assert_eq!((from.place.as_str(), from.sends, given.strategy.as_str()), ("central", true, "central-first"));
        let parts: Vec<(&str, i64)> = from.components.iter().map(|(sku, units)| (sku.as_str(), *units)).collect();
        assert_eq!(parts, [("PAP-FP-F", 2), ("PAP-IK-SOOT", 2), ("PAP-NB-LIN", 3)]);
        assert!(given.why.en.starts_with("from Jiaxing Central Warehouse: all lines"), "{}", given.why.en);
        let (place, order, now) = (&from.place, number("C1"), Instant(2));
        let [on_hand, reserved, _] = buckets(&tx, "PAP-NB-LIN", place).await;
        assert_eq!(reserved, 3);
        let some = |of: &str, units| [(sku(of), units)];
        issue(&tx, now, &order, place, &some("PAP-GB-01", 2)).await.unwrap();
        release(&tx, now, &order, place, &some("PAP-NB-LIN", 1)).await.unwrap();
        assert_eq!(buckets(&tx, "PAP-NB-LIN", place).await, [on_hand - 2, 0, 0]);
        let store = PlaceId::new("sh-daxue").unwrap();
        let [there, ..] = buckets(&tx, "PAP-NB-LIN", &store).await;
        let back = async |of, returned| return_in(&tx, now, &order, &store, &some(of, 1), returned, Some("R1")).await;
        back("PAP-GB-01", Returned::Quarantine).await.unwrap();
        assert_eq!(buckets(&tx, "PAP-NB-LIN", &store).await, [there, 0, 1]);
        back("PAP-NB-LIN", Returned::Restock).await.unwrap();
        assert_eq!(buckets(&tx, "PAP-NB-LIN", &store).await, [there + 1, 0, 1]);
        assert!(is_refused(&back("PAP-NB-LIN", Returned::Restock).await), "two left, and two came back");
    })
    .await;
}

#[tokio::test]
async fn an_order_gives_away_only_what_it_holds_itself() {
    each_database(|database| async move {
        let services = shop(&database).await;
        let tx = services.db().begin().await.unwrap();
        let given = ask(&services, &tx, &[need("TEA-LJ-50", 2)], &to_shanghai(), &[]).await.unwrap().unwrap();
        let place = given.places[0].place.clone();
        tx.commit().await.unwrap();
        for (order, units) in [("C1", 3), ("C2", 1)] {
            let tx = services.db().begin().await.unwrap();
            let taken = release(&tx, Instant(2), &number(order), &place, &[(sku("TEA-LJ-50"), units)]).await;
            assert!(is_refused(&taken), "{order} {units}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_place_that_refuses_is_left_out_and_a_pick_up_stays_in_its_store() {
    each_database(|database| async move {
        let services = shop(&database).await;
        let tx = services.db().begin().await.unwrap();
        let needs = [need("TEA-LJ-50", 1)];
        let from = async |exclude: &[&str]| {
            let given = ask(&services, &tx, &needs, &to_shanghai(), exclude).await.unwrap().unwrap();
            (given.places[0].place.to_string(), given.why.en)
        };
        assert_eq!(from(&[]).await.0, "central");
        let (place, why) = from(&["central"]).await;
        assert_eq!(place, "east");
        assert!(why.ends_with("Jiaxing Central Warehouse refused"), "{why}");
        let pick_up = Delivery::PickUp { store: PlaceId::new("sh-wukang").unwrap() };
        let given = ask(&services, &tx, &needs, &pick_up, &[]).await.unwrap().unwrap();
        assert_eq!((given.places[0].place.as_str(), given.places[0].sends), ("sh-wukang", false));
        let shorts = ask(&services, &tx, &[need("TEA-LJ-50", 50)], &pick_up, &[]).await.unwrap().unwrap_err();
        assert!(shorts[0].available < 50 && shorts[0].elsewhere > 50, "{shorts:?}");
    })
    .await;
}
