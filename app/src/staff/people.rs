//! The accounts of the shop's own people.

use super::{desk::Desk, work::Work};
use crate::{
    api::{Ask, browser, encode},
    ui::{self, Entry, Field, field},
};
use ids::PlaceId;
use leptos::{ev::SubmitEvent, html, prelude::*, task::spawn_local};
use wire::{PutStaff, StaffMember};

const ROLES: [&str; 5] = ["clerk", "store_manager", "service", "merchandiser", "administrator"];
const PATH: &str = "/staff/people";

/// All accounts.
#[derive(Clone, Copy)]
struct Roster {
    desk: Desk,
    people: RwSignal<Vec<StaffMember>>,
    work: Work,
    /// The account that would be closed, until that is confirmed.
    closing: RwSignal<Option<String>>,
}

/// `/staff/people`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let data = ui::load(|| Ask::Path(PATH.to_owned()));
    view! {
        <div class="desk-top"><h1>{desk.t.people()}</h1></div>
        {ui::loaded(desk.front, data, move |people: Vec<StaffMember>| {
            let roster = Roster { desk, people: RwSignal::new(people), work: Work::new(desk), closing: RwSignal::new(None) };
            roster.view()
        })}
    }
    .into_any()
}

impl Roster {
    fn view(self) -> AnyView {
        let t = self.desk.t;
        let heads =
            [t.person_name(), t.person_phone(), t.person_role(), t.person_place(), t.person_state(), t.person_do()];
        let heads = heads.map(|name| view! { <th scope="col">{name}</th> });
        let rows = move || self.people.with(|people| people.iter().map(|one| self.row(one)).collect_view());
        view! {
            <div class="table" role="region" aria-label=t.people_list() tabindex="0">
                <table><thead><tr>{heads.collect_view()}</tr></thead><tbody>{rows}</tbody></table>
            </div>
            {self.work.trouble()}
            {self.form()}
        }
        .into_any()
    }

    fn row(self, one: &StaffMember) -> AnyView {
        let (desk, t) = (self.desk, self.desk.t);
        let place = one.place.as_ref().map_or_else(|| t.person_any().to_owned(), |place| desk.place_name(place));
        let own = desk.info().id == one.id;
        let action = (one.active && !own).then(|| self.close(one));
        view! {
            <tr data-closed=!one.active>
                <th scope="row">{one.name.clone()}</th>
                <td>{one.phone.clone()}</td>
                <td>{t.role(&one.role)}</td>
                <td>{place}</td>
                <td>{if one.active { t.person_active() } else { t.person_closed() }}</td>
                <td>{action}</td>
            </tr>
        }
        .into_any()
    }

    /// Closing asks once more.
    fn close(self, one: &StaffMember) -> AnyView {
        let t = self.desk.t;
        let (id, name) = (StoredValue::new(one.id.to_string()), StoredValue::new(one.name.clone()));
        let asked = move || self.closing.with(|closing| *closing == Some(id.get_value()));
        let buttons = move || {
            match asked() {
            false => view! {
                <button class="button quiet needs-script" type="button" aria-label=t.person_close_named(&name.get_value())
                    on:click=move |_| self.closing.set(Some(id.get_value()))>{t.person_close()}</button>
            }
            .into_any(),
            true => view! {
                <div class="row sure" role="group" aria-label=t.person_close_sure(&name.get_value())>
                    <button class="button firm" type="button" disabled=self.work.busy on:click=move |_| self.closed(&id.get_value())>{t.person_close_yes()}</button>
                    <button class="button quiet" type="button" on:click=move |_| self.closing.set(None)>{t.person_keep()}</button>
                </div>
            }
            .into_any(),
        }
        };
        view! { {buttons} }.into_any()
    }

    fn closed(self, id: &str) {
        let path = format!("{PATH}/{}/close", encode(id));
        self.work.start(async move { browser::post_json::<StaffMember>(&path, &()).await }, move |one| {
            self.closing.set(None);
            self.desk.say(self.desk.t.person_was_closed(&one.name));
            self.look();
        });
    }

    fn look(self) {
        spawn_local(async move {
            if let Ok(people) = browser::get::<Vec<StaffMember>>(PATH).await {
                let _ = self.people.try_set(people);
            }
        });
    }

    fn form(self) -> AnyView {
        let (desk, t) = (self.desk, self.desk.t);
        let (name, phone, work) = (Entry::new(), Entry::new(), Work::new(desk));
        let (role, place) = (NodeRef::<html::Select>::new(), NodeRef::<html::Select>::new());
        let value =
            |select: NodeRef<html::Select>| select.get_untracked().map(|select| select.value()).unwrap_or_default();
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let request = PutStaff {
                phone: phone.read(),
                name: name.read(),
                role: value(role),
                place: PlaceId::new(value(place)).ok(),
                active: true,
            };
            work.start(async move { browser::put_json::<StaffMember>(PATH, &request).await }, move |one| {
                desk.say(t.person_saved(&one.name));
                name.write("");
                phone.write("");
                self.look();
            });
        };
        let roles = ROLES.map(|role| view! { <option value=role>{t.role(role)}</option> });
        let places = desk.places(false);
        let places =
            places.iter().map(|one| view! { <option value=one.id.to_string()>{desk.front.say(&one.name)}</option> });
        let tel = Field {
            kind: "tel",
            inputmode: "numeric",
            required: true,
            ..Field::plain("person-phone", t.person_phone(), 24)
        };
        view! {
            <section class="desk-section" aria-labelledby="person-add">
                <h2 id="person-add">{t.people_add()}</h2>
                <p class="desk-note">{t.people_add_hint()}</p>
                <form class="change-form needs-script" novalidate on:submit=submit>
                    <div class="fields">
                        {field(Field { required: true, ..Field::plain("person-name", t.person_name(), 60) }, name)}
                        {field(tel, phone)}
                        <div class="field"><label for="person-role">{t.person_role()}</label><select node_ref=role id="person-role">{roles.collect_view()}</select></div>
                        <div class="field">
                            <label for="person-place">{t.person_place()}</label>
                            <select node_ref=place id="person-place"><option value="">{t.person_any()}</option>{places.collect_view()}</select>
                        </div>
                    </div>
                    {work.trouble()}
                    <button class="button" type="submit" disabled=work.busy>{t.person_save()}</button>
                </form>
            </section>
        }
        .into_any()
    }
}
