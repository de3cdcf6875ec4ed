//! What the stories of members share.

use ids::{CouponCode, Sku};
use pricing::{Cart, CompiledBook};
use services::{LabelArt, ServiceError, Services, SessionToken, Who};
use testkit::{TestShop, cart, order};
use wire::{CouponBatch, MakeCouponBatch, Order, RequestCode, ResolveCoupon, ResolvedCoupon, SignIn, SliceRequest};

pub(crate) const CLERK: &str = "13900000001";
pub(crate) const MERCHANDISER: &str = "13900000004";
pub(crate) const ADMINISTRATOR: &str = "13900000005";

pub(crate) async fn code_of(shop: &TestShop, phone: &str) -> SignIn {
    shop.clock.advance_seconds(61);
    shop.services.request_code(&Who::default(), &RequestCode { phone: phone.to_owned() }).await.unwrap();
    let code = shop.mailbox.last(&format!("+86{phone}")).unwrap();
    SignIn { phone: phone.to_owned(), code }
}

pub(crate) async fn member(shop: &TestShop, phone: &str) -> Who {
    let signed = shop.services.sign_in(&Who::default(), &code_of(shop, phone).await).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() }
}

pub(crate) async fn staff(shop: &TestShop, phone: &str) -> Who {
    let request = code_of(shop, phone).await;
    let token = shop.services.staff_sign_in(&Who::default(), &request).await.unwrap().token;
    let found = shop.services.session_find(&token.secret).await.unwrap().unwrap();
    Who { session: Some(found.hash), staff: found.staff, ..Who::default() }
}

pub(crate) async fn guest(services: &Services) -> Who {
    let SessionToken { hash, .. } = services.session_start().await.unwrap();
    Who { session: Some(hash), ..Who::default() }
}

pub(crate) fn coupon(text: &str) -> CouponCode {
    CouponCode::new(text).unwrap()
}

/// Buys a teapot with a generic code and perhaps unique ones, as the browser does.
pub(crate) async fn buy(
    services: &Services,
    who: &Who,
    key: &str,
    codes: &[CouponCode],
) -> Result<Order, ServiceError> {
    let shipping_method = Some("standard".to_owned());
    let cart = Cart { shipping_method, coupons: vec![coupon("TEA15")], ..cart(&[("TEA-POT-120", 1)]) };
    let skus: Vec<Sku> = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let asked = SliceRequest { skus, coupons: cart.coupons.clone(), ..SliceRequest::default() };
    let answer = services.slice(who, &asked).await.unwrap();
    let quote = CompiledBook::from_slice(answer.slice).unwrap().quote(&cart, &answer.context).unwrap();
    assert!(quote.applied.iter().any(|one| one.coupon.is_some()), "the code gives something: {:?}", quote.coupons);
    let request = wire::PlaceOrder { codes: codes.to_vec(), ..order(key, &cart, &answer.context, &quote) };
    services.place_order(who, &request).await
}

pub(crate) fn batch(prefix: Option<&str>, codes: i64) -> MakeCouponBatch {
    MakeCouponBatch {
        idempotency_key: format!("batch-{}-{codes}", prefix.unwrap_or("none")),
        coupon: coupon("TEA15"),
        prefix: prefix.map(str::to_owned),
        codes,
        per_member: None,
        starts: None,
        ends: None,
        wallet_days: None,
        occasion: None,
        note: "a test".to_owned(),
    }
}

pub(crate) async fn make(shop: &TestShop, who: &Who, request: &MakeCouponBatch) -> CouponBatch {
    shop.services.make_coupon_batch(who, request).await.unwrap()
}

pub(crate) async fn codes(shop: &TestShop, who: &Who, batch: &CouponBatch) -> Vec<String> {
    let file: String = shop.services.coupon_codes(who, &batch.id).await.unwrap().collect();
    let mut lines = file.lines().map(str::to_owned);
    assert_eq!(lines.next().as_deref(), Some("code"));
    lines.collect()
}

pub(crate) async fn resolve(services: &Services, who: &Who, code: &str) -> ResolvedCoupon {
    services.resolve_coupon(who, &ResolveCoupon { code: code.to_owned() }).await.unwrap()
}

pub(crate) fn field(result: Result<impl std::fmt::Debug, ServiceError>) -> String {
    match result {
        Err(ServiceError::Invalid(errors)) => errors[0].field.clone(),
        other => panic!("a wrong field was expected: {other:?}"),
    }
}

pub(crate) struct NoArt;

impl LabelArt for NoArt {
    fn qr_svg(&self, text: &str) -> String {
        format!("<svg>{text}</svg>")
    }

    fn ean13_svg(&self, _: &str) -> Option<String> {
        None
    }
}
