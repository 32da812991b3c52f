//! One situation and what may follow it: can a set of options be best there, for some belief?
//!
//! A belief and what the other player does after it make one realization plan for each member,
//! scaled by the belief in it. In these weights the worth of every own plan is linear, so the
//! question is a linear program. Two things are left out of it: that the other player, where he
//! cannot tell members apart, behaves alike after all of them, and that he behaves alike whatever
//! situation is looked at. Both hold by themselves where his options are single ones, or where his
//! behaviour is given.

use crate::solvers::sequence_form::{Sequences, Side};
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{ActionId, InfoSetId, PlayerId, Profile, Rational};
use detente_linear::{Program, RowRelation};
use std::collections::BTreeMap;

/// A set of options of one situation, by position.
pub(super) type Options = u64;

/// The options' actions.
pub(super) fn actions(
    form: &GameForm,
    set: InfoSetId,
    options: Options,
) -> impl Iterator<Item = ActionId> + '_ {
    form.actions(set).enumerate().filter(move |(at, _)| options >> at & 1 == 1).map(|(_, a)| a)
}

/// An own situation from here on, with the own action before it.
struct Own {
    set: InfoSetId,
    before: Option<ActionId>,
}

/// A situation of the other player after one member, with his action before it.
struct Other {
    member: usize,
    set: InfoSetId,
    before: Option<ActionId>,
}

/// What a pair of sequences after a member pays, weighted by chance.
struct Term {
    own: ActionId,
    member: usize,
    other: Option<ActionId>,
    worth: Rational,
}

/// A situation with all that may follow it.
pub(super) struct Place {
    pub set: InfoSetId,
    pub player: PlayerId,
    pub members: usize,
    /// This situation and all after it, sorted.
    pub below: Vec<InfoSetId>,
    /// Those of the other player.
    pub others_below: Vec<InfoSetId>,
    own: Vec<Own>,
    others: Vec<Other>,
    terms: Vec<Term>,
}

/// Weights of the other player's sequences after each member.
type Weights = BTreeMap<(usize, Option<ActionId>), usize>;

impl Place {
    pub fn of(instance: &GameInstance, set: InfoSetId) -> Self {
        let form = instance.form();
        let player = form.info_set(set).player;
        let members = form.members(set);
        let mut place = Self {
            set,
            player,
            members: members.len(),
            below: Vec::new(),
            others_below: Vec::new(),
            own: Vec::new(),
            others: Vec::new(),
            terms: Vec::new(),
        };
        for (member, node) in members.iter().enumerate() {
            place.add(form, member, &Sequences::of(instance, *node, &[player], &|_| None));
        }
        place.others_below = place.others.iter().map(|other| other.set).collect();
        place.others_below.sort_unstable();
        place.others_below.dedup();
        let own = place.own.iter().map(|own| own.set);
        place.below = own.chain(place.others_below.iter().copied()).collect();
        place.below.sort_unstable();
        place
    }

    fn add(&mut self, form: &GameForm, member: usize, after: &Sequences) {
        let own_at = self.player.index();
        let (own, other) = (&after.sides[own_at], &after.sides[1 - own_at]);
        let (own_actions, other_actions) = (last_actions(form, own), last_actions(form, other));
        for (choice, set) in own.choices.iter().zip(&own.sets) {
            if self.own.iter().all(|known| known.set != *set) {
                self.own.push(Own { set: *set, before: own_actions[choice.before] });
            }
        }
        for (choice, set) in other.choices.iter().zip(&other.sets) {
            self.others.push(Other { member, set: *set, before: other_actions[choice.before] });
        }
        for (pair, worth) in &after.payoffs[0] {
            let pair = if own_at == 0 { *pair } else { (pair.1, pair.0) };
            let own = own_actions[pair.0].expect("every end is after an own action");
            let other = other_actions[pair.1];
            self.terms.push(Term { own, member, other, worth: worth.clone() });
        }
    }

    /// Whether for some belief the options here, and the own ones after them, are best against
    /// some behaviour of the other player that keeps to his options. Where a profile is given he
    /// behaves as in it.
    pub fn may_be_best(
        &self,
        form: &GameForm,
        options: &[Options],
        profile: Option<&Profile>,
    ) -> bool {
        self.program(form, options, profile).0.feasible().point().is_some()
    }

    /// The other player's behaviour at situations that some belief here leads to, under which the
    /// options are best. It need not be the same after all members; the mean is given.
    pub fn supporting(&self, form: &GameForm, options: &[Options]) -> Vec<(ActionId, Rational)> {
        let (program, weights) = self.program(form, options, None);
        let Some(point) = program.feasible().point() else { return Vec::new() };
        let mut behaviour = Vec::new();
        for set in &self.others_below {
            let weight = |action: ActionId| -> Rational {
                let places = weights.iter().filter(|((_, last), _)| *last == Some(action));
                places.map(|(_, at)| &point[*at]).sum()
            };
            let all: Vec<(ActionId, Rational)> =
                form.actions(*set).map(|action| (action, weight(action))).collect();
            let total: Rational = all.iter().map(|(_, weight)| weight).sum();
            if total.is_positive() {
                behaviour.extend(all.into_iter().map(|(action, weight)| (action, weight / &total)));
            }
        }
        behaviour
    }

    /// Whether for some belief, the same each time, the options are best under all of these
    /// profiles.
    pub fn is_best_throughout(
        &self,
        form: &GameForm,
        options: &[Options],
        profiles: &[Profile],
    ) -> bool {
        let mut program = Program::new(0);
        let belief = self.write_belief(&mut program);
        for profile in profiles {
            self.write_after(form, options, Some(profile), &belief, &mut program);
        }
        program.feasible().point().is_some()
    }

    /// All own pure plans from here on, by their actions; `None` if there are more than `most`.
    pub fn plans(&self, form: &GameForm, most: usize) -> Option<Vec<Vec<ActionId>>> {
        let mut plans: Vec<Vec<ActionId>> = vec![Vec::new()];
        for own in &self.own {
            let is_met = |plan: &[ActionId]| own.before.is_none_or(|before| plan.contains(&before));
            let (met, mut all): (Vec<_>, Vec<_>) = plans.into_iter().partition(|plan| is_met(plan));
            for plan in met {
                all.extend(
                    form.actions(own.set).map(|action| {
                        plan.iter().copied().chain([action]).collect::<Vec<ActionId>>()
                    }),
                );
            }
            plans = all;
            if plans.len() > most {
                return None;
            }
        }
        Some(plans)
    }

    /// What an own plan is worth after the only member, against weights of the other player's last
    /// actions.
    pub fn worth(
        &self,
        plan: &[ActionId],
        weight: &dyn Fn(Option<ActionId>) -> Rational,
    ) -> Rational {
        let terms = self.terms.iter().filter(|term| plan.contains(&term.own));
        terms.map(|term| &term.worth * weight(term.other)).sum()
    }

    /// The other player's action between the only member and a situation of his, the last one.
    pub fn between(&self, set: InfoSetId) -> Option<ActionId> {
        self.others.iter().find(|other| other.set == set)?.before
    }

    fn program(
        &self,
        form: &GameForm,
        options: &[Options],
        profile: Option<&Profile>,
    ) -> (Program, Weights) {
        let mut program = Program::new(0);
        let belief = self.write_belief(&mut program);
        let weights = self.write_after(form, options, profile, &belief, &mut program);
        (program, weights)
    }

    fn write_belief(&self, program: &mut Program) -> Weights {
        let belief: Weights =
            (0..self.members).map(|member| ((member, None), program.variable())).collect();
        let all: Vec<_> = belief.values().map(|at| (*at, Rational::ONE)).collect();
        program.row(&all, RowRelation::Eq, Rational::ONE);
        belief
    }

    /// Writes down that the options are best after a belief.
    fn write_after(
        &self,
        form: &GameForm,
        options: &[Options],
        profile: Option<&Profile>,
        belief: &Weights,
        program: &mut Program,
    ) -> Weights {
        let weights = self.write_weights(form, options, profile, belief, program);
        let mut worth: BTreeMap<InfoSetId, usize> = BTreeMap::new();
        for own in &self.own {
            let variable = program.variable();
            program.free(variable);
            worth.insert(own.set, variable);
        }
        let mut chosen: Vec<ActionId> = Vec::new();
        for own in &self.own {
            let is_met = own.before.is_none_or(|before| chosen.contains(&before));
            for (at, action) in form.actions(own.set).enumerate() {
                let is_best = is_met && options[own.set.index()] >> at & 1 == 1;
                if is_best {
                    chosen.push(action);
                }
                let relation = if is_best { RowRelation::Eq } else { RowRelation::Ge };
                let row = self.falls_short(own.set, action, &weights, &worth);
                program.row(&row, relation, Rational::ZERO);
            }
        }
        weights
    }

    /// What an own action falls short of the best at its situation.
    fn falls_short(
        &self,
        set: InfoSetId,
        action: ActionId,
        weights: &Weights,
        worth: &BTreeMap<InfoSetId, usize>,
    ) -> Vec<(usize, Rational)> {
        let mut row = vec![(worth[&set], Rational::ONE)];
        let after = self.own.iter().filter(|own| own.before == Some(action));
        row.extend(after.map(|own| (worth[&own.set], -Rational::ONE)));
        for term in self.terms.iter().filter(|term| term.own == action) {
            if let Some(weight) = weights.get(&(term.member, term.other)) {
                row.push((*weight, -&term.worth));
            }
        }
        row
    }

    fn write_weights(
        &self,
        form: &GameForm,
        options: &[Options],
        profile: Option<&Profile>,
        belief: &Weights,
        program: &mut Program,
    ) -> Weights {
        let mut weights = belief.clone();
        for other in &self.others {
            let Some(before) = weights.get(&(other.member, other.before)).copied() else {
                continue;
            };
            let mut balance = vec![(before, -Rational::ONE)];
            for action in actions(form, other.set, options[other.set.index()]) {
                let weight = program.variable();
                weights.insert((other.member, Some(action)), weight);
                balance.push((weight, Rational::ONE));
                if let Some(profile) = profile {
                    let row = [(weight, Rational::ONE), (before, -profile.of(action))];
                    program.row(&row, RowRelation::Eq, Rational::ZERO);
                }
            }
            program.row(&balance, RowRelation::Eq, Rational::ZERO);
        }
        weights
    }
}

/// The last action of every sequence of a player.
fn last_actions(form: &GameForm, side: &Side) -> Vec<Option<ActionId>> {
    let mut last = vec![None; side.count];
    for (choice, set) in side.choices.iter().zip(&side.sets) {
        for (action, sequence) in form.actions(*set).zip(choice.sequences()) {
            last[sequence] = Some(action);
        }
    }
    last
}
