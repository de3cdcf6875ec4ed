//! The ways by which messages leave. Without any of them messages are written to the log, for a shop that has not chosen yet.
//!
//! What is written down in the outbox comes here at least once: a message that was sent and could not be noted as sent comes again with the
//! same id. E-mails carry it in `Message-ID`, calls of the webhook in `id`, so that who gets a message twice can tell.

mod smtp;
mod webhook;

pub use smtp::Smtp;
pub use webhook::{SIGNATURE_HEADER, Webhook, signature};

use async_trait::async_trait;
use secrecy::SecretString;
use services::{BoxError, Envelope, LogMessages, MessageWay, Messages, SendError};
use std::sync::Arc;
use url::Url;

/// Which ways there are.
#[derive(Debug, Default)]
pub struct Ways {
    /// Where e-mails are handed in and whom they come from: `smtp://user:password@host:587?tls=required`, `Shop <shop@example.org>`.
    pub smtp: Option<(SecretString, String)>,
    /// Where the webhook is and the secret that calls of it are signed with.
    pub webhook: Option<(Url, SecretString)>,
}

/// A way can't be set up.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SetupError(pub(crate) String);

/// All ways of a shop behind one door: a message goes by the way that it names, a one-time code by the one that reaches telephones.
struct Router {
    smtp: Option<Smtp>,
    webhook: Option<Webhook>,
}

/// Sets the ways up; the log where there is none.
///
/// # Errors
/// If an address, a sender or a secret can't be used; secrets are not repeated.
pub fn open(ways: Ways) -> Result<Arc<dyn Messages>, SetupError> {
    if ways.smtp.is_none() && ways.webhook.is_none() {
        return Ok(Arc::new(LogMessages));
    }
    // Another part of the program may have chosen a provider of TLS already, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let smtp = ways.smtp.map(|(url, from)| Smtp::new(&url, &from)).transpose()?;
    let webhook = ways.webhook.map(|(url, secret)| Webhook::new(url, secret)).transpose()?;
    Ok(Arc::new(Router { smtp, webhook }))
}

#[async_trait]
impl Messages for Router {
    async fn send_code(&self, phone: &str, code: &str) -> Result<(), BoxError> {
        match &self.webhook {
            Some(webhook) => webhook.send_code(phone, code).await,
            None => LogMessages.send_code(phone, code).await,
        }
    }

    fn ways(&self) -> Vec<MessageWay> {
        let smtp = self.smtp.iter().map(|_| smtp::WAY);
        smtp.chain(self.webhook.iter().map(|_| webhook::WAY)).collect()
    }

    async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        match (envelope.way.as_str(), &self.smtp, &self.webhook) {
            ("smtp", Some(smtp), _) => smtp.send(envelope).await,
            ("webhook", _, Some(webhook)) => webhook.send(envelope).await,
            // What was written down for the log, or for a way that is switched off: it waits until the way is there again, or is given up.
            ("log", ..) => LogMessages.send(envelope).await,
            (way, ..) => Err(SendError::Later(format!("the way {way} is not set up on this server").into())),
        }
    }
}
