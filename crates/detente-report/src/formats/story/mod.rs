//! The story in prose, from the form alone: who chooses what, when, and knowing what of it. Nothing
//! is said of what anybody will choose, and nothing that information sets do not bear out.

mod course;
mod words;

use course::{Course, Knowledge};
use detente_game::form::EventKind;
use detente_game::{EventId, Game, GameForm, GameInstance, LotteryId, PlayerId, Rational, ValueId};
use std::collections::{BTreeMap, BTreeSet};
use words::{at_stake, list, name, outcomes, players, question};

/// The story: players and types, then every event in an order in which it can happen, with who
/// knows of it at which later choice, then what is at stake. One paragraph per line.
///
/// # Examples
///
/// ```
/// use detente_game::exchange::{ImportLimits, read_efg};
/// let entry = "EFG 2 R \"Entry\" { \"Entrant\" \"Incumbent\" } \"\"
/// p \"\" 1 1 \"move\" { \"out\" \"in\" } 0
/// t \"\" 1 \"\" { 1, 5 }
/// p \"\" 2 1 \"reply\" { \"fight\" \"yield\" } 0
/// t \"\" 2 \"\" { 0, 0 }
/// t \"\" 3 \"\" { 2, 2 }
/// ";
/// let game = read_efg(entry, &ImportLimits::default()).unwrap().game;
/// let story = detente_report::formats::story::story(&game);
/// assert!(story.contains("If \"move\" is in, Incumbent chooses at \"reply\": fight or yield."));
/// ```
#[must_use]
pub fn story(game: &Game) -> String {
    let form = &game.form;
    let course = Course::of(form);
    let title = game.meta.title.trim_end();
    let is_ended = title.ends_with(['.', '?', '!', '…']);
    let mut lines = vec![if is_ended { title.to_owned() } else { format!("{title}.") }];
    if !game.meta.about.is_empty() {
        lines.push(game.meta.about.clone());
    }
    lines.push(players(form));
    let teller = Teller { form, course, base: game.base().ok() };
    lines.extend(teller.events());
    lines.extend(at_stake(form));
    lines.extend(outcomes(form));
    lines.join("\n") + "\n"
}

struct Teller<'f> {
    form: &'f GameForm,
    course: Course<'f>,
    /// The game at its base point, for whether odds differ.
    base: Option<GameInstance>,
}

impl Teller<'_> {
    /// One line for each event, and one for each pair whose order varies.
    fn events(&self) -> Vec<String> {
        let order = self.course.in_order();
        if order.is_empty() {
            return vec!["Nothing happens and nobody chooses.".to_owned()];
        }
        let mut lines: Vec<String> = Vec::new();
        // Choices told last that are made at once.
        let mut at_once: Vec<EventId> = Vec::new();
        for (place, event) in order.iter().enumerate() {
            if !self.joins(&at_once, *event) {
                at_once.clear();
            }
            lines.push(self.told(*event, &order, place, !at_once.is_empty()));
            at_once.push(*event);
        }
        for (place, event) in order.iter().enumerate() {
            let later =
                order[place + 1..].iter().filter(|later| self.course.precedes(**later, *event));
            lines.extend(later.map(|later| {
                format!(
                    "In some cases {} comes before {}.",
                    name(self.form, *later),
                    name(self.form, *event)
                )
            }));
        }
        lines
    }

    /// Whether a choice is made at once with those told before it.
    fn joins(&self, at_once: &[EventId], event: EventId) -> bool {
        let (Some(last), Some(owner)) = (at_once.last(), self.form.event(event).owner) else {
            return false;
        };
        let blind = |earlier: &EventId| {
            self.course.knowledge(*earlier, owner, &[event]) == [(event, Knowledge::Never)]
        };
        self.course.is_at_once(*last, event) && at_once.iter().all(blind)
    }

    fn told(&self, event: EventId, order: &[EventId], place: usize, at_once: bool) -> String {
        let when = match (self.course.is_certain(event), at_once) {
            (_, true) => Some("at the same time".to_owned()),
            (true, false) => None,
            (false, false) => Some(self.condition(event, &order[..place])),
        };
        let mut sentences = vec![words::begin(when, self.happening(event))];
        if self.course.can_recur(event) {
            sentences.push("This can happen more than once.".to_owned());
        }
        let owner = self.form.event(event).owner;
        let others = self.form.player_ids().filter(|player| Some(*player) != owner);
        let readers = owner.into_iter().chain(others);
        sentences.extend(readers.filter_map(|player| self.known(event, player, order)));
        sentences.join(" ")
    }

    /// `if gesture is extend`, or no more than that it need not happen.
    fn condition(&self, event: EventId, told_before: &[EventId]) -> String {
        match self.course.condition(event, told_before) {
            Some((other, values)) => {
                format!("if {} is {}", name(self.form, other), list(&self.texts(&values), "or"))
            }
            None => "if it comes to that".to_owned(),
        }
    }

    /// What happens, as a clause.
    fn happening(&self, event: EventId) -> String {
        let form = self.form;
        let described = form.event(event);
        let values = self.texts(self.course.values_of(event));
        if let [only] = values.as_slice() {
            return format!("{} is {only}, for certain", name(form, event));
        }
        let values = list(&values, "or");
        match (described.kind, described.owner) {
            (EventKind::Type, Some(_)) => {
                format!("{} is {values}{}", name(form, event), self.odds(event))
            }
            (EventKind::Choice, Some(owner)) => {
                let player = &form.player(owner).name;
                format!("{player} chooses {}: {values}{}", question(form, event), self.menu(event))
            }
            _ => format!("chance decides {}: {values}{}", name(form, event), self.odds(event)),
        }
    }

    fn texts(&self, values: &[ValueId]) -> Vec<String> {
        values.iter().map(|value| self.form.value(*value).to_owned()).collect()
    }

    fn menu(&self, event: EventId) -> &'static str {
        if self.course.is_always_open(event) { "" } else { ", not all of them in every case" }
    }

    /// Whether the odds are the same wherever the event happens.
    fn odds(&self, event: EventId) -> &'static str {
        let form = self.form;
        let mut all: BTreeSet<BTreeMap<ValueId, Option<Rational>>> = BTreeSet::new();
        let silent = form.nodes().flat_map(|node| form.silent_before(node));
        let certain = silent.filter(|(happened, _)| *happened == event);
        all.extend(certain.map(|(_, value)| BTreeMap::from([(*value, Some(Rational::ONE))])));
        let lotteries = (0..form.lotteries().len()).map(LotteryId::from_index);
        for lottery in lotteries.filter(|lottery| form.lottery(*lottery).event == event) {
            let chance = |branch| self.base.as_ref().map(|base| base.branch(branch).clone());
            let branches = form.branches(lottery);
            let odds = branches.map(|branch| (form.branch_value(branch), chance(branch)));
            all.insert(odds.collect());
        }
        if all.len() > 1 { ", with odds that depend on what happened before" } else { "" }
    }

    /// What a player knows of an event when he chooses after it.
    fn known(&self, event: EventId, player: PlayerId, order: &[EventId]) -> Option<String> {
        let form = self.form;
        let known = self.course.knowledge(event, player, order);
        let is_own = form.event(event).owner == Some(player);
        let all = |wanted| known.iter().all(|(_, knowledge)| *knowledge == wanted);
        let is_type = form.event(event).kind == EventKind::Type;
        if known.is_empty() || is_own && !is_type && all(Knowledge::Always) {
            return None;
        }
        let who = &form.player(player).name;
        if is_own && all(Knowledge::Always) {
            return Some(format!("{who} knows which."));
        }
        let at = |wanted: Knowledge| {
            let questions: Vec<String> = known
                .iter()
                .filter(|(_, knowledge)| *knowledge == wanted)
                .map(|(asked, _)| question(form, *asked))
                .collect();
            let joint = if wanted == Knowledge::Never { "or" } else { "and" };
            (!questions.is_empty()).then(|| format!("when choosing {}", list(&questions, joint)))
        };
        let (always, sometimes, never) =
            (at(Knowledge::Always), at(Knowledge::Sometimes), at(Knowledge::Never));
        let sometimes = sometimes.map(|when| format!("in some cases {when}"));
        let not = never.as_ref().map(|when| format!("not {when}"));
        let parts: Vec<String> = [always, sometimes, not].into_iter().flatten().collect();
        match (all(Knowledge::Never), never) {
            (true, Some(when)) => Some(format!("{who} does not know it {when}.")),
            _ => Some(format!("{who} knows it {}.", parts.join(", "))),
        }
    }
}

#[cfg(test)]
mod tests;
