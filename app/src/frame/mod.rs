//! What stands around every page: head, foot, notices, and the network's state.

mod foot;
mod head;
mod notices;
pub(crate) mod texts;

pub use foot::foot;
pub use head::head;
pub use notices::{notices, offline};

use crate::front::Front;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use money::Locale;

/// The address of the page that is shown, with another value for `key`: a full load follows, so that the server decides anew.
fn with_key(key: &'static str, value: String) -> impl Fn() -> String + Send + Sync + Clone + 'static {
    let location = use_location();
    move || {
        let mut query = crate::api::Query::new();
        for (name, old) in location.query.get().into_iter() {
            if name != key {
                query.add(&name, &old);
            }
        }
        let query = query.to_string();
        let sign = if query.is_empty() { '?' } else { '&' };
        format!("{}{query}{sign}{key}={}", location.pathname.get(), crate::api::encode(&value))
    }
}

/// True for the pages of the shop's own people, which have a head of their own and no cart.
#[must_use]
pub fn is_staff(path: &str) -> bool {
    path == "/staff" || path.starts_with("/staff/")
}

/// A link to this page in the other language.
pub fn other_language(front: Front) -> AnyView {
    let (tag, word, lang) = match front.locale {
        Locale::Zh => ("en", "English", "en"),
        Locale::En => ("zh", "中文", "zh-CN"),
    };
    view! { <a class="lang" href=with_key("lang", tag.to_owned()) rel="external" hreflang=lang lang=lang>{word}</a> }
        .into_any()
}
