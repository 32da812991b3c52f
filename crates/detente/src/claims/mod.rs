//! Does a scenario still say what it is expected to say? Every `expect` is met, not met, or open.

mod continuum;
mod enclosure;
mod measure;
mod query;
mod sweep;

pub use continuum::Answer;
pub use measure::{believed, joined, measure};

use crate::road::{self, Asked, Opened, Solved, Verified};
use detente_game::claim::{
    Claim, ClaimKind, Concept, Counted, Override, Quantifier, Query, Relation,
};
use detente_game::number::Interval;
use detente_game::{FormulaId, Game, GameInstance, PlayerId, Rational};
use detente_lang::Options;
use detente_solve::Limits;
use detente_verify::Equilibrium;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The outcome of one `expect`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// As written.
    pub text: String,
    /// Whether it is met; `None` if that is not known.
    pub met: Option<bool>,
    /// What was found, one sentence.
    pub found: String,
    /// How many conditions the claim has.
    pub conditions: usize,
}

/// Equilibria already found, by concept and point.
type Known = BTreeMap<(Concept, Vec<Rational>, Vec<(String, String)>), Arc<Solved>>;

/// Checks claims one after the other, sharing what they have in common.
pub struct Checker<'o> {
    opened: &'o Opened,
    options: Options,
    known: Known,
    games: BTreeMap<Vec<(String, String)>, Option<Arc<Game>>>,
    stop: Option<Arc<AtomicBool>>,
    effort: Effort,
}

/// How long equilibria are searched for and verified, per concept and point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effort {
    /// Where the search stops.
    pub limits: Limits,
    /// After how many verified profiles no further ones are looked at (some more may be, until
    /// a batch is done); the others count as undecided.
    pub judged: u64,
}

impl Default for Effort {
    fn default() -> Self {
        Self { limits: Limits::default(), judged: u64::MAX }
    }
}

impl<'o> Checker<'o> {
    /// A checker for a scenario compiled with `options`.
    #[must_use]
    pub fn new(opened: &'o Opened, options: &Options) -> Self {
        Self {
            opened,
            options: options.clone(),
            known: Known::new(),
            games: BTreeMap::new(),
            stop: None,
            effort: Effort::default(),
        }
    }

    /// The same, but its searches stop when this is set.
    #[must_use]
    pub fn stopped_by(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop: Some(stop), ..self }
    }

    /// The same checker with less effort: more expectations may stay open, none is judged
    /// otherwise.
    #[must_use]
    pub fn with_effort(self, effort: Effort) -> Self {
        Self { effort, ..self }
    }

    /// Checks the claim at a position of the game's list.
    ///
    /// # Panics
    /// If the scenario has errors or the position is not one of its claims.
    pub fn check(&mut self, position: usize) -> Checked {
        let base = self.opened.game().expect("claims are checked on scenarios without errors");
        let claim = &base.claims[position];
        let settings = self.settings_of(claim);
        let Some(game) = self.game(&settings, position) else {
            return Checked {
                text: claim.text.clone(),
                met: None,
                found: "the scenario has errors with these settings".to_owned(),
                conditions: 0,
            };
        };
        // Under other settings the claim speaks of another tree, so it is taken from there.
        let claim = game.claims[position].clone();
        let mut point = game.base_point();
        for Override { param, value, .. } in &claim.with {
            if let Some(param) = param {
                point[param.index()] = value.clone();
            }
        }
        let case = Case { game: &game, point, settings };
        let (met, found) = self.kind(&claim, &case);
        Checked { text: claim.text.clone(), met, found, conditions: conditions(&claim.kind) }
    }

    fn settings_of(&self, claim: &Claim) -> Vec<(String, String)> {
        let own = claim.with.iter().filter(|with| with.param.is_none());
        own.map(|with| (with.name.clone(), with.value.to_string())).collect()
    }

    fn game(&mut self, settings: &[(String, String)], position: usize) -> Option<Arc<Game>> {
        if let Some(known) = self.games.get(settings) {
            return known.clone();
        }
        let game = if settings.is_empty() {
            self.opened.game().cloned()
        } else {
            let mut options = self.options.clone();
            options.set.extend(settings.iter().cloned());
            let game = self.opened.again(&options).game;
            if game.is_none() {
                // Other claims may speak of events that do not exist under these settings.
                options.only_claim = Some(position);
                return self.opened.again(&options).game.map(Arc::new);
            }
            game
        };
        let game = game.map(Arc::new);
        self.games.insert(settings.to_vec(), game.clone());
        game
    }

    fn kind(&mut self, claim: &Claim, case: &Case<'_>) -> (Option<bool>, String) {
        match &claim.kind {
            ClaimKind::Counts(counts) => count(case.game, counts),
            ClaimKind::That(formula) => that(case, *formula),
            ClaimKind::Value { player, relation, to } => self.value(case, *player, *relation, *to),
            ClaimKind::Equilibria { concept, quantifier, queries, holds_for, .. } => {
                let (met, found) = self.equilibria(case, concept, *quantifier, queries);
                if holds_for.is_empty() || met != Some(true) {
                    return (met, found);
                }
                self.sweep(case, concept, *quantifier, queries, holds_for)
            }
        }
    }

    fn value(
        &mut self,
        case: &Case<'_>,
        player: PlayerId,
        relation: Relation,
        to: FormulaId,
    ) -> (Option<bool>, String) {
        let Some(wanted) = case.formula(to) else {
            return (None, "the number has no value here".to_owned());
        };
        let solved = match self.solved(case, &Concept::SubgamePerfect) {
            Ok(solved) => solved,
            Err(why) => return (None, why),
        };
        let mut values: Vec<Rational> = solved
            .equilibria
            .iter()
            .flat_map(Verified::points)
            .map(|equilibrium| equilibrium.values()[player.index()].clone())
            .collect();
        values.sort();
        values.dedup();
        let name = &case.game.form.player(player).name;
        if let Some(enclosed) = solved.enclosed.first() {
            let value = &enclosed.values()[player.index()];
            let near = value.middle().to_decimal(6);
            if solved.complete && solved.enclosed.len() == 1 && values.is_empty() {
                let met = enclosure::compare(relation, value, &Interval::point(wanted));
                return (met, format!("the value of {name} is {near} (rounded)"));
            }
            return (
                None,
                format!(
                    "{name} has equilibrium values that are not known as fractions: {near} (rounded)"
                ),
            );
        }
        match values.as_slice() {
            [] => (None, format!("no value of {name} was found. {}", solved.searched)),
            // All equilibria of a zero-sum game have the same value.
            [value] if solved.complete || solved.method.name == "zero_sum" => {
                (Some(relation.holds(value, &wanted)), format!("the value of {name} is {value}"))
            }
            [value] => (
                None,
                format!("{value} was found, but not everything was searched. {}", solved.searched),
            ),
            several => {
                let list: Vec<String> = several.iter().map(Rational::to_string).collect();
                (None, format!("{name} has several equilibrium values: {}", list.join(", ")))
            }
        }
    }

    fn equilibria(
        &mut self,
        case: &Case<'_>,
        concept: &Concept,
        quantifier: Quantifier,
        queries: &[Query],
    ) -> (Option<bool>, String) {
        let solved = match self.solved(case, concept) {
            Ok(solved) => solved,
            Err(why) => return (None, why),
        };
        let mut answers: Vec<Answer> =
            solved.equilibria.iter().map(|verified| case.answer(verified, queries)).collect();
        answers.extend(
            solved
                .enclosed
                .iter()
                .map(|enclosed| case.in_box(enclosed.instance(), enclosed.probability(), queries)),
        );
        let tally = Tally::of(&answers);
        let mut found = tally.text(concept, &solved);
        let instance = case.instance();
        let open: Vec<(Answer, &str)> = instance
            .iter()
            .flat_map(|instance| {
                let open = solved.undecided.iter();
                open.map(|open| (case.answer_open(instance, open, queries), open.why.as_str()))
            })
            .collect();
        // Where mixed equilibria are not searched, 'none' and 'all' speak of pure strategies.
        let could_satisfy = |(answer, _): &&(Answer, &str)| answer.somewhere != Some(false);
        let could_fail = |(answer, _): &&(Answer, &str)| answer.everywhere != Some(true);
        let doubt = match quantifier {
            Quantifier::Exists | Quantifier::None => open.iter().find(could_satisfy),
            Quantifier::All => open.iter().find(could_fail),
        };
        let why = match doubt {
            Some((_, why)) => Some(*why),
            None if !solved.all_pure => Some(solved.searched.as_str()),
            None => tally
                .is_open(quantifier)
                .then_some("Some equilibria are known in part only: a continuum, or an enclosure."),
        };
        let met = match quantifier {
            Quantifier::Exists if tally.some_satisfies => Some(true),
            Quantifier::None if tally.some_satisfies => Some(false),
            Quantifier::All if tally.some_fails => Some(false),
            _ if why.is_some() => None,
            Quantifier::Exists => Some(false),
            Quantifier::None => Some(true),
            Quantifier::All => Some(!answers.is_empty()),
        };
        if let (None, Some(why)) = (met, why) {
            found.push_str(&format!(", but not everything is decided. {why}"));
        }
        (met, found)
    }

    /// All equilibria of a concept at a point, verified, without bounds of beliefs.
    fn solved(&mut self, case: &Case<'_>, concept: &Concept) -> Result<Arc<Solved>, String> {
        let key = (concept.clone(), case.point.clone(), case.settings.clone());
        if let Some(known) = self.known.get(&key) {
            return Ok(Arc::clone(known));
        }
        let instance = Arc::new(case.instance()?);
        let asked = Asked {
            concept: Some(concept.clone()),
            bounds: false,
            limits: self.effort.limits,
            most_judged: self.effort.judged,
            stop: self.stop.clone(),
            ..Asked::default()
        };
        let solved = Arc::new(road::equilibria(&instance, &asked, &mut |_| {}));
        self.known.insert(key, Arc::clone(&solved));
        Ok(solved)
    }
}

/// How many of the equilibria found satisfy queries.
struct Tally {
    /// Whether some point of some equilibrium satisfies them.
    some_satisfies: bool,
    /// Whether some point of some equilibrium does not.
    some_fails: bool,
    /// Whether it is not known of some continuum if a point of it satisfies them.
    open_somewhere: bool,
    /// Whether it is not known of some continuum if all points of it do.
    open_everywhere: bool,
    satisfying: usize,
    partly: usize,
    total: usize,
}

impl Tally {
    fn of(answers: &[Answer]) -> Self {
        let count = |test: fn(&Answer) -> bool| answers.iter().filter(|one| test(one)).count();
        let partly = |answer: &Answer| answer.somewhere == Some(true) && !answer.is_yes();
        Self {
            some_satisfies: count(|answer| answer.somewhere == Some(true)) > 0,
            some_fails: count(|answer| answer.everywhere == Some(false)) > 0,
            open_somewhere: count(|answer| answer.somewhere.is_none()) > 0,
            open_everywhere: count(|answer| answer.everywhere.is_none()) > 0,
            satisfying: count(|answer| answer.somewhere == Some(true)),
            partly: count(partly),
            total: answers.len(),
        }
    }

    fn is_open(&self, quantifier: Quantifier) -> bool {
        match quantifier {
            Quantifier::Exists | Quantifier::None => self.open_somewhere,
            Quantifier::All => self.open_everywhere,
        }
    }

    fn text(&self, concept: &Concept, solved: &Solved) -> String {
        let (satisfying, total, name) = (self.satisfying, self.total, concept.name());
        let pure_only = !solved.complete && solved.method.name == "pure";
        let kind = if !pure_only { "" } else { ", pure strategies" };
        let mut text = format!("{satisfying} of {total} found satisfy it ({name}{kind})");
        if self.partly > 0 {
            text.push_str(&format!(
                ", {} of them a continuum of which only a part does",
                self.partly
            ));
        }
        text
    }
}

/// A game at a point, for one claim.
pub(crate) struct Case<'g> {
    pub(crate) game: &'g Game,
    pub(crate) point: Vec<Rational>,
    pub(crate) settings: Vec<(String, String)>,
}

impl Case<'_> {
    fn instance(&self) -> Result<GameInstance, String> {
        self.game.at(&self.point).map_err(|error| error.to_string())
    }

    /// The value of a formula here, if it has one.
    pub(crate) fn formula(&self, formula: FormulaId) -> Option<Rational> {
        self.game.formulas.interval_at(formula, &self.point).ok().map(|interval| interval.middle())
    }
}

fn count(game: &Game, counts: &[(Counted, u64)]) -> (Option<bool>, String) {
    let mut met = true;
    let mut found = Vec::new();
    for (counted, wanted) in counts {
        let (number, what, whose) = match counted {
            Counted::Nodes => (game.form.node_count(), "node", String::new()),
            Counted::Ends => (game.form.end_count(), "end", String::new()),
            Counted::InfoSets(None) => (game.form.info_sets().len(), "situation", String::new()),
            Counted::InfoSets(Some(player)) => {
                let sets = game.form.info_sets().iter().filter(|set| set.player == *player);
                (sets.count(), "situation", format!(" of {}", game.form.player(*player).name))
            }
        };
        met &= number as u64 == *wanted;
        let plural = if number == 1 { "" } else { "s" };
        found.push(format!("{number} {what}{plural}{whose}"));
    }
    (Some(met), found.join(", "))
}

fn that(case: &Case<'_>, formula: FormulaId) -> (Option<bool>, String) {
    match case.game.formulas.interval_at(formula, &case.point) {
        Ok(test) if test.low.is_positive() => (Some(true), "it holds".to_owned()),
        Ok(test) if test.high.is_zero() => (Some(false), "it does not hold".to_owned()),
        Ok(_) => (None, "the enclosures cannot decide it".to_owned()),
        Err(why) => (None, format!("it has no value: {why}")),
    }
}

fn conditions(kind: &ClaimKind) -> usize {
    match kind {
        ClaimKind::Counts(counts) => counts.len(),
        ClaimKind::Value { .. } | ClaimKind::That(_) => 1,
        ClaimKind::Equilibria { queries, holds_for, .. } => queries.len() + holds_for.len(),
    }
}

/// Whether an equilibrium satisfies queries at its own point.
#[must_use]
pub fn is_witness(game: &Game, equilibrium: &Equilibrium, queries: &[Query]) -> bool {
    let instance = equilibrium.instance();
    let case = Case { game, point: instance.point().to_vec(), settings: Vec::new() };
    let look = query::Look::new(&case, instance, equilibrium.profile());
    queries.iter().all(|query| look.holds(query))
}

/// The title that the author gave to the story this equilibrium tells: that of the first titled
/// claim, made without `with`, whose queries it satisfies; a continuum, at every point.
#[must_use]
pub fn title(game: &Game, verified: &Verified) -> Option<String> {
    let point = verified.equilibrium.instance().point().to_vec();
    let case = Case { game, point, settings: Vec::new() };
    game.claims.iter().filter(|claim| claim.with.is_empty()).find_map(|claim| match &claim.kind {
        ClaimKind::Equilibria { name: Some(name), queries, quantifier, .. }
            if *quantifier != Quantifier::None
                && !queries.is_empty()
                && case.answer(verified, queries).is_yes() =>
        {
            Some(name.clone())
        }
        _ => None,
    })
}
