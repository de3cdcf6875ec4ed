//! Versions: listed, made to hold now or later, and gone back to. Which one holds at an instant is told by the activations alone.

use super::{load, publish::unpriced};
use crate::{Result, ServiceError, Services, Thing};
use ids::{PriceBookId, Sku};
use pricing::{Instant, book::PriceBook};
use std::collections::HashMap;
use storage::{
    Tx,
    books::{self, Activation, ActivationKind, BookRow},
};

/// Who does something, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deed {
    /// Who, as they name themselves.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// A version of the price book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its id, when it was published, by whom and with what note.
    pub book: BookRow,
    /// True if it is in force now, though perhaps without the promotions whose gifts have run out.
    pub holds: bool,
    /// When it began to hold for the last time.
    pub since: Option<Instant>,
    /// When it is going to hold.
    pub scheduled: Option<Instant>,
}

/// What an activation brings about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activated {
    /// From when on the version holds.
    pub from: Instant,
    /// The version that holds until then.
    pub instead_of: PriceBookId,
    /// What is going to hold after it, as it was scheduled before.
    pub later: Vec<Activation>,
    /// SKUs of the catalogue that can't be bought while it holds.
    pub unpriced: Vec<Sku>,
}

/// The word for the version in force.
const CURRENT: &str = "current";
/// So many digits of an id are needed to name a version.
const DIGITS_MIN: usize = 4;

/// The versions that led to the one in force, which is the last: choosing one adds it, going back drops those after it, and what the server
/// made of a version takes its place.
fn trail(activations: &[Activation]) -> Vec<PriceBookId> {
    let mut trail: Vec<PriceBookId> = Vec::new();
    for one in activations {
        let known = trail.iter().position(|id| *id == one.source);
        match (one.kind, known) {
            (ActivationKind::Rollback, Some(at)) => trail.truncate(at + 1),
            (ActivationKind::Made, _) => {
                trail.pop();
                trail.push(one.source.clone());
            }
            _ if trail.last() == Some(&one.source) => {}
            _ => trail.push(one.source.clone()),
        }
    }
    trail
}

/// Those that were not called off.
fn planned(activations: Vec<Activation>) -> impl Iterator<Item = Activation> {
    activations.into_iter().filter(|one| one.cancelled.is_none())
}

impl Services {
    /// All versions, the newest first.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn versions(&self) -> Result<Vec<Version>> {
        let now = self.now();
        let active = books::active(self.db(), now).await?.map(|one| one.source);
        let (mut since, mut scheduled) = (HashMap::new(), HashMap::new());
        for one in planned(books::activations(self.db()).await?) {
            if one.from <= now {
                since.extend([(one.book, one.from), (one.source, one.from)]);
            } else {
                scheduled.entry(one.source).or_insert(one.from);
            }
        }
        let version = |book: BookRow| Version {
            holds: active.as_ref() == Some(&book.id),
            since: since.get(&book.id).copied(),
            scheduled: scheduled.get(&book.id).copied(),
            book,
        };
        Ok(books::all(self.db()).await?.into_iter().map(version).collect())
    }

    /// Everything that ever made a version hold, or is going to, in the order in which it takes effect, and what was called off.
    ///
    /// # Errors
    /// Only internal ones.
    pub async fn activations(&self) -> Result<Vec<Activation>> {
        Ok(books::activations(self.db()).await?)
    }

    /// The version that a text means: an id, the first digits of one, or `current` for the one in force, with the promotions that are left out
    /// of it only for as long as their gifts have run out.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`]; [`ServiceError::Invalid`] if the digits are too few or more than one version begins with them.
    pub async fn version_named(&self, text: &str) -> Result<PriceBookId> {
        if text == CURRENT {
            let active = books::active(self.db(), self.now()).await?;
            return active.map(|one| one.source).ok_or(ServiceError::NotFound(Thing::PriceBook));
        }
        let is_hex = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
        if text.len() < DIGITS_MIN || !is_hex {
            let (zh, en) = (
                format!("“{text}”不是版本号：请写 current，或编号的前 {DIGITS_MIN} 位以上（0-9、a-f）。"),
                format!(
                    "{text:?} names no version: write `current` or at least the first {DIGITS_MIN} digits of an id."
                ),
            );
            return Err(ServiceError::field("version", zh, en));
        }
        match books::beginning_with(self.db(), text).await?.as_slice() {
            [] => Err(ServiceError::NotFound(Thing::PriceBook)),
            [id] => Ok(id.clone()),
            _ => {
                let (zh, en) = (
                    format!("有多个版本以 {text} 开头，请多写几位。"),
                    format!("Several versions begin with {text}; write more digits."),
                );
                Err(ServiceError::field("version", zh, en))
            }
        }
    }

    /// A version's document.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none.
    pub async fn version(&self, id: &PriceBookId) -> Result<PriceBook> {
        let text = books::document(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::PriceBook))?;
        serde_json::from_str(&text).map_err(ServiceError::internal)
    }

    /// Makes a version hold from an instant on, or from now on. A running server switches at that instant; one that is told by the database
    /// only, because another process wrote it, looks there once a second.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] for an unknown version, [`ServiceError::Invalid`] for an instant in the past, [`ServiceError::BadData`]
    /// for a version that this engine can't read any more.
    pub async fn activate(&self, id: &PriceBookId, at: Option<Instant>, deed: &Deed) -> Result<Activated> {
        let now = self.now();
        let from = at.unwrap_or(now);
        if from < now {
            let (zh, en) = (
                format!("生效时间 {from} 已经过去：写将来的时间，或不写（立即生效）。"),
                format!("{from} is past: name an instant to come, or none for now."),
            );
            return Err(ServiceError::field("at", zh, en));
        }
        let tx = self.db().begin().await?;
        let activated = self.make_hold(tx, id, from, ActivationKind::Chosen, deed).await?;
        self.reload().await?;
        Ok(activated)
    }

    /// Goes back to an older version from now on: to the one named, or to the one that was left when the version in force was chosen.
    /// Returns that version too.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] if there is none to go back to; else as [`Services::activate`].
    pub async fn roll_back(&self, to: Option<&PriceBookId>, deed: &Deed) -> Result<(PriceBookId, Activated)> {
        let now = self.now();
        let tx = self.db().begin().await?;
        let past: Vec<Activation> = planned(books::activations(&tx).await?).filter(|one| one.from <= now).collect();
        let trail = trail(&past);
        let before = trail.len().checked_sub(2).map(|at| &trail[at]);
        let held_once = |id: &&PriceBookId| past.iter().any(|one| one.book == **id || one.source == **id);
        let target = match to {
            Some(id) => Some(id).filter(held_once),
            None => before,
        };
        let target = target.cloned().ok_or_else(|| {
            let (zh, en) =
                ("没有可以退回的版本：它从未生效过。", "There is nothing to go back to: no such version held before.");
            ServiceError::field("version", zh, en)
        })?;
        let activated = self.make_hold(tx, &target, now, ActivationKind::Rollback, deed).await?;
        self.reload().await?;
        Ok((target, activated))
    }

    async fn make_hold(
        &self,
        tx: Tx,
        id: &PriceBookId,
        from: Instant,
        kind: ActivationKind,
        deed: &Deed,
    ) -> Result<Activated> {
        let now = self.now();
        if books::document(&tx, id).await?.is_none() {
            return Err(ServiceError::NotFound(Thing::PriceBook));
        }
        let book = load(&tx, id).await?;
        let unpriced = unpriced(&tx, book.document()).await?;
        let held =
            books::active(&tx, from).await?.ok_or_else(|| ServiceError::internal("no price book is in force"))?;
        let (made_by, reason) = (deed.by.clone(), deed.reason.clone());
        let (book, source) = (id.clone(), id.clone());
        let one = Activation { book, source, from, kind, made_at: now, made_by, reason, cancelled: None };
        books::activate(&tx, &one).await?;
        let later = planned(books::activations(&tx).await?).filter(|one| one.from > from).collect();
        tx.commit().await?;
        Ok(Activated { from, instead_of: held.source, later, unpriced })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActivationKind::{Chosen, Made, Rollback};

    fn check(steps: &[(ActivationKind, &str)], expected: &[&str]) {
        let id = |text: &str| PriceBookId::new(text).unwrap();
        let step = |(kind, book): &(ActivationKind, &str)| Activation {
            book: id(book),
            source: id(book),
            from: Instant(0),
            kind: *kind,
            made_at: Instant(0),
            made_by: String::new(),
            reason: String::new(),
            cancelled: None,
        };
        let trail: Vec<String> =
            trail(&steps.iter().map(step).collect::<Vec<_>>()).iter().map(ToString::to_string).collect();
        assert_eq!(trail, expected, "{steps:?}");
    }

    #[test]
    fn going_back_drops_what_came_after() {
        check(&[], &[]);
        check(&[(Made, "a")], &["a"]);
        check(&[(Made, "a"), (Chosen, "b"), (Chosen, "c")], &["a", "b", "c"]);
        check(&[(Made, "a"), (Chosen, "b"), (Chosen, "c"), (Rollback, "b")], &["a", "b"]);
        check(&[(Made, "a"), (Chosen, "b"), (Rollback, "a"), (Chosen, "c")], &["a", "c"]);
        // An import makes another book of the one in force; going back passes both.
        check(&[(Made, "a"), (Chosen, "b"), (Made, "d")], &["a", "d"]);
        check(&[(Made, "a"), (Chosen, "b"), (Chosen, "b")], &["a", "b"]);
    }
}
