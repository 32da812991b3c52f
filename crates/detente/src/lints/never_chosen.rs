//! W102: an option that no equilibrium chooses.

use super::places;
use crate::road::{Opened, Solved};
use detente_analysis::lints::{NeverChosen, never_chosen};
use detente_analysis::names;
use detente_game::GameForm;
use detente_lang::{Code, Diagnostic};

/// One warning for each option that no type of its player chooses, or that another option
/// dominates for some of them. That one type leaves to the other what is worse for it is no news.
pub(super) fn warnings(opened: &Opened, solved: &Solved) -> Vec<Diagnostic> {
    let Some(game) = opened.game() else { return Vec::new() };
    let equilibria: Vec<_> = solved.every().collect();
    let mut groups: Vec<Vec<NeverChosen>> = Vec::new();
    for never in never_chosen(&equilibria) {
        let alike = |group: &&mut Vec<NeverChosen>| {
            let first = &group[0];
            first.player == never.player
                && first.option == never.option
                && first.dominated_by == never.dominated_by
                && game.form.event(first.question).name == game.form.event(never.question).name
        };
        match groups.iter_mut().find(alike) {
            Some(group) => group.push(never),
            None => groups.push(vec![never]),
        }
    }
    groups
        .iter()
        .filter(|group| group[0].dominated_by.is_some() || by_no_type(&game.form, group))
        .map(|group| warning(opened, &game.form, group))
        .collect()
}

/// Whether the group has every type of the player.
fn by_no_type(form: &GameForm, group: &[NeverChosen]) -> bool {
    let types = names::type_event(form, group[0].player).map(|event| names::values_of(form, event));
    let never = |own| group.iter().any(|one| one.own_type == Some(own));
    types.is_none_or(|types| types.into_iter().all(never))
}

fn warning(opened: &Opened, form: &GameForm, group: &[NeverChosen]) -> Diagnostic {
    let first = &group[0];
    let (player, option) = (&form.player(first.player).name, form.value(first.option));
    let event = &form.event(first.question).name;
    let mut types: Vec<&str> = Vec::new();
    let mut questions: Vec<String> = Vec::new();
    for never in group {
        if let Some(own) =
            never.own_type.map(|own| form.value(own)).filter(|own| !types.contains(own))
        {
            types.push(own);
        }
        let question = names::event(form, never.question);
        if !questions.contains(&question) {
            questions.push(question);
        }
    }
    let who = match types.as_slice() {
        [] => player.clone(),
        types => format!("{player} ({})", types.join(", ")),
    };
    let asked = questions.join(", ");
    let message = format!(
        "no equilibrium found at the base values has {who} choose '{option}' for '{asked}'"
    );
    let place = places::option(opened, player, event, option);
    let diagnostic = Diagnostic { span: place, ..Diagnostic::new(Code::W102, message) };
    match first.dominated_by.map(|other| form.value(other)) {
        Some(other) => diagnostic
            .note(format!("'{other}' is at least as good at the base values, whatever happens")),
        None => diagnostic,
    }
}
