//! The demo's own payment provider: it has books of its own, its page asks whether to approve, and it tells us by a signed notice, as others do. Nobody pays
//! anything there.

use super::port::{
    About, Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply, PaymentRef,
    PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
};
use crate::{Result, ServiceError, Services, Thing, secret};
use async_trait::async_trait;
use ids::PaymentId;
use std::sync::Arc;
use storage::{
    Db,
    demo_pay::{self, DemoRow},
};
use wire::PayNext;

/// What it plays, where the real one is not set up.
const TENDERS: [&str; 4] = ["demo_pay", "wechat_pay", "alipay", "unionpay"];
/// The header of its signatures.
const SIGNATURE: &str = "demo-signature";

/// The provider as the gateway of one tender.
pub(crate) struct DemoPay {
    tender: &'static str,
    db: Db,
    public_url: String,
    key: [u8; 32],
}

/// The provider as the gateway of each tender that it plays.
pub(crate) fn all(db: &Db, public_url: &str, pepper: &[u8]) -> Vec<Arc<dyn Gateway>> {
    let one = |tender: &'static str| {
        let gateway = DemoPay { tender, db: db.clone(), public_url: public_url.to_owned(), key: key(pepper) };
        Arc::new(gateway) as Arc<dyn Gateway>
    };
    TENDERS.into_iter().map(one).collect()
}

/// What its notices are signed with.
fn key(pepper: &[u8]) -> [u8; 32] {
    secret::keyed_hash(pepper, &["demo payments"])
}

fn signature(key: &[u8; 32], tender: &str, body: &str) -> String {
    secret::hex(&secret::keyed_hash(key, &[tender, body]))
}

fn seen(row: &DemoRow) -> Seen {
    let state = match row.state.as_str() {
        "authorised" => GatewayState::Authorised { minor: row.amount_minor },
        "captured" => GatewayState::Captured { minor: row.amount_minor },
        "refused" => GatewayState::Failed { why: "refused on the demo's page".to_owned() },
        "voided" => GatewayState::Voided,
        _ => GatewayState::Pending,
    };
    Seen { state, provider_ref: Some(format!("demo-{}", row.id)) }
}

fn lost(error: storage::Error) -> GatewayError {
    GatewayError::Unknown(error.to_string())
}

impl DemoPay {
    async fn row(&self, id: &PaymentId) -> Result<Option<DemoRow>, GatewayError> {
        demo_pay::by_id(&self.db, id).await.map_err(lost)
    }
}

#[async_trait]
impl Gateway for DemoPay {
    fn tender(&self) -> &str {
        self.tender
    }

    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError> {
        let row = DemoRow {
            id: ask.payment.clone(),
            tender: self.tender.to_owned(),
            amount_minor: ask.amount.minor,
            description: ask.description.clone(),
            return_url: ask.return_url.clone(),
            expires_at: ask.expires_at,
            state: "open".to_owned(),
        };
        demo_pay::begin(&self.db, &row).await.map_err(lost)?;
        let url = format!("{}/demo-pay/{}", self.public_url, ask.payment);
        let row = self.row(&ask.payment).await?.unwrap_or(row);
        Ok(Started { seen: seen(&row), next: Some(PayNext::Redirect { url }) })
    }

    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let row = self.row(&payment.payment).await?;
        Ok(row.map_or(Seen { state: GatewayState::NotFound, provider_ref: None }, |row| seen(&row)))
    }

    async fn capture(&self, payment: &PaymentRef, _amount: Amount) -> Result<Seen, GatewayError> {
        demo_pay::change(&self.db, &payment.payment, "authorised", "captured").await.map_err(lost)?;
        self.query(payment).await
    }

    async fn void(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        for from in ["open", "refused", "authorised"] {
            demo_pay::change(&self.db, &payment.payment, from, "voided").await.map_err(lost)?;
        }
        self.query(payment).await
    }

    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let tx = self.db.begin().await.map_err(lost)?;
        let done = demo_pay::refund(&tx, &ask.refund, &ask.payment.payment, ask.amount.minor).await.map_err(lost)?;
        tx.commit().await.map_err(lost)?;
        if !done {
            let message = "more than is left of the payment".to_owned();
            return Err(GatewayError::Refused { code: "too_much".to_owned(), message });
        }
        Ok(RefundSeen { state: RefundState::Done, provider_ref: None })
    }

    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let done = demo_pay::is_refunded(&self.db, &ask.refund).await.map_err(lost)?;
        let state = if done { RefundState::Done } else { RefundState::NotFound };
        Ok(RefundSeen { state, provider_ref: None })
    }

    fn notification(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError> {
        let body = std::str::from_utf8(body).map_err(|error| NoticeError::Malformed(error.to_string()))?;
        let given = headers.get(SIGNATURE).map_or("", String::as_str);
        if !secret::same(given, &signature(&self.key, self.tender, body)) {
            return Err(NoticeError::Untrusted("the signature does not hold".to_owned()));
        }
        serde_json::from_str(body).map_err(|error| NoticeError::Malformed(error.to_string()))
    }

    fn reply(&self, taken: bool) -> NoticeReply {
        let status = if taken { 200 } else { 400 };
        NoticeReply { status, content_type: "application/json", body: "{}".to_owned() }
    }
}

/// A payment on the demo provider's page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPayment {
    /// The payment.
    pub id: PaymentId,
    /// What the provider plays.
    pub tender: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// What is paid.
    pub description: String,
    /// Where the shopper goes back to.
    pub return_url: String,
    /// True if it can be approved or refused.
    pub is_open: bool,
}

impl Services {
    /// A payment on the demo provider's page.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if it has none such, as in every shop that is no demo.
    pub async fn demo_payment(&self, id: &PaymentId) -> Result<DemoPayment> {
        let row = demo_pay::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        Ok(DemoPayment {
            is_open: row.state == "open" && self.now() < row.expires_at,
            id: row.id,
            tender: row.tender,
            amount_minor: row.amount_minor,
            description: row.description,
            return_url: row.return_url,
        })
    }

    /// Approves or refuses a payment on the demo provider's page; the provider then tells the shop by its notice. One that was answered stays as it is.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if the provider has none such.
    pub async fn answer_demo_payment(&self, id: &PaymentId, approve: bool) -> Result<DemoPayment> {
        let before = self.demo_payment(id).await?;
        let to = if approve { "authorised" } else { "refused" };
        if before.is_open {
            demo_pay::change(self.db(), id, "open", to).await?;
        }
        let row = demo_pay::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Payment))?;
        let about = About::Payment { payment: id.clone(), seen: seen(&row) };
        let notice = Notice { event: format!("{id}-{}", row.state), about };
        let body = serde_json::to_string(&notice).map_err(ServiceError::internal)?;
        let signed = signature(&key(&self.0.otp_pepper), &row.tender, &body);
        let headers = NoticeHeaders::from([(SIGNATURE.to_owned(), signed)]);
        self.payment_notice(&row.tender, &headers, body.as_bytes()).await?;
        self.demo_payment(id).await
    }
}
