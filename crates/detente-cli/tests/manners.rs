//! How the command behaves as a process: signals, files, streams, options that cannot be meant.

mod common;

use common::{EFG, Folder, GOOD, detente, ends, text};
use std::io::Write;
use std::process::Stdio;

#[test]
fn an_unknown_method_is_refused_with_those_there_are() {
    let (_, said) = ends(&["solve", "x.dtn", "--method", "foo"], 2);
    assert!(said.contains("pure") && said.contains("zero_sum"), "{said}");
}

#[test]
fn options_that_would_say_nothing_are_refused() {
    let folder = Folder::new("options");
    let dtn = &folder.file("good.dtn", GOOD);
    let efg = &folder.file("good.efg", EFG);
    for arguments in [
        &["export", "--story", dtn, "-e", "A"][..],
        &["export", "--efg", dtn, "-e", "A"],
        &["export", "--efg", dtn, "--decimal"],
        &["export", "--svg", dtn, "--require-complete"],
        &["tree", dtn, "--pure"],
        &["solve", efg, "--set", "x=1"],
        &["check", efg, "--max-nodes", "3"],
    ] {
        let (out, _) = ends(arguments, 2);
        assert!(out.is_empty(), "{arguments:?}: {out}");
    }
}

#[test]
fn an_incomplete_search_has_its_code_everywhere() {
    let folder = Folder::new("incomplete");
    let efg = &folder.file("good.efg", EFG);
    for arguments in [
        &["solve", efg][..],
        &["why", efg],
        &["tree", efg, "-e", "A"],
        &["export", "--svg", efg, "-e", "A"],
    ] {
        let asked = [arguments, &["--require-complete", "--method", "zero_sum"]].concat();
        ends(&asked, 3);
    }
}

#[test]
fn games_of_other_programs_are_checked_and_named_by_their_labels() {
    let folder = Folder::new("imports");
    let efg = &folder.file("good.efg", EFG);
    let (out, _) = ends(&["check", efg], 0);
    assert!(out.contains("Nobody forgets") && out.contains("situation 2 (second coin)"), "{out}");
    assert!(!out.contains("hidden") && !out.contains("never sees"), "{out}");
    let (out, _) = ends(&["solve", efg], 0);
    assert!(out.contains("at situation 1 (first coin)") && !out.contains("knowing"), "{out}");
    let forgetful = EFG.replace("p \"\" 2 1 \"second coin\"", "p \"\" 1 1 \"first coin\"");
    let (out, _) = ends(&["check", &folder.file("forgetful.efg", &forgetful)], 0);
    assert!(out.contains("forgets"), "{out}");
    let absent = folder.name("forgetful.efg");
    let (out, _) = ends(&["solve", &absent], 0);
    assert!(out.contains("Nothing was searched: the game is absent-minded"), "{out}");
}

#[test]
fn standard_input_is_what_its_first_word_says() {
    for (content, title) in [(GOOD, "Entry"), (EFG, "Two coins")] {
        let mut child = detente()
            .args(["check", "-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(content.as_bytes()).expect("it reads");
        drop(input);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).starts_with(title));
    }
}

#[test]
fn a_changed_game_is_noticed_and_nothing_is_not_fine() {
    let folder = Folder::new("changed");
    let efg = &folder.file("good.efg", EFG);
    let saved = &folder.name("saved.json");
    ends(&["solve", efg, "--save", saved], 0);
    assert!(!ends(&["verify", saved], 0).0.contains("changed"));
    folder.file("good.efg", EFG.replace("Two coins", "Two pennies"));
    assert!(ends(&["verify", saved], 0).0.contains("has changed"));
    let content = std::fs::read_to_string(saved).expect("written");
    let mut result: serde_json::Value = serde_json::from_str(&content).expect("JSON");
    result["equilibria"] = serde_json::json!([]);
    let empty = &folder.file("empty.json", result.to_string());
    assert!(ends(&["verify", empty], 1).0.contains("nothing was checked"));
    result["scenario"] = "elsewhere/good.efg".into();
    let lost = &folder.file("lost.json", result.to_string());
    assert!(ends(&["verify", lost], 2).1.contains("go to the folder"));
}

#[test]
fn a_bad_file_does_not_keep_the_others_from_their_tests() {
    let folder = Folder::new("others");
    let absent = &folder.name("absent.dtn");
    let bytes = &folder.file("bytes.dtn", [0xff_u8, 0xfe]);
    let good = &folder.file("good.dtn", format!("{GOOD}\nexpect pbe exists: entry always enter\n"));
    let (out, said) = ends(&["test", absent, bytes, good], 2);
    assert!(out.contains("1 of 1 met") && out.contains("2 with errors"), "{out}");
    assert!(said.contains("there is no file"), "{said}");
}

#[test]
fn a_reader_that_goes_away_hides_no_failure() {
    let folder = Folder::new("away");
    let claim = "expect pbe none: entry always enter\n".repeat(2_000);
    let unmet = &folder.file("unmet.dtn", format!("{GOOD}\n{claim}"));
    let mut child =
        detente().args(["test", unmet]).stdout(Stdio::piped()).spawn().expect("the command starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
}

#[test]
fn where_a_result_cannot_go_is_found_out_before_the_work() {
    let folder = Folder::new("place");
    let long = &folder.file("long.dtn", common::long());
    let nowhere = &folder.name("no/such/folder/out");
    // Solving takes minutes; this test does not.
    ends(&["solve", long, "--save", nowhere], 2);
    ends(&["export", "--svg", long, "-e", "A", "-o", nowhere], 2);
}

#[cfg(unix)]
#[test]
fn formatting_keeps_the_mode_and_can_be_asked_of_standard_input() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("mode");
    let loose = &folder.file("loose.dtn", GOOD.replace("market:  1", "market:   1"));
    std::fs::set_permissions(loose, std::fs::Permissions::from_mode(0o640)).expect("one's own");
    ends(&["fmt", "--check", loose], 1);
    ends(&["fmt", loose], 0);
    assert_eq!(std::fs::metadata(loose).expect("there").permissions().mode() & 0o777, 0o640);
    let mut child = detente()
        .args(["fmt", "--check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(GOOD.replace("market:  1", "market:   1").as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0));
}

/// `kill -INT`, as Ctrl-C does, once the command has had time to begin.
#[cfg(unix)]
fn interrupted(arguments: &[&str]) -> (Option<i32>, String, String) {
    let child = detente()
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    std::thread::sleep(std::time::Duration::from_millis(1_500));
    let id = child.id().to_string();
    let killed = std::process::Command::new("kill").args(["-INT", &id]).status();
    assert!(killed.expect("kill is everywhere").success(), "{arguments:?} ended by itself");
    let output = child.wait_with_output().expect("it ends");
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_with_what_was_found_marked_as_partial() {
    let folder = Folder::new("signal");
    let long = &folder.file("long.dtn", common::long());
    let saved = &folder.name("saved.json");
    let picture = &folder.name("picture.svg");
    let (code, out, said) = interrupted(&["solve", long, "--save", saved]);
    assert_eq!(code, Some(130), "{out}{said}");
    assert!(out.starts_with("PARTIAL") && said.contains("partial"), "{out}{said}");
    let content = std::fs::read_to_string(saved).expect("the partial result is saved whole");
    let result: serde_json::Value = serde_json::from_str(&content).expect("JSON");
    assert_eq!((&result["complete"], &result["stopped"]), (&false.into(), &true.into()));
    let (code, out, _) = interrupted(&["solve", long, "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, &answer["stopped"]), (Some(130), &true.into()));
    let (code, _, _) = interrupted(&["export", "--svg", long, "-e", "A", "-o", picture]);
    assert_eq!(code, Some(130));
    assert!(!std::path::Path::new(picture).exists());
    let page = &folder.name("page.html");
    let (code, _, said) = interrupted(&["report", long, "-o", page]);
    assert_eq!(code, Some(130), "{said}");
    assert!(!std::path::Path::new(page).exists() && said.contains("no report was written"));
    std::fs::create_dir_all(folder.0.join("two")).expect("a folder");
    folder.file("two/a.dtn", GOOD);
    folder.file("two/b.dtn", common::long());
    let (code, _, said) = interrupted(&["batch", &folder.name("two"), "-o", &folder.name("out")]);
    assert_eq!(code, Some(130), "{said}");
    let index = std::fs::read_to_string(folder.0.join("out/index.html")).expect("the index");
    assert!(index.contains("a.html") && index.contains("stopped before 1 more"), "{index}");
    assert!(!folder.0.join("out/b.html").exists());
    for verb in ["check", "show"] {
        let station = if verb == "show" { &["equilibria"][..] } else { &[] };
        let (code, _, _) = interrupted(&[&[verb], station, &[long]].concat());
        assert_eq!(code, Some(130), "{verb}");
    }
    let left: Vec<_> = std::fs::read_dir(&folder.0).expect("there").flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().contains(".part")));
}

#[test]
fn pages_of_the_manual_are_named_as_they_are_typed() {
    let (out, _) = ends(&["man"], 0);
    assert!(out.contains("NO_COLOR") && out.contains("\\fBdetente check\\fR"), "{out}");
    assert!(out.contains("detente\\-check \\- "), "{out}");
    assert!(ends(&["--help"], 0).0.contains("NO_COLOR"));
}

#[test]
fn a_method_that_does_not_answer_says_so() {
    let folder = Folder::new("method");
    let file = &folder.file("good.dtn", GOOD);
    let (out, _) = ends(&["solve", file, "--method", "bimatrix"], 0);
    assert!(out.contains("(Nash)") && out.contains("method       bimatrix"), "{out}");
    let (_, error) = ends(&["solve", file, "--method", "lemke", "--concept", "sequential"], 2);
    assert!(error.contains("Nash equilibria only") && error.contains("show methods"), "{error}");
    let (out, _) = ends(&["solve", file, "--one"], 0);
    assert!(out.starts_with("1 way of play"), "{out}");
    ends(&["solve", file, "--one", "--all"], 2);
    ends(&["solve", file, "--limit", "0"], 2);
}
