//! The reduced strategic form of a small game, in which trembling-hand perfect and proper
//! equilibria are defined here (Selten 1975; Myerson 1978).
//!
//! A behaviour strategy stands for the mixed strategy that takes each plan (pure reduced strategy)
//! with the product of its actions' probabilities; with perfect recall the two play alike (Kuhn
//! 1953).

mod dominance;
mod faces;
mod levels;
mod orders;
mod regular;
mod search;
mod tremble;

pub use faces::{Face, cut_edge, is_proper_throughout, perfect_faces};
pub(crate) use regular::check as check_regular;
pub(crate) use search::search;
pub(crate) use tremble::check as check_trembles;

use crate::best_response::weighted;
use crate::words;
use detente_game::exchange::{ReducedStrategy, StrategicForm, StrategicLimits, strategic_form};
use detente_game::{GameForm, GameInstance, PlayerId, Profile, Rational};

/// The most plans of one player.
const MOST_PLANS: usize = 64;
/// The most combinations of plans.
const MOST_PROFILES: usize = 4_096;
/// The most payoffs that are added up on the way.
const MOST_ADDITIONS: usize = 1_000_000;

/// What a profile is in the strategic form.
pub(crate) struct Strategic<'a> {
    form: &'a GameForm,
    plans: Vec<Vec<ReducedStrategy>>,
    /// Per player, the probability of each plan.
    pub mixed: Vec<Vec<Rational>>,
    /// Per player, per own plan and per combination of the others' plans: the expected payoff in
    /// the player's own eyes.
    pub payoffs: Vec<Vec<Vec<Rational>>>,
}

impl<'a> Strategic<'a> {
    /// The strategic form and what a profile is in it.
    ///
    /// # Errors
    /// Why it is not made, as a sentence.
    pub fn of(instance: &'a GameInstance, profile: &Profile) -> Result<Self, String> {
        let form = instance.form();
        let limits = StrategicLimits {
            strategies: MOST_PLANS,
            payoffs: MOST_PROFILES * form.players().len(),
            additions: MOST_ADDITIONS,
        };
        let strategic = strategic_form(instance, &limits).map_err(|_| too_large())?;
        let payoffs = form.player_ids().map(|player| table(&strategic, player)).collect();
        let mut made = Self { form, plans: strategic.strategies, mixed: Vec::new(), payoffs };
        made.mixed = made.mixtures(profile);
        Ok(made)
    }

    /// Per player, the probability of each plan under a profile.
    pub fn mixtures(&self, profile: &Profile) -> Vec<Vec<Rational>> {
        self.plans.iter().map(|plans| mixture(plans, profile)).collect()
    }

    pub fn players(&self) -> usize {
        self.plans.len()
    }

    /// How many plans a player has.
    pub fn count(&self, player: usize) -> usize {
        self.plans[player].len()
    }

    /// The players who have more than one plan.
    pub fn active(&self) -> Vec<usize> {
        (0..self.players()).filter(|player| self.count(*player) > 1).collect()
    }

    /// The plans of the others in each of their combinations, in the order of the payoffs.
    pub fn combinations(&self, player: usize) -> Vec<Vec<(usize, usize)>> {
        let sizes: Vec<usize> = self.plans.iter().map(Vec::len).collect();
        combinations(&sizes, player)
    }

    /// What each plan of a player is worth if all follow these mixtures.
    pub fn worth(&self, player: usize, mixed: &[Vec<Rational>]) -> Vec<Rational> {
        let weight = |combination: &Vec<(usize, usize)>| -> Rational {
            let factors = combination.iter().map(|(other, plan)| &mixed[*other][*plan]);
            factors.fold(Rational::ONE, |product, factor| product * factor)
        };
        let against: Vec<Rational> = self.combinations(player).iter().map(weight).collect();
        self.payoffs[player].iter().map(|payoffs| weighted(&against, payoffs)).collect()
    }

    /// The plans that a player may follow.
    pub fn support(&self, player: usize) -> Vec<usize> {
        let mixed = &self.mixed[player];
        (0..mixed.len()).filter(|plan| mixed[*plan].is_positive()).collect()
    }

    pub fn name(&self, player: usize) -> &str {
        words::player(self.form, PlayerId::from_index(player))
    }

    /// A plan in the scenario's words.
    pub fn text(&self, player: usize, plan: usize) -> String {
        let actions = &self.plans[player][plan].actions;
        let steps: Vec<_> =
            actions.iter().map(|action| (self.form.set_of_action(*action), *action)).collect();
        words::plan(self.form, &steps)
    }

    /// A mixture of plans in the scenario's words.
    pub fn mixture_text(&self, player: usize, weights: &[Rational]) -> String {
        let used = weights.iter().enumerate().filter(|(_, weight)| weight.is_positive());
        let texts: Vec<String> = used
            .map(|(plan, weight)| match weight.is_one() {
                true => self.text(player, plan),
                false => format!("{} with probability {weight}", self.text(player, plan)),
            })
            .collect();
        texts.join(", or ")
    }

    /// "Bob chooses 'reply is reject'": some of the others' plans.
    pub fn combination_text(&self, combination: &[(usize, usize)]) -> String {
        let several = combination.iter().filter(|(other, _)| self.count(*other) > 1);
        let texts: Vec<String> = several
            .map(|(other, plan)| {
                format!("{} follows '{}'", self.name(*other), self.text(*other, *plan))
            })
            .collect();
        texts.join(" and ")
    }

    /// Mixed strategies as behaviour; what none of their plans leads to is done as in `rest`.
    pub fn behaviour(&self, mixed: &[Vec<Rational>], rest: &Profile) -> Profile {
        let mut profile = rest.clone();
        for (plans, weights) in self.plans.iter().zip(mixed) {
            let with = |test: &dyn Fn(&ReducedStrategy) -> bool| -> Rational {
                plans.iter().zip(weights).filter(|(plan, _)| test(plan)).map(|(_, w)| w).sum()
            };
            let actions: std::collections::BTreeSet<_> =
                plans.iter().flat_map(|plan| &plan.actions).copied().collect();
            for action in actions {
                let set = self.form.set_of_action(action);
                let led = with(&|plan| {
                    plan.actions.iter().any(|other| self.form.set_of_action(*other) == set)
                });
                if led.is_positive() {
                    let taken = with(&|plan| plan.actions.contains(&action));
                    profile.probability[action.index()] = taken / led;
                }
            }
        }
        profile
    }
}

fn too_large() -> String {
    format!(
        "perfect and proper equilibria are judged in the strategic form, up to {MOST_PLANS} plans \
         of a player, {MOST_PROFILES} combinations of plans and {MOST_ADDITIONS} payoffs added up \
         in them; this game has more"
    )
}

/// All combinations of the others' plans as pairs of player and plan.
fn combinations(sizes: &[usize], player: usize) -> Vec<Vec<(usize, usize)>> {
    let mut all = vec![Vec::new()];
    for (other, size) in sizes.iter().enumerate().filter(|(other, _)| *other != player) {
        let longer = |start: Vec<(usize, usize)>| {
            (0..*size).map(move |plan| [start.as_slice(), &[(other, plan)]].concat())
        };
        all = all.into_iter().flat_map(longer).collect();
    }
    all
}

fn table(strategic: &StrategicForm, player: PlayerId) -> Vec<Vec<Rational>> {
    let sizes: Vec<usize> = strategic.strategies.iter().map(Vec::len).collect();
    let combinations = combinations(&sizes, player.index());
    let row = |own: usize| {
        let payoff = |combination: &Vec<(usize, usize)>| {
            let mut plans = vec![own; sizes.len()];
            combination.iter().for_each(|(other, plan)| plans[*other] = *plan);
            strategic.payoff(&plans, player).clone()
        };
        combinations.iter().map(payoff).collect()
    };
    (0..sizes[player.index()]).map(row).collect()
}

/// The probability of each plan under a behaviour strategy.
fn mixture(plans: &[ReducedStrategy], profile: &Profile) -> Vec<Rational> {
    let weight = |plan: &ReducedStrategy| -> Rational {
        let factors = plan.actions.iter().map(|action| profile.of(*action));
        factors.fold(Rational::ONE, |product, factor| product * factor)
    };
    plans.iter().map(weight).collect()
}
