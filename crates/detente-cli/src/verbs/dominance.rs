//! `dominance`: which strategies are never worth playing, and which are left?

use crate::arguments::{Dominance, Strategic};
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::dominance::{Limits, NoAnswer, Sense, eliminate};
use detente::report::formats::{json, text};
use std::sync::atomic::Ordering;

/// Removes dominated strategies and prints what was removed and what is left.
pub fn run(dominance: &Dominance) -> Result<Exit, Failure> {
    let subject = scenario::subject(&dominance.input)?;
    let instance = scenario::instance(&subject.game)?;
    let sense = if dominance.weak { Sense::Weak } else { Sense::Strict };
    let stop = progress::stop_flag();
    let line = progress::Progress::new("strategies", 0, dominance.input.quiet);
    let found = eliminate(&instance, sense, &limits(&dominance.strategic), &mut |at| {
        line.at(at.done, &format!("of {}, round {}", at.of, at.round));
        !stop.load(Ordering::Relaxed)
    });
    drop(line);
    let found = found.map_err(failure)?;
    if dominance.form.json {
        output::print(&super::show::pretty(&json::dominance(&instance, &found))?)?;
    } else {
        let look = page::look(&dominance.form);
        output::print(&text::dominance::screen(&instance, &found, &look))?;
    }
    Ok(Exit::Fine)
}

/// The limits asked for.
pub fn limits(asked: &Strategic) -> Limits {
    let mut limits = Limits::default();
    limits.form.payoffs = asked.max_payoffs;
    limits.form.strategies = limits.form.strategies.max(asked.max_payoffs / 10);
    limits.program = asked.max_program.unwrap_or(limits.program);
    limits
}

/// Why there is no answer, and what would help.
pub fn failure(none: NoAnswer) -> Failure {
    match none {
        NoAnswer::TooLarge(message) => Failure::told(message)
            .help("a smaller scenario, or other limits: --max-payoffs, --max-program"),
        NoAnswer::Unproved => Failure::told(
            "a certificate did not pass its check, so nothing is shown; this is a defect of \
             détente",
        ),
    }
}
