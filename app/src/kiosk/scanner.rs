//! A barcode scanner types like a very fast keyboard and ends with Enter. On a kiosk what it reads opens the product; at the till it is sold.

use super::texts::Texts;
use crate::{
    api::{browser, encode},
    front::Front,
};
use leptos::{ev, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use web_sys::wasm_bindgen::JsCast;

/// No one types this fast; scanners do.
const GAP_MS_MAX: f64 = 120.0;
/// The shortest thing that is taken for a code.
const CODE_LENGTH_MIN: usize = 4;
/// A label's QR code holds an address; longer than that is noise.
const TYPED_LENGTH_MAX: usize = 300;

/// Opens the product of what is scanned.
pub fn open_scanned(front: Front) {
    let navigate = use_navigate();
    let open = Callback::new(move |path: String| navigate(&path, NavigateOptions::default()));
    listen(Callback::new(move |code| look_up(front, code, open)));
}

/// Listens for a scanner as long as its owner lives; `heard` is called with each code.
pub fn listen(heard: Callback<String>) {
    let typed = StoredValue::new((String::new(), 0.0_f64));
    Effect::new(move |_| {
        let listener = window_event_listener(ev::keydown, move |event| key(&event, typed, heard));
        on_cleanup(move || listener.remove());
    });
}

fn key(event: &ev::KeyboardEvent, typed: StoredValue<(String, f64)>, heard: Callback<String>) {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")) {
        return;
    }
    // When the key was pressed: a busy page hears of it later.
    let (key, now) = (event.key(), event.time_stamp());
    typed.update_value(|(text, last)| {
        if now - *last > GAP_MS_MAX || text.len() > TYPED_LENGTH_MAX {
            text.clear();
        }
        *last = now;
        if key.chars().count() == 1 {
            text.push_str(&key);
        }
    });
    if key == "Enter" {
        let text = typed.with_value(|(text, _)| text.clone());
        typed.update_value(|(text, _)| text.clear());
        if let Some(code) = code_of(&text) {
            // The Enter belongs to the scanner, not to the link that happens to have the focus.
            event.prevent_default();
            heard.run(code);
        }
    }
}

/// The code in what was typed: digits of a barcode, or the code in the address of one of our labels.
#[must_use]
pub fn code_of(text: &str) -> Option<String> {
    let in_address = ["/01/", "/s/"].into_iter().find_map(|mark| text.split_once(mark)).map(|(_, rest)| rest);
    let code = in_address.unwrap_or(text).split(['?', '/', '#']).next()?;
    let fine = code.len() >= CODE_LENGTH_MIN && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (fine && (in_address.is_some() || code.bytes().all(|byte| byte.is_ascii_digit()))).then(|| code.to_owned())
}

fn look_up(front: Front, code: String, open: Callback<String>) {
    let t = Texts(front.locale);
    front.notice.set(Some(t.looking(&code)));
    leptos::task::spawn_local(async move {
        match browser::resolve_code(&code).await {
            Ok(found) => {
                front.notice.set(None);
                open.run(format!("/p/{}?sku={}", encode(found.handle.as_str()), encode(found.sku.as_str())));
            }
            Err(problem) if problem.status == 404 => front.notice.set(Some(t.unknown(&code))),
            Err(problem) => front.notice.set(Some(front.say(&problem.detail))),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::code_of;

    #[test]
    fn a_scan_is_told_from_typing() {
        assert_eq!(code_of("06901234567892").as_deref(), Some("06901234567892"));
        assert_eq!(code_of("https://shop.example/01/06901234567892?s=sh-wukang").as_deref(), Some("06901234567892"));
        assert_eq!(code_of("https://shop.example/s/K7F2?s=x").as_deref(), Some("K7F2"));
        assert_eq!(code_of("abc"), None);
        assert_eq!(code_of("12"), None);
    }
}
