//! The moves of a run: choices with their situations, and lotteries.

use super::{Halt, Runner, Situation, Then};
use crate::compile::fast::FastMap;
use crate::compile::ir::{Audience, Case, Chance, MenuOption};
use crate::compile::ranges::{Lottery, Weighed};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::Span;
use detente_game::formula::BinaryOp;
use detente_game::{EventId, FormulaId, InfoSetId, LogId, NodeId, PlayerId, Rational, ValueId};
use std::rc::Rc;

impl Runner<'_, '_, '_> {
    #[allow(clippy::too_many_arguments, reason = "the fields of one step")]
    pub(super) fn choose(
        &mut self,
        node: NodeId,
        player: PlayerId,
        question: EventId,
        menu: &[MenuOption],
        audience: &Audience,
        span: Span,
        after: &Then<'_>,
    ) -> Result<(), Halt> {
        if self.world.value(question).is_some() {
            return self.asked_twice(player, question, span);
        }
        let mut open = Vec::with_capacity(menu.len());
        for option in menu {
            if option.condition.as_ref().map_or(Ok(true), |cond| self.decided(cond))? {
                open.push(option.value);
            }
        }
        if open.is_empty() {
            let name = self.compiler.event_name(question);
            let path = self.path();
            return self.halt(
                Diagnostic::at(Code::E052, span, format!("no option is left at '{name}'"))
                    .note(format!("after: {path}"))
                    .help("leave at least one option without 'if'"),
            );
        }
        let log = self.logs[player.index()];
        self.asked.asked(player, question, log);
        let (set, open) = self.situation(node, player, question, log, &open, span)?;
        match set {
            None => {
                self.compiler.builder.form.silently(node, question, open[0]);
                self.happen(node, question, open[0], Some(player), audience, after)
            }
            Some(set) => {
                let first = self.built(|builder| builder.decide(node, set), span)?;
                for (place, value) in open.iter().enumerate() {
                    let child = NodeId(first.0 + place as u32);
                    self.happen(child, question, *value, Some(player), audience, after)?;
                }
                Ok(())
            }
        }
    }

    /// The situation of a point of decision, with the menu in the order in which it was first
    /// met; no set if it has one option.
    fn situation(
        &mut self,
        node: NodeId,
        player: PlayerId,
        question: EventId,
        log: LogId,
        open: &[ValueId],
        span: Span,
    ) -> Result<(Option<InfoSetId>, Rc<[ValueId]>), Halt> {
        if let Some(known) = self.situations.get(&(question, log)) {
            let same = known.menu.len() == open.len()
                && (*known.menu == *open || open.iter().all(|value| known.menu.contains(value)));
            if same {
                return Ok((known.set, Rc::clone(&known.menu)));
            }
            let (menu, first) = (Rc::clone(&known.menu), known.first);
            return self.leaking_menu(node, first, player, question, [&menu, open], span);
        }
        let set = if open.len() == 1 {
            None
        } else {
            let form = &mut self.compiler.builder.form;
            // A menu of two or more options is never empty, the only error.
            form.info_set(player, question, open, Some(log)).ok()
        };
        let menu = match self.menus.get(open) {
            Some(known) => Rc::clone(known),
            None => {
                let menu: Rc<[ValueId]> = Rc::from(open);
                self.menus.insert(open.into(), Rc::clone(&menu));
                menu
            }
        };
        let situation = Situation { menu: Rc::clone(&menu), set, first: node };
        self.situations.insert((question, log), situation);
        Ok((set, menu))
    }

    pub(super) fn lottery(
        &mut self,
        node: NodeId,
        event: EventId,
        branches: &[(ValueId, FormulaId)],
        audience: &Audience,
        span: Span,
        after: &Then<'_>,
    ) -> Result<(), Halt> {
        if self.world.value(event).is_some() {
            let name = self.compiler.event_name(event);
            let path = self.path();
            return self.halt(
                Diagnostic::at(
                    Code::E051,
                    span,
                    format!("'{name}' already happened earlier on this path: {path}"),
                )
                .help("give the later one another name, or an index"),
            );
        }
        if let [(value, _)] = branches {
            self.compiler.builder.form.silently(node, event, *value);
            return self.happen(node, event, *value, None, audience, after);
        }
        let lottery = self.compiler.builder.lottery(event, branches);
        let Ok(lottery) = lottery else { return Err(Halt) };
        let first = self.built(|builder| builder.chance(node, lottery), span)?;
        for (place, (value, _)) in branches.iter().enumerate() {
            let child = NodeId(first.0 + place as u32);
            self.happen(child, event, *value, None, audience, after)?;
        }
        Ok(())
    }

    /// The branches of a draw: every card that is left is equally likely, a value that stands
    /// several times in the deck so much likelier.
    pub(super) fn deck(
        &mut self,
        event: EventId,
        values: &[ValueId],
        except: &[EventId],
        span: Span,
    ) -> Result<Vec<(ValueId, FormulaId)>, Halt> {
        let mut left = values.to_vec();
        for taken in except.iter().filter_map(|event| self.world.value(*event)) {
            if let Some(place) = left.iter().position(|value| *value == taken) {
                left.remove(place);
            }
        }
        if left.is_empty() {
            let name = self.compiler.event_name(event);
            let path = self.path();
            return self.halt(
                Diagnostic::at(Code::E047, span, format!("nothing is left to draw for '{name}'"))
                    .note(format!("after: {path}"))
                    .help("put more values into the draw, or fewer after 'except'"),
            );
        }
        let mut cards: Vec<(ValueId, i64)> = Vec::new();
        let mut places: FastMap<ValueId, usize> = FastMap::default();
        for value in &left {
            let place = *places.entry(*value).or_insert(cards.len());
            match cards.get_mut(place) {
                Some((_, count)) => *count += 1,
                None => cards.push((*value, 1)),
            }
        }
        let formulas = &mut self.compiler.builder.formulas;
        let total = left.len() as i64;
        let share = |(value, count)| (value, formulas.number(Rational::new(count, total)));
        Ok(cards.into_iter().map(share).collect())
    }

    /// The probabilities of branches here, with `rest` filled in.
    pub(super) fn chances(
        &mut self,
        event: EventId,
        case: &Case,
    ) -> Result<Vec<(ValueId, FormulaId)>, Halt> {
        let mut found = Vec::with_capacity(case.branches.len());
        let mut total = self.compiler.builder.formulas.number(Rational::ZERO);
        for branch in &case.branches {
            let formula = match &branch.chance {
                Chance::Rest => None,
                Chance::Number(number) => {
                    let formula = self.world.number(number, &mut self.compiler.builder.formulas);
                    let formula = self.checked(formula)?;
                    total = self.compiler.builder.formulas.binary(BinaryOp::Add, total, formula);
                    Some(formula)
                }
            };
            found.push((branch, formula));
        }
        let one = self.compiler.builder.formulas.number(Rational::ONE);
        let rest = self.compiler.builder.formulas.binary(BinaryOp::Sub, one, total);
        let found: Vec<Weighed> = found
            .into_iter()
            .map(|(branch, formula)| Weighed {
                value: branch.value,
                formula: formula.unwrap_or(rest),
                span: branch.span,
            })
            .collect();
        let name = self.compiler.event_name(event);
        let of = Lottery { name: &name, believer: None, span: case.span };
        self.compiler.check_probabilities(&found, &of);
        Ok(found.into_iter().map(|branch| (branch.value, branch.formula)).collect())
    }
}
