//! Prints `docs/methods.md`.
#![allow(clippy::disallowed_macros, reason = "an example has a terminal")]

fn main() {
    print!(
        "{}",
        detente::report::formats::methods::page(
            detente::solve::methods(),
            detente::verify::cards()
        )
    );
}
