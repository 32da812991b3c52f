//! What authors get to read: one mistake each, with its code, its place, its sentence and its hint.

use detente_lang::diagnostics::{SourceFile, locate, render, render_all};
use detente_lang::{Code, parse};

/// A mistake, and the complaint about it: code, text at the place, sentence, first hint.
type Case = (&'static str, Code, &'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    (
        "define a = 1 == 2\n",
        Code::E001,
        "==",
        "'==' is not a sign of the language",
        "one '=' compares",
    ),
    (
        "define a = b − 1\n",
        Code::E001,
        "−",
        "'−' is not a sign of the language",
        "write the plain '-'",
    ),
    ("define a = b ≤ 1\n", Code::E001, "≤", "'≤' is not a sign of the language", "write '<='"),
    ("define a = b && c\n", Code::E001, "&&", "'&&' is not a sign of the language", "write 'and'"),
    (
        "game “Kuhn poker”\n",
        Code::E001,
        "“",
        "texts stand between straight quotation marks",
        "write \"…\"",
    ),
    (
        "define a = $\n",
        Code::E001,
        "$",
        "'$' is not a sign of the language",
        "texts stand between quotation marks, comments after '#'",
    ),
    (
        "players\n\tAnn\n",
        Code::E002,
        "\t",
        "this line is indented with a tab",
        "indent with spaces, two for each step; most editors can convert the whole file",
    ),
    (
        "players\n    Ann\n   Bob\n",
        Code::E002,
        "Bob",
        "this line is indented by 3 spaces, its neighbours by 4",
        "indent it by 4 spaces",
    ),
    (
        "  players\n    Ann\n",
        Code::E002,
        "players",
        "the first line is indented by 2 spaces; sections start at the margin",
        "remove the spaces in front of it",
    ),
    (
        "define a 1\n",
        Code::E003,
        "1",
        "'=' should stand here, but there is '1'",
        "for instance    define share(t) = if t = 1 then first else 1 - first",
    ),
    (
        "stakes of Ann\n  a: 1 when b is\n",
        Code::E003,
        "",
        "a value should stand here, but the line ends",
        "for instance    reply is accept",
    ),
    (
        "story\n  Partner chooses reply: accept, reject\n",
        Code::E004,
        ",",
        "options are separated by '|', not ','",
        "Partner chooses reply: accept | ...",
    ),
    (
        "game \"Kuhn\n",
        Code::E005,
        "\"Kuhn",
        "the quotation mark that opens this text is not closed on the line",
        "end the text with '\"'; a text cannot go on to the next line",
    ),
    (
        "game \"a\\b\"\n",
        Code::E005,
        "\\b",
        "a stray '\\' in a text",
        "write \\\\ for a backslash and \\\" for a quotation mark",
    ),
    ("params\n  a = .5\n", Code::E006, ".5", "a number starts with a digit", "write 0.5"),
    (
        "params\n  a = 1_000\n",
        Code::E006,
        "1_000",
        "a number runs into a word; names cannot start with a digit",
        "write the digits without '_'",
    ),
    (
        "params\n  a = 1e999999\n",
        Code::E006,
        "1e999999",
        "this number is too long or its exponent too large",
        "at most 400 characters, and exponents from -400 to 400",
    ),
    ("params\n  a = 1.\n", Code::E006, "1.", "a digit is missing after the '.'", "write 1 or 1.0"),
    (
        "stakes of Ann\n  a: 1 wen b is c\n",
        Code::E007,
        "wen",
        "the line should end here, but there is 'wen'",
        "did you mean 'when'?",
    ),
    (
        "define a = 1,\ndefine b = 2\n",
        Code::E007,
        ",",
        "the line should end here, but there is ','",
        "remove ',', or what follows it",
    ),
    (
        "story\n  signl a seen by all\n",
        Code::E008,
        "signl",
        "a story line cannot start with 'signl'",
        "did you mean 'signal'?",
    ),
    (
        "stakes of Ann\n  a: 1 when ((b is c)\n",
        Code::E003,
        "(",
        "this '(' is never closed",
        "add ')'",
    ),
    (
        "players\n",
        Code::E013,
        "players",
        "indented lines with the players should follow",
        "for instance    Sender  \"Newcomer\"",
    ),
    (
        "scale card: J < Q\n    K\n",
        Code::E014,
        "K",
        "nothing can be indented below a line that starts with 'scale'",
        "indent it like the line above it, by 0 spaces",
    ),
    (
        "define rest = 1\n",
        Code::E015,
        "rest",
        "the name to be defined should stand here, but 'rest' is a word of the language",
        "use another name, such as 'rest_1'",
    ),
    (
        "observed \"x\"\n  2025-02-30 a is b\n",
        Code::E016,
        "2025-02-30",
        "there is no such date as 2025-02-30",
        "dates are written year-month-day, 2025-09-22",
    ),
];

#[test]
fn every_mistake_gets_its_one_complaint() {
    for (source, code, place, message, help) in CASES {
        let parsed = parse(source);
        assert_eq!(parsed.diagnostics.len(), 1, "{source}\n{:?}", parsed.diagnostics);
        let complaint = &parsed.diagnostics[0];
        let found = (
            complaint.code,
            complaint.span.map(|span| span.text(source)),
            complaint.message.as_str(),
            complaint.helps.first().map(String::as_str),
        );
        assert_eq!(found, (*code, Some(*place), *message, Some(*help)), "{source}");
    }
}

#[test]
fn mistakes_in_several_lines_are_all_reported() {
    let source = include_str!("fixtures/gesture.dtn")
        .replace("sources\n  desk ", "sources\n  desk of ")
        .replace("firm  p_firm", "firm  p_firm p_firm")
        .replace("accept | reject", "accept, reject")
        .replace("signal satellites", "signl satellites")
        .replace("open_race:", "open_race")
        .replace("\"open race\"  ", "open_race    ")
        .replace("expect pbe exists", "expect pbe exist");
    let codes: Vec<Code> = parse(&source).diagnostics.iter().map(|d| d.code).collect();
    let expected =
        [Code::E003, Code::E007, Code::E004, Code::E008, Code::E003, Code::E003, Code::E003];
    assert_eq!(codes, expected);
}

#[test]
fn complaints_look_as_on_the_page() {
    let text = "story\n  Partner chooses reply: accept, reject\n  signl x\n";
    let files = [SourceFile { name: "treaty.dtn", text }];
    let expected = "\
error[E004]: options are separated by '|', not ','
 --> treaty.dtn:2:32
2 |   Partner chooses reply: accept, reject
  |                                ^
  = help: Partner chooses reply: accept | ...

error[E008]: a story line cannot start with 'signl'
 --> treaty.dtn:3:3
3 |   signl x
  |   ^^^^^
  = help: did you mean 'signal'?

2 errors
";
    let complaints = parse(text).diagnostics;
    assert_eq!(render_all(&complaints, &files, false), expected);
    let coloured = render(&complaints[0], &files, true);
    let mut plain = coloured.clone();
    for escape in ["\u{1b}[1;31m", "\u{1b}[1;34m", "\u{1b}[1m", "\u{1b}[0m"] {
        assert!(coloured.contains(escape));
        plain = plain.replace(escape, "");
    }
    assert_eq!(plain, render(&complaints[0], &files, false));
}

#[test]
fn programs_get_lines_and_columns() {
    let text = "story\n  é chooses reply: accept, reject\n";
    let complaints = parse(text).diagnostics;
    let files = [SourceFile { name: "treaty.dtn", text }];
    let json =
        serde_json::to_value(locate(&complaints, &files)).expect("complaints have a JSON form");
    assert_eq!(json[0]["code"], "E004");
    assert_eq!(json[0]["file"], "treaty.dtn");
    assert_eq!(json[0]["from"], serde_json::json!({ "line": 2, "column": 26 }));
    assert_eq!(json[0]["to"], serde_json::json!({ "line": 2, "column": 27 }));
    let back: Vec<detente_lang::Diagnostic> =
        serde_json::from_value(serde_json::to_value(&complaints).expect("JSON"))
            .expect("complaints are read back");
    assert_eq!(back, complaints);
}

#[test]
fn codes_are_unique_and_described() {
    for pair in Code::ALL.windows(2) {
        assert!(pair[0].as_str() < pair[1].as_str(), "{} {}", pair[0], pair[1]);
    }
    for code in Code::ALL {
        assert!(!code.summary().is_empty() && !code.summary().ends_with('.'), "{code}");
        assert_eq!(Code::from_name(code.as_str()), Some(*code));
    }
    for (_, code, ..) in CASES {
        assert!(Code::ALL.contains(code));
    }
}
