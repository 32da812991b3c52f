//! `whatif`: changes of numbers, and locks of behaviour and of readings.

use super::evaluate::{Truth, World};
use super::ir::{Branch, Chance, Cond, Number};
use super::queries::Unknown;
use super::ranges::{Lottery, Weighed};
use super::scope::{Compiler, Declared};
use super::values::listed;
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Change, Prob, Span};
use detente_game::form::{NodeKind, Step};
use detente_game::formula::BinaryOp;
use detente_game::what_if::{BehaviourLock, BeliefLock, LockMode, WhatIf};
use detente_game::{EventId, FormulaId, InfoSetId, PlayerId, Rational, ValueId};
use std::collections::{BTreeMap, BTreeSet};

/// The probabilities of a lock, by option.
type Options = Vec<Weighed>;

impl<'a> Compiler<'a> {
    /// One `whatif`. All its lines are looked at, also after a mistake.
    pub(crate) fn what_if(&mut self, what_if: &'a ast::WhatIf, span: Span) -> Option<WhatIf> {
        let sets = what_if.changes.iter().filter_map(|line| match &line.item {
            Change::Set(assignment) => Some(assignment),
            _ => None,
        });
        let set = self.assignments(sets);
        self.slips.elsewhere = set.iter().flatten().any(|assignment| self.is_elsewhere(assignment));
        let mut found = WhatIf {
            name: what_if.title.value.clone(),
            span: (span.start, span.end),
            set: set.clone().unwrap_or_default(),
            behaviour: Vec::new(),
            beliefs: Vec::new(),
            mode: LockMode::Known,
        };
        let mut locked = BTreeSet::new();
        let mut complete = set.is_some();
        for line in &what_if.changes {
            let understood = match &line.item {
                Change::Set(_) => Some(()),
                Change::LockBehaviour(lock) => self
                    .locked_behaviour(lock, line.span, &mut locked)
                    .map(|lock| found.behaviour.push(lock)),
                Change::LockBelief(lock) => {
                    self.locked_belief(lock).map(|lock| found.beliefs.push(lock))
                }
                Change::NobodyElseKnows => self.mode_once(&mut found.mode, line.span),
            };
            complete &= understood.is_some();
        }
        self.slips.elsewhere = false;
        complete.then_some(found)
    }

    fn mode_once(&mut self, mode: &mut LockMode, span: Span) -> Option<()> {
        if std::mem::replace(mode, LockMode::NobodyElseKnows) == LockMode::Known {
            return Some(());
        }
        self.complain(
            Diagnostic::at(Code::E019, span, "'nobody else knows' stands twice")
                .help("take one away"),
        );
        None
    }

    fn locked_belief(&mut self, lock: &'a ast::LockBelief) -> Option<BeliefLock> {
        let player = self.player(&lock.player, &None);
        let about = self.condition(&lock.about, &None);
        let probability = self.formula(&lock.probability, &None);
        let after = self.after(&lock.player, &lock.after, &None);
        let (player, about, probability) = (player?, about?, probability?);
        self.check_one_probability(probability, "the locked reading", lock.probability.span)?;
        let event = self.ends_where(&about, lock.about.span)?;
        Some(BeliefLock { player, event, probability, after: after? })
    }

    fn locked_behaviour(
        &mut self,
        lock: &'a ast::LockBehaviour,
        span: Span,
        locked: &mut BTreeSet<InfoSetId>,
    ) -> Option<BehaviourLock> {
        let player = self.player(&lock.player, &None);
        let condition = match &lock.condition {
            Some(condition) => self.condition(condition, &None),
            None => Some(Cond::Known(true)),
        };
        let branches = self.branches(&lock.probabilities, &None);
        let player = player?;
        let questions = self.locked_questions(player, &lock.event);
        let (condition, branches, questions) = (condition?, branches?, questions?);
        self.options_exist(&questions, &lock.event, &lock.probabilities)?;
        let options = self.lock_formulas(branches, lock)?;
        let of = Lottery { name: &lock.event.name.text, believer: None, span };
        if !self.check_probabilities(&options, &of) || !self.form_is_ready {
            return None;
        }
        let ids: BTreeSet<EventId> = questions.iter().map(|question| question.id).collect();
        let condition_span = lock.condition.as_ref().map_or(lock.event.span, |cond| cond.span);
        let sets = self.situations_where(player, &ids, &condition, condition_span)?;
        if sets.is_empty() && !self.slips.elsewhere {
            let who = self.builder.form.form().player(player).name.clone();
            let what = &lock.event.name.text;
            self.complain(
                Diagnostic::at(
                    Code::E072,
                    condition_span,
                    format!("{who} never decides '{what}' in such a situation"),
                )
                .help("ask for what the player knows when asked, or leave the condition out"),
            );
            return None;
        }
        let mut situations = Vec::new();
        for set in sets {
            if !locked.insert(set) {
                self.complain(
                    Diagnostic::at(
                        Code::E019,
                        span,
                        "a situation of this lock is locked already by a line above",
                    )
                    .help(
                        "give one of the lines a condition, so that no situation is locked twice",
                    ),
                );
                return None;
            }
            situations.push((set, self.over_actions(set, &options, lock)?));
        }
        Some(BehaviourLock { player, situations })
    }

    /// The questions that a lock names.
    fn locked_questions(
        &mut self,
        player: PlayerId,
        event: &'a ast::Event,
    ) -> Option<Vec<Declared>> {
        let name = &event.name;
        let index = match &event.index {
            Some(index) => Some(self.integer(index, &None)?),
            None => None,
        };
        let family = self.events.get(&name.text);
        let theirs: Vec<Declared> = family
            .iter()
            .flat_map(|family| family.all())
            .filter(|event| event.owner == Some(player))
            .cloned()
            .collect();
        let who = self.builder.form.form().player(player).name.clone();
        if theirs.is_empty() {
            let known: Vec<&str> = self.events.keys().map(String::as_str).collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    name.span,
                    format!("{who} never chooses '{}'", name.text),
                )
                .help_opt(did_you_mean(&name.text, known))
                .help("a lock names a choice of the player"),
            );
            return None;
        }
        let Some(index) = index else { return Some(theirs) };
        let indices: Vec<String> =
            theirs.iter().filter_map(|event| event.index).map(|index| index.to_string()).collect();
        let here: Vec<Declared> =
            theirs.into_iter().filter(|event| event.index == Some(index)).collect();
        if here.is_empty() && !self.slips.elsewhere {
            let diagnostic = Diagnostic::at(
                Code::E072,
                event.span,
                format!("{who} never chooses '{}[{index}]'", name.text),
            );
            self.complain(match indices.is_empty() {
                true => diagnostic.help(format!("it has no index; write  {}", name.text)),
                false => diagnostic.help(format!("it is chosen with {}", listed(&indices, ", "))),
            });
            return None;
        }
        Some(here)
    }

    fn options_exist(
        &mut self,
        questions: &[Declared],
        event: &ast::Event,
        probabilities: &[Prob],
    ) -> Option<()> {
        let mut all = Some(());
        for prob in probabilities {
            let value = self.value(&prob.value.text);
            if questions.is_empty() || questions.iter().any(|q| q.values.contains(value)) {
                continue;
            }
            let known = self.value_texts(&questions[0].values);
            self.complain(
                Diagnostic::at(
                    Code::E011,
                    prob.value.span,
                    format!("'{}' is not a value of '{}'", prob.value.text, event.name.text),
                )
                .help_opt(did_you_mean(&prob.value.text, known.iter().map(String::as_str)))
                .note(format!("it can be {}", listed(&known, ", "))),
            );
            all = None;
        }
        all
    }

    /// The probabilities of a lock, with `rest` filled in; they may not read events.
    fn lock_formulas(
        &mut self,
        branches: Vec<Branch>,
        lock: &'a ast::LockBehaviour,
    ) -> Option<Options> {
        let mut total = self.builder.formulas.number(Rational::ZERO);
        let mut found = Vec::new();
        for (branch, written) in branches.into_iter().zip(&lock.probabilities) {
            let formula = match branch.chance {
                Chance::Rest => None,
                Chance::Number(Number::Formula(formula)) => {
                    total = self.builder.formulas.binary(BinaryOp::Add, total, formula);
                    Some(formula)
                }
                Chance::Number(_) => {
                    self.complain(
                        Diagnostic::at(
                            Code::E035,
                            written.weight.span(),
                            "a locked probability may not depend on what happens in play",
                        )
                        .help("lock each case by a line of its own, with  when …"),
                    );
                    return None;
                }
            };
            found.push((branch.value, formula, branch.span));
        }
        let one = self.builder.formulas.number(Rational::ONE);
        let rest = self.builder.formulas.binary(BinaryOp::Sub, one, total);
        let filled = found.into_iter().map(|(value, formula, span)| Weighed {
            value,
            formula: formula.unwrap_or(rest),
            span,
        });
        Some(filled.collect())
    }

    /// The situations of a player at some questions in which a condition on what has happened
    /// holds; refused if it holds at some points of a situation only, since the player cannot
    /// tell them apart.
    fn situations_where(
        &mut self,
        player: PlayerId,
        questions: &BTreeSet<EventId>,
        condition: &Cond,
        span: Span,
    ) -> Option<Vec<InfoSetId>> {
        let form = self.builder.form.form();
        let formulas = &mut self.builder.formulas;
        let mut world = World::new(form.events().len(), self.texts.numbers.clone());
        let mut holds: BTreeMap<InfoSetId, (bool, bool)> = BTreeMap::new();
        let mut unknown = None;
        form.walk(&mut |step| match step {
            Step::Into(node) => {
                form.each_event_into(node, &mut |event, value| world.happen(event, value));
                let NodeKind::Decision(set) = form.kind(node) else { return };
                let info = form.info_set(set);
                if info.player != player || !questions.contains(&info.question) {
                    return;
                }
                let (some, all) = holds.entry(set).or_insert((false, true));
                match world.truth(condition, formulas) {
                    Ok(Truth::Known(truth)) => {
                        *some |= truth;
                        *all &= truth;
                    }
                    Ok(Truth::Formula(_)) => unknown = Some(Unknown::Parameter),
                    Err(trouble) => unknown = Some(Unknown::Trouble(trouble)),
                }
            }
            Step::OutOf(node) => form.each_event_into(node, &mut |event, _| world.undo(event)),
        });
        if let Some(why) = unknown {
            self.not_known_at_ends(&why, span);
            return None;
        }
        if holds.values().any(|(some, all)| *some && !*all) {
            let who = form.player(player).name.clone();
            self.complain(
                Diagnostic::at(
                    Code::E072,
                    span,
                    format!(
                        "{who} does not know this when asked, so behaviour cannot depend on it"
                    ),
                )
                .help("ask for what the player has seen"),
            );
            return None;
        }
        Some(holds.into_iter().filter(|(_, (some, _))| *some).map(|(set, _)| set).collect())
    }

    /// The probabilities of a lock for the actions of one situation.
    fn over_actions(
        &mut self,
        set: InfoSetId,
        options: &Options,
        lock: &ast::LockBehaviour,
    ) -> Option<Vec<FormulaId>> {
        let zero = self.builder.formulas.number(Rational::ZERO);
        let form = self.builder.form.form();
        let menu: Vec<ValueId> =
            form.actions(set).map(|action| form.action_value(action)).collect();
        for (option, written) in options.iter().zip(&lock.probabilities) {
            if !menu.contains(&option.value) && option.formula != zero {
                let offered: Vec<&str> = menu.iter().map(|value| form.value(*value)).collect();
                let offered = offered.join(", ");
                self.complain(
                    Diagnostic::at(
                        Code::E011,
                        written.value.span,
                        format!(
                            "'{}' is not offered in every locked situation",
                            written.value.text
                        ),
                    )
                    .note(format!("in one of them the options are {offered}"))
                    .help("lock the situations with different menus by lines of their own"),
                );
                return None;
            }
        }
        let of = |value: &ValueId| options.iter().find(|option| option.value == *value);
        Some(menu.iter().map(|value| of(value).map_or(zero, |option| option.formula)).collect())
    }
}
