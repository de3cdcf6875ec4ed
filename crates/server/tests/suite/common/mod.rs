//! A demo shop in a temporary folder, asked without a network.
#![allow(dead_code, missing_docs, reason = "each test file uses its part")]

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, HeaderName, Method, Request, StatusCode, header};
use clap::Parser;
use pricing::Instant;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use server::config::ServeOptions;
use server::{AppState, Ports, open, router};
use services::{BoxError, Clock, Envelope, MessageWay, Messages, SendError, SystemClock};
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use tower::ServiceExt;

/// The machine's clock, moved.
#[derive(Default)]
pub struct MovedClock(AtomicI64);

impl MovedClock {
    pub fn advance_hours(&self, hours: i64) {
        self.0.fetch_add(hours * 3_600_000, Ordering::SeqCst);
    }
}

impl Clock for MovedClock {
    fn now(&self) -> Instant {
        Instant(SystemClock.now().0 + self.0.load(Ordering::SeqCst))
    }
}

/// Keeps the last code that was sent.
#[derive(Default)]
pub struct Mailbox(Mutex<String>);

#[async_trait]
impl Messages for Mailbox {
    async fn send_code(&self, _phone: &str, code: &str) -> Result<(), BoxError> {
        code.clone_into(&mut self.0.lock().unwrap());
        Ok(())
    }

    fn ways(&self) -> Vec<MessageWay> {
        Vec::new()
    }

    async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        Err(SendError::Never(format!("{} has no way here", envelope.id).into()))
    }
}

impl Mailbox {
    pub fn last_code(&self) -> String {
        self.0.lock().unwrap().clone()
    }
}

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    options: ServeOptions,
}

pub struct TestShop {
    pub router: Router,
    pub state: AppState,
    pub clock: Arc<MovedClock>,
    pub mailbox: Arc<Mailbox>,
    pub dir: TempDir,
}

/// An answer, read whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()))
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: impl Into<HeaderNameOrText>) -> &str {
        let HeaderNameOrText(name) = name.into();
        self.headers.get(&name).map_or("", |value| value.to_str().unwrap())
    }

    pub fn cookies(&self) -> Vec<&str> {
        self.headers.get_all(header::SET_COOKIE).iter().map(|value| value.to_str().unwrap()).collect()
    }

    /// `name=value` of the session cookie, to be sent back.
    pub fn session(&self) -> String {
        let cookie = self.cookies().into_iter().find(|cookie| cookie.contains("session=")).expect("a session cookie");
        cookie.split(';').next().unwrap().to_owned()
    }
}

pub struct HeaderNameOrText(HeaderName);

impl From<HeaderName> for HeaderNameOrText {
    fn from(name: HeaderName) -> Self {
        Self(name)
    }
}

impl From<&str> for HeaderNameOrText {
    fn from(name: &str) -> Self {
        Self(name.parse().unwrap())
    }
}

/// A demo shop in a folder of its own.
pub async fn shop() -> TestShop {
    shop_with(&[]).await
}

/// A demo shop with more options.
pub async fn shop_with(more: &[&str]) -> TestShop {
    start("1000", more).await
}

/// A demo shop where a client may ask for so few codes per minute.
pub async fn shop_limited(auth_per_minute: &str) -> TestShop {
    start(auth_per_minute, &[]).await
}

/// The database of a freshly loaded demo and the keys that it was sealed with, made once for all tests of a file.
static LOADED: OnceCell<[Vec<u8>; 2]> = OnceCell::const_new();

async fn loaded() -> [Vec<u8>; 2] {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("shop.db");
    let (database, data) = (format!("sqlite://{}?mode=rwc", file.display()), dir.path().display().to_string());
    let options = Line::parse_from(["test", "--demo", "--database-url", &database, "--data-dir", &data]).options;
    let ports = Ports { clock: Arc::new(SystemClock), messages: Arc::new(Mailbox::default()), gateways: Vec::new() };
    let state = open(&options, ports, SocketAddr::from(([127, 0, 0, 1], 3000))).await.unwrap();
    state.services.close().await;
    [file, dir.path().join("data-keys.json")].map(|file| std::fs::read(file).unwrap())
}

async fn start(auth_per_minute: &str, more: &[&str]) -> TestShop {
    let dir = tempfile::tempdir().unwrap();
    let path = |name: &str| dir.path().join(name).display().to_string();
    let (database, data, site) = (format!("sqlite://{}?mode=rwc", path("shop.db")), path("data"), path("site"));
    let [loaded, keys] = LOADED.get_or_init(loaded).await;
    std::fs::write(dir.path().join("shop.db"), loaded).unwrap();
    std::fs::create_dir_all(dir.path().join("data")).unwrap();
    std::fs::write(dir.path().join("data/data-keys.json"), keys).unwrap();
    std::fs::create_dir_all(dir.path().join("site/pkg/b1")).unwrap();
    std::fs::write(dir.path().join("site/pkg/b1/concord.css"), "main{}").unwrap();
    std::fs::write(dir.path().join("site/robots.txt"), "User-agent: *\n").unwrap();
    let manifest = r#"{"build": "b1", "js": "/pkg/b1/concord.js", "wasm": "/pkg/b1/concord_bg.wasm", "css": "/pkg/b1/concord.css"}"#;
    std::fs::write(dir.path().join("site/manifest.json"), manifest).unwrap();
    let mut line = vec!["test", "--database-url", &database, "--data-dir", &data, "--site-dir", &site];
    line.extend(["--auth-per-minute", auth_per_minute, "--orders-per-minute", "1000"]);
    line.extend(more);
    let options = Line::parse_from(line).options;
    let (clock, mailbox) = (Arc::new(MovedClock::default()), Arc::new(Mailbox::default()));
    let ports = Ports { clock: clock.clone(), messages: mailbox.clone(), gateways: Vec::new() };
    let state = open(&options, ports, SocketAddr::from(([127, 0, 0, 1], 3000))).await.unwrap();
    TestShop { router: router(&state), state, clock, mailbox, dir }
}

/// A request in the making.
pub fn request(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000")
}

impl TestShop {
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let mut request = request;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 7], 4000))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_as(path, "").await
    }

    pub async fn get_as(&self, path: &str, cookie: &str) -> Answer {
        self.send(request(Method::GET, path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
    }

    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> T {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_as(path, body, "").await
    }

    pub async fn post_as(&self, path: &str, body: &Value, cookie: &str) -> Answer {
        let builder = request(Method::POST, path).header(header::CONTENT_TYPE, "application/json");
        self.send(builder.header(header::COOKIE, cookie).body(Body::from(body.to_string())).unwrap()).await
    }

    pub async fn put_as(&self, path: &str, body: &Value, cookie: &str) -> Answer {
        let builder = request(Method::PUT, path).header(header::CONTENT_TYPE, "application/json");
        self.send(builder.header(header::COOKIE, cookie).body(Body::from(body.to_string())).unwrap()).await
    }

    /// Signs in; returns the session cookie.
    pub async fn sign_in(&self, phone: &str) -> String {
        let sent = self.post("/api/v1/auth/code", &json!({"phone": phone})).await;
        assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
        let answer =
            self.post("/api/v1/auth/sign-in", &json!({"phone": phone, "code": self.mailbox.last_code()})).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.session()
    }

    /// What the browser would send to order `cart`: it quotes by itself from the slice.
    pub async fn order_of(&self, cart: Value, key: &str, cookie: &str) -> Value {
        let skus: Vec<&Value> = cart["lines"].as_array().unwrap().iter().map(|line| &line["sku"]).collect();
        let asked = json!({"skus": skus, "coupons": cart["coupons"].as_array().cloned().unwrap_or_default()});
        let answer = self.post_as("/api/v1/slice", &asked, cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let slice: wire::SliceAnswer = answer.json();
        let book = pricing::CompiledBook::from_slice(slice.slice).unwrap();
        let quote = book.quote(&serde_json::from_value(cart.clone()).unwrap(), &slice.context).unwrap();
        json!({
            "idempotency_key": key, "cart": cart, "book": quote.book, "engine": quote.engine, "at": slice.context.at,
            "quote_hash": quote.hash, "contact": {"name": "林小满", "phone": "13800000009"},
            "delivery": {"kind": "ship", "address": {"province": "上海市", "city": "上海市", "district": "静安区", "street": "南京西路 1 号"}},
        })
    }

    /// Some SKU of the demo that can be had.
    pub async fn some_sku(&self) -> (String, wire::Product) {
        let list: wire::ProductList = self.read("/api/v1/products?in_stock=true").await;
        let product: wire::Product = self.read(&format!("/api/v1/products/{}", list.items[0].handle)).await;
        let variant = product.variants.iter().find(|variant| variant.available > 0).expect("in stock");
        (variant.sku.to_string(), product.clone())
    }

    /// A cart of one line, to be sent.
    pub async fn cart(&self, sku: &str, quantity: i64) -> Value {
        let shop: wire::Shop = self.read("/api/v1/shop").await;
        json!({"lines": [{"id": "1", "sku": sku, "quantity": quantity}], "shipping_method": shop.shipping[0].method})
    }
}
