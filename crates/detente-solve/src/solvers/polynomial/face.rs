//! A face: the profiles whose supports are given, with the conditions that equilibria on it meet.

use super::fixed::{ONE, Span};
use super::table::Situation;
use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Rational};
use std::collections::BTreeSet;

/// The supports chosen so far, one per situation: positions of actions, rising.
pub(super) type Supports = Vec<Option<Vec<usize>>>;

/// At one situation: the first action of the support is as good as another, or no worse.
#[derive(Debug, Clone, Copy)]
pub(super) struct Condition {
    /// Which situation, by its place in the list of tables.
    pub place: usize,
    pub first: usize,
    pub other: usize,
}

/// A face with its conditions.
#[derive(Debug)]
pub(super) struct Face {
    /// Situations at which several actions are played, with these actions.
    pub mixed: Vec<(InfoSetId, Vec<usize>)>,
    pub equations: Vec<Condition>,
    pub inequalities: Vec<Condition>,
    /// Whether there are as many equations as unknowns.
    pub is_square: bool,
    /// The whole face.
    pub held: Vec<Vec<Span>>,
}

/// What is known of the game's tree, for deciding where conditions apply.
pub(super) struct Ground<'a> {
    pub instance: &'a GameInstance,
    pub form: &'a GameForm,
    pub situations: &'a [Situation],
    /// Where choices must be best although the situation does not come up.
    pub off_path: OffPath,
}

/// Where off the path a choice must be as good as any other, given what follows.
#[derive(Debug, Clone)]
pub(super) enum OffPath {
    /// Nowhere (Nash).
    Nowhere,
    /// At these nodes, where subgames begin (subgame-perfect).
    Subgames(BTreeSet<NodeId>),
    /// At every situation of one member, whatever is believed (all concepts with beliefs).
    Singletons,
}

impl Ground<'_> {
    /// All mixtures that the supports allow; any where none is chosen yet.
    pub fn held(&self, supports: &Supports) -> Vec<Vec<Span>> {
        let any = Span { low: 0, high: ONE };
        let of = |set: InfoSetId| -> Vec<Span> {
            let count = self.form.actions(set).len();
            match &supports[set.index()] {
                None => vec![any; count],
                Some(one) if one.len() == 1 => {
                    (0..count).map(|at| Span::point(if at == one[0] { ONE } else { 0 })).collect()
                }
                Some(several) => (0..count)
                    .map(|at| if several.contains(&at) { any } else { Span::point(0) })
                    .collect(),
            }
        };
        self.form.info_set_ids().map(of).collect()
    }

    /// Whether a situation comes up for certain, whatever is chosen where nothing is settled yet.
    pub fn comes_up(&self, set: InfoSetId, supports: &Supports) -> bool {
        let player = self.form.info_set(set).player;
        self.form.members(set).iter().any(|member| self.is_reached(*member, player, supports))
    }

    fn is_reached(&self, node: NodeId, observer: PlayerId, supports: &Supports) -> bool {
        self.way(node).all(|(parent, here)| match self.form.kind(parent) {
            NodeKind::Decision(set) => self.is_played(set, here, supports),
            _ => self.may_happen(here, observer),
        })
    }

    fn is_played(&self, set: InfoSetId, child: NodeId, supports: &Supports) -> bool {
        let position = self.form.position(child).expect("a child has a position");
        supports[set.index()].as_ref().is_some_and(|support| support.contains(&position))
    }

    fn may_happen(&self, child: NodeId, observer: PlayerId) -> bool {
        let branch = self.form.branch_into(child).expect("a child of chance");
        self.instance.branch_for(observer, branch).is_positive()
    }

    /// The moves before a node: parent and child, the last one first.
    fn way(&self, node: NodeId) -> impl Iterator<Item = (NodeId, NodeId)> {
        let mut here = node;
        std::iter::from_fn(move || {
            let parent = self.form.parent(here)?;
            Some((parent, std::mem::replace(&mut here, parent)))
        })
    }

    /// Whether some other player alone can lead to a situation that does not come up.
    pub fn can_be_led_to(&self, set: InfoSetId, supports: &Supports) -> bool {
        let owner = self.form.info_set(set).player;
        let others = self.form.player_ids().filter(|player| *player != owner);
        others.into_iter().any(|player| {
            let leads = |member: &NodeId| {
                self.way(*member).all(|(parent, here)| match self.form.kind(parent) {
                    NodeKind::Decision(at) => {
                        self.form.info_set(at).player == player
                            || self.is_played(at, here, supports)
                    }
                    _ => self.may_happen(here, player),
                })
            };
            self.form.members(set).iter().any(leads)
        })
    }

    /// Whether the choice at a situation must be best, as its tables measure it.
    pub fn is_judged(&self, situation: &Situation, supports: &Supports) -> bool {
        let off_path = match (&self.off_path, self.form.members(situation.set)) {
            (OffPath::Subgames(roots), [only]) => roots.contains(only),
            (OffPath::Singletons, [_]) => true,
            _ => false,
        };
        off_path || self.comes_up(situation.set, supports)
    }

    /// Whether no profile on the supports can be an equilibrium: an action of a support is worse
    /// than another one whatever is chosen on the supports of others (conditional dominance;
    /// Porter, Nudelman and Shoham 2008).
    pub fn is_dominated(&self, supports: &Supports) -> bool {
        let held = self.held(supports);
        self.situations.iter().any(|situation| {
            let Some(support) = &supports[situation.set.index()] else { return false };
            self.is_judged(situation, supports)
                && support.iter().any(|at| {
                    (0..situation.actions).any(|other| {
                        let better = || situation.bounds(other, *at, &held);
                        other != *at && better().is_some_and(|bounds| bounds.low > 0)
                    })
                })
        })
    }

    /// Whether a condition is violated wherever all actions of the supports are mixed, so that
    /// equilibria can only be on the boundary, where other supports find them.
    pub fn is_empty_inside(&self, face: &Face, supports: &Supports) -> bool {
        let has_sign = |one: &Condition, above: bool| {
            let situation = &self.situations[one.place];
            let (straight, difference) = situation.difference(one.other, one.first);
            difference.exact.has_sign_inside(supports, above == straight)
        };
        face.is_square
            && (face.inequalities.iter().any(|one| has_sign(one, true))
                || face.equations.iter().any(|one| has_sign(one, true) || has_sign(one, false)))
    }

    /// The face of complete supports.
    pub fn face(&self, supports: &Supports) -> Face {
        let mut face = Face {
            mixed: Vec::new(),
            equations: Vec::new(),
            inequalities: Vec::new(),
            is_square: false,
            held: self.held(supports),
        };
        let mut unknowns = 0;
        for (place, situation) in self.situations.iter().enumerate() {
            let support = supports[situation.set.index()].as_ref().expect("all are chosen");
            if support.len() > 1 {
                unknowns += support.len() - 1;
                face.mixed.push((situation.set, support.clone()));
            }
            if !self.is_judged(situation, supports) {
                continue;
            }
            for other in 0..situation.actions {
                let condition = Condition { place, first: support[0], other };
                if !support.contains(&other) {
                    face.inequalities.push(condition);
                } else if other != support[0] {
                    face.equations.push(condition);
                }
            }
        }
        face.is_square = face.equations.len() == unknowns;
        face
    }
}

impl Face {
    /// Exact mixtures of all situations from the probabilities of the mixed ones' later actions.
    pub fn mixtures(&self, unknowns: &[Rational]) -> Vec<Vec<Rational>> {
        let mut all: Vec<Vec<Rational>> = self
            .held
            .iter()
            .map(|held| held.iter().map(|span| Rational::int(i64::from(span.low > 0))).collect())
            .collect();
        let mut at = 0;
        for (set, support) in &self.mixed {
            let mut rest = Rational::ONE;
            for action in &support[1..] {
                rest -= &unknowns[at];
                all[set.index()][*action] = unknowns[at].clone();
                at += 1;
            }
            all[set.index()][support[0]] = rest;
        }
        all
    }
}
