//! Which method answers which question, and the sentence that says what was searched.

use crate::solvers::pure::{self, Prepared, PureFound, Table};
use crate::solvers::{
    assessments, backward_induction, bimatrix, lemke, polynomial, qre, sequence, signalling,
    zero_sum,
};
use crate::{Candidate, Found, Progress, Question};
use detente_game::Profile;
use detente_game::card::Card;
use detente_game::claim::Concept;
use detente_game::instance::GameInstance;
use std::collections::BTreeSet;
use std::sync::Arc;

/// No method of this crate answers the question.
static NONE: Card = Card {
    name: "none",
    line: "No method: nothing was searched",
    accepts: "questions that no method here answers",
    exact: true,
    complete: None,
    cost: "none",
    source: "–",
};

/// Searches candidates for equilibria of an instance.
///
/// The method is the one named in the question, or chosen so: backward induction where it finds
/// the only equilibrium; if mixed equilibria are wanted, for Nash the complete search in the
/// sequence form, as long as it takes few trials; then the signalling solver for games of two
/// stages, then for concepts with beliefs the search through assessments, then the sequence form for
/// two-player zero-sum games, then the search by supports for
/// small games of three or more players; in all other cases pure search, of a strategic form cell by
/// cell.
/// A method that does not accept the game finds nothing and says why.
pub fn solve(
    instance: &Arc<GameInstance>,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    if wants_pure(question)
        && let Some(table) = Table::of(instance)
    {
        return told(table.equilibria(question, progress), table.space(), true, question);
    }
    solve_prepared(&Prepared::new(instance.shared_form()), instance, question, progress)
}

/// Whether pure search answers the question.
fn wants_pure(question: &Question) -> bool {
    match question.method.as_deref() {
        _ if matches!(question.concept, Concept::Qre(_) | Concept::Perfect | Concept::Proper) => {
            false
        }
        Some(method) => method == pure::CARD.name,
        None => !question.mixed,
    }
}

/// The same for callers that solve one form at many points: the form is prepared once.
///
/// # Panics
/// If the instance is of another form than the prepared one.
pub fn solve_prepared(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    if let Concept::Qre(lambda) = &question.concept {
        return match question.method.as_deref() {
            None | Some("qre") => {
                qre::solve(instance, lambda, question).unwrap_or_else(|why| nothing(&why))
            }
            Some(other) => nothing(&format!("'{other}' searches for no quantal responses")),
        };
    }
    if let Concept::Perfect | Concept::Proper = question.concept {
        return nothing("perfect and proper equilibria are sought among the Nash equilibria");
    }
    match question.method.as_deref() {
        Some("pure") => by_pure_search(prepared, instance, question, progress),
        Some("backward_induction") => {
            by_backward_induction(prepared, instance, question).unwrap_or_else(|why| nothing(&why))
        }
        Some("zero_sum") => {
            by_sequence_form(prepared, instance, question).unwrap_or_else(|why| nothing(&why))
        }
        Some("signalling") => signalling::solve(instance, question, progress)
            .unwrap_or_else(|| nothing("the game has more than two stages of decision")),
        Some("bimatrix") => with_space(prepared, bimatrix::solve(instance, question, progress))
            .unwrap_or_else(|why| nothing(&why)),
        Some("sequence") => with_space(prepared, sequence::solve(instance, question, progress))
            .unwrap_or_else(|why| nothing(&why)),
        Some("assessments") => {
            with_space(prepared, assessments::solve(instance, question, progress))
                .unwrap_or_else(|why| nothing(&why))
        }
        Some("lemke") => with_space(prepared, lemke::solve(instance, question, progress))
            .unwrap_or_else(|why| nothing(&why)),
        Some("supports") => {
            polynomial::solve(instance, question, progress).unwrap_or_else(|why| nothing(&why))
        }
        Some("qre") => nothing("'qre' is a method for quantal-response equilibria"),
        Some(other) => nothing(&format!("there is no method called '{other}'")),
        None => automatic(prepared, instance, question, progress),
    }
}

fn automatic(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    if question.concept != Concept::Nash
        && let Ok(found) = by_backward_induction(prepared, instance, question)
        && found.complete
    {
        return found;
    }
    if !question.mixed {
        return by_pure_search(prepared, instance, question, progress);
    }
    match all_nash(prepared, instance, question, progress) {
        Some(found) if found.complete => found,
        Some(part) => {
            let others = all_mixed(prepared, instance, question, progress);
            if others.complete {
                others
            } else {
                with_part(prepared, instance, question, [part, others])
            }
        }
        None => all_mixed(prepared, instance, question, progress),
    }
}

/// This many trials, divided by the third power of the number of actions (a dictionary's size, and
/// the length of its numbers), take seconds.
const USUAL_WORK: u64 = 20_000_000_000;

/// The complete search for Nash equilibria of two players, within the usual patience.
fn all_nash(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Option<Found> {
    let actions = instance.form().action_count() as u64;
    let mut question = question.clone();
    question.limit.profiles = question.limit.profiles.min(USUAL_WORK / actions.pow(3).max(1));
    with_space(prepared, sequence::solve(instance, &question, progress)).ok()
}

/// What the other methods find, with the part that a complete search had found.
fn with_part(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    [part, others]: [Found; 2],
) -> Found {
    if others.method.name == zero_sum::CARD.name {
        return together(others, part);
    }
    let mut found = together(part, others);
    if found.candidates.is_empty() {
        // Some equilibrium exists, and one is found soon.
        let stop = question.stop.clone();
        let question = Question { stop, ..Question::mixed(Concept::Nash) };
        if let Ok(one) = with_space(prepared, lemke::solve(instance, &question, &mut |_| {})) {
            found = together(found, one);
        }
    }
    found
}

fn all_mixed(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    let staged = signalling::solve(instance, question, progress);
    if let Some(found) = staged.as_ref().filter(|found| found.complete) {
        return found.clone();
    }
    let assessed = with_space(prepared, assessments::solve(instance, question, progress)).ok();
    match assessed {
        Some(found) if found.complete => found,
        Some(part) => {
            let others = other_mixed(prepared, instance, question, staged, progress);
            with_assessments(part, others)
        }
        None => other_mixed(prepared, instance, question, staged, progress),
    }
}

/// What other methods find, with the part that a search through assessments had found.
fn with_assessments(part: Found, mut others: Found) -> Found {
    if part.candidates.is_empty() {
        return others;
    }
    if others.method.name == zero_sum::CARD.name {
        return together(others, part);
    }
    let corners: BTreeSet<&Profile> = part.candidates.iter().flat_map(Candidate::corners).collect();
    let is_new = |one: &Candidate| {
        let own = one.corners();
        own.is_empty() || own.iter().any(|corner| !corners.contains(corner))
    };
    others.candidates.retain(is_new);
    others.searched = others.searched.replace(PURE_ONLY, "");
    together(part, others)
}

/// What is found where `staged`, the signalling solver, lists not all.
fn other_mixed(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    staged: Option<Found>,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    by_sequence_form(prepared, instance, question).unwrap_or_else(|_| {
        if let Some(found) = by_supports(instance, question, progress) {
            return found;
        }
        let pure = by_pure_search(prepared, instance, question, progress);
        staged.map_or(pure.clone(), |found| together(found, pure))
    })
}

/// Small games of three or more players; two-player games have methods of their own.
fn by_supports(
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Option<Found> {
    let form = instance.form();
    if form.players().len() < 3 || !polynomial::is_small(form) {
        return None;
    }
    polynomial::solve(instance, question, progress).ok().filter(|found| found.all_pure)
}

fn as_point(candidate: &Candidate) -> Option<&Profile> {
    match candidate {
        Candidate::Point(profile) => Some(profile),
        _ => None,
    }
}

/// What an unfinished search found, and what another one did.
fn together(mut found: Found, other: Found) -> Found {
    let known: BTreeSet<Profile> = found.candidates.iter().filter_map(as_point).cloned().collect();
    for candidate in other.candidates {
        let is_known = match &candidate {
            Candidate::Point(profile) => known.contains(profile),
            several => found.candidates.contains(several),
        };
        if !is_known {
            found.candidates.push(candidate);
        }
    }
    found.all_pure |= other.all_pure;
    found.touched += other.touched;
    found.searched = format!("{} {}", found.searched, other.searched);
    found
}

/// What is said of mixed strategies where nothing else is searched.
const PURE_ONLY: &str = "; mixed strategies were not searched";

fn by_pure_search(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
    progress: &mut dyn FnMut(Progress),
) -> Found {
    let found = prepared.solve(instance, question, progress);
    told(found, prepared.space(), prepared.has_perfect_recall(), question)
}

/// What pure search found among so many profiles, with the sentence that says what was searched.
fn told(found: PureFound, space: String, recall: bool, question: &Question) -> Found {
    if let (Some(reason), 0) = (&found.stopped, found.touched) {
        return Found { method: &pure::CARD, space, ..nothing(reason) };
    }
    let listed = found.stopped.is_none() && recall;
    let mut searched = match &found.stopped {
        None => format!("All {space} pure profiles were searched, with exact pruning"),
        Some(reason) => format!("The {space} pure profiles were searched in part only: {reason}"),
    };
    searched.push_str(match question.concept {
        Concept::Nash => {
            "; situations that no single player's deviation can reach are filled with their first \
             option"
        }
        Concept::SubgamePerfect => {
            "; situations that no single player's deviation can reach in any subgame are filled \
             with their first option"
        }
        Concept::WeakPbe if question.single_departures => {
            "; departures were weighed at one situation at a time"
        }
        Concept::WeakPbe => "",
        _ => "; whether beliefs off the path are consistent is left to the verification",
    });
    if !recall {
        searched.push_str(
            "; a player forgets what he knew, so the game was solved in agent form, in which every \
             situation decides for itself",
        );
    }
    searched.push_str(PURE_ONLY);
    searched.push('.');
    Found {
        candidates: found.profiles.into_iter().map(Candidate::Point).collect(),
        method: &pure::CARD,
        complete: listed && !question.mixed,
        all_pure: listed,
        searched,
        touched: found.touched,
        space,
    }
}

fn by_backward_induction(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
) -> Result<Found, String> {
    let found = backward_induction::solve(instance)
        .ok_or("a situation has more than one history, so information is not perfect")?;
    let unique = found.ties.is_empty() && question.concept != Concept::Nash;
    let searched = if unique {
        match question.concept {
            Concept::SubgamePerfect => "Backward induction met no tie, so this is the only \
                                        subgame-perfect equilibrium, mixed ones included."
                .to_owned(),
            _ => "Backward induction met no tie, so this is the only subgame-perfect equilibrium \
                  and, since every perfect Bayesian or sequential equilibrium is one here, the only \
                  one of those, mixed ones included."
                .to_owned(),
        }
    } else if found.ties.is_empty() {
        "Backward induction met no tie, so this is the only subgame-perfect equilibrium; other \
         Nash equilibria were not searched."
            .to_owned()
    } else {
        let places = match found.ties.len() {
            1 => "a situation".to_owned(),
            several => format!("{several} situations"),
        };
        format!(
            "Backward induction met ties at {places} and took the first best option there; other \
             equilibria exist and were not searched."
        )
    };
    Ok(Found {
        candidates: vec![Candidate::Point(found.profile)],
        method: &backward_induction::CARD,
        complete: unique,
        all_pure: unique,
        searched,
        touched: 1,
        space: prepared.space(),
    })
}

fn by_sequence_form(
    prepared: &Prepared,
    instance: &GameInstance,
    question: &Question,
) -> Result<Found, String> {
    let found = zero_sum::solve(prepared, instance, question.stop.as_deref())
        .map_err(|refusal| refusal.reason().to_owned())?;
    Ok(Found {
        candidates: vec![Candidate::Point(found.profile)],
        method: &zero_sum::CARD,
        complete: false,
        all_pure: false,
        searched: "The value is exact and one pair of optimal strategies, optimal in every \
                   subgame, is listed; all equilibria of this game give the same payoffs, but \
                   others were not searched."
            .to_owned(),
        touched: found.programs,
        space: prepared.space(),
    })
}

/// A complete search's answer with the number of pure profiles.
fn with_space(prepared: &Prepared, found: Result<Found, String>) -> Result<Found, String> {
    found.map(|found| Found { space: prepared.space(), ..found })
}

fn nothing(why: &str) -> Found {
    Found {
        candidates: Vec::new(),
        method: &NONE,
        complete: false,
        all_pure: false,
        searched: format!("Nothing was searched: {why}."),
        touched: 0,
        space: String::new(),
    }
}
