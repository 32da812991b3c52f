//! Sparse vectors: entries sorted by index, none of them zero.

use crate::scalar::Scalar;
use detente_game::Rational;

pub(crate) type Entry = (u32, Rational);

/// The sorted sparse vector of these entries; entries of equal index are added up.
pub(crate) fn from_entries(entries: &[(usize, Rational)]) -> Vec<Entry> {
    let mut sorted: Vec<Entry> =
        entries.iter().map(|(index, value)| (*index as u32, value.clone())).collect();
    sorted.sort_by_key(|(index, _)| *index);
    let mut merged: Vec<Entry> = Vec::with_capacity(sorted.len());
    for (index, value) in sorted {
        match merged.last_mut() {
            Some((last, total)) if *last == index => *total += value,
            _ => merged.push((index, value)),
        }
    }
    merged.retain(|(_, value)| !value.is_zero());
    merged
}

/// The entry at `index`, if it is not zero.
pub(crate) fn get<S>(vector: &[(u32, S)], index: u32) -> Option<&S> {
    let at = vector.binary_search_by_key(&index, |(index, _)| *index).ok()?;
    Some(&vector[at].1)
}

/// Takes the entry at `index` out.
pub(crate) fn take<S>(vector: &mut Vec<(u32, S)>, index: u32) -> Option<S> {
    let at = vector.binary_search_by_key(&index, |(index, _)| *index).ok()?;
    Some(vector.remove(at).1)
}

/// Puts an entry in, where there is none.
pub(crate) fn put<S>(vector: &mut Vec<(u32, S)>, index: u32, value: S) {
    let at = vector.partition_point(|(other, _)| *other < index);
    vector.insert(at, (index, value));
}

/// `vector - factor * other`.
pub(crate) fn subtract_multiple<S: Scalar>(
    vector: Vec<(u32, S)>,
    factor: &S,
    other: &[(u32, S)],
) -> Vec<(u32, S)> {
    let mut result = Vec::with_capacity(vector.len() + other.len());
    let mut rest = other.iter().peekable();
    for (index, mut value) in vector {
        while let Some((before, amount)) = rest.next_if(|(before, _)| *before < index) {
            result.push((*before, factor.times(amount).negative()));
        }
        if let Some((_, amount)) = rest.next_if(|(same, _)| *same == index) {
            value.subtract_product(factor, amount);
            if value.vanishes() {
                continue;
            }
        }
        result.push((index, value));
    }
    result.extend(rest.map(|(index, amount)| (*index, factor.times(amount).negative())));
    result
}

/// The product with a dense vector.
pub(crate) fn dot(vector: &[Entry], dense: &[Rational]) -> Rational {
    vector
        .iter()
        .filter(|(index, _)| !dense[*index as usize].is_zero())
        .map(|(index, value)| value * &dense[*index as usize])
        .sum()
}
