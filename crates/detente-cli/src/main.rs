//! The command `detente`. Only doors read files, write, print and show progress.

mod arguments;
mod browser;
mod exit;
mod files;
mod members;
mod output;
mod page;
mod progress;
mod saved;
mod scenario;
mod verbs;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return arguments::explain(error),
    };
    let code = match verbs::run(&arguments) {
        Ok(exit) => exit.code(),
        Err(failure) => failure.report(arguments.verb.wants_json()),
    };
    if progress::stopped() {
        output::complain("stopped: what was printed is partial");
        return ExitCode::from(130);
    }
    code
}
