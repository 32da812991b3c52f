//! Any text: loaded and compiled with few nodes. `cargo +nightly fuzz run compile`; what it finds is
//! kept in `crates/detente-lang/tests/regressions/`.

#![no_main]

use detente_lang::{Loaded, Options, compile};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let loaded = Loaded::new("fuzz.dtn", text, &mut |_| Err("there is no such file".to_owned()));
    let options = Options { max_nodes: 2_000, ..Options::default() };
    let compiled = compile(&loaded, &options, &mut |_| true);
    let failed = compiled.diagnostics.iter().any(|diagnostic| diagnostic.is_error());
    assert_eq!(compiled.game.is_none(), failed);
});
