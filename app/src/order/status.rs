//! Where an order and its goods stand, in words and as a line of steps.

use super::texts::Texts;
use crate::front::Front;
use leptos::prelude::*;
use wire::{Delivery, Order, OrderStatus as Status};

/// The status in a word or two.
#[must_use]
pub fn status_word(front: Front, status: Status) -> &'static str {
    let t = Texts(front.locale);
    match status {
        Status::AwaitingPayment => t.awaiting_payment(),
        Status::Placed => t.placed(),
        Status::InWork => t.in_work(),
        Status::Ready => t.ready(),
        Status::Shipped => t.shipped(),
        Status::Completed => t.completed(),
        Status::Cancelled => t.cancelled(),
    }
}

/// The word of a status in requests and style sheets.
#[must_use]
pub fn status_key(status: Status) -> &'static str {
    match status {
        Status::AwaitingPayment => "awaiting_payment",
        Status::Placed => "placed",
        Status::InWork => "in_work",
        Status::Ready => "ready",
        Status::Shipped => "shipped",
        Status::Completed => "completed",
        Status::Cancelled => "cancelled",
    }
}

/// The status as a small badge.
#[must_use]
pub fn badge(front: Front, status: Status) -> AnyView {
    view! { <span class="order-status" data-status=status_key(status)>{status_word(front, status)}</span> }.into_any()
}

/// The status in a sentence.
pub fn sentence(front: Front, status: Status) -> &'static str {
    let t = Texts(front.locale);
    match status {
        Status::AwaitingPayment => t.say_awaiting_payment(),
        Status::Placed if front.kiosk => t.thanks_kiosk(),
        Status::Placed => t.say_placed(),
        Status::InWork => t.say_in_work(),
        Status::Ready => t.say_ready(),
        Status::Shipped => t.say_shipped(),
        Status::Completed => t.say_completed(),
        Status::Cancelled => t.say_cancelled(),
    }
}

/// Where goods are, by the word of their stage.
#[must_use]
pub fn stage_word(front: Front, stage: &str) -> &'static str {
    let t = Texts(front.locale);
    match stage {
        "allocated" => t.allocated(),
        "picking" => t.picking(),
        "packed" => t.packed(),
        "shipped" => t.shipped(),
        "delivered" => t.delivered(),
        "ready" => t.ready_here(),
        "collected" => t.collected(),
        "expired" => t.expired(),
        "refused" => t.refused(),
        "sent_back" => t.sent_back(),
        _ => t.cancelled(),
    }
}

/// How far an order is: the steps of its way, and how many of them are done. None where it goes no way any more.
fn way(order: &Order) -> Option<(bool, usize)> {
    let ships = matches!(order.delivery, Delivery::Ship { .. });
    let done = match order.status {
        Status::AwaitingPayment | Status::Cancelled => return None,
        Status::Placed => 1,
        Status::InWork => 2,
        Status::Ready | Status::Shipped => 3,
        Status::Completed => 4,
    };
    Some((ships, done))
}

/// The line of steps; nothing for an order that is not paid or cancelled.
pub fn steps(front: Front, order: &Order) -> Option<AnyView> {
    let t = Texts(front.locale);
    let (ships, done) = way(order)?;
    let names = match ships {
        true => [t.step_placed(), t.step_in_work(), t.step_shipped(), t.step_delivered()],
        false => [t.step_placed(), t.step_in_work(), t.step_ready(), t.step_collected()],
    };
    let step = |(at, name): (usize, &'static str)| {
        let (state, word) = match at + 1 {
            n if n < done || done == 4 => ("done", t.step_done()),
            n if n == done => ("now", t.step_now()),
            _ => ("next", ""),
        };
        let said = (!word.is_empty()).then(|| view! { <span class="sr">" "{word}</span> });
        view! { <li data-step=state aria-current=(state == "now").then_some("step")>{name}{said}</li> }
    };
    Some(
        view! { <ol class="steps" aria-label=t.steps()>{names.into_iter().enumerate().map(step).collect_view()}</ol> }
            .into_any(),
    )
}
