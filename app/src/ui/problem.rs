//! What went wrong and what to do, and lists without anything in them.

use super::texts::Texts;
use crate::{api, front::Front};
use leptos::prelude::*;
use wire::Problem;

/// A problem in the place of what could not be shown. The page's HTTP status becomes the problem's.
#[must_use]
pub fn problem(front: Front, problem: &Problem) -> AnyView {
    if problem.status >= 400 {
        api::set_status(problem.status);
    }
    let t = Texts(front.locale);
    view! {
        <section class="empty" role="alert">
            <img src="/img/mark.svg" alt="" width="64" height="64"/>
            <h1>{front.say(&problem.detail)}</h1>
            <p class="row">
                <a class="button" href="" rel="external">{t.again()}</a>
                <a class="button quiet" href="/">{t.home()}</a>
            </p>
        </section>
    }
    .into_any()
}

/// An empty state: a heading, a sentence, and the next step.
#[must_use]
pub fn empty(heading: impl Into<String>, sentence: impl Into<String>, next: AnyView) -> AnyView {
    view! {
        <section class="empty">
            <img src="/img/mark.svg" alt="" width="64" height="64"/>
            <h1>{heading.into()}</h1>
            <p>{sentence.into()}</p>
            <div class="row">{next}</div>
        </section>
    }
    .into_any()
}
