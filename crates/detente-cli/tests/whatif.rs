//! `whatif` on the command line.

mod common;

use common::{EFG, Folder, GOOD, ends};

const GESTURE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/treaty_gesture.dtn");
const FLAGSHIP: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/extension_2025.dtn");

#[test]
fn the_gesture_says_what_was_published() {
    let typed = ["whatif", "-q", GESTURE, "--lock", "belief of Partner in Offerer is firm = 0.1"];
    for arguments in [&["whatif", "-q", GESTURE][..], &typed] {
        let (said, _) = ends(arguments, 0);
        assert!(said.contains("reading of Partner is at least 5/12 ≈ 0.417"), "{said}");
        assert!(
            said.contains("A holds while the reading of Partner is between 0 and 1/8"),
            "{said}"
        );
        let line = said.lines().find(|line| line.contains("value to Offerer (firm)"));
        let cells: Vec<&str> = line.expect("a row").split_whitespace().skip(4).collect();
        assert_eq!(cells, ["-0.132", "-0.2", "-2", "-0.3"]);
    }
}

#[test]
fn the_case_answers_its_variants() {
    let (said, _) = ends(&["whatif", "-q", FLAGSHIP], 0);
    for name in ["inspections as under the treaty", "read as weakness", "in service"] {
        assert!(said.contains(name), "{said}");
    }
    assert!(said.contains("reading of UnitedStates is at least 1778730/6970819"), "{said}");
    let (said, _) = ends(&["whatif", "-q", FLAGSHIP, "weapon"], 0);
    assert!(said.contains("numbers set: A") && !said.contains("weakness"), "{said}");
}

#[test]
fn a_reader_who_is_right_changes_nothing() {
    let lock = "belief of Partner in Offerer is firm = 1/2";
    let (said, _) = ends(&["whatif", "-q", GESTURE, "--lock", lock], 0);
    assert!(said.contains("A is an equilibrium with the lock in force too."), "{said}");
    assert!(said.contains("the lock costs Partner nothing"), "{said}");
    let words = said.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(
        words.contains("then no outcome has another probability; Offerer gains nothing."),
        "{said}"
    );
    assert!(!words.contains("from 0% to 0%"), "{said}");
}

#[test]
fn what_cannot_be_played_is_refused() {
    let folder = Folder::new("whatif");
    let dtn = &folder.file("good.dtn", GOOD);
    let efg = &folder.file("good.efg", EFG);
    let refused = |arguments: &[&str], why: &str| {
        let (_, error) = ends(arguments, 2);
        assert!(error.contains(why), "{arguments:?}: {error}");
    };
    refused(&["whatif", dtn], "the file has no 'whatif'");
    refused(&["whatif", efg, "--lock", "One at coin: h 1"], "only scenarios can be locked");
    refused(&["whatif", dtn, "--lock", "Incumbent at reply: give_up 1"], "E011");
    refused(&["whatif", dtn, "--lock", "a\nb"], "is not one line");
    refused(&["whatif", GESTURE, "nothing"], "no variant of the file");
    let after = "belief of Offerer in Partner is dominance = 0.1 after reply is accept";
    refused(&["whatif", "-q", GESTURE, "--lock", after], "locked from a message on");
    refused(&["whatif", "-q", dtn, "--lock", "Incumbent at reply: fight 1", "-e", "Z"], "'Z'");
}
