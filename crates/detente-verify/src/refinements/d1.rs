//! D1 (Banks and Sobel, Econometrica 55, 1987; Cho and Kreps 1987; Cho and Sobel, Journal of
//! Economic Theory 50, 1990).
//!
//! At an unsent message, take away a type if another one gains strictly by it after every mixed
//! best reply (to any belief) after which the first gains or breaks even, provided the other
//! gains after some. The equilibrium is broken if no belief over the types that are left has a
//! mixed best reply after which nobody gains.

use super::stage::{Message, Stage};
use super::{Answer, Breach};
use crate::lp::{self, Broken};
use detente_game::Rational;
use detente_linear::{Program, RowRelation};

/// With more replies than this the sets of replies are not enumerated.
const MOST_REPLIES: usize = 12;

/// The first breach under all profiles looked at, and all mixtures of them.
pub(super) fn breaks(stage: &Stage) -> Answer {
    for (at, message) in stage.messages.iter().enumerate() {
        if !message.is_unsent() {
            continue;
        }
        if message.replies() > MOST_REPLIES {
            return Ok(Err(format!(
                "D1 is checked for at most {MOST_REPLIES} replies, and {} has {}",
                message.label,
                message.replies()
            )));
        }
        let test = Test { stage, message };
        if let Some(breach) = test.breach(at)? {
            return Ok(Ok(Some(breach)));
        }
    }
    Ok(Ok(None))
}

struct Test<'a> {
    stage: &'a Stage<'a>,
    message: &'a Message,
}

impl Test<'_> {
    /// What a type gets under each profile.
    fn has(&self, sender: usize) -> &[Rational] {
        &self.stage.types[self.message.senders[sender].0].payoffs
    }

    /// Whether a type gains by some reply, whatever mixture of the profiles is played.
    fn can_gain(&self, sender: usize, reply: usize) -> bool {
        let payoff = &self.message.sender_payoff[sender][reply];
        self.has(sender).iter().all(|has| payoff > has)
    }

    /// A type's gain as a row in the weights of a face's replies and those of the profiles.
    fn gain(&self, sender: usize, face: &[usize]) -> Vec<(usize, Rational)> {
        let replies = face.iter().map(|reply| self.message.sender_payoff[sender][*reply].clone());
        replies.chain(self.has(sender).iter().map(|has| -has)).enumerate().collect()
    }

    /// Probabilities over a face's replies, and weights of the profiles that add up to 1.
    fn mixtures(&self, face: &[usize]) -> Program {
        let profiles = self.stage.types.first().map_or(0, |of_type| of_type.payoffs.len());
        let mut program = Program::new(face.len() + profiles);
        for range in [0..face.len(), face.len()..face.len() + profiles] {
            let ones: Vec<_> = range.map(|at| (at, Rational::ONE)).collect();
            program.row(&ones, RowRelation::Eq, Rational::ONE);
        }
        program
    }

    fn breach(&self, at: usize) -> Result<Option<Breach>, Broken> {
        let all: Vec<usize> = (0..self.message.senders.len()).collect();
        let faces = self.faces(&all)?;
        let mut removed = Vec::new();
        let mut left = Vec::new();
        for &sender in &all {
            let mut dominated = false;
            for &other in all.iter().filter(|other| **other != sender) {
                dominated |= self.is_keener(other, sender, &faces)?;
            }
            if dominated { removed.push(sender) } else { left.push(sender) }
        }
        if left.is_empty() {
            return Ok(None);
        }
        let mut least: Option<(Rational, usize)> = None;
        for face in self.faces(&left)? {
            let (gain, deviator) = self.least_temptation(&face, &all)?;
            if least.as_ref().is_none_or(|(known, _)| gain < *known) {
                least = Some((gain, deviator));
            }
        }
        let Some((gain, deviator)) = least.filter(|(gain, _)| gain.is_positive()) else {
            return Ok(None);
        };
        let type_of = |sender: usize| self.message.senders[sender].0;
        Ok(Some(Breach {
            message: at,
            deviator: type_of(deviator),
            gain,
            removed: removed.into_iter().map(type_of).collect(),
        }))
    }

    /// The largest sets of replies that are best at once for some belief over these senders:
    /// mixed best replies are the mixtures inside one of them.
    fn faces(&self, senders: &[usize]) -> Result<Vec<Vec<usize>>, Broken> {
        let best = self.message.best_replies(senders)?;
        let mut masks: Vec<u32> = (1..1_u32 << best.len()).collect();
        masks.sort_by_key(|mask| std::cmp::Reverse(mask.count_ones()));
        let mut found: Vec<u32> = Vec::new();
        for mask in masks {
            if found.iter().any(|larger| larger & mask == mask) {
                continue;
            }
            if self.message.jointly_best(senders, &chosen(&best, mask))? {
                found.push(mask);
            }
        }
        Ok(found.into_iter().map(|mask| chosen(&best, mask)).collect())
    }

    /// Whether `other` gains after some best reply, and after every one after which `sender`
    /// gains or breaks even.
    fn is_keener(&self, other: usize, sender: usize, faces: &[Vec<usize>]) -> Result<bool, Broken> {
        if !faces.iter().flatten().any(|reply| self.can_gain(other, *reply)) {
            return Ok(false);
        }
        for face in faces {
            let mut program = self.mixtures(face);
            program.row(&self.gain(sender, face), RowRelation::Ge, Rational::ZERO);
            program.row(&self.gain(other, face), RowRelation::Le, Rational::ZERO);
            if lp::maximum(&program, &[])?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The mixture of these replies that makes the greatest gain of any type least; that gain (at
    /// least 0) and a type that has it.
    fn least_temptation(
        &self,
        face: &[usize],
        senders: &[usize],
    ) -> Result<(Rational, usize), Broken> {
        let mut program = self.mixtures(face);
        let bound = program.variable();
        for &sender in senders {
            let mut row = self.gain(sender, face);
            row.iter_mut().for_each(|(_, factor)| *factor = -&*factor);
            row.push((bound, Rational::ONE));
            program.row(&row, RowRelation::Ge, Rational::ZERO);
        }
        let (least, point) = lp::minimum(&program, &[(bound, Rational::ONE)])?.ok_or(Broken)?;
        let gain = |sender: usize| -> Rational {
            self.gain(sender, face).iter().map(|(at, factor)| factor * &point[*at]).sum()
        };
        let tempted = senders.iter().copied().max_by_key(|sender| gain(*sender)).ok_or(Broken)?;
        Ok((least, tempted))
    }
}

fn chosen(replies: &[usize], mask: u32) -> Vec<usize> {
    replies
        .iter()
        .enumerate()
        .filter(|(at, _)| mask >> at & 1 == 1)
        .map(|(_, reply)| *reply)
        .collect()
}
