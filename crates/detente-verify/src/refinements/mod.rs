//! Refinements for signalling stages.

mod d1;
mod intuitive;
mod stage;

use crate::certificate::Certificate;
use crate::equilibrium::Equilibrium;
use crate::lp::Broken;
use crate::verdict::{Failure, Verdict};
use crate::words;
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile, Rational};
use stage::{Message, Stage};
use std::sync::Arc;

/// Whether an equilibrium survives a refinement (`Intuitive` or `D1`) of signalling stages.
///
/// Both look at every message that the equilibrium leaves unsent, take away the sender's types
/// that cannot be meant by it, and ask whether some other type would then send it. They judge the
/// outcome, not the beliefs that happen to support it. If the equilibrium survives, the answer
/// holds the same equilibrium with the refinement as its concept. Undecided, with the reason, if
/// the game is no signalling stage: chance draws the sender's type, the sender moves once, one
/// other player who sees the message and not the type replies once, or nobody does.
#[must_use]
pub fn survives(
    instance: &Arc<GameInstance>,
    equilibrium: &Equilibrium,
    refinement: &Concept,
) -> Verdict {
    let proved = matches!(
        equilibrium.certificate(),
        Certificate::Pbe { .. } | Certificate::Sequential { .. }
    );
    if !proved {
        return Verdict::Undecided(format!(
            "'{}' is asked of perfect Bayesian and of sequential equilibria only",
            refinement.word()
        ));
    }
    let stage = match Stage::recognise(instance, &[equilibrium.profile()]) {
        Ok(stage) => stage,
        Err(why) => {
            return Verdict::Undecided(format!("the game is no signalling stage: {why}"));
        }
    };
    let Some(broken) = breaks(&stage, refinement) else {
        return Verdict::Undecided(format!("'{}' is no refinement", refinement.word()));
    };
    match broken {
        Ok(Ok(None)) => {
            let mut survivor = equilibrium.clone();
            survivor.concept = refinement.clone();
            Verdict::Holds(Box::new(survivor))
        }
        Ok(Ok(Some(breach))) => Verdict::Fails(failure(&stage, &breach, refinement)),
        Ok(Err(why)) => Verdict::Undecided(why),
        Err(Broken) => Verdict::Undecided(Broken::SENTENCE.to_owned()),
    }
}

/// Whether the refinements are defined for a profile: whether its game is a signalling stage.
///
/// # Errors
/// Why it is none, as a clause.
pub fn is_defined(instance: &Arc<GameInstance>, profile: &Profile) -> Result<(), String> {
    Stage::recognise(instance, &[profile]).map(|_| ())
}

/// What a refinement does to all mixtures of some profiles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Throughout {
    /// The same messages are sent in all, and each of the sender's types gets the same: all
    /// survive or none does.
    Alike,
    /// None survives, and this is what breaks each.
    Broken(Failure),
    /// Neither is known.
    Unknown,
}

/// What a refinement does to all mixtures of profiles which, like the corners of a piece of a
/// continuum, are all equilibria, and so are their mixtures player by player.
#[must_use]
pub fn throughout(
    instance: &Arc<GameInstance>,
    profiles: &[&Profile],
    refinement: &Concept,
) -> Throughout {
    let Ok(stage) = Stage::recognise(instance, profiles) else { return Throughout::Unknown };
    let constant = |of_type: &stage::Type| of_type.payoffs.windows(2).all(|two| two[0] == two[1]);
    let steady = |message: &Message| message.sent.windows(2).all(|two| two[0] == two[1]);
    if stage.types.iter().all(constant) && stage.messages.iter().all(steady) {
        return Throughout::Alike;
    }
    match breaks(&stage, refinement) {
        Some(Ok(Ok(Some(breach)))) => Throughout::Broken(failure(&stage, &breach, refinement)),
        _ => Throughout::Unknown,
    }
}

/// `None` if the concept is no refinement.
fn breaks(stage: &Stage, refinement: &Concept) -> Option<Answer> {
    match refinement {
        Concept::Intuitive => Some(intuitive::breaks(stage)),
        Concept::D1 => Some(d1::breaks(stage)),
        _ => None,
    }
}

/// `None` if the equilibrium survives; the inner error is a reason not to know.
type Answer = Result<Result<Option<Breach>, String>, Broken>;

/// The type that would deviate, to which message, for at least which gain, and the types that
/// the refinement takes away there.
struct Breach {
    message: usize,
    deviator: usize,
    gain: Rational,
    removed: Vec<usize>,
}

fn failure(stage: &Stage, breach: &Breach, refinement: &Concept) -> Failure {
    let form = stage.form;
    let message: &Message = &stage.messages[breach.message];
    let set = stage.types[breach.deviator].set;
    let type_name = |at: usize| words::situation(form, stage.types[at].set);
    let removed: Vec<String> = breach.removed.iter().map(|at| type_name(*at)).collect();
    let excluded = if removed.is_empty() {
        "whatever is believed".to_owned()
    } else {
        format!("once '{}' cannot be meant by it", removed.join("', '"))
    };
    Failure {
        player: stage.sender,
        set: Some(set),
        instead: words::plan(form, &[(set, message.action_of(breach.deviator))]),
        gain: breach.gain.clone(),
        reason: format!(
            "{} at '{}' gains at least {} by the unsent message {}, {excluded} ({})",
            words::player(form, stage.sender),
            type_name(breach.deviator),
            breach.gain,
            message.label,
            refinement.word(),
        ),
    }
}
