//! A failing list of steps made shorter: parts are left out as long as what is left still fails.

use crate::op::Step;
use anyhow::Result;

/// Leaves out parts of `steps`, halves first, then less and less, as long as `fails` says that the rest still fails. Which of several processes is
/// quicker is chance, so `fails` should try more than once.
///
/// # Errors
/// As `fails`.
pub async fn shrink<F: Future<Output = Result<bool>>>(
    steps: Vec<Step>,
    fails: impl Fn(Vec<Step>) -> F,
) -> Result<Vec<Step>> {
    let mut steps = steps;
    let mut size = steps.len().div_ceil(2);
    while size > 0 {
        let mut at = 0;
        while at < steps.len() {
            let mut shorter = steps.clone();
            shorter.drain(at..(at + size).min(steps.len()));
            if !shorter.is_empty() && fails(shorter.clone()).await? {
                steps = shorter;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    Ok(steps)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::Op;

    #[tokio::test]
    async fn what_does_not_matter_is_left_out() {
        let steps: Vec<Step> = (0..40).map(|seconds| vec![Op::Jump { seconds }]).collect();
        let has = |steps: &[Step], wanted: u32| steps.iter().flatten().any(|op| *op == Op::Jump { seconds: wanted });
        let fails = |steps: Vec<Step>| async move { Ok(has(&steps, 7) && has(&steps, 31)) };
        let short = shrink(steps, fails).await.unwrap();
        assert_eq!(short, [vec![Op::Jump { seconds: 7 }], vec![Op::Jump { seconds: 31 }]]);
    }
}
