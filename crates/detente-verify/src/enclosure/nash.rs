//! Nash equilibria in a box of behaviour strategies.
//!
//! The free probabilities solve the equations that every mixing player is indifferent; the
//! interval Newton test proves that the box holds exactly one solution. Then no plan of any player
//! may gain anywhere in the box that is left.

use super::Unproved;
use super::jet::Jet;
use super::newton;
use super::tree::Tree;
use crate::words;
use detente_game::form::NodeKind;
use detente_game::number::Interval;
use detente_game::{ActionId, GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Rational};
use std::collections::BTreeMap;

/// Which probabilities of a box are free: those of sets at which some interval is no point.
pub(super) struct Free {
    /// The sets with their played actions; the first one's probability is what the others leave.
    pub sets: Vec<(InfoSetId, Vec<ActionId>)>,
}

impl Free {
    fn of(form: &GameForm, held: &[Interval]) -> Self {
        let is_free = |set: &InfoSetId| form.actions(*set).any(|a| !held[a.index()].is_point());
        let played = |set: InfoSetId| {
            form.actions(set).filter(|action| held[action.index()].high.is_positive()).collect()
        };
        Self { sets: form.info_set_ids().filter(is_free).map(|set| (set, played(set))).collect() }
    }

    /// The actions whose probabilities are unknowns.
    fn unknowns(&self) -> Vec<ActionId> {
        self.sets.iter().flat_map(|(_, played)| played[1..].iter().copied()).collect()
    }

    fn holds(&self, set: InfoSetId) -> bool {
        self.sets.iter().any(|(free, _)| *free == set)
    }

    /// Probabilities of all actions from those of the unknowns.
    fn moves(&self, held: &[Interval], unknowns: &[Interval]) -> Vec<Jet> {
        let mut moves: Vec<Jet> = held.iter().cloned().map(Jet::constant).collect();
        let mut at = 0;
        for (_, played) in &self.sets {
            let mut rest = Jet::number(Rational::ONE);
            for action in &played[1..] {
                let jet = Jet::variable(unknowns[at].clone(), at, unknowns.len());
                rest = rest.sub(&jet);
                moves[action.index()] = jet;
                at += 1;
            }
            moves[played[0].index()] = rest;
        }
        moves
    }
}

/// Proves that a box holds exactly one Nash equilibrium; gives a smaller box that holds it.
///
/// `everywhere`: choices must be best at situations that do not come up too, which is judged where
/// they have one member each.
pub(super) fn only_one(
    instance: &GameInstance,
    held: &[Interval],
    everywhere: bool,
) -> Result<Vec<Interval>, Unproved> {
    let form = instance.form();
    is_a_box(form, held)?;
    let free = Free::of(form, held);
    let system = |unknowns: &[Interval]| {
        let tree = Tree { instance, form, moves: free.moves(held, unknowns) };
        Ok(differences(&tree, &free))
    };
    let unknowns = free.unknowns();
    newton::affordable(form, unknowns.len())?;
    let start: Vec<Interval> = unknowns.iter().map(|a| held[a.index()].clone()).collect();
    let root = newton::only_root(&system, &start)?;
    let narrow: Vec<Interval> = free.moves(held, &root).into_iter().map(|jet| jet.value).collect();
    if let Some(outside) = narrow.iter().zip(held).position(|(now, held)| !now.is_part_of(held)) {
        return Err(format!("probability {} may leave the box", outside + 1).into());
    }
    let moves = narrow.iter().cloned().map(Jet::constant).collect();
    let tree = Tree { instance, form, moves };
    mixed_sets_come_up(&tree, &free)?;
    for player in form.player_ids() {
        Plans::from(&tree, player, GameForm::ROOT).are_best(&free)?;
    }
    if everywhere {
        best_off_the_path(&tree, &free)?;
    }
    Ok(narrow)
}

/// Whether a list of intervals can be probabilities: at each set fixed numbers that add up to 1, or
/// played actions with positive probabilities and others with none.
fn is_a_box(form: &GameForm, held: &[Interval]) -> Result<(), String> {
    let bad = |why: &str| Err(format!("it is no box of strategies: {why}"));
    if held.len() != form.action_count() {
        return bad("it has not one interval for each action");
    }
    if held
        .iter()
        .any(|one| one.low.is_negative() || one.high > Rational::ONE || one.low > one.high)
    {
        return bad("an interval is not between 0 and 1");
    }
    for set in form.info_set_ids() {
        let own: Vec<&Interval> = form.actions(set).map(|action| &held[action.index()]).collect();
        let sum: Rational = own.iter().map(|one| &one.low).sum();
        if own.iter().all(|one| one.is_point()) {
            if !sum.is_one() {
                return bad("fixed probabilities do not add up to 1");
            }
        } else if own.iter().any(|one| one.high.is_positive() && !one.low.is_positive()) {
            return bad("a probability may be 0");
        } else if own.iter().any(|one| one.is_point() && one.low.is_positive()) {
            return bad("at a free situation a probability is fixed");
        }
    }
    Ok(())
}

/// At every free set, by how much each played action is better than the first.
fn differences(tree: &Tree, free: &Free) -> Vec<Jet> {
    let mut known: BTreeMap<PlayerId, (Vec<Jet>, Vec<Jet>)> = BTreeMap::new();
    let mut all = Vec::new();
    for (set, played) in &free.sets {
        let player = tree.form.info_set(*set).player;
        let (weights, values) =
            known.entry(player).or_insert_with(|| (tree.weights(player), tree.values(player)));
        let worths = tree.worths(*set, weights, values);
        let first = tree.form.info_set(*set).first_action.index();
        let of = |action: &ActionId| &worths[action.index() - first];
        all.extend(played[1..].iter().map(|action| of(action).sub(of(&played[0]))));
    }
    all
}

/// Indifference follows from equilibrium only where a set comes up.
fn mixed_sets_come_up(tree: &Tree, free: &Free) -> Result<(), String> {
    for (set, _) in &free.sets {
        if !comes_up(tree, *set) {
            let place = words::situation(tree.form, *set);
            return Err(format!("{place} may not come up, though choices there are mixed"));
        }
    }
    Ok(())
}

/// Whether a set is reached for certain, in its player's eyes.
pub(super) fn comes_up(tree: &Tree, set: InfoSetId) -> bool {
    let reach = tree.reach(tree.form.info_set(set).player);
    tree.form.members(set).iter().any(|member| reach[member.index()].value.low.is_positive())
}

fn best_off_the_path(tree: &Tree, free: &Free) -> Result<(), Unproved> {
    for set in tree.form.info_set_ids() {
        let members = tree.form.members(set);
        if members.is_empty() || comes_up(tree, set) {
            continue;
        }
        let [member] = members else {
            return Err(format!(
                "{} does not come up; beliefs there are not judged over a box",
                words::situation(tree.form, set)
            )
            .into());
        };
        Plans::from(tree, tree.form.info_set(set).player, *member).are_best(free)?;
    }
    Ok(())
}

/// One player's plans from a node on, in sequence form: what each of his actions leads to.
struct Plans<'a> {
    tree: &'a Tree<'a>,
    player: PlayerId,
    /// What an action adds at ends before the player's next move, others' moves weighted in.
    gains: BTreeMap<ActionId, Jet>,
    /// His sets below the node, later ones first: the action before them, and whether the player
    /// himself comes there.
    sets: Vec<(InfoSetId, Option<ActionId>, bool)>,
}

struct Step {
    node: NodeId,
    weight: Jet,
    last: Option<ActionId>,
    own: bool,
    depth: u32,
}

impl<'a> Plans<'a> {
    fn from(tree: &'a Tree, player: PlayerId, start: NodeId) -> Self {
        let mut plans = Self { tree, player, gains: BTreeMap::new(), sets: Vec::new() };
        let mut depths: BTreeMap<InfoSetId, (u32, Option<ActionId>, bool)> = BTreeMap::new();
        let one = Jet::number(Rational::ONE);
        let mut open = vec![Step { node: start, weight: one, last: None, own: true, depth: 0 }];
        while let Some(step) = open.pop() {
            match tree.form.kind(step.node) {
                NodeKind::End(row) => plans.end(&step, tree.instance.row_payoff(row, player)),
                NodeKind::Decision(set) if tree.form.info_set(set).player == player => {
                    depths.insert(set, (step.depth, step.last, step.own));
                    for (child, action) in tree.form.children(step.node).zip(tree.form.actions(set))
                    {
                        let played = tree.of(action).value.high.is_positive();
                        let (last, own) = (Some(action), step.own && played);
                        let (weight, depth) = (step.weight.clone(), step.depth + 1);
                        open.push(Step { node: child, weight, last, own, depth });
                    }
                }
                _ => {
                    for child in tree.form.children(step.node) {
                        let weight = step.weight.mul(&tree.edge(player, child));
                        if !weight.is_zero() {
                            open.push(Step { node: child, weight, ..step });
                        }
                    }
                }
            }
        }
        let mut sets: Vec<_> = depths.into_iter().collect();
        sets.sort_by_key(|(_, (depth, _, _))| std::cmp::Reverse(*depth));
        plans.sets = sets.into_iter().map(|(set, (_, last, own))| (set, last, own)).collect();
        plans
    }

    fn end(&mut self, step: &Step, payoff: &Rational) {
        if let Some(action) = step.last {
            self.add(action, &step.weight.scale(payoff));
        }
    }

    fn add(&mut self, action: ActionId, gain: &Jet) {
        let sum = self.gains.get(&action).map_or_else(|| gain.clone(), |known| known.add(gain));
        self.gains.insert(action, sum);
    }

    /// Shows that the profile's choices are best wherever the player himself comes: free mixtures
    /// are of equally good actions, and nothing else is better.
    fn are_best(mut self, free: &Free) -> Result<(), Unproved> {
        for (set, before, own) in std::mem::take(&mut self.sets) {
            let zero = Jet::number(Rational::ZERO);
            let actions: Vec<ActionId> = self.tree.form.actions(set).collect();
            let worth: Vec<Jet> =
                actions.iter().map(|a| self.gains.get(a).unwrap_or(&zero).clone()).collect();
            let played: Vec<usize> = (0..actions.len())
                .filter(|at| self.tree.of(actions[*at]).value.high.is_positive())
                .collect();
            let best = if own {
                for at in &played {
                    self.no_better(set, &worth, *at, &played, free.holds(set))?;
                }
                worth[played[0]].clone()
            } else {
                greatest(&worth)
            };
            if let Some(action) = before {
                self.add(action, &best);
            }
        }
        Ok(())
    }

    fn no_better(
        &self,
        set: InfoSetId,
        worth: &[Jet],
        chosen: usize,
        played: &[usize],
        is_free: bool,
    ) -> Result<(), Unproved> {
        for (other, against) in worth.iter().enumerate() {
            if other == chosen || (is_free && played.contains(&other)) {
                continue;
            }
            let gain = against.sub(&worth[chosen]).value;
            if gain.high.is_positive() {
                let form = self.tree.form;
                let name = words::player(form, self.player);
                let place = words::situation(form, set);
                let fails = gain.low.is_positive();
                let does = if fails { "gains" } else { "may gain" };
                let action = form.actions(set).nth(other).expect("an action's position");
                let action = form.action_label(action);
                return Err(Unproved {
                    fails,
                    why: format!("{name} {does} by {action} at {place}"),
                });
            }
        }
        Ok(())
    }
}

/// The greatest of several uncertain numbers.
fn greatest(worth: &[Jet]) -> Jet {
    let low = worth.iter().map(|jet| &jet.value.low).max().expect("a set has an action");
    let high = worth.iter().map(|jet| &jet.value.high).max().expect("a set has an action");
    Jet::constant(Interval { low: low.clone(), high: high.clone() })
}

/// The players' expected payoffs.
pub(super) fn payoffs(tree: &Tree) -> Vec<Interval> {
    let of = |player| tree.values(player)[GameForm::ROOT.index()].value.clone();
    tree.form.player_ids().map(of).collect()
}

/// The probabilities of all actions as jets without slopes.
pub(super) fn constant(held: &[Interval]) -> Vec<Jet> {
    held.iter().cloned().map(Jet::constant).collect()
}
