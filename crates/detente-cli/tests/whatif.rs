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
fn a_reading_is_locked_from_a_message_on() {
    let lock = "belief of Partner in Offerer is firm = 0.1 after gesture is extend";
    let (said, _) = ends(&["whatif", "-q", GESTURE, "--lock", lock], 0);
    let matters = "while the share of the way to the locked reading is at most 1/8";
    assert!(said.replace("\n             ", " ").contains(matters), "{said}");
    let lock = "belief of Offerer in Partner is serious = 0.9 after reply is accept";
    let (said, _) = ends(&["whatif", "-q", GESTURE, "--lock", lock], 0);
    assert!(said.contains("Offerer as locked, knowing Offerer is"), "{said}");
    assert!(said.contains("not all were solved"), "{said}");
}

/// Under other settings a variant that cannot be understood is left out; the one asked for never is,
/// and no other one is played in its place.
#[test]
fn what_is_asked_for_must_be_understood() {
    let set = ["--set", "offered=1"];
    for (lock, why) in [
        ("belief of Russia in UnitedStates is serious = 1/2 after news is happy", "E011"),
        ("belief of Russia in UnitedStates is serious = 3/2 after news is clean", "E041"),
        ("Russia at overture: offer 1", "'overture'"),
    ] {
        let (said, error) = ends(&[&["whatif", FLAGSHIP, "--lock", lock][..], &set].concat(), 2);
        assert!(said.is_empty() && error.contains(why), "{lock}: {error}");
    }
    let folder = Folder::new("whatif-missing");
    let text = GOOD.replace("story\n", "settings\n  long = 1 in 0..1\n\nstory\n");
    let text = text.replace("  if entry is enter\n", "  if long = 1 and entry is enter\n");
    let more = "whatif \"late\"\n  lock Incumbent at reply: fight 1\nwhatif \"early\"\n  lock Entrant at entry: enter 1\n";
    let file = &folder.file("g.dtn", format!("{text}\n{more}"));
    let (said, error) = ends(&["whatif", file, "--set", "long=0"], 0);
    assert!(said.starts_with("early") && !said.contains("late\n"), "{said}");
    assert!(error.contains("note: 'late' cannot be understood with these settings"), "{error}");
    // Nor where the variant before it is lost by what a variant itself sets.
    let file = &folder.file("h.dtn", format!("{text}\n{more}  set long = 0\n"));
    let (said, _) = ends(&["whatif", "-q", file, "early"], 0);
    assert!(said.contains("all know: A"), "{said}");
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
    let after = "belief of Partner in satellites is alarm = 0.1 after gesture is extend";
    refused(&["whatif", "-q", GESTURE, "--lock", after], "is not decided yet");
    refused(&["whatif", "-q", dtn, "--lock", "Incumbent at reply: fight 1", "-e", "Z"], "'Z'");
}
