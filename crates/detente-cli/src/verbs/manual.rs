//! Shell completions and the manual page, made from the same list as the help.

use crate::arguments::Arguments;
use crate::exit::{Exit, Failure};
use crate::output;
use clap::CommandFactory;

/// Prints completions for a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<Exit, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "detente", &mut text);
    output::print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Fine)
}

/// Prints the manual page of the command and of each verb.
pub fn man() -> Result<Exit, Failure> {
    let command = Arguments::command();
    let mut text = Vec::new();
    clap_mangen::Man::new(command.clone()).render(&mut text)?;
    for verb in command.get_subcommands().filter(|verb| verb.get_name() != "help") {
        // The page is called detente-check, what is typed is `detente check`.
        let name = verb.get_name();
        let named = verb
            .clone()
            .display_name(format!("detente-{name}"))
            .bin_name(format!("detente {name}"));
        let page = clap_mangen::Man::new(named);
        page.source(concat!("detente ", env!("CARGO_PKG_VERSION"))).render(&mut text)?;
    }
    output::print(&String::from_utf8_lossy(&text))?;
    Ok(Exit::Fine)
}
