//! What comes out how often when all uncertain numbers are drawn together.

use crate::formats::html::bars::bounded;
use crate::formats::html::prepared::Prepared;
use crate::formats::json::{Bounds, Ensemble, EnsemblePlay, Estimate};
use crate::formats::text::words::count;
use crate::numbers::estimated;
use maud::{Markup, html};

/// Plays that are shown, the most frequent first.
const PLAYS: usize = 6;

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    Some(match prepared.report.ensemble? {
        Ok(ensemble) => drawn(prepared, ensemble),
        Err(why) => super::left_out(why),
    })
}

fn drawn(prepared: &Prepared, ensemble: &Ensemble) -> Markup {
    let draws = count(ensemble.members as usize, "draw");
    html! {
        p {
            "All numbers with a distribution are drawn together, and at each of " (draws)
            " every pure equilibrium is found. Where there are several, an outcome lies between a least and a "
            "greatest probability: bars are dark up to the mean of the least and light up to the mean of the "
            "greatest. ± is the standard error."
        }
        (quantities(prepared, &ensemble.quantities))
        (plays(prepared, ensemble))
        p.remark { "Drawn: " (ensemble.drawn.join(", ")) "; " (ensemble.points) " points, seed " (ensemble.seed) "." }
        p.remark { "Searched: " (prepared.prose(&ensemble.searched)) }
        p.remark {
            "Checked: " (count(ensemble.verified as usize, "equilibrium")) " verified, each at the draw where it "
            "was met first; " (count(ensemble.decided_by_fractions as usize, "draw")) " decided by fractions, "
            (count(ensemble.solved_alone as usize, "draw")) " solved alone and verified each."
        }
        @if ensemble.no_game > 0 {
            p.remark { (count(ensemble.no_game as usize, "draw")) " have no game: a probability is none there, or a payoff is undefined." }
        }
        @if ensemble.unfinished > 0 {
            p.remark { (count(ensemble.unfinished as usize, "draw")) " were not searched to the end and count as unknown." }
        }
    }
}

fn quantities(prepared: &Prepared, all: &[Bounds]) -> Markup {
    let (payoffs, shares): (Vec<&Bounds>, Vec<&Bounds>) =
        all.iter().partition(|one| one.of == "payoff");
    html! {
        @if !shares.is_empty() {
            table.bars {
                caption { "How likely each outcome is, over the draws" }
                tbody { @for one in &shares { (share(prepared, one)) } }
            }
        }
        @if !payoffs.is_empty() {
            table {
                caption { "What each player gets, over the draws" }
                thead { tr {
                    th scope="col" { "player" }
                    th.number scope="col" { "mean of the least" } th.number scope="col" { "mean of the greatest" }
                } }
                tbody {
                    @for one in &payoffs {
                        tr {
                            th scope="row" { (prepared.prose(&one.name)) }
                            td.number { (amount(one.low.as_ref())) }
                            td.number { (amount(one.high.as_ref())) }
                        }
                    }
                }
            }
        }
    }
}

fn share(prepared: &Prepared, one: &Bounds) -> Markup {
    let (Some(low), Some(high)) = (&one.low, &one.high) else {
        return html! { tr { th scope="row" { (prepared.prose(&one.name)) } td {} td.number { "not known" } } };
    };
    let says =
        if low == high { percent(low) } else { format!("{} to {}", percent(low), percent(high)) };
    html! {
        tr {
            th scope="row" { (prepared.prose(&one.name)) }
            td { (bounded(low.mean, high.mean, &format!("{}: {says}", one.name))) }
            td.number { (says) }
        }
    }
}

fn plays(prepared: &Prepared, ensemble: &Ensemble) -> Markup {
    let mut ranked: Vec<&EnsemblePlay> = ensemble.plays.iter().collect();
    ranked.sort_by(|one, other| other.share.mean.total_cmp(&one.share.mean));
    let left = ranked.len().saturating_sub(PLAYS);
    html! {
        table.register {
            caption { "How often a play is an equilibrium" }
            thead { tr { th scope="col" { "play" } th.number scope="col" { "share of the draws" } } }
            tbody {
                @for one in ranked.iter().take(PLAYS) {
                    tr {
                        td { ul.plays { @for line in one.play.lines() { li { (prepared.prose(line)) } } } }
                        td.number { (percent(&one.share)) }
                    }
                }
            }
        }
        @if left > 0 { p.remark { "and " (count(left, "rarer play")) } }
        @for none in ensemble.by_count.iter().filter(|one| one.plays == 0) {
            p.remark { "No pure equilibrium at " (percent(&none.share)) " of the draws." }
        }
    }
}

fn percent(estimate: &Estimate) -> String {
    let error = estimate.error.map(|error| format!(" ± {:.1}", 100.0 * error));
    format!("{:.1}%{}", 100.0 * estimate.mean, error.unwrap_or_default())
}

fn amount(estimate: Option<&Estimate>) -> String {
    let Some(estimate) = estimate else { return "not known".to_owned() };
    let error = estimate.error.map(|error| format!(" ± {error:.3}"));
    format!("{}{}", estimated(estimate.mean, 3), error.unwrap_or_default())
}
