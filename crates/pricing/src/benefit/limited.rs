//! `"limit": {"units": 100}`: a benefit on units that is given on so many units over all orders (flash prices, 限量). What is left narrows it to the
//! units on which it saves most; ties go to the smaller line id.

use super::{Effect, Manner, Most, Terms, Variants, Wanted, target::discountable};
use crate::{
    book::{Anchor, Matcher, Promotion},
    engine::{Match, Plan, State},
    quote::Need,
    sort,
    trace::Reason,
};
use ids::PromotionId;
use money::Overflow;

/// A benefit on units with a limit of units.
#[derive(Debug)]
pub(crate) struct Limited {
    effect: Box<dyn Effect>,
    promotion: PromotionId,
    units: i64,
}

impl Limited {
    /// The effect narrowed by the promotion's limit of units, or as it is where there is none. An error where the rule does not mean
    /// single units.
    #[inline]
    pub(crate) fn wrap(effect: Box<dyn Effect>, promotion: &Promotion) -> Result<Box<dyn Effect>, String> {
        let Some(units) = promotion.limit.units else { return Ok(effect) };
        if !effect.by_units() {
            return Err(
                "limit.units goes with percent, amount per unit, fixed_price, breaks and price_list on a selector; \
                        limit others by total or budget"
                    .to_owned(),
            );
        }
        Ok(Box::new(Self { effect, promotion: promotion.id.clone(), units }))
    }

    fn left(&self, state: &State) -> i64 {
        let used = state.context.usage.iter().find(|usage| usage.promotion == self.promotion);
        self.units.saturating_sub(used.map_or(0, |usage| usage.units)).max(0)
    }

    /// The same plan for the units on which it saves most. Units on which it saves nothing use up nothing.
    fn narrow(&self, state: &State, terms: &Terms, mut plan: Plan) -> Result<Plan, Overflow> {
        plan.cuts.retain(|cut| cut.off > 0);
        let mut left = self.left(state);
        if plan.units() <= left {
            return Ok(plan);
        }
        sort::by_key(&mut plan.cuts, |cut| (-cut.off, cut.line, cut.run));
        let mut matches: Vec<Match> = Vec::new();
        for cut in &plan.cuts {
            let count = cut.count.min(left);
            left -= count;
            match matches.iter_mut().find(|one| one.place() == (cut.line, cut.run)) {
                Some(one) => one.count += count,
                None => matches.push(Match { line: cut.line, run: cut.run, count }),
            }
        }
        matches.retain(|one| one.count > 0);
        sort::by_key(&mut matches, Match::place);
        let mut plan = self.effect.exactly(state, terms, matches)?;
        plan.cuts.retain(|cut| cut.off > 0);
        plan.limited = true;
        Ok(plan)
    }
}

impl Effect for Limited {
    fn plan(&self, state: &State, terms: &Terms) -> Result<Plan, Overflow> {
        self.narrow(state, terms, self.effect.plan(state, terms)?)
    }

    /// As many units as are left, each at what the best of them gets off alone, rounded up.
    #[inline]
    fn most(&self, state: &State, terms: &Terms) -> Result<Most, Overflow> {
        let most = self.effect.most(state, terms)?;
        let (mut places, mut meant) = (Vec::new(), 0);
        self.effect.looks_at(&mut |of| places.extend(discountable(state, of)));
        let mut best = 0;
        for one in places {
            meant += one.count;
            best = best.max(self.effect.exactly(state, terms, vec![Match { count: 1, ..one }])?.total());
        }
        let left = self.left(state);
        let all = most.each.iter().map(|(_, off)| off).sum::<i64>().saturating_add(most.once);
        let once = left.saturating_mul(best.saturating_add(1));
        Ok(if meant > left && once < all { Most::once(once) } else { most })
    }

    #[inline]
    fn manner(&self, state: &State, terms: &Terms) -> Result<Manner, Overflow> {
        Ok(Manner { spreads: true, picks: true, ..self.effect.manner(state, terms)? })
    }

    #[inline]
    fn likely(&self, state: &State, terms: &Terms) -> Result<Vec<Plan>, Overflow> {
        let plans = self.effect.likely(state, terms)?.into_iter();
        plans.map(|plan| self.narrow(state, terms, plan)).collect()
    }

    #[inline]
    fn others(&self, state: &State, terms: &Terms, wanted: &Wanted) -> Result<Variants, Overflow> {
        let found = self.effect.others(state, terms, wanted)?;
        let plans = found.plans.into_iter().map(|plan| self.narrow(state, terms, plan));
        Ok(Variants { plans: plans.collect::<Result<_, _>>()?, complete: found.complete })
    }

    #[inline]
    fn looks_at<'s>(&'s self, see: &mut dyn FnMut(&'s Matcher)) {
        self.effect.looks_at(see);
    }

    fn moves(&self) -> bool {
        self.effect.moves()
    }

    #[inline]
    fn anchors(&self) -> Option<Vec<Anchor>> {
        self.effect.anchors()
    }

    fn next(&self, state: &State) -> Option<(Need, Option<i64>)> {
        self.effect.next(state)
    }

    fn why_nothing(&self, state: &State) -> Reason {
        self.effect.why_nothing(state)
    }
}
