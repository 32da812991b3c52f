//! All choices of supports, pruned as soon as a played action is dominated.

use super::face::{Face, Ground, OffPath, Supports};
use super::fixed::{ONE, Span};
use super::flat;
use super::newton::Held;
use super::roots::{self, Solutions};
use crate::{Budget, Candidate};
use detente_game::number::Interval;
use detente_game::{Enclosure, InfoSetId, Profile, Rational};

/// The search, with what it found.
pub(super) struct Search<'g, 'b, 'p> {
    ground: &'g Ground<'g>,
    budget: &'b mut Budget<'p>,
    /// Candidates with the number of their mixed probabilities.
    pub candidates: Vec<(usize, Candidate)>,
    /// Polytopes of equilibria, each by two or more vertices.
    pub polytopes: Vec<Vec<Profile>>,
    /// Choices of supports that were not pruned.
    pub faces: u64,
    /// How many of them are left open.
    pub open: u64,
}

impl<'g, 'b, 'p> Search<'g, 'b, 'p> {
    pub fn new(ground: &'g Ground<'g>, budget: &'b mut Budget<'p>) -> Self {
        Self { ground, budget, candidates: Vec::new(), polytopes: Vec::new(), faces: 0, open: 0 }
    }

    pub fn run(&mut self) {
        let mut supports: Supports = vec![None; self.ground.form.info_sets().len()];
        self.choose(0, &mut supports);
    }

    fn choose(&mut self, at: usize, supports: &mut Supports) {
        if at == supports.len() {
            if !self.is_covered_elsewhere(supports) {
                self.face(supports);
            }
            return;
        }
        let set = InfoSetId::from_index(at);
        let count = self.ground.form.actions(set).len();
        for support in subsets(count) {
            if !self.budget.touch() {
                break;
            }
            supports[at] = Some(support);
            if !self.ground.is_dominated(supports) {
                self.choose(at + 1, supports);
            }
        }
        supports[at] = None;
    }

    /// What is done where no equation holds it: at situations off the path, but for those at which
    /// [`OffPath`] asks for a best choice. Pure choices are tried one by one, and mixtures all at
    /// once; what nobody's deviation can reach is filled with the first option.
    fn is_covered_elsewhere(&self, supports: &Supports) -> bool {
        self.ground.situations.iter().any(|situation| {
            let set = situation.set;
            let support = supports[set.index()].as_ref().expect("all are chosen");
            if self.ground.is_judged(situation, supports) {
                return false;
            }
            let is_nash = matches!(self.ground.off_path, OffPath::Nowhere);
            let matters = !is_nash || self.ground.can_be_led_to(set, supports);
            if self.ground.form.members(set).is_empty() || !matters {
                return support[..] != [0];
            }
            support.len() > 1 && support.len() < situation.actions
        })
    }

    /// All that is found with complete supports.
    pub fn face(&mut self, supports: &Supports) {
        self.faces += 1;
        let face = self.ground.face(supports);
        if self.ground.is_empty_inside(&face, supports) {
            return;
        }
        if let Some(corners) = flat::vertices(self.ground, &face) {
            return self.polytope(&face, corners);
        }
        let Solutions { exact, enclosed, open } = roots::solutions(self.ground, &face, self.budget);
        let mixtures = face.mixed.iter().map(|(_, support)| support.len() - 1).sum();
        for solution in exact {
            let probability: Vec<Rational> = solution.into_iter().flatten().collect();
            self.keep(mixtures, Candidate::Point(Profile { probability }));
        }
        for solution in enclosed {
            let probability = solution.into_iter().flatten().collect();
            self.keep(mixtures, Candidate::Enclosed(Enclosure::Strategies { probability }));
        }
        if let Some(region) = open {
            self.open += 1;
            let why = self.why(&face);
            let region = intervals(&region);
            self.keep(mixtures, Candidate::Open { region, why });
        }
    }

    /// Keeps what uses the whole support; the rest is found with smaller ones. Where mixtures are
    /// tried all at once, only what is pure is found elsewhere.
    fn polytope(&mut self, face: &Face, corners: Vec<Profile>) {
        let Some((set, support)) = face.mixed.first() else { return };
        if corners.is_empty() {
            return;
        }
        let inside = flat::middle(&corners);
        let first = self.ground.form.info_set(*set).first_action.index();
        let used = support.iter().filter(|at| inside.probability[first + **at].is_positive());
        let needed = if face.is_square { support.len() } else { 2 };
        match corners.len() {
            _ if used.count() < needed => {}
            1 => self.keep(support.len() - 1, Candidate::Point(inside)),
            _ => {
                if self.budget.find() {
                    self.polytopes.push(corners);
                }
            }
        }
    }

    fn keep(&mut self, mixtures: usize, candidate: Candidate) {
        if self.budget.find() {
            self.candidates.push((mixtures, candidate));
        }
    }

    fn why(&self, face: &Face) -> String {
        let form = self.ground.form;
        let mut who: Vec<&str> = face
            .mixed
            .iter()
            .map(|(set, _)| form.player(form.info_set(*set).player).name.as_str())
            .collect();
        who.dedup();
        let (who, mix) = match who.as_slice() {
            [only] => ((*only).to_owned(), "mixes"),
            [most @ .., last] => (format!("{} and {last}", most.join(", ")), "mix"),
            [] => ("nobody".to_owned(), "mixes"),
        };
        if face.is_square {
            format!("equilibria in which {who} {mix} are not decided: they may not be isolated")
        } else {
            format!("equilibria in which {who} {mix} at situations off the path are not decided")
        }
    }
}

/// All nonempty sets of positions below `count`: small ones first, then by position.
fn subsets(count: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    for at in 0..count {
        let with: Vec<Vec<usize>> =
            all.iter().map(|one| one.iter().copied().chain([at]).collect()).collect();
        all.extend(with);
    }
    all.retain(|one| !one.is_empty());
    all.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    all
}

fn intervals(region: &Held) -> Vec<Interval> {
    let inside = |span: &Span| Span { low: span.low.max(0), high: span.high.min(ONE) };
    region.iter().flatten().map(|span| inside(span).probability()).collect()
}
