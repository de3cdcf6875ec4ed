//! Requests and responses of the public API, shared by server and browser. Types only, no logic.
//!
//! Amounts are minor units of the shop's currency. Texts are in both languages; the reader chooses.

mod account;
mod catalog;
mod checkout;
mod problem;
mod shop;

pub use account::{
    Account, CodeSent, MemberInfo, OrderSummary, PointsEntry, RequestCode, Session, SignIn, TellBirthday, WalletCoupon,
};
pub use catalog::{
    Facet, FacetValue, Label, LabelRequest, Labels, OptionValue, PlaceStock, PriceReason, Product, ProductCard,
    ProductImage, ProductList, ProductOption, ProductQuery, PromotionNote, Resolved, ShelfPrice, Sort, Variant,
};
pub use checkout::{
    Address, Changed, Contact, Delivery, Difference, HeldQuote, Order, OrderItem, OrderStatus, PlaceOrder,
    QuoteRequest, SkuInfo, SliceAnswer, SliceRequest,
};
pub use problem::{FieldError, Problem, Refusal};
pub use shop::{Category, LevelInfo, Place, PlaceKind, ShippingInfo, Shop, TenderInfo};
