//! Text fields of the checkout: a label, the input, and what is wrong with it.

use super::{draft::Draft, page::Checkout};
use leptos::prelude::*;

/// One text field of the draft. Plain functions instead of closures keep one field's code for all of them.
pub struct Field {
    /// The name that the server uses in its errors.
    pub name: &'static str,
    /// The label.
    pub label: &'static str,
    /// What browsers and input methods may fill in.
    pub autocomplete: &'static str,
    /// The keyboard: `text`, `tel` or `email`.
    pub inputmode: &'static str,
    /// The most characters.
    pub length_max: &'static str,
    /// True if it must not stay empty.
    pub required: bool,
    /// Where the draft keeps it.
    pub of: fn(&mut Draft) -> &mut String,
}

/// The field as it is shown.
pub fn field(checkout: Checkout, field: Field) -> AnyView {
    let Field { name, label, autocomplete, inputmode, length_max, required, of } = field;
    let (id, wrong_id) = (format!("field-{name}"), format!("wrong-{name}"));
    let value = move || checkout.front.draft.with(|draft| of(&mut draft.clone()).clone());
    let typed = move |event| checkout.front.draft.update(|draft| *of(draft) = event_target_value(&event));
    let wrong = Memo::new(move |_| checkout.wrong_with(name));
    let class = format!("field field-{}", name.rsplit('.').next().unwrap_or(name));
    view! {
        <div class=class>
            <label for=id.clone()>{label}</label>
            <input id=id type=inputmode name=name autocomplete=autocomplete inputmode=inputmode maxlength=length_max required=required
                prop:value=value on:input=typed aria-describedby=wrong_id.clone()
                aria-invalid=move || wrong.read().as_ref().map(|_| "true")/>
            <p id=wrong_id class="wrong">{wrong}</p>
        </div>
    }
    .into_any()
}

/// One of a group of radio buttons that looks like a card.
pub fn radio(
    group: &'static str,
    on: Signal<bool>,
    title: String,
    note: Signal<String>,
    side: impl IntoAny,
    choose: impl Fn() + 'static,
) -> AnyView {
    view! {
        <label class="radio">
            <input type="radio" name=group prop:checked=on on:change=move |_| choose()/>
            <span class="radio-word"><span>{title}</span>{move || (!note.read().is_empty()).then(|| view! { <small>{note}</small> })}</span>
            {side.into_any()}
        </label>
    }
    .into_any()
}
