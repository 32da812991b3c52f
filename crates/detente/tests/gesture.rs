//! The treaty gesture: how many pure profiles pass which test, counted two ways.
#![allow(clippy::disallowed_methods)]

use detente::game::claim::Concept;
use detente::game::form::NodeKind;
use detente::game::{GameInstance, Profile, Rational};
use detente::{Options, road};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn gesture() -> Arc<GameInstance> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../detente-lang/tests/fixtures/gesture.dtn");
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    let mut reader = |_: &str| Err("no files".to_owned());
    let opened = road::open("gesture", &text, &mut reader, &Options::default(), &mut |_| true);
    Arc::new(opened.game().expect("no errors").base().expect("the base is fine"))
}

/// Reach probability of every node and value of every node per player, under pure choices.
/// All numbers are multiples of 1/10^6 here, so integers of that grain are exact.
struct Play {
    reach: Vec<i64>,
    value: Vec<Vec<i64>>,
}

const GRAIN: i64 = 1_000_000;

fn scaled(value: &Rational) -> i64 {
    (value * &Rational::int(GRAIN)).to_i64().expect("a multiple of the grain")
}

/// One-choice-at-a-time test, every set of two actions: at a reached set the sum over members of
/// reach times difference is not negative, at an unreached set some member's difference is not.
fn locally_best(instance: &GameInstance, choices: &[usize], play: &Play) -> bool {
    let form = instance.form();
    form.info_set_ids().all(|set| {
        let player = form.info_set(set).player.index();
        let chosen = choices[set.index()];
        let differences = form.members(set).iter().map(|member| {
            let value = |position| play.value[form.child(*member, position).index()][player];
            (play.reach[member.index()], value(chosen) - value(1 - chosen))
        });
        let differences: Vec<(i64, i64)> = differences.collect();
        if differences.iter().any(|(reach, _)| *reach > 0) {
            differences
                .iter()
                .map(|(reach, gap)| i128::from(*reach) * i128::from(*gap))
                .sum::<i128>()
                >= 0
        } else {
            differences.iter().any(|(_, gap)| *gap >= 0)
        }
    })
}

fn play(instance: &GameInstance, choices: &[usize], branch: &[i64], payoff: &[Vec<i64>]) -> Play {
    let form = instance.form();
    let players = form.players().len();
    let mut value = vec![vec![0; players]; form.node_count()];
    for node in form.nodes().rev() {
        value[node.index()] = match form.kind(node) {
            NodeKind::End(row) => payoff[row.index()].clone(),
            NodeKind::Decision(set) => {
                value[form.child(node, choices[set.index()]).index()].clone()
            }
            NodeKind::Chance(lottery) => {
                let mut total = vec![0; players];
                for (child, id) in form.children(node).zip(form.branches(lottery)) {
                    for player in 0..players {
                        let product = i128::from(branch[id.index()])
                            * i128::from(value[child.index()][player]);
                        assert_eq!(product % i128::from(GRAIN), 0, "the grain is too coarse");
                        total[player] += (product / i128::from(GRAIN)) as i64;
                    }
                }
                total
            }
        };
    }
    let mut reach = vec![0; form.node_count()];
    reach[0] = GRAIN;
    for node in form.nodes() {
        match form.kind(node) {
            NodeKind::End(_) => {}
            NodeKind::Decision(set) => {
                reach[form.child(node, choices[set.index()]).index()] = reach[node.index()];
            }
            NodeKind::Chance(lottery) => {
                for (child, id) in form.children(node).zip(form.branches(lottery)) {
                    let product = i128::from(reach[node.index()]) * i128::from(branch[id.index()]);
                    reach[child.index()] = (product / i128::from(GRAIN)) as i64;
                }
            }
        }
    }
    Play { reach, value }
}

#[test]
fn forty_seven_pass_the_narrow_test_and_twelve_are_equilibria() {
    let instance = gesture();
    let form = instance.form();
    let sets = form.info_sets().len();
    let branch: Vec<i64> = (0..form.branch_count())
        .map(|index| scaled(instance.branch(detente::game::BranchId::from_index(index))))
        .collect();
    let payoff: Vec<Vec<i64>> = (0..form.row_count())
        .map(|row| {
            let row = detente::game::RowId::from_index(row);
            form.player_ids().map(|player| scaled(instance.row_payoff(row, player))).collect()
        })
        .collect();
    assert!(form.info_set_ids().all(|set| form.actions(set).len() == 2));
    let (mut narrow, mut nash, mut full) = (0, 0, Vec::new());
    let mut outcomes: BTreeMap<BTreeSet<String>, bool> = BTreeMap::new();
    for mask in 0..1_u32 << sets {
        let choices: Vec<usize> = (0..sets).map(|set| (mask >> set & 1) as usize).collect();
        let play = play(&instance, &choices, &branch, &payoff);
        if !locally_best(&instance, &choices, &play) {
            continue;
        }
        narrow += 1;
        let profile = Profile::pure(form, &choices);
        let holds =
            |concept| detente::verify::verify_without_bounds(&instance, &concept, &profile).holds();
        nash += u32::from(holds(Concept::Nash));
        let weak = holds(Concept::WeakPbe);
        let reached = form.ends().filter(|end| play.reach[end.index()] > 0);
        let outcome =
            reached.map(|end| format!("{}: {}", end.0, play.reach[end.index()])).collect();
        *outcomes.entry(outcome).or_default() |= holds(Concept::Sequential);
        if weak {
            full.push(profile);
        }
    }
    assert_eq!((narrow, nash, full.len()), (47, 20, 12));
    assert_eq!(outcomes.len(), 4);
    assert_eq!(outcomes.values().filter(|sequential| **sequential).count(), 2);

    // The solver finds exactly these twelve.
    let asked =
        road::Asked { concept: Some(Concept::WeakPbe), mixed: false, ..road::Asked::default() };
    let solved = road::equilibria(&instance, &asked, &mut |_| {});
    let mut found: Vec<Profile> =
        solved.equilibria.iter().map(|verified| verified.equilibrium.profile().clone()).collect();
    found.sort();
    full.sort();
    assert_eq!(found, full);
    assert!(solved.all_pure);
    assert!(solved.touched * 100 < 1 << sets, "{} trials", solved.touched);
}
