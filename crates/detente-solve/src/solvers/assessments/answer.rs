//! From faces to candidates, and what is said of the search.

use super::CARD;
use super::cell::{Judged, Scene};
use super::search::Face;
use crate::{Budget, Candidate, Found, Piece};
use detente_game::Profile;
use detente_game::claim::Concept;
use detente_game::number::{Interval, Rational};
use std::collections::BTreeSet;

/// What is known of all faces.
#[derive(Default)]
struct Known<'a> {
    pieces: Vec<Piece>,
    /// Points of faces of which no more is known.
    alone: Vec<Profile>,
    open: Vec<&'a Face>,
    /// Whether a stronger concept may hold at some points inside a piece only.
    varied: bool,
}

/// The answer made of all faces; `lacking` says why not all Nash equilibria were listed.
pub(super) fn answer(
    scene: &Scene,
    faces: &BTreeSet<Face>,
    concept: &Concept,
    budget: &Budget,
    lacking: Option<&str>,
) -> Found {
    let mut known = Known::default();
    for face in faces {
        match scene.judge(face) {
            Judged::Nothing => {}
            Judged::All { piece, is_uniform } => {
                known.varied |= !is_uniform;
                known.pieces.push(piece);
            }
            Judged::One(profile) => {
                known.alone.push(profile);
                known.open.push(face);
            }
            Judged::Unknown => known.open.push(face),
        }
    }
    let weak = *concept == Concept::WeakPbe;
    let varied = known.varied && !weak;
    let complete = lacking.is_none() && !budget.is_stopped() && known.open.is_empty() && !varied;
    let searched = sentence(&known, varied, budget, lacking);
    let open = region(scene, &known.open);
    let mut candidates = grouped(without_parts(known.pieces, weak));
    candidates.extend(known.alone.into_iter().map(Candidate::Point));
    candidates.sort_by(|one, other| one.corners().cmp(&other.corners()));
    candidates.extend(open);
    Found {
        candidates,
        method: &CARD,
        complete,
        all_pure: complete,
        searched,
        touched: budget.touched(),
        space: String::new(),
    }
}

fn sentence(known: &Known, varied: bool, budget: &Budget, lacking: Option<&str>) -> String {
    let among = match lacking {
        None => "all Nash equilibria, mixed ones included,".to_owned(),
        Some(why) => format!("those Nash equilibria that were listed (in part only: {why})"),
    };
    let mut sentence = match budget.reason() {
        None => format!(
            "Among {among} all sets of options that some belief makes best at every situation were \
             searched; a continuum is listed by the corners of its pieces."
        ),
        Some(reason) => format!(
            "Among {among} sets of options that some belief makes best were searched in part only: \
             {reason}."
        ),
    };
    if !known.open.is_empty() {
        sentence.push_str(
            " Where it depends on a mixture off the path which option is best, only single \
             mixtures were tried; the rest is open.",
        );
    }
    if varied {
        sentence.push_str(
            " Where beliefs differ inside a continuum, they were judged at its corners and at one \
             point inside; others may satisfy the concept.",
        );
    }
    sentence
}

/// Leaves out what is listed as part of another piece. For concepts that may fail inside a piece
/// and hold at parts of it, only corners count as such.
fn without_parts(pieces: Vec<Piece>, weak: bool) -> Vec<Piece> {
    let corners: Vec<BTreeSet<&Profile>> =
        pieces.iter().map(|piece| piece.corners.iter().collect()).collect();
    let is_part = |at: usize| {
        let own = &corners[at];
        (weak || own.len() == 1)
            && corners.iter().enumerate().any(|(other, all)| {
                let larger = all.len() > own.len() || (all.len() == own.len() && other < at);
                larger && own.is_subset(all)
            })
    };
    let kept: Vec<bool> = (0..pieces.len()).map(|at| !is_part(at)).collect();
    pieces.into_iter().zip(kept).filter(|(_, kept)| *kept).map(|(piece, _)| piece).collect()
}

/// Pieces that share corners are one continuum.
fn grouped(pieces: Vec<Piece>) -> Vec<Candidate> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        let meets = |group: &Vec<Piece>| {
            let mut corners = group.iter().flat_map(|other| &other.corners);
            corners.any(|corner| piece.corners.binary_search(corner).is_ok())
        };
        let (met, rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(meets);
        groups = rest;
        let mut group: Vec<Piece> = met.into_iter().flatten().collect();
        group.push(piece);
        groups.push(group);
    }
    groups.into_iter().map(candidate).collect()
}

fn candidate(mut group: Vec<Piece>) -> Candidate {
    if let [Piece { corners, inside }] = &group[..]
        && corners.len() == 1
    {
        return Candidate::Point(inside.clone());
    }
    group.sort_by(|one, other| {
        let sizes = other.corners.len().cmp(&one.corners.len());
        sizes.then_with(|| one.corners.cmp(&other.corners))
    });
    Candidate::Component(group)
}

/// One region around all faces that are open.
fn region(scene: &Scene, open: &[&Face]) -> Option<Candidate> {
    if open.is_empty() {
        return None;
    }
    let form = scene.instance.form();
    let mut region = Vec::with_capacity(form.action_count());
    for set in form.info_set_ids() {
        for at in 0..form.actions(set).len() {
            let taken = |face: &&&Face| face.options[set.index()] >> at & 1 == 1;
            let only = |face: &&Face| face.options[set.index()] == 1 << at;
            let bound = |is: bool| if is { Rational::ONE } else { Rational::ZERO };
            let low = bound(open.iter().all(only));
            region.push(Interval { low, high: bound(open.iter().filter(taken).count() > 0) });
        }
    }
    let why = "which option is best at a situation off the path depends on how the other player \
               mixes after it"
        .to_owned();
    Some(Candidate::Open { region, why })
}
