//! `dominance`: what is removed in each round, by what, and what is left.

use super::words;
use crate::look::{Look, Role};
use crate::strategies::{mixture, strategy};
use detente_analysis::analyses::dominance::{Dominance, Elimination, Sense};
use detente_game::{GameInstance, PlayerId};

/// Eliminations shown of one round, and strategies shown of one player.
const SHOWN: usize = 12;

/// The screen.
#[must_use]
pub fn screen(instance: &GameInstance, dominance: &Dominance, look: &Look) -> String {
    let mut out = look.paint(Role::Title, &headline(dominance));
    out.push('\n');
    for round in 1..=dominance.rounds {
        out.push_str(&format!("\n{}\n", look.paint(Role::Label, &format!("round {round}"))));
        let gone: Vec<&Elimination> =
            dominance.eliminations.iter().filter(|one| one.round == round).collect();
        for one in gone.iter().take(SHOWN) {
            out.push_str(&elimination(instance, dominance, one, look));
        }
        out.push_str(&more(gone.len(), look));
    }
    out.push_str(&format!("\n{}\n", look.paint(Role::Label, "left")));
    for player in instance.form().player_ids() {
        out.push_str(&left(instance, dominance, player, look));
    }
    out.push('\n');
    for (label, text) in notes(instance, dominance) {
        out.push_str(&look.labelled(0, label, 13, &text));
    }
    out
}

fn headline(dominance: &Dominance) -> String {
    let kind = match dominance.sense {
        Sense::Strict => "strictly",
        Sense::Weak => "weakly",
    };
    match dominance.rounds {
        0 if dominance.is_complete() => format!("No strategy is {kind} dominated."),
        0 => format!("No strategy was found to be {kind} dominated."),
        rounds => format!(
            "{} removed as {kind} dominated, in {}",
            words::count(dominance.eliminations.len(), "strategy")
                .replace("strategys", "strategies"),
            words::count(rounds, "round")
        ),
    }
}

fn elimination(
    instance: &GameInstance,
    dominance: &Dominance,
    gone: &Elimination,
    look: &Look,
) -> String {
    let form = instance.form();
    let own = &dominance.form.strategies[gone.player.index()];
    let (least, greatest) = (look.numbers.number(&gone.least), look.numbers.number(&gone.greatest));
    let by = mixture(form, own, &gone.by, look.numbers);
    let than = match dominance.sense {
        Sense::Strict => format!("{by} is better by at least {least}, whatever the others do"),
        Sense::Weak if gone.least == gone.greatest => format!("{by} is better by {least}"),
        Sense::Weak if gone.least.is_positive() => {
            format!("{by} is better by {least} to {greatest}")
        }
        Sense::Weak => format!("{by} is never worse, and better by up to {greatest}"),
    };
    let name = &form.player(gone.player).name;
    let column = 5 + crate::look::width(name);
    let what = format!("[{}]", strategy(form, &own[gone.strategy]));
    look.labelled(3, name, column, &what) + &look.labelled(3, "", column, &than)
}

fn more(of: usize, look: &Look) -> String {
    match of.saturating_sub(SHOWN) {
        0 => String::new(),
        rest => look.labelled(3, "", 5, &format!("and {rest} more; --json lists all")),
    }
}

fn left(instance: &GameInstance, dominance: &Dominance, player: PlayerId, look: &Look) -> String {
    let form = instance.form();
    let own = &dominance.form.strategies[player.index()];
    let left: Vec<usize> = dominance.left(player).collect();
    let name = &form.player(player).name;
    let count = format!("{} of {}", left.len(), own.len());
    let column = 5 + crate::look::width(name);
    let mut out = look.labelled(3, name, column, &count);
    for at in left.iter().take(SHOWN) {
        out.push_str(&look.labelled(3, "", column, &format!("[{}]", strategy(form, &own[*at]))));
    }
    out + &more(left.len(), look)
}

/// What the result means, and what it does not say.
pub(crate) fn notes(instance: &GameInstance, dominance: &Dominance) -> Vec<(&'static str, String)> {
    let mut notes = vec![("order", order(dominance.sense).to_owned())];
    if dominance.stopped {
        let text = "The work was stopped; only completed rounds are shown, and more may be \
                    dominated.";
        notes.push(("stopped", text.to_owned()));
    } else if dominance.untried() > 0 {
        let text = format!(
            "For {} of the strategies left, mixtures were not tried, because the linear program \
             would be too large; more may be dominated.",
            dominance.untried()
        );
        notes.push(("limit", text));
    } else if dominance.sense == Sense::Strict {
        let text = "What is left is rationalizable, if a player may think that the others' \
                    choices are correlated: each strategy is a best reply to some conjecture \
                    about what is left.";
        notes.push(("meaning", text.to_owned()));
    }
    if instance.has_private_beliefs() {
        let text = "Probabilities of chance differ between players; payoffs are in each player's \
                    own eyes.";
        notes.push(("priors", text.to_owned()));
    }
    if !instance.form().has_perfect_recall() {
        notes.push(("recall", FORGETS.to_owned()));
    }
    let checked = if instance.is_exact() {
        "every elimination by its mixture, every strategy left by its conjecture; exact arithmetic"
    } else {
        "every elimination by its mixture, every strategy left by its conjecture; not exact: \
         approx( ) is involved"
    };
    if dominance.is_complete() {
        notes.push(("checked", checked.to_owned()));
    }
    notes
}

/// What holds in the strategic form need not hold of behaviour strategies.
pub(crate) const FORGETS: &str = "Some player forgets, so behaviour strategies are not the same \
                                  as mixtures of plans, which alone are considered here.";

fn order(sense: Sense) -> &'static str {
    match sense {
        Sense::Strict => {
            "All strictly dominated strategies of all players at once in each round; another \
             order would leave the same."
        }
        Sense::Weak => {
            "All weakly dominated strategies of all players at once in each round; another order \
             may leave others."
        }
    }
}
