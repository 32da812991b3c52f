//! Writing `.efg`: depth first, every set's actions and every end's payoffs in full, so that
//! readers which know no short forms (OpenSpiel) read it too.

use super::super::labels::{event_text, quoted, set_labels};
use super::super::priors::PriorRatios;
use super::super::{ExportError, Exported};
use crate::form::{GameForm, NodeKind};
use crate::game::Game;
use crate::ids::{InfoSetId, LotteryId, NodeId, OutcomeId};
use crate::instance::GameInstance;
use crate::number::Rational;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How to write `.efg`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EfgOptions {
    /// Keep payoffs of inner nodes where they were read. If not, ends pay all (the form that
    /// OpenSpiel wants).
    pub inner_payoffs: bool,
}

impl Default for EfgOptions {
    fn default() -> Self {
        Self { inner_payoffs: true }
    }
}

/// Writes the game at a point as "EFG 2 R".
///
/// Labels of information sets are unique per player (sets of imported games without a label stay
/// without). Where players' priors differ, their payoffs are multiplied by the ratio of priors,
/// which leaves all equilibria as they are; a note says so.
///
/// # Errors
/// If a player believes in a branch of common probability 0.
///
/// # Panics
/// If `instance` is not of `game`.
pub fn write_efg(
    game: &Game,
    instance: &GameInstance,
    options: &EfgOptions,
) -> Result<Exported, ExportError> {
    let form = instance.form();
    assert_eq!(form.node_count(), game.form.node_count(), "the instance is of another game");
    let ratios = PriorRatios::of(instance)?;
    let mut writer = Writer::new(game, instance, &ratios, options);
    let mut text = String::from("EFG 2 R ");
    text.push_str(&quoted(&game.meta.title));
    text.push_str(" {");
    for player in form.players() {
        let _ = write!(text, " {}", quoted(&player.name));
    }
    text.push_str(" }\n");
    let _ = writeln!(text, "{}\n", quoted(&game.meta.about));
    let mut open: Vec<(NodeId, LastDraw)> = vec![(GameForm::ROOT, None)];
    while let Some((node, last)) = open.pop() {
        let drawn = writer.node(node, last, &mut text);
        let below = |position| drawn.map(|set| (set, position)).or(last);
        let children = form.children(node).enumerate().rev();
        open.extend(children.map(|(position, child)| (child, below(position))));
    }
    Ok(Exported { text, notes: writer.notes() })
}

/// The last draw before a node: the number of chance's information set, and the branch.
type LastDraw = Option<(usize, usize)>;

struct Writer<'g> {
    instance: &'g GameInstance,
    ratios: &'g PriorRatios,
    set_labels: Vec<String>,
    /// Number of each set among those of its player, from 1.
    set_numbers: Vec<usize>,
    /// Chance's information sets: their numbers, and their labels with the numbers tried for each
    /// event's name.
    chance_sets: BTreeMap<(LotteryId, LastDraw), usize>,
    chance_labels: Vec<String>,
    used_labels: BTreeMap<String, usize>,
    /// Payoffs at inner nodes that are to be written, empty if none are.
    inner: BTreeMap<NodeId, Vec<Rational>>,
    inner_outcome: BTreeMap<NodeId, Option<OutcomeId>>,
    outcomes: BTreeMap<(Option<OutcomeId>, Vec<Rational>), usize>,
    wide: bool,
}

impl<'g> Writer<'g> {
    fn new(
        game: &Game,
        instance: &'g GameInstance,
        ratios: &'g PriorRatios,
        options: &EfgOptions,
    ) -> Self {
        let form = instance.form();
        let mut counts = vec![0; form.players().len()];
        let set_numbers = form
            .info_sets()
            .iter()
            .map(|set| {
                counts[set.player.index()] += 1;
                counts[set.player.index()]
            })
            .collect();
        let mut inner = BTreeMap::new();
        let mut inner_outcome = BTreeMap::new();
        // A ratio of priors is that of a whole path: with it, all is paid at the ends.
        if options.inner_payoffs && !ratios.any() {
            for (node, row) in &game.inner_rows {
                let paid = |player| instance.row_payoff(*row, player).clone();
                inner.insert(*node, form.player_ids().map(paid).collect());
                inner_outcome.insert(*node, form.outcome_of(*row));
            }
        }
        Self {
            instance,
            ratios,
            set_labels: set_labels(form),
            set_numbers,
            chance_sets: BTreeMap::new(),
            chance_labels: Vec::new(),
            used_labels: BTreeMap::new(),
            inner,
            inner_outcome,
            outcomes: BTreeMap::new(),
            wide: false,
        }
    }

    /// Writes a node's line; returns the number of chance's information set if it is one of chance.
    fn node(&mut self, node: NodeId, last: LastDraw, text: &mut String) -> Option<usize> {
        let form = self.instance.form();
        let mut drawn = None;
        let label = quoted(form.node_label(node).unwrap_or_default());
        match form.kind(node) {
            NodeKind::Decision(set) => {
                let player = form.info_set(set).player.index() + 1;
                let _ = write!(text, "p {label} {player} ");
                self.info_set(set, text);
            }
            NodeKind::Chance(lottery) => {
                let _ = write!(text, "c {label} ");
                drawn = Some(self.lottery(lottery, last, text));
            }
            NodeKind::End(row) => {
                let _ = write!(text, "t {label}");
                let payoffs = self.payoffs_at_end(node);
                self.outcome(form.outcome_of(row), payoffs, text);
                text.push('\n');
                return None;
            }
        }
        match self.inner.get(&node) {
            Some(payoffs) => {
                let payoffs = payoffs.clone();
                self.outcome(self.inner_outcome[&node], payoffs, text);
                text.push('\n');
            }
            None => text.push_str(" 0\n"),
        }
        drawn
    }

    fn info_set(&self, set: InfoSetId, text: &mut String) {
        let form = self.instance.form();
        let (number, label) = (self.set_numbers[set.index()], &self.set_labels[set.index()]);
        let _ = write!(text, "{number} {} {{", quoted(label));
        for action in form.actions(set) {
            let _ = write!(text, " {}", quoted(form.action_label(action)));
        }
        text.push_str(" }");
    }

    fn lottery(&mut self, lottery: LotteryId, last: LastDraw, text: &mut String) -> usize {
        let form = self.instance.form();
        let number = self.chance_set(lottery, last);
        let _ = write!(text, "{number} {} {{", quoted(&self.chance_labels[number - 1]));
        for branch in form.branches(lottery) {
            let probability = self.instance.branch(branch);
            self.wide |= is_wide(probability);
            let _ = write!(text, " {} {probability}", quoted(form.branch_label(branch)));
        }
        text.push_str(" }");
        number
    }

    /// The number of chance's information set for a lottery. Gambit asks for perfect recall of
    /// chance too: a lottery drawn after different draws needs different sets. Their labels are
    /// `x`, `x (2)`, …, which the reader takes for one event.
    fn chance_set(&mut self, lottery: LotteryId, last: LastDraw) -> usize {
        let next = self.chance_sets.len() + 1;
        let number = *self.chance_sets.entry((lottery, last)).or_insert(next);
        if number == next {
            let form = self.instance.form();
            let name = event_text(form.event(form.lottery(lottery).event));
            let label = self.unused(&name);
            self.chance_labels.push(label);
        }
        number
    }

    fn unused(&mut self, name: &str) -> String {
        let mut label = name.to_owned();
        while self.used_labels.contains_key(&label) {
            let count = self.used_labels.entry(name.to_owned()).or_insert(1);
            *count += 1;
            label = format!("{name} ({count})");
        }
        self.used_labels.insert(label.clone(), 1);
        label
    }

    /// What an end pays beyond what the nodes above it pay.
    fn payoffs_at_end(&self, end: NodeId) -> Vec<Rational> {
        let form = self.instance.form();
        let mut payoffs: Vec<Rational> = form
            .player_ids()
            .map(|player| self.ratios.scaled(end, player, self.instance.payoff(end, player)))
            .collect();
        if self.inner.is_empty() {
            return payoffs;
        }
        let mut above = form.parent(end);
        while let Some(node) = above {
            if let Some(inner) = self.inner.get(&node) {
                for (payoff, paid) in payoffs.iter_mut().zip(inner) {
                    *payoff -= paid;
                }
            }
            above = form.parent(node);
        }
        payoffs
    }

    fn outcome(&mut self, name: Option<OutcomeId>, payoffs: Vec<Rational>, text: &mut String) {
        let label = name.map_or("", |id| self.instance.form().outcomes()[id.index()].as_str());
        self.wide |= payoffs.iter().any(is_wide);
        let written: Vec<String> = payoffs.iter().map(ToString::to_string).collect();
        let next = self.outcomes.len() + 1;
        let number = *self.outcomes.entry((name, payoffs)).or_insert(next);
        let _ = write!(text, " {number} {} {{ {} }}", quoted(label), written.join(", "));
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.ratios.any() {
            notes.push(
                "Players' priors differ: payoffs were multiplied by the ratio of their own to the common prior."
                    .to_owned(),
            );
        }
        if self.wide {
            notes.push(
                "Some numbers have parts beyond 32 bits, which some programs cannot read."
                    .to_owned(),
            );
        }
        if !self.instance.is_exact() {
            notes.push("Some numbers rest on approx( ) and are rounded.".to_owned());
        }
        notes
    }
}

fn is_wide(value: &Rational) -> bool {
    !value
        .small_parts()
        .is_some_and(|(numer, denom)| i32::try_from(numer).is_ok() && i32::try_from(denom).is_ok())
}
