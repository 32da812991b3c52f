//! `why`: the tightest choices, stake by stake, with the values at which they would turn.

use super::words;
use crate::cards::Card;
use crate::look::{Look, Role, padded, width};
use crate::numbers::Numbers;
use crate::sentences::{SearchClaim, Sentence, Writer, narrative};
use detente_analysis::analyses::stakes;
use detente_analysis::{Flip, Flips, names, tightest};
use detente_game::{Game, GameForm, InfoSetId, Rational};
use detente_verify::Margin;

/// What of an equilibrium is explained.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// How many choices are shown, the tightest first.
    pub tightest: usize,
    /// Only choices at this situation.
    pub at: Option<InfoSetId>,
    /// Whether the values at which they would turn are wanted; they take most of the time.
    pub flips: bool,
}

impl Default for Asked {
    fn default() -> Self {
        Self { tightest: 3, at: None, flips: true }
    }
}

/// The screen for one card.
#[must_use]
pub fn screen(game: &Game, card: &Card, asked: &Asked, look: &Look) -> String {
    let lead = card.lead();
    let flips = asked.flips.then(|| Flips::new(game, lead));
    let title = card.title.as_ref().map(|title| format!("  \"{title}\"")).unwrap_or_default();
    let mut out = look.title(&format!("{}{title}", card.label));
    let margins: Vec<Margin> = tightest(lead)
        .into_iter()
        .filter(|margin| asked.at.is_none_or(|set| set == margin.set))
        .collect();
    if margins.is_empty() {
        out.push_str(&look.labelled(
            0,
            "",
            0,
            "No choice is preferred at a situation that comes up.",
        ));
    }
    for (number, margin) in margins.iter().take(asked.tightest).enumerate() {
        out.push_str(&choice(game, card, margin, number + 1, flips.as_ref(), look));
    }
    let left = margins.len().saturating_sub(asked.tightest);
    if left > 0 {
        out.push_str(&format!("{}, none tighter\n", words::count(left, "more choice")));
    }
    out
}

fn choice(
    game: &Game,
    card: &Card,
    margin: &Margin,
    number: usize,
    flips: Option<&Flips>,
    look: &Look,
) -> String {
    let lead = card.lead();
    let form = lead.instance().form();
    let says = says(form, margin);
    let numbers = look.numbers;
    let mut out = look.labelled(0, &number.to_string(), 2, &says);
    let Some(parts) = stakes::breakdown(lead, margin) else {
        let text = format!("margin {}", numbers.number(&margin.margin));
        out.push_str(&look.labelled(4, "", 4, &text));
        return out;
    };
    let sums = format!(
        "{} against {}, margin {}",
        numbers.signed(&parts.chosen),
        numbers.signed(&parts.against),
        numbers.number(&margin.margin),
    );
    out.push_str(&look.labelled(4, "", 4, &sums));
    let name = |stake| form.stake(stake).name.as_str();
    let column = parts.stakes.iter().map(|(stake, _)| width(name(*stake))).max().unwrap_or(0);
    for (stake, part) in &parts.stakes {
        let role = if part.is_positive() { Role::Good } else { Role::Bad };
        let amount = look.paint(role, &numbers.signed(part));
        out.push_str(&format!("    {}  {amount}\n", padded(name(*stake), column)));
    }
    if let Some(flips) = flips.filter(|_| !game.params.is_empty()) {
        out.push_str(&turns(game, card, margin, flips, look));
    }
    out
}

/// Who chooses what over what, and where.
pub(crate) fn says(form: &GameForm, margin: &Margin) -> String {
    let place = names::whereabouts(form, margin.set);
    let knowing = if place.is_empty() { place } else { format!(", {place},") };
    let (chosen, against) = (form.action_label(margin.chosen), form.action_label(margin.against));
    let does = if margin.margin.is_zero() {
        format!("chooses {chosen}; {against} would do as well.")
    } else {
        format!("chooses {chosen} and not {against}.")
    };
    format!("{}{knowing} {does}", names::decider(form, margin.set))
}

/// At which values of which parameters alone a choice would turn.
#[derive(Debug, Default)]
pub(crate) struct Turns {
    /// Name, value now, and where it turns.
    pub rows: Vec<(String, Rational, String)>,
    /// Parameters of which it is not known.
    pub unknown: Vec<String>,
}

/// The turns of one choice.
pub(crate) fn turns_of(
    game: &Game,
    card: &Card,
    margin: &Margin,
    flips: &Flips,
    numbers: Numbers,
) -> Turns {
    let point = card.lead().instance().point();
    let mut turns = Turns::default();
    for axis in flips.of_margin(margin) {
        let name = &game.params[axis.param.index()].name;
        if axis.unknown.is_some() {
            turns.unknown.push(name.clone());
        }
        let side = |flip: &Flip| format!("{} {}", flip.side.word(), words::root(&flip.at, numbers));
        let sides: Vec<String> =
            [&axis.below, &axis.above].into_iter().flatten().map(side).collect();
        if !sides.is_empty() {
            let now = point[axis.param.index()].clone();
            turns.rows.push((name.clone(), now, sides.join(" or ")));
        }
    }
    turns
}

fn turns(game: &Game, card: &Card, margin: &Margin, flips: &Flips, look: &Look) -> String {
    let Turns { rows, unknown } = turns_of(game, card, margin, flips, look.numbers);
    let rows: Vec<(String, String, String)> = rows
        .into_iter()
        .map(|(name, now, sides)| (name, look.numbers.narrow(&now), sides))
        .collect();
    let columns =
        rows.iter().fold((0, 0), |(a, b), (name, now, _)| (a.max(width(name)), b.max(width(now))));
    let texts: Vec<String> = rows
        .iter()
        .map(|(name, now, sides)| {
            format!("{}  {} -> {sides}", padded(name, columns.0), padded(now, columns.1))
        })
        .collect();
    let mut out = String::new();
    if texts.is_empty() {
        out.push_str(&look.labelled(4, "would turn", 18, "at no value of one parameter alone"));
    } else {
        out.push_str(&look.labelled(4, "would turn if", 18, &texts.join("\n")));
    }
    if !unknown.is_empty() {
        out.push_str(&look.labelled(4, "not known", 18, &unknown.join(", ")));
    }
    out
}

/// The same in sentences, each checked, one paragraph.
#[must_use]
pub fn sentences(
    game: &Game,
    cards: &[Card],
    position: usize,
    search: &SearchClaim,
    look: &Look,
) -> String {
    let Some(card) = cards.get(position) else { return String::new() };
    let mut writer = Writer::new(card.lead(), look.numbers);
    let told: Vec<Sentence> = narrative(&mut writer, game, cards, search);
    let text = told.iter().map(|sentence| sentence.text.as_str()).collect::<Vec<_>>().join("\n");
    crate::look::wrap(&text, look.width).join("\n") + "\n"
}
