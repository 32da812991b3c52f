//! What would take long is left out, and that is said.

use detente::claims::{Checker, Effort};
use detente::lints;
use detente::road::Opened;
use detente::{Options, road};
use detente_solve::Limits;

/// Eight questions to a player to whom all is one: 256 pure equilibria.
fn indifferent() -> Opened {
    let story: String =
        (1..=8).map(|t| format!("  if case is c{t}\n    Ann chooses m{t}: l | r\n")).collect();
    let cases: Vec<String> = (1..=8).map(|t| format!("c{t} 1/8")).collect();
    let text = format!(
        "players\n  Ann\nstory\n  chance case: {}  seen by Ann\n{story}stakes of Ann\n  g: 1\nexpect pbe all: m1 always l\nexpect pbe none: m1 always l\n",
        cases.join(" | "),
    );
    let opened = road::open(
        "test.dtn",
        &text,
        &mut |_| Err("no files".into()),
        &Options::default(),
        &mut |_| true,
    );
    assert!(opened.game().is_some(), "{:?}", opened.diagnostics());
    opened
}

#[test]
fn warnings_that_would_take_long_are_left_out_and_named() {
    let linted = lints::warnings(&indifferent(), &Options::default(), &None);
    assert!(linted.warnings.is_empty(), "{:?}", linted.warnings);
    assert!(linted.left_out[0].contains("W102"), "{:?}", linted.left_out);
}

#[test]
fn less_effort_leaves_open_and_never_turns_an_answer() {
    let opened = indifferent();
    let effort = Effort { limits: Limits::default(), judged: 16 };
    let mut checker = Checker::new(&opened, &Options::default()).with_effort(effort);
    let answers: Vec<Option<bool>> = (0..2).map(|claim| checker.check(claim).met).collect();
    // One example decides against 'all' or against 'none'; the others are open.
    for (answer, full) in answers.iter().zip([Some(false), Some(false)]) {
        assert!(answer.is_none() || *answer == full, "{answers:?}");
    }
    assert!(answers.contains(&None), "{answers:?}");
}
