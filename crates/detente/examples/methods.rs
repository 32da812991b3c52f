//! Prints `docs/methods.md`.

fn main() {
    print!(
        "{}",
        detente::report::formats::methods::page(
            detente::solve::methods(),
            detente::verify::cards()
        )
    );
}
