//! Guessing what a mistyped word was meant to be.

/// Longest word (in characters) that is compared; longer ones are nobody's slip of the finger.
const LONGEST: usize = 64;

/// The number of single mistakes (a letter too many, missing, wrong, or two neighbours swapped) between two
/// words: the optimal string alignment distance (Damerau 1964; Levenshtein 1966).
pub fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let wrong = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (last[j] + 1).min(row[j - 1] + 1).min(last[j - 1] + wrong);
            let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if swapped {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

/// The candidate most like `word`, if one is near enough to be what was meant: at most one mistake in three
/// letters, or one word contains the other (`lapse` for `let_lapse`). The first of equals, so that the answer
/// does not depend on anything but the order of the candidates.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let candidate_length = candidate.chars().count();
        if candidate_length == 0 || candidate_length > LONGEST || candidate == word {
            continue;
        }
        let other = candidate.to_lowercase();
        let shorter = length.min(candidate_length);
        let part = shorter >= 3 && (other.contains(&lower) || lower.contains(&other));
        let allowed = (length.max(candidate_length) / 3).max(1);
        // Every letter too many or too few is a mistake.
        if !part && length.abs_diff(candidate_length) > allowed {
            continue;
        }
        let mistakes = distance(&lower, &other);
        let score = match mistakes {
            near if near <= allowed && near < shorter => near,
            far if part => far,
            _ => continue,
        };
        if best.is_none_or(|(least, _)| score < least) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// `did you mean 'let_lapse'?`, if some candidate is near.
pub fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|found| format!("did you mean '{found}'?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_single_mistakes() {
        assert_eq!(distance("signl", "signal"), 1);
        assert_eq!(distance("signla", "signal"), 1);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("Partner", "Partner"), 0);
    }

    #[test]
    fn finds_what_the_page_finds() {
        assert_eq!(nearest("lapse", ["extend", "let_lapse"]), Some("let_lapse"));
        assert_eq!(nearest("Parner", ["Offerer", "Partner"]), Some("Partner"));
        assert_eq!(nearest("signl", ["signal", "story"]), Some("signal"));
        assert_eq!(nearest("xyz", ["signal", "story"]), None);
        assert_eq!(nearest("b", ["a", "c"]), None);
    }
}
