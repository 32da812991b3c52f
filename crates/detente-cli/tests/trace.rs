//! `trace` on the records of the New START case.

mod common;

use common::{Folder, ends};
use detente::report::formats::json;

const GESTURE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/treaty_gesture.dtn");
const FLAGSHIP: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/extension_2025.dtn");

fn traced(arguments: &[&str]) -> json::RecordResult {
    let all = [&["trace", "-q", "--json"][..], arguments].concat();
    let mut answer: json::TraceResult =
        serde_json::from_str(&ends(&all, 0).0).expect("JSON of this type");
    answer.records.swap_remove(0)
}

fn along(way: &json::TracedResult, about: &str, observer: &str) -> Vec<String> {
    let found = way.beliefs.iter().find(|one| (&*one.about, &*one.observer) == (about, observer));
    let shares = &found.unwrap_or_else(|| panic!("{about}, {observer}")).along;
    shares.iter().map(|one| one.as_ref().map_or("none".into(), |p| p.exact.clone())).collect()
}

#[test]
fn messages_teach_what_was_published() {
    let follow =
        |last: &str| traced(&[GESTURE, "-e", "A", "--step", "reply is accept", "--step", last]);
    let serious = "Partner is serious";
    let quiet = follow("satellites is quiet");
    let way = &quiet.ways[0];
    assert_eq!(way.likelihood[1].exact, "1/2");
    assert_eq!(along(way, serious, "outside"), ["2/5", "4/7", "19/25"]);
    assert_eq!(along(way, serious, "Offerer (firm)"), ["2/5", "20/41", "95/137"]);
    assert_eq!(along(way, serious, "Offerer (soft)"), ["2/5", "20/29", "95/113"]);
    let alarm = follow("satellites is alarm");
    assert_eq!(along(&alarm.ways[0], serious, "outside")[2], "1/10");
    assert_eq!(along(&alarm.ways[0], serious, "Offerer (firm)")[2], "5/68");
}

#[test]
fn the_record_of_the_case() {
    let folder = Folder::new("trace");
    let picture = &folder.name("record.svg");
    let record = traced(&[FLAGSHIP, "--set", "record=1", "--svg", picture]);
    let way = &record.ways[0];
    // What the file claims, event by event; the offer and the praise add nothing.
    let told = ["1/2", "1/3", "3/7", "1/2", "1/2", "1/2", "1/2", "3/10", "0"];
    assert_eq!(along(way, "Russia is resolved", "outside"), told);
    // A serious side would not have refused: there the record is impossible.
    assert_eq!(along(way, "Russia is resolved", "UnitedStates (serious)")[7], "none");
    // Some other precision makes the record at least as likely as full precision does.
    let rounded = record.ways.iter().find(|way| !way.exact).expect("quantal responses");
    let last = |way: &json::TracedResult| way.likelihood[7].decimal;
    assert!(last(rounded) >= last(way) - 1e-6, "{} < {}", last(rounded), last(way));
    let drawn = std::fs::read_to_string(picture).expect("it was drawn");
    // Those in whose eyes it goes alike share a line, named where it ends; all steps are told below.
    for told in ["outside, UnitedStates (dominance): 0<", "UnitedStates (serious): none", ">2025<"]
    {
        assert!(drawn.contains(told), "no '{told}'");
    }
    assert!(drawn.contains("Russia (resolved)") && drawn.contains(">not spring 2022 is stayed<"));
    assert_eq!(
        (drawn.matches(">2022-03-29<").count(), drawn.matches(">2026-02-11<").count()),
        (1, 1)
    );
    let (said, _) = ends(&["trace", "-q", FLAGSHIP, "--set", "record=1", "-e", "A"], 0);
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
}

#[test]
fn a_record_that_cannot_be_has_no_beliefs_after_it() {
    let record = traced(&[GESTURE, "-e", "B", "--step", "reply is accept"]);
    assert_eq!(record.ways[0].likelihood[0].exact, "0");
    assert_eq!(along(&record.ways[0], "Partner is serious", "outside"), ["2/5", "none"]);
}

#[test]
fn what_cannot_be_followed_is_refused() {
    let folder = Folder::new("trace-refused");
    let dtn = &folder.file("good.dtn", common::GOOD);
    let refused = |arguments: &[&str], why: &str| {
        let (_, error) = ends(arguments, 2);
        assert!(error.contains(why), "{arguments:?}: {error}");
    };
    refused(&["trace", dtn], "there is no 'observed' record");
    refused(&["trace", GESTURE, "winter"], "no record of the file");
    refused(&["trace", GESTURE, "--step", "a\nb"], "is not one line");
    refused(&["trace", GESTURE, "--step", "reply is maybe"], "E011");
}
