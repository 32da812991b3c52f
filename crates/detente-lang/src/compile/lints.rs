//! Warnings that need no solving: W101, W103, W104, W106, W109.

use super::fast::FastMap;
use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{Expr, ExprKind, Name, Reference, Span};
use detente_game::form::NodeKind;
use detente_game::{EventId, FormulaId, Game, LogId, NodeId, PlayerId, StakeId};
use std::collections::BTreeMap;

/// All names that an expression mentions.
pub(crate) fn names_in<'e>(expr: &'e Expr, names: &mut Vec<&'e Name>) {
    let of_reference = |reference: &'e Reference, names: &mut Vec<&'e Name>| {
        names.push(&reference.name);
        // A bare word in a table's brackets is a key, not a name.
        let is_key = reference.column.is_some();
        if let Some(index) = &reference.index
            && !(is_key && matches!(index.kind, ExprKind::Reference(_)))
        {
            names_in(index, names);
        }
    };
    match &expr.kind {
        ExprKind::Number(_) | ExprKind::Text(_) => {}
        ExprKind::Reference(reference) | ExprKind::Happened(reference) => {
            of_reference(reference, names);
        }
        ExprKind::Parenthesised(inner) | ExprKind::Negate(inner) | ExprKind::Not(inner) => {
            names_in(inner, names);
        }
        ExprKind::Sum { first, rest } => {
            names_in(first, names);
            rest.iter().for_each(|addend| names_in(&addend.term, names));
        }
        ExprKind::Product { first, rest } => {
            names_in(first, names);
            rest.iter().for_each(|factor| names_in(&factor.term, names));
        }
        ExprKind::Compare { left, right, .. } => {
            names_in(left, names);
            names_in(right, names);
        }
        ExprKind::Is { subject, value, .. } => {
            of_reference(subject, names);
            names_in(value, names);
        }
        ExprKind::And(parts) | ExprKind::Or(parts) => {
            parts.iter().for_each(|part| names_in(part, names));
        }
        ExprKind::If { condition, then, otherwise } => {
            [condition, then, otherwise].into_iter().for_each(|part| names_in(part, names));
        }
        ExprKind::Probability { event, given } => {
            names_in(event, names);
            given.iter().for_each(|given| names_in(given, names));
        }
        ExprKind::Call { function, arguments } => {
            names.push(function);
            arguments.iter().for_each(|argument| names_in(argument, names));
        }
    }
}

/// Who was asked what after which `if`, without having seen anything in between.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    open: Vec<(usize, bool)>,
    /// The logs at each open `if`, one after the other.
    logs: Vec<LogId>,
    players: usize,
    entered: FastMap<(u32, u32, LogId), u8>,
    asked: FastMap<(u32, PlayerId, LogId, EventId), u8>,
}

/// What is kept for the warning is limited: beyond it the tree is too large to be read anyway.
const MOST_KEPT: usize = 200_000;

const BOTH: u8 = 0b11;

impl Asked {
    /// An `if` is entered, on its true or false side.
    pub(crate) fn enter(&mut self, id: usize, taken: bool, logs: &[LogId]) {
        self.players = logs.len();
        self.open.push((id, taken));
        self.logs.extend_from_slice(logs);
        if self.is_full() {
            return;
        }
        for (player, log) in logs.iter().enumerate() {
            *self.entered.entry((id as u32, player as u32, *log)).or_default() |=
                1 << u8::from(taken);
        }
    }

    /// The body of the `if` and all that follows it are done.
    pub(crate) fn leave(&mut self) {
        self.open.pop();
        self.logs.truncate(self.open.len() * self.players);
    }

    /// A player is asked a question.
    pub(crate) fn asked(&mut self, player: PlayerId, question: EventId, log: LogId) {
        if self.is_full() {
            return;
        }
        for (place, (id, taken)) in self.open.iter().enumerate() {
            if self.logs[place * self.players + player.index()] == log {
                *self.asked.entry((*id as u32, player, log, question)).or_default() |=
                    1 << u8::from(*taken);
            }
        }
    }

    fn is_full(&self) -> bool {
        self.entered.len() + self.asked.len() > MOST_KEPT
    }

    /// Questions that tell the player which way an `if` went that he could not see: the player,
    /// the question, the `if`, and the side on which it is asked.
    pub(crate) fn telling(&self) -> BTreeMap<(PlayerId, EventId), (usize, bool)> {
        if self.is_full() {
            return BTreeMap::new();
        }
        let mut found: BTreeMap<(PlayerId, EventId), (usize, bool)> = BTreeMap::new();
        for ((id, player, log, question), sides) in &self.asked {
            let entered = self.entered.get(&(*id, player.0, *log)).copied().unwrap_or(0);
            if *sides != BOTH && entered == BOTH {
                let case = (*id as usize, *sides == 0b10);
                let first = found.entry((*player, *question)).or_insert(case);
                *first = (*first).min(case);
            }
        }
        found
    }
}

impl<'a> Compiler<'a> {
    /// W101: being asked tells something.
    pub(crate) fn warn_of_telling_questions(
        &mut self,
        asked: &Asked,
        text_of: &dyn Fn(Span) -> String,
    ) {
        for ((player, question), (branch, taken)) in asked.telling() {
            let form = self.builder.form.form();
            let (who, what) = (form.player(player).name.clone(), form.event(question).name.clone());
            let case = self.branch_spans.get(branch).map(|span| text_of(*span)).unwrap_or_default();
            let case = if taken { case } else { format!("not: {case}") };
            let message =
                format!("{who} is asked '{what}' only if {case}; being asked tells {who} so");
            let help = format!("if that is not intended, let {who} see it, or ask in all cases");
            let diagnostic = match self.questions.get(&question) {
                Some(span) => Diagnostic::at(Code::W101, *span, message),
                None => Diagnostic::new(Code::W101, message),
            };
            self.complain(diagnostic.help(help));
        }
    }

    /// W104: ends that no outcome describes.
    pub(crate) fn warn_of_loose_ends(
        &mut self,
        loose: &[NodeId],
        example: &str,
        span: Option<Span>,
    ) {
        if loose.is_empty() {
            return;
        }
        let (ends, have) = if loose.len() == 1 { ("end", "has") } else { ("ends", "have") };
        let message = format!("{} {ends} {have} no outcome, for example {example}", loose.len());
        let diagnostic = match span {
            Some(span) => Diagnostic::at(Code::W104, span, message),
            None => Diagnostic::new(Code::W104, message),
        };
        self.complain(diagnostic.help("add a line for them to 'outcomes'"));
    }

    /// W109: players who have no stakes.
    pub(crate) fn warn_of_players_without_stakes(&mut self, spans: &BTreeMap<PlayerId, Span>) {
        let form = self.builder.form.form();
        let without: Vec<PlayerId> = form
            .player_ids()
            .filter(|player| form.stakes().iter().all(|stake| stake.player != *player))
            .collect();
        for player in without {
            let name = self.builder.form.form().player(player).name.clone();
            let message = format!("{name} has no stakes, so it is indifferent to everything");
            let diagnostic = match spans.get(&player) {
                Some(span) => Diagnostic::at(Code::W109, *span, message),
                None => Diagnostic::new(Code::W109, message),
            };
            self.complain(diagnostic.help(format!("add a section  stakes of {name}")));
        }
    }

    /// W103: stakes that never differ below any decision of their owner.
    pub(crate) fn warn_of_idle_stakes(&mut self, game: &Game, spans: &BTreeMap<StakeId, Span>) {
        for (stake, span) in spans {
            if game.form.node_count() <= MOST_NODES_LINTED && is_idle(game, *stake) {
                let named = game.form.stake(*stake);
                let owner = game.form.player(named.player).name.clone();
                self.complain(
                    Diagnostic::at(
                        Code::W103,
                        *span,
                        format!(
                            "'{}' cannot influence any choice of {owner}; it only shifts {owner}'s level",
                            named.name
                        ),
                    ),
                );
            }
        }
    }
}

/// Larger trees are not searched for idle stakes.
const MOST_NODES_LINTED: usize = 1_000_000;

/// Whether below every decision of its owner a stake is the same at all ends.
fn is_idle(game: &Game, stake: StakeId) -> bool {
    let form = &game.form;
    let owner = form.stake(stake).player;
    let amount = |node: NodeId| -> Option<FormulaId> {
        let row = form.row(node)?;
        game.row_items(row).iter().find(|(name, _)| *name == stake).map(|(_, formula)| *formula)
    };
    // Per node: the one amount below it, or None if there are several.
    let mut below: Vec<Option<Option<FormulaId>>> = vec![None; form.node_count()];
    for node in form.nodes().rev() {
        if let NodeKind::End(_) = form.kind(node) {
            below[node.index()] = Some(amount(node));
            continue;
        }
        let mut children = form.children(node);
        let first = children.next().and_then(|child| below[child.index()]);
        let same = children.all(|child| below[child.index()] == first);
        below[node.index()] = first.filter(|_| same);
        if let NodeKind::Decision(set) = form.kind(node)
            && form.info_set(set).player == owner
            && below[node.index()].is_none()
        {
            return false;
        }
    }
    true
}
