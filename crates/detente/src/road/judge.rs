//! Having candidates judged, and putting together what holds.

use super::hearing::{self, Judged, Kind};
use super::{Asked, Doubt, Solved, Step, Undecided, Verified, VerifiedPiece};
use detente_game::claim::Concept;
use detente_game::number::{Interval, Rational};
use detente_game::{Enclosure, GameInstance, Profile};
use detente_solve::{Candidate, Found, Piece};
use detente_verify::{Equilibrium, Face, Throughout, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Hears candidates and keeps what the verifier says of them.
pub(super) struct Judge<'a> {
    instance: &'a Arc<GameInstance>,
    asked: &'a Asked,
    pub(super) solved: Solved,
    /// The corners of every piece, or the isolated profile, known under a stronger concept.
    known: BTreeSet<Vec<Profile>>,
    /// What the verifier says of the candidates being heard.
    verdicts: BTreeMap<Profile, Judged>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(instance: &'a Arc<GameInstance>, asked: &'a Asked, found: &Found) -> Self {
        let solved = Solved {
            equilibria: Vec::new(),
            enclosed: Vec::new(),
            undecided: Vec::new(),
            refused: Vec::new(),
            method: found.method,
            complete: found.complete,
            all_pure: found.all_pure,
            searched: found.searched.clone(),
            touched: found.touched,
            space: found.space.clone(),
        };
        Self { instance, asked, solved, known: BTreeSet::new(), verdicts: BTreeMap::new() }
    }

    /// One more search belongs to the answer.
    pub(super) fn also_searched(&mut self, found: &Found) {
        self.solved.complete &= found.complete;
        self.solved.all_pure &= found.all_pure;
        self.solved.touched += found.touched;
    }

    /// Another search, for pure equilibria, takes the place of one whose candidates were refused.
    pub(super) fn searched_instead(&mut self, found: &Found) {
        let solved = &mut self.solved;
        solved.method = found.method;
        solved.all_pure = found.all_pure;
        solved.touched += found.touched;
        solved.searched = format!(
            "One pair of optimal strategies was computed by the sequence form, but it does not \
             satisfy the concept. {}",
            found.searched
        );
    }

    /// Judges candidates, unless they are known under a stronger concept.
    pub(super) fn hear(
        &mut self,
        kind: Kind<'_>,
        candidates: &[Candidate],
        progress: &mut dyn FnMut(Step),
    ) {
        let mut profiles: BTreeSet<&Profile> = BTreeSet::new();
        for candidate in candidates {
            profiles.extend(candidate.corners());
            if let Candidate::Component(pieces) = candidate {
                profiles.extend(pieces.iter().map(|piece| &piece.inside));
            }
        }
        let profiles: Vec<&Profile> = profiles.into_iter().collect();
        self.verdicts = hearing::verdicts(self.instance, self.asked, kind, &profiles, progress);
        for candidate in candidates {
            match candidate {
                Candidate::Point(profile) => self.point(profile),
                Candidate::Component(pieces) => self.component(kind, pieces),
                Candidate::Enclosed(enclosure) => self.enclosure(kind, enclosure),
                Candidate::Open { region, why } => {
                    self.leave_open(Doubt::Region(region.clone()), why.clone())
                }
            }
        }
    }

    fn point(&mut self, profile: &Profile) {
        let alone = vec![profile.clone()];
        // What a stronger concept refused may still satisfy this one.
        if !self.known.contains(&alone)
            && let Some(equilibrium) = self.kept(profile)
        {
            self.known.insert(alone);
            self.solved.equilibria.push(Verified::alone(equilibrium));
        }
    }

    /// The equilibrium if the verdict is that it holds; else the verdict is put on record.
    fn kept(&mut self, profile: &Profile) -> Option<Equilibrium> {
        let judged = self.verdicts.get(profile).cloned()?;
        if let Some(why) = judged.open_above {
            self.leave_open(Doubt::Profile(profile.clone()), why);
        }
        match judged.verdict {
            Verdict::Holds(equilibrium) => return Some(*equilibrium),
            Verdict::Fails(failure) => self.solved.refused.push((profile.clone(), failure)),
            Verdict::Undecided(why) => self.leave_open(Doubt::Profile(profile.clone()), why),
        }
        None
    }

    fn leave_open(&mut self, about: Doubt, why: String) {
        self.solved.undecided.push(Undecided { about, why });
    }

    /// A box is proved under the concept asked for; if none is, under the strongest one, which the
    /// others follow from. What is not proved stays open as a region.
    fn enclosure(&mut self, kind: Kind<'_>, enclosure: &Enclosure) {
        let concept = match kind {
            Kind::One(concept) => concept,
            Kind::Strongest => &Concept::Sequential,
        };
        match (detente_verify::enclose(self.instance, concept, enclosure), enclosure) {
            (Ok(enclosed), _) => self.solved.enclosed.push(enclosed),
            (Err(unproved), _) if unproved.fails => {}
            (Err(unproved), Enclosure::Strategies { probability }) => {
                let why = format!(
                    "whether a box of profiles holds a {}: {}",
                    concept.name(),
                    unproved.why
                );
                self.leave_open(Doubt::Region(probability.clone()), why);
            }
            (Err(unproved), Enclosure::LogOdds { odds }) => {
                let anything = Interval { low: Rational::ZERO, high: Rational::ONE };
                let why = format!("the logit responses are not proved: {}", unproved.why);
                self.leave_open(Doubt::Region(vec![anything; odds.len()]), why);
            }
        }
    }

    fn component(&mut self, kind: Kind<'_>, pieces: &[Piece]) {
        if let Kind::One(concept @ (Concept::Perfect | Concept::Proper)) = kind {
            return self.strategic_component(concept, pieces);
        }
        let mut held = Vec::new();
        for piece in pieces {
            if self.known.contains(&piece.corners) {
                continue;
            }
            if let Some(whole) = self.piece(kind, piece) {
                self.known.insert(piece.corners.clone());
                held.push(whole);
            }
        }
        self.solved.equilibria.extend(connected(held));
    }

    /// A piece with its corners, if it holds; points of it that hold alone are kept alone.
    fn piece(&mut self, kind: Kind<'_>, piece: &Piece) -> Option<(Equilibrium, Vec<Equilibrium>)> {
        if let Kind::One(concept) = kind
            && concept.is_refinement()
        {
            return self.refined_piece(concept, piece);
        }
        let (inside, corners) = self.points_of(piece);
        let Some(inside) = inside else {
            self.alone(corners);
            return None;
        };
        Some((inside, corners))
    }

    /// Points that hold although the piece round them does not.
    fn alone(&mut self, points: Vec<Equilibrium>) {
        for point in points {
            if self.known.insert(vec![point.profile().clone()]) {
                self.solved.equilibria.push(Verified::alone(point));
            }
        }
    }

    /// What is known of the points of a piece that are judged: inside, and the corners.
    fn points_of(&mut self, piece: &Piece) -> (Option<Equilibrium>, Vec<Equilibrium>) {
        let inside = self.kept(&piece.inside);
        (inside, piece.corners.iter().filter_map(|corner| self.kept(corner)).collect())
    }

    /// A refinement asks what is sent and what everybody gets. Where that is not the same
    /// throughout a piece, some points may survive and others not.
    fn refined_piece(
        &mut self,
        concept: &Concept,
        piece: &Piece,
    ) -> Option<(Equilibrium, Vec<Equilibrium>)> {
        let corners: Vec<&Profile> = piece.corners.iter().collect();
        match detente_verify::throughout(self.instance, &corners, concept) {
            Throughout::Broken(failure) => {
                self.solved.refused.push((piece.inside.clone(), failure));
                None
            }
            Throughout::Alike => {
                let (inside, corners) = self.points_of(piece);
                inside.map(|inside| (inside, corners))
            }
            Throughout::Unknown => {
                let (inside, corners) = self.points_of(piece);
                self.alone(inside.into_iter().chain(corners).collect());
                let (inside, corners) = (piece.inside.clone(), piece.corners.clone());
                self.solved.undecided.push(Undecided {
                    about: Doubt::Piece { inside, corners },
                    why: format!(
                        "whether it is an {} depends on the point of a continuum; its corners and \
                         one point inside were judged",
                        concept.name()
                    ),
                });
                None
            }
        }
    }

    /// The parts of a continuum of Nash equilibria that are perfect or proper.
    fn strategic_component(&mut self, concept: &Concept, pieces: &[Piece]) {
        let mut faces: Vec<Face> = Vec::new();
        for piece in pieces {
            match detente_verify::perfect_faces(self.instance, &piece.corners, &piece.inside) {
                Ok(found) => {
                    if !found.iter().any(|face| face.inside == piece.inside) {
                        self.kept(&piece.inside);
                    }
                    faces.extend(found);
                }
                Err(why) => {
                    let (inside, corners) = self.points_of(piece);
                    self.alone(inside.into_iter().chain(corners).collect());
                    let why = format!(
                        "which part of a continuum is perfect is not known ({why}); its corners \
                         and one point inside were judged"
                    );
                    self.open_piece(piece.inside.clone(), piece.corners.clone(), why);
                }
            }
        }
        let mut held = Held::default();
        for face in greatest(faces) {
            self.face(concept, face, &mut held);
        }
        let Held { parts, mut points } = held;
        let corners = || parts.iter().flat_map(|(_, corners)| corners);
        points.retain(|point| !corners().any(|corner| corner.profile() == point.profile()));
        self.alone(points);
        self.solved.equilibria.extend(connected(parts));
    }

    /// Puts a part with its corners where it belongs if it holds throughout; else what of it does.
    fn face(&mut self, concept: &Concept, face: Face, held: &mut Held) {
        let judged = |profile: &Profile| match self.verdicts.get(profile) {
            Some(known) => known.verdict.clone(),
            None => detente_verify::verify_without_bounds(self.instance, concept, profile),
        };
        let inside = judged(&face.inside);
        let holding = face.corners.iter().filter_map(|corner| judged(corner).into_equilibrium());
        let corners: Vec<Equilibrium> = holding.collect();
        if let (Verdict::Holds(inside), true) = (&inside, corners.len() == face.corners.len())
            && (*concept == Concept::Perfect
                || detente_verify::is_proper_throughout(inside, &face.corners))
        {
            match face.corners.len() {
                1 => held.points.extend(corners),
                _ => held.parts.push(((**inside).clone(), corners)),
            }
            return;
        }
        if face.corners.len() == 1 {
            self.kept(&face.inside);
            return;
        }
        match (detente_verify::cut_edge(self.instance, &face), inside) {
            (Some(edges), _) if edges.len() > 1 => {
                edges.into_iter().for_each(|edge| self.face(concept, edge, held));
            }
            (Some(_), Verdict::Fails(failure)) => {
                self.solved.refused.push((face.inside, failure));
                held.points.extend(corners);
            }
            (_, inside) => {
                held.points.extend(inside.into_equilibrium().into_iter().chain(corners));
                let why = format!(
                    "whether the points of a continuum are each a {} was decided for its corners \
                     and one point inside only",
                    concept.name()
                );
                self.open_piece(face.inside, face.corners, why);
            }
        }
    }

    fn open_piece(&mut self, inside: Profile, corners: Vec<Profile>, why: String) {
        self.leave_open(Doubt::Piece { inside, corners }, why);
    }

    /// What was found: the strongest concept first, otherwise in the order of the searches.
    pub(super) fn finish(mut self) -> Solved {
        let solved = &mut self.solved;
        solved.equilibria.sort_by_key(|verified| rank(verified.equilibrium.concept()));
        solved.complete &= solved.undecided.is_empty();
        self.solved
    }
}

fn rank(concept: &Concept) -> u8 {
    match concept {
        Concept::Sequential => 0,
        Concept::Pbe => 1,
        Concept::WeakPbe => 2,
        Concept::SubgamePerfect => 3,
        _ => 4,
    }
}

/// What holds of a continuum: parts with their corners, and points.
#[derive(Default)]
struct Held {
    parts: Vec<(Equilibrium, Vec<Equilibrium>)>,
    points: Vec<Equilibrium>,
}

/// The parts whose corners are not all corners of another.
fn greatest(mut faces: Vec<Face>) -> Vec<Face> {
    faces.sort_by_key(|face| std::cmp::Reverse(face.corners.len()));
    let mut kept: Vec<Face> = Vec::new();
    for face in faces {
        let lies_in = |other: &Face| face.corners.iter().all(|one| other.corners.contains(one));
        if !kept.iter().any(lies_in) {
            kept.push(face);
        }
    }
    kept
}

/// Pieces that share corners are one continuum.
fn connected(pieces: Vec<(Equilibrium, Vec<Equilibrium>)>) -> Vec<Verified> {
    let mut continua: Vec<Vec<(Equilibrium, Vec<Equilibrium>)>> = Vec::new();
    for piece in pieces {
        let corners: BTreeSet<&Profile> = piece.1.iter().map(Equilibrium::profile).collect();
        let meets = |continuum: &Vec<(Equilibrium, Vec<Equilibrium>)>| {
            let mut known = continuum.iter().flat_map(|(_, corners)| corners);
            known.any(|corner| corners.contains(corner.profile()))
        };
        let (met, rest): (Vec<_>, Vec<_>) = continua.into_iter().partition(meets);
        continua = rest;
        let mut joined: Vec<_> = met.into_iter().flatten().collect();
        joined.push(piece);
        continua.push(joined);
    }
    continua.into_iter().map(continuum).collect()
}

fn continuum(mut pieces: Vec<(Equilibrium, Vec<Equilibrium>)>) -> Verified {
    pieces.sort_by_key(|(_, corners)| std::cmp::Reverse(corners.len()));
    let equilibrium = pieces[0].0.clone();
    let mut corners: Vec<Equilibrium> = Vec::new();
    let pieces = pieces
        .into_iter()
        .map(|(inside, own)| {
            let mut place = |corner: Equilibrium| {
                let known = corners.iter().position(|known| known.profile() == corner.profile());
                known.unwrap_or_else(|| {
                    corners.push(corner);
                    corners.len() - 1
                })
            };
            VerifiedPiece { corners: own.into_iter().map(&mut place).collect(), inside }
        })
        .collect();
    Verified { equilibrium, corners, pieces }
}
