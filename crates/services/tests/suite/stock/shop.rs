//! People, orders and looks into the stock, for stories.

use ids::{PlaceId, Sku, StaffId};
use pricing::{Cart, CompiledBook, Context, Quote};
use services::{Role, ServiceError, Services, Staff, Who};
use testkit::{cart, order};
use wire::{MoveStock, MovementQuery, SliceRequest, StockDeed, StockKey, StockLevel, StockQuery, StockUnits};

pub const PLACES: [&str; 9] =
    ["central", "east", "west", "sh-wukang", "sh-daxue", "hz-beishan", "hz-xiaohe", "cd-yulin", "cd-wangping"];

pub fn sku(text: &str) -> Sku {
    Sku::new(text).unwrap()
}

pub fn place(text: &str) -> PlaceId {
    PlaceId::new(text).unwrap()
}

pub fn units(rows: &[(&str, i64)]) -> Vec<StockUnits> {
    rows.iter().map(|(of, quantity)| StockUnits { sku: sku(of), quantity: *quantity }).collect()
}

pub fn staff(role: Role, at: Option<&str>) -> Who {
    let staff = Staff { id: StaffId::new("s-1").unwrap(), name: "测试".to_owned(), role, place: at.map(place) };
    Who { staff: Some(staff), ..Who::default() }
}

pub fn planner() -> Who {
    staff(Role::Merchandiser, None)
}

pub fn key(text: &str) -> StockKey {
    StockKey { idempotency_key: format!("key-{text}") }
}

pub async fn guest(services: &Services) -> Who {
    let token = services.session_start().await.unwrap();
    Who { session: Some(token.hash), ..Who::default() }
}

pub fn sent(lines: &[(&str, i64)]) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) }
}

pub async fn seen(services: &Services, who: &Who, cart: &Cart) -> (Context, Quote) {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let answer = services.slice(who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    (answer.context, quote)
}

pub async fn buy(services: &Services, cart: &Cart, key: &str) -> Result<wire::Order, ServiceError> {
    let who = guest(services).await;
    let (context, quote) = seen(services, &who, cart).await;
    services.place_order(&who, &order(key, cart, &context, &quote)).await
}

/// Lets there be so many units of a SKU at some places and none elsewhere, without safety stock.
pub async fn set(services: &Services, of: &str, at: &[(&str, i64)]) {
    let units = |place: &str| at.iter().find(|(one, _)| *one == place).map_or(0, |(_, units)| *units);
    let rows: Vec<String> = PLACES.iter().map(|place| format!("{of},{place},{},0,0", units(place))).collect();
    let text = format!("SKU,Location,On hand,Safety,Keep back\n{}\n", rows.join("\n"));
    let plan = services.plan_stock(&[("stock.csv".to_owned(), text.into_bytes())]).await.unwrap();
    services.commit_stock(plan, &mut |_, _| ()).await.unwrap();
}

pub async fn level(services: &Services, of: &str, at: &str) -> StockLevel {
    let query = StockQuery { sku: Some(of.to_owned()), place: Some(place(at)), ..StockQuery::default() };
    let page = services.stock(&planner(), &query).await.unwrap();
    page.rows.into_iter().find(|row| row.sku.as_str() == of).unwrap()
}

/// On hand, reserved, quarantine, in transit.
pub async fn buckets(services: &Services, of: &str, at: &str) -> [i64; 4] {
    let row = level(services, of, at).await;
    [row.on_hand, row.reserved, row.quarantine, row.in_transit]
}

pub async fn kinds(services: &Services, of: &str, at: &str) -> Vec<String> {
    let query = MovementQuery { place: Some(place(at)), ..MovementQuery::default() };
    let page = services.stock_movements(&planner(), &sku(of), &query).await.unwrap();
    page.rows.into_iter().rev().map(|row| row.kind).collect()
}

pub async fn proven(services: &Services) {
    let proof = services.prove_stock(&planner()).await.unwrap();
    assert!(proof.differences.is_empty() && proof.balances > 0, "{proof:?}");
}

pub fn move_stock(key: &str, at: &str, deed: StockDeed, lines: &[(&str, i64)]) -> MoveStock {
    MoveStock {
        idempotency_key: format!("key-{key}"),
        place: place(at),
        deed,
        lines: units(lines),
        note: String::new(),
    }
}

pub fn is_refused<T>(result: &Result<T, ServiceError>, words: &str) -> bool {
    matches!(result, Err(ServiceError::Stock(problem)) if problem.detail().en.contains(words))
}
