//! The examples of the language: each compiles, without complaint, to a tree of the stated size.
#![allow(clippy::disallowed_methods)]

use detente_lang::{Loaded, Options, compile};

fn compiled(name: &str, set: &[(&str, &str)]) -> detente_game::Game {
    let path = format!("{}/tests/fixtures/{name}.dtn", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("the fixture is there");
    let loaded = Loaded::new(name, &text, &mut |path| Err(format!("{path} is not there")));
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = Options { set, ..Options::default() };
    let compiled = compile(&loaded, &options, &mut |_| true);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|d| d.is_error()).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
    compiled.game.expect("no error, so a game")
}

#[test]
fn sizes() {
    for (name, nodes, ends, situations) in [
        ("beer_quiche", 15, 8, 4),
        ("reassurance", 127, 64, 20),
        ("gesture", 167, 84, 16),
        ("kuhn", 58, 30, 12),
        ("inspection", 25, 13, 9),
    ] {
        let game = compiled(name, &[]);
        let form = &game.form;
        let sizes = (form.node_count(), form.end_count(), form.info_sets().len());
        assert_eq!(sizes, (nodes, ends, situations), "{name}");
        assert!(form.has_perfect_recall(), "{name}");
        game.base().expect("the base point is fine");
    }
    assert_eq!(compiled("gesture", &[]).form.member_count(), 60);
}

#[test]
fn settings_change_the_tree_and_parameters_do_not() {
    let small = compiled("inspection", &[("periods", "2")]);
    assert!(small.form.node_count() < 25);
    let moved = compiled("gesture", &[("detect", "1/2")]);
    assert_eq!(moved.form.node_count(), 167);
    let detect = moved.param("detect").expect("a parameter");
    assert_eq!(moved.params[detect.index()].base, detente_game::Rational::new(1, 2));
}
