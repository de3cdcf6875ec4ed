//! Every endpoint, asked by everybody: who may do what is written in `roles.txt`, and nothing else answers.

use crate::common::{TestShop, request, shop_with};
use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Map, Value, json};
use services::{Permission, Role};
use wire::{Order, OrderPayments, ReturnReceipt};

/// A store of the demo whose people are asked.
pub const STORE: &str = "sh-wukang";

/// Somebody who asks.
struct Actor {
    name: &'static str,
    cookie: String,
    role: Option<Role>,
}

/// What paths name.
pub struct Named {
    order: String,
    payment: String,
    pub fulfilment: String,
    returned: String,
    member: String,
    pub sku: String,
    handle: String,
}

pub async fn staff(test: &TestShop, phone: &str) -> String {
    test.post("/api/v1/auth/code", &json!({"phone": phone})).await;
    let answer = test.post("/api/v1/staff/sign-in", &json!({"phone": phone, "code": test.mailbox.last_code()})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.session()
}

async fn actors(test: &TestShop) -> Vec<Actor> {
    // So many codes a minute, an hour and a day.
    test.clock.advance_hours(25);
    let mut all = vec![Actor { name: "nobody", cookie: String::new(), role: None }];
    let guest = test.post("/api/v1/session", &json!({})).await.session();
    all.push(Actor { name: "guest", cookie: guest, role: None });
    all.push(Actor { name: "member", cookie: test.sign_in("13800000002").await, role: None });
    let people = [
        ("clerk", "13900000001", Role::Clerk),
        ("store manager", "13900000002", Role::StoreManager),
        ("service", "13900000003", Role::Service),
        ("merchandiser", "13900000004", Role::Merchandiser),
        ("administrator", "13900000005", Role::Administrator),
    ];
    for (name, phone, role) in people {
        all.push(Actor { name, cookie: staff(test, phone).await, role: Some(role) });
    }
    all
}

/// An order of somebody else, with everything that hangs on it.
pub async fn named(test: &TestShop) -> (Named, String) {
    let owner = test.sign_in("13800000001").await;
    let (sku, product) = test.some_sku().await;
    let mut order =
        test.order_of(json!({"lines": [{"id": "1", "sku": sku, "quantity": 2}]}), "walk-order", &owner).await;
    order["delivery"] = json!({"kind": "pick_up", "store": STORE});
    let placed = test.post_as("/api/v1/orders", &order, &owner).await;
    assert_eq!(placed.status, 201, "{}", placed.text());
    let placed: Order = placed.json();
    let payments: OrderPayments =
        test.get_as(&format!("/api/v1/orders/{}/payments", placed.number), &owner).await.json();
    let cancel = json!({"idempotency_key": "walk-cancel", "lines": [{"line": "1", "units": 1}], "reason": ""});
    let path = format!("/api/v1/orders/{}/cancel", placed.number);
    let cancelled = test.post_as(&path, &cancel, &owner).await;
    assert_eq!(cancelled.status, 200, "{}", cancelled.text());
    let cancelled: Order = cancelled.json();
    let find = json!({"text": "13800000001"});
    let clerk = staff(test, "13900000003").await;
    let member: Value = test.post_as("/api/v1/staff/members/find", &find, &clerk).await.json();
    let named = Named {
        order: placed.number.to_string(),
        payment: payments.payments[0].id.to_string(),
        fulfilment: cancelled.fulfilments[0].id.to_string(),
        returned: cancelled.returns[0].id.as_ref().unwrap().to_string(),
        member: member["id"].as_str().unwrap().to_owned(),
        sku,
        handle: product.handle.to_string(),
    };
    let receipt = test.get_as(&format!("/api/v1/returns/{}", named.returned), &owner).await;
    assert_eq!(receipt.json::<ReturnReceipt>().id.unwrap().to_string(), named.returned);
    (named, owner)
}

impl Named {
    fn path(&self, route: &str) -> String {
        let nothing = "01900000-0000-7000-8000-000000000000";
        let id = match route {
            route if route.contains("/payments/") => &self.payment,
            route if route.contains("/fulfilments/") => &self.fulfilment,
            route if route.contains("/returns/") => &self.returned,
            route if route.contains("/members/") => &self.member,
            _ => nothing,
        };
        let names = [
            ("{number}", self.order.as_str()),
            ("{id}", id),
            ("{member}", &self.member),
            ("{place}", STORE),
            ("{sku}", &self.sku),
            ("{handle}", &self.handle),
            ("{code}", "NOSUCH1"),
            ("{provider}", "demo_pay"),
        ];
        let path = names.iter().fold(route.to_owned(), |path, (name, value)| path.replace(name, value));
        if route.ends_with("/pick-up") { format!("{path}?code=123456") } else { path }
    }
}

/// Something that the schema allows: what has to be there, and as little of it as possible.
fn sample(schema: &Value, all: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        return sample(all.pointer(name.trim_start_matches('#')).unwrap(), all);
    }
    if let Some(example) = schema.get("example") {
        return example.clone();
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(one) = schema.get("const") {
        return one.clone();
    }
    for list in ["oneOf", "anyOf"] {
        if let Some(one) = schema[list].as_array().and_then(|list| list.iter().find(|one| one["type"] != "null")) {
            return sample(one, all);
        }
    }
    if let Some(parts) = schema["allOf"].as_array() {
        let parts = parts.iter().filter_map(|part| sample(part, all).as_object().cloned());
        return Value::Object(parts.fold(Map::new(), |whole, part| whole.into_iter().chain(part).collect()));
    }
    let kind = schema["type"]
        .as_str()
        .or_else(|| schema["type"].as_array()?.iter().find_map(|kind| kind.as_str().filter(|kind| *kind != "null")));
    match kind {
        Some("object") => {
            let needed = schema["required"].as_array().cloned().unwrap_or_default();
            let names = needed.iter().filter_map(Value::as_str);
            let value = |name: &str| match name {
                "idempotency_key" => json!("walk-key-0001"),
                "place" | "destination" | "store" => json!(STORE),
                _ => sample(&schema["properties"][name], all),
            };
            Value::Object(names.map(|name| (name.to_owned(), value(name))).collect())
        }
        Some("array") => json!([]),
        Some("integer" | "number") => schema.get("minimum").cloned().unwrap_or_else(|| json!(1)),
        Some("boolean") => json!(false),
        _ => json!("x"),
    }
}

/// Bodies of which the schema alone does not say enough.
fn body(route: &str, schema: &Value, all: &Value) -> Value {
    match route {
        "post /api/v1/orders/{number}/returns/preview" => json!({"goods": [{"line": "1", "units": 1}]}),
        _ => sample(schema, all),
    }
}

async fn ask(test: &TestShop, method: &str, path: &str, body: Option<&Value>, cookie: &str) -> (u16, String) {
    let builder =
        request(Method::from_bytes(method.to_uppercase().as_bytes()).unwrap(), path).header(header::COOKIE, cookie);
    let request = match body {
        Some(body) => builder.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())),
        None => builder.body(Body::empty()),
    };
    let answer = test.send(request.unwrap()).await;
    (answer.status.as_u16(), answer.text())
}

/// What the table says of somebody: whether the answer may be one that turns them away.
fn is_as_written(written: &str, actor: &Actor, status: u16) -> bool {
    let turned_away = matches!(status, 401 | 403);
    match written {
        "anyone" => !turned_away,
        "member" if actor.name == "member" => !turned_away,
        "member" => turned_away,
        permissions => {
            let (own, permissions) = permissions.strip_prefix("own:").map_or((false, permissions), |rest| (true, rest));
            // Only for those whose role is not bound to a place.
            let (wide, permissions) = permissions.strip_suffix('*').map_or((false, permissions), |rest| (true, rest));
            let known = |name: &str| Permission::ALL.into_iter().find(|one| format!("{one:?}") == name).unwrap();
            let may =
                |role: Role| permissions.split('+').all(|name| role.may(known(name))) && !(wide && role.is_bound());
            match actor.role {
                Some(role) if may(role) => !turned_away,
                // Nobody who asks is the owner: to shoppers the order is as good as not there.
                _ if own => matches!(status, 401 | 403 | 404),
                Some(_) => status == 403,
                None => turned_away,
            }
        }
    }
}

#[tokio::test]
async fn everybody_is_let_in_where_the_table_says_and_nowhere_else() {
    let test = shop_with(&["--demo"]).await;
    let document: Value = test.read("/api/v1/openapi.json").await;
    let (named, owner) = named(&test).await;
    let mut people = actors(&test).await;
    let (mut wrong, mut asked) = (Vec::new(), 0);
    for line in include_str!("roles.txt").lines() {
        let (route, written) = line.rsplit_once(' ').unwrap();
        let (method, path) = route.split_once(' ').unwrap();
        let operation = &document["paths"][path][method];
        let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
        let body = schema.is_object().then(|| body(route, schema, &document));
        for actor in &people {
            let (status, text) = ask(&test, method, &named.path(path), body.as_ref(), &actor.cookie).await;
            asked += 1;
            if status >= 500 || !is_as_written(written, actor, status) {
                wrong.push(format!(
                    "{line}: {} got {status} {}",
                    actor.name,
                    text.chars().take(160).collect::<String>()
                ));
            }
        }
        // These end sessions.
        if ["/sign-out", "/sign-in", "/erase"].iter().any(|end| path.ends_with(end)) {
            people = actors(&test).await;
        }
        if written.starts_with("own:") {
            let (status, text) = ask(&test, method, &named.path(path), body.as_ref(), &owner).await;
            if matches!(status, 401 | 403 | 404 | 500..) {
                wrong.push(format!("{line}: the owner got {status} {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked} answers:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn the_table_names_every_route() {
    let written: Vec<&str> = include_str!("roles.txt").lines().map(|line| line.rsplit_once(' ').unwrap().0).collect();
    assert_eq!(written, include_str!("routes.txt").lines().collect::<Vec<_>>());
}
