//! Any bytes: parser, renderer, formatter. `cargo +nightly fuzz run parse`; what it finds is kept in
//! `crates/detente-lang/tests/regressions/`.

#![no_main]

use detente_lang::diagnostics::{SourceFile, render_all};
use detente_lang::syntax::ast::FileId;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let parsed = detente_lang::parse_bytes(bytes, FileId::MAIN);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let files = [SourceFile { name: "fuzz.dtn", text }];
    render_all(&parsed.diagnostics, &files, true);
    if let Ok(once) = detente_lang::format::format(text) {
        assert_eq!(detente_lang::format::format(&once).as_ref(), Ok(&once));
    }
});
