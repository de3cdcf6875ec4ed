//! The parts of the program that the browser fetches when they are first needed: pages by what shoppers do together, and
//! the pricing engine. The first page then costs its own part only. On the server all are simply there.
//!
//! What a part alone uses stays out of the others as long as it is named here only: `cargo xtask bundle` prints the sizes.

use crate::{
    api::{self, browser},
    cart::{held, known::Known},
    front::front,
    ui,
};
use leptos::{prelude::*, wasm_split::wasm_split};
use leptos_router::LazyRoute;
use std::sync::Arc;
use wire::{Problem, SliceRequest};

/// A part of the program did not come.
#[derive(Debug)]
pub struct Missing;

impl From<leptos::wasm_split::SplitLoaderError> for Missing {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

impl Missing {
    /// Why: only the network can be, since the server keeps the parts of its build.
    #[must_use]
    pub fn problem(&self) -> Problem {
        browser::offline()
    }
}

/// Reads and compiles a slice of the price book, and what is kept of a promise: the only way to an engine.
#[wasm_split(engine, wasm_split_path = leptos::wasm_split, fallible, preload(preload_engine))]
pub fn engine(answer: String, wanted: SliceRequest, held: Option<String>) -> Result<Option<Arc<Known>>, Missing> {
    Ok(api::parse(&answer)
        .ok()
        .and_then(|answer| Known::new(answer, wanted, held.and_then(|text| held::read(&text))))
        .map(Arc::new))
}

/// The pages that price a cart at once.
const PRICED: [&str; 2] = ["cart", "checkout"];

/// One row for each page: its part, the first segment of its address, its route, the page, and two names for what the splitter makes.
macro_rules! pages {
    ($($part:ident $segment:literal: $route:ident $page:path, $view:ident $preload:ident;)*) => {$(
        #[doc = concat!("The route of [`", stringify!($page), "`].")]
        pub struct $route;

        impl LazyRoute for $route {
            fn data() -> Self {
                Self
            }

            async fn view(_: Self) -> AnyView {
                $view().await.unwrap_or_else(|missing| ui::problem(front(), &missing.problem()))
            }

            async fn preload() {
                // Only earlier, not for the first time: the page itself asks again and says what is wrong.
                let _ = $preload().await;
            }
        }

        #[wasm_split($part, wasm_split_path = leptos::wasm_split, fallible, preload($preload))]
        fn $view() -> Result<AnyView, Missing> {
            Ok(view! { <$page/> }.into_any())
        }
    )*

        /// The parts that the page at a path needs at once.
        pub fn needed_at(path: &str) -> impl Iterator<Item = &'static str> {
            let first = path.split('/').nth(1).unwrap_or_default();
            let page = match first {
                $($segment => Some(stringify!($part)),)*
                _ => None,
            };
            page.into_iter().chain(PRICED.contains(&first).then_some("engine"))
        }

        /// Fetches every part, so that it is there when the network is not.
        pub async fn preload_all() {
            let _ = futures::join!(preload_engine(), $($preload()),*);
        }
    };
}

pages! {
    home "": Home crate::home::HomePage, home_view preload_home;
    browse "c": Category crate::catalog::CategoryPage, category_view preload_category;
    browse "search": Search crate::catalog::SearchPage, search_view preload_search;
    browse "p": Product crate::product::ProductPage, product_view preload_product;
    buy "cart": Cart crate::cart::CartPage, cart_view preload_cart;
    buy "checkout": Checkout crate::checkout::CheckoutPage, checkout_view preload_checkout;
    buy "orders": Order crate::order::OrderPage, order_view preload_order;
    more "sign-in": SignIn crate::account::SignInPage, sign_in_view preload_sign_in;
    more "account": Account crate::account::AccountPage, account_view preload_account;
    more "kiosk": Attract crate::kiosk::AttractPage, attract_view preload_attract;
    desk "staff": Staff crate::staff::StaffPage, staff_view preload_staff;
    more "labels": Labels crate::labels::LabelsPage, labels_view preload_labels;
}
