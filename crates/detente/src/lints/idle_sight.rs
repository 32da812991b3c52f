//! W105: a player sees what cannot matter.
//!
//! The event is hidden from the player, the scenario compiled and solved again. If there are
//! fewer situations and the ways of play in equilibrium are the same, the tree could shrink.

use super::{Stop, solved};
use crate::road::{Opened, Solved};
use detente_game::{Game, Rational};
use detente_lang::syntax::ast::{Audience, Body, Name, Section, Span, Statement, Viewers};
use detente_lang::{Code, Diagnostic, Loaded, Options, compile};
use std::collections::BTreeSet;

/// At most this many events are tried.
const MOST_TRIALS: usize = 24;

/// An event as written, and a player who is shown it.
struct Sight {
    span: Span,
    event: String,
    viewer: String,
}

/// The warnings.
pub(super) fn warnings(
    opened: &Opened,
    options: &Options,
    base: &Solved,
    stop: &Stop,
) -> Vec<Diagnostic> {
    let Some(game) = opened.game() else { return Vec::new() };
    let players: Vec<String> = game.form.players().iter().map(|p| p.name.clone()).collect();
    let mut sights = Vec::new();
    for line in opened.loaded.sections() {
        if let Section::Story(body) = &line.item {
            seen(body, &players, &mut sights);
        }
    }
    let plays = ways_of_play(base);
    sights
        .into_iter()
        .take(MOST_TRIALS)
        .filter_map(|sight| {
            let hidden = without(opened, options, &sight)?;
            let (before, after) = (situations(game, &sight), situations(&hidden, &sight));
            let same_tree = hidden.form.node_count() == game.form.node_count();
            let same =
                after < before && same_tree && ways_of_play(&solved(&hidden, stop)?) == plays;
            same.then(|| warning(&sight, before, after))
        })
        .collect()
}

fn warning(sight: &Sight, before: usize, after: usize) -> Diagnostic {
    let Sight { span, event, viewer } = sight;
    Diagnostic::at(
        Code::W105,
        *span,
        format!(
            "{viewer} sees '{event}', which changes no equilibrium at the base values: hiding it merges \
             {viewer}'s {before} situations to {after}"
        ),
    )
    .help(format!("leave {viewer} out of 'seen by', if that is how it is"))
}

/// How many situations the viewer has.
fn situations(game: &Game, sight: &Sight) -> usize {
    let own =
        |set: &&detente_game::form::InfoSet| game.form.player(set.player).name == sight.viewer;
    game.form.info_sets().iter().filter(own).count()
}

/// The probabilities of the ends, one list for each way of play.
fn ways_of_play(solved: &Solved) -> BTreeSet<Vec<Rational>> {
    solved
        .equilibria
        .iter()
        .map(|verified| {
            let equilibrium = &verified.equilibrium;
            let play = detente_analysis::Play::new(equilibrium.instance(), equilibrium.profile());
            play.form().ends().map(|end| play.reach(end).clone()).collect()
        })
        .collect()
}

fn seen(body: &Body, players: &[String], sights: &mut Vec<Sight>) {
    for line in body {
        match &line.item {
            Statement::Branch(branch) => {
                branch.arms.iter().for_each(|arm| seen(&arm.body, players, sights));
            }
            Statement::Repeat(repeat) => seen(&repeat.body, players, sights),
            Statement::Together(inner) => seen(inner, players, sights),
            statement => {
                let Some((audience, event)) = audience_of(statement) else { continue };
                let viewers: Vec<String> = match &audience.viewers {
                    Viewers::All => players.to_vec(),
                    Viewers::Nobody => Vec::new(),
                    Viewers::Players(names) => names.iter().map(|name| name.text.clone()).collect(),
                };
                sights.extend(viewers.into_iter().map(|viewer| Sight {
                    span: line.span,
                    event: event.to_owned(),
                    viewer,
                }));
            }
        }
    }
}

/// The audience that is written out, and the event's name.
fn audience_of(statement: &Statement) -> Option<(&Audience, &str)> {
    match statement {
        Statement::Chance(chance) => Some((chance.audience.as_ref()?, &chance.event.name.text)),
        Statement::Draw(draw) => Some((draw.audience.as_ref()?, &draw.event.name.text)),
        Statement::Signal(signal) => Some((signal.audience.as_ref()?, &signal.event.name.text)),
        Statement::Choose(choose) => Some((choose.audience.as_ref()?, &choose.event.name.text)),
        _ => None,
    }
}

/// The game in which the viewer does not see the event; `None` if that has errors.
fn without(opened: &Opened, options: &Options, sight: &Sight) -> Option<Game> {
    let mut loaded: Loaded = opened.loaded.clone();
    let players: Vec<String> =
        opened.game()?.form.players().iter().map(|player| player.name.clone()).collect();
    for line in loaded.files.iter_mut().flat_map(|file| &mut file.tree.sections) {
        if let Section::Story(body) = &mut line.item {
            hide(body, sight, &players);
        }
    }
    compile(&loaded, options, &mut |_| true).game
}

fn hide(body: &mut Body, sight: &Sight, players: &[String]) {
    for line in &mut body.lines {
        let here = line.span == sight.span;
        let audience = match &mut line.item {
            Statement::Branch(branch) => {
                branch.arms.iter_mut().for_each(|arm| hide(&mut arm.item.body, sight, players));
                continue;
            }
            Statement::Repeat(repeat) => {
                hide(&mut repeat.body, sight, players);
                continue;
            }
            Statement::Together(inner) => {
                hide(inner, sight, players);
                continue;
            }
            Statement::Chance(chance) => &mut chance.audience,
            Statement::Draw(draw) => &mut draw.audience,
            Statement::Signal(signal) => &mut signal.audience,
            Statement::Choose(choose) => &mut choose.audience,
            _ => continue,
        };
        if let (true, Some(audience)) = (here, audience) {
            let span = audience.span;
            let name = |text: &String| Name { text: text.clone(), span };
            let left: Vec<Name> = match &audience.viewers {
                Viewers::All => players.iter().map(name).collect(),
                Viewers::Nobody => Vec::new(),
                Viewers::Players(names) => names.clone(),
            };
            let left: Vec<Name> =
                left.into_iter().filter(|name| name.text != sight.viewer).collect();
            audience.viewers =
                if left.is_empty() { Viewers::Nobody } else { Viewers::Players(left) };
        }
    }
}
