//! What a page knows of its request: the server finds it out once and the browser goes on with the same facts.
//!
//! The shop and the session travel in here and not as resources, because every page shows them in its head and foot; so
//! the frame around a page never waits for anything and never changes size.

use ids::PlaceId;
use money::{Currency, Locale};
use pricing::Text;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::{Place, PlaceKind, Session, Shop};

/// The id of the element that carries the facts from the server to the browser.
pub const ELEMENT: &str = "facts";

/// What a page knows of its request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// The language.
    #[serde(with = "tag")]
    pub locale: Locale,
    /// `web` or `kiosk`.
    pub channel: String,
    /// The store in whose context the shopper is.
    pub store: Option<PlaceId>,
    /// Minutes by which the shop's own clock is ahead of UTC now (480 for China).
    pub utc_offset_minutes: i32,
    /// The shop.
    pub shop: Shop,
    /// Who is looking.
    pub session: Session,
    /// Who of the shop's own people is looking, as the JSON of a [`wire::StaffInfo`]; empty for everybody else. A text, because
    /// only the staff's part of the program has to read it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub staff: String,
    /// Where the browser's part of the application is; the browser has no use for it later.
    #[serde(skip)]
    pub assets: Assets,
    /// The nonce of this response's content security policy; kept out of what scripts can read.
    #[serde(skip)]
    pub nonce: String,
}

/// Addresses of the built files, from the bundle's manifest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The JavaScript module that wasm-bindgen wrote.
    pub js: String,
    /// The WebAssembly module.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet of the shop's own people, loaded after the other one and by their pages only.
    pub desk_css: String,
    /// The modules of each part of the program, by the part's name.
    pub parts: BTreeMap<String, Vec<String>>,
}

impl Facts {
    /// True on a kiosk.
    #[must_use]
    pub fn kiosk(&self) -> bool {
        self.channel == "kiosk"
    }

    /// The currency of all amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.shop.currency
    }

    /// A place by its id.
    #[must_use]
    pub fn place(&self, id: &PlaceId) -> Option<&Place> {
        self.shop.places.iter().find(|place| &place.id == id)
    }

    /// The store in whose context the shopper is, if the shop knows it.
    #[must_use]
    pub fn here(&self) -> Option<&Place> {
        self.store.as_ref().and_then(|id| self.place(id))
    }

    /// All stores that people can walk into.
    pub fn stores(&self) -> impl Iterator<Item = &Place> {
        self.shop.places.iter().filter(|place| place.kind == PlaceKind::Store)
    }

    /// The name of a department, or its slug where the shop has no such department.
    #[must_use]
    pub fn category_name(&self, slug: &ids::CategorySlug) -> Text {
        let known = self.shop.categories.iter().find(|category| &category.slug == slug);
        known.map_or_else(|| Text::new(slug.as_str(), slug.as_str()), |category| category.name.clone())
    }

    /// The facts as JSON that is safe inside a `<script>` element: no `<` is left in it.
    #[must_use]
    pub fn to_script(&self) -> String {
        serde_json::to_string(self).expect("facts hold only strings, numbers and lists").replace('<', "\\u003c")
    }

    /// Reads what [`Facts::to_script`] wrote.
    ///
    /// # Errors
    /// If the text was written by another version of the shop.
    pub fn from_script(text: &str) -> Result<Self, serde_json::Error> {
        crate::api::parse(text)
    }
}

/// A language as its BCP 47 tag.
mod tag {
    use money::Locale;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    // serde hands over a reference.
    #[expect(clippy::trivially_copy_pass_by_ref)]
    pub fn serialize<S: Serializer>(locale: &Locale, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(locale.tag())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Locale, D::Error> {
        let text = String::deserialize(deserializer)?;
        Locale::from_tag(&text).ok_or_else(|| D::Error::custom("no language of the shop"))
    }
}
