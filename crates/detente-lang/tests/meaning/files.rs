//! Scenarios of several files: includes, tables, and their trees.

use super::{compiled_with, complaints_with, load};
use detente_lang::syntax::ast::Section;
use detente_lang::{Code, Loaded, parse};

#[test]
fn a_file_that_includes_itself_by_another_name() {
    for include in ["main.dtn", "./main.dtn", "sub/../main.dtn", "/abs/main.dtn"] {
        let text = format!("include \"{include}\"\nplayers\n  Ann\n");
        let found = complaints_with(&text, &[("main.dtn", &text), ("/abs/main.dtn", &text)]);
        let codes: Vec<Code> = found.iter().map(|d| d.code).collect();
        assert_eq!(codes.first(), Some(&Code::E017), "{include}: {found:#?}");
        assert!(!codes.contains(&Code::E019), "{include}: {found:#?}");
    }
    let text = "include \"b.dtn\"\nplayers\n  Ann\n";
    let mut reader = |path: &str| match path {
        "b.dtn" => Ok("include \"a.dtn\"\n".to_owned()),
        _ => Err("there is no such file".to_owned()),
    };
    let loaded = Loaded::new("/home/somebody/a.dtn", text, &mut reader);
    let found = &loaded.diagnostics;
    assert!(found[0].message.contains("includes itself"), "{found:#?}");
    assert_eq!(found[0].notes, ["the circle is a.dtn → b.dtn → a.dtn"]);
}

#[test]
fn names_are_relative_to_the_file_they_stand_in() {
    let text = "include \"sub/c.dtn\"\ninclude \"./sub/e.dtn\"\nexpect that cc = 6\n";
    let files = [
        (
            "sub/c.dtn",
            "include \"e.dtn\"\ninclude \"../d.dtn\"\ntable t from \"x.csv\" by k\ndefine cc = dd + t[a].v\n",
        ),
        ("sub/e.dtn", "define dd = ee\n"),
        ("d.dtn", "define ee = 1\n"),
        ("sub/x.csv", "k,v\na,5\n"),
    ];
    let compiled = compiled_with(text, &files);
    assert_eq!(compiled.diagnostics, vec![]);
    let loaded = load(text, &files);
    let names: Vec<&str> = loaded.files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["main.dtn", "sub/c.dtn", "sub/e.dtn", "d.dtn"]);
}

#[test]
fn the_json_form_keeps_the_include_and_the_included() {
    let text = "# first\ninclude \"a.dtn\"  # why\n\nplayers\n  Ann\n";
    let included = "# of a\ndefine a = 1  # one\n# end of a\n";
    let loaded = load(text, &[("a.dtn", included)]);
    let json = loaded.to_json().expect("trees have a JSON form");
    let tree = detente_lang::syntax::json::from_json(&json).expect("it is read back");
    assert_eq!(tree, parse(text).scenario);
    assert!(matches!(tree.sections[0].item, Section::Include(_)));
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["files"][0]["name"], "a.dtn");
    assert_eq!(json["files"][0]["closing"][0]["text"], "# end of a");
    let sections = loaded.sections().count();
    assert_eq!(sections, 2, "what is included stands in the place of the include");
}

#[test]
fn tables_that_cannot_be_trusted() {
    let text = "table t from \"t.csv\" by k\ndefine a = t[x].v\nexpect that a = 1\n";
    for (table, message) in [
        ("k,v,v\nx,1,2\n", "two columns 'v'"),
        ("k,v\n\"x,1\ny,2\n", "quotation mark in line 2 is never closed"),
        ("k,v\nx,1\nx,2\n", "stands in two rows"),
    ] {
        let found = complaints_with(text, &[("t.csv", table)]);
        assert_eq!(found[0].code, Code::E048, "{found:#?}");
        assert!(found[0].message.contains(message), "{found:#?}");
        assert_eq!(found.len(), 1, "a table that cannot be read is not also unknown: {found:#?}");
    }
    let table = "k,\"v\",\"a \"\"b\"\"\"\n\"x\",1,5\" of rain\n";
    assert_eq!(complaints_with(text, &[("t.csv", table)]), vec![]);
}

/// Parameters drawn as rows of a table: the weights, and what cannot be drawn.
#[test]
fn rows_that_cannot_be_drawn() {
    let text = |weighted: &str, drawn: &str| {
        format!(
            "table t from \"t.csv\" by k{weighted}\nparams\n  a = 1/2 in 0..1 ~ {drawn}\nexpect that a = 1/2\n"
        )
    };
    let table = "k,v,w,none,less\nx,0.1,2,0,3\ny,1,1/2,0,-1\nz,3/4,0,0,\n";
    assert_eq!(complaints_with(&text("", "t.v"), &[("t.csv", table)]), vec![]);
    assert_eq!(complaints_with(&text(" weighted by w", "t.v"), &[("t.csv", table)]), vec![]);
    for (weighted, drawn, code, message) in [
        ("", "u.v", Code::E010, "no table called 'u'"),
        ("", "t.u", Code::E048, "has no column 'u'"),
        ("", "t.k", Code::E048, "'x' in row 'x', column 'k' is not a number"),
        ("", "t.w", Code::E046, "2 in row 'x' lies outside the range 0..1"),
        (" weighted by u", "t.v", Code::E048, "has no column 'u'"),
        (" weighted by none", "t.v", Code::E048, "no row has a weight"),
        (" weighted by less", "t.v", Code::E048, "is not a number"),
        (" weighted by k", "t.v", Code::E048, "is not a number"),
    ] {
        let found = complaints_with(&text(weighted, drawn), &[("t.csv", table)]);
        assert_eq!(found.len(), 1, "{weighted} {drawn}: {found:#?}");
        assert_eq!(found[0].code, code, "{found:#?}");
        assert!(found[0].message.contains(message), "{found:#?}");
    }
    let negative = "k,v,w\nx,1,-1\n";
    let found = complaints_with(&text(" weighted by w", "t.v"), &[("t.csv", negative)]);
    assert!(found[0].message.contains("row 'x' has the weight -1"), "{found:#?}");
    let found = complaints_with(&text("", "t.v"), &[("t.csv", "k,v\n")]);
    assert!(found[0].message.contains("has no row to draw"), "{found:#?}");
}
