//! The kiosk: an attract screen, the same shop in larger type, a barcode scanner for a keyboard, and a clean slate for the
//! next shopper.

mod attract;
mod idle;
mod scanner;
mod texts;

pub use attract::AttractPage;
pub use scanner::{code_of, listen};

use crate::{
    front::{Front, Ready},
    parts,
};
use leptos::prelude::*;

/// What runs beside every page on a kiosk.
pub fn watch(front: Front) -> AnyView {
    scanner::open_scanned(front);
    stock_up();
    idle::watch(front)
}

/// A kiosk has to work without network: all parts of the program are fetched while there is one.
fn stock_up() {
    let ready = use_context::<Ready>();
    Effect::new(move |_| {
        if Ready::now(ready.as_ref()) {
            leptos::task::spawn_local(parts::preload_all());
        }
    });
}
