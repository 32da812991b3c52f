//! What the documents show is what the command prints: every console block is run, word for word,
//! and every scenario in the text is one.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The documents whose blocks are run, with the number of commands and of scenarios each has at
/// least.
const DOCUMENTS: &[(&str, usize, usize)] = &[
    ("README.md", 2, 1),
    ("docs/language.md", 4, 9),
    ("docs/ensembles.md", 3, 0),
    ("catalog/new_start/README.md", 9, 0),
];

/// How a console line calls the program.
const CALLS: &[&str] = &["$ detente ", "$ cargo run --release -- "];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn detente(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_detente"))
        .args(arguments)
        .current_dir(root())
        .env("COLUMNS", "100")
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut stdin = child.stdin.take().expect("it was asked for");
    // A command that reads no input may have ended already.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("the command ends")
}

/// The blocks of a document in one language, each with the line on which it starts.
fn blocks(text: &str, language: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let Some(tag) = line.strip_prefix("```").filter(|tag| !tag.is_empty()) else { continue };
        let mut block = String::new();
        for (_, line) in lines.by_ref().take_while(|(_, line)| *line != "```") {
            block.push_str(line);
            block.push('\n');
        }
        if tag == language {
            found.push((number + 1, block));
        }
    }
    found
}

/// The commands of a console block with what is printed below each.
fn commands(block: &str) -> Vec<(&str, String)> {
    let mut found: Vec<(&str, String)> = Vec::new();
    for line in block.lines() {
        let call = CALLS.iter().find_map(|call| line.strip_prefix(call));
        match (call, found.last_mut()) {
            (Some(arguments), _) => found.push((arguments, String::new())),
            (None, Some((_, printed))) => {
                printed.push_str(line);
                printed.push('\n');
            }
            (None, None) => panic!("a console block must start with a command: {line}"),
        }
    }
    found
}

/// Whether the text is what was printed, where a line `…` leaves out whatever stands there.
fn shows(text: &str, printed: &str) -> bool {
    let text: Vec<&str> = text.trim_end().lines().collect();
    let printed: Vec<&str> = printed.trim_end().lines().collect();
    let mut rest = &printed[..];
    for (position, part) in text.split(|line| *line == "…").enumerate() {
        let last = if position == 0 { 0 } else { rest.len() };
        let Some(at) = (0..=last).find(|at| rest[*at..].starts_with(part)) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.is_empty() || text.last() == Some(&"…")
}

#[test]
fn commands_print_what_the_documents_show() {
    for (document, least, _) in DOCUMENTS {
        let text = read(document);
        let mut count = 0;
        for (line, block) in blocks(&text, "console") {
            for (call, shown) in commands(&block) {
                let arguments: Vec<&str> = call.split(' ').collect();
                let output = detente(&arguments, "");
                let printed = [output.stdout, output.stderr].concat();
                let printed = String::from_utf8(printed).expect("output is UTF-8");
                assert!(
                    shows(&shown, &printed),
                    "{document}:{line}: detente {call} prints\n{printed}"
                );
                count += 1;
            }
        }
        assert!(count >= *least, "{document} shows {count} commands");
    }
}

/// A scenario of its own starts with `game`; a block that does not is added to the one before it.
#[test]
fn scenarios_in_the_documents_hold() {
    for (document, _, least) in DOCUMENTS {
        let text = read(document);
        let mut scenario = String::new();
        let mut count = 0;
        for (line, block) in blocks(&text, "dtn") {
            if block.starts_with("game ") {
                scenario.clear();
            }
            scenario.push_str(&block);
            scenario.push('\n');
            let output = detente(&["test", "-"], &scenario);
            let said =
                String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
            assert_eq!(output.status.code(), Some(0), "{document}:{line}: {said}");
            count += 1;
        }
        assert!(count >= *least, "{document} has {count} scenarios");
    }
}

#[test]
fn the_front_page_shows_a_file_and_its_drawing() {
    let page = read("README.md");
    let (_, scenario) = blocks(&page, "dtn").into_iter().next().expect("a scenario");
    assert_eq!(scenario, read("docs/examples/offer.dtn"));
    let output = detente(&["export", "--svg", "-e", "A", "docs/examples/offer.dtn"], "");
    let drawing = String::from_utf8(output.stdout).expect("a drawing is UTF-8");
    assert_eq!(drawing, read("docs/pictures/offer.svg"));
    assert!(page.contains("](docs/pictures/offer.svg)"));
    let file = std::env::temp_dir().join(format!("detente-map-{}.svg", std::process::id()));
    let name = file.to_str().expect("a name of letters");
    let treaty = "catalog/new_start/treaty_gesture.dtn";
    let map = ["map", treaty, "p_firm", "detect", "--svg", name];
    assert!(page.contains(&map[..4].join(" ")));
    assert!(detente(&map, "").status.success());
    let drawing = std::fs::read_to_string(&file).expect("a drawing");
    let _ = std::fs::remove_file(&file);
    assert_eq!(drawing, read("docs/pictures/map.svg"));
    assert!(page.contains("](docs/pictures/map.svg)"));
}

#[test]
fn blocks_and_gaps_are_read_as_meant() {
    let text =
        "a\n```dtn\ngame\n```\n```\nno\n```\n```console\n$ detente solve x\none\n…\nthree\n```\n";
    assert_eq!(blocks(text, "dtn"), [(2, "game\n".to_owned())]);
    let console = blocks(text, "console");
    assert_eq!(commands(&console[0].1), [("solve x", "one\n…\nthree\n".to_owned())]);
    assert!(shows("one\n…\nthree\n", "one\ntwo\nthree\n"));
    assert!(shows("one\n…\n", "one\ntwo\n"));
    assert!(!shows("one\nthree\n", "one\ntwo\nthree\n"));
    assert!(!shows("one\n", "one\ntwo\n"));
    assert!(!shows("two\n", "one\ntwo\n"));
}
