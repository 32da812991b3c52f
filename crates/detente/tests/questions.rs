//! Questions are answered from verified equilibria; a continuum is answered as a whole.
#![allow(clippy::disallowed_methods)]

use detente::game::claim::Concept;
use detente::game::question::AskKind;
use detente::questions::{Asked, Asker, Help};
use detente::report::numbers::Numbers;
use detente::report::question::{Answered, Shape};
use detente::road::{self, Opened};
use detente::thresholds::Search;
use detente::{Options, game::Rational};

/// The catalogue's reply game with questions of its own.
fn opened(lines: &str) -> Opened {
    opened_file("reply_game.dtn", lines)
}

/// A scenario of the catalogue with a question of these lines at its end.
fn opened_file(name: &str, lines: &str) -> Opened {
    let folder = format!("{}/../../catalog/new_start", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(format!("{folder}/{name}")).expect("it is there");
    let text = format!("{text}\nquestion \"?\"\n{lines}");
    let opened = road::open(
        name,
        &text,
        &mut |file| {
            std::fs::read_to_string(format!("{folder}/{file}")).map_err(|error| error.to_string())
        },
        &Options::default(),
        &mut |_| true,
    );
    assert!(opened.game().is_some(), "{:#?}", opened.diagnostics());
    opened
}

fn answered(lines: &str) -> Answered {
    last_answered(&opened(lines))
}

fn last_answered(opened: &Opened) -> Answered {
    let asked = Asked {
        options: Options::default(),
        file: "reply_game.dtn".into(),
        flags: String::new(),
        numbers: Numbers::Both,
        search: Search::default(),
    };
    let last = opened.game().expect("it compiles").questions.len() - 1;
    let mut solve = |instance: &_| {
        let concept = Some(Concept::Sequential);
        road::equilibria(instance, &road::Asked { concept, ..Default::default() }, &mut |_| {})
    };
    let mut open = |_: &str| Err("no files here".to_owned());
    Asker::new(opened, asked).answer(last, &mut Help { solve: &mut solve, open: &mut open })
}

fn shares(answered: &Answered, line: usize) -> Vec<[Rational; 2]> {
    let figures = answered.answers[line].figures.iter();
    figures
        .map(|figure| match &figure.shape {
            Shape::Share(range) => [range.low.clone(), range.high.clone()],
            other => panic!("{other:?}"),
        })
        .collect()
}

/// At q = 3/10 the dominance-seeker mixes, and only the mean of engagement over the two sorts of offerer is
/// determined (MODELS, section 2: 5/6 and 32/45): the rest is a continuum.
#[test]
fn what_a_continuum_leaves_open_is_a_range() {
    let answered = answered(
        "  with p_resolved = 3/10: P(reply is dupe | Recipient is dominance)\n  with p_resolved = 3/10: P(opening is engage | news is clean)\n  with p_resolved = 3/10: P(opening is engage | Offerer is resolved and news is clean)\n  with p_resolved = 3/10: P(opening is engage | Offerer is weak and news is clean)\n  with p_resolved = 3/10: belief of Offerer in Recipient is serious after news is clean\n",
    );
    assert!(answered.is_whole());
    let exactly = |over, under| [Rational::new(over, under), Rational::new(over, under)];
    assert_eq!(shares(&answered, 0), [exactly(5, 6)]);
    assert_eq!(shares(&answered, 1), [exactly(32, 45)]);
    assert_eq!(shares(&answered, 2), [[Rational::new(1, 27), Rational::ONE]]);
    assert_eq!(shares(&answered, 3), [[Rational::new(37, 63), Rational::ONE]]);
    assert_eq!(shares(&answered, 4), [exactly(2, 3)]);
    assert!(answered.answers.iter().all(|answer| answer.complete));
}

#[test]
fn thresholds_are_those_of_the_closed_forms() {
    let answered = answered(
        "  with p_resolved = 3/5, detection = 3/5: thresholds of p_resolved\n  with p_resolved = 3/5, detection = 3/5: thresholds of p_resolved for \"compliance, and trust, above d0\"\n  thresholds of p_resolved for \"compliance, and trust, above d0\"\n",
    );
    for line in 0..2 {
        let Shape::Span { holds, .. } = &answered.answers[line].figures[0].shape else { panic!() };
        assert_eq!(*holds, (Rational::new(11, 20), Rational::ONE));
    }
    // At the base nobody complies, and no interval is made up.
    assert!(!answered.answers[2].is_answered && answered.answers[2].figures.is_empty());
    assert!(!answered.is_whole());
}

/// On the way down two equilibria end at the same number, which is no fraction. The interval goes on over
/// it, and says what was not asked.
#[test]
fn an_interval_goes_on_over_a_value_that_is_no_fraction() {
    let lines = "  with offered = 1: thresholds of own_means for \"feared, it deceives\"\n";
    let answered = last_answered(&opened_file("extension_2025.dtn", lines));
    let said = answered.answers[0].sentences.join(" ");
    for part in ["between 0 (range) and", "both sides of 0.180898 (rounded), which is no fraction"]
    {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_condition_that_never_comes_up_has_no_number() {
    let answered = answered("  with p_resolved = 1/4: P(answer is transfer | news is alarm)\n");
    assert!(answered.answers[0].figures.is_empty());
    assert!(answered.answers[0].sentences[0].contains("undefined"), "{answered:?}");
}

#[test]
fn the_catalogue_asks_only_what_can_be_answered() {
    let opened = opened("  assumptions\n");
    let game = opened.game().expect("it compiles");
    assert_eq!(game.questions.len(), 4);
    let lines = game.questions.iter().flat_map(|question| &question.asks);
    assert!(lines.clone().all(|ask| ask.kind != AskKind::Elsewhere));
}
