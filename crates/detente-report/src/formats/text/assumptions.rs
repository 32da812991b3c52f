//! `assumptions`: which assumption carries the result, and how well it is supported.

use super::words;
use crate::look::{Look, width};
use crate::sentences::soonest;
use crate::sentences::{doubts, turned};
use detente_analysis::analyses::first_turn::is_mixed;
use detente_analysis::analyses::register::Assumption;
use detente_analysis::lints::Thinness;
use detente_game::Game;
use detente_game::game::Param;
use detente_verify::Equilibrium;

/// The screen: one paragraph for each parameter, in the order of the register.
#[must_use]
pub fn screen(
    game: &Game,
    label: &str,
    equilibrium: &Equilibrium,
    register: &[Assumption],
    look: &Look,
) -> String {
    let thin = register.iter().filter(|one| one.thinness.is_some()).count();
    let heading = format!(
        "{}: {} of {} thinly supported; turns of equilibrium {label}, each alone",
        game.meta.title,
        thin,
        words::count(register.len(), "parameter"),
    );
    let mut out = look.title(&heading);
    out.push_str(&look.labelled(
        0,
        "soonest",
        13,
        &soonest(game, equilibrium, register, look.numbers),
    ));
    if is_mixed(equilibrium) {
        let text = "probabilities of mixed choices move along, so that everybody stays \
                    indifferent; of a continuum, corners and a point inside are followed, and the \
                    one that lasts longest is told: where yet others take over, thresholds goes on";
        out.push_str(&look.labelled(0, "mixed", 13, text));
    }
    let names =
        register.iter().map(|one| width(&game.params[one.param.index()].name)).max().unwrap_or(0);
    for one in register {
        out.push('\n');
        out.push_str(&entry(game, equilibrium, one, names, look));
    }
    if !game.settings.is_empty() {
        let all: Vec<String> =
            game.settings.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let text = format!("{}: they change the tree; try them by --set", all.join(", "));
        out.push('\n');
        out.push_str(&look.labelled(0, "settings", 13, &text));
    }
    out
}

fn entry(
    game: &Game,
    equilibrium: &Equilibrium,
    one: &Assumption,
    names: usize,
    look: &Look,
) -> String {
    let param = &game.params[one.param.index()];
    let now = &equilibrium.instance().point()[one.param.index()];
    let numbers = look.numbers;
    let range = match &param.range {
        Some((low, high)) => {
            format!(" in {} … {}", numbers.narrow(low), numbers.narrow(high))
        }
        None => String::new(),
    };
    let label = if param.label.is_empty() { String::new() } else { format!("  {}", param.label) };
    let said = format!("{}{range}{label}", numbers.number(now));
    let mut out = look.labelled(0, &param.name, names + 2, &said);
    out.push_str(&look.labelled(3, "support", 16, &support(param, one.thinness)));
    let sides: Vec<String> = [&one.below, &one.above]
        .into_iter()
        .flatten()
        .map(|turn| {
            let at = words::place(&turn.at, numbers);
            let doubts = doubts(turn);
            let doubt =
                if doubts.is_empty() { String::new() } else { format!(" ({})", doubts.join("; ")) };
            format!("{} {at}{doubt}", turn.side.word())
        })
        .collect();
    if let Some(why) = one.unknown {
        out.push_str(&look.labelled(3, "turns", 16, &format!("not known: {why}")));
        return out;
    }
    if sides.is_empty() {
        out.push_str(&look.labelled(3, "turns", 16, "nowhere in its range that was found"));
        return out;
    }
    let far = one.distance.as_ref().map_or(String::new(), |distance| {
        format!("; the nearer one is {} of the range away", numbers.share(distance))
    });
    out.push_str(&look.labelled(3, "turns", 16, &format!("{}{far}", sides.join(" and "))));
    if let Some(turn) = one.nearer(now) {
        let text = format!("{}.", turned(&game.form, turn));
        out.push_str(&look.labelled(3, "there", 16, &text));
    }
    out
}

fn support(param: &Param, thinness: Option<Thinness>) -> String {
    let support = &param.support;
    if matches!(thinness, Some(Thinness::NoSource)) {
        return "no source".to_owned();
    }
    let sources: Vec<String> = support
        .sources
        .iter()
        .map(|(name, place)| match place {
            Some(place) => format!("{name} ({place})"),
            None => name.clone(),
        })
        .collect();
    match &support.confidence {
        Some(confidence) => format!("{}; confidence {confidence}", sources.join(", ")),
        None => sources.join(", "),
    }
}
