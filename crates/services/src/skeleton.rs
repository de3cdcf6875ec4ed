//! The public shape; bodies are moving into their feature's files.
#![allow(clippy::unused_async, unused_variables, missing_docs)]

use crate::{BoxError, Clock, Messages, Result, ServiceError, Who};
use ids::{Handle, MemberId, OrderNumber, PriceBookId};
use pricing::{Instant, Quote, book::PriceBook};
use std::sync::Arc;
use wire::*;

/// How the services are opened.
pub struct ServicesConfig {
    /// `sqlite://path/to/shop.db?mode=rwc` or `postgres://…`.
    pub database_url: String,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// How shoppers are reached.
    pub messages: Arc<dyn Messages>,
    /// The secret that one-time codes are hashed with, at least 16 bytes.
    pub otp_pepper: Vec<u8>,
    /// The address that shelf codes point to, `https://shop.example`, without a slash at the end.
    pub public_url: String,
}

/// All use cases; cloning is cheap.
#[derive(Clone)]
pub struct Services {}

/// A new session's secret, for the cookie. Only its hash is stored.
#[derive(Clone, Debug)]
pub struct SessionToken {
    /// What the cookie holds: 43 characters of base64url.
    pub secret: String,
    /// Its SHA-256, as in [`Who::session`].
    pub hash: [u8; 32],
    /// How long the cookie may live.
    pub max_age_seconds: i64,
}

/// A session that was found.
#[derive(Clone, Debug)]
pub struct FoundSession {
    pub hash: [u8; 32],
    pub member: Option<MemberId>,
}

/// A successful sign-in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub member: MemberId,
    /// The answer for the browser.
    pub session: Session,
    /// The new session's secret: the old session is gone.
    pub token: SessionToken,
}

/// Draws what labels need; the server has the libraries.
pub trait LabelArt: Send + Sync {
    /// A QR code of a text as SVG.
    fn qr_svg(&self, text: &str) -> String;
    /// An EAN-13 barcode of a GTIN of 14 digits as SVG; none if it is no EAN-13.
    fn ean13_svg(&self, gtin: &str) -> Option<String>;
}

/// The files of a shop (see crates/demo).
#[derive(Clone, Copy, Debug)]
pub struct DemoFiles<'a> {
    pub products_csv: &'a str,
    pub translations_csv: &'a str,
    pub stock_csv: &'a str,
    pub shop_json: &'a str,
    pub promotions_json: &'a str,
}

impl Services {
    /// Opens the database, brings its tables up to date and compiles the price book.
    pub async fn open(config: ServicesConfig) -> Result<Self> { n() }
    /// Checks that the database answers.
    pub async fn ready(&self) -> Result<()> { n() }
    /// Lets go of the database connections.
    pub async fn close(&self) {}
    pub fn now(&self) -> Instant { Instant(0) }

    pub async fn shop(&self) -> Result<Shop> { n() }
    pub async fn products(&self, who: &Who, query: &ProductQuery) -> Result<ProductList> { n() }
    pub async fn product(&self, who: &Who, handle: &Handle) -> Result<Product> { n() }
    /// A GTIN of 8, 12, 13 or 14 digits or a short code.
    pub async fn resolve_code(&self, code: &str) -> Result<Resolved> { n() }
    pub async fn labels(&self, who: &Who, request: &LabelRequest, art: &dyn LabelArt) -> Result<Labels> { n() }

    pub async fn slice(&self, who: &Who, request: &SliceRequest) -> Result<SliceAnswer> { n() }
    pub async fn quote(&self, who: &Who, request: &QuoteRequest) -> Result<Quote> { n() }
    /// `who.session` or `who.member` must be there: start a session for a guest first.
    pub async fn place_order(&self, who: &Who, request: &PlaceOrder) -> Result<Order> { n() }
    pub async fn order(&self, who: &Who, number: &OrderNumber) -> Result<Order> { n() }

    pub async fn session(&self, who: &Who) -> Result<Session> { n() }
    pub async fn request_code(&self, who: &Who, request: &RequestCode) -> Result<CodeSent> { n() }
    pub async fn sign_in(&self, who: &Who, request: &SignIn) -> Result<SignedIn> { n() }
    pub async fn sign_out(&self, who: &Who) -> Result<()> { n() }
    pub async fn account(&self, who: &Who) -> Result<Account> { n() }

    /// Starts a guest's session.
    pub async fn session_start(&self) -> Result<SessionToken> { n() }
    /// Finds the session of a cookie's secret and keeps it alive; none if there is none or it expired.
    pub async fn session_find(&self, secret: &str) -> Result<Option<FoundSession>> { n() }

    pub async fn publish(&self, book: PriceBook, from: Instant) -> Result<PriceBookId> { n() }
    /// Loads the demo; does nothing and says false if the shop already has products.
    pub async fn load_demo(&self, files: DemoFiles<'_>) -> Result<bool> { n() }
}

fn n<T>() -> Result<T> {
    let error: BoxError = "not written yet".into();
    Err(ServiceError::Internal(error))
}
