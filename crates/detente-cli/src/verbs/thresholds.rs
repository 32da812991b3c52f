//! `thresholds`: how far must a parameter move before this changes?

use super::whatif::named;
use crate::arguments::Thresholds;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::game::claim::{Claim, ClaimKind, Quantifier};
use detente::game::{Game, OutcomeId, ParamId};
use detente::report::formats::{json, text};
use detente::road::{Solved, Verified};
use detente::solve::Limits;
use detente::thresholds::{self, Goal};
use detente::verify::Equilibrium;

/// Finds the intervals and prints them.
pub fn run(asked: &Thresholds) -> Result<Exit, Failure> {
    let subject = scenario::subject(&asked.input)?;
    let game = &subject.game;
    let params = params(game, &asked.params)?;
    let instance = scenario::instance(game)?;
    let claim = asked.claim.as_deref().map(|title| claim(game, title)).transpose()?;
    let concept = match claim {
        Some((_, ClaimKind::Equilibria { concept, .. })) => Some(concept.clone()),
        _ => None,
    };
    let solved = scenario::solve_under(&instance, &asked.search, concept, asked.input.quiet)?;
    let (what, starts, goal) = match (&asked.outcome, claim) {
        (Some(name), _) => by_outcome(game, &solved, name)?,
        (_, Some((claim, kind))) => by_claim(game, &solved, claim, kind)?,
        _ => by_letter(game, &solved, &asked.equilibrium)?,
    };
    let line = progress::Progress::new("thresholds", params.len() as u64, asked.input.quiet);
    let beyond = thresholds::Search {
        pure: asked.search.pure,
        limits: Limits { profiles: asked.search.max_trials, ..Limits::default() },
        stop: Some(progress::stop_flag()),
    };
    let found = thresholds::thresholds(game, &starts, &params, goal, &beyond, &mut |done| {
        line.at(done as u64, "parameters");
    });
    drop(line);
    if asked.form.json {
        let answer = json::thresholds(game, &what, &found);
        let answer = json::Thresholds { stopped: progress::stopped(), ..answer };
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(scenario::exit(&asked.search, &solved));
    }
    if progress::stopped() {
        output::print(text::solve::STOPPED)?;
    }
    output::print(&text::thresholds::screen(game, &what, &found, &page::look(&asked.form)))?;
    Ok(scenario::exit(&asked.search, &solved))
}

type Start<'g> = (String, Vec<Equilibrium>, Goal<'g>);

/// The parameters named, or all.
fn params(game: &Game, names: &[String]) -> Result<Vec<ParamId>, Failure> {
    if game.params.is_empty() {
        return Err(Failure::told("the game has no parameters, so nothing can move"));
    }
    if names.is_empty() {
        return Ok((0..game.params.len()).map(ParamId::from_index).collect());
    }
    let one = |name: &String| {
        game.param(name).ok_or_else(|| {
            let known: Vec<&str> = game.params.iter().map(|param| param.name.as_str()).collect();
            let known = known.join(", ");
            if game.settings.iter().any(|(setting, _)| setting == name) {
                return Failure::told(format!("'{name}' is a setting, and only parameters move"))
                    .help(format!("set it, as in  --set {name}=…  and look at one of {known}"));
            }
            Failure::told(format!("there is no parameter '{name}'"))
                .help(format!("there are {known}"))
        })
    };
    let mut params: Vec<ParamId> = Vec::new();
    for name in names {
        let param = one(name)?;
        if !params.contains(&param) {
            params.push(param);
        }
    }
    Ok(params)
}

fn by_letter<'g>(game: &Game, solved: &Solved, letter: &str) -> Result<Start<'g>, Failure> {
    let titles = page::titles(game, solved);
    let cards = page::cards(&titles, solved);
    let card = page::card(&cards, letter)?;
    let title = card.title.as_ref().map(|title| format!("  \"{title}\"")).unwrap_or_default();
    let all = card
        .members
        .iter()
        .flat_map(|member| std::iter::once(member.equilibrium).chain(member.corners).cloned());
    Ok((format!("{}{title}", card.label), all.collect(), Goal::Play))
}

fn by_outcome<'g>(game: &Game, solved: &Solved, name: &str) -> Result<Start<'g>, Failure> {
    let outcomes = game.form.outcomes();
    let Some(at) = outcomes.iter().position(|outcome| outcome == name) else {
        let failure = Failure::told(format!("there is no outcome '{name}'"));
        return Err(if outcomes.is_empty() {
            failure.help("the file names no outcomes")
        } else {
            failure.help(format!("there are: {}", outcomes.join(", ")))
        });
    };
    let goal = Goal::Outcome(OutcomeId::from_index(at));
    let starts = witnesses(game, solved, goal);
    if starts.is_empty() {
        return Err(Failure::told(format!("'{name}' comes up in no equilibrium that was found"))
            .help(solved.searched.clone()));
    }
    Ok((format!("an equilibrium in which \"{name}\" comes up"), starts, goal))
}

fn by_claim<'g>(
    game: &Game,
    solved: &Solved,
    claim: &Claim,
    kind: &'g ClaimKind,
) -> Result<Start<'g>, Failure> {
    let ClaimKind::Equilibria { queries, .. } = kind else { unreachable!("chosen so") };
    let goal = Goal::Queries(queries);
    let starts = witnesses(game, solved, goal);
    if starts.is_empty() {
        return Err(Failure::told("no equilibrium at these values satisfies the expectation")
            .help("set the parameters with --set to values at which one does"));
    }
    Ok((claim.text.clone(), starts, goal))
}

fn witnesses(game: &Game, solved: &Solved, goal: Goal<'_>) -> Vec<Equilibrium> {
    let points = solved.equilibria.iter().flat_map(Verified::points);
    points.filter(|point| goal.is_met(game, &[], point)).cloned().collect()
}

/// The `exists` expectation of this title, or the only one that a part of it fits.
fn claim<'g>(game: &'g Game, title: &str) -> Result<(&'g Claim, &'g ClaimKind), Failure> {
    let titled = |claim: &'g Claim| match &claim.kind {
        ClaimKind::Equilibria { name: Some(name), quantifier: Quantifier::Exists, .. } => {
            Some((name.as_str(), claim))
        }
        _ => None,
    };
    let mut known: Vec<(&str, &Claim)> = Vec::new();
    for (name, claim) in game.claims.iter().filter_map(titled) {
        if known.iter().all(|(other, _)| *other != name) {
            known.push((name, claim));
        }
    }
    if known.is_empty() {
        return Err(Failure::told("no 'expect … exists' of the file has a title")
            .help("give one a title:  expect pbe exists \"both extend\":"));
    }
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    let (_, claim) = known[named(&names, title, "'expect … exists'")?];
    Ok((claim, &claim.kind))
}
