//! `solve`: one card for each way the game is played in equilibrium.

use super::{continuum, off_path, words};
use crate::cards::{Card, letters, strength};
use crate::look::{Look, Role, padded, width, wrap};
use crate::numbers::Numbers;
use crate::plans::{Seat, seats};
use detente_analysis::analyses::margins::ties;
use detente_analysis::analyses::values::{self, Worth};
use detente_analysis::{Play, names, outcome_shares, tightest};
use detente_game::{EventId, GameForm, Rational, ValueId};
use detente_verify::{Enclosed, Equilibrium};

/// What is said about the search beside its equilibria.
#[derive(Debug, Clone, Copy)]
pub struct Search<'a> {
    /// Name of the method that searched.
    pub method: &'a str,
    /// Whether no equilibrium of the kind asked for can be missing.
    pub complete: bool,
    /// What was and was not searched, one sentence.
    pub searched: &'a str,
    /// How many candidates there are whose verdict is open.
    pub open: usize,
    /// The reasons why, each once.
    pub undecided: &'a [String],
    /// Equilibria that are known by enclosures.
    pub enclosed: &'a [Enclosed],
    /// Whether a signal stopped it.
    pub stopped: bool,
    /// Whether weaker cards are shown in full too.
    pub all: bool,
}

/// Printed first if a signal stopped the search.
pub const STOPPED: &str = "PARTIAL: the search was stopped. What follows is what was found by then; \
                           labels are those of the partial list.\n";

/// Column at which a card's text begins.
const COLUMN: usize = 19;

/// The screen.
#[must_use]
pub fn screen(cards: &[Card], search: &Search, look: &Look) -> String {
    let mut out = if search.stopped { STOPPED.to_owned() } else { String::new() };
    out.push_str(&headline(cards, search, look));
    let strongest = cards.iter().map(|card| strength(card.concept())).min();
    if let Some(card) = cards.first() {
        for line in words::private_priors(card.lead().instance(), look.numbers) {
            out.push_str(&look.labelled(0, "", 2, &line));
        }
    }
    for card in cards {
        if search.all || Some(strength(card.concept())) == strongest {
            out.push('\n');
            out.push_str(&self::card(card, look));
        }
    }
    for (at, enclosed) in search.enclosed.iter().enumerate() {
        out.push('\n');
        out.push_str(&super::enclosed::card(enclosed, &letters(cards.len() + at), look));
    }
    out.push('\n');
    for why in search.undecided {
        out.push_str(&look.labelled(0, "not decided", 13, why));
    }
    out.push_str(&look.labelled(0, "searched", 13, search.searched));
    out.push_str(&look.labelled(0, "method", 13, search.method));
    out
}

fn headline(cards: &[Card], search: &Search, look: &Look) -> String {
    look.labelled(0, "", 0, &found(cards, search))
}

/// How many ways of play there are and of which kind, in a line.
pub(crate) fn found(cards: &[Card], search: &Search) -> String {
    let enclosed = search.enclosed.len();
    let Some(strongest) = cards.iter().map(|card| strength(card.concept())).min() else {
        if let Some(first) = search.enclosed.first() {
            let found = words::count(enclosed, "equilibrium");
            return format!("{found} ({}), enclosed", words::concept(first.concept()));
        }
        let none = match search.open {
            0 if search.complete => "No equilibrium of the kind asked for exists.".to_owned(),
            0 => "No equilibrium of the kind asked for was found.".to_owned(),
            open => format!("None found; {} undecided.", words::count(open, "candidate")),
        };
        return none;
    };
    let (best, weaker): (Vec<&Card>, Vec<&Card>) =
        cards.iter().partition(|card| strength(card.concept()) == strongest);
    let kind = words::kind(best[0].lead());
    let noun = if best.len() == 1 { "way of play" } else { "ways of play" };
    let mut line = format!("{} {noun} ({kind})", best.len());
    if !weaker.is_empty() {
        let mut kinds: Vec<String> = weaker.iter().map(|card| words::kind(card.lead())).collect();
        kinds.dedup();
        let verb = if weaker.len() == 1 { "is" } else { "are" };
        let listed = if search.all { "" } else { ", listed with --all" };
        line.push_str(&format!(
            "; {} more {verb} {} only{listed}",
            weaker.len(),
            kinds.join(" or ")
        ));
    }
    if enclosed > 0 {
        line.push_str(&format!("; {enclosed} more enclosed, not known as fractions"));
    }
    line
}

/// One card.
#[must_use]
pub fn card(card: &Card, look: &Look) -> String {
    let lead = card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let mut out = heading(card, look);
    out.push_str(&strategies(&play, &values::worth(lead), look));
    out.push_str(&continuum::lines(card, look, COLUMN));
    out.push_str(&look.labelled(3, "outcomes", COLUMN, &outcomes(card, &play, look)));
    out.push_str(&super::beliefs::lines(lead, look, COLUMN));
    out.push_str(&tightest_choice(lead, look));
    out.push_str(&indifferent(lead, look));
    out.push_str(&off_path::lines(card, look, COLUMN));
    out.push_str(&checked(card, look));
    out
}

fn heading(card: &Card, look: &Look) -> String {
    let (title, marks) = (title(card), marks(card));
    let marks = marks.join(" · ");
    let label = padded(&card.label, 2);
    let painted = if card.knife_edge { Role::Warn } else { Role::Dim };
    if 3 + width(&title) + 2 + width(&marks) <= look.width {
        let (title, marks) = (look.paint(Role::Title, &title), look.paint(painted, &marks));
        return format!("{label} {title}  {marks}\n");
    }
    let mut out = String::new();
    for (number, line) in wrap(&title, look.width.saturating_sub(3)).iter().enumerate() {
        let head = if number == 0 { label.as_str() } else { "  " };
        out.push_str(&format!("{head} {}\n", look.paint(Role::Title, line)));
    }
    for line in wrap(&marks, look.width.saturating_sub(5)) {
        out.push_str(&format!("     {}\n", look.paint(painted, &line)));
    }
    out
}

/// The concept, variants and continua, and whether it stands on a knife-edge.
pub(crate) fn marks(card: &Card) -> Vec<String> {
    let mut marks = vec![words::kind(card.lead())];
    if card.members.len() > 1 {
        marks.push(format!(
            "{} differing off the path",
            words::count(card.members.len(), "variant")
        ));
    }
    if card.weaker > 0 {
        marks.push(format!("{} more of a weaker concept", card.weaker));
    }
    if card.members.iter().any(|member| !member.corners.is_empty()) {
        marks.push("a continuum".to_owned());
    }
    marks.push(if card.knife_edge { "knife-edge" } else { "no knife-edge" }.to_owned());
    marks
}

/// The author's name in quotes, or what happens.
pub(crate) fn title(card: &Card) -> String {
    match &card.title {
        Some(title) => format!("\"{title}\""),
        None => outcome_title(card),
    }
}

/// Without an author's name a card is called by its most frequent outcomes.
fn outcome_title(card: &Card) -> String {
    let lead = card.lead();
    let play = Play::new(lead.instance(), lead.profile());
    let mut shares = outcome_shares(&play);
    shares.retain(|share| share.outcome.is_some() && share.probability.is_positive());
    shares.sort_by(|a, b| b.probability.cmp(&a.probability));
    let Some(first) = shares.first() else { return constant_answers(&play) };
    let alike: Vec<&str> = shares
        .iter()
        .take_while(|share| share.probability == first.probability)
        .map(|share| share.name.as_str())
        .collect();
    match alike.as_slice() {
        [_] if shares.len() == 1 => format!("{} for certain", first.name),
        [_] => {
            let most =
                if first.probability > Rational::new(1, 2) { "mostly" } else { "most often" };
            let (second, third) = (&shares[1], shares.get(2));
            let clear = third.is_none_or(|third| third.probability < second.probability);
            let then = if clear { format!(", then {}", second.name) } else { String::new() };
            format!("{most} {}{then}", first.name)
        }
        [several @ .., last] if alike.len() <= 3 => {
            format!("{} and {last} equally often", several.join(", "))
        }
        _ => format!("{} outcomes equally often", alike.len()),
    }
}

/// `breakfast always beer`: the questions that are answered alike whenever they come up.
fn constant_answers(play: &Play) -> String {
    let form = play.form();
    let mut answers: Vec<(EventId, Option<ValueId>)> = Vec::new();
    for set in form.info_set_ids().filter(|set| play.reach_of(*set).is_positive()) {
        let question = form.info_set(set).question;
        let value = play.profile().certain(form, set).map(|action| form.action_value(action));
        match answers.iter_mut().find(|(other, _)| *other == question) {
            Some((_, known)) if *known == value => {}
            Some((_, known)) => *known = None,
            None => answers.push((question, value)),
        }
    }
    let texts: Vec<String> = answers
        .iter()
        .filter_map(|(question, value)| {
            let value = form.value((*value)?);
            Some(format!("{} always {value}", names::clear_event(form, *question)))
        })
        .take(3)
        .collect();
    match texts.as_slice() {
        [] if answers.is_empty() => "nobody decides".to_owned(),
        [] => "no question has one answer".to_owned(),
        _ => texts.join(", "),
    }
}

fn strategies(play: &Play, worth: &[Worth], look: &Look) -> String {
    let form = play.form();
    let mut out = String::new();
    let seats = seats(play);
    let name = |seat: &Seat| form.player(seat.player).name.as_str();
    let type_name = |own: Option<ValueId>| own.map_or("", |value| form.value(value));
    let names_width = seats.iter().map(|seat| width(name(seat))).max().unwrap_or(0);
    let types_width = seats.iter().map(|seat| width(type_name(seat.own_type))).max().unwrap_or(0);
    let value =
        |seat| worth_of(worth, seat).map_or("–".to_owned(), |worth| look.numbers.narrow(worth));
    let values: Vec<String> = seats.iter().map(value).collect();
    let values_width = values.iter().map(|text| width(text)).max().unwrap_or(0);
    let mut before = None;
    for (seat, value) in seats.iter().zip(&values) {
        let shown = if before == Some(seat.player) { "" } else { name(seat) };
        before = Some(seat.player);
        let mut head = padded(shown, names_width);
        if types_width > 0 {
            head = format!("{head} {}", padded(type_name(seat.own_type), types_width));
        }
        head = format!("{head} {value:>values_width$}");
        let column = 5 + width(&head) + 3;
        out.push_str(&look.labelled(5, &head, column, &plan(form, seat, look.numbers)));
    }
    out
}

/// What the equilibrium is worth there; nothing for a type of probability 0, whose worth is not
/// defined.
pub(crate) fn worth_of<'w>(worth: &'w [Worth], seat: &Seat) -> Option<&'w Rational> {
    let own = &worth[seat.player.index()];
    match seat.own_type {
        None => Some(&own.value),
        Some(value) => {
            let of_type = own.by_type.iter().find(|of_type| of_type.value == value);
            of_type.and_then(|of_type| of_type.expected.as_ref())
        }
    }
}

/// `reply accept after likely, reject after unlikely; programme build`.
pub(crate) fn plan(form: &GameForm, seat: &Seat, numbers: Numbers) -> String {
    let answers: Vec<String> = seat
        .answers
        .iter()
        .map(|answer| {
            let shown: Vec<String> = answer
                .behaviours
                .iter()
                .map(|behaviour| {
                    let does = words::behaviour(form, behaviour, numbers);
                    format!("{does}{}", words::when(form, behaviour, 4))
                })
                .collect();
            format!("{}: {}", names::event(form, answer.question), shown.join(", "))
        })
        .collect();
    if answers.is_empty() { "is not asked".to_owned() } else { answers.join(";  ") }
}

fn outcomes(card: &Card, play: &Play, look: &Look) -> String {
    let mut shares = outcome_shares(play);
    shares.retain(|share| share.probability.is_positive());
    // A stable sort: equally frequent outcomes stay in the order of the file.
    shares.sort_by(|a, b| b.probability.cmp(&a.probability));
    let named = shares.iter().any(|share| share.outcome.is_some());
    if !named {
        return "none is named in the file".to_owned();
    }
    let texts: Vec<String> = shares
        .iter()
        .map(|share| format!("{} {}", share.name, look.numbers.share(&share.probability)))
        .collect();
    let mut text = words::flow(&texts, look.width.saturating_sub(COLUMN));
    if !card.is_played_alike() {
        text.push_str("\n(at a point inside the continuum)");
    }
    text
}

fn tightest_choice(lead: &Equilibrium, look: &Look) -> String {
    let form = lead.instance().form();
    let margins = tightest(lead);
    let Some(margin) = margins.iter().find(|margin| margin.margin.is_positive()) else {
        return String::new();
    };
    let place = names::whereabouts(form, margin.set);
    let place = if place.is_empty() { place } else { format!(", {place}") };
    let text = format!(
        "{} {} over {}{place}: margin {}",
        names::decider(form, margin.set),
        form.action_label(margin.chosen),
        form.action_label(margin.against),
        look.numbers.number(&margin.margin),
    );
    look.labelled(3, "tightest choice", COLUMN, &text)
}

fn indifferent(lead: &Equilibrium, look: &Look) -> String {
    let mut texts = tied(lead);
    if texts.is_empty() {
        return String::new();
    }
    let more = texts.len().saturating_sub(4);
    texts.truncate(4);
    if more > 0 {
        texts.push(format!("and {more} more"));
    }
    look.labelled(3, "indifferent", COLUMN, &texts.join("\n"))
}

/// Where somebody is indifferent, and between which options.
pub(crate) fn tied(lead: &Equilibrium) -> Vec<String> {
    let form = lead.instance().form();
    ties(lead)
        .iter()
        .map(|tie| {
            let (played, other) = (form.action_label(tie.played), form.action_label(tie.other));
            format!("{}: {played} or {other}", words::situation(form, tie.set))
        })
        .collect()
}

fn checked(card: &Card, look: &Look) -> String {
    let lead = card.lead();
    let instance = lead.instance();
    let arithmetic = words::arithmetic(instance);
    let mut text = format!(
        "{}, {arithmetic}; certificate: {}",
        words::count(instance.form().info_sets().len(), "situation"),
        words::certificate(lead.certificate()),
    );
    if let Some(caveat) = lead.caveat() {
        text.push_str(&format!("\n{caveat}"));
    }
    look.labelled(3, "checked", COLUMN, &text)
}
