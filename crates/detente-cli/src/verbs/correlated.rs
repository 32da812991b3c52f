//! `correlated`: what do all correlated equilibria agree on?

use crate::arguments::Correlated;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::correlated::{Kind, Limits, bounds};
use detente::report::formats::{json, text};
use std::sync::atomic::Ordering;

/// Bounds every outcome and every payoff, and prints the table.
pub fn run(correlated: &Correlated) -> Result<Exit, Failure> {
    let subject = scenario::subject(&correlated.input)?;
    let instance = scenario::instance(&subject.game)?;
    let kind = if correlated.coarse { Kind::Coarse } else { Kind::Correlated };
    let defaults = Limits::default();
    let limits = Limits {
        dominance: super::dominance::limits(&correlated.strategic),
        program: correlated.strategic.max_program.unwrap_or(defaults.program),
        ..defaults
    };
    let stop = progress::stop_flag();
    let line = progress::Progress::new("bounds", 0, correlated.input.quiet);
    let found = bounds(&instance, kind, &limits, &mut |done, of| {
        line.at(done, &format!("of {of}"));
        !stop.load(Ordering::Relaxed)
    });
    drop(line);
    let found = found.map_err(super::dominance::failure)?;
    if correlated.form.json {
        output::print(&super::show::pretty(&json::correlated(&instance, &found))?)?;
    } else {
        let look = page::look(&correlated.form);
        output::print(&text::correlated::screen(&instance, &found, &look))?;
    }
    Ok(Exit::Fine)
}
