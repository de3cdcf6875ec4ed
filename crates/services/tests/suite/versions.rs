//! Versions of the price book: published, compared, made to hold now and later, gone back to; and orders that keep theirs.

use ids::{PriceBookId, Sku};
use pricing::{Cart, CompiledBook, Instant, book::PriceBook};
use services::{ActivationKind, Deed, Differing, Repriced, ServiceError, Services, Thing, Who};
use storage::{Db, Query};
use testkit::{Database, TestShop, cart, each_database, order};
use wire::SliceRequest;

const POT: &str = "TEA-POT-120";

fn deed(reason: &str) -> Deed {
    Deed { by: "lin".to_owned(), reason: reason.to_owned() }
}

async fn current(services: &Services) -> (PriceBookId, PriceBook) {
    let id = services.version_named("current").await.unwrap();
    let book = services.version(&id).await.unwrap();
    (id, book)
}

fn price_of<'b>(book: &'b mut PriceBook, sku: &str) -> &'b mut money::Decimal {
    &mut book.skus.iter_mut().find(|one| one.sku.as_str() == sku).unwrap().price
}

/// The book in force with another price of the teapot and no promotions, published.
async fn published_at(services: &Services, price: &str) -> PriceBookId {
    let mut draft = current(services).await.1;
    *price_of(&mut draft, POT) = price.parse().unwrap();
    draft.promotions.clear();
    services.publish(draft, &deed("new price")).await.unwrap().id
}

/// What shoppers are shown: the teapot's price, and the book.
async fn shown(services: &Services) -> (String, PriceBookId) {
    let request = SliceRequest { skus: vec![Sku::new(POT).unwrap()], ..SliceRequest::default() };
    let slice = services.slice(&Who::default(), &request).await.unwrap().slice;
    (slice.part.skus.iter().find(|one| one.sku.as_str() == POT).unwrap().price.to_string(), slice.of)
}

async fn buy(services: &Services, lines: &[(&str, i64)], key: &str) -> wire::Order {
    let who = Who { session: Some(services.session_start().await.unwrap().hash), ..Who::default() };
    let cart = Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) };
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let answer = services.slice(&who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(&cart, &answer.context).unwrap();
    services.place_order(&who, &order(key, &cart, &answer.context, &quote)).await.unwrap()
}

#[tokio::test]
async fn a_version_holds_from_its_instant_on_for_every_server_even_one_that_is_idle() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, other) = (&shop.services, shop.another().await);
        let before = shown(services).await;
        let id = published_at(services, "1.00").await;
        assert_eq!(shown(services).await, before, "publishing makes nothing hold");
        let at = Instant(services.now().0 + 3_600_000);
        let activated = services.activate(&id, Some(at), &deed("sale")).await.unwrap();
        assert_eq!((activated.from, &activated.instead_of), (at, &before.1));
        shop.clock.advance_milliseconds(3_599_500);
        for server in [services, &other] {
            assert_eq!(shown(server).await, before, "half a second before");
        }
        shop.clock.advance_milliseconds(499);
        assert_eq!(shown(services).await, before, "a millisecond before");
        shop.clock.advance_milliseconds(1);
        for server in [services, &other] {
            // Both looked at the database half a second ago: they must not wait for their next look.
            assert_eq!(shown(server).await, ("1.00".to_owned(), id.clone()), "at the instant");
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_scheduled_can_be_called_off_before_its_time_and_stays_on_record() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, other) = (&shop.services, shop.another().await);
        let before = shown(services).await;
        let id = published_at(services, "1.00").await;
        let hour = |hours: i64| Instant(services.now().0 + hours * 3_600_000);
        let (first, second) = (hour(1), hour(2));
        for at in [first, second] {
            services.activate(&id, Some(at), &deed("sale")).await.unwrap();
        }
        shown(&other).await;
        let refused = |result| assert!(matches!(result, Err(ServiceError::Invalid(_))), "{result:?}");
        refused(services.cancel(&id, None, &deed("which?")).await);
        refused(services.cancel(&id, Some(hour(3)), &deed("none")).await);
        let (one, instead) = services.cancel(&id, Some(first), &deed("too early")).await.unwrap();
        assert_eq!((one.from, &instead), (first, &before.1));
        refused(services.cancel(&id, Some(first), &deed("again")).await);
        shop.clock.advance_seconds(3_600);
        for server in [services, &other] {
            assert_eq!(shown(server).await, before);
        }
        shop.clock.advance_seconds(3_600);
        assert_eq!(shown(&other).await.1, id);
        refused(services.cancel(&id, Some(second), &deed("too late")).await);
        let recorded = services.activations().await.unwrap();
        let called_off: Vec<_> = recorded.iter().filter_map(|one| one.cancelled.as_ref()).collect();
        assert_eq!(called_off.len(), 1);
        assert_eq!(called_off[0].why, "too early");
    })
    .await;
}

#[tokio::test]
async fn what_another_process_makes_hold_at_once_is_seen_within_a_second() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, other) = (&shop.services, shop.another().await);
        let before = shown(&other).await;
        let id = published_at(services, "2.00").await;
        services.activate(&id, None, &deed("now")).await.unwrap();
        assert_eq!(shown(services).await.1, id);
        assert_eq!(shown(&other).await, before, "it looks at most once a second");
        shop.clock.advance_seconds(1);
        assert_eq!(shown(&other).await.1, id);
    })
    .await;
}

#[tokio::test]
async fn going_back_is_recorded_and_an_import_keeps_what_was_published() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let first = current(services).await.0;
        let second = published_at(services, "2.00").await;
        services.activate(&second, None, &deed("sale")).await.unwrap();
        shop.clock.advance_seconds(5);
        // A count of stock is no new price, and a new price of one product is none of another.
        import_stock(services).await;
        assert_eq!(shown(services).await, ("2.00".to_owned(), second.clone()));
        import_price(services).await;
        let (_, mut book) = current(services).await;
        assert_eq!((price_of(&mut book, POT).to_string(), book.promotions.len()), ("2.00".to_owned(), 0));
        assert_eq!(book.skus.iter().find(|one| one.sku.as_str() == "NEW-1").unwrap().price.to_string(), "7.00");
        shop.clock.advance_seconds(5);
        let (target, _) = services.roll_back(None, &deed("wrong price")).await.unwrap();
        assert_eq!((&target, shown(services).await.1), (&first, first.clone()));
        let last = services.activations().await.unwrap().pop().unwrap();
        assert_eq!(
            (last.kind, last.made_by.as_str(), last.reason.as_str()),
            (ActivationKind::Rollback, "lin", "wrong price")
        );
        assert_eq!((last.from, last.made_at), (services.now(), services.now()));
        let versions = services.versions().await.unwrap();
        assert_eq!(versions.iter().filter(|one| one.holds).map(|one| &one.book.id).collect::<Vec<_>>(), [&first]);
        assert!(services.roll_back(Some(&published_at(services, "3.00").await), &deed("never held")).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_version_whose_gifts_ran_out_is_in_force_still_and_shoppers_see_it_without_them() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (version, full) = current(services).await;
        assert_eq!(shown(services).await.1, version);
        let places =
            ["central", "east", "west", "sh-wukang", "sh-daxue", "hz-beishan", "hz-xiaohe", "cd-yulin", "cd-wangping"];
        count(services, &places.map(|place| format!("TEA-SAMPLE,{place},0,0\n")).concat()).await;
        let reduced = shown(services).await.1;
        assert_ne!(reduced, version);
        assert_eq!(services.version(&reduced).await.unwrap().promotions.len(), full.promotions.len() - 1);
        assert_eq!(current(services).await, (version.clone(), full), "a draft made of it loses no promotion");
        let versions = services.versions().await.unwrap();
        assert_eq!(versions.iter().filter(|one| one.holds).map(|one| &one.book.id).collect::<Vec<_>>(), [&version]);
        count(services, "TEA-SAMPLE,east,9,0\n").await;
        assert_eq!(shown(services).await.1, version);
    })
    .await;
}

async fn import_stock(services: &Services) {
    count(services, &format!("{POT},central,77,0\n")).await;
}

async fn count(services: &Services, rows: &str) {
    let text = format!("SKU,Location,On hand,Safety\n{rows}");
    let plan = services.plan_stock(&[("stock.csv".to_owned(), text.into_bytes())]).await.unwrap();
    services.commit_stock(plan, &mut |_, _| ()).await.unwrap();
}

async fn import_price(services: &Services) {
    let text = "Handle,Title,Variant SKU,Variant Price\nnew-thing,New thing,NEW-1,7.00\n";
    let plan = services.plan_products(&[("products.csv".to_owned(), text.as_bytes().to_vec())]).await.unwrap();
    services.commit_products(plan, &mut |_, _| ()).await.unwrap();
}

#[tokio::test]
async fn a_bad_book_is_refused_with_every_fault_and_an_unknown_version_by_name() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let (id, book) = current(services).await;
        let mut bad = book.clone();
        bad.skus.push(bad.skus[0].clone());
        bad.promotions[0].ends = bad.promotions[0].starts;
        let Err(ServiceError::BadData(faults)) = services.publish(bad, &deed("")).await else { panic!("published") };
        assert_eq!(faults.len(), 2, "{faults:?}");
        let foreign = PriceBook { currency: serde_json::from_str("\"JPY\"").unwrap(), ..book.clone() };
        assert!(matches!(services.publish(foreign, &deed("")).await, Err(ServiceError::BadData(_))));
        let again = services.publish(book.clone(), &deed("")).await.unwrap();
        assert_eq!((again.id, again.is_new, again.unpriced.len()), (id.clone(), false, 0));
        let mut short = book;
        let left_out = short.skus.remove(0).sku;
        assert_eq!(services.publish(short, &deed("")).await.unwrap().unpriced, [left_out]);
        assert_eq!(services.version_named(&id.as_str()[..8]).await.unwrap(), id);
        for (name, is_missing) in [("0000000000", true), ("abc", false), ("XYZ12", false), ("", false)] {
            let error = services.version_named(name).await.unwrap_err();
            assert_eq!(matches!(error, ServiceError::NotFound(Thing::PriceBook)), is_missing, "{name}: {error}");
        }
        let past = Instant(services.now().0 - 1);
        assert!(matches!(services.activate(&id, Some(past), &deed("")).await, Err(ServiceError::Invalid(_))));
        let nothing = PriceBookId::new("feed").unwrap();
        assert!(matches!(services.activate(&nothing, None, &deed("")).await, Err(ServiceError::NotFound(_))));
    })
    .await;
}

async fn repriced(services: &Services, since: Instant) -> (Repriced, Vec<Differing>) {
    let mut found = Vec::new();
    let counts = services.reprice(since, &mut |one| found.push(one.clone())).await.unwrap();
    (counts, found)
}

/// Runs a statement behind the shop's back.
async fn tamper(database: &str, sql: &'static str) {
    let db = Db::open(database, vault::Vault::closed()).await.unwrap();
    assert_eq!(db.run(sql, vec![]).await.unwrap(), 1, "{sql}");
    db.close().await;
}

#[tokio::test]
async fn orders_are_computed_again_with_their_own_books_and_a_tampered_byte_is_told() {
    each_database(|database: Database| async {
        let url = database.url().to_owned();
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let since = services.now();
        buy(services, &[(POT, 2), ("COF-KT-BLK", 1)], "key-one-1").await;
        shop.clock.advance_seconds(60);
        let id = published_at(services, "3.00").await;
        services.activate(&id, None, &deed("sale")).await.unwrap();
        let second = buy(services, &[(POT, 1)], "key-two-2").await;
        assert_eq!((&second.quote.book, second.quote.subtotal), (&id, 300));
        shop.clock.advance_seconds(60);
        services.roll_back(None, &deed("over")).await.unwrap();
        let third = buy(services, &[(POT, 3)], "key-three-3").await;
        let fresh = shop.another().await;
        assert_eq!(repriced(&fresh, since).await, (Repriced { orders: 3, other_engines: 0, differing: 0 }, vec![]));
        assert_eq!(repriced(&fresh, third.placed_at).await.0.orders, 1);
        // One digit of one stored quote.
        tamper(&url, "UPDATE orders SET quote = replace(quote, '\"subtotal\":300', '\"subtotal\":301') WHERE idempotency_key = 'key-two-2'").await;
        let (counts, found) = repriced(&fresh, since).await;
        assert_eq!((counts.orders, counts.differing, found.len()), (3, 1, 1));
        let one = &found[0];
        assert_eq!(one.number, second.number);
        assert!(one.field.ends_with("subtotal") && (one.stored.as_str(), one.again.as_str()) == ("301", "300"), "{one:?}");
        tamper(&url, "UPDATE orders SET payable_minor = 1 WHERE idempotency_key = 'key-three-3'").await;
        tamper(&url, "UPDATE orders SET cart = 'no cart' WHERE idempotency_key = 'key-one-1'").await;
        let fields: Vec<String> = repriced(&fresh, since).await.1.into_iter().map(|one| one.field).collect();
        assert_eq!(fields, ["cart", &one.field, "order.payable_minor"]);
    })
    .await;
}

#[tokio::test]
async fn a_book_that_was_tampered_with_computes_nothing() {
    each_database(|database: Database| async {
        let url = database.url().to_owned();
        let shop = TestShop::new(database).await;
        let since = shop.services.now();
        buy(&shop.services, &[(POT, 1)], "key-book-1").await;
        let id = published_at(&shop.services, "4.00").await;
        shop.services.activate(&id, None, &deed("sale")).await.unwrap();
        tamper(&url, "UPDATE price_books SET document = replace(document, '\"TEA-POT-120\"', '\"TEA-POT-121\"') WHERE id = (SELECT book FROM orders)").await;
        let fresh = shop.another().await;
        let (counts, found) = repriced(&fresh, since).await;
        assert_eq!((counts.orders, counts.differing, found[0].field.as_str()), (1, 1, "book"));
        assert!(found[0].again.contains("has the hash"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn an_order_of_an_older_engine_is_compared_but_for_the_engines_name() {
    each_database(|database: Database| async {
        let url = database.url().to_owned();
        let shop = TestShop::new(database).await;
        let since = shop.services.now();
        let mut quote = buy(&shop.services, &[(POT, 2)], "key-engine-1").await.quote;
        "0.0".clone_into(&mut quote.engine);
        quote.hash = quote.compute_hash();
        let db = Db::open(&url, vault::Vault::closed()).await.unwrap();
        let values = vec![serde_json::to_string(&quote).unwrap().into(), quote.hash.as_str().into()];
        db.run("UPDATE orders SET engine = '0.0', quote = $1, quote_hash = $2", values).await.unwrap();
        db.close().await;
        let counts = repriced(&shop.services, since).await.0;
        assert_eq!(counts, Repriced { orders: 1, other_engines: 1, differing: 0 });
        tamper(&url, "UPDATE orders SET engine = '0.1'").await;
        let (counts, found) = repriced(&shop.services, since).await;
        assert_eq!((counts.differing, found[0].field.as_str(), found[0].stored.as_str()), (1, "engine", "\"0.0\""));
    })
    .await;
}

/// Another server hears at once of what is made to hold, not when it looks for itself.
#[tokio::test]
async fn a_server_hears_of_what_another_one_makes_hold() {
    let Some(database) = Database::postgres().await else { return };
    let shop = TestShop::new(database).await;
    let other = shop.another().await;
    let following = other.clone();
    let task = tokio::spawn(async move { following.follow_changes().await });
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let id = published_at(&shop.services, "1.00").await;
    shop.services.activate(&id, None, &deed("now")).await.unwrap();
    // The clock stands, so the look once a second never comes.
    let begun = std::time::Instant::now();
    while shown(&other).await.1 != id {
        assert!(begun.elapsed().as_secs() < 5, "the word did not come");
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    task.abort();
}
