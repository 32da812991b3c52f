//! Trembling-hand perfect and proper equilibria of the strategic form: the examples they were
//! defined by, and random games against explicit trembles on a grid.

mod common;

use common::{Dice, Small, Tree, beer_quiche, build, choose, end, entry, horse, random_game};
use detente_game::claim::Concept::{self, Nash, Perfect, Proper};
use detente_game::{Profile, Rational};
use detente_verify::{Certificate, Verdict, recheck};

const LABELS: [&str; 3] = ["a", "b", "c"];

/// Two players choose at once: payoffs by row and column.
fn bimatrix(payoffs: &[Vec<[i64; 2]>]) -> Small {
    let row = |cells: &Vec<[i64; 2]>| {
        let columns = LABELS.into_iter().zip(cells.iter().map(|cell| end(cell)));
        choose(1, "column", columns.collect())
    };
    build(
        &["Row", "Column"],
        &choose(0, "row", LABELS.into_iter().zip(payoffs.iter().map(row)).collect()),
    )
}

/// Three players with two options each choose at once: payoffs by the options' positions.
fn cube(payoffs: impl Fn(usize, usize, usize) -> [i64; 3]) -> Small {
    let third = |a, b| (0..2).map(|c| (LABELS[c], end(&payoffs(a, b, c)))).collect();
    let second = |a| (0..2).map(|b| (LABELS[b], choose(2, "third", third(a, b)))).collect();
    let first: Vec<(&str, Tree)> =
        (0..2).map(|a| (LABELS[a], choose(1, "second", second(a)))).collect();
    build(&["One", "Two", "Three"], &choose(0, "first", first))
}

/// `true` holds, `false` fails, and what holds is checked again from its certificate.
fn is(game: &Small, concept: Concept, profile: &Profile) -> bool {
    match game.verdict(concept, profile) {
        Verdict::Holds(held) => {
            assert!(recheck(&game.instance, &held.saved()).holds());
            true
        }
        Verdict::Fails(_) => false,
        Verdict::Undecided(why) => panic!("undecided: {why}"),
    }
}

#[test]
fn a_dominated_equilibrium_is_not_perfect() {
    let game = bimatrix(&[vec![[1, 1], [0, 0]], vec![[0, 0], [0, 0]]]);
    let good = game.pure(&[("row", "a"), ("column", "a")]);
    let bad = game.pure(&[("row", "b"), ("column", "b")]);
    assert!(is(&game, Proper, &good) && is(&game, Perfect, &good) && is(&game, Nash, &bad));
    let Verdict::Fails(failure) = game.verdict(Perfect, &bad) else { panic!("it is dominated") };
    assert_eq!((failure.instead.as_str(), &failure.gain), ("row is a", &Rational::ONE));
    assert!(failure.reason.contains("Column follows 'column is a'"), "{}", failure.reason);
}

/// Myerson (1978): a dominated third strategy makes the bad equilibrium perfect; not proper.
#[test]
fn myersons_perfect_equilibrium_is_not_proper() {
    let game = bimatrix(&[
        vec![[1, 1], [0, 0], [-9, -9]],
        vec![[0, 0], [0, 0], [-7, -7]],
        vec![[-9, -9], [-7, -7], [-7, -7]],
    ]);
    let at = |label| game.pure(&[("row", label), ("column", label)]);
    assert!(is(&game, Proper, &at("a")));
    assert!(is(&game, Perfect, &at("b")) && !is(&game, Proper, &at("b")));
    assert!(is(&game, Nash, &at("c")) && !is(&game, Perfect, &at("c")));
    let Verdict::Fails(failure) = game.verdict(Proper, &at("b")) else { panic!("not proper") };
    assert_eq!((failure.instead.as_str(), &failure.gain), ("row is a", &Rational::ONE));
}

/// Van Damme (1991, figure 2.2.1): no strategy is dominated, yet the equilibrium is not perfect.
#[test]
fn undominated_strategies_of_three_players_need_not_be_perfect() {
    let game = cube(|a, b, c| {
        let one = match (b, c) {
            (0, 0) => 1,
            (1, 1) => a as i64,
            _ => 1 - a as i64,
        };
        [one, 1 - b as i64, 1 - c as i64]
    });
    let at = |first| game.pure(&[("first", first), ("second", "a"), ("third", "a")]);
    assert!(is(&game, Proper, &at("a")) && is(&game, Nash, &at("b")));
    let Verdict::Fails(failure) = game.verdict(Perfect, &at("b")) else { panic!("not perfect") };
    assert_eq!((failure.player.index(), failure.instead.as_str()), (0, "first is a"));
    assert!(failure.reason.contains("infinitely less likely"), "{}", failure.reason);
}

#[test]
fn in_the_horse_only_going_across_is_perfect() {
    let game = horse();
    let across = game.pure(&[("first", "C"), ("second", "c"), ("third", "R")]);
    assert!(is(&game, Perfect, &across) && is(&game, Proper, &across));
    let down = game.pure(&[("first", "D"), ("second", "c"), ("third", "L")]);
    assert!(is(&game, Nash, &down));
    let Verdict::Fails(failure) = game.verdict(Perfect, &down) else { panic!("not perfect") };
    assert_eq!((failure.player.index(), &failure.gain), (1, &Rational::int(3)));
}

#[test]
fn an_empty_threat_is_dominated() {
    let game = entry();
    assert!(is(&game, Proper, &game.pure(&[("enter", "in"), ("reply", "yield")])));
    assert!(!is(&game, Perfect, &game.pure(&[("enter", "out"), ("reply", "fight")])));
    let game = beer_quiche();
    let pooling = |on: &str, off: &str| {
        let mut play = vec![("strong", on), ("weak", on)];
        let answers = [("after_beer", "beer"), ("after_quiche", "quiche")];
        play.extend(answers.map(|(set, sent)| (set, if sent == on { "walk" } else { off })));
        game.pure(&play)
    };
    assert!(is(&game, Proper, &pooling("beer", "duel")));
    // Before the type is drawn the weak type's beer costs 3/10 and the strong one's 9/10, so the
    // rarer tremble is the strong one's, and the duel after beer stays right.
    assert!(is(&game, Proper, &pooling("quiche", "duel")));
    assert!(!is(&game, Perfect, &pooling("quiche", "walk")));
}

/// An interior equilibrium of three players is regular or completely mixed; a tampered certificate
/// proves nothing.
#[test]
fn certificates_are_checked() {
    let game = cube(|a, b, c| [i64::from(a == b), i64::from(b == c), i64::from(a != c)]);
    let uniform = Profile::uniform(game.form());
    assert!(is(&game, Perfect, &uniform) && is(&game, Proper, &uniform));
    let game = bimatrix(&[vec![[1, 1], [0, 0]], vec![[0, 0], [0, 0]]]);
    let good = game.pure(&[("row", "a"), ("column", "a")]);
    let held = game.verdict(Proper, &good).into_equilibrium().expect("it is proper");
    let mut saved = held.saved();
    let Certificate::Trembles { layers } = &mut saved.certificate else { panic!("trembles") };
    for layer in &mut layers[1][1..] {
        layer[1] = Rational::ZERO;
    }
    assert!(matches!(recheck(&game.instance, &saved), Verdict::Undecided(_)));
    // The same trembles for the dominated equilibrium, which no certificate can prove.
    let mut saved = held.saved();
    saved.profile = game.pure(&[("row", "b"), ("column", "b")]);
    let one = |first: i64| vec![Rational::int(1 - first), Rational::int(first)];
    saved.certificate = Certificate::Trembles { layers: vec![vec![one(1), one(0)]; 2] };
    saved.values = vec![Rational::ZERO; 2];
    assert!(matches!(recheck(&game.instance, &saved), Verdict::Undecided(_)));
    saved.certificate = Certificate::Regular;
    assert!(matches!(recheck(&game.instance, &saved), Verdict::Undecided(_)));
}

/// Own plan and other's plan to payoff, for one of the players.
type Table = [[i64; 3]; 3];

fn tables(payoffs: &[Vec<[i64; 2]>]) -> [Table; 2] {
    let mut tables = [[[0; 3]; 3]; 2];
    for (row, cells) in payoffs.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            tables[0][row][column] = cell[0];
            tables[1][column][row] = cell[1];
        }
    }
    tables
}

/// Whether whole weights up to 24 of all the other's plans make a plan a best reply.
fn some_mixture_supports(table: &Table, plan: usize) -> bool {
    let range = || 1..=24_i64;
    range().any(|x| {
        range().any(|y| {
            range().any(|z| {
                let worth = |own: &[i64; 3]| own[0] * x + own[1] * y + own[2] * z;
                table.iter().all(|own| worth(own) <= worth(&table[plan]))
            })
        })
    })
}

/// Trembles near a plan: powers of 1/1024, up to the third, with weights 1 and 2.
fn trembles(plan: usize) -> Vec<[f64; 3]> {
    let tiny = 1.0 / 1024.0_f64;
    let mut found = Vec::new();
    for powers in 0..9 {
        for (one, two) in [(1.0, 1.0), (1.0, 2.0), (2.0, 1.0)] {
            let mut weights = [1.0; 3];
            weights[(plan + 1) % 3] = one * tiny.powi(1 + powers % 3);
            weights[(plan + 2) % 3] = two * tiny.powi(1 + powers / 3);
            found.push(weights);
        }
    }
    found
}

/// Whether worse plans are at least 100 times rarer; all sums are exact in binary.
fn is_nearly_proper(table: &Table, own: &[f64; 3], other: &[f64; 3]) -> bool {
    let worth = |plan: usize| -> f64 { (0..3).map(|at| table[plan][at] as f64 * other[at]).sum() };
    (0..3).all(|s| (0..3).all(|t| worth(s) >= worth(t) || own[s] * 100.0 <= own[t]))
}

#[test]
fn random_two_player_games_agree_with_explicit_trembles() {
    let mut dice = Dice(7);
    let (mut nash, mut perfect, mut proper) = (0, 0, 0);
    for _ in 0..60 {
        let payoffs: Vec<Vec<[i64; 2]>> = (0..3)
            .map(|_| (0..3).map(|_| [dice.below(3) as i64, dice.below(3) as i64]).collect())
            .collect();
        let game = bimatrix(&payoffs);
        let [rows, columns] = tables(&payoffs);
        for (row, column) in (0..9).map(|at| (at / 3, at % 3)) {
            let profile = game.pure(&[("row", LABELS[row]), ("column", LABELS[column])]);
            if !is(&game, Nash, &profile) {
                assert!(!is(&game, Perfect, &profile) && !is(&game, Proper, &profile));
                continue;
            }
            let by_grid =
                some_mixture_supports(&rows, row) && some_mixture_supports(&columns, column);
            assert_eq!(is(&game, Perfect, &profile), by_grid, "{payoffs:?} at {row}, {column}");
            let seconds = trembles(column);
            let nearby = trembles(row).iter().any(|first| {
                seconds.iter().any(|second| {
                    is_nearly_proper(&rows, first, second)
                        && is_nearly_proper(&columns, second, first)
                })
            });
            assert_eq!(is(&game, Proper, &profile), nearby, "{payoffs:?} at {row}, {column}");
            nash += 1;
            perfect += i32::from(by_grid);
            proper += i32::from(nearby);
        }
    }
    assert!(nash > perfect && perfect > proper && proper > 30, "{nash}, {perfect}, {proper}");
}

/// Proper is perfect is Nash, and subgame perfect equilibria of two players' trees that a proper
/// one leads to are among them; nothing is left open there.
#[test]
fn the_concepts_are_ordered_in_random_trees() {
    let mut dice = Dice(11);
    let (mut perfect, mut proper) = (0, 0);
    for round in 0..40 {
        let game = random_game(&mut dice, 2, 4, round % 2 == 0);
        if game.form().info_sets().len() > 6 {
            continue;
        }
        for profile in common::pure_profiles(game.form()) {
            let held = [Nash, Perfect, Proper].map(|concept| is(&game, concept, &profile));
            assert!(held.windows(2).all(|two| two[0] || !two[1]), "{held:?}");
            perfect += usize::from(held[1]);
            proper += usize::from(held[2]);
        }
    }
    assert!(perfect > proper && proper > 10, "{perfect}, {proper}");
}

/// What is said of three players' pure equilibria agrees with explicit trembles, where it is
/// decided.
#[test]
fn random_games_of_three_agree_with_explicit_trembles() {
    let mut dice = Dice(3);
    let (mut held, mut failed, mut open) = (0, 0, 0);
    for _ in 0..60 {
        let payoffs: Vec<[i64; 3]> =
            (0..8).map(|_| [0; 3].map(|_: i64| dice.below(3) as i64)).collect();
        let game = cube(|a, b, c| payoffs[4 * a + 2 * b + c]);
        for at in 0..8 {
            let choice = [at / 4, at / 2 % 2, at % 2];
            let profile = Profile::pure(game.form(), &choice);
            if !is(&game, Nash, &profile) {
                continue;
            }
            let supported = powers().any(|rare| is_best_reply(&payoffs, choice, rare));
            match game.verdict(Perfect, &profile) {
                Verdict::Holds(_) => {
                    assert!(supported, "{payoffs:?} at {choice:?}");
                    held += 1;
                }
                Verdict::Fails(_) => {
                    assert!(!supported, "{payoffs:?} at {choice:?}");
                    failed += 1;
                }
                Verdict::Undecided(_) => open += 1,
            }
        }
    }
    assert!(held > 60 && failed > 10 && open == 0, "{held}, {failed}, {open}");
}

/// The probabilities of the three players' trembles.
fn powers() -> impl Iterator<Item = [f64; 3]> {
    let rare = |at: u32| 2_f64.powi(-8 * (1 + (at % 3) as i32)) * f64::from(1 + at / 3);
    (0..216).map(move |at| [rare(at % 6), rare(at / 6 % 6), rare(at / 36)])
}

fn is_best_reply(payoffs: &[[i64; 3]], choice: [usize; 3], rare: [f64; 3]) -> bool {
    (0..3).all(|player| {
        let mut gain = 0.0;
        for (at, paid) in payoffs.iter().enumerate() {
            let played = [at / 4, at / 2 % 2, at % 2];
            let others = (0..3).filter(|other| *other != player);
            let likely: f64 = others
                .map(|o| if played[o] == choice[o] { 1.0 - rare[o] } else { rare[o] })
                .product();
            let sign = if played[player] == choice[player] { -1.0 } else { 1.0 };
            gain += sign * likely * paid[player] as f64;
        }
        gain <= 0.0
    })
}
