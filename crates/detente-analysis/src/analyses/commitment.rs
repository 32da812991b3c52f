//! What it is worth to a player to commit himself: he names a plan that he is bound to, and the
//! other chooses knowing it.
//!
//! A plan covers all his types and everything he may come to see; the other learns the plan, not the
//! type and not how a mixture falls (von Stackelberg 1934; von Stengel and Zamir, Games and Economic
//! Behavior 69, 2010). The best mixed plan is found by one linear program for each strategy of the
//! other (Conitzer and Sandholm, Proceedings of EC 2006): the best mixture against which that strategy
//! is a best reply. Every value is weighed again on the tree, by the best replies found there.

use super::dominance::{Limits, NoAnswer};
use super::replies::{best_reply, expected};
use detente_game::exchange::{StrategicForm, strategic_form};
use detente_game::{Card, GameInstance, PlayerId, Profile, Rational};
use detente_linear::{Optimum, Program, RowRelation, is_farkas, is_optimal};

/// What commitments say of themselves.
pub static CARD: Card = Card {
    name: "commitment",
    line: "the best plan, pure or mixed, to be bound to when the other player knows it",
    accepts: "games of two players with perfect recall whose reduced strategic form is small enough",
    exact: true,
    complete: Some("the best of all plans"),
    cost: "one linear program for each strategy of the other player",
    source: "von Stackelberg 1934; Conitzer and Sandholm, Proceedings of EC 2006; von Stengel and \
             Zamir, Games and Economic Behavior 69, 2010",
};

/// A mixture of the positions of pure strategies, with positive probabilities that add up to 1.
pub type Mixture = Vec<(usize, Rational)>;

/// A plan with the reply to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// What the player is bound to.
    pub plan: Mixture,
    /// The other's reply, one of his best ones.
    pub reply: usize,
    /// What they are worth to the one who is bound, and to the other.
    pub worth: [Rational; 2],
}

/// The best plans of one player.
#[derive(Debug, Clone)]
pub struct Commitment {
    /// The strategies and their payoffs.
    pub form: StrategicForm,
    /// Who is bound.
    pub leader: PlayerId,
    /// Who replies.
    pub follower: PlayerId,
    /// The best pure plan if the other, where several replies are equally good to him, takes the one
    /// that suits the leader.
    pub kind: Bound,
    /// The best pure plan if he takes the one that suits the leader least.
    pub unkind: Bound,
    /// The best plan, mixtures included, ties broken for the leader; no better value is attained
    /// otherwise. `None` if a linear program would be too large or the work was stopped.
    pub mixed: Option<Bound>,
}

/// Finds the best plans of a player. `progress` hears how many linear programs are solved and of how
/// many, and answers whether to go on.
///
/// # Errors
/// If there is not exactly one other player, somebody forgets what he knew, the strategic form is
/// beyond the limits, or a result does not pass its check.
pub fn commitment(
    instance: &GameInstance,
    leader: PlayerId,
    limits: &Limits,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Result<Commitment, NoAnswer> {
    let players = instance.form().players().len();
    if players != 2 {
        let many = if players < 2 { "there is no other player" } else { "the others are several" };
        return Err(NoAnswer::TooLarge(format!("{many}, and one reply to a plan is asked for")));
    }
    if !instance.form().has_perfect_recall() {
        return Err(NoAnswer::TooLarge("somebody forgets what he knew".to_owned()));
    }
    let form = strategic_form(instance, &limits.form)
        .map_err(|error| NoAnswer::TooLarge(error.message))?;
    let follower = PlayerId::from_index(1 - leader.index());
    let search = Search { form: &form, leader, follower };
    let (kind, unkind) = search.pure();
    let mixed = search.mixed(limits.program, &kind, progress)?;
    for bound in [&kind, &unkind].into_iter().chain(&mixed) {
        if !search.is_confirmed(instance, bound) {
            return Err(NoAnswer::Unproved);
        }
    }
    Ok(Commitment { leader, follower, kind, unkind, mixed, form })
}

struct Search<'f> {
    form: &'f StrategicForm,
    leader: PlayerId,
    follower: PlayerId,
}

impl Search<'_> {
    fn plans(&self) -> usize {
        self.form.strategies[self.leader.index()].len()
    }

    fn replies(&self) -> usize {
        self.form.strategies[self.follower.index()].len()
    }

    fn payoff(&self, plan: usize, reply: usize, who: PlayerId) -> &Rational {
        let profile = if self.leader.index() == 0 { [plan, reply] } else { [reply, plan] };
        self.form.payoff(&profile, who)
    }

    fn bound(&self, plan: usize, reply: usize) -> Bound {
        let worth = [self.leader, self.follower].map(|who| self.payoff(plan, reply, who).clone());
        Bound { plan: vec![(plan, Rational::ONE)], reply, worth }
    }

    /// The best pure plans, ties of the other broken for and against the leader.
    fn pure(&self) -> (Bound, Bound) {
        let ends: Vec<(Bound, Bound)> = (0..self.plans()).map(|plan| self.answered(plan)).collect();
        let best = |pick: &dyn Fn(&(Bound, Bound)) -> Bound| {
            let all = ends.iter().map(pick);
            all.reduce(|best, one| if one.worth[0] > best.worth[0] { one } else { best })
                .expect("a player has a strategy")
        };
        (best(&|(kind, _)| kind.clone()), best(&|(_, unkind)| unkind.clone()))
    }

    /// A plan with the best reply that suits the leader most, and with the one that suits him least.
    fn answered(&self, plan: usize) -> (Bound, Bound) {
        let worth = |reply: &usize| self.payoff(plan, *reply, self.follower);
        let most = (0..self.replies()).map(|reply| worth(&reply)).max().expect("he has one");
        let best = || (0..self.replies()).filter(|reply| worth(reply) == most);
        let suits = |reply: &usize| self.payoff(plan, *reply, self.leader).clone();
        let kind = best().min_by_key(|reply| -suits(reply)).expect("the best is among them");
        let unkind = best().min_by_key(suits).expect("the best is among them");
        (self.bound(plan, kind), self.bound(plan, unkind))
    }

    /// The best mixture over all replies that one can make the best.
    fn mixed(
        &self,
        most: usize,
        pure: &Bound,
        progress: &mut dyn FnMut(u64, u64) -> bool,
    ) -> Result<Option<Bound>, NoAnswer> {
        if self.plans().saturating_mul(self.replies()) > most {
            return Ok(None);
        }
        let hope = |reply: &usize| {
            let all = (0..self.plans()).map(|plan| self.payoff(plan, *reply, self.leader).clone());
            all.max().expect("a player has a strategy")
        };
        let mut replies: Vec<(Rational, usize)> =
            (0..self.replies()).map(|reply| (-hope(&reply), reply)).collect();
        replies.sort();
        let mut best = pure.clone();
        for (done, (loss, reply)) in replies.iter().enumerate() {
            if !progress(done as u64, replies.len() as u64) {
                return Ok(None);
            }
            if -loss.clone() <= best.worth[0] {
                break;
            }
            if let Some(bound) = self.towards(*reply)?.filter(|one| one.worth[0] > best.worth[0]) {
                best = bound;
            }
        }
        Ok(Some(best))
    }

    /// The best mixture against which a strategy of the other is a best reply, if there is one.
    fn towards(&self, reply: usize) -> Result<Option<Bound>, NoAnswer> {
        let mut program = Program::new(self.plans());
        let mut seen: Vec<Vec<(usize, Rational)>> = Vec::new();
        for other in (0..self.replies()).filter(|other| *other != reply) {
            let row = self.sum(|plan| {
                self.payoff(plan, other, self.follower) - self.payoff(plan, reply, self.follower)
            });
            if !row.is_empty() && !seen.contains(&row) {
                program.row(&row, RowRelation::Le, Rational::ZERO);
                seen.push(row);
            }
        }
        let all: Vec<_> = (0..self.plans()).map(|plan| (plan, Rational::ONE)).collect();
        program.row(&all, RowRelation::Eq, Rational::ONE);
        let objective = self.sum(|plan| self.payoff(plan, reply, self.leader).clone());
        match program.maximize(&objective) {
            Optimum::Optimal { point, dual, .. }
                if is_optimal(&program, &objective, &point, &dual) =>
            {
                let plan: Mixture = point
                    .into_iter()
                    .enumerate()
                    .filter(|(_, share)| share.is_positive())
                    .collect();
                let worth = [self.leader, self.follower].map(|who| {
                    plan.iter().map(|(at, share)| share * self.payoff(*at, reply, who)).sum()
                });
                Ok(Some(Bound { plan, reply, worth }))
            }
            Optimum::Infeasible { farkas } if is_farkas(&program, &farkas) => Ok(None),
            _ => Err(NoAnswer::Unproved),
        }
    }

    fn sum(&self, of: impl Fn(usize) -> Rational) -> Vec<(usize, Rational)> {
        let all = (0..self.plans()).map(|plan| (plan, of(plan)));
        all.filter(|(_, weight)| !weight.is_zero()).collect()
    }

    /// Whether the tree agrees: the plan as behaviour (Kuhn 1953) and the reply are worth what is
    /// said, and no other reply is worth more to the other.
    fn is_confirmed(&self, instance: &GameInstance, bound: &Bound) -> bool {
        let profile = self.behaviour(instance, bound);
        let worth = [self.leader, self.follower].map(|who| expected(instance, &profile, who));
        let most = best_reply(instance, &profile, self.follower)
            .map(|best| expected(instance, &best, self.follower));
        worth == bound.worth && most.as_ref() == Some(&worth[1])
    }

    fn behaviour(&self, instance: &GameInstance, bound: &Bound) -> Profile {
        let form = instance.form();
        let mut profile = Profile { probability: vec![Rational::ZERO; form.action_count()] };
        let reply = vec![(bound.reply, Rational::ONE)];
        for (who, mixture) in [(self.leader, &bound.plan), (self.follower, &reply)] {
            for (at, share) in mixture {
                for action in &self.form.strategies[who.index()][*at].actions {
                    profile.probability[action.index()] += share;
                }
            }
        }
        for set in form.info_set_ids() {
            let total: Rational = form.actions(set).map(|action| profile.of(action)).sum();
            for (place, action) in form.actions(set).enumerate() {
                let share = &mut profile.probability[action.index()];
                // What the plan itself prevents may be done in any way.
                let any = if place == 0 { Rational::ONE } else { Rational::ZERO };
                *share = share.checked_div(&total).unwrap_or(any);
            }
        }
        profile
    }
}
