//! A player's best reply to what the others do.

use super::plan::best_after;
use super::play::Play;
use detente_game::{GameForm, GameInstance, PlayerId, Profile, Rational};

/// The profile in which one player plays a best reply, in his own eyes, and all others play as
/// before. Where what he did before is among the best he keeps to it, mixed choices included.
/// `None` without perfect recall, where a plan may be worth more than its parts say.
#[must_use]
pub fn best_reply(instance: &GameInstance, profile: &Profile, player: PlayerId) -> Option<Profile> {
    let form = instance.form();
    if !form.has_perfect_recall() {
        return None;
    }
    let play = Play::seen_by(instance, profile, Some(player));
    let plan = best_after(&play, player, &[(GameForm::ROOT, Rational::ONE)]);
    let mut reply = profile.clone();
    for (set, best) in &plan {
        for action in form.actions(*set) {
            let share = if action == *best { Rational::ONE } else { Rational::ZERO };
            reply.probability[action.index()] = share;
        }
    }
    let most = expected(instance, &reply, player);
    for set in plan.keys().filter(|set| profile.certain(form, **set).is_none()) {
        let mut kept = reply.clone();
        for action in form.actions(*set) {
            kept.probability[action.index()] = profile.of(action).clone();
        }
        if expected(instance, &kept, player) == most {
            reply = kept;
        }
    }
    Some(reply)
}

/// What play under a profile is worth to a player in his own eyes.
#[must_use]
pub fn expected(instance: &GameInstance, profile: &Profile, player: PlayerId) -> Rational {
    let play = Play::seen_by(instance, profile, Some(player));
    play.payoffs(player).swap_remove(GameForm::ROOT.index())
}
