//! What an import would do.

use super::{draft::Draft, findings::Fault, stock::Count, texts::TextRow};

/// How many things of a kind an import adds, changes and finds as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// New ones.
    pub added: usize,
    /// Changed ones.
    pub changed: usize,
    /// Those that are already as the files state them.
    pub unchanged: usize,
}

/// What an import does to one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added,
    /// It is there and becomes different.
    Changed,
    /// It is there and stays as it is.
    Unchanged,
}

/// A line of the table that is shown before an import.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanItem {
    /// What would happen.
    pub change: Change,
    /// The product's handle; for translations the text's address, for stock SKU and place.
    pub key: String,
    /// The product's title, the translated text, or the units.
    pub title: String,
    /// How many variants the product has; 0 for others.
    pub variants: usize,
}

/// What an import would do, with everything that is wrong in its files.
#[derive(Clone, Debug)]
pub struct ImportPlan {
    /// Rows that were read.
    pub rows: usize,
    /// Products.
    pub products: Tally,
    /// Variants; those that are no longer stated go out of sale and are in none of the numbers.
    pub variants: Tally,
    /// Translated texts.
    pub texts: Tally,
    /// Counts of a SKU at a place.
    pub stock: Tally,
    /// Names of departments that would be added.
    pub new_categories: Vec<String>,
    /// One for each product, text or count, in the order of the files.
    pub items: Vec<PlanItem>,
    /// What has to be mended before anything is imported.
    pub faults: Vec<Fault>,
    /// What is imported in another way than it stands there.
    pub warnings: Vec<Fault>,
    pub(super) work: Work,
}

/// What an import did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Products.
    pub products: Tally,
    /// Variants.
    pub variants: Tally,
    /// Translated texts.
    pub texts: Tally,
    /// Counts of a SKU at a place.
    pub stock: Tally,
}

/// What the files state.
#[derive(Clone, Debug)]
pub(super) enum Work {
    Products(Vec<Draft>),
    Texts(Vec<TextRow>),
    Stock(Vec<Count>),
}

/// Is told how many of how many things are written.
pub type Progress<'a> = &'a mut (dyn FnMut(usize, usize) + Send);

impl Tally {
    pub(super) fn count(&mut self, change: Change) {
        *match change {
            Change::Added => &mut self.added,
            Change::Changed => &mut self.changed,
            Change::Unchanged => &mut self.unchanged,
        } += 1;
    }
}

impl Change {
    /// What becomes of a thing that is `there` or not, and `same` or not.
    pub(super) fn of(there: bool, same: bool) -> Self {
        match (there, same) {
            (false, _) => Self::Added,
            (true, false) => Self::Changed,
            (true, true) => Self::Unchanged,
        }
    }
}

impl ImportPlan {
    pub(super) fn new(work: Work) -> Self {
        Self {
            rows: 0,
            products: Tally::default(),
            variants: Tally::default(),
            texts: Tally::default(),
            stock: Tally::default(),
            new_categories: Vec::new(),
            items: Vec::new(),
            faults: Vec::new(),
            warnings: Vec::new(),
            work,
        }
    }

    /// The same numbers without the rows.
    pub(super) fn report(&self) -> ImportReport {
        ImportReport { products: self.products, variants: self.variants, texts: self.texts, stock: self.stock }
    }
}
