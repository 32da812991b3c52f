//! The verbs as a user meets them: output, exit codes, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn detente(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(root())
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .output()
        .expect("the command runs")
}

/// Standard output of a command that must end with this code.
fn ends(arguments: &[&str], code: i32) -> String {
    let output = detente(arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    assert!(!said.contains("panicked"), "{said}");
    String::from_utf8(output.stdout).expect("output is UTF-8")
}

fn scratch(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("detente-verbs-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder for scratch files");
    folder.join(name)
}

const GESTURE: &str = "catalog/new_start/treaty_gesture.dtn";
const KUHN: &str = "catalog/books/kuhn_1950_poker.dtn";

#[test]
fn a_saved_result_is_checked_again_and_a_forged_one_is_refused() {
    let path = scratch("result.json");
    let file = path.to_str().expect("a plain path");
    ends(&["solve", "-q", GESTURE, "--pure", "--save", file], 0);
    let said = ends(&["verify", file], 0);
    assert!(said.contains("12 of 12 certificates hold"), "{said}");

    let text = std::fs::read_to_string(&path).expect("the result was written");
    let mut saved: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let choices =
        saved["equilibria"][0]["profile"]["probability"].as_array_mut().expect("a profile");
    for choice in choices.iter_mut().take(2) {
        let turned = if choice == "1" { "0" } else { "1" };
        *choice = turned.into();
    }
    let forged = scratch("forged.json");
    std::fs::write(&forged, saved.to_string()).expect("written");
    let said = ends(&["verify", forged.to_str().expect("a plain path")], 1);
    assert!(said.contains("11 of 12 certificates hold"), "{said}");

    // The same certificates on another game: the tighter detection breaks the feigning.
    saved["set"] = serde_json::json!(["detect=0.7"]);
    std::fs::write(&forged, saved.to_string()).expect("written");
    ends(&["verify", forged.to_str().expect("a plain path")], 1);
}

#[test]
fn answers_for_programs_are_json_and_have_a_schema() {
    for arguments in [
        &["check", "-q", GESTURE, "--json"][..],
        &["solve", "-q", GESTURE, "--json"],
        &["why", "-q", GESTURE, "--json"],
        &["test", GESTURE, "--json"],
        &["show", "scenario", GESTURE],
        &["show", "game", GESTURE],
        &["show", "instance", GESTURE],
        &["show", "candidates", GESTURE],
        &["show", "equilibria", GESTURE],
        &["show", "findings", GESTURE],
        &["show", "schema"],
        &["export", "-q", GESTURE, "--json"],
        &["export", "-q", GESTURE, "--syntax"],
    ] {
        let text = ends(arguments, 0);
        let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        assert!(value.is_object() || value.is_array(), "{arguments:?}");
    }
    let schema: serde_json::Value =
        serde_json::from_str(&ends(&["show", "schema"], 0)).expect("JSON");
    let solved: serde_json::Value =
        serde_json::from_str(&ends(&["solve", "-q", GESTURE, "--json"], 0)).expect("JSON");
    let required = schema["solve"]["required"].as_array().expect("a schema lists what is required");
    for name in required {
        let name = name.as_str().expect("a name");
        assert!(solved.get(name).is_some(), "'{name}' is promised by the schema");
    }
    for name in solved.as_object().expect("an object").keys() {
        assert!(schema["solve"]["properties"].get(name).is_some(), "'{name}' is not in the schema");
    }
}

#[test]
fn numbers_as_asked() {
    let both = ends(&["why", "-q", GESTURE], 0);
    assert!(both.contains("9/14 ≈ 0.643"), "{both}");
    let exact = ends(&["why", "-q", GESTURE, "--exact"], 0);
    assert!(exact.contains("9/14") && !exact.contains('≈'), "{exact}");
    let decimal = ends(&["why", "-q", GESTURE, "--decimal"], 0);
    assert!(decimal.contains("0.643") && !decimal.contains("9/14"), "{decimal}");
}

#[test]
fn exit_codes() {
    ends(&["solve", "-q", GESTURE], 0);
    ends(&["solve", "-q", GESTURE, "--require-complete"], 3);
    ends(&["solve", "-q", GESTURE, "--require-complete", "--pure"], 0);
    ends(&["solve", "no_such_file.dtn"], 2);
    ends(&["solve", GESTURE, "--set", "detekt=1"], 2);
    ends(&["solve", GESTURE, "--concept", "nush"], 2);
    ends(&["explain", "E060"], 0);
    ends(&["explain", "E999"], 2);
    let unmet = scratch("unmet.dtn");
    std::fs::write(&unmet, "define two = 1 + 1\nexpect that two = 3\n").expect("written");
    ends(&["test", unmet.to_str().expect("a plain path")], 1);
}

#[test]
fn a_tree_goes_out_and_comes_back() {
    for format in ["efg", "json"] {
        let path = scratch(&format!("kuhn.{format}"));
        let file = path.to_str().expect("a plain path");
        ends(&["export", "-q", KUHN, &format!("--{format}"), "-o", file], 0);
        let said = ends(&["import", file], 0);
        assert!(said.contains("58 nodes") && said.contains("12 situations"), "{said}");
        let solved = ends(&["solve", "-q", file, "--exact"], 0);
        assert!(solved.contains("-1/18"), "{solved}");
    }
}

#[test]
fn pictures_and_manuals() {
    let svg = ends(&["export", "-q", GESTURE, "--svg", "-e", "A"], 0);
    assert!(svg.starts_with("<?xml") || svg.starts_with("<svg"), "{}", &svg[..40]);
    assert!(svg.trim_end().ends_with("</svg>"));
    let tikz = ends(&["export", "-q", GESTURE, "--tikz"], 0);
    assert!(tikz.contains("\\begin{tikzpicture}") && tikz.contains("\\end{tikzpicture}"));
    assert!(ends(&["export", "-q", GESTURE, "--story"], 0).contains("Offerer chooses gesture"));
    assert!(ends(&["man"], 0).contains(".TH"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(ends(&["completions", shell], 0).contains("detente"));
    }
    assert!(!ends(&["solve", "-q", GESTURE], 0).contains('\u{1b}'), "no colours in a pipe");
}

#[test]
fn a_model_to_start_from() {
    let path = scratch("mine.dtn");
    let _ = std::fs::remove_file(&path);
    let file = path.to_str().expect("a plain path");
    ends(&["new", "--from", "signalling", file], 0);
    ends(&["new", "--from", "signalling", file], 2);
    ends(&["new", "--from", "signaling"], 2);
    ends(&["check", file], 0);
    ends(&["fmt", "--check", file], 0);
    let listed = ends(&["new"], 0);
    for line in listed.lines().filter(|line| line.starts_with("  ")) {
        let name = line.split_whitespace().next().expect("a name");
        assert!(ends(&["new", "--from", name], 0).contains("players"), "{name}");
    }
}

const HORSE: &str = "catalog/journals/selten_1975_horse.dtn";

#[test]
fn quantal_responses_are_shown_drawn_and_proved() {
    let picture = scratch("branch.svg");
    let file = picture.to_str().expect("a plain path");
    let said = ends(&["qre", "-q", HORSE, "--lambda", "2", "--to-limit", "--svg", file], 0);
    assert!(said.contains("At lambda = 2:") && said.contains("≈ 0.313097"), "{said}");
    assert!(said.contains("In the limit: sequential, verified exactly"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 100), "{said}");
    let svg = std::fs::read_to_string(&picture).expect("it was drawn");
    assert!(
        svg.starts_with("<svg") && svg.contains("precision lambda") && svg.ends_with("</svg>\n")
    );
    let json = ends(&["qre", "-q", HORSE, "--lambda", "2", "--json"], 0);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert!(json["at"].is_object() && json["not_proved"].is_null() && json["limit"].is_null());
    assert_eq!(json["branch"][0]["lambda"], 0.0);
    ends(&["qre", HORSE, "--lambda", "-1"], 2);
    ends(&["qre", HORSE, "--lambda", "much"], 2);
}

#[test]
fn an_enclosed_equilibrium_is_saved_and_checked_again() {
    // Nau, Gomez Canovas and Hansen (2004), section 4: the only equilibrium is irrational.
    let game = scratch("irrational.nfg");
    let text = "NFG 1 R \"irrational\" { \"A\" \"B\" \"C\" } { 2 2 2 }\n\n\
                3 0 2 0 1 0 0 2 0 1 0 0 1 0 0 0 3 0 0 1 0 2 0 3\n";
    std::fs::write(&game, text).expect("written");
    let (game, result) = (game.to_str().unwrap().to_owned(), scratch("irrational.json"));
    let result = result.to_str().expect("a plain path");
    let said = ends(&["solve", "-q", &game, "--save", result, "--require-complete"], 0);
    assert!(said.contains("1 equilibrium (sequential), enclosed"), "{said}");
    assert!(said.contains("Top ≈") || said.contains("1 ≈ 0.619233"), "{said}");
    let said = ends(&["verify", result], 0);
    assert!(said.contains("1 of 1 certificates hold"), "{said}");
    let text = std::fs::read_to_string(result).expect("the result was written");
    let mut saved: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
    let held = &mut saved["enclosed"][0]["enclosure"]["probability"];
    let other = held[2].clone();
    held[0] = other.clone();
    let forged = scratch("irrational_forged.json");
    std::fs::write(&forged, saved.to_string()).expect("written");
    ends(&["verify", forged.to_str().expect("a plain path")], 1);
}
