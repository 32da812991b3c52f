//! Backward induction against plain enumeration.

mod common;

use common::Dice;
use common::brute::Brute;
use common::random::{Recipe, game};
use detente_game::PlayerId;
use detente_solve::solvers::backward_induction::{accepts, solve};

#[test]
fn random_games_of_perfect_information() {
    let mut dice = Dice(11);
    let recipe = Recipe {
        players: 3,
        depth: 4,
        most_nodes: 24,
        openness: 10,
        impossible: true,
        payoffs: (0, 20),
    };
    let (mut games, mut tied) = (0, 0);
    while games < 200 {
        let instance = game(&mut dice, &recipe);
        let brute = Brute::new(&instance);
        if brute.profile_count() > 400 {
            continue;
        }
        games += 1;
        assert!(accepts(instance.form()));
        let found = solve(&instance).unwrap();
        let roots = brute.subgame_roots();
        let perfect: Vec<_> = brute
            .profiles()
            .into_iter()
            .filter(|pure| brute.is_subgame_perfect(pure, &roots))
            .map(|pure| detente_game::Profile::pure(instance.form(), &pure))
            .collect();
        assert!(perfect.contains(&found.profile));
        // A tie always leaves another choice from which to go on backwards.
        assert_eq!(found.ties.is_empty(), perfect.len() == 1);
        tied += usize::from(perfect.len() > 1);
    }
    assert!(tied > 10 && tied < 190, "{tied}");
}

#[test]
fn hidden_moves_are_refused() {
    let mut dice = Dice(12);
    let recipe = Recipe {
        players: 2,
        depth: 5,
        most_nodes: 40,
        openness: 0,
        impossible: false,
        payoffs: (0, 9),
    };
    let refused = (0..20).any(|_| {
        let instance = game(&mut dice, &recipe);
        let hidden = instance.form().info_sets().iter().any(|set| set.member_count > 1);
        assert_eq!(solve(&instance).is_none(), hidden);
        hidden && instance.form().players().len() > PlayerId(1).index()
    });
    assert!(refused);
}
