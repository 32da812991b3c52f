//! Writing `.nfg`: the reduced strategic form, as a list of payoffs.

use super::super::labels::{distinct, quoted};
use super::super::{ExportError, Exported};
use super::reduced::{StrategicLimits, strategic_form};
use crate::game::Game;
use crate::instance::GameInstance;
use std::fmt::Write as _;

/// Writes the game at a point as "NFG 1 R": its reduced strategic form, whose strategies leave
/// open what they themselves prevent.
///
/// # Errors
/// If the strategic form would be beyond the limits.
pub fn write_nfg(
    game: &Game,
    instance: &GameInstance,
    limits: &StrategicLimits,
) -> Result<Exported, ExportError> {
    let form = instance.form();
    let strategic = strategic_form(instance, limits)?;
    let mut text = format!("NFG 1 R {} {{", quoted(&game.meta.title));
    for player in form.players() {
        let _ = write!(text, " {}", quoted(&player.name));
    }
    text.push_str(" }\n\n{");
    for list in &strategic.strategies {
        let mut names: Vec<String> = list.iter().map(|strategy| strategy.name.clone()).collect();
        distinct(&mut names, |position| (position + 1).to_string());
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        let _ = write!(text, " {{ {} }}\n ", names.join(" "));
    }
    let _ = write!(text, "}}\n{}\n\n", quoted(&game.meta.about));
    // One profile a line: player 1's strategy varies fastest.
    for payoffs in strategic.payoffs.chunks(form.players().len().max(1)) {
        let written: Vec<String> = payoffs.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "{}", written.join(" "));
    }
    let mut notes = Vec::new();
    if !form.has_perfect_recall() {
        notes.push(
            "Players forget here: mixed strategies of the strategic form can do more than behaviour strategies of the tree."
                .to_owned(),
        );
    }
    if instance.has_private_beliefs() {
        notes.push(
            "Players' priors differ: each payoff is expected with its player's own.".to_owned(),
        );
    }
    if !instance.is_exact() {
        notes.push("Some numbers rest on approx( ) and are rounded.".to_owned());
    }
    Ok(Exported { text, notes })
}
