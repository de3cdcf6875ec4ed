//! Bundles: a SKU that is made of other SKUs when it is sold. It has no stock of its own; selling one consumes its components.

use ids::Sku;
use std::collections::BTreeMap;

/// A part of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Component {
    /// What.
    pub sku: Sku,
    /// Units of it in one bundle, at least 1.
    pub quantity: i64,
}

/// The most units of one component in a bundle.
const QUANTITY_MAX: i64 = 1_000;

/// Why a bundle can't be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadBundle {
    /// It has no components.
    Empty(Sku),
    /// A component is named twice, or is the bundle itself.
    Twice(Sku, Sku),
    /// A component's quantity is not from 1 to 1,000.
    Quantity(Sku, Sku),
    /// A component is a bundle, too.
    Nested(Sku, Sku),
}

/// The bundles of a shop: each with its components, by SKU.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bundles(BTreeMap<Sku, Vec<Component>>);

impl Bundles {
    /// Bundles from their components.
    ///
    /// # Errors
    /// The first [`BadBundle`] by SKU.
    pub fn new(all: impl IntoIterator<Item = (Sku, Component)>) -> Result<Self, BadBundle> {
        let mut bundles: BTreeMap<Sku, Vec<Component>> = BTreeMap::new();
        for (sku, component) in all {
            bundles.entry(sku).or_default().push(component);
        }
        bundles.values_mut().for_each(|components| components.sort());
        let bundles = Self(bundles);
        bundles.0.keys().try_for_each(|sku| bundles.check(sku))?;
        Ok(bundles)
    }

    fn check(&self, sku: &Sku) -> Result<(), BadBundle> {
        let components = self.0.get(sku).map(Vec::as_slice).unwrap_or_default();
        if components.is_empty() {
            return Err(BadBundle::Empty(sku.clone()));
        }
        for (at, one) in components.iter().enumerate() {
            let (bundle, part) = (sku.clone(), one.sku.clone());
            if part == bundle || components[..at].iter().any(|other| other.sku == part) {
                return Err(BadBundle::Twice(bundle, part));
            }
            if !(1..=QUANTITY_MAX).contains(&one.quantity) {
                return Err(BadBundle::Quantity(bundle, part));
            }
            if self.0.contains_key(&part) {
                return Err(BadBundle::Nested(bundle, part));
            }
        }
        Ok(())
    }

    /// The components of a bundle by SKU; none for a SKU that is no bundle.
    #[must_use]
    pub fn components(&self, sku: &Sku) -> Option<&[Component]> {
        self.0.get(sku).map(Vec::as_slice)
    }

    /// What one unit of a SKU consumes: its components, or itself.
    #[must_use]
    pub fn parts(&self, sku: &Sku) -> Vec<Component> {
        match self.components(sku) {
            Some(components) => components.to_vec(),
            None => vec![Component { sku: sku.clone(), quantity: 1 }],
        }
    }

    /// What several SKUs with their units consume together, by SKU: a component that two of them share is counted once, with the units of
    /// both. None if a number is too large.
    #[must_use]
    pub fn expand<'a>(&self, wanted: impl IntoIterator<Item = (&'a Sku, i64)>) -> Option<BTreeMap<Sku, i64>> {
        let mut needs: BTreeMap<Sku, i64> = BTreeMap::new();
        for (sku, units) in wanted {
            for part in self.parts(sku) {
                let need = needs.entry(part.sku).or_default();
                *need = need.checked_add(part.quantity.checked_mul(units)?)?;
            }
        }
        Some(needs)
    }

    /// How many units of a SKU can be made of what `units` says there is of each SKU: the least that any component allows.
    #[must_use]
    pub fn available(&self, sku: &Sku, units: impl Fn(&Sku) -> i64) -> i64 {
        let parts = self.parts(sku);
        parts.iter().map(|part| units(&part.sku).max(0) / part.quantity).min().unwrap_or(0)
    }

    /// Every bundle with its components, by SKU.
    pub fn iter(&self) -> impl Iterator<Item = (&Sku, &[Component])> {
        self.0.iter().map(|(sku, components)| (sku, components.as_slice()))
    }

    /// True if there are no bundles.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sku(text: &str) -> Sku {
        Sku::new(text).unwrap()
    }

    fn bundles(rows: &[(&str, &str, i64)]) -> Result<Bundles, BadBundle> {
        Bundles::new(
            rows.iter()
                .map(|(bundle, part, quantity)| (sku(bundle), Component { sku: sku(part), quantity: *quantity })),
        )
    }

    #[test]
    fn a_bundle_is_worth_its_scarcest_component() {
        let set = bundles(&[("SET", "CUP", 2), ("SET", "POT", 1)]).unwrap();
        let stock = |sku: &Sku| if sku.as_str() == "CUP" { 7 } else { 5 };
        assert_eq!(set.available(&sku("SET"), stock), 3);
        assert_eq!(set.available(&sku("POT"), stock), 5);
        assert_eq!(set.available(&sku("SET"), |_| -4), 0);
    }

    #[test]
    fn shared_components_are_counted_once_with_all_their_units() {
        let set = bundles(&[("SET", "CUP", 2), ("SET", "POT", 1)]).unwrap();
        let needs = set.expand([(&sku("SET"), 3), (&sku("CUP"), 1)]).unwrap();
        assert_eq!(needs.into_iter().collect::<Vec<_>>(), [(sku("CUP"), 7), (sku("POT"), 3)]);
        assert_eq!(set.expand([(&sku("SET"), i64::MAX)]), None);
    }

    #[test]
    fn bad_bundles_are_refused() {
        let check = |rows: &[(&str, &str, i64)], bad: BadBundle| assert_eq!(bundles(rows), Err(bad));
        check(&[("S", "S", 1)], BadBundle::Twice(sku("S"), sku("S")));
        check(&[("S", "A", 1), ("S", "A", 2)], BadBundle::Twice(sku("S"), sku("A")));
        check(&[("S", "A", 0)], BadBundle::Quantity(sku("S"), sku("A")));
        check(&[("S", "T", 1), ("T", "A", 1)], BadBundle::Nested(sku("S"), sku("T")));
    }
}
