//! `ensemble`: members on disk, a run that was killed, and what is refused.

mod common;

use common::{Folder, ends, run, text};
use serde_json::Value;

/// Beer or quiche, its prior a parameter.
const BEER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../catalog/journals/cho_kreps_1987_beer_quiche_prior.dtn"
);

/// The gap decides: entry pays if the incumbent shares, and he does if that is worth more.
const SCENARIO: &str = "\
game \"Entry with an unknown gain\"

players
  Entrant
  Incumbent

params
  gain = 1 in -1..3 ~ uniform(-1, 3)
  cost = 1 in 0..2

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market:  cost  when reply is share
  market: -cost  when reply is fight

stakes of Incumbent
  market: gain  when reply is share

outcomes
  \"in\"   when entry is enter
  \"out\"  when entry is stay_out
";

/// A game without pure equilibria.
const PENNIES: &str = "\
game \"Pennies\"
players
  A
  B
params
  x = 1  in 0..2  ~ uniform(0, 2)
story
  together
    A chooses a: h | t
    B chooses b: h | t
stakes of A
  m:  x  when a is h and b is h
  m:  1  when a is t and b is t
stakes of B
  m:  1  when a is h and b is t
  m:  1  when a is t and b is h
";

fn answer(arguments: &[&str]) -> Value {
    let (out, _) = ends(arguments, 0);
    serde_json::from_str(&out).expect("JSON")
}

/// Uniform between -1 and 3, the gain is positive at 3 of 4 draws, and then entry follows. At an
/// exact tie there would be two.
#[test]
fn shares_are_those_of_the_distribution() {
    let folder = Folder::new("ensemble-shares");
    let file = folder.file("entry.dtn", SCENARIO);
    let all =
        answer(&["ensemble", &file, "-n", "100000", "--concept", "subgame-perfect", "--json"]);
    let entry = &all["quantities"][0];
    for bound in ["low", "high"] {
        let mean = entry[bound]["mean"].as_f64().expect("a number");
        let error = entry[bound]["error"].as_f64().expect("a number");
        assert!((mean - 0.75).abs() < 1e-3 && error < 1e-3, "{entry}");
    }
    assert_eq!((&all["verified"], &all["solved_alone"]), (&2.into(), &0.into()));
    let random = answer(&["ensemble", &file, "-n", "20000", "--random", "--json"]);
    assert_eq!(random["points"], "pseudo-random");
    let two = answer(&["ensemble", &file, "--uniform", "cost", "-n", "1000", "--json"]);
    assert_eq!(two["drawn"], serde_json::json!(["gain", "cost"]));
}

/// A run cut off in the middle of a chunk, with more on disk than is on record, ends with the same
/// bytes and totals as one that was left alone.
#[test]
fn what_was_killed_goes_on() {
    let folder = Folder::new("ensemble-resume");
    let file = folder.file("entry.dtn", SCENARIO);
    let (whole, part) = (folder.name("whole.csv"), folder.name("part.csv"));
    let draw = |members: &str, csv: &str, more: &[&str]| {
        let mut all = vec!["ensemble", &file, "-n", members, "--csv", csv, "--json"];
        all.extend(more);
        answer(&all)
    };
    let expected = draw("150000", &whole, &[]);
    draw("65536", &part, &[]);
    let mut torn = std::fs::read(&part).expect("the members");
    torn.extend(b"65536,0.5,1,2");
    std::fs::write(&part, torn).expect("a torn line");
    let resumed = draw("150000", &part, &["--resume"]);
    assert_eq!(resumed["plays"], expected["plays"]);
    assert_eq!(resumed["quantities"], expected["quantities"]);
    let (whole, part) = (std::fs::read(&whole), std::fs::read(&part));
    let (whole, part) = (whole.expect("the file"), part.expect("the file"));
    assert!(whole == part);
    assert_eq!(text(&whole).lines().count(), 150_000 + 2);
    assert!(text(&whole).starts_with("# detente ensemble, scenario "));
}

#[test]
fn another_job_is_not_resumed() {
    let folder = Folder::new("ensemble-other");
    let file = folder.file("entry.dtn", SCENARIO);
    let csv = folder.name("members.csv");
    ends(&["ensemble", &file, "-n", "1000", "--csv", &csv], 0);
    let other = ["ensemble", &file, "-n", "1000", "--csv", &csv, "--resume", "--seed", "2"];
    let (_, said) = ends(&other, 2);
    assert!(said.contains("another scenario, seed"), "{said}");
    std::fs::write(folder.name("members.csv.progress"), "{").expect("a broken record");
    let again = ["ensemble", &file, "-n", "1000", "--csv", &csv, "--resume"];
    assert!(ends(&again, 2).1.contains("no record of progress"));
}

#[test]
fn what_cannot_be_drawn_is_said() {
    let folder = Folder::new("ensemble-refused");
    let file = folder.file("entry.dtn", SCENARIO);
    let plain = folder.file("plain.dtn", common::GOOD);
    assert!(ends(&["ensemble", &plain], 2).1.contains("no parameter has a distribution"));
    assert!(
        ends(&["ensemble", &file, "--uniform", "nothing"], 2).1.contains("no parameter 'nothing'")
    );
    assert!(ends(&["ensemble", &file, "-n", "0"], 2).1.contains("no draw was made"));
    let outside = SCENARIO.replace("uniform(-1, 3)", "uniform(7, 8)");
    let outside = folder.file("outside.dtn", outside);
    let output = run(&["ensemble", &outside]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("next to nothing"), "{}", text(&output.stderr));
}

/// Of one draw nothing is known about the error, and of five there are no sixteen shifts.
#[test]
fn few_draws_claim_no_precision() {
    let folder = Folder::new("ensemble-few");
    let file = folder.file("entry.dtn", SCENARIO);
    let screen = |more: &[&str]| {
        let (screen, _) = ends(&[&["ensemble", &file, "--quiet"], more].concat(), 0);
        screen.split_whitespace().collect::<Vec<&str>>().join(" ")
    };
    let one = screen(&["-n", "1"]);
    assert!(!one.contains('±') && one.contains("no standard error can be told"), "{one}");
    assert!(screen(&["-n", "5"]).contains("from 5 shifts of the points"));
    assert!(screen(&["-n", "1e3", "--random"]).contains("from 16 parts of the draws"));
    let all = answer(&["ensemble", &file, "-n", "1", "--json"]);
    assert!(all["by_count"][0]["share"]["error"].is_null(), "{all}");
    assert!(ends(&["ensemble", &file, "-n", "1.5"], 2).1.contains("no whole number"));
}

/// A drawn parameter is drawn whatever is set, and that is said.
#[test]
fn what_is_set_and_drawn_is_noted() {
    let folder = Folder::new("ensemble-set");
    let file = folder.file("entry.dtn", SCENARIO);
    let ask = ["ensemble", &file, "-n", "16", "--set", "cost=2", "--set"];
    let (_, said) = ends(&[&ask[..], &["gain=2"]].concat(), 0);
    assert!(said.contains("'gain' is drawn all the same") && !said.contains("'cost'"), "{said}");
}

/// Matching pennies has mixed equilibria alone; what was looked for is what the page says.
#[test]
fn sensitivity_says_what_it_looked_for() {
    let folder = Folder::new("sensitivity-said");
    let file = folder.file("pennies.dtn", PENNIES);
    let screen = |more: &[&str]| {
        let ask = [&["sensitivity", &file, "--of", "A", "--quiet"], more].concat();
        let (screen, _) = ends(&ask, 0);
        screen.split_whitespace().collect::<Vec<&str>>().join(" ")
    };
    let pure = screen(&["-n", "64"]);
    assert!(pure.contains("0 pairs left, too few to say how it varies"), "{pure}");
    assert!(pure.contains("64 left out, where there is no pure equilibrium"), "{pure}");
    assert!(!pure.contains("does not vary"), "{pure}");
    let mixed = screen(&["-n", "64", "--mixed"]);
    assert!(mixed.contains("mixed ones included") && !mixed.contains("pure"), "{mixed}");
    assert!(mixed.contains("0.5000 at the base values"), "{mixed}");
    // A's value is x / (1 + x).
    assert!(mixed.contains("x 0.0909 ▇▇"), "{mixed}");
    assert!(ends(&["sensitivity", &file, "--of", "A", "-n", "1"], 2).1.contains("two at least"));
}

#[test]
fn the_answer_keeps_to_its_schema() {
    let folder = Folder::new("ensemble-schema");
    let file = folder.file("entry.dtn", SCENARIO);
    let schema = answer(&["show", "schema"]);
    let all = answer(&["ensemble", &file, "-n", "100", "--json"]);
    let promised = schema["ensemble"]["properties"].as_object().expect("a schema");
    let given = all.as_object().expect("an object");
    assert!(given.keys().all(|name| promised.contains_key(name)) && given.len() == promised.len());
}

/// With one parameter the whole variance is its own; at its 5th percentile the gain is negative.
#[test]
fn one_parameter_has_all_the_variance() {
    let folder = Folder::new("sensitivity");
    let file = folder.file("entry.dtn", SCENARIO);
    let ask = ["sensitivity", &file, "--concept", "subgame-perfect", "--uniform", "cost", "--json"];
    let of = |name: &str| answer(&[&ask[..], &["--of", name]].concat());
    let share = of("in");
    let (gain, cost) = (&share["parameters"][0], &share["parameters"][1]);
    assert_eq!((&gain["name"], &cost["name"]), (&"gain".into(), &"cost".into()));
    for index in ["first_order", "total"] {
        assert!((gain[index].as_f64().expect("a number") - 1.0).abs() < 0.02, "{gain}");
        assert!(cost[index].as_f64().expect("a number").abs() < 0.02, "{cost}");
    }
    assert_eq!(gain["at_ends"], serde_json::json!([0.0, 1.0]));
    // What entry pays is the cost at 3 draws of 4: both have a part.
    let payoff = of("Entrant");
    assert!(payoff["parameters"][1]["first_order"].as_f64().expect("a number") > 0.2, "{payoff}");
    let refused = ends(&["sensitivity", &file, "--of", "nothing"], 2).1;
    assert!(refused.contains("there are: in, out, Entrant, Incumbent"), "{refused}");
    let schema = answer(&["show", "schema"]);
    let promised = schema["sensitivity"]["properties"].as_object().expect("a schema");
    assert!(share.as_object().expect("an object").keys().all(|name| promised.contains_key(name)));
}

/// A draw made again has the values of its line, and `solve` finds there what the line says; the
/// command shown gives the same.
#[test]
fn a_member_is_made_again() {
    let folder = Folder::new("ensemble-member");
    let file = folder.file("entry.dtn", SCENARIO);
    let csv = folder.name("all.csv");
    ends(&["ensemble", &file, "-n", "20", "--csv", &csv, "--quiet"], 0);
    let lines = std::fs::read_to_string(&csv).expect("the members");
    for number in ["0", "13"] {
        let line: Vec<&str> = lines
            .lines()
            .find(|line| line.starts_with(&format!("{number},")))
            .expect("its line")
            .split(',')
            .collect();
        let (gain, found) = (line[1].parse::<f64>().expect("a number"), line[2]);
        let (out, _) = ends(&["ensemble", &file, "--member", number, "--quiet"], 0);
        let exact = out.split("gain = ").nth(1).expect("the value").split(',').next();
        let (above, below) = exact.expect("a fraction").split_once('/').expect("two parts");
        let value = above.parse::<f64>().expect("digits") / below.parse::<f64>().expect("digits");
        assert_eq!(value, gain);
        let set = format!("gain={above}/{below}");
        let ask = ["solve", &file, "--concept", "weak_pbe", "--pure", "--set", &set, "--all"];
        let (solved, _) = ends(&[&ask[..], &["--quiet"]].concat(), 0);
        assert!(out.ends_with(&solved) && found == "1", "{out}\n{solved}");
        assert!(out.contains(&format!("--concept weak_pbe --pure --set '{set}'")), "{out}");
    }
    ends(&["ensemble", &file, "--member", "1", "--csv", &csv], 2);
}

/// From a prior of one half on both poolings of beer and quiche are equilibria, and the intuitive
/// criterion leaves the one on beer; below there is no pure one.
#[test]
fn a_refinement_keeps_what_survives_it() {
    let ask = ["ensemble", BEER, "--uniform", "p", "-n", "200", "--json", "--select"];
    let of = |rule: &str| answer(&[&ask[..], &[rule]].concat());
    let found = of("intuitive");
    let rule = &found["rule"];
    let several = rule["several"].as_u64().expect("a count");
    assert!((90..=110).contains(&several), "{rule}");
    assert_eq!(
        (&rule["one"], &rule["none"], &rule["open"]),
        (&several.into(), &0.into(), &0.into())
    );
    for play in found["plays"].as_array().expect("plays") {
        let is_beer = play["play"].as_str().expect("words").contains("strong: breakfast beer");
        let (share, kept) = (&play["share"]["mean"], &play["kept"]["mean"]);
        assert!(if is_beer { share == kept } else { kept == 0.0 }, "{play}");
    }
    let bounds = of("bounds");
    assert_eq!(bounds["rule"]["several"], 0);
    // The payoff of the Sender is between two values by bounds and one where one play is kept.
    let payoff = |found: &Value| {
        let mut all = found["quantities"].as_array().expect("quantities").iter();
        all.find(|one| one["name"] == "Sender").cloned().expect("the Sender's payoff")
    };
    let (by_rule, by_bounds) = (payoff(&found), payoff(&bounds));
    assert!(by_rule["low"] == by_rule["high"] && by_rule["high"] == by_bounds["high"]);
    assert!(by_bounds["low"]["mean"].as_f64() < by_bounds["high"]["mean"].as_f64());
}

#[test]
fn a_rule_is_named_and_part_of_the_job() {
    let folder = Folder::new("ensemble-rule");
    let csv = folder.name("members.csv");
    let ask = ["ensemble", BEER, "--uniform", "p", "-n", "100", "--csv", &csv, "--select"];
    let (screen, _) = ends(&[&ask[..], &["best-for:Receiver", "--quiet"]].concat(), 0);
    assert!(screen.contains("best-for:Receiver: where several plays are equilibria"), "{screen}");
    let lines = std::fs::read_to_string(&csv).expect("the members");
    assert!(lines.lines().next().expect("a head").ends_with("select best-for:Receiver"));
    assert!(lines.lines().nth(1).expect("names").starts_with("draw,p,found,plays,kept,"));
    let other = ends(&[&ask[..], &["like:A", "--resume"]].concat(), 2).1;
    assert!(other.contains("concept, rule"), "{other}");
    for (rule, said) in [
        ("best-for:Nobody", "there is no player 'Nobody'"),
        ("like:Z", "there is no equilibrium 'Z'"),
        ("weak_pbe", "chooses nothing"),
        ("luck", "there is no rule 'luck'"),
    ] {
        let ask = ["ensemble", BEER, "--uniform", "p", "-n", "10", "--select", rule];
        assert!(ends(&ask, 2).1.contains(said), "{rule}");
    }
    let ask = ["ensemble", BEER, "--uniform", "p", "-n", "100", "--select", "like:A", "--json"];
    let rule = &answer(&ask)["rule"];
    assert!(rule["one"] == rule["several"] && rule["one"].as_u64() > Some(0), "{rule}");
}
