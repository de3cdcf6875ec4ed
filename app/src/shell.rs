//! The HTML document around the application, written by the server.

use crate::{
    App,
    facts::{ELEMENT, Facts},
    frame, parts,
};
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document of a response to `path`. Call it inside the request's context, after [`crate::provide`].
pub fn shell(facts: &Facts, path: &str) -> impl IntoView + use<> {
    let Facts { assets, nonce, .. } = facts;
    // All modules that the page will ask for come at the same time as the first.
    let parts = parts::needed_at(path).filter_map(|part| assets.parts.get(part)).flatten();
    let mut modules = vec![&assets.wasm];
    parts.for_each(|module| {
        if !modules.contains(&module) {
            modules.push(module)
        }
    });
    let modules = modules.into_iter().map(|module| {
        view! { <link rel="preload" href=module.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/> }
    });
    let desk = (frame::is_staff(path) && !assets.desk_css.is_empty())
        .then(|| view! { <link rel="stylesheet" href=assets.desk_css.clone()/> });
    let start = format!(
        "import init,{{hydrate}} from {:?};await init({{module_or_path:{:?}}});await hydrate();document.documentElement.dataset.ready='';",
        assets.js, assets.wasm
    );
    view! {
        <!DOCTYPE html>
        <html lang=facts.locale.tag() data-channel=facts.channel.clone()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <meta name="theme-color" content="#faf7f2" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#191714" media="(prefers-color-scheme: dark)"/>
                <meta name="color-scheme" content="light dark"/>
                <meta name="format-detection" content="telephone=no"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                {desk}
                <link rel="icon" href="/img/mark.svg" type="image/svg+xml"/>
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="modulepreload" href=assets.js.clone()/>
                {modules.collect_view()}
                <MetaTags/>
                <script type="application/json" id=ELEMENT inner_html=facts.to_script()></script>
                <script type="module" nonce=nonce.clone() inner_html=start></script>
            </head>
            <body><App/></body>
        </html>
    }
}
