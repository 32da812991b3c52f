//! Parameters drawn as rows of a table, seen from all verbs that draw.

mod common;

use common::{Folder, ends};
use std::collections::BTreeMap;

const SCENARIO: &str = "\
game \"Entry as several see it\"

table views from \"views.csv\" by analyst weighted by trust

players
  Entrant
  Incumbent

params
  gain = 1 in -1..3 ~ views.gain
  cost = 1 in 0..2 ~ views.cost

define loss = -2 * cost

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market: cost  when reply is share
  market: loss  when reply is fight

stakes of Incumbent
  market: gain  when reply is share

outcomes
  \"in\"   when entry is enter
  \"out\"  when entry is stay_out
";

const VIEWS: &str = "analyst,gain,cost,trust\nhawk,-1,1/2,3\ndove,2,1,4\nowl,3,2,1\nfool,1,1,0\n";

/// A column of a CSV file, each value with the one next to it and how often it is there.
fn pairs(csv: &str) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for line in std::fs::read_to_string(csv).expect("the rows").lines().skip(2) {
        let fields: Vec<&str> = line.split(',').collect();
        *counts.entry((fields[1].to_owned(), fields[2].to_owned())).or_default() += 1;
    }
    counts
}

fn share(screen: &str, name: &str) -> f64 {
    let line = screen.lines().find(|line| line.trim_start().starts_with(name)).expect("its line");
    let share = line.split_whitespace().nth(1).expect("a share").trim_end_matches('%');
    share.parse().expect("a number")
}

#[test]
fn draws_are_rows_with_their_weights() {
    let folder = Folder::new("rows");
    folder.file("views.csv", VIEWS);
    let file = folder.file("entry.dtn", SCENARIO);
    let csv = folder.name("rows.csv");
    let ask = ["ensemble", &file, "-n", "8000", "--concept", "subgame-perfect", "--quiet"];
    let (screen, _) = ends(&[&ask[..], &["--csv", &csv]].concat(), 0);
    let counts = pairs(&csv);
    let count = |gain: &str, cost: &str| counts[&(gain.to_owned(), cost.to_owned())];
    assert_eq!(counts.len(), 3, "{counts:?}");
    for (count, expected) in
        [(count("-1", "0.5"), 3000), (count("2", "1"), 4000), (count("3", "2"), 1000)]
    {
        assert!(count.abs_diff(expected) < 10, "{counts:?}");
    }
    // Entry pays where the gain is positive, and pays then what the same row says.
    assert!((share(&screen, "in") - 62.5).abs() < 0.2, "{screen}");
    assert!((share(&screen, "Entrant") - 0.75).abs() < 0.01, "{screen}");
    // Taken out of the table, a parameter is drawn by itself.
    let (_, _) = ends(&[&ask[..], &["--uniform", "gain", "--csv", &csv]].concat(), 0);
    assert!(pairs(&csv).len() > 7000);
}

#[test]
fn a_draw_made_again_is_its_row() {
    let folder = Folder::new("rows-member");
    folder.file("views.csv", VIEWS);
    let file = folder.file("entry.dtn", SCENARIO);
    let csv = folder.name("rows.csv");
    ends(&["ensemble", &file, "-n", "20", "--csv", &csv, "--quiet"], 0);
    let rows = std::fs::read_to_string(&csv).expect("the rows");
    for number in ["0", "7", "19"] {
        let line = rows.lines().find(|line| line.starts_with(&format!("{number},")));
        let fields: Vec<&str> = line.expect("its row").split(',').collect();
        let (out, _) = ends(&["ensemble", &file, "--member", number, "--quiet"], 0);
        for (name, value) in [("gain", fields[1]), ("cost", fields[2])] {
            let value = value.replace("0.5", "1/2");
            assert!(out.contains(&format!("{name} = {value}, about")), "{out}");
        }
    }
}

/// The table is part of the scenario: with another one, a file is not gone on with.
#[test]
fn another_table_is_another_scenario() {
    let folder = Folder::new("rows-hash");
    folder.file("views.csv", VIEWS);
    let file = folder.file("entry.dtn", SCENARIO);
    let parquet = folder.name("rows.parquet");
    let ask = ["ensemble", &file, "-n", "20", "--quiet", "--parquet", &parquet];
    ends(&ask, 0);
    ends(&[&ask[..], &["--resume"]].concat(), 0);
    folder.file("views.csv", VIEWS.replace("owl,3", "owl,2.5"));
    let said = ends(&[&ask[..], &["--resume"]].concat(), 2).1;
    assert!(said.contains("another scenario"), "{said}");
}

#[test]
fn indices_are_of_rows_and_say_so() {
    let folder = Folder::new("rows-indices");
    folder.file("views.csv", VIEWS);
    let file = folder.file("entry.dtn", SCENARIO);
    let ask = ["sensitivity", &file, "--of", "Entrant", "--quiet"];
    let (screen, _) = ends(&ask, 0);
    let told = screen.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(told.contains("gain and cost are drawn as rows of 'views'"), "{screen}");
    let (out, _) = ends(&[&ask[..], &["--json"]].concat(), 0);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let parameters = answer["parameters"].as_array().expect("parameters");
    assert_eq!(parameters.len(), 2);
    for one in parameters {
        assert_eq!(one["table"], "views");
        // The rows are all there is, so that all of the variance is theirs.
        assert!((one["first_order"].as_f64().expect("a number") - 1.0).abs() < 0.02, "{one}");
    }
    let alone = ends(&[&ask[..], &["--json", "--uniform", "gain"]].concat(), 0).0;
    let answer: serde_json::Value = serde_json::from_str(&alone).expect("JSON");
    let parameters = answer["parameters"].as_array().expect("parameters");
    assert!(parameters.iter().all(|one| one["table"].is_null()), "{alone}");
}
