//! The month of the birthday: told freely, and taken back with one press.

use super::texts::Texts;
use crate::{api::browser, front::Front};
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use money::Locale;
use wire::TellBirthday;

/// The section with the month, or the way to tell it.
pub fn birthday(front: Front) -> AnyView {
    let t = Texts(front.locale);
    let month = Memo::new(move |_| front.member().and_then(|member| member.birthday_month));
    let wrong = RwSignal::new(None::<String>);
    view! {
        <section class="account-birthday" aria-labelledby="birthday">
            <h2 id="birthday">{t.birthday()}</h2>
            <p>{t.birthday_why()}</p>
            {move || match month.get() {
                Some(month) => told(front, month, wrong),
                None => ask(front, wrong),
            }}
            <p id="birthday-wrong" class="wrong" role="alert">{wrong}</p>
        </section>
    }
    .into_any()
}

fn told(front: Front, month: u8, wrong: RwSignal<Option<String>>) -> AnyView {
    let t = Texts(front.locale);
    let back = move |_| send(front, None, wrong);
    view! {
        <p class="row">
            <strong>{t.birthday_is(&name(front, month))}</strong>
            <button class="button quiet needs-script" type="button" on:click=back>{t.birthday_back()}</button>
        </p>
    }
    .into_any()
}

fn ask(front: Front, wrong: RwSignal<Option<String>>) -> AnyView {
    let t = Texts(front.locale);
    let select = NodeRef::<html::Select>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        match select.get_untracked().and_then(|select| select.value().parse().ok()) {
            Some(month) => send(front, Some(month), wrong),
            None => wrong.set(Some(t.birthday_choose().to_owned())),
        }
    };
    let months = (1_u8..=12).map(|month| view! { <option value=month.to_string()>{name(front, month)}</option> });
    view! {
        <form class="birthday-form field" on:submit=submit>
            <label for="birthday-month">{t.birthday_label()}</label>
            <select node_ref=select id="birthday-month" autocomplete="bday-month" aria-describedby="birthday-wrong birthday-once">
                <option value="">{t.birthday_choose()}</option>
                {months.collect_view()}
            </select>
            <button class="button quiet needs-script" type="submit">{t.birthday_save()}</button>
            <small id="birthday-once">{t.birthday_once()}</small>
        </form>
    }
    .into_any()
}

fn send(front: Front, month: Option<u8>, wrong: RwSignal<Option<String>>) {
    let t = Texts(front.locale);
    wrong.set(None);
    spawn_local(async move {
        match browser::tell_birthday(&TellBirthday { month }).await {
            Ok(session) => {
                let said = if month.is_some() { t.birthday_saved() } else { t.birthday_gone() };
                front.notice.set(Some(said.to_owned()));
                front.session.set(session);
            }
            Err(problem) => {
                let of_field = problem.errors.first().map(|one| front.say(&one.message));
                wrong.set(Some(of_field.unwrap_or_else(|| front.say(&problem.detail))));
            }
        }
    });
}

fn name(front: Front, month: u8) -> String {
    match front.locale {
        Locale::Zh => format!("{month} 月"),
        Locale::En => pricing::words::month_name(month).to_owned(),
    }
}
