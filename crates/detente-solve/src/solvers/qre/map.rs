//! The logit map in log-odds, with its slopes, in floating point: a guide for the tracing.
//!
//! The unknowns are the logarithms of every action's probability over that of the first action of
//! its situation. Beliefs are computed from logarithms of how likely members are, so that they stay
//! sensible where a situation hardly ever comes up.

use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, InfoSetId, PlayerId};
use libm::{exp, log};

/// A number with its slopes along all unknowns.
#[derive(Debug, Clone)]
struct Sloped {
    value: f64,
    slope: Vec<f64>,
}

impl Sloped {
    fn constant(value: f64, count: usize) -> Self {
        Self { value, slope: vec![0.0; count] }
    }

    fn add(&mut self, other: &Self, factor: f64) {
        self.value += factor * other.value;
        self.slope.iter_mut().zip(&other.slope).for_each(|(own, other)| *own += factor * other);
    }
}

/// A game prepared for tracing.
pub(super) struct LogitMap<'a> {
    form: &'a GameForm,
    /// Per player and end, in node order of all nodes: payoffs at ends, 0 inside.
    payoff: Vec<Vec<f64>>,
    /// Per player and node: the logarithm of the chance that leads into it; 0 for decisions.
    chance: Vec<Vec<f64>>,
    /// Per action: its unknown, none for the first action of a situation.
    unknown: Vec<Option<usize>>,
    /// How many unknowns there are.
    pub count: usize,
}

/// Per situation: what each later action is worth less the first, with slopes.
pub(super) struct Worths {
    pub differences: Vec<f64>,
    pub slopes: Vec<Vec<f64>>,
}

impl<'a> LogitMap<'a> {
    pub fn new(instance: &'a GameInstance) -> Self {
        let form = instance.form();
        let mut unknown = vec![None; form.action_count()];
        let mut count = 0;
        for set in form.info_set_ids() {
            for action in form.actions(set).skip(1) {
                unknown[action.index()] = Some(count);
                count += 1;
            }
        }
        let payoff = |player: PlayerId| {
            let of = |node| match form.kind(node) {
                NodeKind::End(row) => instance.row_payoff(row, player).to_f64(),
                _ => 0.0,
            };
            form.nodes().map(of).collect()
        };
        let chance = |player: PlayerId| {
            let of = |node| {
                let branch = form.branch_into(node);
                branch.map_or(0.0, |branch| log(instance.branch_for(player, branch).to_f64()))
            };
            form.nodes().map(of).collect()
        };
        let payoff = form.player_ids().map(payoff).collect();
        Self { form, payoff, chance: form.player_ids().map(chance).collect(), unknown, count }
    }

    /// The probability of every action.
    pub fn probabilities(&self, odds: &[f64]) -> Vec<f64> {
        self.logarithms(odds).into_iter().map(exp).collect()
    }

    /// One number per action from one per unknown: 0 for first actions.
    pub fn by_action(&self, odds: &[f64]) -> Vec<f64> {
        self.unknown.iter().map(|unknown| unknown.map_or(0.0, |at| odds[at])).collect()
    }

    fn logarithms(&self, odds: &[f64]) -> Vec<f64> {
        let mut logarithms = Vec::with_capacity(self.unknown.len());
        for set in self.form.info_set_ids() {
            let own = self.form.actions(set);
            let own: Vec<f64> =
                own.map(|action| self.unknown[action.index()].map_or(0.0, |at| odds[at])).collect();
            let most = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = own.iter().map(|value| exp(value - most)).sum();
            logarithms.extend(own.iter().map(|value| value - most - log(total)));
        }
        logarithms
    }

    /// The logarithm of every action's probability with its slopes.
    fn moves(&self, odds: &[f64]) -> Vec<Sloped> {
        let logarithms = self.logarithms(odds);
        let mut moves = Vec::with_capacity(logarithms.len());
        for set in self.form.info_set_ids() {
            for action in self.form.actions(set) {
                let mut slope = vec![0.0; self.count];
                for other in self.form.actions(set) {
                    if let Some(at) = self.unknown[other.index()] {
                        let own = if other == action { 1.0 } else { 0.0 };
                        slope[at] = own - exp(logarithms[other.index()]);
                    }
                }
                moves.push(Sloped { value: logarithms[action.index()], slope });
            }
        }
        moves
    }

    /// By how much each later action is better than the first of its situation.
    pub fn worths(&self, odds: &[f64]) -> Worths {
        let moves = self.moves(odds);
        let mut worths =
            Worths { differences: vec![0.0; self.count], slopes: vec![Vec::new(); self.count] };
        for player in self.form.player_ids() {
            let own = |set: &InfoSetId| self.form.info_set(*set).player == player;
            let sets: Vec<InfoSetId> = self.form.info_set_ids().filter(own).collect();
            if sets.is_empty() {
                continue;
            }
            let likely = self.likely(player, &moves);
            let values = self.values(player, &moves);
            for set in sets {
                self.compare(set, &likely, &values, &mut worths);
            }
        }
        worths
    }

    /// The logarithm of how likely each node is, the player's own moves left out.
    fn likely(&self, player: PlayerId, moves: &[Sloped]) -> Vec<Sloped> {
        let mut likely = Vec::with_capacity(self.form.node_count());
        likely.push(Sloped::constant(0.0, self.count));
        for node in self.form.nodes().skip(1) {
            let parent = self.form.parent(node).expect("only the root has no parent");
            let mut here: Sloped = likely[parent.index()].clone();
            here.value += self.chance[player.index()][node.index()];
            if let Some(action) = self.form.action_into(node)
                && self.form.info_set(self.form.set_of_action(action)).player != player
            {
                here.add(&moves[action.index()], 1.0);
            }
            likely.push(here);
        }
        likely
    }

    /// What the player expects from every node on.
    fn values(&self, player: PlayerId, moves: &[Sloped]) -> Vec<Sloped> {
        let mut values = vec![Sloped { value: 0.0, slope: Vec::new() }; self.form.node_count()];
        for node in self.form.nodes().rev() {
            let mut here = Sloped::constant(self.payoff[player.index()][node.index()], self.count);
            for child in self.form.children(node) {
                let below = &values[child.index()];
                match self.form.action_into(child) {
                    Some(action) => {
                        let step = &moves[action.index()];
                        let share = exp(step.value);
                        here.add(below, share);
                        let more = share * below.value;
                        let slopes = here.slope.iter_mut().zip(&step.slope);
                        slopes.for_each(|(own, slope)| *own += more * slope);
                    }
                    None => {
                        here.add(below, exp(self.chance[player.index()][child.index()]));
                    }
                }
            }
            values[node.index()] = here;
        }
        values
    }

    fn compare(&self, set: InfoSetId, likely: &[Sloped], values: &[Sloped], worths: &mut Worths) {
        let form = self.form;
        let members = form.members(set);
        let most =
            members.iter().map(|m| likely[m.index()].value).fold(f64::NEG_INFINITY, f64::max);
        let first = form.info_set(set).first_action.index();
        let zero = || Sloped::constant(0.0, self.count);
        if members.is_empty() || most == f64::NEG_INFINITY {
            for at in (first..first + form.actions(set).len()).filter_map(|at| self.unknown[at]) {
                worths.slopes[at] = zero().slope;
            }
            return;
        }
        let shares: Vec<f64> =
            members.iter().map(|m| exp(likely[m.index()].value - most)).collect();
        let total: f64 = shares.iter().sum();
        let mut mean = zero();
        for (member, share) in members.iter().zip(&shares) {
            mean.add(&likely[member.index()], share / total);
        }
        for position in 1..form.actions(set).len() {
            let mut difference = zero();
            for (member, share) in members.iter().zip(&shares) {
                let belief = share / total;
                if belief == 0.0 {
                    continue;
                }
                let worth = &values[form.child(*member, position).index()];
                let against = &values[form.child(*member, 0).index()];
                difference.add(worth, belief);
                difference.add(against, -belief);
                // The slope of a belief: itself times the slope of its logarithm less the mean's.
                let gap = belief * (worth.value - against.value);
                let slopes = likely[member.index()].slope.iter().zip(&mean.slope);
                let own = difference.slope.iter_mut();
                own.zip(slopes).for_each(|(own, (slope, mean))| *own += gap * (slope - mean));
            }
            let at = self.unknown[first + position].expect("a later action is an unknown");
            worths.differences[at] = difference.value;
            worths.slopes[at] = difference.slope;
        }
    }

    /// The greatest amount by which some player could gain at a situation by his best action.
    pub fn regret(&self, odds: &[f64], worths: &Worths) -> f64 {
        let probabilities = self.probabilities(odds);
        let of = |set: InfoSetId| {
            let worth = |action: detente_game::ActionId| {
                self.unknown[action.index()].map_or(0.0, |at| worths.differences[at])
            };
            let best = self.form.actions(set).map(worth).fold(f64::NEG_INFINITY, f64::max);
            let mean: f64 =
                self.form.actions(set).map(|a| probabilities[a.index()] * worth(a)).sum();
            best - mean
        };
        self.form.info_set_ids().map(of).fold(0.0, f64::max)
    }

    /// The greatest difference between two payoffs of one player.
    pub fn range(&self) -> f64 {
        let of = |payoffs: &Vec<f64>| {
            let ends = self.form.ends().map(|end| payoffs[end.index()]);
            let (low, high) = ends
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                });
            high - low
        };
        self.payoff.iter().map(of).fold(0.0, f64::max)
    }
}
