//! The manual's table of methods is what the cards say.

#[test]
fn the_manual_has_every_card() {
    let page = detente::report::formats::methods::page(
        detente::solve::methods(),
        detente::verify::cards(),
    );
    let written = include_str!("../../../docs/methods.md");
    assert!(
        page == written,
        "docs/methods.md is out of date; write it again with: cargo run -q -p detente --example \
         methods > docs/methods.md"
    );
}
