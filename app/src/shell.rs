//! The HTML document around the application, written by the server.

use crate::{
    App,
    facts::{ELEMENT, Facts},
};
use leptos::prelude::*;
use leptos_meta::MetaTags;

/// The whole document of a response. Call it inside the request's context, after [`crate::provide`].
pub fn shell(facts: &Facts) -> impl IntoView + use<> {
    let Facts { assets, nonce, .. } = facts;
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
                <link rel="icon" href="/img/mark.svg" type="image/svg+xml"/>
                <link rel="modulepreload" href=assets.js.clone()/>
                <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
                <MetaTags/>
                <script type="application/json" id=ELEMENT inner_html=facts.to_script()></script>
                <script type="module" nonce=nonce.clone() inner_html=start></script>
            </head>
            <body><App/></body>
        </html>
    }
}
