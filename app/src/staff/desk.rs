//! Who works here, where, and what every page of the staff needs.

use super::texts::Texts;
use crate::front::Front;
use ids::PlaceId;
use leptos::prelude::*;
use leptos_router::{
    NavigateOptions,
    hooks::{use_location, use_navigate, use_query_map},
};
use std::sync::Arc;
use wire::{Place, PlaceKind, Problem, StaffInfo};

/// Who works here; a handful of handles, cheap to copy.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The page's front.
    pub front: Front,
    /// The texts.
    pub t: Texts,
    info: StoredValue<Arc<StaffInfo>>,
}

impl Desk {
    /// The desk of the one who is signed in; none for everybody else.
    pub fn open(front: Front) -> Option<Self> {
        let info: StaffInfo = crate::api::parse(&front.facts().staff).ok()?;
        Some(Self { front, t: Texts(front.locale), info: StoredValue::new(Arc::new(info)) })
    }

    /// Who is signed in.
    #[must_use]
    pub fn info(self) -> Arc<StaffInfo> {
        self.info.get_value()
    }

    /// True if the role may do it, by the word of the permission.
    #[must_use]
    pub fn may(self, permission: &str) -> bool {
        self.info.with_value(|info| info.may.iter().any(|one| one == permission))
    }

    /// The place where this one works and nowhere else; none for who may choose.
    #[must_use]
    pub fn bound_to(self) -> Option<PlaceId> {
        let info = self.info();
        let bound = matches!(info.role.as_str(), "clerk" | "store_manager");
        info.place.clone().filter(|_| bound)
    }

    /// The place that the page is about: one's own, or the one that the address names, or the first.
    #[must_use]
    pub fn place(self, stores_only: bool) -> Memo<Option<PlaceId>> {
        let query = use_query_map();
        Memo::new(move |_| {
            if let Some(place) = self.bound_to() {
                return Some(place);
            }
            let named = query.with(|query| query.get("place")).and_then(|id| PlaceId::new(id).ok());
            let known = named.filter(|id| self.front.facts().place(id).is_some());
            known
                .or_else(|| self.info().place.clone())
                .or_else(|| self.places(stores_only).first().map(|one| one.id.clone()))
        })
    }

    /// All places, or only those that people can walk into.
    #[must_use]
    pub fn places(self, stores_only: bool) -> Vec<Place> {
        let fits = |place: &&Place| !stores_only || place.kind == PlaceKind::Store;
        self.front.facts().shop.places.iter().filter(fits).cloned().collect()
    }

    /// A place's name.
    #[must_use]
    pub fn place_name(self, id: &PlaceId) -> String {
        self.front.facts().place(id).map_or_else(|| id.to_string(), |place| self.front.say(&place.name))
    }

    /// Says something once, aloud too.
    pub fn say(self, words: impl Into<String>) {
        self.front.notice.set(Some(words.into()));
    }

    /// What a problem says: of the field that is wrong if there is one.
    #[must_use]
    pub fn words(self, problem: &Problem) -> String {
        let of_field = problem.errors.first().map(|one| self.front.say(&one.message));
        of_field.unwrap_or_else(|| self.front.say(&problem.detail))
    }
}

/// The choice of a place, for who is not bound to one; it is kept in the address.
pub fn choose_place(desk: Desk, place: Memo<Option<PlaceId>>, stores_only: bool) -> AnyView {
    if let Some(own) = desk.bound_to() {
        return view! { <p class="desk-place">{desk.place_name(&own)}</p> }.into_any();
    }
    let (navigate, path) = (use_navigate(), use_location().pathname);
    let chosen = move |event| {
        let query = format!("?place={}", crate::api::encode(&event_target_value(&event)));
        navigate(&format!("{}{query}", path.get_untracked()), NavigateOptions::default());
    };
    let options = desk.places(stores_only).into_iter().map(|one| {
        let id = one.id.clone();
        let selected = move || place.get().as_ref() == Some(&id);
        view! { <option value=one.id.to_string() selected=selected>{desk.front.say(&one.name)}</option> }
    });
    view! {
        <label class="desk-place">
            <span>{desk.t.place()}</span>
            <select class="needs-script" on:change=chosen>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}
