//! The command as its users meet it: bad files, bad folders, readers that go away. Whatever comes
//! in, the exit code is one of those in the manual, a sentence says what is wrong, nothing panics.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A scenario that is fine.
const GOOD: &str = "\
game \"Entry\"

players
  Entrant
  Incumbent

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market:  1  when reply is share
  market: -1  when reply is fight

stakes of Incumbent
  market: 2  when entry is stay_out
  market: 1  when reply is share
";

/// A folder of its own for each test, removed with everything in it.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("detente-{test}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder for the test");
        Self(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        std::fs::write(&path, content).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn detente() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn run(arguments: &[&str]) -> Output {
    detente().args(arguments).output().expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Runs, and expects an exit code and a part of what is complained.
fn refused(arguments: &[&str], code: i32, said: &str) {
    let output = run(arguments);
    let complaint = text(&output.stderr);
    let shown: String = complaint.chars().take(2_000).collect();
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {shown}");
    assert!(!complaint.contains("panicked"), "{arguments:?}: {shown}");
    assert!(complaint.contains(said), "{arguments:?} should say '{said}': {shown}");
    // A sentence, not a number or a name alone.
    let words = complaint.lines().map(|line| line.split_whitespace().count()).max();
    assert!(words >= Some(4), "{arguments:?}: {shown}");
}

/// The same for all verbs that read a scenario.
fn refused_by_all(file: &Path, said: &str) {
    let name = file.to_str().expect("a plain path");
    for arguments in [
        vec!["check", name],
        vec!["solve", name],
        vec!["tree", name],
        vec!["why", name],
        vec!["export", "--efg", name],
        vec!["show", "instance", name],
    ] {
        refused(&arguments, 2, said);
    }
}

#[test]
fn a_good_scenario_is_no_trouble() {
    let folder = Folder::new("good");
    let file = folder.file("good.dtn", GOOD);
    let name = file.to_str().expect("a plain path");
    for arguments in [vec!["check", name], vec!["solve", name], vec!["export", "--efg", name]] {
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(!output.stdout.is_empty());
    }
}

#[test]
fn windows_line_ends_mean_the_same() {
    let folder = Folder::new("crlf");
    let plain = folder.file("plain.dtn", GOOD);
    let windows = folder.file("windows.dtn", GOOD.replace('\n', "\r\n"));
    let tree = |path: &Path| run(&["export", "--efg", path.to_str().expect("a plain path")]);
    let (plain, windows) = (tree(&plain), tree(&windows));
    assert_eq!(plain.status.code(), Some(0));
    assert_eq!(windows.status.code(), Some(0), "{}", text(&windows.stderr));
    assert_eq!(text(&plain.stdout), text(&windows.stdout));
}

#[test]
fn tabs_are_refused() {
    let folder = Folder::new("tabs");
    let file = folder.file("tabs.dtn", GOOD.replace("\n  ", "\n\t"));
    refused_by_all(&file, "tab");
}

#[test]
fn nothing_at_all() {
    let folder = Folder::new("empty");
    for (name, content) in [("empty.dtn", ""), ("blank.dtn", "\n\n   \n"), ("hash.dtn", "# a\n")] {
        let file = folder.file(name, content);
        let name = file.to_str().expect("a plain path");
        for verb in ["check", "solve", "why"] {
            refused(&[verb, name], 2, "error");
        }
    }
}

#[test]
fn bytes_that_are_no_text() {
    let folder = Folder::new("binary");
    let mut bytes: Vec<u8> = (0..=255).cycle().take(5_000).collect();
    refused_by_all(&folder.file("all.dtn", &bytes), "UTF-8");
    bytes = GOOD.as_bytes().to_vec();
    bytes.insert(40, 0xff);
    refused_by_all(&folder.file("one.dtn", &bytes), "UTF-8");
    let zeros = folder.file("zeros.dtn", vec![0_u8; 10_000]);
    refused(&["check", zeros.to_str().expect("a plain path")], 2, "error");
    for ending in ["efg", "nfg", "json"] {
        let game = folder.file(&format!("game.{ending}"), &bytes);
        refused(&["import", game.to_str().expect("a plain path")], 2, "error");
        refused(&["solve", game.to_str().expect("a plain path")], 2, "error");
    }
}

#[test]
fn a_hundred_megabytes_of_one_letter() {
    let folder = Folder::new("large");
    let file = folder.file("large.dtn", vec![b'a'; 100_000_000]);
    let begun = Instant::now();
    let output = run(&["check", file.to_str().expect("a plain path")]);
    assert!(begun.elapsed() < Duration::from_secs(60), "that took {:?}", begun.elapsed());
    let complaint = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(!complaint.contains("panicked"));
    assert!(complaint.contains("error"));
    assert!(complaint.len() < 20_000, "{} bytes of complaint", complaint.len());
}

#[test]
fn deep_nesting() {
    let folder = Folder::new("deep");
    let mut story = String::from("game \"deep\"\nplayers\n  A\nstory\n");
    for depth in 1..3_000 {
        story += &format!("{:1$}if a is b\n", "", 2 * depth);
    }
    refused_by_all(&folder.file("story.dtn", story), "error");
    for nested in ["(", "-", "not ", "f(", "if a is b then "] {
        let deep = format!("game \"deep\"\ndefine x = {}1\n", nested.repeat(100_000));
        let file = folder.file("expression.dtn", deep);
        refused(&["check", file.to_str().expect("a plain path")], 2, "error");
    }
    let game = format!(
        "EFG 2 R \"deep\" {{ \"A\" }} \"\"\n{}",
        "p \"\" 1 1 \"\" { \"x\" } 0\n".repeat(50_000)
    );
    let file = folder.file("deep.efg", game);
    refused(&["import", file.to_str().expect("a plain path")], 2, "error");
    let json = folder.file("deep.json", "[".repeat(1_000_000));
    refused(&["import", json.to_str().expect("a plain path")], 2, "error");
}

#[test]
fn circles() {
    let folder = Folder::new("circles");
    folder.file("one.dtn", "include \"two.dtn\"\n");
    folder.file("two.dtn", "include \"one.dtn\"\n");
    let file = folder.file("main.dtn", format!("include \"one.dtn\"\n{GOOD}"));
    refused_by_all(&file, "includes itself");
    let circle = GOOD.replace("\nstory", "\ndefine f(x) = g(x)\ndefine g(x) = f(x)\n\nstory");
    let circle = circle.replace("1  when reply is share", "f(1)  when reply is share");
    refused_by_all(&folder.file("define.dtn", circle), "error");
    let blocks = GOOD.replace("\nstory", "\nblock again\n  again()\n\nstory\n  again()");
    refused_by_all(&folder.file("block.dtn", blocks), "error");
    let params = GOOD.replace("\nstory", "\nparams\n  a = b\n  b = a\n\nstory");
    refused_by_all(&folder.file("params.dtn", params), "error");
}

#[test]
fn tables() {
    let folder = Folder::new("tables");
    folder.file("facts.csv", "name,value\nfirst,1\n");
    let with = |name: &str, row: &str| {
        let read = format!("\ntable facts from \"{name}\" by name\n\nstory");
        let scenario = GOOD.replace("\nstory", &read);
        scenario.replace("market: 2", &format!("market: facts[{row}].value"))
    };
    let good = folder.file("good.dtn", with("facts.csv", "first"));
    let output = run(&["check", good.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    refused_by_all(&folder.file("row.dtn", with("facts.csv", "second")), "second");
    refused_by_all(&folder.file("file.dtn", with("none.csv", "first")), "none.csv");
    folder.file("ragged.csv", "name,value\nfirst\n\"second\n");
    refused_by_all(&folder.file("ragged.dtn", with("ragged.csv", "first")), "error");
    folder.file("binary.csv", [0xff_u8, 0xfe, 0x00]);
    refused_by_all(&folder.file("binary.dtn", with("binary.csv", "first")), "UTF-8");
}

#[test]
fn files_that_are_not_there() {
    let folder = Folder::new("absent");
    let absent = folder.0.join("absent.dtn");
    refused_by_all(&absent, "there is no file");
    refused_by_all(&folder.0, "folder");
    refused(&["import", absent.to_str().expect("a plain path")], 2, "error");
    refused(&["verify", absent.to_str().expect("a plain path")], 2, "there is no file");
}

#[test]
fn nowhere_to_write() {
    let folder = Folder::new("write");
    let good = folder.file("good.dtn", GOOD);
    let good = good.to_str().expect("a plain path");
    let mut nowhere = vec![folder.0.join("no/such/folder/out")];
    // A file is no folder, whoever asks; permissions do not stop the superuser.
    nowhere.push(Path::new(good).join("out"));
    nowhere.push(std::path::PathBuf::from("-"));
    let closed = closed_folder(&folder);
    nowhere.extend(closed.iter().map(|folder| folder.join("out")));
    for out in &nowhere {
        let out = out.to_str().expect("a plain path");
        refused(&["export", "--efg", good, "--out", out], 2, "cannot be written");
        refused(&["solve", good, "--save", out], 2, "cannot be written");
        refused(&["new", "--from", "signalling", out], 2, "cannot be written");
    }
    if let Some(closed) = closed {
        set_read_only(&closed, false);
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_not_replaced() {
    let folder = Folder::new("links");
    let file = folder.file("good.dtn", GOOD);
    let target = folder.file("target.efg", "before");
    let link = folder.0.join("link.efg");
    std::os::unix::fs::symlink(&target, &link).expect("a link");
    let [file, name] = [&file, &link].map(|path| path.to_str().expect("a plain path"));
    assert_eq!(run(&["export", "--efg", file, "-o", name]).status.code(), Some(0));
    assert!(std::fs::symlink_metadata(&link).expect("still there").is_symlink());
    assert!(std::fs::read_to_string(&target).expect("written").starts_with("EFG 2 R"));
}

/// A folder that may only be read, unless we may write everywhere.
fn closed_folder(folder: &Folder) -> Option<PathBuf> {
    let closed = folder.0.join("closed");
    std::fs::create_dir(&closed).expect("a folder for the test");
    set_read_only(&closed, true);
    let may_write = std::fs::write(closed.join("probe"), "").is_ok();
    if may_write {
        set_read_only(&closed, false);
        return None;
    }
    Some(closed)
}

fn set_read_only(path: &Path, closed: bool) {
    let mut permissions = std::fs::metadata(path).expect("a folder").permissions();
    #[allow(clippy::permissions_set_readonly_false)] // Removed right afterwards.
    permissions.set_readonly(closed);
    std::fs::set_permissions(path, permissions).expect("one's own folder");
}

#[test]
fn readers_that_go_away() {
    let folder = Folder::new("pipe");
    // Long enough for any pipe's buffer: two players, each 300 options.
    let options: Vec<String> = (0..300).map(|number| format!("v{number}")).collect();
    let menu = options.join(" | ");
    let long = GOOD.replace("enter | stay_out", &format!("enter | {menu}"));
    let long = long.replace("fight | share", &format!("fight | share | {menu}"));
    let long = long.replace("when entry is stay_out", "when entry is v0");
    let long = long.replace("\n  if entry is enter\n    Inc", "\n  Inc");
    let file = folder.file("long.dtn", long);
    let name = file.to_str().expect("a plain path");
    for arguments in [vec!["export", "--efg", name], vec!["export", "--json", name]] {
        let mut child = detente()
            .args(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let mut first = [0_u8; 10];
        let mut out = child.stdout.take().expect("a pipe");
        out.read_exact(&mut first).expect("at least a few bytes");
        drop(out);
        let output = child.wait_with_output().expect("the command ends");
        let complaint = text(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {complaint}");
        assert!(!complaint.contains("panicked"), "{complaint}");
    }
}

#[test]
fn wrong_words_on_the_command_line() {
    let folder = Folder::new("words");
    let good = folder.file("good.dtn", GOOD);
    let good = good.to_str().expect("a plain path");
    refused(&[], 2, "Usage");
    refused(&["slove", good], 2, "slove");
    refused(&["check", good, "--set", "nothing"], 2, "does not set anything");
    refused(&["check", good, "--set", "no_such=1"], 2, "no_such");
    refused(&["check", good, "--max-nodes", "3"], 2, "error");
    refused(&["solve", good, "--concept", "magic"], 2, "magic");
    refused(&["new", "--from", "nothing"], 2, "there is no model");
    assert_eq!(run(&["--help"]).status.code(), Some(0));
    assert_eq!(run(&["--version"]).status.code(), Some(0));
}

#[test]
fn expectations_that_are_not_met_are_no_errors() {
    let folder = Folder::new("expect");
    let met = folder.file("met.dtn", format!("{GOOD}\nexpect pbe exists: entry always enter\n"));
    let unmet = folder.file("unmet.dtn", format!("{GOOD}\nexpect pbe none: entry always enter\n"));
    let test = |path: &Path| run(&["test", path.to_str().expect("a plain path")]);
    assert_eq!(test(&met).status.code(), Some(0));
    assert_eq!(test(&unmet).status.code(), Some(1));
    assert_eq!(test(&folder.0).status.code(), Some(1));
    let broken = folder.file("broken.dtn", "game\n");
    assert_eq!(test(&broken).status.code(), Some(2));
}

#[test]
fn saved_results_that_were_tampered_with() {
    let folder = Folder::new("saved");
    let good = folder.file("good.dtn", GOOD);
    let saved = folder.0.join("saved.json");
    let (good, name) = (good.to_str().expect("plain"), saved.to_str().expect("plain"));
    assert_eq!(run(&["solve", good, "--save", name]).status.code(), Some(0));
    assert_eq!(run(&["verify", name]).status.code(), Some(0));
    let content = std::fs::read_to_string(&saved).expect("the saved result");
    folder.file("saved.json", &content[..content.len() / 2]);
    refused(&["verify", name], 2, "error");
    folder.file("saved.json", "{}");
    refused(&["verify", name], 2, "error");
    folder.file("saved.json", [0xff_u8; 100]);
    refused(&["verify", name], 2, "error");
}

#[cfg(unix)]
#[test]
fn what_never_ends_is_not_read() {
    let folder = Folder::new("endless");
    let table = folder.file("table.dtn", format!("table t from \"/dev/zero\" by k\n{GOOD}"));
    refused(&["check", table.to_str().expect("a plain path")], 2, "not a plain file");
    let include = folder.file("include.dtn", format!("include \"/dev/zero\"\n{GOOD}"));
    refused(&["check", include.to_str().expect("a plain path")], 2, "not a plain file");
}

#[test]
fn messages_for_programs_carry_their_end_and_help() {
    let folder = Folder::new("messages");
    let file = folder.file("wrong.dtn", GOOD.replace("reply is share", "reply is shar"));
    let output = run(&["check", "--json", file.to_str().expect("a plain path")]);
    assert_eq!(output.status.code(), Some(2));
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let message = &answer["messages"][0];
    assert_eq!(message["code"], "E011");
    assert_eq!(message["until"], "13:33");
    assert!(message["helps"][0].as_str().expect("a help").contains("'share'"));
}
