//! `--select`: what is kept where several plays are equilibria of one draw.

use crate::arguments::{ConceptName, Ensemble as Wanted, Search, pure_concept};
use crate::exit::Failure;
use crate::{page, scenario};
use clap::ValueEnum;
use detente::ensemble::Rule;
use detente::game::claim::Concept;
use detente::game::{Game, PlayerId};

/// The rule of a command, and the same as a clause.
pub fn rule(wanted: &Wanted, game: &Game) -> Result<(Rule, String), Failure> {
    let text = wanted.select.trim();
    if text == "bounds" {
        return Ok((Rule::Bounds, "all are kept".to_owned()));
    }
    match text.split_once(':') {
        Some(("best-for", name)) => {
            let phrase = format!("those at which {name}'s payoff is greatest are kept");
            Ok((Rule::BestFor(player(game, name)?), phrase))
        }
        Some(("worst-for", name)) => {
            let phrase = format!("those at which {name}'s payoff is least are kept");
            Ok((Rule::WorstFor(player(game, name)?), phrase))
        }
        Some(("like", letter)) => like(wanted, game, letter),
        Some(_) => Err(unknown(text)),
        None => {
            let concept = ConceptName::from_str(text, true).map_err(|_| unknown(text))?;
            by_concept(scenario::concept(concept), &pure_concept(wanted.drawing.concept))
        }
    }
}

fn unknown(text: &str) -> Failure {
    Failure::told(format!("there is no rule '{text}'")).help(
        "there are  bounds, best-for:PLAYER, worst-for:PLAYER, like:LETTER,  and concepts such as  \
         sequential  or  d1",
    )
}

fn player(game: &Game, name: &str) -> Result<PlayerId, Failure> {
    let form = &*game.form;
    form.player_ids().find(|player| form.player(*player).name == name).ok_or_else(|| {
        let known: Vec<&str> =
            form.player_ids().map(|player| form.player(player).name.as_str()).collect();
        Failure::told(format!("there is no player '{name}'"))
            .help(format!("there are {}", known.join(", ")))
    })
}

/// What is played in an equilibrium of the base values.
fn like(wanted: &Wanted, game: &Game, letter: &str) -> Result<(Rule, String), Failure> {
    let instance = scenario::instance(game)?;
    let search = Search { pure: true, ..Search::default() };
    let concept = Some(pure_concept(wanted.drawing.concept));
    let solved = scenario::solve_under(&instance, &search, concept, wanted.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, letter)?;
    let rule = Rule::like(card.members.iter().map(|member| member.equilibrium));
    let label = &card.label;
    let phrase = format!(
        "what is played in equilibrium {label} of the base values is kept, and all where that is \
         none"
    );
    Ok((rule, phrase))
}

/// A concept that every equilibrium found satisfies would choose nothing.
fn by_concept(concept: Concept, of_draws: &Concept) -> Result<(Rule, String), Failure> {
    let follows = match of_draws {
        Concept::Nash => concept == Concept::Nash,
        Concept::SubgamePerfect => matches!(concept, Concept::Nash | Concept::SubgamePerfect),
        _ => matches!(concept, Concept::Nash | Concept::WeakPbe),
    };
    if follows {
        let all = format!("every {} is a {}", of_draws.name(), concept.name());
        return Err(Failure::told(format!("'{}' chooses nothing: {all}", concept.word()))
            .help("name a stronger concept, such as  sequential"));
    }
    let an = if "aeiou".contains(&concept.name()[..1]) { "an" } else { "a" };
    let phrase = format!("those of {an} {} are kept, and all where there is none", concept.name());
    Ok((Rule::Satisfies(concept), phrase))
}
