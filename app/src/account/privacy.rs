//! What the member allows, the member's data as a file, and leaving.

use super::{leave::leave, texts::Texts};
use crate::{api::browser, front::Front};
use leptos::{prelude::*, task::spawn_local};
use wire::{Consent, Purpose, SetConsent};

/// The section with the answers and the two ways out.
pub fn privacy(front: Front, consents: &[Consent], points: i64) -> AnyView {
    let t = Texts(front.locale);
    let wrong = RwSignal::new(None::<String>);
    // The birthday has a section of its own, where telling the month is the answer.
    let asked = consents.iter().filter(|one| one.purpose != Purpose::Birthday);
    view! {
        <section class="account-privacy" aria-labelledby="privacy">
            <h2 id="privacy">{t.privacy()}</h2>
            <p>{t.privacy_why()}</p>
            <ul class="consents">{asked.map(|one| consent(front, one, wrong)).collect_view()}</ul>
            <p class="wrong" role="alert">{wrong}</p>
            <form class="row" method="post" action="/api/v1/account/export">
                <button class="button quiet" type="submit">{t.take_along()}</button>
                <small>{t.take_along_what()}</small>
            </form>
            {leave(front, points)}
        </section>
    }
    .into_any()
}

fn consent(front: Front, consent: &Consent, wrong: RwSignal<Option<String>>) -> AnyView {
    let (purpose, version) = (consent.purpose, consent.text_version.clone());
    let given = RwSignal::new(consent.given);
    let change = move |event| {
        let want = event_target_checked(&event);
        let request = SetConsent { purpose, given: want, text_version: version.clone() };
        wrong.set(None);
        given.set(want);
        spawn_local(async move {
            match browser::set_consent(&request).await {
                Ok(_) => front.notice.set(Some(Texts(front.locale).noted().to_owned())),
                Err(problem) => {
                    // What is shown is what holds.
                    given.set(!want);
                    wrong.set(Some(front.say(&problem.detail)));
                }
            }
        });
    };
    view! {
        <li><label class="consent">
            <input type="checkbox" class="needs-script" prop:checked=given checked=consent.given on:change=change/>
            <span>{front.say(&consent.text)}</span>
        </label></li>
    }
    .into_any()
}
