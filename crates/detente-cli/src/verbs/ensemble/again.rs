//! One draw again: its exact values, and what `solve` finds there.

use crate::arguments::{ConceptName, Ensemble as Wanted, EnsembleConcept, Input, Search, Solve};
use crate::exit::{Exit, Failure};
use crate::output;
use detente::analysis::analyses::draws::Draws;
use detente::game::{Game, Rational};

/// Prints the draw, how to set it by hand, and its equilibria.
pub fn run(wanted: &Wanted, game: &Game, draws: &Draws, number: u64) -> Result<Exit, Failure> {
    let values = draws.member(number);
    let mut set = wanted.input.set.clone();
    let kind = if wanted.drawing.random { "pseudo-random" } else { "quasi-random" };
    let mut text = format!("Draw {number} of seed {}, {kind}\n", wanted.drawing.seed);
    for (param, value) in draws.params.iter().zip(&values) {
        let exact = Rational::from_f64(*value).unwrap_or_default();
        let name = &game.params[param.index()].name;
        text.push_str(&format!("   {name} = {exact}, about {value:.4}\n"));
        set.push(format!("{name}={exact}"));
    }
    let (concept, word) = match wanted.drawing.concept {
        EnsembleConcept::Nash => (ConceptName::Nash, "nash"),
        EnsembleConcept::SubgamePerfect => (ConceptName::SubgamePerfect, "subgame_perfect"),
        EnsembleConcept::WeakPbe => (ConceptName::WeakPbe, "weak_pbe"),
        EnsembleConcept::Pbe => (ConceptName::Pbe, "pbe"),
        EnsembleConcept::Sequential => (ConceptName::Sequential, "sequential"),
    };
    let pure = !wanted.drawing.mixed;
    let pairs: Vec<String> = set.iter().map(|pair| format!(" --set '{pair}'")).collect();
    let file = wanted.input.file.display();
    text.push_str(&format!(
        "by hand: detente solve '{file}' --concept {word}{}{}\n\n",
        if pure { " --pure" } else { "" },
        pairs.concat()
    ));
    output::print(&text)?;
    let input = Input {
        file: wanted.input.file.clone(),
        set,
        max_nodes: wanted.input.max_nodes,
        quiet: wanted.input.quiet,
    };
    let search = Search { concept: Some(concept), pure, ..Search::default() };
    let form = wanted.form.clone();
    super::super::solve::run(&Solve { input, form, search, all: true, beliefs: false, save: None })
}
