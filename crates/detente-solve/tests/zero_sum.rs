//! Exact values of published zero-sum games.

mod common;

use common::{Dice, Table, brute::Brute, q, random};
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{NodeId, PlayerId, Profile, Rational};
use detente_solve::solvers::pure::Prepared;
use detente_solve::solvers::zero_sum::{Refusal, Solution, constant_sum, solve};
use detente_solve::{Question, methods};
use std::sync::Arc;

fn solved(instance: &GameInstance) -> Solution {
    let found = solve(&Prepared::new(instance.shared_form()), instance, None).unwrap();
    assert!(found.profile.fits(instance.form()));
    found
}

/// Dresher's game: `visits` inspections left for `periods` periods.
fn inspect(table: &mut Table, node: NodeId, periods: usize, visits: usize, past: &str) {
    if periods == 0 {
        table.end(node, &[q(0, 1), q(0, 1)]);
        return;
    }
    let menu: &[&str] = if visits > 0 { &["stay_home", "visit"] } else { &["stay_home"] };
    let checks = table.decide(node, 0, past, menu);
    for (visit, at) in checks.into_iter().enumerate() {
        let acts = table.decide(at, 1, past, &["violate", "comply"]);
        let caught = if visit == 1 { 1 } else { -1 };
        table.end(acts[0], &[q(caught, 1), q(-caught, 1)]);
        inspect(table, acts[1], periods - 1, visits - visit, &format!("{past}{visit}"));
    }
}

fn choose(n: u64, k: u64) -> i64 {
    (0..k).fold(1, |product, i| product * (n - i) as i64 / (i + 1) as i64)
}

#[test]
fn dresher_inspection_has_its_closed_form() {
    for (periods, visits) in
        [(1, 0), (2, 1), (3, 1), (3, 2), (4, 2), (5, 2), (7, 3), (10, 1), (10, 4)]
    {
        let mut table = Table::new(&["Inspector", "Inspectee"]);
        inspect(&mut table, GameForm::ROOT, periods, visits, "");
        let (n, m) = (periods as u64, visits as u64);
        let below: i64 = (0..=m).map(|i| choose(n, i)).sum();
        let expected = q(-choose(n - 1, m), below);
        let found = solved(&table.instance());
        assert_eq!(found.values, [expected.clone(), -expected], "{periods} periods");
    }
}

/// Kuhn's three-card poker.
fn kuhn() -> Arc<GameInstance> {
    let mut table = Table::new(&["Ann", "Bob"]);
    let sixth = vec![q(1, 6); 6];
    let deals = table.chance(GameForm::ROOT, "deal", &sixth);
    let pairs = [(0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1)];
    for (node, (ann, bob)) in deals.into_iter().zip(pairs) {
        let winner = if ann > bob { 1 } else { -1 };
        let pay = |table: &mut Table, node, amount| {
            table.end(node, &[q(amount, 1), q(-amount, 1)]);
        };
        let open = table.decide(node, 0, &format!("open {ann}"), &["check", "bet"]);
        let second = table.decide(open[0], 1, &format!("second {bob}"), &["check", "bet"]);
        pay(&mut table, second[0], winner);
        let answer = table.decide(second[1], 0, &format!("answer {ann}"), &["fold", "call"]);
        pay(&mut table, answer[0], -1);
        pay(&mut table, answer[1], 2 * winner);
        let reply = table.decide(open[1], 1, &format!("reply {bob}"), &["fold", "call"]);
        pay(&mut table, reply[0], 1);
        pay(&mut table, reply[1], 2 * winner);
    }
    table.instance()
}

#[test]
fn kuhn_poker_is_worth_minus_one_eighteenth() {
    let instance = kuhn();
    assert_eq!(solved(&instance).values, [q(-1, 18), q(1, 18)]);
}

#[test]
fn kuhn_poker_has_no_pure_equilibrium() {
    let instance = kuhn();
    let found = detente_solve::solve(&instance, &Question::pure(Concept::Nash), &mut |_| {});
    assert!(found.complete && found.candidates.is_empty());
    assert_eq!(found.space, "4096");
    assert!(found.touched < 4096, "{}", found.touched);
}

/// What a player gets by his best reply to the other's behaviour, by trying all pure replies.
fn best_reply(
    instance: &GameInstance,
    profile: &Profile,
    player: PlayerId,
    root: NodeId,
) -> Rational {
    let form = instance.form();
    let own: Vec<_> =
        form.info_set_ids().filter(|set| form.info_set(*set).player == player).collect();
    let mut replies = vec![profile.clone()];
    for set in own {
        replies = replies
            .iter()
            .flat_map(|reply| {
                form.actions(set).map(|action| {
                    let mut next = reply.clone();
                    for other in form.actions(set) {
                        next.probability[other.index()] = Rational::ZERO;
                    }
                    next.probability[action.index()] = Rational::ONE;
                    next
                })
            })
            .collect();
    }
    replies.iter().map(|reply| payoff(instance, reply, player, root)).max().unwrap()
}

fn payoff(instance: &GameInstance, profile: &Profile, player: PlayerId, node: NodeId) -> Rational {
    let form = instance.form();
    if form.row(node).is_some() {
        return instance.payoff(node, player).clone();
    }
    form.children(node)
        .map(|child| {
            let share = match (form.action_into(child), form.branch_into(child)) {
                (Some(action), _) => profile.of(action).clone(),
                (_, Some(branch)) => instance.branch(branch).clone(),
                _ => Rational::ONE,
            };
            payoff(instance, profile, player, child) * share
        })
        .sum()
}

#[test]
fn random_games_are_solved_in_every_subgame() {
    let mut dice = Dice(77);
    let recipe = random::Recipe {
        players: 2,
        depth: 5,
        most_nodes: 40,
        openness: 5,
        impossible: true,
        payoffs: (-9, 9),
    };
    let (mut games, mut mixed) = (0, 0);
    while games < 150 {
        let drawn = random::game(&mut dice, &recipe);
        if Brute::new(&drawn).profile_count() > 600 {
            continue;
        }
        let instance = opposite(&drawn);
        games += 1;
        let found = solved(&instance);
        mixed += usize::from(!found.profile.is_pure());
        for root in Brute::new(&instance).subgame_roots() {
            for player in instance.form().player_ids() {
                let earned = payoff(&instance, &found.profile, player, root);
                assert_eq!(best_reply(&instance, &found.profile, player, root), earned);
            }
        }
        let earned = payoff(&instance, &found.profile, PlayerId(0), GameForm::ROOT);
        assert_eq!(found.values, [earned.clone(), q(7, 2) - earned]);
    }
    assert!(mixed > 10, "{mixed}");
}

/// The same tree, with the second player paid 7/2 less the first player's payoff.
fn opposite(drawn: &GameInstance) -> Arc<GameInstance> {
    let form = drawn.form();
    let mut table = Table::new(&["Max", "Min"]);
    let mut stack = vec![(GameForm::ROOT, GameForm::ROOT)];
    while let Some((from, to)) = stack.pop() {
        let children = match form.kind(from) {
            detente_game::form::NodeKind::End(_) => {
                let payoff = drawn.payoff(from, PlayerId(0)).clone();
                table.end(to, &[payoff.clone(), q(7, 2) - payoff]);
                continue;
            }
            detente_game::form::NodeKind::Chance(lottery) => {
                let shares: Vec<Rational> =
                    form.branches(lottery).map(|branch| drawn.branch(branch).clone()).collect();
                table.chance(to, "chance", &shares)
            }
            detente_game::form::NodeKind::Decision(set) => {
                let menu: Vec<&str> =
                    form.actions(set).map(|action| form.action_label(action)).collect();
                let player = form.info_set(set).player.index();
                table.decide(to, player, &set.0.to_string(), &menu)
            }
        };
        stack.extend(form.children(from).zip(children));
    }
    table.instance()
}

#[test]
fn other_games_are_refused_with_the_reason() {
    let mut dice = Dice(5);
    let recipe = random::Recipe {
        players: 2,
        depth: 3,
        most_nodes: 20,
        openness: 5,
        impossible: false,
        payoffs: (-9, 9),
    };
    let instance = random::game(&mut dice, &recipe);
    assert_eq!(constant_sum(&instance), Err(Refusal::NotConstantSum));
    let question =
        Question { method: Some("zero_sum".to_owned()), ..Question::mixed(Concept::Nash) };
    let found = detente_solve::solve(&instance, &question, &mut |_| {});
    assert!(!found.complete && found.candidates.is_empty());
    assert!(found.searched.contains("do not add up"));
    assert!(methods().iter().any(|card| card.name == "zero_sum"));
}
