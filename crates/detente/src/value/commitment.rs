//! What it is worth to be bound to a plan.

use detente_analysis::analyses::commitment::{Bound, commitment};
use detente_analysis::analyses::dominance::{Limits, NoAnswer};
use detente_game::{GameInstance, PlayerId};
use detente_report::numbers::Numbers;
use detente_report::strategies::{mixture, strategy};
use detente_report::value::{Commitment, Plan, Plans};

/// The best plans of a player. `progress` hears how many linear programs are solved and of how many,
/// and answers whether to go on.
pub fn bound(
    instance: &GameInstance,
    player: PlayerId,
    numbers: Numbers,
    progress: &mut dyn FnMut(u64, u64) -> bool,
) -> Commitment {
    let plans = match commitment(instance, player, &Limits::default(), progress) {
        Err(NoAnswer::TooLarge(why)) => Err(why),
        Err(NoAnswer::Unproved) => Err("a result did not pass its check".to_owned()),
        Ok(found) => {
            let form = instance.form();
            let words = |bound: &Bound| {
                let own = &found.form.strategies[player.index()];
                let other = &found.form.strategies[found.follower.index()];
                Plan {
                    plan: mixture(form, own, &bound.plan, numbers),
                    reply: strategy(form, &other[bound.reply]),
                    worth: bound.worth.clone(),
                }
            };
            Ok(Plans {
                kind: words(&found.kind),
                unkind: words(&found.unkind),
                mixed: found.mixed.as_ref().map(words),
            })
        }
    };
    Commitment { player: player.index(), plans }
}
