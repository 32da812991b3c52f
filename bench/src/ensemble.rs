//! Draws of uncertain parameters, each classified, against the same loop in the peer.

use crate::peer::Peer;
use crate::ratio::Row;
use crate::scenarios::{GESTURE, REPLY, Scenario};
use crate::table::Table;
use detente::analysis::analyses::draws::Draws;
use detente::analysis::analyses::ensemble::Kind;
use detente::ensemble::{Asked, CHUNK, Ensemble, Rule};
use detente::game::claim::Concept;
use detente::game::exchange::{EfgOptions, write_efg};
use detente::game::game::Distribution;
use detente::game::{Game, Rational};
use std::time::Instant;

const SEED: u64 = 1;
/// A thousand times the peer's draws a second.
const TARGET: f64 = 1_000.0;

/// Both rows. Ours is a whole ensemble, begun anew each round, so that learning and
/// verifying count; the peer reads the tree at a draw and lists its pure Nash equilibria.
pub fn all(peer: &mut Peer, table: &mut Table) -> Result<(), String> {
    let mut reply = Scenario::of_catalog(REPLY)?.compile()?;
    for name in ["p_serious", "p_resolved", "detection", "secret_share"] {
        let id = reply.param(name).ok_or("the reply game has another form")?;
        let uniform = Distribution::uniform(Rational::ZERO, Rational::ONE);
        reply.params[id.index()].distribution = Some(uniform);
    }
    let treaty = Scenario::of_catalog(GESTURE)?.compile()?;
    let name = "draws of the reply game, pure Nash";
    table.tell(&row(peer, name, &reply, &Concept::Nash, 3)?);
    let name = "draws of the treaty gesture, weak PBE, there pure Nash";
    table.tell(&row(peer, name, &treaty, &Concept::WeakPbe, 1)?);
    Ok(())
}

fn row(
    peer: &mut Peer,
    name: &str,
    game: &Game,
    concept: &Concept,
    theirs_each: u64,
) -> Result<Row, String> {
    let draws = Draws::new(game, SEED, false)?;
    let mut number = 0;
    Row::measure(name, Some(TARGET), || {
        let start = Instant::now();
        let mut ensemble = Ensemble::new(game, asked(concept))?;
        let mut members = Vec::new();
        while members.len() < CHUNK as usize {
            members.extend(ensemble.next_chunk());
        }
        let ours = start.elapsed().as_secs_f64() / members.len() as f64;
        let mut theirs = 0.0;
        for _ in 0..theirs_each {
            let text = tree(game, &draws, number)?;
            theirs += peer.read(&text, 1)?.0 + peer.pure(1)?;
            if *concept == Concept::Nash {
                agree(&members[number as usize].kind, peer.outcomes()?)?;
            }
            number += 1;
        }
        Ok((ours, theirs / theirs_each as f64))
    })
}

fn asked(concept: &Concept) -> Asked {
    Asked {
        concept: concept.clone(),
        mixed: false,
        seed: SEED,
        random: false,
        members: CHUNK,
        rule: Rule::Bounds,
        stop: None,
    }
}

/// Both sides must find as many outcomes.
fn agree(kind: &Kind, there: u64) -> Result<(), String> {
    match kind {
        Kind::Plays(plays) if plays.len() as u64 == there => Ok(()),
        kind => Err(format!("{kind:?} here, {there} outcomes there")),
    }
}

fn tree(game: &Game, draws: &Draws, number: u64) -> Result<String, String> {
    let mut point = game.base_point();
    for (param, value) in draws.params.iter().zip(draws.member(number)) {
        point[param.index()] = Rational::from_f64(value).ok_or("a draw is no number")?;
    }
    let instance = game.at(&point).map_err(|error| error.to_string())?;
    write_efg(game, &instance, &EfgOptions::default())
        .map(|written| written.text)
        .map_err(|error| error.to_string())
}
