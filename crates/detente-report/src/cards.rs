//! Equilibria as cards: those that lead to the same play are one card, whatever they say of
//! situations that do not come up.

use detente_analysis::Play;
use detente_game::claim::Concept;
use detente_game::{ActionId, InfoSetId, Rational};
use detente_verify::Equilibrium;
use std::collections::BTreeMap;

/// One equilibrium that was found; of a continuum, a point inside and its corners.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The equilibrium.
    pub equilibrium: &'a Equilibrium,
    /// The corners of the continuum it stands for; empty if it stands alone.
    pub corners: &'a [Equilibrium],
    /// The author's name for it, if an expectation gives one.
    pub title: Option<&'a str>,
}

impl<'a> Member<'a> {
    /// An equilibrium that stands alone.
    #[must_use]
    pub fn alone(equilibrium: &'a Equilibrium) -> Self {
        Self { equilibrium, corners: &[], title: None }
    }

    /// The equilibrium and the corners, if any.
    fn all(&self) -> impl Iterator<Item = &'a Equilibrium> + use<'a> {
        std::iter::once(self.equilibrium).chain(self.corners)
    }

    /// Whether every point known of it rests on some belief having exactly one value.
    fn has_knife_edge(&self) -> bool {
        self.all().all(|known| known.beliefs().iter().any(|belief| belief.knife_edge))
    }
}

/// Equilibria with the same play.
#[derive(Debug, Clone)]
pub struct Card<'a> {
    /// A, B, …, Z, AA, …
    pub label: String,
    /// The author's name for it, if an expectation gives one.
    pub title: Option<String>,
    /// The equilibria of the strongest concept, those without a knife-edge first; at least one.
    pub members: Vec<Member<'a>>,
    /// How many more with the same play satisfy a weaker concept only.
    pub weaker: usize,
    /// Whether each of its members rests on some belief having exactly one value.
    pub knife_edge: bool,
    /// What happens and is believed at situations that do not come up.
    pub off_path: Vec<OffPath>,
}

/// A situation that does not come up in a card's play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffPath {
    /// Which.
    pub set: InfoSetId,
    /// What some member does there, and the beliefs that support it.
    pub cases: Vec<OffCase>,
    /// Whether the belief has exactly one value in every member.
    pub knife_edge: bool,
}

/// One way of behaving at a situation that does not come up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OffCase {
    /// The actions that are played: several if they are mixed.
    pub actions: Vec<ActionId>,
    /// Per node of the situation, least and greatest belief over the members that behave so;
    /// empty if not known.
    pub bounds: Vec<(Rational, Rational)>,
}

impl OffCase {
    /// Whether some belief would not do.
    #[must_use]
    pub fn needs_something(&self) -> bool {
        self.bounds.len() > 1
            && self.bounds.iter().any(|(low, high)| low.is_positive() || !high.is_one())
    }
}

impl<'a> Card<'a> {
    /// The equilibrium that speaks for the card.
    ///
    /// # Panics
    /// Never for a card made by [`deal`].
    #[must_use]
    pub fn lead(&self) -> &'a Equilibrium {
        self.members.first().expect("a card has a member").equilibrium
    }

    /// The member that stands for it; of a continuum, the point inside first and the corners.
    ///
    /// # Panics
    /// Never for a card made by [`deal`].
    #[must_use]
    pub fn points(&self) -> Vec<&'a Equilibrium> {
        self.members.first().expect("a card has a member").all().collect()
    }

    /// Whether all corners of its continua, if it has any, lead to the same play.
    #[must_use]
    pub fn is_played_alike(&self) -> bool {
        let play = play_of(self.lead());
        let mut corners = self.members.iter().flat_map(|member| member.corners);
        corners.all(|corner| play_of(corner) == play)
    }

    /// The strongest concept among its members.
    #[must_use]
    pub fn concept(&self) -> &Concept {
        self.lead().concept()
    }
}

/// A concept's place from the strongest to the weakest.
#[must_use]
pub fn strength(concept: &Concept) -> u8 {
    match concept {
        Concept::Intuitive | Concept::Divine | Concept::D1 | Concept::UniversallyDivine => 0,
        Concept::Sequential => 1,
        Concept::Pbe => 2,
        Concept::WeakPbe => 3,
        Concept::Proper => 4,
        Concept::Perfect => 5,
        Concept::SubgamePerfect => 6,
        Concept::Nash => 7,
        Concept::Qre(_) => 8,
    }
}

/// Deals equilibria into cards, one for each way the game is played, in a reproducible order:
/// the strongest concept first, then those without a knife-edge, then those in which more
/// situations come up, then by play, the first options of the file first.
#[must_use]
pub fn deal<'a>(members: &[Member<'a>]) -> Vec<Card<'a>> {
    let mut groups: BTreeMap<Vec<Rational>, Vec<Member<'a>>> = BTreeMap::new();
    for member in members {
        groups.entry(play_of(member.equilibrium)).or_default().push(*member);
    }
    let mut cards: Vec<Card<'a>> = groups
        .into_values()
        .rev()
        .map(|mut members| {
            let all = members.len();
            let of = |member: &Member| strength(member.equilibrium.concept());
            let strongest = members.iter().map(of).min();
            members.retain(|member| Some(of(member)) == strongest);
            members.sort_by_key(Member::has_knife_edge);
            Card {
                label: String::new(),
                weaker: all - members.len(),
                title: members.iter().find_map(|member| member.title).map(str::to_owned),
                knife_edge: members.iter().all(Member::has_knife_edge),
                off_path: off_path(&members),
                members,
            }
        })
        .collect();
    cards.sort_by_key(|card| (strength(card.concept()), card.knife_edge, card.off_path.len()));
    for (index, card) in cards.iter_mut().enumerate() {
        card.label = letters(index);
    }
    cards
}

/// The probability of every end.
fn play_of(equilibrium: &Equilibrium) -> Vec<Rational> {
    let play = Play::new(equilibrium.instance(), equilibrium.profile());
    play.form().ends().map(|end| play.reach(end).clone()).collect()
}

fn off_path(members: &[Member]) -> Vec<OffPath> {
    let lead = members[0].equilibrium;
    let play = Play::new(lead.instance(), lead.profile());
    let form = play.form();
    let unreached = form.info_set_ids().filter(|set| play.reach_of(*set).is_zero());
    unreached
        .map(|set| {
            let known: Vec<&Equilibrium> = members.iter().flat_map(Member::all).collect();
            let mut cases: Vec<OffCase> = Vec::new();
            for equilibrium in &known {
                let played = |action: &ActionId| equilibrium.profile().of(*action).is_positive();
                let actions: Vec<ActionId> = form.actions(set).filter(played).collect();
                let bounds = equilibrium.beliefs()[set.index()].bounds.as_slice();
                match cases.iter_mut().find(|case| case.actions == actions) {
                    Some(case) => case.bounds = hull(&case.bounds, bounds),
                    None => cases.push(OffCase { actions, bounds: bounds.to_vec() }),
                }
            }
            let edge = |equilibrium: &&Equilibrium| equilibrium.beliefs()[set.index()].knife_edge;
            OffPath { set, cases, knife_edge: known.iter().all(edge) }
        })
        .collect()
}

/// Least and greatest of two lists of bounds; empty if one of them is not known.
fn hull(
    some: &[(Rational, Rational)],
    others: &[(Rational, Rational)],
) -> Vec<(Rational, Rational)> {
    if some.len() != others.len() {
        return Vec::new();
    }
    let pairs = some.iter().zip(others);
    pairs.map(|((a, b), (c, d))| (a.min(c).clone(), b.max(d).clone())).collect()
}

/// A, B, …, Z, AA, AB, …
#[must_use]
pub fn letters(index: usize) -> String {
    let mut rest = index;
    let mut text = String::new();
    loop {
        text.insert(0, char::from(b'A' + (rest % 26) as u8));
        if rest < 26 {
            return text;
        }
        rest = rest / 26 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::letters;

    #[test]
    fn labels() {
        let some: Vec<String> = [0, 25, 26, 27, 701, 702].map(letters).to_vec();
        assert_eq!(some, ["A", "Z", "AA", "AB", "ZZ", "AAA"]);
    }
}
