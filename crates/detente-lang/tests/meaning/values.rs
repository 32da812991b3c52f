//! Values of events: which are the same, which can be compared, which are slips.

use super::{TWO, complaints, game, one, payoffs, rationals, said};
use detente_lang::Code;

const BOB: &str = "stakes of Bob\n  h: 1\n";

#[test]
fn anyone_means_any_of_them() {
    let story = "story\n  Ann chooses x: a | b\n  Bob chooses x: a | b\n  Ann chooses y: a | b\n";
    let with = |condition: &str| {
        payoffs(&format!("{TWO}{story}stakes of Ann\n  g: 1 when {condition}\n{BOB}"))
    };
    let one_or_other = with("Ann.x is y or Bob.x is y");
    assert_eq!(with("anyone.x is y"), one_or_other);
    assert_eq!(with("y is anyone.x"), one_or_other);
    assert_eq!(one_or_other.iter().filter(|paid| paid.is_one()).count(), 6);
    let neither = with("Ann.x is not y and Bob.x is not y");
    assert_eq!(with("y is not anyone.x"), neither);
    assert_eq!(with("anyone.x is not y"), neither);
}

#[test]
fn scales_are_not_compared_with_each_other() {
    let story = "scale card: J < Q < K\nscale heat: low < mid < high\nstory\n  draw c from J, Q, K seen by all\n  draw h from low, mid, high seen by all\n  Ann chooses m: l | r\n";
    for condition in ["c > h", "c = h", "min(c, 1) > h"] {
        let text = format!("{TWO}{story}stakes of Ann\n  g: 1 when m is l and {condition}\n{BOB}");
        let complaint = one(&text, Code::E036);
        assert!(complaint.message.contains("'card' and 'heat'"), "{complaint:?}");
    }
    let text = format!(
        "{TWO}{story}define hot = h\nstakes of Ann\n  g: 1 when m is l and hot >= mid and c > J\n{BOB}"
    );
    assert_eq!(payoffs(&text).iter().filter(|paid| paid.is_one()).count(), 4);
}

#[test]
fn a_value_has_one_place_among_others() {
    let story = "story\n  draw c from lo, hi seen by all\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l and c > lo\n";
    let text = format!("{TWO}scale a: lo < hi\nscale b: hi < lo\n{story}{BOB}");
    assert!(one(&text, Code::E036).message.contains("in different orders"));
    // Longer scales with the same order, and the scale made of just these values, are fine.
    for scales in
        ["scale a: lo < hi\nscale b: lo < mid < hi\n", "scale b: hi < mid < lo\nscale a: lo < hi\n"]
    {
        assert_eq!(
            payoffs(&format!("{TWO}{scales}{story}{BOB}")),
            rationals(&[(0, 1), (0, 1), (1, 1), (0, 1)])
        );
    }
    // Two events of two sizes meet on the scale that has both.
    let text = format!(
        "{TWO}scale a: lo < hi\nscale b: lo < mid < hi\nstory\n  draw c from lo, hi seen by all\n  draw d from lo, mid, hi seen by all\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l and c > d\n{BOB}"
    );
    assert_eq!(payoffs(&text).iter().filter(|paid| paid.is_one()).count(), 2);
}

#[test]
fn equal_numbers_are_one_value() {
    let story = "story\n  draw a from 1, 2 seen by all\n  draw b from 1.0, 2e0 seen by all\n  Ann chooses m: l | r\n";
    let text = format!(
        "{TWO}{story}stakes of Ann\n  g: 1 when m is l and a is b\n  h: -1 when m is l and a = b\n  i: 1 when m is r and b is 200%\n{BOB}"
    );
    let paid = payoffs(&text);
    assert_eq!(paid.iter().filter(|paid| paid.is_zero()).count(), 6);
    assert_eq!(paid.iter().filter(|paid| paid.is_one()).count(), 2);
    let text = format!("{TWO}story\n  Ann chooses m: 1 | 1.0\n");
    assert!(one(&text, Code::E019).message.contains("'1.0' stands twice"));
    assert!(one("scale s: 1 < 1.0\n", Code::E019).message.contains("stands twice on the scale"));
}

#[test]
fn events_that_can_never_be_the_same() {
    let text = format!(
        "{TWO}types of Ann\n  hi 1/2\n  lo rest\nstory\n  Bob chooses x: l | r\nstakes of Bob\n  g: 1 when x is Ann\nstakes of Ann\n  h: 1\n"
    );
    let complaint = one(&text, Code::E011);
    assert!(complaint.message.contains("no value in common"));
    assert_eq!(complaint.notes.len(), 2);
}

#[test]
fn an_index_that_never_happens() {
    let text = |condition: &str| {
        format!(
            "{TWO}story\n  repeat t in 1..2\n    Ann chooses k[t]: l | r\nstakes of Ann\n  each t in 1..2\n    g: 1 when k[t] is l and {condition}\n{BOB}"
        )
    };
    let complaint = one(&text("k[3] is l"), Code::W110);
    assert_eq!(complaint.notes, ["it happens with 1, 2"]);
    // An index that happens in some round is no slip.
    for condition in ["k[t - 1] is l", "not k[t + 1] is l"] {
        assert!(complaints(&text(condition)).iter().all(|d| d.code != Code::W110), "{condition}");
    }
    // What never happens is never the same as anything, and the condition is not lost.
    let text = format!(
        "{TWO}story\n  Ann chooses k[1]: l | r\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is k[2]\n  h: 1 when m is not k[2]\n{BOB}"
    );
    assert_eq!(payoffs(&text), rationals(&[(1, 1), (1, 1), (1, 1), (1, 1)]));
}

#[test]
fn a_word_that_a_setting_never_is() {
    let text = |description: &str, condition: &str| {
        format!(
            "{TWO}settings\n  mode = strict {description}\nstory\n  Ann chooses m: l | r if {condition}\nstakes of Ann\n  g: 1 when m is l\n{BOB}"
        )
    };
    for condition in ["mode is lax", "mode = lax", "mode is not lax"] {
        let complaint = one(&text("", condition), Code::W111);
        assert_eq!(complaint.message, "nothing says that 'mode' can be 'lax'");
        assert!(
            complaints(&text("\"strict or lax\"", condition)).iter().all(|d| d.code != Code::W111)
        );
    }
    let complaint = one(&text("", "mode is strct"), Code::W111);
    assert_eq!(complaint.helps[0], "did you mean 'strict'?");
    assert!(complaints(&text("", "mode is strict")).iter().all(|d| d.code != Code::W111));
    assert!(one(&text("", "mode is 3"), Code::E036).message.contains("is a word"));
}

#[test]
fn words_that_are_shown() {
    let text = |view: &str| {
        format!(
            "{TWO}story\n  Bob chooses k: a | b seen by Ann as {view}\n  draw c from 1, 2 seen by all\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\n{BOB}"
        )
    };
    assert_eq!(one(&text("happend"), Code::W111).helps, ["did you mean 'happened'?"]);
    assert!(
        complaints(&text("if k is a then big else small")).iter().all(|d| d.code != Code::W111)
    );
    // What is shown must have happened.
    let complaint = one(&text("c"), Code::E044);
    assert!(complaint.message.contains("'c' is read where it has not happened"));
    game(&text("k"));
}

#[test]
fn counters_can_be_values() {
    let text = format!(
        "{TWO}story\n  repeat t in 1..2\n    Ann chooses k[t]: t | none\nstakes of Ann\n  g: 1 when k[1] is 1 and k[2] is 2\n{BOB}"
    );
    assert_eq!(payoffs(&text), rationals(&[(1, 1), (0, 1), (0, 1), (0, 1)]));
    let text = format!("{TWO}story\n  repeat t in 1..2\n    Ann chooses t: a | b\n");
    assert!(said(&text)[0].contains("cannot be a name"));
}
