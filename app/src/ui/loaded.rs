//! A page's data on its way: the page with its data, its problem, or a quiet skeleton that shows up only after 300 ms.

use super::{problem, texts::Texts};
use crate::front::Front;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
use std::{future::Future, sync::Arc};
use wire::Problem;

/// A page's data, or why there is none.
pub type Loaded<T> = Resource<Result<T, Problem>>;

/// Fetches on the server while the page is written, and in the browser when `source` changes afterwards.
pub fn load<S, T, F>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> F + Send + Sync + 'static,
) -> Loaded<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Serialize + DeserializeOwned + Send + Sync + 'static,
    F: Future<Output = Result<T, Problem>> + Send + 'static,
{
    Resource::new(source, fetch)
}

/// The view of the data, once it is there. What was shown stays until the next data has come.
pub fn loaded<T>(front: Front, data: Loaded<T>, show: impl Fn(T) -> AnyView + Send + Sync + 'static) -> AnyView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let show = Arc::new(show);
    let skeleton = move || view! { <div class="skeleton" role="status"><span class="sr">{Texts(front.locale).loading()}</span></div> };
    view! {
        <Transition fallback=skeleton>
            {move || {
                let show = Arc::clone(&show);
                data.get().map(move |data| match data {
                    Ok(data) => show(data),
                    Err(why) => problem(front, &why),
                })
            }}
        </Transition>
    }
    .into_any()
}
