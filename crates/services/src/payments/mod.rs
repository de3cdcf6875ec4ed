//! Payments: split over tenders, begun at gateways, settled whatever happens.
//!
//! An order's payments are changed while the order is taken for a change ([`crate::orders::Change`]), so never two at a time; gateways are called outside of
//! any transaction. What a gateway is to do is written down first and done by [`Services::settle_payments`](crate::Services::settle_payments), until it is
//! done: a server that dies in between leaves a payment that is due.

mod change;
pub(crate) mod demo;
mod moved;
mod notice;
mod offers;
mod open;
mod otherwise;
mod port;
mod problem;
mod purse;
mod record;
mod refund;
mod schedule;
mod settle;
mod start;
mod state;
mod tenders;
mod view;

pub use demo::DemoPayment;
pub(crate) use open::{Opened, due_on_delivery, opened};
pub use port::{
    About, Amount, Gateway, GatewayError, GatewayState, Notice, NoticeError, NoticeHeaders, NoticeReply, PaymentRef,
    PaymentStart, RefundAsk, RefundSeen, RefundState, Seen, Started,
};
pub use problem::PaymentProblem;
pub use settle::Settled;
pub(crate) use tenders::{EXCHANGE, GIFT_CARD, Kind, Planned, STORED_VALUE};
