//! A payment provider in memory with books of its own, whose line to the shop can be cut where a test says.

use async_trait::async_trait;
use ids::{PaymentId, RefundId};
use services::payments::{
    About, Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply, PaymentRef,
    PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
};
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use wire::PayNext;

/// What becomes of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It is carried out and answered.
    Well,
    /// It never arrives.
    RequestLost,
    /// It is carried out, and the answer is lost.
    AnswerLost,
    /// It is refused, and nothing is done.
    Refuses,
}

#[derive(Debug, Default)]
struct Books {
    moods: VecDeque<Mood>,
    payments: BTreeMap<PaymentId, (GatewayState, i64)>,
    refunds: BTreeMap<RefundId, (PaymentId, i64, RefundState)>,
    calls: Vec<&'static str>,
}

/// A payment provider in memory.
#[derive(Debug)]
pub struct LocalGateway {
    tender: String,
    /// True if it takes the money as soon as the shopper pays, as WeChat Pay does.
    at_once: bool,
    /// True if its refunds are only begun when they are asked for.
    slow_refunds: bool,
    books: Mutex<Books>,
}

/// What its notices carry in the header `secret`.
const SECRET: &str = "the local gateway's own";

impl LocalGateway {
    /// One that first sets money aside.
    #[must_use]
    pub fn new(tender: &str) -> Self {
        Self { tender: tender.to_owned(), at_once: false, slow_refunds: false, books: Mutex::default() }
    }

    /// One that takes money at once and takes its time to give it back.
    #[must_use]
    pub fn taking_at_once(tender: &str) -> Self {
        Self { at_once: true, slow_refunds: true, ..Self::new(tender) }
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What becomes of the next calls; after them all goes well.
    pub fn next(&self, moods: &[Mood]) {
        self.books().moods = moods.iter().copied().collect();
    }

    /// The shopper pays, if the payment is open; true if so.
    pub fn pay(&self, id: &PaymentId) -> bool {
        let at_once = self.at_once;
        let mut books = self.books();
        let Some((state, minor)) = books.payments.get_mut(id) else { return false };
        if *state != GatewayState::Pending {
            return false;
        }
        let minor = *minor;
        *state = if at_once { GatewayState::Captured { minor } } else { GatewayState::Authorised { minor } };
        true
    }

    /// The shopper's bank refuses for good.
    pub fn fail(&self, id: &PaymentId) {
        if let Some((state, _)) = self.books().payments.get_mut(id) {
            *state = GatewayState::Failed { why: "no money".to_owned() };
        }
    }

    /// All refunds that were begun are done.
    pub fn finish_refunds(&self) {
        let mut books = self.books();
        let open = books.refunds.values_mut().filter(|refund| refund.2 == RefundState::Pending);
        open.for_each(|refund| refund.2 = RefundState::Done);
    }

    /// All refunds that were begun are refused for good.
    pub fn refuse_refunds(&self) {
        let refused = RefundState::Failed { why: "the account is closed".to_owned() };
        let mut books = self.books();
        let open = books.refunds.values_mut().filter(|refund| refund.2 == RefundState::Pending);
        open.for_each(|refund| refund.2 = refused.clone());
    }

    /// What the provider took for a payment and what it gave back, in minor units.
    #[must_use]
    pub fn sums(&self, id: &PaymentId) -> (i64, i64) {
        let books = self.books();
        let taken = match books.payments.get(id) {
            Some((GatewayState::Captured { minor }, _)) => *minor,
            _ => 0,
        };
        let back = books.refunds.values().filter(|refund| refund.0 == *id && refund.2 == RefundState::Done);
        (taken, back.map(|refund| refund.1).sum())
    }

    /// How a payment stands at the provider.
    #[must_use]
    pub fn state(&self, id: &PaymentId) -> GatewayState {
        self.books().payments.get(id).map_or(GatewayState::NotFound, |payment| payment.0.clone())
    }

    /// The calls that arrived.
    #[must_use]
    pub fn calls(&self) -> Vec<&'static str> {
        self.books().calls.clone()
    }

    /// A notice that says how a payment stands.
    ///
    /// # Panics
    /// Never: the notice can be written.
    #[must_use]
    pub fn notice(&self, event: &str, id: &PaymentId, state: GatewayState) -> (NoticeHeaders, Vec<u8>) {
        let seen = Seen { state, provider_ref: None };
        signed(&Notice { event: event.to_owned(), about: About::Payment { payment: id.clone(), seen } })
    }

    fn mood(&self, call: &'static str) -> Result<Mood, GatewayError> {
        let mut books = self.books();
        match books.moods.pop_front().unwrap_or(Mood::Well) {
            Mood::RequestLost => Err(lost()),
            Mood::Refuses => Err(GatewayError::Refused { code: "no".to_owned(), message: "not today".to_owned() }),
            mood => {
                books.calls.push(call);
                Ok(mood)
            }
        }
    }
}

fn signed(notice: &Notice) -> (NoticeHeaders, Vec<u8>) {
    let headers = NoticeHeaders::from([("secret".to_owned(), SECRET.to_owned())]);
    (headers, serde_json::to_vec(notice).expect("a notice is made of texts and numbers"))
}

fn lost() -> GatewayError {
    GatewayError::Unknown("the line was cut".to_owned())
}

/// Loses the answer if the mood says so.
fn answer<T>(mood: Mood, value: T) -> Result<T, GatewayError> {
    if mood == Mood::AnswerLost { Err(lost()) } else { Ok(value) }
}

#[async_trait]
impl Gateway for LocalGateway {
    fn tender(&self) -> &str {
        &self.tender
    }

    async fn start(&self, ask: &PaymentStart) -> Result<Started, GatewayError> {
        let mood = self.mood("start")?;
        let pending = (GatewayState::Pending, ask.amount.minor);
        let state = self.books().payments.entry(ask.payment.clone()).or_insert(pending).0.clone();
        let next = Some(PayNext::Qr { text: format!("local:{}", ask.payment) });
        answer(mood, Started { seen: Seen { state, provider_ref: Some(format!("L{}", ask.payment)) }, next })
    }

    async fn query(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let mood = self.mood("query")?;
        answer(mood, Seen { state: self.state(&payment.payment), provider_ref: None })
    }

    async fn capture(&self, payment: &PaymentRef, amount: Amount) -> Result<Seen, GatewayError> {
        let mood = self.mood("capture")?;
        if let Some((state @ GatewayState::Authorised { .. }, _)) = self.books().payments.get_mut(&payment.payment) {
            *state = GatewayState::Captured { minor: amount.minor };
        }
        answer(mood, Seen { state: self.state(&payment.payment), provider_ref: None })
    }

    async fn void(&self, payment: &PaymentRef) -> Result<Seen, GatewayError> {
        let mood = self.mood("void")?;
        let open = |state: &GatewayState| matches!(state, GatewayState::Pending | GatewayState::Authorised { .. });
        if let Some((state, _)) = self.books().payments.get_mut(&payment.payment)
            && open(state)
        {
            *state = GatewayState::Voided;
        }
        answer(mood, Seen { state: self.state(&payment.payment), provider_ref: None })
    }

    async fn refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let mood = self.mood("refund")?;
        let begun = if self.slow_refunds { RefundState::Pending } else { RefundState::Done };
        let mut books = self.books();
        let row = (ask.payment.payment.clone(), ask.amount.minor, begun);
        let state = books.refunds.entry(ask.refund.clone()).or_insert(row).2.clone();
        drop(books);
        answer(mood, RefundSeen { state, provider_ref: None })
    }

    async fn query_refund(&self, ask: &RefundAsk) -> Result<RefundSeen, GatewayError> {
        let mood = self.mood("query refund")?;
        let state = self.books().refunds.get(&ask.refund).map_or(RefundState::NotFound, |refund| refund.2.clone());
        answer(mood, RefundSeen { state, provider_ref: None })
    }

    fn notification(&self, headers: &NoticeHeaders, body: &[u8]) -> Result<Notice, NoticeError> {
        if headers.get("secret").map(String::as_str) != Some(SECRET) {
            return Err(NoticeError::Untrusted("another secret".to_owned()));
        }
        serde_json::from_slice(body).map_err(|error| NoticeError::Malformed(error.to_string()))
    }

    fn reply(&self, taken: bool) -> NoticeReply {
        NoticeReply { status: if taken { 200 } else { 400 }, content_type: "text/plain", body: String::new() }
    }
}
