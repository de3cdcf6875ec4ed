//! Choosing units where any will do: every choice while there are few.

/// More combinations than this are not looked through.
const COMBINATIONS_MAX: usize = 10_000;

/// Every combination of one option per place, as indexes; none if there are more than [`COMBINATIONS_MAX`].
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
