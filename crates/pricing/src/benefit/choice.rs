//! Choosing units where any will do: every choice while there are few.

/// More combinations than this are not looked through.
const COMBINATIONS_MAX: usize = 10_000;

/// Every combination of one option per place, as indexes; none if there are more than [`COMBINATIONS_MAX`].
#[inline]
pub(crate) fn combinations(options: &[usize]) -> Option<Vec<Vec<usize>>> {
    let size = options.iter().try_fold(1_usize, |size, &count| size.checked_mul(count.max(1)));
    size.filter(|size| *size <= COMBINATIONS_MAX)?;
    let mut ways: Vec<Vec<usize>> = vec![Vec::with_capacity(options.len())];
    for &count in options {
        ways = ways
            .into_iter()
            .flat_map(|way| (0..count.max(1)).map(move |option| way.iter().copied().chain([option]).collect()))
            .collect();
    }
    Some(ways)
}

/// Units that may be taken: how many, and what each of them saves at the most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Open {
    pub(crate) units: i64,
    pub(crate) saves: i64,
}

/// A place of the search for takings.
struct Frame {
    at: usize,
    /// The next count to try here, the largest first.
    next: i64,
    left: i64,
    saved: i64,
}

/// More ways than this are not listed, and more steps are not made to find them.
const TAKINGS_MAX: usize = 4_000;
const STEPS_MAX: usize = 40_000;

/// What is asked of units that are taken together.
pub(crate) struct Asked<'a> {
    /// At most so many.
    pub(crate) most: i64,
    /// What they save together at the least.
    pub(crate) least: i64,
    /// True if so many may be taken.
    pub(crate) fits: &'a dyn Fn(i64) -> bool,
    /// False if nothing that holds these units, so many of each place, may be taken.
    pub(crate) may: &'a dyn Fn(&[i64]) -> bool,
}

impl Asked<'_> {
    /// Nothing but how many, and what they save.
    #[inline]
    pub(crate) fn of(most: i64, least: i64, fits: &dyn Fn(i64) -> bool) -> Asked<'_> {
        Asked { most, least, fits, may: &|_| true }
    }
}

/// The places in an order, and what the units from a place of that order on may still save: `ahead` is told the place, how many are taken already, and how
/// many may be taken on top.
pub(crate) struct Ahead<'a> {
    pub(crate) order: &'a [usize],
    pub(crate) saves: &'a dyn Fn(usize, i64, i64) -> i64,
}

/// Every way to take units as asked; none if there are too many.
#[inline]
pub(crate) fn takings(places: &[Open], asked: &Asked) -> Option<Vec<Vec<i64>>> {
    let mut order: Vec<usize> = (0..places.len()).collect();
    crate::sort::by_key(&mut order, |&at| (-places[at].saves, at));
    let saves = |at: usize, _: i64, mut left: i64| -> i64 {
        let mut saves = 0_i64;
        for &place in &order[at..] {
            let count = places[place].units.min(left);
            saves = saves.saturating_add(count.saturating_mul(places[place].saves));
            left -= count;
            if left == 0 {
                break;
            }
        }
        saves
    };
    takings_ahead(places, asked, &Ahead { order: &order, saves: &saves })
}

/// The same where it is known better what may still be saved.
#[inline]
pub(crate) fn takings_ahead(places: &[Open], asked: &Asked, ahead: &Ahead) -> Option<Vec<Vec<i64>>> {
    let (order, most) = (ahead.order, asked.most);
    let frame = |at: usize, left: i64, saved: i64| {
        let next = order.get(at).map_or(0, |&place| places[place].units.min(left));
        Frame { at, next, left, saved }
    };
    let (mut found, mut steps) = (Vec::new(), 0);
    let mut counts = vec![0; places.len()];
    let mut stack = vec![frame(0, most, 0)];
    while let Some(top) = stack.last_mut() {
        steps += 1;
        if found.len() > TAKINGS_MAX || steps > STEPS_MAX {
            return None;
        }
        if top.at == order.len() || top.left == 0 {
            if (asked.fits)(most - top.left) && top.saved >= asked.least {
                found.push(counts.clone());
            }
            stack.pop();
            continue;
        }
        let place = order[top.at];
        let (count, at) = (top.next, top.at);
        top.next -= 1;
        counts[place] = count.max(0);
        if count < 0 {
            stack.pop();
            continue;
        }
        let (left, saved) = (top.left - count, top.saved.saturating_add(count.saturating_mul(places[place].saves)));
        let enough = saved.saturating_add((ahead.saves)(at + 1, most - left, left)) >= asked.least;
        if enough && (count == 0 || (asked.may)(&counts)) {
            stack.push(frame(at + 1, left, saved));
        }
    }
    Some(found)
}
