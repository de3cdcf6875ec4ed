//! A text field with its label and its message.

use leptos::{html, prelude::*};
use web_sys::wasm_bindgen::JsCast;

/// What a field asks for.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its id; the message beside it is `{id}-wrong`.
    pub id: &'static str,
    /// What people read.
    pub label: &'static str,
    /// `text` or `tel`.
    pub kind: &'static str,
    /// The browser's word for what goes in, so that it can be filled in by itself.
    pub autocomplete: &'static str,
    /// The keyboard of a phone.
    pub inputmode: &'static str,
    /// Characters at the most.
    pub longest: u16,
    /// True if it must not stay empty.
    pub required: bool,
}

impl Field {
    /// A line of plain text that may stay empty.
    #[must_use]
    pub fn plain(id: &'static str, label: &'static str, longest: u16) -> Self {
        Self { id, label, kind: "text", autocomplete: "off", inputmode: "text", longest, required: false }
    }
}

/// What was entered, and what is wrong with it.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    node: NodeRef<html::Input>,
    /// The text so far; it outlives its element.
    pub value: RwSignal<String>,
    /// What is wrong and what would be right.
    pub wrong: RwSignal<Option<String>>,
}

impl Entry {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::of("")
    }

    /// One that is filled in already.
    #[must_use]
    pub fn of(value: &str) -> Self {
        Self { node: NodeRef::new(), value: RwSignal::new(value.to_owned()), wrong: RwSignal::new(None) }
    }

    /// Puts a text in place of what was entered.
    pub fn write(self, value: &str) {
        self.value.set(value.to_owned());
        if let Some(input) = self.node.get_untracked() {
            input.set_value(value);
        }
    }

    /// The text without outer white space. The element is asked first: people type before the page is taken over.
    #[must_use]
    pub fn read(self) -> String {
        let typed = self.node.get_untracked().map(|input| input.value());
        typed.unwrap_or_else(|| self.value.get_untracked()).trim().to_owned()
    }

    /// Moves the focus into the field.
    pub fn focus(self) {
        if let Some(input) = self.node.get_untracked() {
            let _ = input.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    }
}

/// The field. Its message is tied to it, so that it is read out together with it.
#[must_use]
pub fn field(field: Field, entry: Entry) -> AnyView {
    let Field { id, label, kind, autocomplete, inputmode, longest, required } = field;
    let message = format!("{id}-wrong");
    let described = message.clone();
    let typed = move |event| {
        entry.value.set(event_target_value(&event));
        entry.wrong.set(None);
    };
    view! {
        <div class="field" data-field=id>
            <label for=id>{label}</label>
            <input node_ref=entry.node id=id type=kind autocomplete=autocomplete inputmode=inputmode maxlength=longest.to_string() required=required
                aria-describedby=described aria-invalid=move || entry.wrong.get().map(|_| "true")
                value=entry.value.get_untracked() on:input=typed/>
            <p id=message class="wrong">{move || entry.wrong.get()}</p>
        </div>
    }
    .into_any()
}
