//! A price book made ready to quote: checked, numbered and indexed, so that a quote costs what matches and not what exists.

use super::{
    Base, Class, Combine, Compiler, PriceBook, Promotion, Rounder, SkuFacts, SkuPrice, Slice,
    check::{self, BookError},
    compiler::Symbols,
    contradictions,
    directory::Directory,
    facts::sku_facts,
    index::{Entry, Found, Index, Places, in_order},
};
use crate::{
    benefit::{Effect, Limited, Terms},
    condition::Check,
    hash::{Feed, hash_of},
    sort,
    time::Instant,
    tree,
};
use ids::{CouponCode, PriceBookId, Sku};
use money::{Currency, Ratio, RoundingMode, minor_to_decimal};
use std::sync::Arc;

/// A price book made ready to quote. Immutable; share it.
#[derive(Debug)]
pub struct CompiledBook {
    id: PriceBookId,
    directory: Arc<Directory>,
    pub(crate) symbols: Symbols,
    /// As the document's SKUs, which are sorted.
    pub(crate) skus: Vec<SkuFacts>,
    pub(crate) shipping: Vec<(i64, Ratio)>,
    /// In the order of application.
    pub(crate) promotions: Vec<Ready>,
    index: Index,
    /// Of the document's SKUs.
    places: Places,
    pub(crate) rounder: Rounder,
    /// Points earned per minor unit of goods.
    pub(crate) points_earn: Ratio,
    /// Minor units that one point is worth.
    pub(crate) points_value: Ratio,
    /// The share of the total that points may pay.
    pub(crate) points_cap: Ratio,
}

/// A promotion made ready.
#[derive(Debug)]
pub(crate) struct Ready {
    /// Its place in the document.
    pub(crate) at: usize,
    /// True if a limit may keep it from its turn.
    pub(crate) limited: bool,
    pub(crate) terms: Terms,
    pub(crate) combine: Combine,
    /// The classes with which it combines, as bits.
    pub(crate) combines_with: u8,
    pub(crate) conditions: Vec<Box<dyn Check>>,
    /// What all goods have to be worth at the least, by which price, where it has no limit nor any other condition.
    pub(crate) least: Option<(Base, i64)>,
    pub(crate) effect: Box<dyn Effect>,
    pub(crate) cap: i64,
    pub(crate) budget: i64,
    /// True if neither conditions nor effect look at what a line or unit costs now, but only at what all goods cost together.
    pub(crate) steady: bool,
    /// No more than so many millionths of what all goods cost then does it promise for goods on top.
    pub(crate) millionths: i64,
    /// Equal for promotions of one class that do the same.
    pub(crate) kind: u128,
    /// Equal for conditions that ask for the same, in the order of the conditions.
    pub(crate) kinds: Vec<u128>,
}

/// The book's one text form, from which its id is made: SKUs, levels and shipping methods sorted, no white space.
#[must_use]
#[cfg_attr(target_family = "wasm", inline)]
pub fn canonical_json(book: &PriceBook) -> String {
    let mut book = book.clone();
    check::sort(&mut book);
    tree::write(&book)
}

impl CompiledBook {
    /// Checks a whole book and makes it ready; its id is the SHA-256 of its canonical JSON. Returns all that is wrong with it.
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn new(mut book: PriceBook) -> Result<Self, Vec<BookError>> {
        check::sort(&mut book);
        let id = PriceBookId::new(hash_of(tree::write(&book).as_bytes())).expect("64 hexadecimal digits are an id");
        let strangers = contradictions::strangers(&book);
        match Self::compile(id, book) {
            Ok(compiled) if strangers.is_empty() => Ok(compiled),
            Ok(_) => Err(strangers),
            Err(errors) => Err(errors.into_iter().chain(strangers).collect()),
        }
    }

    /// Makes a slice ready. It quotes in the name of the whole book.
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn from_slice(slice: Slice) -> Result<Self, Vec<BookError>> {
        Self::compile(slice.of, slice.part)
    }

    #[inline]
    fn compile(id: PriceBookId, mut book: PriceBook) -> Result<Self, Vec<BookError>> {
        check::sort(&mut book);
        let mut errors = check::check(&book);
        errors.extend(contradictions::contradictions(&book));
        let mut compiler = Compiler::new(book.currency);
        let skus = check::collect(
            &mut errors,
            book.skus.iter(),
            |one| format!("sku {}", one.sku),
            |one| sku_facts(one, &book, &mut compiler),
        );
        let shipping = check::collect(
            &mut errors,
            book.shipping.iter(),
            |one| format!("shipping {}", one.method),
            |one| {
                let tax = one.tax_rate.unwrap_or(book.tax.rate);
                Ok((compiler.amount(one.price)?, Ratio::from_rate(tax).map_err(|error| error.to_string())?))
            },
        );
        let rounder = Rounder { mode: book.rounding.mode, scope: book.rounding.scope };
        let listed = book.promotions.iter().enumerate();
        let mut promotions = check::collect(
            &mut errors,
            listed,
            |one| format!("promotion {}", one.1.id),
            |(at, one)| ready(*at, one, rounder, &mut compiler),
        );
        sort::by_key(&mut promotions, |one| (one.terms.class, book.promotions[one.at].priority, one.at));
        let points = [
            compiler.per_minor(book.points.earn, false),
            compiler.per_minor(book.points.value, true),
            Ratio::from_rate(book.points.cap).map_err(|error| error.to_string()),
        ];
        let [points_earn, points_value, points_cap] = points.map(|rate| {
            rate.map_err(|message| errors.push(BookError { place: "points".to_owned(), message }))
                .unwrap_or(Ratio::ZERO)
        });
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(Self {
            id,
            index: Index::new(promotions.iter().map(|one| entry(one, &book.promotions[one.at]))),
            places: Places::new(book.skus.iter().map(|one| one.sku.as_str())),
            directory: Arc::new(Directory::new(book, promotions.iter().map(|one| one.at))),
            symbols: compiler.symbols,
            skus,
            shipping,
            promotions,
            rounder,
            points_earn,
            points_value,
            points_cap,
        })
    }

    /// The book's id: of the whole book, for a slice too.
    #[must_use]
    pub fn id(&self) -> &PriceBookId {
        &self.id
    }

    /// The document, with SKUs, levels and shipping methods sorted.
    #[must_use]
    pub fn document(&self) -> &PriceBook {
        &self.directory.document
    }

    /// The currency of all amounts.
    #[must_use]
    pub fn currency(&self) -> Currency {
        self.document().currency
    }

    pub(crate) fn promotion(&self, at: usize) -> &Promotion {
        self.directory.promotion(at)
    }

    /// The SKU's place in the document.
    pub(crate) fn find_sku(&self, sku: &Sku) -> Option<usize> {
        self.places.find(sku.as_str(), |place| self.skus[place].is_of(sku))
    }

    /// The same of several. Their places are read before their facts: a book is larger than a processor's caches, and so it waits for many at once and
    /// not for one after another.
    pub(crate) fn find_skus<'s>(
        &self,
        skus: impl ExactSizeIterator<Item = &'s Sku> + Clone,
    ) -> impl Iterator<Item = Option<usize>> {
        let likely: Vec<usize> = skus.clone().map(|sku| self.places.likely(sku.as_str())).collect();
        let is_likely = |sku: &Sku, place: usize| place < self.skus.len() && self.skus[place].is_of(sku);
        let found = move |(sku, place)| if is_likely(sku, place) { Some(place) } else { self.find_sku(sku) };
        skus.zip(likely).map(found)
    }

    /// The promotions that could touch these SKUs or need one of these codes, in the order of application.
    pub(crate) fn candidates<'f>(&self, skus: impl Iterator<Item = &'f SkuFacts>, codes: &[CouponCode]) -> Vec<usize> {
        self.index.candidates(skus, codes)
    }

    /// The same, in two lists: first those whose schedule runs at an instant, in the order of application; then the others as they come, some more than
    /// once.
    pub(crate) fn scheduled<'f>(
        &self,
        skus: impl Iterator<Item = &'f SkuFacts>,
        codes: &[CouponCode],
        at: Instant,
    ) -> (Vec<usize>, Vec<u32>) {
        self.index.scheduled(skus, codes, at)
    }

    /// What quotes say of promotions comes from here.
    pub(crate) fn directory(&self) -> &Arc<Directory> {
        &self.directory
    }

    /// The promotions of a code, in the order of application.
    pub(crate) fn of_code(&self, code: &CouponCode) -> impl Iterator<Item = usize> {
        self.index.of_code(code).iter().map(|(at, _)| *at as usize)
    }

    /// The part of the book that can touch these SKUs, alone or together, with the promotions of the known codes among `coupons`. Unknown SKUs
    /// and codes are left out. Other coupon promotions are left out too, so that a slice gives no code away.
    #[must_use]
    #[cfg_attr(target_family = "wasm", inline)]
    pub fn slice(&self, skus: &[Sku], coupons: &[CouponCode]) -> Slice {
        let asked: Vec<usize> = skus.iter().filter_map(|sku| self.find_sku(sku)).collect();
        let mut promotions = self.candidates(asked.iter().map(|&at| &self.skus[at]), coupons);
        let gifts = promotions.iter().flat_map(|&at| self.promotions[at].effect.gifts());
        let mut kept: Vec<usize> = gifts.filter_map(|sku| self.find_sku(sku)).chain(asked.iter().copied()).collect();
        in_order(&mut kept);
        promotions.iter_mut().for_each(|at| *at = self.promotions[*at].at);
        in_order(&mut promotions);
        let part = PriceBook {
            skus: kept.iter().map(|&at| self.shown(at)).collect(),
            promotions: promotions.iter().map(|&at| self.part_of(at, &kept)).collect(),
            levels: self.document().levels.clone(),
            shipping: self.document().shipping.clone(),
            margin_floor: None,
            ..*self.document()
        };
        Slice { of: self.id.clone(), part }
    }

    /// A SKU as a slice shows it: the floor that its cost asks for, and never the cost.
    #[inline]
    fn shown(&self, at: usize) -> SkuPrice {
        let sku = &self.document().skus[at];
        let by_cost = self.document().margin_floor.is_some() && sku.cost.is_some();
        let floor = || minor_to_decimal(self.skus[at].floor, self.document().currency);
        SkuPrice { min_price: if by_cost { Some(floor()) } else { sku.min_price }, cost: None, ..sku.clone() }
    }

    /// A promotion as a slice of these SKUs shows it.
    #[inline]
    fn part_of(&self, at: usize, kept: &[usize]) -> Promotion {
        let mut promotion = self.document().promotions[at].clone();
        promotion.then.keep_skus(|sku| self.find_sku(sku).is_some_and(|at| kept.binary_search(&at).is_ok()));
        promotion
    }
}

/// How the index finds a promotion.
#[inline]
fn entry(ready: &Ready, promotion: &Promotion) -> Entry {
    let of_conditions = || ready.conditions.iter().find_map(|one| one.anchors());
    let found = match &promotion.coupon {
        Some(code) => Found::Code(code.clone()),
        None => ready.effect.anchors().or_else(of_conditions).map_or(Found::Always, Found::Anchors),
    };
    Entry { schedule: (promotion.starts, promotion.ends), found }
}

/// Classes as bits.
#[inline]
fn classes(of: &[Class]) -> u8 {
    of.iter().fold(0, |bits, class| bits | class.bit())
}

impl Class {
    /// The class as one of a set.
    pub(crate) fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl Ready {
    /// True if both may be applied to one cart, as far as the classes say.
    pub(crate) fn combines(&self, other: &Self) -> bool {
        self.combines_with & other.terms.class.bit() != 0 && other.combines_with & self.terms.class.bit() != 0
    }
}

#[inline]
fn ready(at: usize, promotion: &Promotion, rounder: Rounder, compiler: &mut Compiler) -> Result<Ready, String> {
    compiler.begin(promotion);
    let conditions =
        promotion.conditions.iter().map(|one| one.compile(compiler)).collect::<Result<Vec<_>, String>>()?;
    let effect = Limited::wrap(promotion.then.rule.compile(compiler)?, promotion)?;
    let terms = Terms { class: promotion.class, base: promotion.base, rounder };
    let most = |amount: Option<money::Decimal>| amount.map_or(Ok(i64::MAX), |amount| compiler.amount(amount));
    if promotion.class == Class::Price && promotion.base == Base::Shelf {
        return Err("class price has no shelf price yet; its base is current or list".to_owned());
    }
    // Units are counted by promotion, and of a price list a slice has a part: neither does the same as another's.
    let apart = promotion.limit.units.is_some() || promotion.then.is_sliced();
    let alone = apart.then_some(&promotion.id);
    Ok(Ready {
        kind: kind(&(promotion.class, promotion.base, &promotion.then, alone)),
        kinds: promotion.conditions.iter().map(kind).collect(),
        at,
        limited: !promotion.limit.is_none(),
        least: match &*conditions {
            [only] if promotion.limit.is_none() => only.least(),
            _ => None,
        },
        steady: matches!(effect.off_all(0, &terms), Ok(Some(_))) && conditions.iter().all(|one| one.is_steady()),
        millionths: millionths(&*effect),
        terms,
        combine: promotion.combine,
        combines_with: promotion.combines_with.as_deref().map_or(u8::MAX, classes),
        conditions,
        effect,
        cap: most(promotion.then.cap)?,
        budget: most(promotion.limit.budget)?,
    })
}

/// What a promise never exceeds, rounded up; no bound where none is known.
#[inline]
fn millionths(effect: &dyn Effect) -> i64 {
    let share = effect.share().and_then(|share| share.of(1_000_000, RoundingMode::Down).ok());
    share.map_or(i64::MAX, |share| share.saturating_add(1))
}

/// A number for a piece of a document.
#[inline]
fn kind(of: &impl serde::Serialize) -> u128 {
    let mut feed = Feed::new();
    feed.and(tree::write(of).as_str());
    feed.fingerprint()
}
