//! Divine and universally divine equilibria (Banks and Sobel, Econometrica 55, 1987).
//!
//! Say that a mixed reply to an unsent message *calls* a group of types if they gain or break
//! even after it and all others lose or break even. The reply makes those who gain send the
//! message, and those who break even perhaps; so what it lets the receiver believe is spanned by
//! the prior beliefs among the groups that it calls (those who are indifferent may send the
//! message with any probability, and the hull of these beliefs has the groups at its corners).
//!
//! - Divinity: begin with all beliefs; take the mixed best replies to them, then the hull of the
//!   beliefs they let the receiver have, then the mixed best replies to these, and so on. If
//!   nobody is called any more, stop before. The equilibrium is divine if after some best reply
//!   that is left nobody gains.
//! - Universal divinity asks of each round what is let believed whatever the prior: the mixtures
//!   of the types that are called alone. That is Cho and Kreps's D2, again and again; a type taken
//!   away still counts among those who gain.
//!
//! Groups called by a mixture of replies are called by its set of replies, so each round asks
//! finitely many linear programs, and groups only drop out, so it ends. Exact.

use super::stage::Belief;
use super::temptation::{Temptation, chosen};
use super::{Breach, Meant};
use crate::lp::Broken;

/// With more types than this who can send a message the groups are not enumerated.
pub(super) const MOST_TYPES: usize = 6;

/// Whose beliefs the sender's gains are to restrict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prior {
    /// The receiver's.
    Given,
    /// Any, so that only a type called alone may be believed in.
    Any,
}

/// How a message (by its position) breaks the equilibrium, if it does. One profile is looked at:
/// of several, one could stop in another round than the others.
pub(super) fn breach(test: &Temptation, at: usize, prior: Prior) -> Result<Option<Breach>, Broken> {
    let all = test.senders();
    let mut groups: Vec<Vec<usize>> = match prior {
        Prior::Given => (1..1_u32 << all.len()).map(|mask| chosen(&all, mask)).collect(),
        Prior::Any => all.iter().map(|sender| vec![*sender]).collect(),
    };
    loop {
        let corners = corners(&groups);
        let beliefs: Vec<Belief> =
            corners.iter().map(|group| test.message.prior_among(group)).collect();
        let faces = test.faces(&beliefs)?;
        if let Some((gain, deviator)) = test.everywhere(&faces)? {
            let message = test.message;
            return Ok(Some(Breach {
                message: at,
                deviator: message.type_of(deviator),
                gain,
                meant: meant(test, &corners),
            }));
        }
        let mut called = Vec::new();
        for group in &groups {
            let others: Vec<usize> = all.iter().copied().filter(|at| !group.contains(at)).collect();
            if test.parts(&faces, group, &others)? {
                called.push(group.clone());
            }
        }
        // Nobody is called: nobody gains by the replies that are left.
        if called.is_empty() || called.len() == groups.len() {
            return Ok(None);
        }
        groups = called;
    }
}

/// The groups whose beliefs span all: a group adds nothing if each of its types is there alone.
fn corners(groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
    let alone = |sender: &usize| groups.iter().any(|group| group.as_slice() == [*sender]);
    let needed = |group: &&Vec<usize>| group.len() == 1 || !group.iter().all(alone);
    groups.iter().filter(needed).cloned().collect()
}

fn meant(test: &Temptation, corners: &[Vec<usize>]) -> Meant {
    if corners.iter().all(|group| group.len() == 1) {
        let left: Vec<usize> = corners.iter().flatten().copied().collect();
        let removed: Vec<usize> =
            test.senders().into_iter().filter(|sender| !left.contains(sender)).collect();
        return test.message.meant_without(&removed);
    }
    let types =
        |group: &Vec<usize>| group.iter().map(|sender| test.message.type_of(*sender)).collect();
    Meant::Groups(corners.iter().map(types).collect())
}
