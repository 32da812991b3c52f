//! The logit map in log-odds, with its slopes, in floating point: a guide for the tracing.
//!
//! The unknowns are the logarithms of every action's probability over that of the first action of
//! its situation. Beliefs are computed from logarithms of how likely members are, so that they stay
//! sensible where a situation hardly ever comes up. Slopes are gathered along the logarithms of the
//! probabilities first, where each is one term for each way that the action is met, and turned into
//! slopes along the unknowns at the end.

use super::layout::{Layout, Situation, Way};
use detente_game::GameInstance;
use libm::{exp, log};

/// A game prepared for tracing.
pub(super) struct LogitMap {
    layout: Layout,
    /// Per action: its unknown, none for the first action of a situation.
    unknown: Vec<Option<u32>>,
    /// How many unknowns there are.
    pub count: usize,
}

/// What each later action of a situation is worth less the first, by unknown.
#[derive(Default)]
pub(super) struct Worths {
    pub differences: Vec<f64>,
    /// The slopes that are not zero, with their unknowns.
    pub slopes: Vec<Vec<(u32, f64)>>,
}

/// Slopes of one row along the logarithms of the probabilities.
struct Gathered {
    /// Per action.
    slope: Vec<f64>,
    /// Situations with a slope, in the order in which they were met.
    touched: Vec<u32>,
    is_touched: Vec<bool>,
}

/// One player's view of the play of all.
struct View {
    /// Per place, the logarithm of how likely it is, the player's own moves left out.
    likely: Vec<f64>,
    /// Per place, what the player expects from there on.
    value: Vec<f64>,
    /// Per place, the probability of what leads into it.
    step: Vec<f64>,
}

impl LogitMap {
    pub fn new(instance: &GameInstance) -> Self {
        let layout = Layout::new(instance);
        let mut unknown = vec![None; instance.form().action_count()];
        let mut count = 0;
        for situation in &layout.situations {
            let own = &mut unknown[situation.first..][..situation.options];
            for later in own.iter_mut().skip(1) {
                *later = Some(count);
                count += 1;
            }
        }
        Self { layout, unknown, count: count as usize }
    }

    /// The work of one evaluation, in nodes.
    pub fn work(&self) -> usize {
        self.layout.work()
    }

    /// The probability of every action.
    pub fn probabilities(&self, odds: &[f64]) -> Vec<f64> {
        self.logarithms(odds).into_iter().map(exp).collect()
    }

    /// One number per action from one per unknown: 0 for first actions.
    pub fn by_action(&self, odds: &[f64]) -> Vec<f64> {
        self.unknown.iter().map(|unknown| unknown.map_or(0.0, |at| odds[at as usize])).collect()
    }

    fn logarithms(&self, odds: &[f64]) -> Vec<f64> {
        let mut logarithms = self.by_action(odds);
        for situation in &self.layout.situations {
            let own = &mut logarithms[situation.first..][..situation.options];
            let most = own.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let total: f64 = own.iter().map(|value| exp(value - most)).sum();
            let less = most + log(total);
            own.iter_mut().for_each(|value| *value -= less);
        }
        logarithms
    }

    /// By how much each later action is better than the first of its situation.
    pub fn worths(&self, odds: &[f64], worths: &mut Worths) {
        worths.differences.clear();
        worths.differences.resize(self.count, 0.0);
        worths.slopes.resize(self.count, Vec::new());
        worths.slopes.iter_mut().for_each(Vec::clear);
        let logarithms = self.logarithms(odds);
        let shares: Vec<f64> = logarithms.iter().map(|value| exp(*value)).collect();
        let mut room = vec![0.0; self.layout.len()];
        let mut first = Gathered::new(self);
        let mut later = Gathered::new(self);
        for player in 0..self.layout.eyes.len() {
            let mut own =
                self.layout.situations.iter().filter(|one| one.player == player).peekable();
            if own.peek().is_none() {
                continue;
            }
            let view = self.view(player, &logarithms, &shares);
            for situation in own {
                let beliefs = beliefs(situation, &view);
                if beliefs.is_empty() {
                    continue;
                }
                first.clear(self);
                self.gather(situation, 0, &beliefs, &view, &mut room, &mut first);
                for position in 1..situation.options {
                    later.copy(&first, self);
                    self.gather(situation, position, &beliefs, &view, &mut room, &mut later);
                    let difference = self.shift(situation, position, &beliefs, &view, &mut later);
                    let at = self.unknown[situation.first + position].expect("a later action");
                    worths.differences[at as usize] = difference;
                    self.emit(&later, &shares, &mut worths.slopes[at as usize]);
                }
            }
        }
    }

    fn view(&self, player: usize, logarithms: &[f64], shares: &[f64]) -> View {
        let (layout, eyes) = (&self.layout, &self.layout.eyes[player]);
        let (mut likely, mut step) = (vec![0.0; layout.len()], vec![1.0; layout.len()]);
        for at in 1..layout.len() {
            let before: f64 = likely[layout.parent[at] as usize];
            (step[at], likely[at]) = match layout.way[at] {
                Way::Chance => (eyes.chance[at], before + eyes.log_chance[at]),
                Way::Action(action) => {
                    let action = action as usize;
                    let mover = layout.situations[layout.situation_of[action] as usize].player;
                    let more = if mover == player { 0.0 } else { logarithms[action] };
                    (shares[action], before + more)
                }
            };
        }
        let mut value = eyes.payoff.clone();
        for at in (1..layout.len()).rev() {
            value[layout.parent[at] as usize] += step[at] * value[at];
        }
        View { likely, value, step }
    }

    /// Adds the slopes of what the option at a position is worth; of the first option, negative.
    fn gather(
        &self,
        situation: &Situation,
        position: usize,
        beliefs: &[f64],
        view: &View,
        room: &mut [f64],
        gathered: &mut Gathered,
    ) {
        let layout = &self.layout;
        let sign = if position == 0 { -1.0 } else { 1.0 };
        for (followers, belief) in situation.followers.iter().zip(beliefs) {
            if *belief == 0.0 {
                continue;
            }
            let top = followers[position] as usize;
            room[top] = sign * belief;
            for at in top + 1..layout.end[top] as usize {
                let weight = room[layout.parent[at] as usize] * view.step[at];
                room[at] = weight;
                if let Way::Action(action) = layout.way[at] {
                    gathered.add(action as usize, weight * view.value[at], layout);
                }
            }
        }
    }

    /// Adds the slopes of the beliefs; returns by how much the later option is better.
    fn shift(
        &self,
        situation: &Situation,
        position: usize,
        beliefs: &[f64],
        view: &View,
        gathered: &mut Gathered,
    ) -> f64 {
        let layout = &self.layout;
        let gap = |followers: &[u32]| {
            view.value[followers[position] as usize] - view.value[followers[0] as usize]
        };
        let gaps = situation.followers.iter().zip(beliefs);
        let difference: f64 = gaps.map(|(followers, belief)| belief * gap(followers)).sum();
        if situation.members.len() == 1 {
            return difference;
        }
        let members = situation.members.iter().zip(&situation.followers).zip(beliefs);
        for ((member, followers), belief) in members {
            let more = belief * (gap(followers) - difference);
            let mut at = *member as usize;
            while more != 0.0 && at != 0 {
                if let Way::Action(action) = layout.way[at] {
                    let mover = layout.situation_of[action as usize] as usize;
                    if layout.situations[mover].player != situation.player {
                        gathered.add(action as usize, more, layout);
                    }
                }
                at = layout.parent[at] as usize;
            }
        }
        difference
    }

    /// From slopes along logarithms of probabilities to slopes along the unknowns.
    fn emit(&self, gathered: &Gathered, shares: &[f64], row: &mut Vec<(u32, f64)>) {
        for set in &gathered.touched {
            let Situation { first, options, .. } = self.layout.situations[*set as usize];
            let own = first..first + options;
            let slopes = &gathered.slope[own.clone()];
            let total: f64 = slopes.iter().sum();
            let others = slopes.iter().zip(&shares[own.clone()]).zip(&self.unknown[own]);
            for ((slope, share), unknown) in others {
                let slope = slope - share * total;
                if slope != 0.0
                    && let Some(at) = unknown
                {
                    row.push((*at, slope));
                }
            }
        }
        row.sort_unstable_by_key(|(at, _)| *at);
    }

    /// The greatest amount by which some player could gain at a situation by his best action.
    pub fn regret(&self, odds: &[f64], differences: &[f64]) -> f64 {
        let (probabilities, worths) = (self.probabilities(odds), self.by_action(differences));
        let of = |situation: &Situation| {
            let own = situation.first..situation.first + situation.options;
            let best = worths[own.clone()].iter().copied().fold(f64::NEG_INFINITY, f64::max);
            best - own.map(|action| probabilities[action] * worths[action]).sum::<f64>()
        };
        self.layout.situations.iter().map(of).fold(0.0, f64::max)
    }

    /// The greatest difference between two payoffs of one player.
    pub fn range(&self) -> f64 {
        let layout = &self.layout;
        let is_end = |at: &usize| layout.end[*at] as usize == at + 1;
        let of = |payoffs: &Vec<f64>| {
            let ends = (0..layout.len()).filter(is_end).map(|end| payoffs[end]);
            let (low, high) = ends
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
                    (low.min(value), high.max(value))
                });
            high - low
        };
        layout.eyes.iter().map(|eyes| of(&eyes.payoff)).fold(0.0, f64::max)
    }
}

impl Gathered {
    fn new(map: &LogitMap) -> Self {
        Self {
            slope: vec![0.0; map.unknown.len()],
            touched: Vec::new(),
            is_touched: vec![false; map.layout.situations.len()],
        }
    }

    fn add(&mut self, action: usize, slope: f64, layout: &Layout) {
        let set = layout.situation_of[action];
        if !self.is_touched[set as usize] {
            self.is_touched[set as usize] = true;
            self.touched.push(set);
        }
        self.slope[action] += slope;
    }

    fn clear(&mut self, map: &LogitMap) {
        for set in self.touched.drain(..) {
            let Situation { first, options, .. } = map.layout.situations[set as usize];
            self.slope[first..first + options].fill(0.0);
            self.is_touched[set as usize] = false;
        }
    }

    fn copy(&mut self, other: &Self, map: &LogitMap) {
        self.clear(map);
        for set in &other.touched {
            let Situation { first, options, .. } = map.layout.situations[*set as usize];
            self.slope[first..first + options]
                .copy_from_slice(&other.slope[first..first + options]);
            self.is_touched[*set as usize] = true;
            self.touched.push(*set);
        }
    }
}

/// How likely each member is; empty if the situation never comes up.
fn beliefs(situation: &Situation, view: &View) -> Vec<f64> {
    let likely = |member: &u32| view.likely[*member as usize];
    let most = situation.members.iter().map(likely).fold(f64::NEG_INFINITY, f64::max);
    if most == f64::NEG_INFINITY {
        return Vec::new();
    }
    let mut beliefs: Vec<f64> =
        situation.members.iter().map(|member| exp(likely(member) - most)).collect();
    let total: f64 = beliefs.iter().sum();
    beliefs.iter_mut().for_each(|share| *share /= total);
    beliefs
}
