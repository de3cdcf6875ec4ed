//! The steps of a way, shared with the ways that began alike.

use super::Step;
use crate::engine::Plan;
use std::{iter::successors, rc::Rc};

/// Steps, one after another.
#[derive(Clone, Debug, Default)]
pub(super) struct Trail(Option<Rc<Last>>);

/// The last step, and those before it.
#[derive(Debug)]
struct Last {
    step: Step,
    before: Trail,
}

impl Trail {
    /// The steps with one more.
    #[inline]
    pub(super) fn and(&self, promotion: usize, plan: Plan) -> Self {
        Self(Some(Rc::new(Last { step: Step { promotion, plan }, before: self.clone() })))
    }

    #[inline]
    fn backwards(&self) -> impl Iterator<Item = &Step> {
        successors(self.0.as_deref(), |last| last.before.0.as_deref()).map(|last| &last.step)
    }

    /// The promotions that had their turn, the last first.
    #[inline]
    pub(super) fn promotions(&self) -> impl Iterator<Item = usize> {
        self.backwards().map(|step| step.promotion)
    }

    /// The steps as a list.
    #[inline]
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self.backwards().cloned().collect();
        steps.reverse();
        steps
    }
}
