//! One file per verb.

mod ask;
mod assumptions;
mod batch;
mod check;
mod compare;
mod compare_concepts;
mod correlated;
mod dominance;
mod ensemble;
mod explain;
mod export;
mod findings;
mod fmt;
mod import;
mod manual;
mod map;
mod new;
mod picture;
mod qre;
mod report;
mod schema;
mod sensitivity;
mod show;
mod solve;
mod test;
mod thresholds;
mod trace;
mod tree;
mod value;
mod verify;
mod whatif;
mod why;

use crate::arguments::{Arguments, Verb};
use crate::exit::{Exit, Failure};

/// Does what is asked.
pub fn run(arguments: &Arguments) -> Result<Exit, Failure> {
    match &arguments.verb {
        Verb::Check(check) => check::run(check),
        Verb::Solve(solve) => solve::run(solve),
        Verb::Dominance(dominance) => dominance::run(dominance),
        Verb::Correlated(correlated) => correlated::run(correlated),
        Verb::CompareConcepts(compare) => compare_concepts::run(compare),
        Verb::Whatif(what_if) => whatif::run(what_if),
        Verb::Trace(trace) => trace::run(trace),
        Verb::Assumptions(assumptions) => assumptions::run(assumptions),
        Verb::Compare(compare) => compare::run(compare),
        Verb::Ensemble(ensemble) => ensemble::run(ensemble),
        Verb::Sensitivity(wanted) => sensitivity::run(wanted),
        Verb::Map(wanted) => map::run(wanted),
        Verb::Value(wanted) => value::run(wanted),
        Verb::Ask(ask) => ask::run(ask),
        Verb::Test(test) => test::run(test),
        Verb::Fmt(fmt) => fmt::run(fmt),
        Verb::Explain(explain) => explain::run(explain),
        Verb::Completions(completions) => manual::completions(completions.shell),
        Verb::Man => manual::man(),
        Verb::Tree(tree) => tree::run(tree),
        Verb::Why(why) => why::run(why),
        Verb::Thresholds(asked) => thresholds::run(asked),
        Verb::Qre(qre) => qre::run(qre),
        Verb::Verify(verify) => verify::run(verify),
        Verb::Show(show) => show::run(show),
        Verb::New(new) => new::run(new),
        Verb::Import(import) => import::run(import),
        Verb::Export(export) => export::run(export),
        Verb::Report(report) => report::run(report),
        Verb::Batch(batch) => batch::run(batch),
    }
}
