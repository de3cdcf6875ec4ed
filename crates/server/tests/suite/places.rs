//! What belongs to a place is moved by the people of that place: those of another who know its ids get nowhere, and change nothing.

use crate::{
    common::{Answer, TestShop, shop_with},
    roles::{STORE, named, staff},
};
use serde_json::{Value, json};

/// Another store.
const OTHER: &str = "sh-daxue";
const OWN_MANAGER: &str = "13900000002";
const STRANGER: &str = "13900000006";

/// What somebody does with what is at the store: method, path under `/api/v1/staff` and body.
type Deed = (&'static str, String, Value);

async fn tell(test: &TestShop, (method, path, body): &Deed, cookie: &str) -> Answer {
    let path = format!("/api/v1{path}");
    match *method {
        "get" => test.get_as(&path, cookie).await,
        "put" => test.put_as(&path, body, cookie).await,
        _ => test.post_as(&path, body, cookie).await,
    }
}

/// Something new at the store, made by its manager; its id.
async fn made(test: &TestShop, path: &str, body: &Value, cookie: &str) -> String {
    let answer = test.post_as(&format!("/api/v1{path}"), body, cookie).await;
    assert!(answer.status.is_success(), "{path}: {}", answer.text());
    answer.json::<Value>()["id"].as_str().unwrap().to_owned()
}

/// Everything that can be done with what belongs to the store, in an order in which its own manager can do all of it.
async fn deeds(test: &TestShop, manager: &str, sku: &str, fulfilment: &str) -> Vec<Deed> {
    let lines = json!([{"sku": sku, "quantity": 1}]);
    let count = json!({"idempotency_key": "places-count-1", "place": STORE});
    let count = made(test, "/staff/stock/counts", &count, manager).await;
    let other_count = json!({"idempotency_key": "places-count-2", "place": STORE});
    let other_count = made(test, "/staff/stock/counts", &other_count, manager).await;
    let transfer = |key: &str| json!({"idempotency_key": key, "origin": OTHER, "destination": STORE, "lines": lines});
    let dropped = made(test, "/staff/stock/transfers", &transfer("places-transfer-1"), manager).await;
    let announced = json!({"idempotency_key": "places-buy-1", "supplier": "x", "destination": STORE, "lines": lines});
    let bought = made(test, "/staff/stock/purchases", &announced, manager).await;
    let key = |key: &str| json!({"idempotency_key": key});
    let moved =
        json!({"idempotency_key": "places-move-1", "place": STORE, "deed": "receive", "lines": lines, "note": ""});
    vec![
        ("get", format!("/staff/places/{STORE}/tasks"), Value::Null),
        ("get", format!("/staff/places/{STORE}/pick-up?code=12345678"), Value::Null),
        ("post", format!("/staff/fulfilments/{fulfilment}/steps"), json!({"step": "start_picking"})),
        ("post", "/staff/stock/moves".to_owned(), moved),
        ("post", "/staff/stock/transfers".to_owned(), transfer("places-transfer-2")),
        ("post", format!("/staff/stock/consignments/{dropped}/cancel"), key("places-drop-1")),
        (
            "post",
            "/staff/stock/purchases".to_owned(),
            json!({"idempotency_key": "places-buy-2", "supplier": "x", "destination": STORE, "lines": lines}),
        ),
        (
            "post",
            format!("/staff/stock/consignments/{bought}/receive"),
            json!({"idempotency_key": "places-receive-1", "lines": lines}),
        ),
        ("post", "/staff/stock/counts".to_owned(), json!({"idempotency_key": "places-count-3", "place": STORE})),
        ("put", format!("/staff/stock/counts/{count}/lines"), json!({"lines": lines})),
        ("post", format!("/staff/stock/counts/{count}/post"), key("places-post-1")),
        ("post", format!("/staff/stock/counts/{other_count}/drop"), key("places-drop-2")),
        ("put", "/staff/stock/levels".to_owned(), json!({"place": STORE, "sku": sku, "safety": 1, "keep_back": 1})),
    ]
}

#[tokio::test]
async fn what_belongs_to_a_place_is_moved_by_its_own_people_only() {
    let test = shop_with(&["--demo"]).await;
    let (named, _) = named(&test).await;
    test.clock.advance_hours(25);
    let (manager, stranger) = (staff(&test, OWN_MANAGER).await, staff(&test, STRANGER).await);
    let deeds = deeds(&test, &manager, &named.sku, &named.fulfilment).await;
    for deed in &deeds {
        let answer = tell(&test, deed, &stranger).await;
        assert!(matches!(answer.status.as_u16(), 403 | 404), "{} {}: {}", deed.0, deed.1, answer.text());
    }
    // What is refused was not done: the store's own manager does all of it now.
    for deed in &deeds {
        let answer = tell(&test, deed, &manager).await;
        let nothing_there = deed.1.contains("/pick-up?") && answer.status == 404;
        assert!(answer.status.is_success() || nothing_there, "{} {}: {}", deed.0, deed.1, answer.text());
    }
}
