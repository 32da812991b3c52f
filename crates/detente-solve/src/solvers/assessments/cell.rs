//! What is known of a face of Nash equilibria with options for every situation: which of its
//! points are equilibria with beliefs.

use super::place::{Options, Place, actions};
use super::search::Face;
use super::strategies::mean;
use crate::Piece;
use crate::solvers::complementary;
use crate::solvers::products::Points;
use crate::solvers::sequence_form::Side;
use detente_game::form::{GameForm, NodeKind};
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, PlayerId, Profile, Rational};
use std::collections::BTreeSet;

/// The most corners that a piece is listed by.
const MOST_CORNERS: usize = 512;

/// The game and its Nash equilibria.
pub(super) struct Scene<'a> {
    pub instance: &'a GameInstance,
    pub places: &'a [Place],
    pub sides: [&'a Side; 2],
    pub points: [&'a Points; 2],
}

/// What became of a face.
pub(super) enum Judged {
    /// None of its points is a weak perfect Bayesian equilibrium.
    Nothing,
    /// All are.
    All {
        piece: Piece,
        /// Whether other concepts hold at all points inside, or at none.
        is_uniform: bool,
    },
    /// Only one point is known to be one.
    One(Profile),
    /// None is known to be one, but some may.
    Unknown,
}

impl Scene<'_> {
    /// Decides a face.
    pub fn judge(&self, face: &Face) -> Judged {
        let (form, inside) = (self.instance.form(), self.inside(face));
        let moving: Vec<InfoSetId> =
            form.info_set_ids().filter(|set| self.is_moving(face, *set)).collect();
        let unreached: Vec<&Place> =
            self.places.iter().filter(|place| !self.is_reached(place, &inside)).collect();
        let depends = |place: &Place| place.others_below.iter().any(|set| moving.contains(set));
        // Where only single options follow, the linear program is the condition itself.
        let is_mixed = |place: &&Place| {
            let options = |set: &InfoSetId| face.options[set.index()];
            place.others_below.iter().any(|set| !options(set).is_power_of_two())
        };
        let (varying, fixed): (Vec<&Place>, Vec<&Place>) =
            unreached.iter().copied().filter(is_mixed).partition(|place| depends(place));
        let hold = |places: &[&Place], profile: &Profile| {
            places.iter().all(|place| place.may_be_best(form, &face.options, Some(profile)))
        };
        if !hold(&fixed, &inside) {
            return Judged::Nothing;
        }
        let unsure: Vec<&Place> = varying
            .iter()
            .filter(|place| !self.holds_throughout(face, &inside, place, &moving))
            .copied()
            .collect();
        let guessed =
            |place: &&Place| place.members > 1 && (self.is_after(place, &moving) || depends(place));
        let is_uniform = !unreached.iter().any(guessed);
        let linear = unsure.iter().all(|place| place.members == 1);
        match linear.then(|| self.piece(face, &inside, &unsure)).flatten() {
            Some(Some(piece)) => Judged::All { piece, is_uniform },
            Some(None) => Judged::Nothing,
            None => {
                let tried = [inside.clone(), self.bent(face, &inside, &varying)];
                let found = tried.into_iter().find(|profile| hold(&varying, profile));
                found.map_or(Judged::Unknown, Judged::One)
            }
        }
    }

    /// The part of a face in which the options at some situations of single members are best, if
    /// there is any; `None` if there is too much to compute.
    fn piece(&self, face: &Face, inside: &Profile, places: &[&Place]) -> Option<Option<Piece>> {
        let mut sides = Vec::new();
        for player in self.instance.form().player_ids() {
            let others: Vec<&Place> =
                places.iter().filter(|place| place.player != player).copied().collect();
            sides.push(self.cut(face, self.strategies(face, player)?, &others, player)?);
        }
        let [first, second] = &sides[..] else { unreachable!("there are two players") };
        if first.is_empty() || second.is_empty() {
            return Some(None);
        }
        if first.len() * second.len() > MOST_CORNERS {
            return None;
        }
        let inside = self.behaviour([&mean(first), &mean(second)], inside);
        let pairs = first.iter().flat_map(|x| second.iter().map(move |y| [x, y]));
        let corners: BTreeSet<Profile> = pairs.map(|pair| self.behaviour(pair, &inside)).collect();
        Some(Some(Piece { corners: corners.into_iter().collect(), inside }))
    }

    /// Whether one belief makes the options at a situation best whatever is taken at others, within
    /// their options. What an own plan gains is linear in the other's plans, so single options
    /// decide for mixtures.
    fn holds_throughout(
        &self,
        face: &Face,
        inside: &Profile,
        place: &Place,
        moving: &[InfoSetId],
    ) -> bool {
        let form = self.instance.form();
        let sets = place.others_below.iter().filter(|set| moving.contains(set)).copied();
        let profiles = filled(form, face, inside, sets);
        profiles.is_some_and(|all| place.is_best_throughout(form, &face.options, &all))
    }

    /// A point inside: between all vertices, and everything equally likely where no plan leads.
    fn inside(&self, face: &Face) -> Profile {
        let form = self.instance.form();
        let mut profile = Profile::uniform(form);
        for set in form.info_set_ids() {
            write_evenly(form, set, face.options[set.index()], &mut profile);
        }
        let [first, second] = self.points;
        let plans = [first.mean(&face.product.first), second.mean(&face.product.second)];
        let plans = [plans[0].as_slice(), plans[1].as_slice()];
        complementary::profile(self.instance, self.sides, plans, Some(&profile))
    }

    /// The same with behaviour that supports the options at the situations tested, where plans do
    /// not lead.
    fn bent(&self, face: &Face, inside: &Profile, tested: &[&Place]) -> Profile {
        let form = self.instance.form();
        let mut bent = inside.clone();
        for place in tested {
            for (action, probability) in place.supporting(form, &face.options) {
                if !self.is_told(face, form.set_of_action(action)) {
                    bent.probability[action.index()] = probability;
                }
            }
        }
        bent
    }

    /// The vertices of a player's side of a face.
    pub fn vertices<'f>(&self, face: &'f Face, player: PlayerId) -> &'f [usize] {
        if player.index() == 0 { &face.product.first } else { &face.product.second }
    }

    /// The behaviour at a situation in each vertex whose plan leads there.
    fn told(&self, face: &Face, set: InfoSetId) -> BTreeSet<Vec<Rational>> {
        let player = self.instance.form().info_set(set).player;
        let side = self.sides[player.index()];
        let at = side.sets.iter().position(|own| *own == set).expect("a situation of his");
        let choice = side.choices[at];
        let list = &self.points[player.index()].list;
        let plans = self.vertices(face, player).iter().map(|vertex| &list[*vertex]);
        plans
            .filter(|plan| plan[choice.before].is_positive())
            .map(|plan| choice.sequences().map(|at| &plan[at] / &plan[choice.before]).collect())
            .collect()
    }

    /// Whether plans inside the face lead to a situation.
    pub fn is_told(&self, face: &Face, set: InfoSetId) -> bool {
        !self.told(face, set).is_empty()
    }

    /// Whether points of a face differ in what is done at a situation.
    fn is_moving(&self, face: &Face, set: InfoSetId) -> bool {
        match self.told(face, set).len() {
            0 => !face.options[set.index()].is_power_of_two(),
            told => told > 1,
        }
    }

    /// Whether play leads to a situation, in its owner's eyes.
    fn is_reached(&self, place: &Place, profile: &Profile) -> bool {
        let members = self.instance.form().members(place.set);
        members.iter().any(|node| self.is_likely(*node, place.player, profile))
    }

    fn is_likely(&self, mut node: NodeId, player: PlayerId, profile: &Profile) -> bool {
        let form = self.instance.form();
        while let Some(parent) = form.parent(node) {
            let likely = match form.kind(parent) {
                NodeKind::Decision(_) => {
                    let action = form.action_into(node).expect("below a decision");
                    profile.of(action).is_positive()
                }
                _ => {
                    let branch = form.branch_into(node).expect("below a lottery");
                    self.instance.branch_for(player, branch).is_positive()
                }
            };
            if !likely {
                return false;
            }
            node = parent;
        }
        true
    }

    /// Whether one of some situations lies before this one.
    fn is_after(&self, place: &Place, earlier: &[InfoSetId]) -> bool {
        let leads = |set: &InfoSetId| {
            *set != place.set && self.places[set.index()].below.contains(&place.set)
        };
        earlier.iter().any(leads)
    }
}

/// A profile with all ways to take single options at some situations; `None` if there are too many.
fn filled(
    form: &GameForm,
    face: &Face,
    profile: &Profile,
    sets: impl Iterator<Item = InfoSetId>,
) -> Option<Vec<Profile>> {
    let mut all = vec![profile.clone()];
    for set in sets {
        let options = face.options[set.index()];
        if all.len() * options.count_ones() as usize > MOST_CORNERS {
            return None;
        }
        let with = |profile: &Profile, at: usize| {
            let mut profile = profile.clone();
            write_evenly(form, set, 1 << at, &mut profile);
            profile
        };
        let chosen: Vec<usize> = (0..64).filter(|at| options >> at & 1 == 1).collect();
        all = all.iter().flat_map(|one| chosen.iter().map(|at| with(one, *at))).collect();
    }
    Some(all)
}

fn write_evenly(form: &GameForm, set: InfoSetId, options: Options, profile: &mut Profile) {
    let share = Rational::new(1, i64::from(options.count_ones()));
    for action in form.actions(set) {
        profile.probability[action.index()] = Rational::ZERO;
    }
    for action in actions(form, set, options) {
        profile.probability[action.index()] = share.clone();
    }
}
