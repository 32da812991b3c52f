//! `verify`: is a saved result still true? Checked from its certificates alone.

use crate::arguments::{Input, Verify};
use crate::exit::{Exit, Failure};
use crate::progress::{self, Progress};
use crate::saved::SavedResult;
use crate::{files, output, scenario};
use detente::game::GameInstance;
use detente::report::formats::json::{self, Verification};
use detente::verify::{recheck, recheck_enclosure};
use std::path::{Path, PathBuf};
use std::sync::Arc;

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
    let checked = check(&instance, &saved, verify.form.json);
    let hold = checked.iter().filter(|one| one.answer.verdict == "holds").count();
    let unchanged = saved.text_hash == subject.text_hash;
    if verify.form.json {
        let certificates = checked.into_iter().map(|one| one.answer).collect();
        let scenario = path.display().to_string();
        let answer = Verification { scenario, unchanged, hold, certificates };
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        let mut lines = Vec::new();
        if !unchanged {
            let path = path.display();
            lines.push(format!("note: the text of {path} has changed since the result was saved"));
        }
        lines.extend(checked.iter().enumerate().map(|(place, one)| one.line(place + 1)));
        lines.push(summary(&saved, hold));
        output::print(&lines.join("\n"))?;
    }
    let all = hold == saved.count() && hold > 0;
    Ok(if all { Exit::Fine } else { Exit::NotMet })
}

/// One certificate after its check.
struct Checked {
    concept: String,
    answer: json::Verify,
}

impl Checked {
    fn line(&self, number: usize) -> String {
        let word = match self.answer.verdict.as_str() {
            "holds" => "holds",
            "fails" => "FAILS",
            _ => "NOT PROVED",
        };
        let why = self.answer.reason.as_ref().map_or(String::new(), |why| format!(": {why}"));
        format!("{number}: {word} ({}){why}", self.concept)
    }
}

/// Checks all certificates, or those before a signal.
fn check(instance: &Arc<GameInstance>, saved: &SavedResult, quiet: bool) -> Vec<Checked> {
    let line = Progress::new("verifying", saved.count() as u64, quiet);
    let form = instance.form();
    let exact = saved.equilibria.iter().map(|one| -> Box<dyn Fn() -> Checked + '_> {
        Box::new(move || Checked {
            concept: one.concept.name().to_owned(),
            answer: json::verify(form, &one.concept, &recheck(instance, one)),
        })
    });
    let enclosed = saved.enclosed.iter().map(|one| -> Box<dyn Fn() -> Checked + '_> {
        Box::new(move || Checked {
            concept: format!("{}, enclosed", one.concept.name()),
            answer: json::verify_enclosed(&one.concept, &recheck_enclosure(instance, one)),
        })
    });
    let mut checked = Vec::new();
    for one in exact.chain(enclosed) {
        if progress::stopped() {
            break;
        }
        line.at(checked.len() as u64, "certificates");
        checked.push(one());
    }
    checked
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

fn summary(saved: &SavedResult, hold: usize) -> String {
    let partial = if saved.stopped { "; the search was stopped before its end" } else { "" };
    match saved.count() {
        0 => format!("The result lists no equilibrium, so nothing was checked{partial}."),
        all => {
            format!(
                "{hold} of {all} certificates hold, checked exactly and without search{partial}"
            )
        }
    }
}
