//! Somebody with a browser: a cookie jar, and requests that may get no answer.

use anyhow::{Context, Result, anyhow};
use reqwest::{Client, Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};
use std::time::Duration;

/// A request that took longer counts as lost.
const ANSWER_MAX: Duration = Duration::from_secs(40);

/// Somebody with a browser.
#[derive(Clone, Debug)]
pub struct Person {
    client: Client,
}

/// What became of a request.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The server answered.
    Heard(StatusCode, String),
    /// Nobody knows whether it was carried out.
    Lost,
}

impl Person {
    /// Somebody new.
    ///
    /// # Errors
    /// If no client can be made.
    pub fn new() -> Result<Self> {
        let client = Client::builder().cookie_store(true).timeout(ANSWER_MAX).build()?;
        Ok(Self { client })
    }

    /// Sends a request with or without a body.
    pub async fn send(&self, method: Method, url: &str, body: Option<&(impl Serialize + Sync)>) -> Answer {
        let request = self.client.request(method, url);
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let Ok(answer) = request.send().await else { return Answer::Lost };
        let status = answer.status();
        match answer.text().await {
            Ok(text) => Answer::Heard(status, text),
            Err(_) => Answer::Lost,
        }
    }

    /// Reads a resource.
    pub async fn get(&self, url: &str) -> Answer {
        self.send(Method::GET, url, None::<&()>).await
    }

    /// Sends a body.
    pub async fn post(&self, url: &str, body: &(impl Serialize + Sync)) -> Answer {
        self.send(Method::POST, url, Some(body)).await
    }
}

impl Answer {
    /// What a successful answer says; none if it was lost, refused, or the server was too busy.
    ///
    /// # Errors
    /// If the server broke, or an answer can't be read: neither may ever happen.
    pub fn read<T: DeserializeOwned>(&self) -> Result<Option<T>> {
        match self {
            Self::Heard(status, text) if status.is_success() => {
                serde_json::from_str(text).map(Some).with_context(|| format!("an answer can't be read: {text}"))
            }
            Self::Heard(status, text) if *status == StatusCode::INTERNAL_SERVER_ERROR => {
                Err(anyhow!("a server broke: {text}"))
            }
            _ => Ok(None),
        }
    }

    /// True if it is not known what happened: the answer was lost, or the server was too busy to say.
    #[must_use]
    pub fn in_doubt(&self) -> bool {
        match self {
            Self::Lost => true,
            Self::Heard(status, _) => matches!(*status, StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT),
        }
    }
}
