//! The command `detente`. Only doors read files, write, print and show progress.

mod arguments;
mod exit;
mod files;
mod output;
mod page;
mod progress;
mod saved;
mod scenario;
mod verbs;

use clap::Parser;

fn main() -> std::process::ExitCode {
    let arguments = match arguments::Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return arguments::explain(&error),
    };
    match verbs::run(&arguments) {
        Ok(exit) => exit.code(),
        Err(failure) => failure.report(),
    }
}
