//! `ask`: questions are answered by what is worked out, in this file and in the one it points to.

mod common;

use common::{Folder, GOOD, ends};

fn asking(lines: &str) -> String {
    format!("{GOOD}\nquestion \"Who enters?\"\n{lines}\n")
}

#[test]
fn a_question_is_answered_with_the_command_that_answers_it_again() {
    let folder = Folder::new("ask");
    let file = &folder.file("g.dtn", asking("  P(entry is enter)\n  payoff of Incumbent"));
    let (out, _) = ends(&["ask", file], 0);
    assert!(out.starts_with("1 Who enters?\n"), "{out}");
    assert!(out.contains("In A, the only way of play (sequential):"), "{out}");
    assert!(out.contains("The probability that entry is enter is 100%."), "{out}");
    assert!(out.contains("What Incumbent gets is 1."), "{out}");
    let again = out.lines().find_map(|line| line.trim().strip_prefix("again")).expect("a command");
    assert!(again.trim().starts_with("detente ask "), "{out}");
    let (same, _) = ends(&["ask", file, "1"], 0);
    assert_eq!(out, same);
}

#[test]
fn check_warns_of_a_scenario_that_is_not_there() {
    let folder = Folder::new("ask-see");
    folder.file("there.dtn", asking("  P(entry is enter)"));
    let lines = "  see \"there.dtn\"\n  see \"gone.dtn\"\n  see \".\"";
    let file = &folder.file("g.dtn", asking(lines));
    let (_, told) = ends(&["check", file], 0);
    assert!(
        told.contains("warning[W117]: there is no scenario 'gone.dtn' beside this one"),
        "{told}"
    );
    assert_eq!(told.matches("W117").count(), 2, "{told}");
    let (_, _) = ends(&["check", "--strict", file], 1);
    let (out, _) = ends(&["check", "--json", file], 0);
    assert_eq!(out.matches("\"W117\"").count(), 2, "{out}");
    let file = &folder.file("fine.dtn", asking("  see \"there.dtn\""));
    let (_, told) = ends(&["check", file], 0);
    assert!(!told.contains("W117"), "{told}");
}

#[test]
fn what_is_set_for_a_line_holds_for_that_line_alone() {
    let folder = Folder::new("ask-with");
    let text = GOOD
        .replace("players\n", "params\n  prize = 1 in -3..3\n\nplayers\n")
        .replace("market:  1  when reply is share", "market:  prize  when reply is share");
    let lines = "question \"Who enters?\"\n  with prize = -2: P(entry is enter)\n  P(entry is enter)\n  thresholds of prize\n";
    let file = &folder.file("g.dtn", format!("{text}\n{lines}"));
    let (out, _) = ends(&["ask", file], 0);
    let at = |text: &str| out.find(text).unwrap_or_else(|| panic!("{text}: {out}"));
    assert!(at("With prize = -2") < at("is 0%.") && at("is 0%.") < at("is 100%."), "{out}");
    assert!(out.contains("holds while prize (now 1) is between 0 and 3 (range)"), "{out}");
    // What is set outside is part of the command, but not where the line sets the same.
    let (out, _) = ends(&["ask", file, "--set", "prize=2"], 0);
    assert!(out.contains("thresholds") && out.contains("--set prize=2 prize"), "{out}");
    assert!(!out.contains("--set prize=2 --set prize=-2"), "{out}");
}

#[test]
fn the_sister_scenario_answers_its_own_question() {
    let folder = Folder::new("ask-see");
    folder.file("sister.dtn", asking("  P(entry is stay_out)\n  see \"third.dtn\""));
    folder.file("third.dtn", asking("  P(entry is enter)"));
    let file = &folder.file("g.dtn", asking("  see \"sister.dtn\""));
    let (out, _) = ends(&["ask", file], 1);
    assert!(out.contains("sister.dtn") && out.contains("is 0%."), "{out}");
    assert!(out.contains("There is no answer: it would stand in a third file"), "{out}");
    for (lines, why) in [
        ("  see \"nowhere.dtn\"", "cannot be used"),
        ("  see \"bad.dtn\"", "has errors"),
        ("  see \"silent.dtn\"", "does not ask this question"),
    ] {
        folder.file("bad.dtn", "game\n");
        folder.file("silent.dtn", GOOD);
        let file = &folder.file("g.dtn", asking(lines));
        let (out, _) = ends(&["ask", file], 1);
        assert!(out.contains(why), "{lines}: {out}");
    }
}

#[test]
fn nothing_to_ask_is_said() {
    let folder = Folder::new("ask-none");
    let (_, error) = ends(&["ask", &folder.file("g.dtn", GOOD)], 2);
    assert!(error.contains("asks no question"), "{error}");
    let file = &folder.file("q.dtn", asking("  P(entry is enter)"));
    let (_, error) = ends(&["ask", file, "2"], 2);
    assert!(error.contains("numbered from 1 to 1"), "{error}");
    let (_, error) = ends(&["ask", &folder.file("g.efg", common::EFG)], 2);
    assert!(error.contains("only scenarios ask questions"), "{error}");
}

#[test]
fn an_answer_for_programs_has_its_figures_exactly() {
    let folder = Folder::new("ask-json");
    let file = &folder.file("g.dtn", asking("  P(entry is enter)\n  1 / 3"));
    let (out, _) = ends(&["ask", file, "--json"], 0);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let answers = &answer["questions"][0]["answers"];
    assert_eq!(answers[0]["figures"][0]["values"][0]["exact"], "1");
    assert_eq!(answers[1]["sentences"][0], "1 / 3 is 1/3 ≈ 0.333.");
    assert_eq!(answers[1]["complete"], true);
}

#[test]
fn the_report_answers_the_questions() {
    let folder = Folder::new("ask-report");
    folder.file("a&b.dtn", asking("  P(entry is enter)"));
    let file = &folder.file("g.dtn", asking("  P(entry is enter)\n  see \"a&b.dtn\""));
    let (page, _) = ends(&["report", file], 0);
    assert!(page.contains("<h2 id=\"questions-title\">Questions and answers</h2>"), "{page}");
    assert!(page.contains("1 Who enters?") && page.contains("a&amp;b.dtn"), "{page}");
    // Nothing is uncertain and nothing is hidden here, so these are not there.
    for absent in ["ensemble-title", "sensitivity-title", "value-title"] {
        assert!(!page.contains(absent), "{absent}");
    }
    let uncertain = GOOD
        .replace("players\n", "params\n  prize = 1 in 0..3 ~ uniform(0, 3)\n\nplayers\n")
        .replace("market:  1  when reply is share", "market:  prize  when reply is share");
    let (page, _) = ends(&["report", &folder.file("u.dtn", uncertain)], 0);
    assert!(page.contains("ensemble-title") && page.contains("16384 draws"), "{page}");
    assert!(page.contains("sensitivity-title") && page.contains("1024 pairs of draws"), "{page}");
}

/// The nine questions of the case, each answered; a scenario that is asked too gives the same there.
#[test]
fn the_case_answers_its_nine_questions() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start");
    let ask = |file: &str| -> serde_json::Value {
        let (out, _) = ends(&["ask", "-q", "--json", &format!("{folder}/{file}")], 0);
        serde_json::from_str(&out).expect("JSON")
    };
    let case = ask("extension_2025.dtn");
    let questions = case["questions"].as_array().expect("a list");
    assert_eq!(questions.len(), 9);
    let all: Vec<&serde_json::Value> =
        questions.iter().flat_map(|one| one["answers"].as_array().expect("a list")).collect();
    assert!(all.iter().all(|answer| answer["answered"] == true));
    let sister = ask("repeated_offers.dtn");
    let there = &sister["questions"][0]["answers"];
    for (one, other) in
        questions[5]["answers"].as_array().unwrap().iter().zip(there.as_array().unwrap())
    {
        assert_eq!((&one["sentences"], &one["figures"]), (&other["sentences"], &other["figures"]));
        assert!(one["file"].as_str().is_some_and(|file| file.ends_with("repeated_offers.dtn")));
    }
}
