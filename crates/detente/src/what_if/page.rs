//! What the page of a variant shows: its ways of play side by side, and what follows from them.

use super::{Played, play};
use crate::road::Solved;
use crate::value::counted;
use detente_analysis::analyses::contrast::contrast;
use detente_analysis::analyses::values;
use detente_analysis::{Play, outcome_shares};
use detente_game::what_if::{LockMode, WhatIf};
use detente_game::{Game, GameInstance, PlayerId, Profile, Rational};
use detente_report::cards::{Card, Member, deal};
use detente_report::formats::text::words;
use detente_report::numbers::Numbers;
use detente_report::sentences::{self, LastsClaim, LockClaim, Sentence, Writer};
use detente_report::variant::{Column, Kind, Knowing, Range, Variant};
use detente_verify::Equilibrium;
use std::sync::Arc;

/// What is asked of [`variant`].
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The equilibrium of the game as it is, and its letter.
    pub before: (&'a Equilibrium, &'a str),
    /// The game with the numbers that the variant sets; the game as it is if it sets none.
    pub game: &'a Game,
    /// The variant, as that game has it.
    pub what_if: &'a WhatIf,
    /// How numbers are written in sentences.
    pub numbers: Numbers,
}

/// A way of play that becomes a column.
struct Way {
    column: Column,
    instance: Arc<GameInstance>,
    profile: Profile,
}

/// Plays a variant and puts its page together.
///
/// # Errors
/// Why it cannot be played, as a sentence without its full stop.
pub fn variant(
    question: &Question,
    solve: &mut dyn FnMut(&Arc<GameInstance>) -> Solved,
) -> Result<Variant, String> {
    let what_if = question.what_if;
    let mut page = Page::new(question);
    let changed;
    let mut start = (question.before.0.clone(), question.before.1.to_owned());
    if !what_if.set.is_empty() {
        let instance = Arc::new(question.game.base().map_err(|error| error.to_string())?);
        changed = solve(&instance);
        let cards = cards(&changed);
        for card in &cards {
            page.add(Kind::NumbersSet, Some(&card.label), &instance, card.lead().profile());
        }
        page.heard(&changed, "with the numbers set");
        let Some(first) = cards.first() else {
            let lost = "with the numbers set no equilibrium is known exactly";
            return if what_if.locks_nothing() { Ok(page.finish()) } else { Err(lost.to_owned()) };
        };
        start = (first.lead().clone(), first.label.clone());
    }
    if !what_if.locks_nothing() {
        let (start, label) = (&start.0, start.1.as_str());
        let played = play(question.game, what_if, start, solve)
            .map_err(|error| error.text(&question.game.form))?;
        page.locks(start, label, &played);
    }
    Ok(page.finish())
}

/// The equilibria of the strongest concept, as cards without titles: under locks an author's names
/// need not fit.
fn cards(solved: &Solved) -> Vec<Card<'_>> {
    let members: Vec<Member> = counted(solved)
        .into_iter()
        .map(|verified| Member {
            equilibrium: &verified.equilibrium,
            corners: &verified.corners,
            title: None,
        })
        .collect();
    deal(&members)
}

struct Page<'a> {
    question: &'a Question<'a>,
    ways: Vec<Way>,
    variant: Variant,
}

impl<'a> Page<'a> {
    fn new(question: &'a Question<'a>) -> Self {
        let what_if = question.what_if;
        let mode = what_if.mode == LockMode::NobodyElseKnows;
        let variant = Variant {
            name: what_if.name.clone(),
            nobody_else_knows: (!what_if.locks_nothing()).then_some(mode),
            columns: Vec::new(),
            rows: Vec::new(),
            lever: None,
            ranges: Vec::new(),
            own: Vec::new(),
            knowing: Vec::new(),
            sentences: Vec::new(),
            searched: Vec::new(),
            complete: true,
        };
        let mut page = Self { question, ways: Vec::new(), variant };
        let (before, label) = question.before;
        page.add(Kind::Before, Some(label), before.instance(), before.profile());
        page
    }

    fn add(
        &mut self,
        kind: Kind,
        label: Option<&str>,
        instance: &Arc<GameInstance>,
        profile: &Profile,
    ) {
        let column = Column { kind, label: label.map(str::to_owned) };
        let (instance, profile) = (Arc::clone(instance), profile.clone());
        self.ways.push(Way { column, instance, profile });
    }

    fn heard(&mut self, solved: &Solved, when: &str) {
        self.variant.complete &= solved.complete;
        let mut text = format!("{when}: {}", solved.searched);
        let weaker = solved.equilibria.len() - counted(solved).len();
        if weaker > 0 {
            let count = words::count(weaker, "equilibrium");
            text.push_str(&format!(" {count} of weaker concepts, not shown."));
        }
        if !solved.enclosed.is_empty() {
            text.push_str(&format!(
                " {} more known by enclosures only, not shown.",
                solved.enclosed.len()
            ));
        }
        if solved.equilibria.is_empty() {
            text.push_str(" None was found that is known exactly.");
        }
        if !solved.undecided.is_empty() {
            text.push_str(" Some verdicts are open.");
        }
        self.variant.searched.push(text);
    }

    /// Play under the locks in both modes, and what can be said of it.
    fn locks(&mut self, start: &Equilibrium, label: &str, played: &Played) {
        let numbers = self.question.numbers;
        let truth = start.instance();
        let cards = cards(&played.known);
        let mut told = Vec::new();
        for card in &cards {
            let whole = played.whole(start, card.lead().profile());
            let which = match cards.len() {
                1 => None,
                all => Some(format!("{} of {all} ways of play", card.label)),
            };
            told.extend(self.sentence(start, &Play::new(truth, &whole), which, true));
            self.add(Kind::KnownToAll, Some(&card.label), truth, &whole);
        }
        self.heard(&played.known, "all know");
        if let Some(lasts) = &played.lasts {
            let claim = LastsClaim {
                label,
                locked: &played.locked,
                below: lasts.below.as_ref(),
                above: lasts.above.as_ref(),
                at_ends: lasts.at_ends,
            };
            let kind =
                if self.question.what_if.set.is_empty() { Kind::Before } else { Kind::NumbersSet };
            let text = sentences::lasts(&claim, numbers);
            self.range(kind, label, lasts, text);
        }
        for card in &cards {
            let holds = played.holds(card.lead());
            let name = format!("With the lock, {}", card.label);
            let claim = LastsClaim {
                label: &name,
                locked: &played.locked,
                below: holds.below.as_ref(),
                above: holds.above.as_ref(),
                at_ends: holds.at_ends,
            };
            let text = sentences::holds(&claim, numbers);
            self.range(Kind::KnownToAll, &card.label, &holds, text);
        }
        let locked = &played.locked;
        let lever = sentences::lever(locked);
        self.variant.lever = Some((lever, locked.from.clone(), locked.to.clone()));
        match &played.alone {
            Some(alone) => {
                told.extend(self.sentence(start, &Play::new(truth, &alone.profile), None, false));
                self.add(Kind::NobodyElseKnows, None, truth, &alone.profile);
                let name = |player: &PlayerId| truth.form().player(*player).name.clone();
                self.variant.own =
                    alone.gains.iter().map(|(who, gain)| (name(who), gain.clone())).collect();
                self.variant.knowing = alone
                    .exploits
                    .iter()
                    .map(|one| Knowing {
                        player: name(&one.player),
                        gain: one.gain.clone(),
                        price: one.price.clone(),
                    })
                    .collect();
            }
            None => self.variant.searched.push(
                "nobody else knows: somebody forgets what he knew, and best replies are not \
                 computed then"
                    .to_owned(),
            ),
        }
        self.variant.sentences = told;
    }

    fn range(&mut self, kind: Kind, label: &str, lasts: &super::Lasts, text: String) {
        let column = Column { kind, label: Some(label.to_owned()) };
        let (below, above) = (lasts.below.clone(), lasts.above.clone());
        self.variant.ranges.push(Range { column, below, above, text });
    }

    /// S12 for the outcome that moves most and the player who gains or loses most.
    fn sentence(
        &self,
        start: &Equilibrium,
        after: &Play,
        which: Option<String>,
        known_to_all: bool,
    ) -> Option<Sentence> {
        let before = Play::new(start.instance(), start.profile());
        let (from, to) = (outcome_shares(&before), outcome_shares(after));
        let moves = from.iter().zip(&to).filter(|(from, _)| from.outcome.is_some());
        let (from, to) =
            first_greatest(moves, |(from, to)| (&to.probability - &from.probability).abs())?;
        let worth = |play: &Play| values::worths(play.instance(), play.profile());
        let gains = worth(after).into_iter().zip(worth(&before));
        let gains = gains.map(|(after, before)| (after.player, after.value - before.value));
        let (player, gain) = first_greatest(gains, |(_, gain)| gain.abs())?;
        let claim = LockClaim {
            lock: self.question.what_if.name.clone(),
            known_to_all,
            which,
            locked: after,
            outcome: from.name.clone(),
            from: from.probability.clone(),
            to: to.probability.clone(),
            player,
            gain,
        };
        sentences::lock(&mut Writer::new(start, self.question.numbers), &claim)
    }

    fn finish(mut self) -> Variant {
        let plays: Vec<Play> =
            self.ways.iter().map(|way| Play::new(&way.instance, &way.profile)).collect();
        self.variant.rows = contrast(&plays);
        self.variant.columns = self.ways.iter().map(|way| way.column.clone()).collect();
        self.variant
    }
}

/// The first among those with the greatest key.
fn first_greatest<T>(all: impl Iterator<Item = T>, key: impl Fn(&T) -> Rational) -> Option<T> {
    all.fold(None, |best: Option<(Rational, T)>, one| {
        let size = key(&one);
        match best {
            Some((most, kept)) if size <= most => Some((most, kept)),
            _ => Some((size, one)),
        }
    })
    .map(|(_, one)| one)
}
