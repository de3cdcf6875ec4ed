//! A webhook: the shop's own service, or a provider of text messages behind it, gets each message as a signed call.
//!
//! A call is a POST of JSON with the header `Concord-Signature: t=<seconds since 1970>,v1=<hex>`, where the second part is the HMAC-SHA-256 of
//! `<t>.<body>` with the shared secret. Who receives computes it again, compares in constant time, and refuses a `t` that is older than a few
//! minutes, so that a call that was overheard is worth nothing later.

use crate::SetupError;
use hmac::{Hmac, KeyInit, Mac};
use reqwest::{Client, StatusCode, header, redirect::Policy};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use services::{BoxError, Envelope, MessageWay, Notice, Reach, Recipient, SendError};
use sha2::Sha256;
use std::{
    fmt::Write,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use url::Url;

pub(crate) const WAY: MessageWay = MessageWay { name: "webhook", needs: Reach::Any };
/// The header with time and signature.
pub const SIGNATURE_HEADER: &str = "concord-signature";
const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_CALL: Duration = Duration::from_secs(20);
/// A secret that can be guessed signs nothing.
const SECRET_BYTES_MIN: usize = 16;
/// Somebody waits for a code, so it is tried again at once, not later.
const CODE_TRIES: u32 = 3;

/// The webhook of a shop.
pub struct Webhook {
    client: Client,
    url: Url,
    secret: SecretString,
}

/// What a call says.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
struct Call<'a> {
    /// Stays the same when the call comes again.
    id: &'a str,
    kind: &'a str,
    to: &'a Recipient,
    language: &'a str,
    subject: &'a str,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Notice>,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<pricing::Instant>,
    attempt: i64,
}

/// The signature of a body that is sent at `seconds` since 1970.
#[must_use]
pub fn signature(secret: &str, seconds: u64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(seconds.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string never fails");
        text
    })
}

impl Webhook {
    /// A webhook at `url`, whose calls are signed with `secret`.
    ///
    /// # Errors
    /// If the address is neither http nor https, or the secret is short.
    pub fn new(url: Url, secret: SecretString) -> Result<Self, SetupError> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(SetupError("the webhook's address must begin with https:// or http://".to_owned()));
        }
        if secret.expose_secret().len() < SECRET_BYTES_MIN {
            return Err(SetupError(format!(
                "the webhook's secret has fewer than {SECRET_BYTES_MIN} bytes; use `openssl rand -hex 32`"
            )));
        }
        // A signed call belongs to one address.
        let client = Client::builder().connect_timeout(CONNECT).timeout(WHOLE_CALL).redirect(Policy::none());
        let client = client.user_agent("Concord").build();
        let client = client.map_err(|error| SetupError(format!("no HTTP client can be made: {error}")))?;
        Ok(Self { client, url, secret })
    }

    pub(crate) async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        let call = Call {
            id: &envelope.id,
            kind: envelope.notice.word(),
            to: &envelope.to,
            language: envelope.locale.tag(),
            subject: &envelope.subject,
            text: &envelope.text,
            data: Some(&envelope.notice),
            code: None,
            created_at: Some(envelope.created_at),
            attempt: envelope.attempt,
        };
        self.call(&call).await
    }

    pub(crate) async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        let (id, to) =
            (uuid::Uuid::now_v7().to_string(), Recipient { phone: phone.to_owned(), ..Recipient::default() });
        let mut attempt = 1;
        loop {
            let call = Call {
                id: &id,
                kind: "one_time_code",
                to: &to,
                language: money::Locale::default().tag(),
                subject: "",
                text: code,
                data: None,
                code: Some(code),
                created_at: None,
                attempt: i64::from(attempt),
            };
            match self.call(&call).await {
                Err(SendError::Later(_)) if attempt < CODE_TRIES => attempt += 1,
                other => return other.map_err(Into::into),
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    async fn call(&self, call: &Call<'_>) -> Result<(), SendError> {
        let body = serde_json::to_vec(call).map_err(|error| SendError::Never(error.into()))?;
        let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let signed = format!("t={seconds},v1={}", signature(self.secret.expose_secret(), seconds, &body));
        let request = self.client.post(self.url.clone()).header(header::CONTENT_TYPE, "application/json");
        let request = request.header(SIGNATURE_HEADER, signed).header("idempotency-key", call.id).body(body);
        match request.send().await {
            Ok(response) => sorted(response.status()),
            Err(error) => Err(SendError::Later(error.without_url().into())),
        }
    }
}

/// A receiver that can't read the message will not read it later either; everything else may be mended meanwhile.
fn sorted(status: StatusCode) -> Result<(), SendError> {
    let said = || format!("the webhook answered {status}").into();
    match status {
        _ if status.is_success() => Ok(()),
        StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNPROCESSABLE_ENTITY => {
            Err(SendError::Never(said()))
        }
        _ => Err(SendError::Later(said())),
    }
}
