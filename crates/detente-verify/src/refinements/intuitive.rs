//! The intuitive criterion (Cho and Kreps, Quarterly Journal of Economics 102, 1987).
//!
//! At an unsent message, take away the types that get less by it, after any reply that is best
//! for some belief over the types who can send it, than they have. If some type gets more than it
//! has after every reply that is best for some belief over the types that are left, the
//! equilibrium is broken.
//!
//! Of several profiles, types are taken away and gain if they do so under each. What they get
//! under mixtures of the profiles lies between, and fewer types leave fewer replies, so a breach
//! found breaks every mixture.

use super::Breach;
use super::stage::{Message, Stage};
use crate::lp::Broken;
use detente_game::Rational;

/// How a message (by its position) breaks the equilibrium under all profiles looked at, if it
/// does.
pub(super) fn breach(
    stage: &Stage,
    at: usize,
    message: &Message,
) -> Result<Option<Breach>, Broken> {
    let all: Vec<usize> = (0..message.senders.len()).collect();
    let has = |sender: usize| &stage.types[message.senders[sender].0].payoffs;
    let replies = message.best_replies(&message.sure(&all))?;
    let most =
        |sender: usize| replies.iter().map(|reply| &message.sender_payoff[sender][*reply]).max();
    let (removed, left): (Vec<usize>, Vec<usize>) = all.into_iter().partition(|sender| {
        most(*sender).is_some_and(|most| has(*sender).iter().all(|has| has > most))
    });
    if left.is_empty() {
        return Ok(None);
    }
    let replies = message.best_replies(&message.sure(&left))?;
    for sender in left {
        let payoffs = replies.iter().map(|reply| &message.sender_payoff[sender][*reply]);
        let (Some(least), Some(most)) = (payoffs.min(), has(sender).iter().max()) else { continue };
        let gain: Rational = least - most;
        if gain.is_positive() {
            return Ok(Some(Breach {
                message: at,
                deviator: message.type_of(sender),
                gain,
                meant: message.meant_without(&removed),
            }));
        }
    }
    Ok(None)
}
