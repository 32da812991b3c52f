//! Games whose pure equilibria are known.

mod common;

use common::brute::Brute;
use common::{Table, q};
use detente_game::claim::Concept;
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{NodeId, Profile, Rational};
use detente_solve::{Candidate, Question, solve};
use std::collections::BTreeSet;
use std::sync::Arc;

fn profiles(instance: &Arc<GameInstance>, concept: Concept) -> Vec<Profile> {
    let found = solve(instance, &Question::pure(concept), &mut |_| {});
    assert!(found.complete, "{}", found.searched);
    found
        .candidates
        .into_iter()
        .map(|candidate| match candidate {
            Candidate::Point(profile) => profile,
            _ => panic!("pure search lists points"),
        })
        .collect()
}

/// Which ends are reached: what an observer of everything could see.
fn outcome(instance: &GameInstance, profile: &Profile) -> BTreeSet<NodeId> {
    let form = instance.form();
    let mut reached = BTreeSet::new();
    let mut stack = vec![GameForm::ROOT];
    while let Some(node) = stack.pop() {
        if form.row(node).is_some() {
            reached.insert(node);
        }
        stack.extend(form.children(node).filter(|child| {
            form.action_into(*child).is_none_or(|action| profile.of(action).is_one())
                && form
                    .branch_into(*child)
                    .is_none_or(|branch| instance.branch(branch).is_positive())
        }));
    }
    reached
}

fn beer_or_quiche() -> Arc<GameInstance> {
    let mut table = Table::new(&["Sender", "Receiver"]);
    let types = table.chance(GameForm::ROOT, "type", &[q(9, 10), q(1, 10)]);
    for (weak, node) in types.into_iter().enumerate() {
        let breakfast = table.decide(node, 0, &format!("breakfast {weak}"), &["beer", "quiche"]);
        for (meal, node) in breakfast.into_iter().enumerate() {
            let reply = table.decide(node, 1, &format!("reply {meal}"), &["duel", "walk_away"]);
            let taste = i64::from(weak == meal);
            let right = |duel: bool| i64::from((weak == 1) == duel);
            table.end(reply[0], &[q(taste, 1), q(right(true), 1)]);
            table.end(reply[1], &[q(taste + 2, 1), q(right(false), 1)]);
        }
    }
    table.instance()
}

#[test]
fn beer_or_quiche_has_two_pooling_equilibria() {
    let instance = beer_or_quiche();
    assert_eq!(instance.form().node_count(), 15);
    for concept in [Concept::WeakPbe, Concept::Pbe, Concept::Sequential] {
        assert_eq!(profiles(&instance, concept).len(), 2);
    }
}

/// Selten's horse: two pure Nash equilibria, of which one is a weak PBE.
#[test]
fn seltens_horse() {
    let mut table = Table::new(&["One", "Two", "Three"]);
    let first = table.decide(GameForm::ROOT, 0, "one", &["D", "C"]);
    let pay = |table: &mut Table, node, payoffs: [i64; 3]| {
        table.end(node, &payoffs.map(Rational::int));
    };
    let third = table.decide(first[0], 2, "three", &["L", "R"]);
    pay(&mut table, third[0], [3, 3, 2]);
    pay(&mut table, third[1], [0, 0, 0]);
    let second = table.decide(first[1], 1, "two", &["d", "c"]);
    let third = table.decide(second[0], 2, "three", &["L", "R"]);
    pay(&mut table, third[0], [4, 4, 0]);
    pay(&mut table, third[1], [0, 0, 1]);
    pay(&mut table, second[1], [1, 1, 1]);
    let instance = table.instance();
    assert_eq!(profiles(&instance, Concept::Nash).len(), 2);
    assert_eq!(profiles(&instance, Concept::SubgamePerfect).len(), 2);
    let weak = profiles(&instance, Concept::WeakPbe);
    assert_eq!(weak.len(), 1);
    let form = instance.form();
    let ends = outcome(&instance, &weak[0]);
    assert!(ends.iter().all(|end| form.parent(*end) == Some(second_node(form))));
}

fn second_node(form: &GameForm) -> NodeId {
    let set = form.info_set_ids().find(|set| form.set_label(*set) == Some("two")).unwrap();
    form.members(set)[0]
}

/// One end of the gesture game: who is who and what happened.
#[derive(Clone, Copy)]
struct Story {
    firm: bool,
    serious: bool,
    extended: bool,
    accepted: bool,
    froze: bool,
    retaliated: bool,
}

impl Story {
    fn payoffs(self) -> [Rational; 2] {
        let answered = self.extended;
        let open = !self.extended || !self.accepted;
        let (froze, built) = (!open && self.froze, !open && !self.froze);
        let hold = answered && !self.retaliated;
        let hit = answered && self.retaliated;
        let mut offerer = 0;
        let mut partner = 0;
        offerer += if froze && hold { 4 } else { 0 };
        offerer -= if open { 2 } else { 0 };
        offerer -= if built && hold { 5 } else { 0 };
        offerer -= if answered && open && hold { 2 } else { 0 };
        offerer -= match (hit, self.firm) {
            (false, _) => 0,
            (true, true) => 1,
            (true, false) => 6,
        };
        partner += if self.serious && froze && hold { 4 } else { 0 };
        partner += if !self.serious && open { 3 } else { 0 };
        partner += if !self.serious && built { 2 } else { 0 };
        partner -= if hit { 4 } else { 0 };
        [q(offerer, 1), q(partner, 1)]
    }
}

/// "One-year extension as a gesture", at its base values.
fn gesture() -> Arc<GameInstance> {
    let mut table = Table::new(&["Offerer", "Partner"]);
    let offerers = table.chance(GameForm::ROOT, "offerer", &[q(1, 2), q(1, 2)]);
    for (o, node) in offerers.into_iter().enumerate() {
        let partners = table.chance(node, "partner", &[q(2, 5), q(3, 5)]);
        for (p, node) in partners.into_iter().enumerate() {
            let story = Story {
                firm: o == 0,
                serious: p == 0,
                extended: true,
                accepted: true,
                froze: true,
                retaliated: false,
            };
            let moves = table.decide(node, 0, &format!("gesture {o}"), &["extend", "let_lapse"]);
            table.end(moves[1], &Story { extended: false, ..story }.payoffs());
            let likely = if o == 0 { q(7, 10) } else { q(3, 10) };
            let unlikely = Rational::ONE - &likely;
            let views = table.chance(moves[0], "assessment", &[likely, unlikely]);
            for (view, node) in views.into_iter().enumerate() {
                reply(&mut table, node, (o, p, view), story);
            }
        }
    }
    table.instance()
}

fn reply(table: &mut Table, node: NodeId, (o, p, view): (usize, usize, usize), story: Story) {
    let moves = table.decide(node, 1, &format!("reply {p} {view}"), &["accept", "reject"]);
    respond(table, moves[1], &format!("after reject {o}"), Story { accepted: false, ..story });
    let works = table.decide(moves[0], 1, &format!("programme {p} {view}"), &["freeze", "build"]);
    for (built, node) in works.into_iter().enumerate() {
        let alarm = if built == 1 { q(3, 5) } else { q(1, 20) };
        let quiet = Rational::ONE - &alarm;
        let seen = table.chance(node, "satellites", &[alarm, quiet]);
        for (calm, node) in seen.into_iter().enumerate() {
            respond(
                table,
                node,
                &format!("response {o} {calm}"),
                Story { froze: built == 0, ..story },
            );
        }
    }
}

fn respond(table: &mut Table, node: NodeId, key: &str, story: Story) {
    let moves = table.decide(node, 0, key, &["hold", "retaliate"]);
    table.end(moves[0], &story.payoffs());
    table.end(moves[1], &Story { retaliated: true, ..story }.payoffs());
}

fn outcome_count(instance: &GameInstance, profiles: &[Candidate]) -> usize {
    let outcomes: BTreeSet<_> = profiles
        .iter()
        .map(|candidate| match candidate {
            Candidate::Point(profile) => outcome(instance, profile),
            _ => panic!("pure search lists points"),
        })
        .collect();
    outcomes.len()
}

/// With departures at one situation at a time there are 47 in 4 outcomes; some of them are no
/// Nash equilibria. With plans for the rest of the game 12 in 2 outcomes remain.
#[test]
fn the_gesture_has_its_weak_equilibria() {
    let instance = gesture();
    assert_eq!((instance.form().node_count(), instance.form().end_count()), (167, 84));
    assert_eq!(instance.form().info_sets().len(), 16);
    for (single_departures, count, outcomes) in [(true, 47, 4), (false, 12, 2)] {
        let question = Question { single_departures, ..Question::pure(Concept::WeakPbe) };
        let found = solve(&instance, &question, &mut |_| {});
        assert!(found.complete && found.space == "65536", "{}", found.searched);
        assert_eq!(found.candidates.len(), count);
        assert_eq!(outcome_count(&instance, &found.candidates), outcomes);
        assert!(found.touched < 3000, "{}", found.touched);
    }
}

#[test]
fn the_gesture_agrees_with_plain_checks() {
    let instance = gesture();
    let brute = Brute::new(&instance);
    for profile in profiles(&instance, Concept::WeakPbe) {
        let form = instance.form();
        let pure: Vec<usize> = form
            .info_set_ids()
            .map(|set| form.actions(set).position(|action| profile.of(action).is_one()).unwrap())
            .collect();
        assert!(brute.is_weak_pbe(&pure));
    }
}

/// Ten rounds of taking or passing: one equilibrium outcome, found without enumeration.
#[test]
fn a_centipede_needs_no_enumeration() {
    let mut table = Table::new(&["Odd", "Even"]);
    let mut node = GameForm::ROOT;
    for round in 0..40_i64 {
        let mover = (round % 2) as usize;
        let moves = table.decide(node, mover, &round.to_string(), &["take", "pass"]);
        let mut pay = [q(round, 1), q(round, 1)];
        pay[mover] = q(round + 2, 1);
        table.end(moves[0], &pay);
        node = moves[1];
    }
    table.end(node, &[q(40, 1), q(40, 1)]);
    let instance = table.instance();
    let chosen = solve(&instance, &Question::pure(Concept::SubgamePerfect), &mut |_| {});
    assert_eq!((chosen.method.name, chosen.candidates.len()), ("backward_induction", 1));
    let question =
        Question { method: Some("pure".to_owned()), ..Question::pure(Concept::SubgamePerfect) };
    let searched = solve(&instance, &question, &mut |_| {});
    assert_eq!(searched.candidates, chosen.candidates);
    assert!(searched.complete && searched.touched < 400, "{}", searched.touched);
    for concept in [Concept::Pbe, Concept::WeakPbe] {
        let question = Question { method: Some("pure".to_owned()), ..Question::pure(concept) };
        assert_eq!(solve(&instance, &question, &mut |_| {}).candidates, chosen.candidates);
    }
}

#[test]
fn limits_and_the_stop_flag_are_told() {
    use detente_solve::Limits;
    use std::sync::atomic::AtomicBool;
    let instance = gesture();
    let few = Limits { profiles: 20, ..Limits::default() };
    let question = Question { limit: few, ..Question::pure(Concept::WeakPbe) };
    let found = solve(&instance, &question, &mut |_| {});
    assert!(!found.complete && found.touched == 20);
    assert!(found.searched.contains("limit of 20 trials"), "{}", found.searched);
    let short = Limits { candidates: 5, ..Limits::default() };
    let question = Question { limit: short, ..Question::pure(Concept::WeakPbe) };
    let found = solve(&instance, &question, &mut |_| {});
    assert!(!found.complete && found.candidates.len() == 5, "{}", found.candidates.len());
    let mut big = Table::new(&["One", "Two"]);
    let mut nodes = vec![GameForm::ROOT];
    for stage in 0..14 {
        nodes = nodes
            .into_iter()
            .flat_map(|node| big.decide(node, stage % 2, &stage.to_string(), &["a", "b"]))
            .collect();
    }
    for node in nodes {
        big.end(node, &[q(0, 1), q(0, 1)]);
    }
    let stop = Some(Arc::new(AtomicBool::new(true)));
    let question = Question { stop, ..Question::pure(Concept::WeakPbe) };
    let mut reports = 0;
    let found = solve(&big.instance(), &question, &mut |_| reports += 1);
    assert!(!found.complete && reports == 1 && found.searched.contains("stopped after 256"));
}

/// Education up to 9 years for two abilities, wages in ten steps: 10^12 pure profiles. Most wages off
/// the path are free, so only a search along the path finds equilibria at all.
#[test]
fn a_job_market_with_a_fine_grid_is_searched_along_the_path() {
    let mut table = Table::new(&["Worker", "Firm"]);
    let years: Vec<String> = (0..10).map(|year| year.to_string()).collect();
    let menu: Vec<&str> = years.iter().map(String::as_str).collect();
    let types = table.chance(GameForm::ROOT, "ability", &[q(1, 2), q(1, 2)]);
    for (able, node) in (1..3).zip(types) {
        let schooling = table.decide(node, 0, &format!("education {able}"), &menu);
        for (year, node) in (0_i64..).zip(schooling) {
            for (step, node) in (0_i64..).zip(table.decide(node, 1, &format!("wage {year}"), &menu))
            {
                let wage = q(9 + step, 9);
                let miss = &wage - &q(able, 1);
                table.end(node, &[wage - q(year, 3 * able), -(&miss * &miss)]);
            }
        }
    }
    let instance = table.instance();
    let limit = detente_solve::Limits { candidates: 500, ..detente_solve::Limits::default() };
    let question = Question { limit, ..Question::pure(Concept::WeakPbe) };
    let found = solve(&instance, &question, &mut |_| {});
    assert!(!found.complete && found.candidates.len() == 500, "{}", found.candidates.len());
    assert!(found.touched < 60_000, "{}", found.touched);
    let brute = Brute::new(&instance);
    let form = instance.form();
    for candidate in found.candidates.iter().step_by(50) {
        let Candidate::Point(profile) = candidate else { panic!("pure search lists points") };
        let pure: Vec<usize> = form
            .info_set_ids()
            .map(|set| form.actions(set).position(|action| profile.of(action).is_one()).unwrap())
            .collect();
        assert!(brute.is_weak_pbe(&pure));
    }
}
