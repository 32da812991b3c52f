//! Mistakes of meaning: each is found at its place, said in a sentence, with a way to mend it.

use super::{complaints, complaints_with, fixture, one};
use detente_lang::{Code, Diagnostic};

/// Changes an example once and expects one complaint, of this code, at this text.
fn expect(example: &str, from: &str, to: &str, code: Code, at: &str, message: &str) -> Diagnostic {
    let text = fixture(example);
    assert!(text.contains(from), "'{from}' is not in {example}");
    let text = text.replacen(from, to, 1);
    let found = complaints(&text);
    let of_code: Vec<&Diagnostic> = found.iter().filter(|d| d.code == code).collect();
    assert_eq!(of_code.len(), 1, "{code}: {found:#?}");
    let diagnostic = of_code[0].clone();
    let span = diagnostic.span.map_or("", |span| span.text(&text));
    assert_eq!(span, at, "{diagnostic:#?}");
    assert!(diagnostic.message.contains(message), "{}", diagnostic.message);
    assert!(
        !diagnostic.helps.is_empty() || !diagnostic.notes.is_empty(),
        "no way to mend it: {diagnostic:#?}"
    );
    diagnostic
}

#[test]
fn a_value_that_an_event_cannot_have() {
    let said = expect(
        "gesture",
        "-race       when gesture is let_lapse or",
        "-race       when gesture is lapse or",
        Code::E011,
        "lapse",
        "'lapse' is not a value of 'gesture'",
    );
    assert_eq!(said.helps, ["did you mean 'let_lapse'?"]);
    assert_eq!(said.notes, ["it can be extend, let_lapse"]);
}

#[test]
fn chance_without_an_audience() {
    let said = expect(
        "gesture",
        "    signal satellites seen by Offerer\n",
        "    signal satellites\n",
        Code::E020,
        "",
        "who sees 'satellites'?",
    );
    assert!(said.helps[0].contains("seen by nobody"));
}

#[test]
fn a_menu_that_leaks() {
    let said = expect(
        "gesture",
        "  Offerer chooses response: hold | retaliate\n",
        "  Offerer chooses response: hold | retaliate if programme is build\n",
        Code::E060,
        "Offerer chooses response: hold | retaliate if programme is build",
        "the menu gives away something Offerer has not seen",
    );
    assert_eq!(said.notes.len(), 3, "{said:#?}");
    assert!(said.notes[2].contains("own type firm, gesture is extend"), "{said:#?}");
}

#[test]
fn probabilities_that_do_not_add_up() {
    let said = expect(
        "gesture",
        "if programme is build:  alarm detect      | quiet rest",
        "if programme is build:  alarm 3/5 | quiet 1/2",
        Code::E040,
        "alarm 3/5 | quiet 1/2",
        "the probabilities of 'satellites' add up to 11/10, not 1",
    );
    assert!(said.helps[0].contains("-1/10"), "{said:#?}");
}

#[test]
fn probabilities_that_fail_inside_a_range() {
    let text = fixture("gesture").replacen(
        "alarm detect      | quiet rest",
        "alarm detect | quiet 2/5",
        1,
    );
    let found = complaints(&text);
    let said = found.iter().find(|d| d.code == Code::E040).expect("a complaint");
    assert!(said.message.contains("at detect = "), "{}", said.message);
    let text = fixture("gesture").replacen("alarm detect ", "alarm 2 * detect ", 1);
    assert!(complaints(&text).iter().any(|d| d.code == Code::E041));
}

#[test]
fn a_signal_without_a_case() {
    let said = expect(
        "gesture",
        "      if programme is freeze: alarm false_alarm | quiet rest\n",
        "",
        Code::E043,
        "signal satellites seen by Offerer",
        "signal 'satellites' has no line for this case: Offerer is firm, Partner is serious",
    );
    assert!(said.helps[0].contains("otherwise:"));
}

#[test]
fn whose_answer() {
    let said = expect(
        "kuhn",
        "if Ann.answer is fold then -1",
        "if answer is fold then -1",
        Code::E032,
        "answer",
        "more than one player chooses 'answer'; say whose",
    );
    assert_eq!(said.helps, ["write  Ann.answer  or  Bob.answer  or  anyone.answer"]);
}

#[test]
fn a_question_asked_twice() {
    expect(
        "gesture",
        "  if reply is accept\n",
        "  Offerer chooses gesture: extend | let_lapse\n  if reply is accept\n",
        Code::E051,
        "Offerer chooses gesture: extend | let_lapse",
        "Offerer already chose 'gesture' earlier on this path: Offerer is firm",
    );
}

#[test]
fn nobody_of_that_name() {
    let said = expect(
        "gesture",
        "  Partner chooses reply",
        "  Parner chooses reply",
        Code::E010,
        "Parner",
        "no player called 'Parner'",
    );
    assert_eq!(said.helps, ["did you mean 'Partner'?"]);
}

#[test]
fn a_name_from_another_script() {
    // The first letter is Cyrillic.
    let said = expect(
        "gesture",
        "  Partner chooses reply",
        "  Рartner chooses reply",
        Code::E010,
        "Рartner",
        "no player called",
    );
    assert!(said.notes.iter().any(|note| note.contains("U+0420")), "{said:#?}");
    assert_eq!(said.helps, ["did you mean 'Partner'?"]);
}

#[test]
fn units_and_shape() {
    expect(
        "gesture",
        "  punished:      -transfer     when",
        "  punished:      -(transfer + detect)     when",
        Code::E070,
        "transfer + detect",
        "units do not fit",
    );
    let said = expect(
        "gesture",
        "  if reply is accept\n",
        "  if detect > 1/2\n",
        Code::E071,
        "detect > 1/2",
        "'detect' may not decide",
    );
    assert!(said.helps[0].contains("setting"));
}

#[test]
fn ranges_and_divisions() {
    expect(
        "gesture",
        "in 0.5..1    ",
        "in 0.8..1    ",
        Code::E046,
        "0.8..1",
        "insight = 7/10 lies outside its range 4/5..1",
    );
    expect(
        "gesture",
        "restraint  when programme",
        "restraint / 0  when programme",
        Code::E045,
        "restraint / 0",
        "divides by zero",
    );
    let text = fixture("gesture").replacen(
        "restraint  when programme",
        "restraint / (insight - 0.7)  when programme",
        1,
    );
    assert!(complaints(&text).iter().any(|d| d.code == Code::E045));
}

#[test]
fn several_mistakes_in_one_run() {
    let text = fixture("gesture")
        .replacen("Partner chooses reply", "Parner chooses reply", 1)
        .replacen("when gesture is let_lapse or", "when gesture is lapse or", 1)
        .replacen("signal satellites seen by Offerer", "signal satellites", 1);
    let codes: Vec<Code> = complaints(&text).iter().map(|d| d.code).collect();
    for code in [Code::E010, Code::E011, Code::E020] {
        assert!(codes.contains(&code), "{code} is missing in {codes:?}");
    }
}

#[test]
fn circles_and_missing_files() {
    let text = "include \"a.dtn\"\nplayers\n  A\n";
    let found = complaints_with(
        text,
        &[("a.dtn", "include \"b.dtn\"\n"), ("b.dtn", "include \"a.dtn\"\n")],
    );
    assert!(found.iter().any(|d| d.code == Code::E017 && d.message.contains("includes itself")));
    assert!(complaints("include \"nowhere.dtn\"\n").iter().any(|d| d.code == Code::E017));
    let found = complaints("define a = b + 1\ndefine b = a\n");
    assert!(found.iter().any(|d| d.code == Code::E030 && d.notes[0].contains("→")), "{found:#?}");
}

#[test]
fn a_definition_within_its_own_argument_is_no_circle() {
    let nested = "define twice(x) = x * 2\ndefine more(x) = x + 1\nexpect that twice(more(twice(twice(1)))) = 10\n";
    assert!(complaints(nested).iter().all(|d| d.code != Code::E030));
    // The argument stands in the body of 'f', so this one is a circle.
    let circle = "define f(x) = more(f(x))\ndefine more(x) = x + 1\nexpect that f(1) = 1\n";
    assert!(complaints(circle).iter().any(|d| d.code == Code::E030));
}

#[test]
fn tables() {
    let text = "table forces from \"f.csv\" by date\nparams\n  w = forces[\"2011-02-05\"].us\n  v = forces[\"2011-02-06\"].us\nexpect that w = 1800\n";
    let found = complaints_with(text, &[("f.csv", "date,us\n2011-02-05,1800\n")]);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].code, Code::E048);
    assert!(found[0].helps[0].contains("2011-02-05"));
}

#[test]
fn warnings() {
    // Being asked only if something hidden happened.
    let text = "
players
  A
  B
story
  A secretly chooses act: yes | no
  if act is yes
    B chooses answer: left | right
outcomes
  \"answered\" when answer happened
stakes of A
  level: 1
  gain:  1 when answer is left
stakes of B
  gain:  1 when answer is left
";
    let codes: Vec<Code> = complaints(text).iter().map(|d| d.code).collect();
    assert_eq!(codes, [Code::W101, Code::W104, Code::W103]);
    let seen = text.replace("secretly ", "");
    assert!(!complaints(&seen).iter().any(|d| d.code == Code::W101));
}

#[test]
fn the_examples_have_no_complaints() {
    for name in ["beer_quiche", "reassurance", "gesture", "kuhn", "inspection"] {
        let found = complaints(&fixture(name));
        assert!(found.is_empty(), "{name}: {found:#?}");
    }
}

#[test]
fn lines_never_reached_are_warned_of() {
    let text = |body: &str| {
        format!(
            "players\n  Ann\nstory\n  Ann chooses m: l | r\n{body}stakes of Ann\n  g: 1 when m is l\n"
        )
    };
    let late = one(&text("  if m is l\n    stop\n    Ann chooses k: a | b\n"), Code::W115);
    assert!(late.message.contains("'stop'"), "{}", late.message);
    let empty = one(&text("  repeat t in 5..1\n    Ann chooses k[t]: a | b\n"), Code::W115);
    assert!(empty.helps[0].contains("1..5"), "{empty:?}");
}

#[test]
fn keys_of_tables_in_arguments_are_no_names() {
    let text = "table t from \"t.csv\" by k\nplayers\n  Ann\ndefine either(a, b) = a > 0 or b > 0\nstory\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l and either(t[x].v, t[y].v)\n";
    let found = complaints_with(text, &[("t.csv", "k,v\nx,1\ny,2\n")]);
    assert!(found.iter().all(|complaint| !complaint.is_error()), "{found:?}");
}

#[test]
fn stakes_without_a_story_are_warned_of() {
    one("players\n  Ann\nstakes of Ann\n  g: 1\n", Code::W116);
}

#[test]
fn a_path_too_long_has_a_place() {
    let text = "players\n  Ann\nstory\n  repeat t in 1..20100\n    Ann chooses m[t]: l\nstakes of Ann\n  g: 1\n";
    assert!(one(text, Code::E062).span.is_some());
}
