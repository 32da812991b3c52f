//! `verify`: is a saved result still true? Checked from its certificates alone.

use crate::arguments::{Input, Verify};
use crate::exit::{Exit, Failure};
use crate::saved::SavedResult;
use crate::{files, output, scenario};
use detente::report::formats::json;
use detente::verify::{Verdict, recheck, recheck_enclosure};
use std::path::PathBuf;

/// Re-checks every equilibrium of a saved result without searching.
pub fn run(verify: &Verify) -> Result<Exit, Failure> {
    let bytes = files::read_bytes(&verify.result)?;
    let saved: SavedResult = serde_json::from_slice(&bytes).map_err(|error| {
        Failure::told(format!("'{}' is no saved result: {error}", verify.result.display()))
            .help("make one:  detente solve FILE --save result.json")
    })?;
    saved.check_version()?;
    let path = verify.scenario.clone().unwrap_or_else(|| PathBuf::from(&saved.scenario));
    let input = Input {
        file: path.clone(),
        set: saved.set.clone(),
        max_nodes: saved.max_nodes,
        quiet: true,
    };
    let subject = scenario::subject(&input)?;
    let instance = scenario::instance(&subject.game)?;
    let mut lines = Vec::new();
    if saved.text_hash != crate::saved::hash_of(subject.opened.as_ref()) {
        lines.push(format!(
            "note: the text of {} has changed since the result was saved",
            path.display()
        ));
    }
    let mut refused = 0;
    let mut verdicts = Vec::new();
    for (place, equilibrium) in saved.equilibria.iter().enumerate() {
        let number = place + 1;
        let concept = equilibrium.concept.name();
        let verdict = recheck(&instance, equilibrium);
        verdicts.push(json::verify(&subject.game.form, &equilibrium.concept, &verdict));
        lines.push(match verdict {
            Verdict::Holds(_) => format!("{number}: holds ({concept})"),
            Verdict::Fails(failure) => {
                refused += 1;
                format!("{number}: FAILS ({concept}): {}", failure.reason)
            }
            Verdict::Undecided(why) => {
                refused += 1;
                format!("{number}: NOT PROVED ({concept}): {why}")
            }
        });
    }
    for (place, enclosed) in saved.enclosed.iter().enumerate() {
        let number = saved.equilibria.len() + place + 1;
        let concept = enclosed.concept.name();
        let proved = recheck_enclosure(&instance, enclosed);
        verdicts.push(json::verify_enclosed(&enclosed.concept, &proved));
        lines.push(match proved {
            Ok(_) => format!("{number}: holds ({concept}, enclosed)"),
            Err(unproved) => {
                refused += 1;
                let what = if unproved.fails { "FAILS" } else { "NOT PROVED" };
                format!("{number}: {what} ({concept}, enclosed): {}", unproved.why)
            }
        });
    }
    let total = saved.equilibria.len() + saved.enclosed.len();
    lines.push(format!(
        "{} of {total} certificates hold, checked exactly and without search",
        total - refused
    ));
    if verify.form.json {
        output::print(&super::show::pretty(&verdicts)?)?;
    } else {
        output::print(&lines.join("\n"))?;
    }
    Ok(if refused > 0 { Exit::NotMet } else { Exit::Fine })
}
