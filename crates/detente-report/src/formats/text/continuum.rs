//! How much a card's continua leave open.

use super::words;
use crate::cards::Card;
use crate::look::Look;
use crate::numbers::Numbers;
use detente_game::{ActionId, Rational};
use detente_verify::Equilibrium;

/// The lines of a card; see [`texts`].
pub fn lines(card: &Card, look: &Look, column: usize) -> String {
    match texts(card, look.numbers) {
        texts if texts.is_empty() => String::new(),
        texts => look.labelled(3, "continuum", column, &texts.join("\n")),
    }
}

/// Per option whose probability is not the same all over the continua, its least and greatest
/// probability there; nothing if the card stands for single equilibria.
pub fn texts(card: &Card, numbers: Numbers) -> Vec<String> {
    let form = card.lead().instance().form();
    let points: Vec<&Equilibrium> = card
        .members
        .iter()
        .filter(|member| !member.corners.is_empty())
        .flat_map(|member| std::iter::once(member.equilibrium).chain(member.corners))
        .collect();
    if points.is_empty() {
        return Vec::new();
    }
    let mut texts = vec!["everything here is said of a point inside".to_owned()];
    for set in form.info_set_ids() {
        let open: Vec<String> = form
            .actions(set)
            .filter_map(|action| {
                let (low, high) = range(&points, action)?;
                let (low, high) = (numbers.share(low), numbers.share(high));
                Some(format!("{} {low} to {high}", form.action_label(action)))
            })
            .collect();
        if !open.is_empty() {
            texts.push(format!("{}: {}", words::situation(form, set), open.join(", ")));
        }
    }
    texts
}

/// A probability is linear along a piece's mixtures, so its extremes are at corners.
fn range<'a>(points: &[&'a Equilibrium], action: ActionId) -> Option<(&'a Rational, &'a Rational)> {
    let shares = || points.iter().map(|point| point.profile().of(action));
    let (low, high) = (shares().min()?, shares().max()?);
    (low != high).then_some((low, high))
}
