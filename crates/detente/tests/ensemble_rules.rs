//! What a rule keeps where several plays are equilibria is what fractions and the verifier say at
//! each draw alone.
#![allow(clippy::disallowed_methods, reason = "a test reads the catalogue")]

use detente::analysis::Play;
use detente::analysis::analyses::ensemble::{Kind, Member, Path as PlayPath, Totals};
use detente::ensemble::{Asked, Ensemble, Rule};
use detente::game::claim::Concept;
use detente::game::{Game, GameInstance, ParamId, PlayerId, Profile, Rational};
use detente::solve::Question;
use detente::solve::solvers::pure::parametric::Cells;
use detente::{Options, road};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

fn read(name: &str, text: &str) -> Game {
    let mut reader = |_: &str| Err("no files".to_owned());
    let opened = road::open(name, text, &mut reader, &Options::default(), &mut |_| true);
    opened.game().expect("it has no mistake").clone()
}

fn treaty_gesture() -> Game {
    let name = "../../catalog/new_start/treaty_gesture.dtn";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    read(name, &std::fs::read_to_string(path).expect("the catalogue has it"))
}

fn asked(rule: Rule, members: u64) -> Asked {
    Asked {
        concept: Concept::WeakPbe,
        mixed: false,
        seed: 3,
        random: false,
        members,
        rule,
        stop: None,
    }
}

fn run(game: &Game, rule: Rule, members: u64) -> (Vec<Member>, Totals) {
    finish(Ensemble::new(game, asked(rule, members)).expect("it can be drawn"))
}

fn finish(mut ensemble: Ensemble) -> (Vec<Member>, Totals) {
    let mut all = Vec::new();
    loop {
        let members = ensemble.next_chunk();
        if members.is_empty() {
            return (all, ensemble.totals().clone());
        }
        all.extend(members);
    }
}

/// The pure equilibria at a draw, by what is chosen on the path.
fn plays(game: &Game, member: &Member) -> (Arc<GameInstance>, BTreeMap<PlayPath, Vec<Profile>>) {
    let drawn: Vec<ParamId> = (0..game.params.len())
        .map(ParamId::from_index)
        .filter(|param| game.params[param.index()].distribution.is_some())
        .collect();
    let cells = Cells::new(game, &drawn, Question::pure(Concept::WeakPbe));
    let instance = Arc::new(game.at(&cells.point(&member.values)).expect("there is a game"));
    let mut plays: BTreeMap<PlayPath, Vec<Profile>> = BTreeMap::new();
    for profile in cells.solve_alone(&instance).profiles {
        let play = Play::new(&instance, &profile);
        let form = play.form();
        let chosen = |set| form.actions(set).position(|action| profile.of(action).is_one());
        let path = form
            .info_set_ids()
            .filter(|set| play.reach_of(*set).is_positive())
            .map(|set| (set, chosen(set).expect("it is pure") as u32))
            .collect();
        plays.entry(path).or_default().push(profile);
    }
    (instance, plays)
}

/// Every member with several plays keeps those that `satisfies` names, or all if it names none.
fn agrees(
    game: &Game,
    rule: Rule,
    count: u64,
    satisfies: impl Fn(&Arc<GameInstance>, &BTreeMap<PlayPath, Vec<Profile>>) -> BTreeSet<PlayPath>,
) -> Totals {
    let (members, totals) = run(game, rule, count);
    let mut several = 0;
    for member in &members {
        let Kind::Plays(found) = &member.kind else { panic!("it was searched") };
        let (instance, plays) = plays(game, member);
        assert_eq!(found.len(), plays.len());
        let named = |plays: &[u32]| -> BTreeSet<PlayPath> {
            plays.iter().map(|play| totals.plays[*play as usize].clone()).collect()
        };
        if found.len() < 2 {
            assert_eq!((&member.picked, member.kept()), (&None, &found[..]));
            continue;
        }
        several += 1;
        let expected = satisfies(&instance, &plays);
        let picked = member.picked.as_ref().expect("a rule was asked for");
        assert_eq!(named(&picked.plays), expected, "{:?}", member.values);
        let kept = if expected.is_empty() { plays.keys().cloned().collect() } else { expected };
        assert_eq!(named(member.kept()), kept);
    }
    assert!(several > 0 && totals.ruled.several == several);
    totals
}

fn payoff(instance: &GameInstance, profile: &Profile, player: PlayerId) -> Rational {
    Play::new(instance, profile).payoffs(player).swap_remove(0)
}

fn extreme(game: &Game, player: PlayerId, is_best: bool, count: u64) -> Totals {
    let rule = if is_best { Rule::BestFor(player) } else { Rule::WorstFor(player) };
    agrees(game, rule, count, |instance, plays| {
        let of = |profiles: &[Profile]| payoff(instance, &profiles[0], player);
        let all = plays.values().map(|profiles| of(profiles));
        let wanted = if is_best { all.max() } else { all.min() }.expect("there are several");
        let mut plays: Vec<_> = plays.iter().collect();
        plays.retain(|(_, profiles)| of(profiles) == wanted);
        plays.into_iter().map(|(path, _)| path.clone()).collect()
    })
}

#[test]
fn the_extreme_payoff_is_that_of_fractions() {
    let game = treaty_gesture();
    for player in game.form.player_ids() {
        extreme(&game, player, true, 60);
        extreme(&game, player, false, 60);
    }
}

/// Doubles cannot tell the two agreements apart, fractions can.
#[test]
fn payoffs_too_close_for_doubles_are_told_apart() {
    let text = "
game \"Meeting\"
players
  Ann
  Bob
params
  gain = 1 in 1..2 ~ uniform(1, 2)
story
  Ann secretly chooses hers: left | right
  Bob chooses his: left | right
stakes of Ann
  left: gain when hers is left and his is left
  right: gain + 0.0000000000000000000000000001 when hers is right and his is right
stakes of Bob
  left: gain when hers is left and his is left
  right: gain when hers is right and his is right
";
    let game = read("meeting", text);
    let (ann, bob) = (PlayerId::from_index(0), PlayerId::from_index(1));
    assert_eq!(extreme(&game, ann, true, 50).ruled.one, 50);
    assert_eq!(extreme(&game, ann, false, 50).ruled.one, 50);
    // Bob has the same payoff in both, so both are best.
    assert_eq!(extreme(&game, bob, true, 50).ruled.one, 0);
}

#[test]
fn sequential_is_what_the_verifier_says() {
    let rule = Rule::Satisfies(Concept::Sequential);
    agrees(&treaty_gesture(), rule, 20, |instance, plays| {
        let holds = |profile: &Profile| {
            detente::verify::verify(instance, &Concept::Sequential, profile).holds()
        };
        let mut plays: Vec<_> = plays.iter().collect();
        plays.retain(|(_, profiles)| profiles.iter().any(holds));
        plays.into_iter().map(|(path, _)| path.clone()).collect()
    });
}

/// The choice of a known play: kept where it is one of several, else all are.
#[test]
fn the_play_of_a_known_equilibrium_is_kept() {
    let game = treaty_gesture();
    let (_, totals) = run(&game, Rule::Bounds, 300);
    assert_eq!(totals.ruled.several, 0);
    let wanted = BTreeSet::from([totals.plays[2].clone()]);
    let found = agrees(&game, Rule::Like(wanted.clone()), 100, |_, plays| {
        plays.keys().filter(|path| wanted.contains(*path)).cloned().collect()
    });
    let ruled = found.ruled;
    assert!(ruled.one > 0 && ruled.none > 0 && ruled.one + ruled.none == ruled.several);
}

/// A run that is asked to stop learns nothing more and leaves the chunk out; it can go on later.
#[test]
fn a_stopped_chunk_is_left_out() {
    let stop = Arc::new(AtomicBool::new(true));
    let asked = Asked { stop: Some(Arc::clone(&stop)), ..asked(Rule::Bounds, 200) };
    let mut ensemble = Ensemble::new(&treaty_gesture(), asked).expect("it can be drawn");
    assert!(ensemble.next_chunk().is_empty());
    assert_eq!((ensemble.totals().members, ensemble.verified()), (0, 0));
    stop.store(false, Ordering::Relaxed);
    let expected = run(&treaty_gesture(), Rule::Bounds, 200);
    assert_eq!(finish(ensemble), expected);
}
