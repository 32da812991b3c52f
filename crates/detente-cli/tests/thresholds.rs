//! `thresholds` on games of the catalogue.

use serde_json::Value;
use std::path::Path;
use std::process::{Command, Output};

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs")
}

fn said(arguments: &[&str]) -> String {
    let output = detente(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

const BEER: &str = "catalog/journals/cho_kreps_1987_beer_quiche_prior.dtn";
const REPLY: &str = "catalog/new_start/reply_game.dtn";

#[test]
fn the_table_names_ends_choices_and_formulas() {
    let screen = said(&["thresholds", "-q", BEER]);
    for part in [
        "parameter  now  holds from  to",
        "p          0.9  1/2 = 0.5   1 (range)\n",
        "Receiver, knowing breakfast is beer, would gain by duel instead of walk_away.",
        "needs     p >= 1 / 2",
        "Sender (weak) mixes beer",
        "1 of 1 end verified",
    ] {
        assert!(screen.contains(part), "{part} is not in\n{screen}");
    }
}

#[test]
fn outcomes_and_claims_have_ends_too() {
    let outcome = ["thresholds", "-q", "--json", REPLY, "p_resolved", "--outcome"];
    let text = said(&[&outcome[..], &["duped but not engaged"]].concat());
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let interval = &answer["intervals"][0];
    assert_eq!(interval["parameter"], "p_resolved");
    assert_eq!(interval["below"]["at"]["value"]["exact"], "77/300");
    assert_eq!(interval["below"]["passed"].as_array().map(Vec::len), Some(2));
    assert_eq!(interval["above"]["kind"], "range");
    let claim = ["thresholds", "-q", "--json", REPLY, "p_resolved", "--claim"];
    let text = said(&[&claim[..], &["duping, with distrust"]].concat());
    let answer: Value = serde_json::from_str(&text).expect("JSON");
    let below = &answer["intervals"][0]["below"];
    assert_eq!(below["at"]["value"]["exact"], "61/150");
    assert!(below["needs"].as_str().is_some_and(|text| text.starts_with("p_resolved >= (")));
    assert_eq!(below["holds_at"], true);
    assert_eq!(below["holds_beyond"], false);
}

#[test]
fn what_does_not_exist_is_told() {
    let kuhn = "catalog/reports/dresher_1962_inspection.dtn";
    for (arguments, part) in [
        (vec!["thresholds", REPLY, "q"], "there is no parameter 'q'"),
        (vec!["thresholds", REPLY, "--outcome", "peace"], "there is no outcome 'peace'"),
        (vec!["thresholds", REPLY, "--claim", "peace"], "has the title \"peace\""),
        (vec!["thresholds", REPLY, "-e", "Z"], "there is no equilibrium 'Z'"),
        (vec!["thresholds", kuhn], "the game has no parameters"),
        (
            vec!["thresholds", REPLY, "--outcome", "duped and engaged"],
            "comes up in no equilibrium that was found",
        ),
    ] {
        let output = detente(&arguments);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains(part), "{arguments:?}: {told}");
    }
}
