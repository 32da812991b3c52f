//! W107: an equilibrium that rests on indifference at the base values.

use super::places;
use crate::road::{Opened, Solved};
use detente_analysis::lints::{RestingTie, resting_ties};

use detente_game::GameForm;
use detente_lang::{Code, Diagnostic};
use detente_report::formats::text::words;

pub(super) fn warnings(opened: &Opened, solved: &Solved) -> Vec<Diagnostic> {
    let Some(game) = opened.game() else { return Vec::new() };
    let equilibria: Vec<_> = solved.every().collect();
    let ties = resting_ties(&equilibria);
    ties.iter().map(|tie| warning(opened, &game.form, tie, equilibria.len())).collect()
}

fn warning(opened: &Opened, form: &GameForm, tie: &RestingTie, all: usize) -> Diagnostic {
    let option = |action| form.value(form.action_value(action));
    let (first, second) = (option(tie.options.0), option(tie.options.1));
    let message = format!(
        "{} is indifferent between '{first}' and '{second}', and {} of the {all} equilibria found rest on it",
        words::situation(form, tie.set),
        tie.equilibria.len(),
    );
    let info = form.info_set(tie.set);
    let (player, event) = (&form.player(info.player).name, &form.event(info.question).name);
    let place = places::option(opened, player, event, first);
    Diagnostic { span: place, ..Diagnostic::new(Code::W107, message) }
        .help("the smallest change of a stake would decide it")
}
