//! Names: counters, parameters of blocks and definitions, what may be named how.

use super::{TWO, complaints, game, holds, one, payoffs, rationals, said};
use detente_lang::Code;

const STAKES: &str = "stakes of Bob are the opposite of Ann\n";

#[test]
fn counters_of_sums_are_nobody_elses_names() {
    let library = "include \"std/arms.dtn\"\nplayers\n  Ann\n";
    let story = "story\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\nexpect that found(10, 1, 3) = 3/10\nexpect that at_most_leak(2, 1/2, 4, 1, 2) = 1\n";
    for names in ["params\n  j = 3\n", "settings\n  m_1 = 1\n  j = 2\n", "define j = 4\n", ""] {
        assert_eq!(holds(&format!("{library}{names}{story}")), [true, true], "{names}");
    }
    let settings = format!(
        "{library}settings\n  m = 1\n{}",
        story.replace("m: l", "n: l").replace("m is", "n is")
    );
    assert_eq!(holds(&settings), [true, true]);
    // A counter of a loop is not the counter of a sum inside it.
    let each = "  each t in 1..2\n    g: sum(t, 1, 3, t) when m is l\n";
    let text = format!("{TWO}story\n  Ann chooses m: l | r\nstakes of Ann\n{each}{STAKES}");
    assert_eq!(payoffs(&text), rationals(&[(12, 1), (0, 1)]));
}

#[test]
fn a_first_name_of_four_counts() {
    let text =
        "params\n  a = 5\nexpect that sum(a, 1, 2, 3) = 6\nexpect that sum((a), 1, 2, 3) = 11\n";
    assert_eq!(holds(text), [true, true]);
    let text = "params\n  a = 5\n  b = 6\nexpect that sum(a, b, 2, 3) = 16\n";
    let complaint = one(text, Code::E035);
    assert!(complaint.notes[0].contains("(a)"), "{complaint:?}");
}

#[test]
fn functions_of_the_language_are_not_defined_anew() {
    for name in ["pow(a, b)", "pi", "min(a)", "P(a)"] {
        let complaint = one(&format!("define {name} = 7\n"), Code::E019);
        assert!(complaint.helps[0].contains("my_"), "{complaint:?}");
    }
    assert!(complaints("define f(x, x) = x\n").iter().any(|d| d.code == Code::E019));
}

#[test]
fn a_block_takes_the_names_of_its_events_and_options() {
    let text = format!(
        "{TWO}block ask(who, q, yes, s)
  who chooses q: yes | no
  if q is yes
    who gains 2 as s
story
  ask(Ann, first, agree, praise)
  ask(Bob, second, 3, praise)
stakes of Ann
  g: 1 when first is agree and Bob.second is 3
stakes of Bob
  g: 1 when second is no
"
    );
    let game = game(&text);
    let form = &game.form;
    let names: Vec<&str> = form.events().iter().map(|event| event.name.as_str()).collect();
    assert_eq!(names, ["first", "second"]);
    assert_eq!(payoffs(&text), rationals(&[(3, 1), (2, 1), (0, 1), (0, 1)]));
    let stakes: Vec<&str> = form.stakes().iter().map(|stake| stake.name.as_str()).collect();
    assert!(stakes.contains(&"praise") && !stakes.contains(&"s"));
}

#[test]
fn a_block_asks_with_an_index() {
    let text = format!(
        "{TWO}block ask(who, q, t)
  who chooses q[t]: up | down if count(q is up) < 1 or q[t - 1] is up
story
  ask(Ann, move, 1)
  ask(Ann, move, 2)
stakes of Ann
  g: 1 when Ann.move[1] is up and move[2] is down
stakes of Bob
  h: 1
"
    );
    assert_eq!(game(&text).form.event(detente_game::EventId(1)).index, Some(2));
    assert_eq!(payoffs(&text).iter().filter(|paid| paid.is_one()).count(), 1);
}

#[test]
fn arguments_that_mean_nothing_are_said() {
    let block = "block ask(who, q, idle)\n  who chooses q: yes | no\n";
    let rest = "stakes of Ann\n  g: 1 when first is yes\n";
    let with = |call: &str| said(&format!("{TWO}{block}story\n  {call}\n{rest}"));
    assert!(with("ask(Ann, first, 3)").iter().all(|said| said.starts_with('W')));
    assert_eq!(with("ask(Ann, first, zzz)")[0], "E010 \"zzz\": nothing is called 'zzz'");
    assert_eq!(with("ask(Annn, first, 3)")[0], "E010 \"Annn\": no player called 'Annn'");
    assert!(with("ask(3, first, 3)")[0].contains("is not a player"));
    assert!(with("ask(Ann, 3, 3)").iter().any(|said| said.contains("cannot be a name")));
    let text = "define f(x, y) = x\nexpect that f(1, zzz) = 1\n";
    assert_eq!(said(text), ["E010 \"zzz\": nothing is called 'zzz'"]);
}

#[test]
fn a_team_is_no_player() {
    let players = "players\n  A team W\n  B team W\n  C\n";
    let complaint = one(&format!("{players}story\n  W chooses m: l | r\n"), Code::E010);
    assert!(complaint.message.contains("is a team"));
    assert_eq!(complaint.helps, ["write  A  or  B"]);
    let complaint = one("players\n  A team C\n  C\n", Code::E019);
    assert!(complaint.message.contains("a team and of a player"));
    // A block may be told whom to show something.
    let text = format!(
        "{players}block show(whom)\n  chance x: a 1/2 | b rest seen by whom\n  C chooses m: l | r\nstory\n  show(W)\nstakes of each player\n  g: 1 when m is l\n"
    );
    assert_eq!(game(&text).form.node_count(), 7);
}

#[test]
fn beliefs_about_types() {
    let text = |line: &str| {
        format!(
            "{TWO}types of Ann\n  a 1/2, {line}\n  b 1/2\nstory\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\n{STAKES}"
        )
    };
    assert!(one(&text("Ann believes 1/3"), Code::E050).message.contains("its own type"));
    assert!(
        one(&text("Bob believes 1/3, Bob believes 1/4"), Code::E019).message.contains("two things")
    );
    let complaint = one(&text("Bob believes 1/3"), Code::E040);
    assert!(complaint.message.contains("as Bob believes"), "{complaint:?}");
    // The belief that cannot be read is not also said to be missing from the sum.
    let found = said(&text("Bob believes m"));
    assert!(found.iter().any(|said| said.starts_with("E036")), "{found:?}");
    assert!(!found.iter().any(|said| said.starts_with("E040")), "{found:?}");
    let complaint = one(&text("Bob believes 4/3").replace("  b 1/2", "  b rest"), Code::E041);
    assert_eq!(
        complaint.message,
        "the probability of 'a', as Bob believes, is 4/3, not between 0 and 1"
    );
    assert_eq!(complaint.helps, ["write a number between 0 and 1"]);
}

#[test]
fn what_nothing_uses_is_warned_of() {
    let text = "players\n  Ann\ndefine a = 1\ndefine b = a\ndefine f(x) = x\nblock k\n  Ann chooses n: l | r\nstory\n  Ann chooses m: l | r\nstakes of Ann\n  g: a when m is l\n";
    let unused: Vec<String> =
        super::said(text).into_iter().filter(|d| d.contains("W114")).collect();
    assert_eq!(unused.len(), 3, "{unused:?}");
    assert!(unused.iter().all(|said| !said.contains("'a'")), "{unused:?}");
}

#[test]
fn letters_that_look_alike_are_told_apart() {
    let text = "players\n  Ann\nparams\n  \u{440}rice = 1/2 in 0..1\nstory\n  Ann chooses m: l | r\nstakes of Ann\n  g: price when m is l\n";
    let complaint = super::one(text, detente_lang::Code::E010);
    assert!(complaint.helps[0].contains("looks the same"), "{complaint:?}");
}
