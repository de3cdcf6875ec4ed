//! The ways by which messages leave, from the options and the environment.

use crate::config::MessageOptions;
use anyhow::{Context, Result, anyhow};
use messengers::Ways;
use services::Messages;
use std::sync::Arc;

/// The environment variable with the secret that calls of the webhook are signed with.
pub const WEBHOOK_SECRET: &str = "CONCORD_WEBHOOK_SECRET";

/// Sets the ways up; the log where there is none.
///
/// # Errors
/// With what is missing or can't be used.
pub fn open(options: &MessageOptions, webhook_secret: Option<String>) -> Result<Arc<dyn Messages>> {
    let smtp = options.smtp_url.clone().map(|url| {
        let from = options.smtp_from.clone();
        let from = from.context("a mail server needs a sender: set CONCORD_SMTP_FROM to `Name <shop@example.org>`")?;
        anyhow::Ok((url.into(), from))
    });
    let webhook = options.webhook_url.clone().map(|url| {
        let secret = webhook_secret.with_context(|| format!("a webhook needs a secret: set {WEBHOOK_SECRET}"))?;
        anyhow::Ok((url, secret.into()))
    });
    let ways = Ways { smtp: smtp.transpose()?, webhook: webhook.transpose()? };
    messengers::open(ways).map_err(|error| anyhow!("messages can't be sent: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    // A way by SMTP looks after its connections from the start, which needs a runtime.
    #[tokio::test]
    async fn half_a_way_is_refused_with_what_is_missing() {
        let smtp = MessageOptions { smtp_url: Some("smtp://localhost".to_owned()), ..MessageOptions::default() };
        let webhook = MessageOptions { webhook_url: "https://x.example/".parse().ok(), ..MessageOptions::default() };
        let rows = [(&smtp, "CONCORD_SMTP_FROM"), (&webhook, WEBHOOK_SECRET)];
        for (options, missing) in rows {
            let error = open(options, None).err().expect("it is refused").to_string();
            assert!(error.contains(missing), "{error}");
        }
        let whole = MessageOptions { smtp_from: Some("shop@example.org".to_owned()), ..smtp };
        let names = |ways: Arc<dyn Messages>| ways.ways().iter().map(|way| way.name).collect::<Vec<_>>();
        assert_eq!(names(open(&whole, None).unwrap()), ["smtp"]);
        let both = MessageOptions { webhook_url: webhook.webhook_url, ..whole };
        assert_eq!(names(open(&both, Some("a".repeat(32))).unwrap()), ["smtp", "webhook"]);
        assert_eq!(names(open(&MessageOptions::default(), None).unwrap()), ["log"]);
    }
}
