//! The HTTP side: `/api/v1` with JSON, used by the browser only. Errors are always a [`Problem`], so that pages show every
//! failure, a dead network too, in the same way.

use gloo_net::http::{Request, RequestBuilder, Response};
use ids::{CouponCode, OrderNumber};
use pricing::Text;
use send_wrapper::SendWrapper;
use serde::{Serialize, de::DeserializeOwned};
use wire::{
    CodeSent, EraseMe, Erased, Exchange, Exchanged, MemberCode, Order, PlaceOrder, Privacy, Problem, QuoteRequest,
    RedeemGiftCard, Refusal, RequestCode, ResolveCoupon, Resolved, ResolvedCoupon, Session, SetConsent, SignIn,
    SliceRequest, StoredValue, TellBirthday,
};

/// The kind of problem that is made here when the server can't be reached.
pub const OFFLINE: &str = "/problems/offline";

fn address(path: &str) -> String {
    format!("/api/v1{path}")
}

/// The problem of a server that can't be reached.
#[must_use]
pub fn offline() -> Problem {
    problem(
        OFFLINE,
        0,
        Text::new(
            "连不上网络。请检查网络后再试，购物车里的东西都还在。",
            "The network can't be reached. Check the connection and try again; your cart is safe.",
        ),
    )
}

/// The problem of an answer that makes no sense.
#[must_use]
pub fn unreadable(status: u16) -> Problem {
    let detail = Text::new(
        "服务器的回答读不懂。请刷新页面再试一次。",
        "The server's answer could not be read. Please reload the page and try again.",
    );
    problem("/problems/unreadable", status, detail)
}

fn problem(kind: &str, status: u16, detail: Text) -> Problem {
    let title = detail.en.clone();
    Problem { kind: kind.to_owned(), title, status, detail, errors: Vec::new(), changed: None }
}

/// What came back, whatever it says.
struct Answer {
    status: u16,
    text: String,
}

impl Answer {
    #[allow(
        clippy::result_large_err,
        reason = "large only in native builds; every function here answers with a problem"
    )]
    fn ok(self) -> Result<String, Problem> {
        if (200..300).contains(&self.status) { Ok(self.text) } else { Err(self.problem()) }
    }

    /// A gateway in between may answer for a server that is away, and does so without a problem document.
    fn problem(&self) -> Problem {
        super::parse(&self.text).unwrap_or_else(|_| match self.status {
            502..=504 => offline(),
            status => unreadable(status),
        })
    }
}

async fn send(request: Result<Request, gloo_net::Error>) -> Result<Answer, Problem> {
    let response: Response = match request {
        Ok(request) => request.send().await.map_err(|_| offline())?,
        Err(_) => return Err(unreadable(0)),
    };
    let text = response.text().await.map_err(|_| offline())?;
    Ok(Answer { status: response.status(), text })
}

#[allow(clippy::result_large_err, reason = "large only in native builds; every function here answers with a problem")]
fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    super::parse(text).map_err(|_| unreadable(200))
}

/// Reads a resource as text.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn get_text(path: &str) -> Result<String, Problem> {
    let builder: RequestBuilder = Request::get(&address(path));
    SendWrapper::new(send(builder.build())).await?.ok()
}

/// Reads a resource.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn get<T: DeserializeOwned>(path: &str) -> Result<T, Problem> {
    read(&get_text(path).await?)
}

async fn send_json(path: &str, body: String) -> Result<Answer, Problem> {
    let builder = Request::post(&address(path)).header("content-type", "application/json");
    SendWrapper::new(send(builder.body(body))).await
}

async fn post(path: &str, body: String) -> Result<String, Problem> {
    send_json(path, body).await?.ok()
}

fn json(body: &impl Serialize) -> String {
    serde_json::to_string(body).expect("requests hold only strings, numbers and lists")
}

/// Sends a change and reads what follows from it.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn post_json<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Problem> {
    read(&post(path, json(body)).await?)
}

/// Posts JSON and gives the answer as it came.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn post_text(path: &str, body: &impl Serialize) -> Result<String, Problem> {
    post(path, json(body)).await
}

/// Sends a change from which nothing follows that has to be read.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn post_empty(path: &str) -> Result<(), Problem> {
    post(path, String::new()).await.map(|_| ())
}

/// Puts something in another's place and reads what follows from it.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn put_json<T: DeserializeOwned>(path: &str, body: &impl Serialize) -> Result<T, Problem> {
    read(&put(path, json(body)).await?)
}

async fn put(path: &str, body: String) -> Result<String, Problem> {
    let builder = Request::put(&address(path)).header("content-type", "application/json");
    SendWrapper::new(send(builder.body(body))).await?.ok()
}

/// What the browser needs to quote by itself, as the JSON text of a [`wire::SliceAnswer`].
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn slice(request: &SliceRequest) -> Result<String, Problem> {
    post("/slice", json(request)).await
}

/// Holds what a cart costs, as the JSON text of a [`wire::HeldQuote`].
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn hold_quote(request: &QuoteRequest) -> Result<String, Problem> {
    post("/quotes/hold", json(request)).await
}

/// Tells the month of the member's birthday, or takes it back.
///
/// # Errors
/// 422 where it can't be told now, or that the network is away.
pub async fn tell_birthday(request: &TellBirthday) -> Result<Session, Problem> {
    put_json("/account/birthday", request).await
}

/// The code to show at the till now.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn member_code() -> Result<MemberCode, Problem> {
    get("/account/code").await
}

/// Stores the money of a gift card.
///
/// # Errors
/// 422 for a code that can't be used, 429 after too many, or that the network is away.
pub async fn redeem_gift_card(request: &RedeemGiftCard) -> Result<StoredValue, Problem> {
    read(&post("/account/gift-cards", json(request)).await?)
}

/// What a coupon code is worth.
///
/// # Errors
/// 429 after too many codes, or that the network is away.
pub async fn resolve_coupon(code: &CouponCode) -> Result<ResolvedCoupon, Problem> {
    read(&post("/coupons/resolve", json(&ResolveCoupon { code: code.to_string() })).await?)
}

/// Gives or takes back a consent.
///
/// # Errors
/// 422 if the words have changed, or that the network is away.
pub async fn set_consent(request: &SetConsent) -> Result<Privacy, Problem> {
    let builder = Request::put(&address("/account/privacy")).header("content-type", "application/json");
    read(&SendWrapper::new(send(builder.body(json(request)))).await?.ok()?)
}

/// Sends the code that erasing the account asks for.
///
/// # Errors
/// The server's problem, such as too many codes, or that the network is away.
pub async fn request_erase_code() -> Result<CodeSent, Problem> {
    read(&post("/account/erase/code", String::new()).await?)
}

/// Erases the account.
///
/// # Errors
/// 409 while orders are open or value is left, a wrong code, or that the network is away.
pub async fn erase_me(request: &EraseMe) -> Result<Erased, Problem> {
    read(&post("/account/erase", json(request)).await?)
}

/// Places an order.
///
/// # Errors
/// 409 with `changed` if the price is another one now, 409 out of stock, 422 with fields, or that the network is away.
pub async fn place_order(order: &PlaceOrder) -> Result<Order, Problem> {
    send_order("/orders", json(order)).await
}

/// Takes goods back and places the order that is paid by them.
///
/// # Errors
/// The server's problem, with the quote that holds now if the price changed; or that the network is away.
pub async fn exchange(number: &OrderNumber, exchange: &Exchange) -> Result<Exchanged, Problem> {
    send_order(&format!("/staff/orders/{}/exchanges", super::encode(number.as_str())), json(exchange)).await
}

async fn send_order<T: DeserializeOwned>(path: &str, body: String) -> Result<T, Problem> {
    let answer = send_json(path, body).await?;
    if (200..300).contains(&answer.status) {
        return read(&answer.text);
    }
    let changed = super::parse(&answer.text).ok().and_then(|refusal: Refusal| refusal.changed);
    Err(Problem { changed, ..answer.problem() })
}

/// Makes sure that the server knows this browser again.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn begin_session() -> Result<(), Problem> {
    post("/session", String::new()).await.map(|_| ())
}

/// Sends a one-time code.
///
/// # Errors
/// The server's problem, such as too many codes, or that the network is away.
pub async fn request_code(request: &RequestCode) -> Result<CodeSent, Problem> {
    read(&post("/auth/code", json(request)).await?)
}

/// Signs in.
///
/// # Errors
/// The server's problem, such as a wrong code, or that the network is away.
pub async fn sign_in(request: &SignIn) -> Result<Session, Problem> {
    read(&post("/auth/sign-in", json(request)).await?)
}

/// Signs one of the shop's own people in.
///
/// # Errors
/// The server's problem, such as a wrong code, or that the network is away.
pub async fn staff_sign_in(request: &SignIn) -> Result<(), Problem> {
    post("/staff/sign-in", json(request)).await.map(|_| ())
}

/// Signs out.
///
/// # Errors
/// The server's problem, or that the network is away.
pub async fn sign_out() -> Result<(), Problem> {
    post("/auth/sign-out", String::new()).await.map(|_| ())
}

/// What a scanned code stands for.
///
/// # Errors
/// 404 for a code that the shop does not know, or that the network is away.
pub async fn resolve_code(code: &str) -> Result<Resolved, Problem> {
    get(&format!("/codes/{}", super::encode(code))).await
}
