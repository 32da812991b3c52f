//! Forward induction by iterated weak dominance: does an equilibrium outlive the elimination?
//!
//! Weakly dominated plans are removed, all of all players at once in each round. An equilibrium
//! survives if there are mixtures of what is left, one for each player, that lead to the same
//! distribution over ends and from which nobody gains, by any plan at all. So it may be changed
//! where its own play does not lead. That a forward induction outcome should survive this is in
//! Kohlberg and Mertens (Econometrica 54, 1986); van Damme (JET 48, 1989) and Ben-Porath and
//! Dekel (JET 57, 1992) have the games everybody knows.
//!
//! Under perfect recall the same distribution means, player by player, the same weights on the
//! own moves before every end that is reached. With two players who choose, "nobody gains" is
//! linear in one mixture at a time, so a linear program for each player decides. With more, a
//! mixture found is only tried: what is not shown is left open.

use super::dominance::{Dominance, Elimination, Limits, NoAnswer, Sense, eliminate};
use super::play::Play;
use super::profiles::{combinations, turned};
use super::values::worths;
use detente_game::exchange::{ReducedStrategy, StrategicLimits};
use detente_game::{ActionId, Card, GameForm, GameInstance, NodeId, PlayerId, Profile, Rational};
use detente_linear::{Feasibility, Program, RowRelation, is_farkas, is_feasible_point};
use std::collections::BTreeMap;

/// What the test says of itself.
pub const CARD: Card = Card {
    name: "forward_induction",
    line: "the same play by plans that outlive the iterated elimination of weakly dominated ones",
    accepts: "games with perfect recall whose reduced strategic form is small enough",
    exact: true,
    complete: Some(
        "decides every Nash equilibrium if at most two players choose; with more, some are left open",
    ),
    cost: "the elimination once; at most one linear program for each player and round",
    source: "Kohlberg and Mertens, Econometrica 54, 1986; van Damme, JET 48, 1989; Ben-Porath and \
             Dekel, JET 57, 1992",
};

/// Limits that keep the test of a whole table of equilibria quick.
#[must_use]
pub fn limits() -> Limits {
    let form = StrategicLimits { strategies: 400, payoffs: 10_000, ..StrategicLimits::default() };
    Limits { form, ..Limits::default() }
}

/// The elimination that breaks an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What was removed, in which round, and what dominates it.
    pub gone: Elimination,
    /// The plans of that player, to which the positions in `gone` refer.
    pub plans: Vec<ReducedStrategy>,
}

/// What becomes of an equilibrium.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It can be played with what is left.
    Survives,
    /// From this step on it cannot.
    Broken(Box<Step>),
    /// It is not known, for this reason.
    Undecided(String),
}

/// The elimination in one game, against which any number of equilibria can be held.
#[derive(Debug, Clone)]
pub struct ForwardInduction {
    eliminated: Result<Dominance, String>,
}

impl ForwardInduction {
    /// Eliminates; `go_on` answers whether to.
    #[must_use]
    pub fn new(instance: &GameInstance, limits: &Limits, go_on: &dyn Fn() -> bool) -> Self {
        if !instance.form().has_perfect_recall() {
            return Self { eliminated: Err("some player forgets".to_owned()) };
        }
        let eliminated = match eliminate(instance, Sense::Weak, limits, &mut |_| go_on()) {
            Ok(found) if found.is_complete() => Ok(found),
            Ok(found) if found.stopped => Err("the elimination was stopped".to_owned()),
            Ok(_) => Err("the linear programs of the elimination would be too large".to_owned()),
            Err(NoAnswer::TooLarge(why)) => Err(why),
            Err(NoAnswer::Unproved) => {
                Err("a certificate of the elimination did not pass its check".to_owned())
            }
        };
        Self { eliminated }
    }

    /// Whether a profile survives, which must be a Nash equilibrium.
    #[must_use]
    pub fn judge(&self, instance: &GameInstance, profile: &Profile) -> Answer {
        match &self.eliminated {
            Ok(dominance) => Case::new(instance, dominance, profile).answer(),
            Err(why) => Answer::Undecided(why.clone()),
        }
    }
}

/// Plans of one player with their probabilities.
type Mixture = Vec<(usize, Rational)>;

/// One equilibrium against the elimination.
struct Case<'a> {
    dominance: &'a Dominance,
    /// What the equilibrium is worth to each player, in his own eyes.
    worth: Vec<Rational>,
    /// For each player, the weights of his own moves before the ends that are reached.
    weights: Vec<BTreeMap<Vec<ActionId>, Rational>>,
    /// The equilibrium as mixtures of plans (Kuhn 1953).
    played: Vec<Mixture>,
    /// Whether at most two players have a choice.
    linear: bool,
}

impl<'a> Case<'a> {
    fn new(instance: &GameInstance, dominance: &'a Dominance, profile: &Profile) -> Self {
        let form = instance.form();
        let ends = reached(instance, profile);
        let weights = form.player_ids().map(|player| weights(form, player, &ends, profile));
        let plans = &dominance.form.strategies;
        Self {
            dominance,
            worth: worths(instance, profile).into_iter().map(|worth| worth.value).collect(),
            weights: weights.collect(),
            played: plans.iter().map(|plans| as_mixture(plans, profile)).collect(),
            linear: plans.iter().filter(|plans| plans.len() > 1).count() <= 2,
        }
    }

    /// Follows the rounds: whenever a plan in use goes, what is left must make up for it.
    fn answer(&self) -> Answer {
        let plans = &self.dominance.form.strategies;
        let mut alive: Vec<Vec<usize>> =
            plans.iter().map(|plans| (0..plans.len()).collect()).collect();
        let mut mixtures = self.played.clone();
        for round in 1..=self.dominance.rounds {
            let removed = self.dominance.eliminations.iter().filter(|gone| gone.round == round);
            for gone in removed.clone() {
                alive[gone.player.index()].retain(|plan| *plan != gone.strategy);
            }
            for gone in removed {
                let player = gone.player.index();
                if mixtures[player].iter().any(|(plan, _)| *plan == gone.strategy) {
                    match self.replaced(gone, &alive[player]) {
                        Ok(other) => mixtures[player] = other,
                        Err(answer) => return answer,
                    }
                }
            }
        }
        if mixtures == self.played || self.nobody_gains(&mixtures) {
            return Answer::Survives;
        }
        let why = "more than two players choose; each of them can keep to this play with what is \
                   left, but somebody gains from the mixtures that were tried";
        Answer::Undecided(why.to_owned())
    }

    /// A mixture of the plans left to the player whose plan is gone, or what follows if there is
    /// none.
    fn replaced(&self, gone: &Elimination, alive: &[usize]) -> Result<Mixture, Answer> {
        let player = gone.player.index();
        let program = self.program(player, alive);
        match program.feasible() {
            Feasibility::Feasible(point) if is_feasible_point(&program, &point) => {
                let mixture = alive.iter().copied().zip(point);
                Ok(mixture.filter(|(_, share)| !share.is_zero()).collect())
            }
            Feasibility::Infeasible { farkas } if is_farkas(&program, &farkas) => {
                let plans = self.dominance.form.strategies[player].clone();
                Err(Answer::Broken(Box::new(Step { gone: gone.clone(), plans })))
            }
            _ => Err(Answer::Undecided("a certificate did not pass its check".to_owned())),
        }
    }

    /// The mixtures of some plans of a player with the same weights, from which no other player
    /// gains if that is linear.
    fn program(&self, player: usize, alive: &[usize]) -> Program {
        let plans = &self.dominance.form.strategies;
        let mut program = Program::new(alive.len());
        for (moves, weight) in &self.weights[player] {
            let takes = |at: &usize| takes_all(&plans[player][alive[*at]], moves);
            let row: Vec<_> =
                (0..alive.len()).filter(takes).map(|at| (at, Rational::ONE)).collect();
            program.row(&row, RowRelation::Eq, weight.clone());
        }
        let others = (0..plans.len())
            .filter(|other| self.linear && *other != player && plans[*other].len() > 1);
        for (other, plan) in
            others.flat_map(|other| (0..plans[other].len()).map(move |p| (other, p)))
        {
            let profile = turned(&vec![0; plans.len()], other, plan);
            let paid = |own: usize| {
                let form = &self.dominance.form;
                form.payoff(&turned(&profile, player, own), PlayerId::from_index(other)).clone()
            };
            let row: Vec<_> = alive.iter().map(|own| paid(*own)).enumerate().collect();
            program.row(&row, RowRelation::Le, self.worth[other].clone());
        }
        program
    }

    /// Whether no plan of anybody is worth more than the equilibrium, by multiplication alone.
    fn nobody_gains(&self, mixtures: &[Mixture]) -> bool {
        let form = &self.dominance.form;
        let used: Vec<Vec<usize>> =
            mixtures.iter().map(|mixture| (0..mixture.len()).collect()).collect();
        let gains = |player: usize, plan: usize| {
            let mut others = used.clone();
            others[player] = vec![0];
            let mut sum = Rational::ZERO;
            for chosen in combinations(&others) {
                let part = |at: usize| &mixtures[at][chosen[at]];
                let profile: Vec<usize> = (0..used.len()).map(|at| part(at).0).collect();
                let shares = (0..used.len()).filter(|at| *at != player).map(|at| &part(at).1);
                let share = shares.fold(Rational::ONE, |product, share| product * share);
                let profile = turned(&profile, player, plan);
                sum += share * form.payoff(&profile, PlayerId::from_index(player));
            }
            sum > self.worth[player]
        };
        let mut every = form.strategies.iter().enumerate();
        every.all(|(player, plans)| !(0..plans.len()).any(|plan| gains(player, plan)))
    }
}

/// The ends that come up in anybody's eyes.
fn reached(instance: &GameInstance, profile: &Profile) -> Vec<NodeId> {
    let form = instance.form();
    let plays: Vec<Play> =
        form.player_ids().map(|player| Play::seen_by(instance, profile, Some(player))).collect();
    form.ends().filter(|end| plays.iter().any(|play| play.reach(*end).is_positive())).collect()
}

fn weights(
    form: &GameForm,
    player: PlayerId,
    ends: &[NodeId],
    profile: &Profile,
) -> BTreeMap<Vec<ActionId>, Rational> {
    let mut weights = BTreeMap::from([(Vec::new(), Rational::ONE)]);
    for end in ends {
        let moves = own_moves(form, *end, player);
        let weight = product(&moves, profile);
        weights.insert(moves, weight);
    }
    weights
}

/// The player's own actions before a node.
fn own_moves(form: &GameForm, node: NodeId, player: PlayerId) -> Vec<ActionId> {
    let up = std::iter::successors(Some(node), |node| form.parent(*node));
    let taken = up.filter_map(|node| form.action_into(node));
    let own = |action: &ActionId| form.info_set(form.set_of_action(*action)).player == player;
    taken.filter(own).collect()
}

fn product(actions: &[ActionId], profile: &Profile) -> Rational {
    actions.iter().fold(Rational::ONE, |product, action| product * profile.of(*action))
}

fn as_mixture(plans: &[ReducedStrategy], profile: &Profile) -> Mixture {
    let shares = plans.iter().map(|plan| product(&plan.actions, profile)).enumerate();
    shares.filter(|(_, share)| !share.is_zero()).collect()
}

fn takes_all(plan: &ReducedStrategy, moves: &[ActionId]) -> bool {
    moves.iter().all(|action| plan.actions.binary_search(action).is_ok())
}
