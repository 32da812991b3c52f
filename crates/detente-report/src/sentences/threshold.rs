//! S8 threshold.

use super::{Sentence, Writer};
use detente_analysis::algebra::Root;
use detente_analysis::analyses::first_turn::Place;
use detente_analysis::{Flips, Side};
use detente_game::{Game, ParamId};
use detente_verify::Margin;

/// What S8 claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThresholdClaim {
    /// Which choice turns.
    pub margin: Margin,
    /// Along which parameter.
    pub param: ParamId,
    /// In which direction.
    pub side: Side,
    /// Where.
    pub at: Root,
}

/// S8: "It would turn if detect went above 9/14 (now 0.6), all else unchanged; nothing else in
/// this equilibrium turns before."
///
/// Written only if the claimed value is the nearest root of the choice's margin on that side. The
/// second half needs that no other choice turns before, and that the judge, asked 1/1000 of the
/// way before and after, finds the equilibrium holding before and failing after; where some
/// situation's beliefs are free it speaks of the situations that are followed only.
pub fn threshold(
    writer: &mut Writer,
    game: &Game,
    flips: &Flips,
    claim: &ThresholdClaim,
) -> Option<Sentence> {
    let text = threshold_text(writer, game, flips, claim);
    writer.settle("S8", Some(claim.margin.set), text)
}

fn threshold_text(
    writer: &Writer,
    game: &Game,
    flips: &Flips,
    claim: &ThresholdClaim,
) -> Result<String, &'static str> {
    let known = writer.equilibrium.margins().contains(&claim.margin);
    if !known || !claim.margin.margin.is_positive() {
        return Err("there is no such choice, or it is a tie");
    }
    let axes = flips.of_margin(&claim.margin);
    let axis = axes.iter().find(|axis| axis.param == claim.param);
    let flip = axis
        .and_then(|axis| match claim.side {
            Side::Below => axis.below.as_ref(),
            Side::Above => axis.above.as_ref(),
        })
        .ok_or("it does not turn on that side")?;
    if flip.at != claim.at {
        return Err("it turns somewhere else");
    }
    let param = &game.params[claim.param.index()];
    let now = &writer.equilibrium.instance().point()[claim.param.index()];
    let at = match &claim.at {
        Root::Exact(value) => writer.numbers.full(value),
        Root::Enclosed(interval) => {
            format!("a number between {} and {}", interval.low, interval.high)
        }
    };
    Ok(format!(
        "It would turn if {} went {} {at} (now {}), all else unchanged{}.",
        param.name,
        claim.side.word(),
        writer.numbers.number(now),
        nothing_before(flips, claim),
    ))
}

fn nothing_before(flips: &Flips, claim: &ThresholdClaim) -> &'static str {
    let Some(first) = flips.first(claim.param, claim.side) else { return "" };
    let sure = first.holds_before == Some(true) && first.fails_after == Some(true);
    if first.at != Place::At(claim.at.clone()) || !sure {
        return "";
    }
    if first.all_followed {
        "; nothing else in this equilibrium turns before"
    } else {
        "; no choice at a situation with beliefs fixed by Bayes' rule turns before"
    }
}
