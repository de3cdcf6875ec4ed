//! Doing something: one thing at a time, and what went wrong is said where it was done.

use super::desk::Desk;
use leptos::{prelude::*, task::spawn_local};
use wire::Problem;

/// Whether something is on its way, and why the last thing failed.
#[derive(Clone, Copy)]
pub struct Work {
    desk: Desk,
    /// True while the server is asked.
    pub busy: RwSignal<bool>,
    /// What went wrong last.
    pub wrong: RwSignal<Option<String>>,
}

impl Work {
    /// Nothing is on its way.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { desk, busy: RwSignal::new(false), wrong: RwSignal::new(None) }
    }

    /// Does one thing, unless another is on its way; `done` is called with what came of it.
    pub fn start<T: 'static>(
        self,
        doing: impl Future<Output = Result<T, Problem>> + 'static,
        done: impl FnOnce(T) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.wrong.set(None);
        spawn_local(async move {
            let answer = doing.await;
            // The page may be gone by now.
            if self.busy.try_set(false).is_some() {
                return;
            }
            match answer {
                Ok(value) => done(value),
                Err(problem) => self.wrong.set(Some(self.desk.words(&problem))),
            }
        });
    }

    /// Where it is said.
    #[must_use]
    pub fn trouble(self) -> AnyView {
        let words = move || self.wrong.get().map(|words| view! { <p class="trouble">{words}</p> });
        view! { <div class="desk-trouble" role="alert">{words}</div> }.into_any()
    }
}
