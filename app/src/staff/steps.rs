//! The steps that goods take at a place: one main step where they stand, and the ways out.

use super::{desk::Desk, work::Work};
use crate::{
    api::{browser, encode},
    order::{Chosen, Units, choose},
    receipt::Names,
    ui::{Entry, Field, field},
};
use ids::FulfilmentId;
use leptos::{ev::SubmitEvent, prelude::*};
use wire::{FulfilStep, Fulfilment, MissingUnits};

/// A form that a step needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Panel {
    Missing,
    Refuse,
    Ship,
    Collect,
    SendBack,
}

/// The steps of one fulfilment.
#[derive(Clone, Copy)]
struct Steps {
    desk: Desk,
    one: StoredValue<Fulfilment>,
    open: RwSignal<Option<Panel>>,
    work: Work,
    done: Callback<()>,
}

/// What can be done with goods where they stand; `done` is called after each step. Nothing for goods whose way is over.
pub fn steps(desk: Desk, one: &Fulfilment, names: &Names, done: Callback<()>) -> Option<AnyView> {
    let open = RwSignal::new(None);
    let steps = Steps { desk, one: StoredValue::new(one.clone()), open, work: Work::new(desk), done };
    let buttons = steps.buttons(one)?;
    let names = StoredValue::new(names.clone());
    let panel = move || open.get().map(|panel| names.with_value(|names| steps.panel(panel, names)));
    Some(view! { <div class="steps-of">{steps.work.trouble()}<div class="row">{buttons}</div>{panel}</div> }.into_any())
}

impl Steps {
    fn buttons(self, one: &Fulfilment) -> Option<AnyView> {
        let t = self.desk.t;
        let (pick_up, none) = (one.way == "pick_up", Vec::new);
        Some(match one.stage.as_str() {
            "allocated" => view! {
                {self.step(true, t.start_picking(), FulfilStep::StartPicking, t.said_picking())}
                {self.opens(false, t.refuse(), Panel::Refuse)}
            }
            .into_any(),
            "picking" => {
                let main = match pick_up {
                    true => self.step(true, t.make_ready(), FulfilStep::MakeReady { missing: none() }, t.said_ready()),
                    false => self.step(true, t.pack(), FulfilStep::Pack { missing: none() }, t.said_packed()),
                };
                view! { {main}{self.opens(false, t.missing(), Panel::Missing)}{self.opens(false, t.refuse(), Panel::Refuse)} }
                    .into_any()
            }
            "packed" => self.opens(true, t.ship(), Panel::Ship),
            "shipped" => view! {
                {self.step(true, t.deliver(), FulfilStep::Deliver, t.said_delivered())}
                {self.opens(false, t.send_back(), Panel::SendBack)}
            }
            .into_any(),
            "ready" => self.opens(true, t.collect(), Panel::Collect),
            _ => return None,
        })
    }

    /// A button that takes a step at once.
    fn step(self, main: bool, word: &'static str, step: FulfilStep, said: &'static str) -> AnyView {
        let step = StoredValue::new(step);
        let class = if main { "button firm needs-script" } else { "button quiet needs-script" };
        view! {
            <button class=class type="button" disabled=self.work.busy on:click=move |_| self.send(step.get_value(), said)>{word}</button>
        }
        .into_any()
    }

    /// A button that opens a form.
    fn opens(self, main: bool, word: &'static str, panel: Panel) -> AnyView {
        let class = if main { "button firm needs-script" } else { "button quiet needs-script" };
        let is_open = move || self.open.get() == Some(panel);
        let toggle = move |_| self.open.update(|open| *open = if *open == Some(panel) { None } else { Some(panel) });
        view! {
            <button class=class type="button" aria-expanded=move || is_open().to_string() on:click=toggle>{word}</button>
        }
        .into_any()
    }

    fn send(self, step: FulfilStep, said: &'static str) {
        let id: FulfilmentId = self.one.with_value(|one| one.id.clone());
        let doing = async move {
            let path = format!("/staff/fulfilments/{}/steps", encode(id.as_str()));
            browser::post_json::<Fulfilment>(&path, &step).await
        };
        self.work.start(doing, move |_| {
            self.open.set(None);
            self.desk.say(said);
            self.done.run(());
        });
    }

    fn panel(self, panel: Panel, names: &Names) -> AnyView {
        let t = self.desk.t;
        match panel {
            Panel::Missing => self.missing(names),
            Panel::Ship => self.ship(),
            Panel::Collect => self.collect(),
            Panel::Refuse => {
                let step = |why| FulfilStep::Refuse { why };
                self.reason(t.refuse_why(), t.refuse_confirm(), t.said_refused(), step)
            }
            Panel::SendBack => {
                let step = |why| FulfilStep::SendBack { why };
                self.reason(t.send_back_why(), t.send_back_confirm(), t.said_sent_back(), step)
            }
        }
    }

    fn form(self, body: AnyView, confirm: &'static str, submit: impl Fn() + 'static) -> AnyView {
        let sent = move |event: SubmitEvent| {
            event.prevent_default();
            submit();
        };
        let label = move || if self.work.busy.get() { self.desk.t.working() } else { confirm };
        view! {
            <form class="step-form" novalidate on:submit=sent>
                {body}
                <button class="button firm" type="submit" disabled=self.work.busy>{label}</button>
            </form>
        }
        .into_any()
    }

    fn reason(
        self,
        label: &'static str,
        confirm: &'static str,
        said: &'static str,
        step: fn(String) -> FulfilStep,
    ) -> AnyView {
        let why = Entry::new();
        request_animation_frame(move || why.focus());
        let body = field(Field { required: true, ..Field::plain("step-why", label, 200) }, why);
        self.form(body, confirm, move || match why.read() {
            text if text.is_empty() => {
                why.wrong.set(Some(self.desk.t.why_needed().to_owned()));
                why.focus();
            }
            text => self.send(step(text), said),
        })
    }

    fn ship(self) -> AnyView {
        let t = self.desk.t;
        let (carrier, tracking) = (Entry::new(), Entry::new());
        request_animation_frame(move || carrier.focus());
        let body = view! {
            <div class="fields">
                {field(Field::plain("step-carrier", t.carrier(), 60), carrier)}
                {field(Field::plain("step-tracking", t.tracking(), 60), tracking)}
            </div>
        };
        self.form(body.into_any(), t.ship_confirm(), move || {
            self.send(FulfilStep::Ship { carrier: carrier.read(), tracking: tracking.read() }, t.said_shipped());
        })
    }

    fn collect(self) -> AnyView {
        let t = self.desk.t;
        let (code, by) = (Entry::new(), Entry::new());
        request_animation_frame(move || code.focus());
        let body = view! {
            <div class="fields">
                {field(Field { required: true, ..Field::plain("step-code", t.code(), 20) }, code)}
                {field(Field::plain("step-by", t.collected_by(), 60), by)}
            </div>
        };
        self.form(body.into_any(), t.collect(), move || match code.read() {
            text if text.is_empty() => {
                code.wrong.set(Some(t.code_needed().to_owned()));
                code.focus();
            }
            code => self.send(FulfilStep::Collect { code, by: by.read() }, t.said_collected()),
        })
    }

    /// Units that were not on the shelf; the rest goes on.
    fn missing(self, names: &Names) -> AnyView {
        let t = self.desk.t;
        let (rows, pick_up) = self.one.with_value(|one| {
            let row = |line: &wire::FulfilmentGoods| Units {
                line: line.line.clone(),
                sku: line.sku.clone(),
                gift: line.gift,
                most: line.quantity,
            };
            (one.lines.iter().map(row).collect::<Vec<_>>(), one.way == "pick_up")
        });
        let chosen = Chosen::new(vec![0; rows.len()]);
        let list = choose(self.desk.front, t.missing_which(), &rows, names, chosen, &|_| None);
        let body = view! { <p>{t.missing_hint()}</p>{list} }.into_any();
        let (confirm, said) = match pick_up {
            true => (t.missing_ready(), t.said_ready()),
            false => (t.missing_pack(), t.said_packed()),
        };
        self.form(body, confirm, move || {
            let units = chosen.get_untracked();
            let gone = rows.iter().zip(units).filter(|(_, units)| *units > 0);
            let missing: Vec<_> = gone.map(|(row, units)| MissingUnits { line: row.line.clone(), units }).collect();
            match (missing.is_empty(), pick_up) {
                (true, _) => self.work.wrong.set(Some(t.missing_choose().to_owned())),
                (_, true) => self.send(FulfilStep::MakeReady { missing }, said),
                (_, false) => self.send(FulfilStep::Pack { missing }, said),
            }
        })
    }
}
