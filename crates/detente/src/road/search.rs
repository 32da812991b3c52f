//! Searching for candidates and having them judged.

use super::hearing::Kind;
use super::judge::Judge;
use super::{Asked, Solved, Step, strategic};
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile};
use detente_solve::{Candidate, Found, Question};
use std::sync::Arc;

/// The concepts sought if none is named, the strongest first.
const KINDS: [Concept; 3] = [Concept::Sequential, Concept::Pbe, Concept::WeakPbe];

/// Searches and verifies all equilibria, as far as methods reach.
pub fn all(instance: &Arc<GameInstance>, asked: &Asked, progress: &mut dyn FnMut(Step)) -> Solved {
    let mut search = Search { instance, asked, progress };
    let concept = asked.concept.as_ref();
    let sought = search_concept(instance, concept);
    let mut found = search.candidates(&sought);
    if let (Some(Concept::Perfect | Concept::Proper), Concept::Nash) = (concept, sought) {
        strategic::limit(instance, &mut found);
    }
    let found_by = found.method.name;
    let mut judge = Judge::new(instance, asked, &found);
    if instance.form().info_sets().is_empty() {
        // What nobody can change is an equilibrium of every kind.
        judge.solved.complete = true;
        judge.solved.all_pure = true;
        judge.solved.searched = "Nobody decides anything in this game.".to_owned();
        let nothing = Candidate::Point(Profile { probability: Vec::new() });
        let kind = Kind::One(concept.unwrap_or(&Concept::Sequential));
        judge.hear(kind, &[nothing], search.progress);
    } else if let Some(concept) = concept {
        judge.hear(Kind::One(concept), &found.candidates, search.progress);
    } else if found.candidates.iter().any(|one| matches!(one, Candidate::Component(_))) {
        search.each_kind(&mut judge, found);
    } else {
        judge.hear(Kind::Strongest, &found.candidates, search.progress);
    }
    if judge.solved.equilibria.is_empty() && found_by == "zero_sum" && asked.method.is_none() {
        search.pure_ones_after_all(&mut judge);
    }
    judge.finish()
}

struct Search<'a> {
    instance: &'a Arc<GameInstance>,
    asked: &'a Asked,
    progress: &'a mut dyn FnMut(Step),
}

impl Search<'_> {
    fn candidates(&mut self, concept: &Concept) -> Found {
        self.candidates_by(concept, self.asked.method.clone(), self.asked.mixed)
    }

    fn candidates_by(&mut self, concept: &Concept, method: Option<String>, mixed: bool) -> Found {
        let question = Question {
            concept: concept.clone(),
            limit: self.asked.limits,
            method,
            mixed,
            single_departures: false,
            stop: self.asked.stop.clone(),
        };
        let progress = &mut |at| (self.progress)(Step::Searching(at));
        detente_solve::solve(self.instance, &question, progress)
    }

    /// The one pair of optimal strategies that was looked at does not satisfy the concept; others
    /// may.
    fn pure_ones_after_all(&mut self, judge: &mut Judge) {
        let concept = self.asked.concept.as_ref();
        let found = self.candidates_by(
            &search_concept(self.instance, concept),
            Some("pure".to_owned()),
            false,
        );
        judge.searched_instead(&found);
        judge.hear(concept_sought(concept), &found.candidates, self.progress);
    }

    /// The parts of a continuum that satisfy a stronger concept need not be its corners, so each
    /// concept is searched for on its own. `weakest` is what was found for the last of them.
    fn each_kind(&mut self, judge: &mut Judge, weakest: Found) {
        for concept in &KINDS[..KINDS.len() - 1] {
            let found = self.candidates(concept);
            judge.also_searched(&found);
            judge.hear(Kind::One(concept), &found.candidates, self.progress);
        }
        let last = Kind::One(&KINDS[KINDS.len() - 1]);
        judge.hear(last, &weakest.candidates, self.progress);
    }
}

/// Under what candidates are judged.
pub(super) fn concept_sought(concept: Option<&Concept>) -> Kind<'_> {
    concept.map_or(Kind::Strongest, Kind::One)
}

/// The concept whose candidates are searched for: refinements are filters on what is found.
fn search_concept(instance: &GameInstance, concept: Option<&Concept>) -> Concept {
    match concept {
        None => Concept::WeakPbe,
        Some(refinement) if refinement.is_refinement() => Concept::Pbe,
        Some(Concept::Perfect | Concept::Proper) => strategic::weaker(instance),
        Some(concept) => concept.clone(),
    }
}
