//! `verify`: is a saved result still true? Checked from its certificates alone.

use crate::arguments::{Input, Verify};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::saved::SavedResult;
use crate::{files, output, scenario};
use detente::report::formats::json::{self, Verification};
use detente::verify::{Verdict, recheck};
use std::path::{Path, PathBuf};

/// Re-checks every equilibrium of a saved result without searching.
pub fn run(verify: &Verify) -> Result<Exit, Failure> {
    let bytes = files::read_bytes(&verify.result)?;
    let saved: SavedResult = serde_json::from_slice(&bytes).map_err(|error| {
        Failure::told(format!("'{}' is no saved result: {error}", verify.result.display()))
            .help("make one:  detente solve FILE --save result.json")
    })?;
    saved.check_version()?;
    let path = scenario_of(verify, &saved)?;
    let input = Input {
        file: path.clone(),
        set: saved.set.clone(),
        max_nodes: saved.max_nodes,
        quiet: true,
    };
    let subject = scenario::subject(&input)?;
    let instance = scenario::instance(&subject.game)?;
    let line = Progress::new("verifying", saved.equilibria.len() as u64, verify.form.json);
    let mut verdicts = Vec::new();
    for equilibrium in &saved.equilibria {
        if progress::stopped() {
            break;
        }
        line.at(verdicts.len() as u64, "certificates");
        verdicts.push((&equilibrium.concept, recheck(&instance, equilibrium)));
    }
    drop(line);
    let hold = verdicts.iter().filter(|(_, verdict)| verdict.holds()).count();
    let unchanged = saved.text_hash == subject.text_hash;
    if verify.form.json {
        let form = &subject.game.form;
        let one = verdicts.iter().map(|(concept, verdict)| json::verify(form, concept, verdict));
        let certificates = one.collect();
        let scenario = path.display().to_string();
        let answer = Verification { scenario, unchanged, hold, certificates };
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        let mut lines = Vec::new();
        if !unchanged {
            let path = path.display();
            lines.push(format!("note: the text of {path} has changed since the result was saved"));
        }
        let told = verdicts.iter().enumerate();
        lines.extend(
            told.map(|(place, (concept, verdict))| {
                verdict_line(place + 1, &concept.name(), verdict)
            }),
        );
        lines.push(summary(&saved, hold));
        output::print(&lines.join("\n"))?;
    }
    let all = hold == saved.equilibria.len() && hold > 0;
    Ok(if all { Exit::Fine } else { Exit::NotMet })
}

/// The scenario named on the command line, or the one that the result names.
fn scenario_of(verify: &Verify, saved: &SavedResult) -> Result<PathBuf, Failure> {
    if let Some(path) = &verify.scenario {
        return Ok(path.clone());
    }
    let named = Path::new(&saved.scenario);
    let advice = format!("name it:  detente verify {} FILE", verify.result.display());
    if named == Path::new("-") {
        let text = "the result is of a scenario that came from standard input";
        return Err(Failure::told(text).help(advice));
    }
    if !named.exists() {
        let text = format!(
            "the result is of '{}', and there is no such file seen from this folder",
            saved.scenario
        );
        let advice = format!("go to the folder in which it was solved, or {advice}");
        return Err(Failure::told(text).help(advice));
    }
    Ok(named.to_path_buf())
}

fn verdict_line(number: usize, concept: &str, verdict: &Verdict) -> String {
    match verdict {
        Verdict::Holds(_) => format!("{number}: holds ({concept})"),
        Verdict::Fails(failure) => format!("{number}: FAILS ({concept}): {}", failure.reason),
        Verdict::Undecided(why) => format!("{number}: NOT PROVED ({concept}): {why}"),
    }
}

fn summary(saved: &SavedResult, hold: usize) -> String {
    let partial = if saved.stopped { "; the search was stopped before its end" } else { "" };
    match saved.equilibria.len() {
        0 => format!("The result lists no equilibrium, so nothing was checked{partial}."),
        all => {
            format!(
                "{hold} of {all} certificates hold, checked exactly and without search{partial}"
            )
        }
    }
}
