//! W106: a number with a thin source, near a value at which the tightest choice turns.

use super::places;
use crate::road::{Opened, Solved};
use detente_analysis::Side;
use detente_analysis::lints::{ThinSource, Thinness, thin_sources};

use detente_game::{Game, Rational};
use detente_lang::{Code, Diagnostic};
use detente_report::formats::text::words;
use detente_report::numbers::Numbers;

/// A turn no farther than this share of the range is near.
const NEAR: (i64, i64) = (1, 10);

/// Formulas, and formulas times parameters, whose turns are found without long waiting.
const MOST_FORMULAS: usize = 2_000;
const MOST_PRODUCT: usize = 100_000;

/// Whether the turns of all parameters of a game can be looked for while it is checked: each
/// makes a rational function of every formula.
pub(super) fn is_short(game: &Game) -> bool {
    let formulas = game.formulas.len();
    formulas <= MOST_FORMULAS && formulas * game.params.len() <= MOST_PRODUCT
}

/// The nearest turn of each thinly supported parameter. The citation of a published model stands
/// for the source of its numbers.
pub(super) fn warnings(opened: &Opened, solved: &Solved) -> Vec<Diagnostic> {
    let Some(game) = opened.game() else { return Vec::new() };
    let mut nearest: Vec<ThinSource> = Vec::new();
    for equilibrium in solved.every() {
        for thin in thin_sources(game, equilibrium, &Rational::new(NEAR.0, NEAR.1)) {
            if thin.thinness == Thinness::NoSource && !game.meta.cite.is_empty() {
                continue;
            }
            match nearest.iter_mut().find(|known| known.flip.param == thin.flip.param) {
                Some(known) if known.distance <= thin.distance => {}
                Some(known) => *known = thin,
                None => nearest.push(thin),
            }
        }
    }
    nearest.sort_by(|a, b| a.distance.cmp(&b.distance));
    nearest.iter().map(|thin| warning(opened, game, thin)).collect()
}

fn warning(opened: &Opened, game: &Game, thin: &ThinSource) -> Diagnostic {
    let param = &game.params[thin.flip.param.index()];
    let support = match thin.thinness {
        Thinness::NoSource => "no source",
        Thinness::LowConfidence => "low confidence",
    };
    let side = match thin.flip.side {
        Side::Below => "below",
        Side::Above => "above",
    };
    let (at, margin) = (words::root(&thin.flip.at, Numbers::Both), &thin.flip.margin);
    let option = |action| game.form.value(game.form.action_value(action));
    let message = format!(
        "{} ({support}) is {} and turns the tightest choice of an equilibrium {side} {at}",
        param.name,
        Numbers::Both.full(&param.base),
    );
    Diagnostic { span: places::param(opened, &param.name), ..Diagnostic::new(Code::W106, message) }
        .note(format!(
            "beyond it {} would choose '{}' instead of '{}'",
            words::situation(&game.form, margin.set),
            option(margin.against),
            option(margin.chosen),
        ))
        .help("name a source under the parameter, or ask how sure it is")
}
