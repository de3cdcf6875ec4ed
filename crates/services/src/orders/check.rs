//! What must be true of a cart and an order before they are priced. Every wrong field is named.

use crate::{Result, ServiceError, active::Active, members::phone};
use money::Locale;
use pricing::{COUPONS_MAX, Cart, LINES_MAX, QUANTITY_MAX, QuoteError, Text};
use std::collections::HashSet;
use wire::{Address, Delivery, FieldError, PlaceKind, PlaceOrder};

/// Choices of gifts in one cart.
const GIFTS_MAX: usize = 50;

/// Gathers wrong fields.
#[derive(Default)]
pub(crate) struct Faults(Vec<FieldError>);

impl Faults {
    fn say(&mut self, field: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) {
        self.0.push(FieldError { field: field.into(), message: Text::new(zh, en) });
    }

    fn end(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ServiceError::Invalid(self.0)) }
    }

    /// A text that a person types.
    fn text(&mut self, field: &str, value: &str, chars_max: usize) {
        if value.trim().is_empty() {
            self.say(field, "请填写这一项。", "Fill this in.");
        } else if value.chars().count() > chars_max || value.chars().any(char::is_control) {
            self.say(
                field,
                format!("最多 {chars_max} 个字，不能换行。"),
                format!("At most {chars_max} characters on one line."),
            );
        }
    }

    fn cart(&mut self, cart: &Cart, active: &Active) {
        let mut seen = HashSet::new();
        for (at, line) in cart.lines.iter().enumerate().take(LINES_MAX) {
            if !(1..=QUANTITY_MAX).contains(&line.quantity) {
                let field = format!("cart.lines[{at}].quantity");
                self.say(
                    field,
                    format!("数量要在 1 到 {QUANTITY_MAX} 之间。"),
                    format!("A quantity is from 1 to {QUANTITY_MAX}."),
                );
            }
            if !seen.insert(&line.id) {
                self.say(format!("cart.lines[{at}].id"), "行号重复。", "Two lines have this id.");
            }
            let price = active.book.document().skus.binary_search_by(|one| one.sku.cmp(&line.sku));
            if price.is_err() {
                let (zh, en) = (format!("没有商品编号 {}。", line.sku), format!("There is no SKU {}.", line.sku));
                self.say(format!("cart.lines[{at}].sku"), zh, en);
            }
        }
        if cart.lines.len() > LINES_MAX {
            self.say("cart.lines", format!("最多 {LINES_MAX} 行。"), format!("At most {LINES_MAX} lines."));
        }
        if cart.coupons.len() > COUPONS_MAX {
            self.say("cart.coupons", format!("最多 {COUPONS_MAX} 个优惠码。"), format!("At most {COUPONS_MAX} codes."));
        }
        if cart.points < 0 {
            self.say("cart.points", "积分不能为负。", "Points may not be negative.");
        }
        if cart.gifts.len() > GIFTS_MAX {
            self.say(
                "cart.gifts",
                format!("最多选 {GIFTS_MAX} 份赠品。"),
                format!("At most {GIFTS_MAX} choices of gifts."),
            );
        }
        self.tender(cart, active);
        if let Some(method) = &cart.shipping_method {
            let known = active.book.document().shipping.iter().any(|one| one.method == *method);
            if !known {
                let (zh, en) = (format!("没有配送方式 {method}。"), format!("There is no shipping method {method}."));
                self.say("cart.shipping_method", zh, en);
            }
        }
    }

    /// A way to pay that the shop does not take would be a promise nobody can keep.
    fn tender(&mut self, cart: &Cart, active: &Active) {
        let Some(tender) = &cart.tender else { return };
        if active.catalogue.facts.tenders.iter().all(|one| one.tender != *tender) {
            self.say(
                "cart.tender",
                format!("没有付款方式 {tender}。"),
                format!("There is no way to pay called {tender}."),
            );
        }
    }

    fn key(&mut self, key: &str) {
        if !is_key(key) {
            self.say("idempotency_key", KEY_WORDS.0, KEY_WORDS.1);
        }
    }

    fn address(&mut self, field: &str, address: &Address) {
        self.text(&format!("{field}.province"), &address.province, 40);
        self.text(&format!("{field}.city"), &address.city, 40);
        self.text(&format!("{field}.district"), &address.district, 40);
        self.text(&format!("{field}.street"), &address.street, 200);
    }

    /// Who takes the goods at the till need not say who they are.
    fn contact(&mut self, order: &PlaceOrder) {
        let contact = &order.contact;
        if order.hand_over && contact.name.is_empty() && contact.phone.is_empty() {
            return;
        }
        self.text("contact.name", &contact.name, 60);
        if phone::normalise(&contact.phone).is_none() {
            self.say("contact.phone", phone::WRONG.0, phone::WRONG.1);
        }
        if contact.email.as_deref().is_some_and(|email| !is_email(email)) {
            self.say("contact.email", "请填写完整的邮箱地址，或留空。", "Write a whole e-mail address, or none.");
        }
        if contact.language.as_deref().is_some_and(|tag| Locale::from_tag(tag).is_none()) {
            self.say("contact.language", "语言只能是 zh 或 en。", "A language is zh or en.");
        }
    }

    fn delivery(&mut self, order: &PlaceOrder, active: &Active) {
        match &order.delivery {
            Delivery::Ship { address } => {
                if order.cart.shipping_method.is_none() {
                    self.say("cart.shipping_method", "请选择配送方式。", "Choose a shipping method.");
                }
                self.address("delivery.address", address);
            }
            Delivery::PickUp { store } => {
                if order.cart.shipping_method.is_some() {
                    self.say(
                        "cart.shipping_method",
                        "到店自提不用选配送方式。",
                        "Choose no shipping method for a pick-up.",
                    );
                }
                if active.catalogue.place(store).is_none_or(|place| place.kind != PlaceKind::Store) {
                    self.say("delivery.store", format!("没有门店 {store}。"), format!("There is no store {store}."));
                }
            }
        }
    }
}

/// What to say of a text that is no idempotency key, in Chinese and English.
pub(crate) const KEY_WORDS: (&str, &str) =
    ("幂等键要有 8 到 100 个可见的 ASCII 字符。", "A key has 8 to 100 visible ASCII characters.");

/// True for what can be an idempotency key.
pub(crate) fn is_key(key: &str) -> bool {
    (8..=100).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Checks a cart against the book in force.
pub(crate) fn cart(cart: &Cart, active: &Active) -> Result<()> {
    let mut faults = Faults::default();
    faults.cart(cart, active);
    faults.end()
}

/// Checks a client's key.
pub(crate) fn key(key: &str) -> Result<()> {
    let mut faults = Faults::default();
    faults.key(key);
    faults.end()
}

/// Checks an address.
pub(crate) fn address(address: &Address) -> Result<()> {
    let mut faults = Faults::default();
    faults.address("address", address);
    faults.end()
}

/// Checks all of an order but its prices.
pub(crate) fn order(order: &PlaceOrder, active: &Active) -> Result<()> {
    let mut faults = Faults::default();
    faults.key(&order.idempotency_key);
    if order.cart.lines.is_empty() {
        faults.say("cart.lines", "购物车是空的。", "The cart is empty.");
    }
    faults.cart(&order.cart, active);
    faults.delivery(order, active);
    faults.contact(order);
    faults.end()
}

/// True for what can be an e-mail address; whether it is one, only a message to it can tell.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = text.len() <= 200
        && text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;:\"()[]\\".contains(c));
    plain && !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.')
}

/// What the engine refused although [`cart`] let it pass, which leaves amounts that are too large.
pub(crate) fn refused(error: &QuoteError) -> ServiceError {
    ServiceError::field("cart", format!("无法计算价格：{error}"), format!("The cart can't be priced: {error}."))
}
