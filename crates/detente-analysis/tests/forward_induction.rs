//! Forward induction by iterated weak dominance against enumeration in small random trees.

#[path = "../../detente-solve/tests/common/mod.rs"]
mod common;

use common::random::{Recipe, game};
use common::{Dice, q};
use detente_analysis::Play;
use detente_analysis::analyses::dominance::{Dominance, Sense, eliminate};
use detente_analysis::analyses::forward_induction::{Answer, ForwardInduction, limits};
use detente_game::claim::Concept;
use detente_game::{GameInstance, PlayerId, Profile, Rational};
use detente_solve::{Candidate, Question, solve};
use detente_verify::verify;

fn recipe(players: usize, payoffs: (i64, i64)) -> Recipe {
    Recipe { players, depth: 4, most_nodes: 14, openness: 5, impossible: true, payoffs }
}

/// A game, the plans left in it, and the test.
struct Case<'a> {
    instance: &'a GameInstance,
    weak: Dominance,
    forward: ForwardInduction,
}

impl<'a> Case<'a> {
    fn new(instance: &'a GameInstance) -> Self {
        let weak = eliminate(instance, Sense::Weak, &limits(), &mut |_| true).expect("small");
        Self { instance, weak, forward: ForwardInduction::new(instance, &limits(), &|| true) }
    }

    fn players(&self) -> usize {
        self.weak.form.strategies.len()
    }

    fn payoff(&self, plans: &[usize], player: usize) -> &Rational {
        self.weak.form.payoff(plans, PlayerId::from_index(player))
    }

    /// All ways to take one plan of each list.
    fn profiles(lists: &[Vec<usize>]) -> Vec<Vec<usize>> {
        lists.iter().fold(vec![vec![]], |all, list| {
            all.iter()
                .flat_map(|start| list.iter().map(|plan| [start.as_slice(), &[*plan]].concat()))
                .collect()
        })
    }

    fn all(&self) -> Vec<Vec<usize>> {
        self.weak.form.strategies.iter().map(|plans| (0..plans.len()).collect()).collect()
    }

    fn is_nash(&self, plans: &[usize]) -> bool {
        (0..self.players()).all(|player| {
            let plans_of = 0..self.weak.form.strategies[player].len();
            let mut others = plans_of.map(|plan| with(plans, player, plan));
            others.all(|other| self.payoff(&other, player) <= self.payoff(plans, player))
        })
    }

    /// Pure behaviour; where a plan says nothing, the first action.
    fn behaviour(&self, plans: &[usize]) -> Profile {
        let form = self.instance.form();
        let mut profile = Profile { probability: vec![Rational::ZERO; form.action_count()] };
        let chosen = plans.iter().zip(&self.weak.form.strategies).map(|(at, list)| &list[*at]);
        for action in chosen.flat_map(|plan| &plan.actions) {
            profile.probability[action.index()] = Rational::ONE;
        }
        for set in form.info_set_ids() {
            let mut actions = form.actions(set);
            if actions.all(|action| profile.of(action).is_zero()) {
                let first = form.actions(set).next().expect("an action");
                profile.probability[first.index()] = Rational::ONE;
            }
        }
        profile
    }

    fn ends(&self, plans: &[usize]) -> Vec<Rational> {
        let profile = self.behaviour(plans);
        let play = Play::new(self.instance, &profile);
        self.instance.form().ends().map(|end| play.reach(end).clone()).collect()
    }

    /// The plans left to a player that change no end's probability.
    fn same_play(&self, plans: &[usize], player: usize) -> Vec<usize> {
        let ends = self.ends(plans);
        let left = self.weak.left(PlayerId::from_index(player));
        left.filter(|plan| self.ends(&with(plans, player, *plan)) == ends).collect()
    }

    /// Two players: whether one of them can keep the other from gaining by a mixture, in
    /// twelfths, of two plans with the same play.
    fn holds_off(&self, plans: &[usize], player: usize) -> bool {
        let same = self.same_play(plans, player);
        let other = 1 - player;
        let worth = self.payoff(plans, other);
        let pairs = same.iter().flat_map(|one| same.iter().map(move |two| (*one, *two)));
        pairs.flat_map(|pair| (0..=12).map(move |k| (pair, q(k, 12)))).any(|((one, two), share)| {
            self.all()[other].iter().all(|plan| {
                let paid = |own| self.payoff(&with(&with(plans, other, *plan), player, own), other);
                let rest = Rational::ONE - &share;
                &(&(&share * paid(one)) + &(&rest * paid(two))) <= worth
            })
        })
    }
}

fn with(plans: &[usize], player: usize, plan: usize) -> Vec<usize> {
    let mut plans = plans.to_vec();
    plans[player] = plan;
    plans
}

#[test]
fn two_players_agree_with_enumeration() {
    let mut dice = Dice(21);
    let (mut survive, mut broken, mut changed) = (0, 0, 0);
    for _ in 0..150 {
        let instance = game(&mut dice, &recipe(2, (0, 4)));
        let case = Case::new(&instance);
        for plans in Case::profiles(&case.all()).iter().filter(|plans| case.is_nash(plans)) {
            let expected = (0..2).all(|player| case.holds_off(plans, player));
            let answer = case.forward.judge(&instance, &case.behaviour(plans));
            match &answer {
                Answer::Survives => survive += 1,
                Answer::Broken(step) => {
                    assert!(case.weak.eliminations.contains(&step.gone));
                    broken += 1;
                }
                Answer::Undecided(why) => panic!("two players: {why}"),
            }
            assert_eq!(answer == Answer::Survives, expected, "{plans:?}");
            let all_left = |player| {
                let mut left = case.weak.left(PlayerId::from_index(player));
                left.any(|plan| plan == plans[player])
            };
            changed += usize::from(expected && !(0..2).all(all_left));
        }
    }
    assert!(survive > 100 && broken > 50 && changed > 10, "{survive} {broken} {changed}");
}

#[test]
fn some_equilibrium_of_two_players_survives() {
    let mut dice = Dice(22);
    let mut mixed = 0;
    for _ in 0..60 {
        let instance = game(&mut dice, &recipe(2, (0, 4)));
        let forward = ForwardInduction::new(&instance, &limits(), &|| true);
        let found = solve(&instance, &Question::mixed(Concept::Nash), &mut |_| {});
        let survives = |profile: &&Profile| {
            verify(&instance, &Concept::Nash, profile).into_equilibrium().is_some()
                && forward.judge(&instance, profile) == Answer::Survives
        };
        let corners: Vec<&Profile> =
            found.candidates.iter().flat_map(Candidate::corners).filter(survives).collect();
        assert!(!corners.is_empty());
        let pure = |profile: &&&Profile| {
            profile.probability.iter().all(|share| share.is_zero() || share.is_one())
        };
        mixed += usize::from(corners.iter().filter(|one| !pure(one)).count() > 0);
    }
    assert!(mixed > 0);
}

#[test]
fn three_players_are_never_broken_where_plans_that_are_left_do() {
    let mut dice = Dice(23);
    let (mut survive, mut broken) = (0, 0);
    for _ in 0..60 {
        let instance = game(&mut dice, &recipe(3, (0, 3)));
        let case = Case::new(&instance);
        for plans in Case::profiles(&case.all()).iter().filter(|plans| case.is_nash(plans)) {
            let same: Vec<Vec<usize>> = (0..3).map(|at| case.same_play(plans, at)).collect();
            let witness = Case::profiles(&same).iter().any(|plans| case.is_nash(plans));
            match case.forward.judge(&instance, &case.behaviour(plans)) {
                Answer::Survives => {
                    assert!(same.iter().all(|list| !list.is_empty()));
                    survive += 1;
                }
                Answer::Broken(_) => {
                    assert!(!witness, "{plans:?}");
                    broken += 1;
                }
                Answer::Undecided(_) => {}
            }
        }
    }
    assert!(survive > 0 && broken > 0, "{survive} {broken}");
}

#[test]
fn what_is_not_decided_is_said() {
    let instance = game(&mut Dice(21), &recipe(2, (0, 4)));
    let profile = Case::new(&instance).behaviour(&[0, 0]);
    let mut small = limits();
    small.form.payoffs = 1;
    for forward in [
        ForwardInduction::new(&instance, &small, &|| true),
        ForwardInduction::new(&instance, &limits(), &|| false),
    ] {
        assert!(matches!(forward.judge(&instance, &profile), Answer::Undecided(_)));
    }
}
