//! A payment provider on a bad line: what the servers say goes on to a real `localstripe`, and some of it is lost on the way there, some on the way
//! back, some comes late. What the provider tells by itself comes several times, late, in the wrong order, or never.

use anyhow::{Context, Result, anyhow, ensure};
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

/// The shop's key, of which `localstripe` asks only that it looks like one.
pub const KEY: &str = "sk_test_12345";
/// What notices are signed with.
pub const SECRET: &str = "whsec_of_the_simulation";
/// Notices of one payment at most.
const NOTICES_MAX: u64 = 3;

/// The provider and its line.
pub struct Provider {
    line: Arc<Line>,
    url: String,
}

struct Line {
    upstream: String,
    client: reqwest::Client,
    card: String,
    seed: u64,
    calls: AtomicU64,
    /// Answers by idempotency key, which `localstripe` does not know and Stripe does.
    answered: Mutex<BTreeMap<String, (StatusCode, Bytes)>>,
    /// The intents of each of the shop's payments: one, unless the shop began twice.
    intents: Mutex<BTreeMap<String, Vec<String>>>,
}

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Fine,
    /// It never arrives.
    Deaf,
    /// It is carried out, and the answer is lost.
    Dumb,
    Late,
}

/// What the provider has of a payment, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Money {
    /// What came.
    pub captured: i64,
    /// What went back.
    pub refunded: i64,
    /// What is set aside and was neither taken nor let go.
    pub held: i64,
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Provider {
    /// A line to the `localstripe` at `upstream`, as bad as the seed makes it.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn start(upstream: &str, seed: u64) -> Result<Self> {
        let upstream = upstream.trim_end_matches('/').to_owned();
        let client = reqwest::Client::new();
        let form = [
            ("type", "card"),
            ("card[number]", "4242424242424242"),
            ("card[exp_month]", "12"),
            ("card[exp_year]", "2040"),
            ("card[cvc]", "123"),
        ];
        let card = client.post(format!("{upstream}/v1/payment_methods")).bearer_auth(KEY).form(&form).send().await?;
        let card: Value = card.error_for_status()?.json().await?;
        let card = card["id"].as_str().context("a card has no id")?.to_owned();
        let (calls, answered, intents) = (AtomicU64::new(0), Mutex::default(), Mutex::default());
        let line = Arc::new(Line { upstream, client, card, seed, calls, answered, intents });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let url = format!("http://{}/", listener.local_addr()?);
        let router = Router::new().fallback(carry).with_state(Arc::clone(&line));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Ok(Self { line, url })
    }

    /// The variables that make servers use it.
    #[must_use]
    pub fn environment(&self) -> Vec<(String, String)> {
        let named = |name: &str, value: &str| (format!("CONCORD_STRIPE_{name}"), value.to_owned());
        vec![named("KEY", KEY), named("WEBHOOK_SECRET", SECRET), named("URL", &self.url)]
    }

    /// The shopper's card pays an intent; false if that is not possible any more.
    ///
    /// # Errors
    /// If the provider does not answer.
    pub async fn pay(&self, intent: &str) -> Result<bool> {
        let url = format!("{}/v1/payment_intents/{intent}/confirm", self.line.upstream);
        let answer = self.line.client.post(url).bearer_auth(KEY).send().await?;
        Ok(answer.status().is_success())
    }

    /// Tells the servers of an intent, none or several times, also of what it was before.
    ///
    /// # Errors
    /// If the provider itself does not answer; a server may be dead.
    pub async fn notify(&self, intent: &str, hooks: &[String], now_seconds: i64) -> Result<()> {
        let object = self.line.read(&format!("/v1/payment_intents/{intent}")).await?;
        let stale = json!({"id": intent, "object": "payment_intent", "status": "requires_confirmation",
            "amount": object["amount"], "currency": object["currency"], "metadata": object["metadata"]});
        let (told, luck) = (self.line.draw() % (NOTICES_MAX + 1), self.line.draw());
        for at in 0..told {
            let (kind, object) = match (luck >> at) & 1 {
                0 => ("payment_intent.amount_capturable_updated", &object),
                _ => ("payment_intent.created", &stale),
            };
            let body = json!({"id": format!("evt_{intent}_{kind}"), "object": "event", "type": kind, "data": {"object": object}});
            let (body, seconds) = (body.to_string(), now_seconds.to_string());
            let hook = &hooks[usize::try_from(at)? % hooks.len()];
            let request = self.line.client.post(hook).header("stripe-signature", signature(&seconds, &body));
            let request = request.header(header::CONTENT_TYPE, "application/json").body(body);
            // Nobody may be there to hear it.
            let _ = request.send().await;
        }
        Ok(())
    }

    /// What the provider has of every payment that was begun.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn money(&self) -> Result<BTreeMap<String, Money>> {
        let intents = locked(&self.line.intents).clone();
        let mut all = BTreeMap::new();
        for (payment, intents) in intents {
            let mut sum = Money::default();
            for intent in intents {
                let one = self.line.money(&intent).await?;
                sum.captured += one.captured;
                sum.refunded += one.refunded;
                sum.held += one.held;
            }
            all.insert(payment, sum);
        }
        Ok(all)
    }
}

impl Line {
    /// A number that follows from the seed and how many were drawn.
    fn draw(&self) -> u64 {
        let mut state = self.seed ^ self.calls.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        state ^ (state >> 31)
    }

    fn fate(&self) -> Fate {
        match self.draw() % 100 {
            0..8 => Fate::Deaf,
            8..18 => Fate::Dumb,
            18..28 => Fate::Late,
            _ => Fate::Fine,
        }
    }

    async fn read(&self, path: &str) -> Result<Value> {
        let answer = self.client.get(format!("{}{path}", self.upstream)).bearer_auth(KEY).send().await?;
        ensure!(answer.status().is_success(), "{path}: {}", answer.status());
        Ok(answer.json().await?)
    }

    async fn money(&self, intent: &str) -> Result<Money> {
        let object = self.read(&format!("/v1/payment_intents/{intent}")).await?;
        let amount = object["amount"].as_i64().ok_or_else(|| anyhow!("{intent} has no amount"))?;
        Ok(match object["status"].as_str() {
            Some("succeeded") => Money { captured: amount, refunded: self.refunded(intent).await?, held: 0 },
            Some("requires_capture") => Money { held: amount, ..Money::default() },
            _ => Money::default(),
        })
    }

    /// `localstripe` can be asked for refunds only where there was a charge.
    async fn refunded(&self, intent: &str) -> Result<i64> {
        let refunds = self.read(&format!("/v1/refunds?payment_intent={intent}&limit=100")).await?;
        let refunds = refunds["data"].as_array().map_or(&[][..], Vec::as_slice);
        Ok(refunds.iter().filter_map(|refund| refund["amount"].as_i64()).sum())
    }

    /// Hands a call on, once for each idempotency key.
    async fn hand_on(
        &self,
        method: Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: Bytes,
    ) -> Result<(StatusCode, Bytes)> {
        let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
        if let Some(known) = key.as_ref().and_then(|key| locked(&self.answered).get(key).cloned()) {
            return Ok(known);
        }
        let begins = method == Method::POST && uri.path() == "/v1/payment_intents";
        let body = if begins {
            [&body[..], format!("&payment_method={}", self.card).as_bytes()].concat()
        } else {
            body.to_vec()
        };
        let path = uri.path_and_query().map_or("/", |path| path.as_str());
        let request = self.client.request(method, format!("{}{path}", self.upstream)).bearer_auth(KEY);
        let answer =
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body).send().await?;
        let (status, body) = (answer.status(), answer.bytes().await?);
        if begins && status.is_success() {
            let intent: Value = serde_json::from_slice(&body)?;
            let (payment, id) = (intent["metadata"]["payment"].as_str(), intent["id"].as_str());
            let (payment, id) = payment.zip(id).context("an intent names no payment")?;
            locked(&self.intents).entry(payment.to_owned()).or_default().push(id.to_owned());
        }
        if let Some(key) = key.filter(|_| !status.is_server_error()) {
            locked(&self.answered).insert(key, (status, body.clone()));
        }
        Ok((status, body))
    }
}

async fn carry(State(line): State<Arc<Line>>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let fate = line.fate();
    if fate == Fate::Deaf {
        return (StatusCode::SERVICE_UNAVAILABLE, "the line is down").into_response();
    }
    if fate == Fate::Late {
        tokio::time::sleep(Duration::from_millis(line.draw() % 1_500)).await;
    }
    match line.hand_on(method, &uri, &headers, body).await {
        Ok(_) if fate == Fate::Dumb => (StatusCode::BAD_GATEWAY, "the answer got lost").into_response(),
        Ok((status, body)) => (status, [(header::CONTENT_TYPE, "application/json")], body).into_response(),
        Err(error) => (StatusCode::BAD_GATEWAY, error.to_string()).into_response(),
    }
}

fn signature(seconds: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{seconds}.{body}").as_bytes());
    let tag: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={seconds},v1={tag}")
}
