//! Profiles of pure strategies, one after the other.

/// All ways to take one entry of each list, the first list varying fastest; none if a list is
/// empty.
pub(super) fn combinations(lists: &[Vec<usize>]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let mut digits = (!lists.iter().any(Vec::is_empty)).then(|| vec![0; lists.len()]);
    std::iter::from_fn(move || {
        let now = digits.as_mut()?;
        let profile = now.iter().zip(lists).map(|(digit, list): (&usize, _)| list[*digit]);
        let profile: Vec<usize> = profile.collect();
        match (0..now.len()).find(|at| now[*at] + 1 < lists[*at].len()) {
            Some(turn) => {
                now[turn] += 1;
                now[..turn].fill(0);
            }
            None => digits = None,
        }
        Some(profile)
    })
}

/// The lists with a single entry at one place.
pub(super) fn with_one(lists: &[Vec<usize>], place: usize, entry: usize) -> Vec<Vec<usize>> {
    let mut lists = lists.to_vec();
    lists[place] = vec![entry];
    lists
}

/// A profile in which one player does something else.
pub(super) fn turned(profile: &[usize], player: usize, strategy: usize) -> Vec<usize> {
    let mut profile = profile.to_vec();
    profile[player] = strategy;
    profile
}
