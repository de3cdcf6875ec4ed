//! A page's data on its way: the page with its data, its problem, or a quiet skeleton that shows up only after 300 ms.

use super::{problem, texts::Texts};
use crate::{
    api::{self, Answer, AsIs, Ask, browser},
    front::Front,
};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// The answer to a page's question.
pub type Data = Resource<Answer, AsIs>;

/// Asks on the server while the page is written, and in the browser when the question changes afterwards.
pub fn load(question: impl Fn() -> Ask + Send + Sync + 'static) -> Data {
    let question: Arc<dyn Fn() -> Ask + Send + Sync> = Arc::new(question);
    Resource::new_with_options(move || question(), api::ask, false)
}

/// The view of the data, once it is there. What was shown stays until the next data has come.
pub fn loaded<T: DeserializeOwned>(
    front: Front,
    data: Data,
    show: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    shown(
        front,
        data,
        Arc::new(move |text| match api::parse(text) {
            Ok(data) => show(data),
            Err(_) => problem(front, &browser::unreadable(200)),
        }),
    )
}

type Show = Arc<dyn Fn(&str) -> AnyView + Send + Sync>;

fn shown(front: Front, data: Data, show: Show) -> AnyView {
    let skeleton = move || view! { <div class="skeleton" role="status"><span class="sr">{Texts(front.locale).loading()}</span></div> };
    let view = move || {
        data.get().map(|answer| match answer {
            Ok(text) => show(&text),
            Err(why) => problem(front, &why),
        })
    };
    view! { <Transition fallback=skeleton>{view}</Transition> }.into_any()
}
