//! One HTTP client for all gateways: bounded in time and size, and honest about what it does not know.

use crate::SetupError;
use reqwest::{Client, RequestBuilder, StatusCode, header::HeaderMap, redirect::Policy};
use services::payments::GatewayError;
use std::time::Duration;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE_CALL: Duration = Duration::from_secs(20);
const BODY_BYTES_MAX: usize = 1024 * 1024;

/// An answer, read whole.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// A header's text, empty where it is missing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// True if the gateway is in trouble or turns us away for now: what we asked may have been done, or be done when asked again.
    pub(crate) fn is_unclear(&self) -> bool {
        self.status.is_server_error() || [409, 425, 429].contains(&self.status.as_u16())
    }

    /// The error of an unclear answer.
    pub(crate) fn unclear(&self) -> GatewayError {
        GatewayError::Unknown(format!("status {}", self.status.as_u16()))
    }
}

/// A client that follows no redirects, since a signed request belongs to one address.
pub(crate) fn client() -> Result<Client, SetupError> {
    // Another part of the program may have chosen a provider already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().connect_timeout(CONNECT).timeout(WHOLE_CALL).redirect(Policy::none());
    builder.user_agent("Concord").build().map_err(|error| SetupError(format!("no HTTP client can be made: {error}")))
}

/// Sends a request. All that goes wrong on the way leaves open whether it was done.
pub(crate) async fn send(request: RequestBuilder) -> Result<Answer, GatewayError> {
    let lost = |error: reqwest::Error| GatewayError::Unknown(error.without_url().to_string());
    let mut response = request.send().await.map_err(lost)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(lost)? {
        body.extend_from_slice(&chunk);
        if body.len() > BODY_BYTES_MAX {
            return Err(GatewayError::Unknown("the answer is too long".to_owned()));
        }
    }
    Ok(Answer { status, headers, body })
}
