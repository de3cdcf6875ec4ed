//! Books that contradict themselves: what two promotions say of each other can't both hold. Each error names the two.

use super::{BookError, Class, Combine, PriceBook, Promotion, Resolution};
use crate::sort;
use ids::PromotionId;

#[inline]
fn error(one: &Promotion, message: String) -> BookError {
    BookError { place: format!("promotion {}", one.id), message }
}

/// All contradictions between two promotions of a book or of a slice.
#[inline]
pub(super) fn contradictions(book: &PriceBook) -> Vec<BookError> {
    let mut errors = one_sided(book);
    errors.extend(mixed_groups(book));
    errors.extend(impossible_orders(book));
    errors
}

/// What is to come after a promotion that the book does not have. A slice may lack it, a whole book may not.
#[inline]
pub(super) fn strangers(book: &PriceBook) -> Vec<BookError> {
    let known = ById::new(book);
    let stranger = |one: &&Promotion| one.after.as_ref().is_some_and(|after| known.get(after).is_none());
    let after = |one: &Promotion| one.after.as_ref().map(ToString::to_string).unwrap_or_default();
    let message = |one: &Promotion| error(one, format!("is to come after {}, which is not in the book", after(one)));
    book.promotions.iter().filter(stranger).map(message).collect()
}

/// One names the class of another that says with which classes it combines and does not name the first one's class. Promotions that say the same are
/// looked at once, so that the work grows with what is said and not with who says it.
#[inline]
fn one_sided(book: &PriceBook) -> Vec<BookError> {
    let mut said: Vec<((Class, Vec<Class>), &Promotion)> = Vec::new();
    for one in &book.promotions {
        if let Some(with) = &one.combines_with {
            let mut with = with.clone();
            sort::by(&mut with, Ord::cmp);
            with.dedup();
            let saying = (one.class, with);
            // Five classes can't say more than 160 different things.
            if said.iter().all(|(other, _)| *other != saying) {
                said.push((saying, one));
            }
        }
    }
    sort::by(&mut said, |a, b| a.0.cmp(&b.0));
    let mut errors = Vec::new();
    for ((class, with), one) in &said {
        for ((other_class, other_with), other) in &said {
            if with.contains(other_class) && !other_with.contains(class) {
                let message = format!(
                    "combines with class {other_class:?}, but {} of that class does not combine with class {class:?}; \
                     name both classes or neither in combines_with",
                    other.id
                );
                errors.push(error(one, message));
            }
        }
    }
    errors
}

/// A group is either for the best or for the first of its members.
#[inline]
fn mixed_groups(book: &PriceBook) -> Vec<BookError> {
    let listed = book.promotions.iter().enumerate();
    let mut members: Vec<_> = listed.filter(|(_, one)| matches!(one.combine, Combine::Best | Combine::First)).collect();
    sort::by(&mut members, |(_, a), (_, b)| group(a).cmp(&group(b)));
    let mut errors = Vec::new();
    for members in members.chunk_by(|(_, a), (_, b)| group(a) == group(b)) {
        let (_, known) = members[0];
        for (at, one) in members.iter().filter(|(_, one)| one.combine != known.combine) {
            let message = format!(
                "its group gives the {:?} of its members, but {} of the same group says {:?}; \
                 write the same combine, or another group",
                one.combine, known.id, known.combine
            );
            errors.push((*at, error(one, message)));
        }
    }
    sort::by_key(&mut errors, |(at, _)| *at);
    errors.into_iter().map(|(_, error)| error).collect()
}

#[inline]
fn group(one: &Promotion) -> (Class, Option<&str>) {
    (one.class, one.group.as_deref())
}

/// The promotions by their ids. Of several of one id, which is an error of its own, the last counts.
struct ById<'b>(Vec<(usize, &'b Promotion)>);

impl<'b> ById<'b> {
    #[inline]
    fn new(book: &'b PriceBook) -> Self {
        let mut sorted: Vec<_> = book.promotions.iter().enumerate().collect();
        sort::by(&mut sorted, |(_, a), (_, b)| a.id.cmp(&b.id));
        Self(sorted)
    }

    /// The promotion and its place in the book.
    #[inline]
    fn get(&self, id: &PromotionId) -> Option<(usize, &'b Promotion)> {
        let behind = self.0.partition_point(|(_, one)| one.id <= *id);
        self.0[..behind].last().copied().filter(|(_, one)| one.id == *id)
    }
}

/// What comes after another must be able to.
#[inline]
fn impossible_orders(book: &PriceBook) -> Vec<BookError> {
    let by_id = ById::new(book);
    let mut errors = Vec::new();
    for (at, one) in book.promotions.iter().enumerate() {
        let Some((first_at, first)) = one.after.as_ref().and_then(|after| by_id.get(after)) else { continue };
        let pinned = book.resolution == Resolution::Pinned;
        let listed = (one.priority, at) > (first.priority, first_at);
        if one.class != first.class {
            let message = format!(
                "is to come after {}, which is of class {:?}; classes keep their order, so after is for one class",
                first.id, first.class
            );
            errors.push(error(one, message));
        } else if pinned && !listed {
            let message =
                format!("is to come after {}, but its priority puts it before; change the priority", first.id);
            errors.push(error(one, message));
        } else if in_circle(one, &by_id) {
            errors.push(error(one, format!("is to come after {}, which in turn is to come after it", first.id)));
        }
    }
    errors
}

/// True if following `after` leads back to where it began.
#[inline]
fn in_circle(one: &Promotion, by_id: &ById) -> bool {
    let mut at = one;
    for _ in 0..by_id.0.len() {
        let Some((_, next)) = at.after.as_ref().and_then(|after| by_id.get(after)) else { return false };
        if next.id == one.id {
            return true;
        }
        at = next;
    }
    false
}
