//! Pure search against plain enumeration on random games.

mod common;

use common::brute::Brute;
use common::random::{Recipe, game};
use common::{Dice, Table, q};
use detente_game::Profile;
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_solve::Question;
use detente_solve::solvers::pure::Prepared;
use std::collections::BTreeSet;

fn choices(form: &GameForm, profile: &Profile) -> Vec<usize> {
    form.info_set_ids()
        .map(|set| form.actions(set).position(|action| profile.of(action).is_one()).unwrap())
        .collect()
}

fn solved(instance: &GameInstance, concept: Concept) -> Vec<Vec<usize>> {
    let prepared = Prepared::new(instance.shared_form());
    let found = prepared.solve(instance, &Question::pure(concept), &mut |_| {});
    assert_eq!(found.stopped, None);
    found.profiles.iter().map(|profile| choices(instance.form(), profile)).collect()
}

fn as_set<T: Ord>(list: Vec<T>) -> BTreeSet<T> {
    let count = list.len();
    let set: BTreeSet<T> = list.into_iter().collect();
    assert_eq!(set.len(), count, "nothing is listed twice");
    set
}

/// Compares all concepts; returns the number of weak PBE.
fn compare(instance: &GameInstance) -> usize {
    let brute = Brute::new(instance);
    let profiles = brute.profiles();
    let roots = brute.subgame_roots();
    let weak: Vec<_> = profiles.iter().filter(|pure| brute.is_weak_pbe(pure)).cloned().collect();
    let count = weak.len();
    let perfect =
        weak.iter().filter(|pure| brute.is_subgame_perfect(pure, &roots)).cloned().collect();
    assert_eq!(as_set(solved(instance, Concept::WeakPbe)), as_set(weak));
    for concept in [Concept::Pbe, Concept::Sequential] {
        assert_eq!(as_set(solved(instance, concept)), as_set::<Vec<usize>>(Vec::clone(&perfect)));
    }
    let whole = [GameForm::ROOT];
    for (concept, roots) in [(Concept::Nash, &whole[..]), (Concept::SubgamePerfect, &roots[..])] {
        let all: BTreeSet<_> = profiles
            .iter()
            .filter(|pure| brute.is_subgame_perfect(pure, roots))
            .map(|pure| brute.key(pure, roots))
            .collect();
        let mine = solved(instance, concept);
        for pure in &mine {
            assert!(brute.is_subgame_perfect(pure, roots));
        }
        assert_eq!(as_set(mine.iter().map(|pure| brute.key(pure, roots)).collect()), all);
    }
    count
}

fn many(seed: u64, games: usize, recipe: &Recipe) {
    let mut dice = Dice(seed);
    let (mut compared, mut found, mut several) = (0, 0, 0);
    while compared < games {
        let instance = game(&mut dice, recipe);
        assert!(instance.form().has_perfect_recall());
        let brute = Brute::new(&instance);
        if brute.profile_count() > 300 || brute.profile_count() < 4 || brute.largest_set() > 4 {
            continue;
        }
        let count = compare(&instance);
        compared += 1;
        found += usize::from(count > 0);
        several += usize::from(count > 1);
    }
    assert!(found > games / 4 && several > games / 20, "{found} and {several} of {games}");
}

#[test]
fn two_players() {
    let recipe = Recipe {
        players: 2,
        depth: 5,
        most_nodes: 30,
        openness: 4,
        impossible: false,
        payoffs: (-9, 9),
    };
    many(1, 150, &recipe);
}

#[test]
fn three_players_with_ties() {
    let recipe = Recipe {
        players: 3,
        depth: 5,
        most_nodes: 30,
        openness: 4,
        impossible: false,
        payoffs: (0, 2),
    };
    many(2, 150, &recipe);
}

#[test]
fn impossible_branches() {
    let recipe = Recipe {
        players: 2,
        depth: 5,
        most_nodes: 30,
        openness: 6,
        impossible: true,
        payoffs: (-3, 3),
    };
    many(3, 150, &recipe);
}

#[test]
fn open_games_with_many_subgames() {
    let recipe = Recipe {
        players: 2,
        depth: 5,
        most_nodes: 40,
        openness: 9,
        impossible: true,
        payoffs: (-2, 2),
    };
    many(4, 100, &recipe);
}

#[test]
fn hidden_games_with_one_subgame() {
    let recipe = Recipe {
        players: 2,
        depth: 6,
        most_nodes: 40,
        openness: 1,
        impossible: true,
        payoffs: (-2, 2),
    };
    many(5, 100, &recipe);
}

/// A strategic form of so many options for each player, with payoffs of 0 to 3.
fn strategic(dice: &mut Dice, sizes: &[usize]) -> std::sync::Arc<GameInstance> {
    let names: Vec<String> = (0..sizes.len()).map(|player| format!("P{player}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let labels = ["a", "b", "c", "d"];
    let mut table = Table::new(&names);
    let mut row = vec![GameForm::ROOT];
    for (player, size) in sizes.iter().enumerate() {
        let decide = |node| table.decide(node, player, "choice", &labels[..*size]);
        row = row.into_iter().flat_map(decide).collect();
    }
    for end in row {
        let payoffs: Vec<_> = sizes.iter().map(|_| q(dice.between(0, 3), 1)).collect();
        table.end(end, &payoffs);
    }
    table.instance()
}

#[test]
fn tables_are_searched_as_trees_are() {
    let mut dice = Dice(5);
    let mut several = 0;
    for sizes in [&[2, 2][..], &[3, 4], &[4, 1], &[2, 3, 2], &[2, 2, 2, 3]].repeat(20) {
        let instance = strategic(&mut dice, sizes);
        let question = Question::pure(Concept::Nash);
        let found = detente_solve::solve(&instance, &question, &mut |_| {});
        assert!(found.complete);
        assert_eq!(found.space, sizes.iter().product::<usize>().to_string());
        let of = |one: &detente_solve::Candidate| match one {
            detente_solve::Candidate::Point(profile) => choices(instance.form(), profile),
            _ => panic!("pure equilibria are points"),
        };
        let mine: Vec<Vec<usize>> = found.candidates.iter().map(of).collect();
        several += usize::from(mine.len() > 1);
        assert_eq!(as_set(mine), as_set(solved(&instance, Concept::Nash)));
    }
    assert!(several > 10);
}
