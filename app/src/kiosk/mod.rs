//! The kiosk: an attract screen, the same shop in larger type, a barcode scanner for a keyboard, and a clean slate for the
//! next shopper.

mod attract;
mod idle;
mod scanner;
mod texts;

pub use attract::AttractPage;

use crate::front::Front;
use leptos::prelude::*;

/// What runs beside every page on a kiosk.
pub fn watch(front: Front) -> AnyView {
    scanner::listen(front);
    idle::watch(front)
}
