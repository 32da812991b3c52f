//! What the sender's types gain by an unsent message, over the mixed best replies to it.

use super::stage::{Belief, Message, Stage};
use crate::lp::{self, Broken};
use detente_game::Rational;
use detente_linear::{Program, RowRelation};

/// With more replies than this the sets of replies are not enumerated.
pub(super) const MOST_REPLIES: usize = 12;

/// An unsent message, under all profiles looked at and all mixtures of them. Senders are
/// positions in the message's list of them.
pub(super) struct Temptation<'a> {
    pub stage: &'a Stage<'a>,
    pub message: &'a Message,
}

impl<'a> Temptation<'a> {
    /// The message's, or why it is not looked at.
    pub fn new(stage: &'a Stage<'a>, message: &'a Message, what: &str) -> Result<Self, String> {
        if message.replies() <= MOST_REPLIES {
            return Ok(Self { stage, message });
        }
        Err(format!(
            "{what} is checked for at most {MOST_REPLIES} replies, and {} has {}",
            message.label,
            message.replies()
        ))
    }

    /// All who can send it.
    pub fn senders(&self) -> Vec<usize> {
        (0..self.message.senders.len()).collect()
    }

    /// What a type gets under each profile.
    fn has(&self, sender: usize) -> &[Rational] {
        &self.stage.types[self.message.type_of(sender)].payoffs
    }

    /// Whether a type gains by some reply, whatever mixture of the profiles is played.
    pub fn can_gain(&self, sender: usize, reply: usize) -> bool {
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

    /// The largest sets of replies that are best at once for some mixture of these beliefs: mixed
    /// best replies are the mixtures inside one of them.
    pub fn faces(&self, beliefs: &[Belief]) -> Result<Vec<Vec<usize>>, Broken> {
        let best = self.message.best_replies(beliefs)?;
        let mut masks: Vec<u32> = (1..1_u32 << best.len()).collect();
        masks.sort_by_key(|mask| std::cmp::Reverse(mask.count_ones()));
        let mut found: Vec<u32> = Vec::new();
        for mask in masks {
            if found.iter().any(|larger| larger & mask == mask) {
                continue;
            }
            if self.message.jointly_best(beliefs, &chosen(&best, mask))? {
                found.push(mask);
            }
        }
        Ok(found.into_iter().map(|mask| chosen(&best, mask)).collect())
    }

    /// Whether after some mixture inside one of the faces `willing` gain or break even while
    /// `unwilling` lose or break even.
    pub fn parts(
        &self,
        faces: &[Vec<usize>],
        willing: &[usize],
        unwilling: &[usize],
    ) -> Result<bool, Broken> {
        for face in faces {
            let mut program = self.mixtures(face);
            for sender in willing {
                program.row(&self.gain(*sender, face), RowRelation::Ge, Rational::ZERO);
            }
            for sender in unwilling {
                program.row(&self.gain(*sender, face), RowRelation::Le, Rational::ZERO);
            }
            if lp::maximum(&program, &[])?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// If somebody gains after every mixture inside every face: by how much at least, and who
    /// does after the least tempting one.
    pub fn everywhere(&self, faces: &[Vec<usize>]) -> Result<Option<(Rational, usize)>, Broken> {
        let mut least: Option<(Rational, usize)> = None;
        for face in faces {
            let (gain, deviator) = self.least(face)?;
            if least.as_ref().is_none_or(|(known, _)| gain < *known) {
                least = Some((gain, deviator));
            }
        }
        Ok(least.filter(|(gain, _)| gain.is_positive()))
    }

    /// The mixture of these replies that makes the greatest gain of any type least; that gain (at
    /// least 0) and a type that has it.
    fn least(&self, face: &[usize]) -> Result<(Rational, usize), Broken> {
        let mut program = self.mixtures(face);
        let bound = program.variable();
        for sender in self.senders() {
            let mut row = self.gain(sender, face);
            row.iter_mut().for_each(|(_, factor)| *factor = -&*factor);
            row.push((bound, Rational::ONE));
            program.row(&row, RowRelation::Ge, Rational::ZERO);
        }
        let (least, point) = lp::minimum(&program, &[(bound, Rational::ONE)])?.ok_or(Broken)?;
        let gain = |sender: usize| -> Rational {
            self.gain(sender, face).iter().map(|(at, factor)| factor * &point[*at]).sum()
        };
        let tempted = self.senders().into_iter().max_by_key(|sender| gain(*sender));
        Ok((least, tempted.ok_or(Broken)?))
    }
}

/// The items that a mask names.
pub(super) fn chosen(items: &[usize], mask: u32) -> Vec<usize> {
    let named = items.iter().enumerate().filter(|(at, _)| mask >> at & 1 == 1);
    named.map(|(_, item)| *item).collect()
}
