//! E-mail, handed in by SMTP.

use crate::SetupError;
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
    transport::smtp,
};
use secrecy::{ExposeSecret, SecretString};
use services::{Envelope, MessageWay, Reach, SendError};
use std::time::Duration;

pub(crate) const WAY: MessageWay = MessageWay { name: "smtp", needs: Reach::Email };
/// A mail server that is silent for so long is taken for dead.
const SILENCE_MAX: Duration = Duration::from_secs(20);

/// A mail server and a sender. Connections are kept and used again.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// A mail server by its address: `smtp://host` plain, `smtp://user:password@host:587?tls=required` with STARTTLS, `smtps://…` with TLS from
    /// the first byte on. `from` is an address or `Name <address>`.
    ///
    /// # Errors
    /// If one of them can't be read; the address, which may hold a password, is not repeated.
    pub fn new(url: &SecretString, from: &str) -> Result<Self, SetupError> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.expose_secret()).map_err(|_| {
            SetupError(
                "the address of the mail server can't be read; write smtp://host or smtps://user:password@host"
                    .to_owned(),
            )
        })?;
        let from = from.parse().map_err(|error| {
            SetupError(format!(
                "the sender {from:?} is no mail address ({error}); write shop@example.org or Name <shop@example.org>"
            ))
        })?;
        Ok(Self { transport: builder.timeout(Some(SILENCE_MAX)).build(), from })
    }

    pub(crate) async fn send(&self, envelope: &Envelope) -> Result<(), SendError> {
        let message = self.message(envelope)?;
        self.transport.send(message).await.map(drop).map_err(sorted)
    }

    fn message(&self, envelope: &Envelope) -> Result<Message, SendError> {
        let address: Address = envelope.to.email.as_deref().unwrap_or_default().parse().map_err(never)?;
        let name = Some(envelope.to.name.clone()).filter(|name| !name.is_empty());
        let builder = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(&envelope.subject)
            .message_id(Some(format!("<{}@{}>", envelope.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN);
        builder.body(envelope.text.clone()).map_err(never)
    }
}

fn never(error: impl std::error::Error + Send + Sync + 'static) -> SendError {
    SendError::Never(error.into())
}

/// A server that says "never" to the recipient or the message means it; "not now", a lost connection and a wrong password may get better.
fn sorted(error: smtp::Error) -> SendError {
    let code = error.status().map(u16::from);
    match code {
        Some(550..=554) if error.is_permanent() => SendError::Never(error.into()),
        _ => SendError::Later(error.into()),
    }
}
