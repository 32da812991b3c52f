//! Claims that cannot be understood, or that nothing could meet.

use super::{TWO, complaints, game, one, said};
use detente_lang::Code;

const GAME: &str = "players
  Ann
  Bob
params
  p = 0.4 in 0..1
types of Ann
  hi 0.4
  lo rest
story
  Ann chooses m: l | r
  draw k from 1, 2 seen by nobody
  Bob chooses z: u | d
stakes of Ann
  g: 1 when m is l
stakes of Bob
  g: 1 when Ann is hi and z is u
  h: 1 when Ann is lo and z is d
";

#[test]
fn a_belief_after_what_no_situation_follows() {
    for (quantifier, after, at) in [
        ("none", "z is u", "z is u"),
        ("none", "m is l and m is r", "m is l and m is r"),
        ("exists", "m is l, z is u", "m is l, z is u"),
    ] {
        let text = format!(
            "{GAME}expect pbe {quantifier}: belief of Bob in Ann is hi = 0.4 after {after}\n"
        );
        let complaint = one(&text, Code::E072);
        assert_eq!(complaint.message, "no situation of Bob lies after this");
        assert_eq!(complaint.span.map(|span| span.text(&text)), Some(at));
    }
    game(&format!("{GAME}expect pbe exists: belief of Bob in Ann is hi = 0.4 after m is l\n"));
    game(&format!("{GAME}expect pbe exists: belief of Bob in Ann is hi = 0.4\n"));
    let text = format!("{GAME}expect pbe none: belief of Cid in Ann is hi = 0.4\n")
        .replace("  Bob\n", "  Bob\n  Cid\n");
    assert!(one(&text, Code::E072).message.contains("Cid decides nothing"));
}

#[test]
fn a_belief_in_another_tree_is_looked_for_there() {
    let text = "players\n  Ann\n  Bob\nsettings\n  n = 1 in 1..2\nstory\n  repeat t in 1..n\n    Ann secretly chooses m[t]: l | r\n    Bob chooses z[t]: u | d\nstakes of each player\n  g: 1 when z[1] is u\nexpect with n = 2: nash exists: belief of Bob in m[1] is l = 1 after z[1] is u\n";
    assert!(complaints(text).is_empty(), "{:#?}", complaints(text));
}

#[test]
fn conditions_that_are_not_known_at_the_ends() {
    let text = format!("{GAME}expect pbe exists: P(k = 1 and p > 0.1) = 1/2\n");
    let complaint = one(&text, Code::E072);
    assert_eq!(complaint.message, "this condition reads a parameter");
    assert_eq!(complaint.span.map(|span| span.text(&text)), Some("k = 1 and p > 0.1"));
    let text = format!("{GAME}expect pbe exists: P(n > 1) = 1/2\n").replace(
        "  Bob chooses z",
        "  if m is l\n    draw n from 1, 2 seen by all\n  Bob chooses z",
    );
    let complaint = one(&text, Code::E072);
    assert_eq!(complaint.message, "this reads 'n' also where it has not happened");
    assert_eq!(complaint.span.map(|span| span.text(&text)), Some("n"));
}

#[test]
fn numbers_of_one_claim() {
    let text = format!("{GAME}expect with p = 0.2, p = 0.3: nodes = 25\n");
    assert_eq!(one(&text, Code::E019).message, "'p' is set twice");
    let text = format!("{GAME}expect with p = 2: nodes = 25\n");
    assert!(one(&text, Code::W112).message.contains("outside its range 0..1"));
    let text = format!("{GAME}expect with n = 5: nodes = 25\n")
        .replace("params", "settings\n  n = 2 in 1..3\n  mode = strict\nparams");
    assert!(one(&text, Code::E046).message.contains("n = 5 lies outside its range 1..3"));
    let text = text.replace("n = 5", "mode = 5");
    assert!(one(&text, Code::E046).message.contains("is a word (strict)"));
    let text = format!("{GAME}expect qre(-1) exists: m always l\n");
    assert!(one(&text, Code::E072).message.contains("cannot be -1"));
}

#[test]
fn an_error_of_the_story_hides_no_error_of_a_claim() {
    let text = format!(
        "{TWO}story\n  Ann chooses m: l | r\n  if m is x\n    stop\nstakes of Ann\n  g: 1 when m is l\nstakes of Bub\n  h: 1\nexpect value of Anna = 1\nexpect pbe exists:  mm always l\nobserved \"o\"\n  m is z\nwhatif \"w\"\n  set q = 1\n  lock Ann at mmm: l 1\n"
    );
    let found = said(&text);
    assert_eq!(
        found,
        [
            "E011 \"x\": 'x' is not a value of 'm'",
            "E010 \"Bub\": no player called 'Bub'",
            "E010 \"Anna\": no player called 'Anna'",
            "E010 \"mm\": nothing in the story is called 'mm'",
            "E011 \"z\": 'z' is not a value of 'm'",
            "E010 \"q\": no parameter or setting called 'q'",
            "E010 \"mmm\": Ann never chooses 'mmm'",
        ]
    );
}

#[test]
fn claims_of_the_author_do_not_bind_another_game() {
    let text = "players\n  Ann\nsettings\n  two = 0 in 0..1\nstory\n  if two = 0\n    Ann chooses a: l \
                | r\n  else\n    Ann chooses b: l | r\nstakes of Ann\n  g: 1 when a is l\n  g: 1 \
                when b is l\nexpect pbe all: belief of Ann in a is l = 1 after a is l or a is r\n";
    let set = vec![("two".to_owned(), "1".to_owned())];
    let compiled = detente_lang::compile(
        &super::load(text, &[]),
        &detente_lang::Options { set, ..Default::default() },
        &mut |_| true,
    );
    assert!(compiled.game.is_some(), "{:?}", compiled.diagnostics);
}
