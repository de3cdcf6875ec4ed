//! What shoppers take and see: nothing is sold twice, bundles consume their components, and pages say where and when.

use super::shop::*;
use ids::Handle;
use pricing::Instant;
use services::{Role, ServiceError, Who};
use testkit::{Database, TestShop, each_database};
use tokio::task::JoinSet;
use wire::{AnnouncePurchase, Arrival, AvailabilityQuery, Bundle, FiguresQuery, SetStockLevels, SourcingExperiment};

#[tokio::test]
async fn the_last_units_are_sold_once_however_many_want_them() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        set(&shop.services, "TEA-POT-120", &[("central", 3), ("east", 2), ("sh-wukang", 2)]).await;
        let levels = SetStockLevels { sku: sku("TEA-POT-120"), place: place("sh-wukang"), safety: 0, keep_back: 1 };
        shop.services.set_stock_levels(&planner(), &levels).await.unwrap();
        let second = shop.another().await;
        let mut tries = JoinSet::new();
        for at in 0..20 {
            let services = if at % 2 == 0 { shop.services.clone() } else { second.clone() };
            tries.spawn(async move { buy(&services, &sent(&[("TEA-POT-120", 1)]), &format!("key-last-{at}")).await });
        }
        let results = tries.join_all().await;
        let sold = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(sold, 6, "seven units, of which a store keeps one back");
        let refused = results.iter().filter_map(|result| result.as_ref().err());
        assert!(refused.into_iter().all(|error| matches!(error, ServiceError::OutOfStock(_))));
        assert_eq!(buckets(&shop.services, "TEA-POT-120", "sh-wukang").await, [2, 1, 0, 0]);
        proven(&shop.services).await;
    })
    .await;
}

#[tokio::test]
async fn bundles_and_their_components_are_never_oversold_together() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        set(services, "PAP-FP-F", &[("central", 5), ("east", 2)]).await;
        set(services, "PAP-IK-SOOT", &[("central", 50)]).await;
        set(services, "PAP-NB-LIN", &[("central", 50), ("east", 9)]).await;
        let mut tries = JoinSet::new();
        for at in 0..16 {
            let services = services.clone();
            let cart = sent(&[(if at % 2 == 0 { "PAP-GB-01" } else { "PAP-FP-F" }, 1)]);
            tries.spawn(async move { (at % 2 == 0, buy(&services, &cart, &format!("key-set-{at}")).await.is_ok()) });
        }
        let results = tries.join_all().await;
        let sold = |bundle: bool| results.iter().filter(|(is_bundle, ok)| *is_bundle == bundle && *ok).count();
        assert_eq!(
            sold(true) + sold(false),
            7,
            "a box takes a pen, and there are seven; boxes need ink, which only the centre has"
        );
        assert!(sold(true) <= 5);
        let pens = (buckets(services, "PAP-FP-F", "central").await[1], buckets(services, "PAP-FP-F", "east").await[1]);
        assert_eq!(pens, (5, 2));
        let inks = buckets(services, "PAP-IK-SOOT", "central").await[1];
        assert_eq!(usize::try_from(inks).unwrap(), sold(true));
        proven(services).await;
    })
    .await;
}

#[tokio::test]
async fn shoppers_see_where_and_when() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        set(services, "TEA-LJ-50", &[("sh-wukang", 2), ("sh-daxue", 1), ("hz-beishan", 4)]).await;
        set(services, "TEA-LJ-100", &[]).await;
        let handle = Handle::new("longjing-tea-tin").unwrap();
        let query = AvailabilityQuery { store: Some(place("sh-wukang")), ..AvailabilityQuery::default() };
        let found = services.availability(&handle, &query).await.unwrap();
        let (small, large) = (&found.variants[0], &found.variants[1]);
        assert_eq!((small.available, small.near, &small.delivery), (7, 2, &Arrival::Now));
        let near: Vec<(&str, i64, Option<i64>)> =
            small.places.iter().take(3).map(|one| (one.place.as_str(), one.available, one.km)).collect();
        assert_eq!(near, [("sh-wukang", 2, Some(0)), ("sh-daxue", 1, Some(12)), ("east", 0, Some(84))]);
        // Twelve of the large tin are under way and come tomorrow.
        let at_beishan = large.places.iter().find(|one| one.place.as_str() == "hz-beishan").unwrap();
        assert_eq!(
            (at_beishan.available, &at_beishan.when, &large.delivery),
            (0, &Arrival::Tomorrow, &Arrival::Tomorrow)
        );
        let many = AvailabilityQuery { quantity: Some(30), ..query.clone() };
        let found = services.availability(&handle, &many).await.unwrap();
        assert_eq!(found.variants[1].delivery, Arrival::Unknown);
        let purchase = AnnouncePurchase {
            idempotency_key: "key-purchase".to_owned(),
            supplier: "翁家山茶厂".to_owned(),
            destination: place("central"),
            expected: Some(Instant(services.now().0 + 4 * 86_400_000)),
            lines: units(&[("TEA-LJ-100", 40)]),
            note: String::new(),
        };
        services.announce_purchase(&planner(), &purchase).await.unwrap();
        let found = services.availability(&handle, &many).await.unwrap();
        assert_eq!(found.variants[1].delivery, Arrival::On { day: "2026-11-26".to_owned(), weekday: 4 });
        let unknown = AvailabilityQuery { store: Some(place("nowhere")), ..AvailabilityQuery::default() };
        assert!(matches!(services.availability(&handle, &unknown).await, Err(ServiceError::Invalid(_))));
        // The page shows the same.
        let product = services.product(&Who::default(), &handle).await.unwrap();
        assert_eq!((product.variants[0].available, &product.variants[1].delivery), (7, &Arrival::Tomorrow));
    })
    .await;
}

#[tokio::test]
async fn two_strategies_serve_side_by_side_and_their_figures_are_told() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, planner) = (&shop.services, planner());
        let mut settings = services.sourcing(&planner).await.unwrap();
        settings.experiment =
            Some(SourcingExperiment { name: "near".to_owned(), b: "nearby".to_owned(), share_permille: 500 });
        services.put_sourcing(&planner, &settings).await.unwrap();
        let manager = staff(Role::StoreManager, Some("sh-wukang"));
        assert!(matches!(services.put_sourcing(&manager, &settings).await, Err(ServiceError::Forbidden)));
        for at in 0..24 {
            buy(services, &sent(&[("TEA-LJ-50", 1)]), &format!("key-experiment-{at}")).await.unwrap();
        }
        let figures = services.sourcing_figures(&planner, &FiguresQuery::default()).await.unwrap();
        let names: Vec<&str> = figures.iter().map(|one| one.strategy.as_str()).collect();
        assert_eq!(names, ["central-first", "nearby"]);
        assert_eq!(figures.iter().map(|one| one.orders).sum::<i64>(), 24);
        // Orders to Shanghai: one strategy sends from Jiaxing, the other from a store in town.
        let km = |at: usize| figures[at].km / figures[at].parcels;
        assert!(km(0) > 70 && km(1) < 20, "{figures:?}");
        assert!(figures.iter().all(|one| one.parcels == one.orders && one.cost_minor > 0 && one.bounded == 0));
    })
    .await;
}

#[tokio::test]
async fn a_bundle_is_made_of_what_has_stock() {
    let shop = TestShop::new(Database::sqlite()).await;
    let (services, planner) = (&shop.services, planner());
    let put = |of: &str, parts: &[(&str, i64)]| Bundle { sku: sku(of), components: units(parts) };
    let refused = |result: Result<Bundle, ServiceError>| matches!(result, Err(ServiceError::Invalid(_)));
    assert!(
        refused(services.put_bundle(&planner, &put("BOD-GB-01", &[("TEA-LJ-50", 1)])).await),
        "it has stock of its own"
    );
    assert!(refused(services.put_bundle(&planner, &put("PAP-GB-01", &[("PAP-GB-01", 1)])).await));
    assert!(refused(services.put_bundle(&planner, &put("PAP-GB-01", &[("NO-SUCH", 1)])).await));
    set(services, "BOD-GB-01", &[]).await;
    services.put_bundle(&planner, &put("BOD-GB-01", &[("TEA-LJ-50", 1), ("TEA-LJ-100", 2)])).await.unwrap();
    assert_eq!(services.bundles(&planner).await.unwrap().len(), 2);
    let handle = Handle::new("quiet-bath-gift-box").unwrap();
    assert!(services.product(&Who::default(), &handle).await.unwrap().variants[0].available > 0);
}
