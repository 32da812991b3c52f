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
    let stage = match Stage::recognise(instance, equilibrium.profile()) {
        Ok(stage) => stage,
        Err(why) => {
            return Verdict::Undecided(format!("the game is no signalling stage: {why}"));
        }
    };
    let broken = match refinement {
        Concept::Intuitive => intuitive::breaks(&stage),
        Concept::D1 => d1::breaks(&stage),
        _ => return Verdict::Undecided(format!("'{}' is no refinement", refinement.word())),
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

/// Whether two profiles are one case for every refinement: the same messages are sent, and each of
/// the sender's types gets the same. Then both survive or neither does.
#[must_use]
pub fn is_same_case(instance: &Arc<GameInstance>, one: &Profile, other: &Profile) -> bool {
    let (Ok(one), Ok(other)) = (Stage::recognise(instance, one), Stage::recognise(instance, other))
    else {
        return false;
    };
    let payoffs = |stage: &Stage| -> Vec<Rational> {
        stage.types.iter().map(|of_type| of_type.payoff.clone()).collect()
    };
    let sent = |stage: &Stage| -> Vec<bool> { stage.messages.iter().map(|m| m.sent).collect() };
    sent(&one) == sent(&other) && payoffs(&one) == payoffs(&other)
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
