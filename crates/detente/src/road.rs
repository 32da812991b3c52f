//! The main road: text → game → candidates → verified equilibria.

use detente_game::claim::Concept;
use detente_game::{Card, Game, GameInstance, Profile};
use detente_lang::{Compiled, Diagnostic, Loaded, Options};
use detente_solve::{Candidate, Limits, Progress, Question};
use detente_verify::{Equilibrium, Failure, Verdict};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A scenario that was read: its text, its game if there was no error, and what was complained
/// about.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The text and what it includes.
    pub loaded: Loaded,
    /// The game and the complaints.
    pub compiled: Compiled,
}

impl Opened {
    /// The game, if the scenario has no error.
    #[must_use]
    pub fn game(&self) -> Option<&Game> {
        self.compiled.game.as_ref()
    }

    /// Errors and warnings.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compiled.diagnostics
    }

    /// The same text compiled with other settings and base values.
    #[must_use]
    pub fn again(&self, options: &Options) -> Compiled {
        detente_lang::compile(&self.loaded, options, &mut |_| true)
    }
}

/// Reads and compiles a scenario. `reader` reads the files it names; `progress` hears how many
/// nodes are built and can stop.
pub fn open(
    name: &str,
    text: &str,
    reader: &mut dyn FnMut(&str) -> Result<String, String>,
    options: &Options,
    progress: &mut (dyn FnMut(usize) -> bool + Send),
) -> Opened {
    let loaded = Loaded::new(name, text, reader);
    let compiled = detente_lang::compile(&loaded, options, progress);
    Opened { loaded, compiled }
}

/// What is asked of [`equilibria`].
#[derive(Debug, Clone)]
pub struct Asked {
    /// A concept, or `None`: every perfect Bayesian kind, each equilibrium under the strongest
    /// concept it satisfies.
    pub concept: Option<Concept>,
    /// A method by its card's name, or `None` to let détente choose.
    pub method: Option<String>,
    /// Whether mixed equilibria are wanted where a method for them exists.
    pub mixed: bool,
    /// Whether bounds of off-path beliefs are wanted.
    pub bounds: bool,
    /// Where to stop.
    pub limits: Limits,
    /// Set from outside to stop early.
    pub stop: Option<Arc<AtomicBool>>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            concept: None,
            method: None,
            mixed: true,
            bounds: true,
            limits: Limits::default(),
            stop: None,
        }
    }
}

/// A verified equilibrium, perhaps one of a continuum.
#[derive(Debug, Clone)]
pub struct Verified {
    /// The equilibrium; of a continuum, a point in its interior if that was verified.
    pub equilibrium: Equilibrium,
    /// The corners of the continuum, each verified; empty for an isolated equilibrium.
    pub corners: Vec<Equilibrium>,
}

/// What was found on the main road.
#[derive(Debug, Clone)]
pub struct Solved {
    /// Verified equilibria, the strongest concept first, otherwise in the solver's order.
    pub equilibria: Vec<Verified>,
    /// Candidates whose verdict is open, with the reason.
    pub undecided: Vec<(Profile, String)>,
    /// Candidates that were refused, with the reason.
    pub refused: Vec<(Profile, Failure)>,
    /// The method that found the candidates.
    pub method: &'static Card,
    /// Whether all equilibria were found, mixed ones included.
    pub complete: bool,
    /// Whether at least all pure equilibria were found.
    pub all_pure: bool,
    /// What was and was not searched.
    pub searched: String,
    /// How many trials the search took.
    pub touched: u64,
    /// How many pure profiles there are.
    pub space: String,
}

impl Solved {
    /// The equilibria, one for each continuum.
    pub fn every(&self) -> impl Iterator<Item = &Equilibrium> {
        self.equilibria.iter().map(|verified| &verified.equilibrium)
    }
}

/// Searches and verifies.
pub fn equilibria(
    instance: &Arc<GameInstance>,
    asked: &Asked,
    progress: &mut dyn FnMut(Progress),
) -> Solved {
    let question = Question {
        concept: search_concept(asked.concept.as_ref()),
        limit: asked.limits,
        method: asked.method.clone(),
        mixed: asked.mixed,
        single_departures: false,
        stop: asked.stop.clone(),
    };
    let found = detente_solve::solve(instance, &question, progress);
    let mut solved = Solved {
        equilibria: Vec::new(),
        undecided: Vec::new(),
        refused: Vec::new(),
        method: found.method,
        complete: found.complete,
        all_pure: found.all_pure,
        searched: found.searched,
        touched: found.touched,
        space: found.space,
    };
    if instance.form().info_sets().is_empty() {
        solved.complete = true;
        solved.all_pure = true;
        solved.searched = "Nobody decides anything in this game.".to_owned();
        return solved;
    }
    for candidate in &found.candidates {
        judge(instance, asked, candidate, &mut solved);
    }
    solved.equilibria.sort_by_key(|verified| rank(verified.equilibrium.concept()));
    solved
}

/// The concept whose candidates are searched for: refinements are filters on what is found.
fn search_concept(concept: Option<&Concept>) -> Concept {
    match concept {
        None => Concept::WeakPbe,
        Some(Concept::Intuitive | Concept::D1) => Concept::Pbe,
        Some(concept) => concept.clone(),
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

fn judge(instance: &Arc<GameInstance>, asked: &Asked, candidate: &Candidate, solved: &mut Solved) {
    match candidate {
        Candidate::Point(profile) => match verdict(instance, asked, profile) {
            Verdict::Holds(equilibrium) => {
                solved.equilibria.push(Verified { equilibrium: *equilibrium, corners: Vec::new() });
            }
            Verdict::Fails(failure) => solved.refused.push((profile.clone(), failure)),
            Verdict::Undecided(why) => solved.undecided.push((profile.clone(), why)),
        },
        Candidate::Component { vertices, interior } => {
            let mut corners = Vec::new();
            for vertex in vertices {
                match verdict(instance, asked, vertex) {
                    Verdict::Holds(equilibrium) => corners.push(*equilibrium),
                    Verdict::Fails(failure) => solved.refused.push((vertex.clone(), failure)),
                    Verdict::Undecided(why) => solved.undecided.push((vertex.clone(), why)),
                }
            }
            match verdict(instance, asked, interior) {
                Verdict::Holds(equilibrium) => {
                    solved.equilibria.push(Verified { equilibrium: *equilibrium, corners });
                }
                // The inside is not an equilibrium of this kind; its corners stand alone.
                Verdict::Fails(_) | Verdict::Undecided(_) => {
                    solved.equilibria.extend(
                        corners
                            .into_iter()
                            .map(|equilibrium| Verified { equilibrium, corners: Vec::new() }),
                    );
                }
            }
        }
    }
}

/// The verdict on one profile: under the concept asked for, or under the strongest that holds.
fn verdict(instance: &Arc<GameInstance>, asked: &Asked, profile: &Profile) -> Verdict {
    let one = |concept: &Concept| {
        if asked.bounds {
            detente_verify::verify(instance, concept, profile)
        } else {
            detente_verify::verify_without_bounds(instance, concept, profile)
        }
    };
    match &asked.concept {
        Some(concept) => one(concept),
        None => {
            let mut last = one(&Concept::Sequential);
            for weaker in [Concept::Pbe, Concept::WeakPbe] {
                if last.holds() {
                    return last;
                }
                last = one(&weaker);
            }
            last
        }
    }
}
