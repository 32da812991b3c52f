//! What equilibria are worth along a parameter.

use super::{cards, counted, found};
use crate::road::Solved;
use crate::thresholds::{Goal, Search, thresholds};
use detente_analysis::analyses::ends::Follower;
use detente_analysis::analyses::values::worth;
use detente_game::form::EventKind;
use detente_game::{BranchId, Game, GameInstance, LotteryId, ParamId, Rational};
use detente_report::cards::Card;
use detente_report::value::{Along, Found, Way};
use detente_verify::Equilibrium;
use std::sync::Arc;

/// Follows the ways of play of a game along a parameter, and solves it at both ends of its range.
/// `progress` hears how many ways are followed and of how many.
#[must_use]
pub fn along(
    game: &Game,
    before: &Solved,
    param: ParamId,
    search: &Search,
    progress: &mut dyn FnMut(usize, usize),
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Along {
    let known = &game.params[param.index()];
    let counted = counted(before);
    let cards = cards(&counted);
    let mut ways = Vec::new();
    for (done, card) in cards.iter().enumerate() {
        progress(done, cards.len());
        ways.extend(way(game, card, param, search));
    }
    progress(cards.len(), cards.len());
    let range = known.range.iter().flat_map(|(low, high)| [low, high]);
    let mut ends: Vec<(Rational, Result<Found, String>)> = Vec::new();
    for value in range {
        ends.push((value.clone(), at_end(game, param, value, solve)));
    }
    let (parameter, label) = (known.name.clone(), known.label.clone());
    Along { parameter, label, base: known.base.clone(), ways, ends }
}

fn at_end(
    game: &Game,
    param: ParamId,
    value: &Rational,
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Result<Found, String> {
    let mut point = game.base_point();
    point[param.index()] = value.clone();
    let instance = game.at(&point).map_err(|error| error.to_string())?;
    Ok(found(&game.form, &solve(&Arc::new(instance))))
}

/// `None` if the work is stopped.
fn way(game: &Game, card: &Card, param: ParamId, search: &Search) -> Option<Way> {
    let lead = card.lead();
    let starts: Vec<Equilibrium> = card
        .members
        .iter()
        .flat_map(|member| std::iter::once(member.equilibrium).chain(member.corners).cloned())
        .collect();
    let mut walked = thresholds(game, &starts, &[param], Goal::Play, search, &mut |_| {});
    let threshold = walked.pop()?;
    let follower = Follower::new(game, lead, param).ok();
    let slope = |player| follower.as_ref().and_then(|follower| follower.slope(player));
    Some(Way {
        label: card.label.clone(),
        worth: worth(lead).into_iter().map(|worth| worth.value).collect(),
        slope: game.form.player_ids().map(slope).collect(),
        threshold,
    })
}

/// The parameters on which it depends how likely something is that chance decides during the story and
/// somebody sees: what can be detected.
#[must_use]
pub fn of_detection(game: &Game) -> Vec<ParamId> {
    let form = &game.form;
    let mut found: Vec<ParamId> = Vec::new();
    for lottery in (0..form.lotteries().len()).map(LotteryId::from_index) {
        let event = form.lottery(lottery).event;
        let is_seen = form.logs().continued().any(|(_, _, entry)| entry.event == event);
        if form.event(event).kind == EventKind::Chance && is_seen {
            let branches = form.branches(lottery);
            let formulas = branches.map(|branch: BranchId| game.branch_probability[branch.index()]);
            found.extend(formulas.flat_map(|formula| game.formulas.params_of(formula)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
