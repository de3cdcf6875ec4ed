//! The application: frame and routes.

use leptos::prelude::*;
use leptos_router::{SsrMode, components::{FlatRoutes, Route, Router}, path};

/// The whole application.
#[component]
pub fn App() -> impl IntoView {
    leptos_meta::provide_meta_context();
    view! {
        <Router>
            <main id="main">
                <FlatRoutes fallback=|| "404">
                    <Route path=path!("/") view=|| view! { <p>"Concord"</p> } ssr=SsrMode::Async/>
                </FlatRoutes>
            </main>
        </Router>
    }
}
