//! `dominance`, `correlated` and `compare-concepts` on games of the catalogue.

use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn answer(arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .args(["-q", "--json"])
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
        .output()
        .expect("the command runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The row with this title, and what it says of each concept.
fn row<'a>(table: &'a Value, title: &str) -> Vec<(&'a str, &'a str)> {
    let rows = table["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["title"].as_str().is_some_and(|t| t.contains(title)));
    let concepts = row.expect("such a row")["concepts"].as_array().expect("concepts");
    let text = |value: &'a Value| value.as_str().expect("a word");
    concepts.iter().map(|one| (text(&one["concept"]), text(&one["answer"]))).collect()
}

fn entry<'a>(table: &'a Value, title: &str, concept: &str) -> &'a Value {
    let rows = table["rows"].as_array().expect("rows");
    let row = rows.iter().find(|row| row["title"].as_str().is_some_and(|t| t.contains(title)));
    let concepts = row.expect("such a row")["concepts"].as_array().expect("concepts");
    concepts.iter().find(|one| one["concept"] == concept).expect("such a concept")
}

#[test]
fn the_intuitive_criterion_leaves_beer() {
    let table = answer(&["compare-concepts", "catalog/journals/cho_kreps_1987_beer_quiche.dtn"]);
    assert_eq!(table["rows"].as_array().expect("rows").len(), 2);
    assert!(row(&table, "always beer").iter().all(|(_, says)| *says == "holds"));
    for (concept, says) in row(&table, "always quiche") {
        let refined = ["intuitive", "divine", "d1", "universally_divine", "forward_induction"]
            .contains(&concept);
        assert_eq!(says, if refined { "fails" } else { "holds" }, "{concept}");
    }
    let broken = entry(&table, "always quiche", "intuitive");
    assert_eq!((&broken["player"], &broken["gain"]["exact"]), (&"Sender".into(), &"1".into()));
}

#[test]
fn the_horse_has_a_nash_equilibrium_without_beliefs() {
    let table = answer(&["compare-concepts", "catalog/journals/selten_1975_horse.dtn"]);
    let expected = |says: [&'static str; 12]| {
        let words = [
            "nash",
            "subgame_perfect",
            "weak_pbe",
            "pbe",
            "sequential",
            "intuitive",
            "divine",
            "d1",
            "universally_divine",
            "perfect",
            "proper",
            "forward_induction",
        ];
        words.into_iter().zip(says).collect::<Vec<_>>()
    };
    let (yes, no, none) = ("holds", "fails", "undefined");
    assert_eq!(
        row(&table, "both go across"),
        expected([yes, yes, yes, yes, yes, none, none, none, none, yes, yes, yes])
    );
    assert_eq!(
        row(&table, "first always down"),
        expected([yes, yes, no, no, no, none, none, none, none, no, no, yes])
    );
    assert_eq!(entry(&table, "first always down", "sequential")["player"], "Two");
    assert_eq!(entry(&table, "first always down", "perfect")["player"], "Two");
}

#[test]
fn a_threat_is_nash_and_not_subgame_perfect() {
    let file = "catalog/journals/selten_1978_entry_deterrence.dtn";
    let table = answer(&["compare-concepts", file]);
    let threat = row(&table, "move always out");
    assert_eq!(&threat[..2], [("nash", "holds"), ("subgame_perfect", "fails")]);
    assert!(row(&table, "entry is accommodated").iter().all(|(_, says)| *says == "holds"));

    let weak = answer(&["dominance", file, "--weak"]);
    let left: Vec<&Value> = weak["left"].as_array().expect("a list").iter().collect();
    let does: Vec<&Value> = left.iter().map(|one| &one["strategy"]["does"]).collect();
    assert_eq!(does, ["move in", "reply accommodate"]);
    let strict = answer(&["dominance", file]);
    assert_eq!(strict["eliminations"].as_array().map(Vec::len), Some(0));

    let correlated = answer(&["correlated", file]);
    let fight = &correlated["ranges"][1];
    assert_eq!(
        (&fight["name"], &fight["high"]["exact"]),
        (&"move in, reply fight".into(), &"0".into())
    );
    let set = answer(&["correlated", file, "--coarse", "--set", "duopoly=0.5"]);
    assert_eq!(set["ranges"][0]["low"]["exact"], "1", "the outside is better than anything inside");
}

#[test]
fn going_in_says_what_is_meant() {
    let file = "catalog/journals/van_damme_1989_outside_option.dtn";
    let table = answer(&["compare-concepts", file]);
    let forward = |title| entry(&table, title, "forward_induction");
    assert_eq!(forward("One gets the favourite")["answer"], "holds");
    let out = forward("One stays out");
    assert_eq!(
        [&out["answer"], &out["player"], &out["round"]],
        [&json!("fails"), &json!("Two"), &json!(2)]
    );
    assert_eq!((&out["instead"], &out["gain"]["exact"]), (&"[answer boxing]".into(), &"1".into()));
    assert!(out["reason"].as_str().is_some_and(|why| why.starts_with("round 2 removes [answer")));
    for (concept, says) in row(&table, "One stays out") {
        assert!(says != "fails" || concept == "forward_induction", "{concept}");
    }
    let cheap = answer(&["compare-concepts", file, "--set", "outside=1/2"]);
    let all = cheap["rows"].as_array().expect("rows").iter();
    let verdict = |row: &Value| row["concepts"][11]["answer"].clone();
    assert!(all.clone().count() >= 2 && all.map(verdict).all(|says| says == "holds"));
}

#[test]
fn the_chance_to_burn_money_leaves_one_outcome() {
    let file = "catalog/journals/ben_porath_dekel_1992_burning_money.dtn";
    let table = answer(&["compare-concepts", file]);
    let rows = table["rows"].as_array().expect("rows");
    assert!(rows.len() >= 4);
    for row in rows {
        let favourite = row["title"].as_str().is_some_and(|title| title.contains("One gets"));
        let forward = &row["concepts"][11];
        assert_eq!(forward["answer"], if favourite { "holds" } else { "fails" }, "{row}");
        assert_eq!(row["concepts"][4]["answer"], "holds", "{row}");
    }
}

#[test]
fn forward_induction_contains_backward_induction_in_the_chain_store() {
    let table = answer(&["compare-concepts", "catalog/journals/selten_1978_chain_store.dtn"]);
    let rows = table["rows"].as_array().expect("rows");
    assert!(rows.len() > 1);
    for row in rows {
        let of = |at: usize| &row["concepts"][at]["answer"];
        assert_eq!(of(11), of(1), "{row}");
    }
    let one = answer(&["compare-concepts", "catalog/journals/selten_1978_entry_deterrence.dtn"]);
    let threat = entry(&one, "move always out", "forward_induction");
    assert_eq!(
        [&threat["answer"], &threat["player"], &threat["round"]],
        [&json!("fails"), &json!("Incumbent"), &json!(1)]
    );
}

#[test]
fn what_is_too_large_is_said() {
    let file = "catalog/new_start/treaty_gesture.dtn";
    for arguments in [
        &["dominance", file, "--max-payoffs", "100"][..],
        &["correlated", file, "--max-program", "100"],
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_detente"))
            .args(arguments)
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../.."))
            .output()
            .expect("the command runs");
        assert_eq!(output.status.code(), Some(2));
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("--max-payoffs, --max-program"), "{said}");
    }
    let table = answer(&["compare-concepts", file, "--pure", "--max-judged", "0"]);
    let rows = table["rows"].as_array().expect("rows");
    assert!(!rows.is_empty() && rows.iter().all(|row| row["concepts"] == json!([])));
}

#[test]
fn answers_keep_to_their_schema() {
    let schema = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(["show", "schema"])
        .output()
        .expect("the command runs");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("JSON");
    let file = "catalog/journals/selten_1978_entry_deterrence.dtn";
    for verb in ["dominance", "correlated", "compare-concepts"] {
        let answer = answer(&[verb, file]);
        let promised = schema[verb]["properties"].as_object().expect("a schema");
        let given = answer.as_object().expect("an object");
        assert!(given.keys().all(|name| promised.contains_key(name)), "{verb}");
        assert_eq!(given.len(), promised.len(), "{verb}");
    }
}
