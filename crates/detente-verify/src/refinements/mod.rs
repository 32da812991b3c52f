//! Refinements for signalling stages.

mod d1;
mod divinity;
mod intuitive;
mod layers;
mod stage;
mod temptation;

use crate::certificate::Certificate;
use crate::equilibrium::Equilibrium;
use crate::lp::Broken;
use crate::verdict::{Failure, Verdict};
use crate::words;
use detente_game::claim::Concept;
use detente_game::{GameInstance, Profile, Rational};
use divinity::{MOST_TYPES, Prior};
use stage::{Message, Stage};
use std::sync::Arc;
use temptation::Temptation;

/// Whether an equilibrium survives a refinement ([`Concept::is_refinement`]) of signalling stages.
///
/// All look at every message that the equilibrium leaves unsent, restrict the beliefs about who
/// is meant by it, and ask whether some type would then send it. They judge the
/// outcome, not the beliefs that happen to support it. If the equilibrium survives, the answer
/// holds the same equilibrium with the refinement as its concept.
///
/// In a signalling stage chance draws the sender's type, the sender moves once, and one other
/// player who sees the message and not the type replies once, or nobody does. In a larger tree a
/// stage begins after moves that everybody after them knows of, so that only chance decides how
/// likely each type is, and ends where the same holds again; what follows is worth what it is
/// worth in the equilibrium. An equilibrium survives if it does in every stage, on its path or
/// not. Undecided, with the reason, if some part of the tree is neither a stage nor a single move
/// that everybody sees, or if there is no stage.
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
    let stages = match Stage::all(instance, equilibrium.profile()) {
        Ok(stages) => stages,
        Err(why) => return Verdict::Undecided(undefined(&why)),
    };
    if !refinement.is_refinement() {
        return Verdict::Undecided(format!("'{}' is no refinement", refinement.word()));
    }
    let mut open = None;
    for stage in &stages {
        match breaks(stage, refinement) {
            Ok(Ok(None)) => {}
            Ok(Ok(Some(breach))) => return Verdict::Fails(failure(stage, &breach, refinement)),
            Ok(Err(why)) => open = Some(why),
            Err(Broken) => open = Some(Broken::SENTENCE.to_owned()),
        }
    }
    if let Some(why) = open {
        return Verdict::Undecided(why);
    }
    let mut survivor = equilibrium.clone();
    survivor.concept = refinement.clone();
    Verdict::Holds(Box::new(survivor))
}

/// Whether the refinements are defined for a profile: whether its game is a signalling stage or
/// made of stages and single moves.
///
/// # Errors
/// Why not, as a sentence.
pub fn is_defined(instance: &Arc<GameInstance>, profile: &Profile) -> Result<(), String> {
    Stage::all(instance, profile).map(|_| ()).map_err(|why| undefined(&why))
}

fn undefined(why: &str) -> String {
    format!("the game is no signalling stage, nor made of such stages and single moves: {why}")
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
    // Divine equilibria survive the intuitive criterion, universally divine ones D1, and what
    // these do is known of all mixtures.
    let implied = match refinement {
        Concept::Divine => &Concept::Intuitive,
        Concept::UniversallyDivine => &Concept::D1,
        own => own,
    };
    match breaks(&stage, implied) {
        Ok(Ok(Some(breach))) => Throughout::Broken(failure(&stage, &breach, refinement)),
        _ => Throughout::Unknown,
    }
}

/// The first breach at an unsent message.
fn breaks(stage: &Stage, refinement: &Concept) -> Answer {
    for (at, message) in stage.messages.iter().enumerate() {
        if message.is_unsent() {
            match breach(stage, at, refinement)? {
                Ok(None) => {}
                found => return Ok(found),
            }
        }
    }
    Ok(Ok(None))
}

fn breach(stage: &Stage, at: usize, refinement: &Concept) -> Answer {
    let message = &stage.messages[at];
    if *refinement == Concept::Intuitive {
        return Ok(Ok(intuitive::breach(stage, at, message)?));
    }
    let what = refinement.word();
    let test = match Temptation::new(stage, message, what) {
        Ok(test) => test,
        Err(why) => return Ok(Err(why)),
    };
    let senders = message.senders.len();
    Ok(Ok(match refinement {
        Concept::D1 => d1::breach(&test, at)?,
        Concept::UniversallyDivine => divinity::breach(&test, at, Prior::Any)?,
        Concept::Divine if senders <= MOST_TYPES => divinity::breach(&test, at, Prior::Given)?,
        _ => {
            return Ok(Err(format!(
                "{what} is checked for at most {MOST_TYPES} types, and {senders} can send {}",
                message.label
            )));
        }
    }))
}

/// `None` if the equilibrium survives; the inner error is a reason not to know.
type Answer = Result<Result<Option<Breach>, String>, Broken>;

/// The type that would deviate, to which message, for at least which gain, and who may be meant
/// by it in the eyes of the refinement.
struct Breach {
    message: usize,
    deviator: usize,
    gain: Rational,
    meant: Meant,
}

/// Who may be meant by a message.
enum Meant {
    /// Anybody but these types.
    Without(Vec<usize>),
    /// One of these groups, its types as likely among themselves as before; and mixtures.
    Groups(Vec<Vec<usize>>),
}

impl Message {
    /// The type at a position among the senders.
    fn type_of(&self, sender: usize) -> usize {
        self.senders[sender].0
    }

    fn meant_without(&self, removed: &[usize]) -> Meant {
        Meant::Without(removed.iter().map(|sender| self.type_of(*sender)).collect())
    }
}

fn failure(stage: &Stage, breach: &Breach, refinement: &Concept) -> Failure {
    let form = stage.form;
    let message: &Message = &stage.messages[breach.message];
    let set = stage.types[breach.deviator].set;
    Failure {
        player: stage.sender,
        set: Some(set),
        instead: words::plan(form, &[(set, message.action_of(breach.deviator))]),
        gain: breach.gain.clone(),
        reason: format!(
            "{} at '{}' gains at least {} by the unsent message {}, {} ({})",
            words::player(form, stage.sender),
            words::situation(form, set),
            breach.gain,
            message.label,
            condition(stage, &breach.meant),
            refinement.word(),
        ),
    }
}

/// What the beliefs must be like, as a clause.
fn condition(stage: &Stage, meant: &Meant) -> String {
    let name = |at: &usize| format!("'{}'", words::situation(stage.form, stage.types[*at].set));
    let names = |types: &[usize], link: &str| -> String {
        types.iter().map(name).collect::<Vec<_>>().join(link)
    };
    match meant {
        Meant::Without(removed) if removed.is_empty() => "whatever is believed".to_owned(),
        Meant::Without(removed) => {
            format!("once {} cannot be meant by it", names(removed, ", "))
        }
        Meant::Groups(groups) => {
            let groups: Vec<String> = groups.iter().map(|group| names(group, " and ")).collect();
            format!(
                "when it can only be meant by {}, each type as likely among the others as before",
                groups.join(", or by ")
            )
        }
    }
}
