//! What must be right in a request before an order is tried.

use super::quote::quote_of;
use crate::{Result, ServiceError, active::Active, members::phone};
use pricing::{Cart, Text};
use wire::{Address, Contact, Delivery, FieldError, PlaceKind, PlaceOrder};

const KEY_CHARS: std::ops::RangeInclusive<usize> = 8..=100;
const TEXT_CHARS_MAX: usize = 200;

/// Gathers all that is wrong.
#[derive(Default)]
struct Faults(Vec<FieldError>);

impl Faults {
    fn say(&mut self, field: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(FieldError { field: field.to_owned(), message: Text::new(zh, en) });
    }

    /// A text that must be there and fit on a parcel.
    fn text(&mut self, field: &str, text: &str, zh: &str, en: &str) {
        let text = text.trim();
        if text.is_empty() {
            self.say(field, format!("请填写{zh}"), format!("enter the {en}"));
        } else if text.chars().count() > TEXT_CHARS_MAX || text.chars().any(char::is_control) {
            self.say(field, format!("{zh}太长或含有控制字符"), format!("the {en} is too long or has control characters"));
        }
    }
}

/// Checks everything but prices and stock; every fault is named.
pub(super) fn check(active: &Active, request: &PlaceOrder) -> Result<()> {
    let mut faults = Faults::default();
    if !KEY_CHARS.contains(&request.idempotency_key.chars().count()) {
        faults.say("idempotency_key", "幂等键须为 8 到 100 个字符", "an idempotency key has 8 to 100 characters");
    }
    if request.cart.lines.is_empty() {
        faults.say("cart.lines", "购物车是空的", "the cart is empty");
    }
    contact(&mut faults, &request.contact);
    delivery(&mut faults, active, &request.cart, &request.delivery);
    if faults.0.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(faults.0)) }
}

fn contact(faults: &mut Faults, contact: &Contact) {
    faults.text("contact.name", &contact.name, "收货人姓名", "name");
    if phone::normalise(&contact.phone).is_none() {
        faults.say("contact.phone", "请输入 11 位手机号", "enter a mobile number of mainland China, 11 digits");
    }
}

fn delivery(faults: &mut Faults, active: &Active, cart: &Cart, delivery: &Delivery) {
    match delivery {
        Delivery::Ship { address } => {
            ship(faults, address);
            if cart.shipping_method.is_none() {
                faults.say("cart.shipping_method", "请选择配送方式", "choose how to send it");
            }
        }
        Delivery::PickUp { store } => {
            if active.catalogue.place(store).is_none_or(|place| place.kind != PlaceKind::Store) {
                faults.say("delivery.store", format!("没有门店 {store}"), format!("there is no store {store}"));
            }
            if cart.shipping_method.is_some() {
                faults.say("cart.shipping_method", "到店自提不需要配送方式", "an order that is picked up is not sent");
            }
        }
    }
}

fn ship(faults: &mut Faults, address: &Address) {
    faults.text("delivery.address.province", &address.province, "省份", "province");
    faults.text("delivery.address.city", &address.city, "城市", "city");
    faults.text("delivery.address.district", &address.district, "区县", "district");
    faults.text("delivery.address.street", &address.street, "详细地址", "street address");
}

/// The cart can be priced at all; told apart from a price that changed.
pub(super) fn priceable(active: &Active, cart: &Cart, context: &pricing::Context) -> Result<()> {
    quote_of(active, cart, context).map(drop)
}
