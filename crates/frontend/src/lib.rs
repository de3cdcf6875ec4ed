//! The browser's entry: takes over the page that the server rendered, and nothing else.

/// Called by the page once the WebAssembly module is loaded.
#[wasm_bindgen::prelude::wasm_bindgen]
pub async fn hydrate() {
    console_error_panic_hook::set_once();
    app::hydrate().await;
}
