//! The application: frame and routes.

use crate::{frame, front::Front, kiosk, lost, parts};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{
    Lazy, SsrMode,
    components::{FlatRoutes, Route, Router},
    hooks::use_location,
    path,
};

/// The whole application. Expects [`crate::facts::Facts`] in the context.
#[component]
pub fn App() -> impl IntoView {
    leptos_meta::provide_meta_context();
    let front = Front::provide();
    let shop = front.say(&front.facts().shop.name);
    let title = move |page: String| if page.is_empty() { shop.clone() } else { format!("{page} · {shop}") };
    let (routing, set_routing) = signal(false);
    view! {
        <Title formatter=title/>
        <Router set_is_routing=set_routing>
            <Frame routing=routing/>
        </Router>
    }
}

/// Head, page and foot; the attract screen and the label sheet stand alone.
#[component]
fn Frame(routing: ReadSignal<bool>) -> impl IntoView {
    let front = crate::front::front();
    let t = frame::texts::Texts(front.locale);
    let path = use_location().pathname;
    let alone =
        Memo::new(move |_| path.with(|path| path.starts_with("/kiosk/") || path == "/labels" || frame::is_staff(path)));
    // Reading goes on at the new page's start, for those who hear it or walk it by keyboard.
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            focus_main();
        }
        now
    });
    view! {
        <a class="skip" href="#main">{t.skip()}</a>
        <div class="progress" data-on=move || routing.get() aria-hidden="true"></div>
        {move || (!alone.get()).then(|| frame::head(front))}
        {frame::offline(front)}
        <main id="main" tabindex="-1"><Pages/></main>
        {move || (!alone.get() && !front.kiosk).then(|| frame::foot(front))}
        {frame::notices(front)}
        {front.kiosk.then(|| kiosk::watch(front))}
    }
}

fn focus_main() {
    use web_sys::wasm_bindgen::JsCast;
    if let Some(main) = document().get_element_by_id("main") {
        let _ = main.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}

/// Every page is written whole by the server before it is sent, so that it can be read without the browser's part.
#[component]
fn Pages() -> impl IntoView {
    view! {
        <FlatRoutes fallback=lost::page transition=true>
            <Route path=path!("/") view={Lazy::<parts::Home>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/c/:category") view={Lazy::<parts::Category>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/search") view={Lazy::<parts::Search>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/p/:handle") view={Lazy::<parts::Product>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/cart") view={Lazy::<parts::Cart>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/checkout") view={Lazy::<parts::Checkout>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view={Lazy::<parts::SignIn>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/account") view={Lazy::<parts::Account>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/orders/:number") view={Lazy::<parts::Order>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/kiosk/:store") view={Lazy::<parts::Attract>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/staff/*rest") view={Lazy::<parts::Staff>::new()} ssr=SsrMode::Async/>
            <Route path=path!("/labels") view={Lazy::<parts::Labels>::new()} ssr=SsrMode::Async/>
        </FlatRoutes>
    }
}
