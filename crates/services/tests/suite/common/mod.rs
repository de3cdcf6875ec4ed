//! Shoppers and employees, as several stories need them.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    reason = "each story uses its part, and stops where something is wrong"
)]

use ids::Sku;
use pricing::{Cart, CompiledBook, Quote};
use services::{ServiceError, Services, SessionToken, Who};
use testkit::{TestShop, cart, order};
use wire::{PlaceOrder, RequestCode, SignIn, SliceRequest};

pub async fn guest(services: &Services) -> Who {
    let SessionToken { hash, .. } = services.session_start().await.unwrap();
    Who { session: Some(hash), ..Who::default() }
}

pub async fn code(shop: &TestShop, phone: &str) -> String {
    shop.clock.advance_seconds(61);
    shop.services.request_code(&Who::default(), &RequestCode { phone: phone.to_owned() }).await.unwrap();
    shop.mailbox.last(&format!("+86{phone}")).unwrap()
}

pub async fn member(shop: &TestShop, phone: &str) -> Who {
    let who = guest(&shop.services).await;
    let code = code(shop, phone).await;
    let signed = shop.services.sign_in(&who, &SignIn { phone: phone.to_owned(), code }).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..who }
}

pub async fn staff(shop: &TestShop, phone: &str) -> Who {
    let code = code(shop, phone).await;
    let request = SignIn { phone: phone.to_owned(), code };
    let signed = shop.services.staff_sign_in(&Who::default(), &request).await.unwrap();
    let found = shop.services.session_find(&signed.token.secret).await.unwrap().unwrap();
    let ip = Some(std::net::IpAddr::from([192, 0, 2, 77]));
    Who { session: Some(found.hash), staff: found.staff, ip, ..Who::default() }
}

/// What the browser does: takes the slice and quotes by itself.
pub async fn seen(services: &Services, who: &Who, cart: &Cart) -> (pricing::Context, Quote) {
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let request = SliceRequest { skus, coupons: cart.coupons.clone(), ..SliceRequest::default() };
    let answer = services.slice(who, &request).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    (answer.context, quote)
}

pub async fn buy_as(
    services: &Services,
    who: &Who,
    cart: &Cart,
    key: &str,
    change: impl FnOnce(&mut PlaceOrder),
) -> Result<wire::Order, ServiceError> {
    let (context, quote) = seen(services, who, cart).await;
    let mut order = order(key, cart, &context, &quote);
    change(&mut order);
    services.place_order(who, &order).await
}

pub fn sent(lines: &[(&str, i64)]) -> Cart {
    Cart { shipping_method: Some("standard".to_owned()), ..cart(lines) }
}
