//! Which sets of replies can be the best ones: at a reached set for some mix of the messages that
//! reach it, at an unreached one for some belief the concept allows.

use super::stage::{ReceiverSet, Stage};
use detente_game::Rational;
use detente_game::claim::Concept;
use detente_linear::{Optimum, Program, RowRelation};
use std::collections::BTreeMap;

/// A set of replies of one information set.
pub(super) type Replies = u64;

/// The positions in a set of replies.
pub(super) fn positions(replies: Replies) -> impl Iterator<Item = usize> {
    (0..64).filter(move |position| replies >> position & 1 == 1)
}

/// The set of all of `count` replies.
pub(super) fn all_replies(count: usize) -> Replies {
    Replies::MAX >> (64 - count)
}

/// How beliefs at different unreached sets hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// No belief is needed: anything goes at unreached sets.
    Anything,
    /// Each set has its own beliefs.
    Alone,
    /// Histories right after an unexpected message carry weights which all sets below share
    /// (Bonanno 2013: one plausibility order and Bayes inside its levels).
    ByHistory,
    /// Unexpected messages themselves carry weights (trembles; Kreps and Wilson 1982).
    ByMessage,
}

impl Link {
    /// The link a concept asks for; `None` if this method does not serve the concept.
    pub(super) fn of(concept: &Concept) -> Option<Self> {
        match concept {
            Concept::Nash => Some(Self::Anything),
            Concept::WeakPbe => Some(Self::Alone),
            Concept::Pbe
            | Concept::Intuitive
            | Concept::Divine
            | Concept::D1
            | Concept::UniversallyDivine => Some(Self::ByHistory),
            Concept::Sequential => Some(Self::ByMessage),
            Concept::SubgamePerfect | Concept::Perfect | Concept::Proper | Concept::Qre(_) => None,
        }
    }
}

/// What carries one weight of a belief.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Carrier {
    Message(usize),
    History(u32),
    Member(usize, usize),
}

/// A linear function of carriers' weights for each reply of a set.
struct Worths {
    /// Per carrier, one coefficient per reply.
    by_carrier: BTreeMap<Carrier, Vec<Rational>>,
    /// Carriers that lie behind others, which are more plausible.
    behind: BTreeMap<Carrier, Vec<Carrier>>,
}

impl Worths {
    fn at_unreached(set: &ReceiverSet, position: usize, link: Link) -> Self {
        let weightless = |link: Link| {
            set.members.iter().all(|member| match link {
                Link::ByHistory => member.launched.is_none() || member.weight_since.is_zero(),
                Link::ByMessage => member.message.is_none() || member.weight.is_zero(),
                Link::Alone | Link::Anything => true,
            })
        };
        // Where chance alone excludes the set, no tremble says what to believe.
        let link = if weightless(link) { Link::Alone } else { link };
        let mut by_carrier: BTreeMap<Carrier, Vec<Rational>> = BTreeMap::new();
        let mut behind = BTreeMap::new();
        for (at, member) in set.members.iter().enumerate() {
            let (carrier, weight) = match (link, member.launched, member.message) {
                (Link::ByHistory, Some(node), _) => {
                    let before = member.before.iter().map(|node| Carrier::History(node.0));
                    behind.insert(Carrier::History(node.0), before.collect());
                    (Carrier::History(node.0), member.weight_since.clone())
                }
                (Link::ByMessage, _, Some(message)) => {
                    (Carrier::Message(message), member.weight.clone())
                }
                (Link::ByHistory | Link::ByMessage, _, _) => continue,
                _ => (Carrier::Member(position, at), Rational::ONE),
            };
            if !weight.is_zero() {
                add_scaled(by_carrier.entry(carrier).or_default(), &weight, &member.worth);
            }
        }
        Self { by_carrier, behind }
    }
}

pub(super) fn add_scaled(total: &mut Vec<Rational>, weight: &Rational, values: &[Rational]) {
    total.resize(values.len(), Rational::ZERO);
    for (sum, value) in total.iter_mut().zip(values) {
        *sum += weight * value;
    }
}

/// A set's replies' worth as functions of the messages sent: per message its coefficients, and
/// what members that no message precedes add.
pub(super) fn worth_by_message(set: &ReceiverSet) -> BTreeMap<Option<usize>, Vec<Rational>> {
    let mut by_message: BTreeMap<Option<usize>, Vec<Rational>> = BTreeMap::new();
    for member in set.members.iter().filter(|member| !member.weight.is_zero()) {
        let total = by_message.entry(member.message).or_default();
        add_scaled(total, &member.weight, &member.worth);
    }
    by_message
}

/// All sets of replies that are exactly the best ones for some weights of `carriers` (one row of
/// coefficients each): all weights positive if `interior`, else not all zero.
pub(super) fn best_sets(
    carriers: &[&Vec<Rational>],
    replies: usize,
    interior: bool,
) -> Vec<Replies> {
    let mut program = Program::new(carriers.len() + 1);
    let best = carriers.len();
    program.free(best);
    let all: Vec<_> = (0..carriers.len()).map(|at| (at, Rational::ONE)).collect();
    if interior {
        for weight in all {
            program.row(&[weight], RowRelation::Ge, Rational::ONE);
        }
    } else {
        program.row(&all, RowRelation::Ge, Rational::ONE);
    }
    let mut found = Vec::new();
    extend_best_set(&mut program, carriers, replies, 0, 0, &mut found);
    found
}

/// The row `best - worth of reply` in the weights.
fn shortfall(carriers: &[&Vec<Rational>], reply: usize) -> Vec<(usize, Rational)> {
    let worths = carriers.iter().enumerate().map(|(at, row)| (at, -&row[reply]));
    worths.chain([(carriers.len(), Rational::ONE)]).collect()
}

fn extend_best_set(
    program: &mut Program,
    carriers: &[&Vec<Rational>],
    replies: usize,
    next: usize,
    chosen: Replies,
    found: &mut Vec<Replies>,
) {
    if next > 0 && program.feasible().point().is_none() {
        return;
    }
    if next == replies {
        if chosen != 0 {
            found.push(chosen);
        }
        return;
    }
    let rows = program.row_count();
    let row = shortfall(carriers, next);
    program.row(&row, RowRelation::Eq, Rational::ZERO);
    extend_best_set(program, carriers, replies, next + 1, chosen | 1 << next, found);
    program.truncate(rows);
    // Weights can be scaled up, so "less" is "less by one".
    program.row(&row, RowRelation::Ge, Rational::ONE);
    extend_best_set(program, carriers, replies, next + 1, chosen, found);
    program.truncate(rows);
}

/// The unreached sets, split into groups whose beliefs hang together.
pub(super) fn groups(stage: &Stage, unreached: &[usize], link: Link) -> Vec<Vec<usize>> {
    // A set's own carriers, and those together with the carriers they lie behind.
    let carriers: Vec<(Vec<Carrier>, Vec<Carrier>)> = unreached
        .iter()
        .map(|&set| {
            let worths = Worths::at_unreached(&stage.receiver_sets[set], set, link);
            let own: Vec<Carrier> = worths.by_carrier.into_keys().collect();
            let all = own.iter().copied().chain(worths.behind.into_values().flatten()).collect();
            (own, all)
        })
        .collect();
    let meets = |one: usize, other: usize| {
        carriers[one].0.iter().any(|carrier| carriers[other].1.contains(carrier))
    };
    let mut group_of: Vec<usize> = (0..unreached.len()).collect();
    for one in 0..unreached.len() {
        for other in 0..one {
            if meets(one, other) || meets(other, one) {
                let (from, to) = (group_of[one], group_of[other]);
                group_of.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, group) in group_of.into_iter().enumerate() {
        groups.entry(group).or_default().push(unreached[at]);
    }
    groups.into_values().collect()
}

/// The greatest combinations of reply sets, one per set of the group, for which allowed beliefs
/// make all of them best.
pub(super) fn unreached_options(stage: &Stage, group: &[usize], link: Link) -> Vec<Vec<Replies>> {
    if link == Link::Anything {
        let all = group.iter().map(|set| all_replies(stage.receiver_sets[*set].reply_count()));
        return vec![all.collect()];
    }
    let worths: Vec<Worths> = group
        .iter()
        .map(|&set| Worths::at_unreached(&stage.receiver_sets[set], set, link))
        .collect();
    let alone: Vec<Vec<Replies>> = worths
        .iter()
        .zip(group)
        .map(|(worths, &set)| {
            let count = stage.receiver_sets[set].reply_count();
            let carriers: Vec<_> = worths.by_carrier.values().collect();
            if carriers.is_empty() {
                vec![all_replies(count)]
            } else {
                best_sets(&carriers, count, false)
            }
        })
        .collect();
    let mut found = Vec::new();
    extend_group(&worths, &alone, &mut Vec::new(), &mut found);
    greatest(found)
}

fn extend_group(
    worths: &[Worths],
    alone: &[Vec<Replies>],
    chosen: &mut Vec<Replies>,
    found: &mut Vec<Vec<Replies>>,
) {
    if !chosen.is_empty() && !beliefs_exist(&worths[..chosen.len()], chosen) {
        return;
    }
    if chosen.len() == worths.len() {
        found.push(chosen.clone());
        return;
    }
    for &replies in &alone[chosen.len()] {
        chosen.push(replies);
        extend_group(worths, alone, chosen, found);
        chosen.pop();
    }
}

fn greatest(combinations: Vec<Vec<Replies>>) -> Vec<Vec<Replies>> {
    let within = |small: &[Replies], large: &[Replies]| {
        small.iter().zip(large).all(|(small, large)| small & large == *small)
    };
    combinations
        .iter()
        .filter(|one| !combinations.iter().any(|other| other != *one && within(one, other)))
        .cloned()
        .collect()
}

/// Whether weights of different orders of magnitude exist for which the chosen replies are best
/// at every set: at each set the carriers of the highest order that reach it form the belief.
///
/// Taking, at each order, as many carriers as the open sets allow loses nothing: a set not met
/// that way has no carrier among them, and any other solution restricted to the rest of the
/// carriers serves it. A carrier behind another one waits until that one has its order.
fn beliefs_exist(worths: &[Worths], chosen: &[Replies]) -> bool {
    let mut open: Vec<usize> =
        (0..worths.len()).filter(|set| !worths[*set].by_carrier.is_empty()).collect();
    let mut carriers: Vec<Carrier> =
        worths.iter().flat_map(|worths| worths.by_carrier.keys().copied()).collect();
    carriers.sort_unstable();
    carriers.dedup();
    let waits = |carrier: &Carrier, carriers: &[Carrier]| {
        let behind = worths.iter().filter_map(|worths| worths.behind.get(carrier)).flatten();
        behind.into_iter().any(|other| carriers.contains(other))
    };
    while !open.is_empty() {
        let ready: Vec<Carrier> =
            carriers.iter().filter(|carrier| !waits(carrier, &carriers)).copied().collect();
        let level = highest_order(worths, chosen, &open, &ready);
        if level.is_empty() {
            return false;
        }
        let met = |set: &usize| level.iter().any(|c| worths[*set].by_carrier.contains_key(c));
        open.retain(|set| !met(set));
        carriers.retain(|carrier| !level.contains(carrier));
    }
    true
}

/// The carriers that can have positive weight while the open sets' replies are best.
fn highest_order(
    worths: &[Worths],
    chosen: &[Replies],
    open: &[usize],
    carriers: &[Carrier],
) -> Vec<Carrier> {
    let count = carriers.len();
    // Weights, then how much of each counts (at most one), then each open set's best worth.
    let mut program = Program::new(2 * count + open.len());
    for at in 0..count {
        program.row(&[(count + at, Rational::ONE)], RowRelation::Le, Rational::ONE);
        let covered = [(at, Rational::ONE), (count + at, -Rational::ONE)];
        program.row(&covered, RowRelation::Ge, Rational::ZERO);
    }
    for (order, &set) in open.iter().enumerate() {
        let best = 2 * count + order;
        program.free(best);
        let by_carrier = &worths[set].by_carrier;
        let replies = by_carrier.values().next().map_or(0, Vec::len);
        for reply in 0..replies {
            let mut row = vec![(best, Rational::ONE)];
            for (at, carrier) in carriers.iter().enumerate() {
                if let Some(values) = by_carrier.get(carrier) {
                    row.push((at, -&values[reply]));
                }
            }
            let is_chosen = chosen[set] >> reply & 1 == 1;
            let relation = if is_chosen { RowRelation::Eq } else { RowRelation::Ge };
            program.row(&row, relation, Rational::ZERO);
        }
    }
    let objective: Vec<_> = (count..2 * count).map(|at| (at, Rational::ONE)).collect();
    match program.maximize(&objective) {
        Optimum::Optimal { point, .. } => {
            (0..count).filter(|at| point[count + at].is_positive()).map(|at| carriers[at]).collect()
        }
        Optimum::Infeasible { .. } | Optimum::Unbounded { .. } => Vec::new(),
    }
}
