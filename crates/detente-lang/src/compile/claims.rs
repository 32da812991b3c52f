//! `expect`, `observed` and `whatif`: conditions become sets of ends.

use super::evaluate::{Truth, World};
use super::ir::{Cond, Number};
use super::references::Indices;
use super::scope::{Compiler, Local, Locals, bind};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Expr, ExprKind, QueryKind, Span};
use detente_game::claim::{
    Claim, ClaimKind, Concept, Counted, HoldsFor, Override, Quantifier, Quantity, Query, Relation,
};
use detente_game::form::{NodeKind, NodeSet, Step};
use detente_game::formula::BinaryOp;
use detente_game::game::{Observation, Record};
use detente_game::{FormulaId, PlayerId, Rational};
use std::collections::BTreeMap;

/// Queries of claims that have a title, for later claims that only name it.
pub(crate) type Titled = BTreeMap<String, Vec<Query>>;

impl<'a> Compiler<'a> {
    /// One `expect`.
    pub(crate) fn claim(
        &mut self,
        expect: &'a ast::Expect,
        span: Span,
        text: String,
        titled: &mut Titled,
    ) -> Option<Claim> {
        let mut with = Vec::new();
        for assignment in &expect.with {
            with.push(self.assignment(assignment)?);
        }
        let kind = match &expect.claim {
            ast::Claim::Counts(counts) => self.counts(counts)?,
            ast::Claim::Value(claim) => {
                let player = self.player(&claim.player, &None)?;
                let to = self.formula(&claim.value, &None)?;
                ClaimKind::Value { player, relation: relation(claim.relation), to }
            }
            ast::Claim::That(expr) => ClaimKind::That(self.test(expr)?),
            ast::Claim::Concept(claim) => self.equilibria(claim, titled)?,
        };
        Some(Claim { text, span: (span.start, span.end), with, kind })
    }

    /// A claim that says nothing, in the place of one that cannot be understood.
    pub(crate) fn silent_claim(&mut self, text: String, span: Span) -> Claim {
        let kind = ClaimKind::That(self.builder.formulas.number(Rational::ONE));
        Claim { text, span: (span.start, span.end), with: Vec::new(), kind }
    }

    fn assignment(&mut self, assignment: &'a ast::Assignment) -> Option<Override> {
        let name = &assignment.name;
        let param = self.param_ids.get(&name.text).copied();
        if param.is_none() && !self.settings.contains_key(&name.text) {
            let known: Vec<&str> =
                self.param_ids.keys().chain(self.settings.keys()).map(String::as_str).collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    name.span,
                    format!("no parameter or setting called '{}'", name.text),
                )
                .help_opt(did_you_mean(&name.text, known)),
            );
            return None;
        }
        let value = self.base_value(&assignment.value, &None)?;
        Some(Override { name: name.text.clone(), value, param })
    }

    fn counts(&mut self, counts: &'a [ast::CountClaim]) -> Option<ClaimKind> {
        let mut found = Vec::new();
        for count in counts {
            let counted = match &count.subject {
                ast::CountSubject::Nodes => Counted::Nodes,
                ast::CountSubject::Ends => Counted::Ends,
                ast::CountSubject::InformationSets(None) => Counted::InfoSets(None),
                ast::CountSubject::InformationSets(Some(name)) => {
                    Counted::InfoSets(Some(self.player(name, &None)?))
                }
            };
            let Ok(number) = count.number.text.parse::<u64>() else {
                self.complain(Diagnostic::at(
                    Code::E006,
                    count.number.span,
                    "a count is a whole number",
                ));
                return None;
            };
            found.push((counted, number));
        }
        Some(ClaimKind::Counts(found))
    }

    /// An expression as a formula over the parameters: it may not read events.
    pub(crate) fn formula(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<FormulaId> {
        match self.number(expr, locals)? {
            Number::Formula(formula) => Some(formula),
            _ => {
                self.complain(
                    Diagnostic::at(
                        Code::E035,
                        expr.span,
                        "this may not depend on what happens in play",
                    )
                    .help("it may be made of numbers, settings, parameters and definitions"),
                );
                None
            }
        }
    }

    /// A comparison of numbers as a formula that is 1 if it holds.
    fn test(&mut self, expr: &'a Expr) -> Option<FormulaId> {
        let cond = self.condition(expr, &None)?;
        if cond.reads_events() {
            self.complain(
                Diagnostic::at(
                    Code::E035,
                    expr.span,
                    "'that' speaks of numbers, not of what happens in play",
                )
                .help("ask of an equilibrium:  expect pbe exists: …"),
            );
            return None;
        }
        let world = World::new(0, self.numbers.clone());
        match world.truth(&cond, &mut self.builder.formulas) {
            Ok(Truth::Formula(formula)) => Some(formula),
            Ok(Truth::Known(known)) => {
                Some(self.builder.formulas.number(Rational::int(i64::from(known))))
            }
            Err(_) => {
                self.complain(Diagnostic::at(
                    Code::E035,
                    expr.span,
                    "'that' speaks of numbers, not of what happens in play",
                ));
                None
            }
        }
    }

    fn equilibria(
        &mut self,
        claim: &'a ast::ConceptClaim,
        titled: &mut Titled,
    ) -> Option<ClaimKind> {
        let concept = self.concept(&claim.concept)?;
        let quantifier = match claim.quantifier {
            ast::Quantifier::Exists => Quantifier::Exists,
            ast::Quantifier::None => Quantifier::None,
            ast::Quantifier::All => Quantifier::All,
        };
        let mut queries = Vec::new();
        let mut holds_for = Vec::new();
        for query in &claim.queries {
            if let QueryKind::HoldsFor { param, range } = &query.kind {
                holds_for.push(self.holds_for(param, range)?);
                continue;
            }
            queries.push(self.query(query)?);
        }
        let name = claim.title.as_ref().map(|title| title.value.clone());
        if let (Some(title), true) = (&claim.title, claim.queries.is_empty()) {
            let Some(earlier) = titled.get(&title.value) else {
                let help = did_you_mean(&title.value, titled.keys().map(String::as_str));
                self.complain(
                    Diagnostic::at(Code::E072, title.span, "no earlier claim has this title")
                        .help_opt(help)
                        .help("end the line with ':' and say below what the equilibrium does"),
                );
                return None;
            };
            queries = earlier.clone();
        } else if let Some(name) = &name {
            titled.insert(name.clone(), queries.clone());
        }
        Some(ClaimKind::Equilibria { concept, quantifier, name, queries, holds_for })
    }

    fn concept(&mut self, concept: &'a ast::Concept) -> Option<Concept> {
        Some(match &concept.kind {
            ast::ConceptKind::Nash => Concept::Nash,
            ast::ConceptKind::SubgamePerfect => Concept::SubgamePerfect,
            ast::ConceptKind::WeakPbe => Concept::WeakPbe,
            ast::ConceptKind::Pbe => Concept::Pbe,
            ast::ConceptKind::Sequential => Concept::Sequential,
            ast::ConceptKind::Intuitive => Concept::Intuitive,
            ast::ConceptKind::D1 => Concept::D1,
            ast::ConceptKind::Qre(lambda) => Concept::Qre(self.base_value(lambda, &None)?),
        })
    }

    fn holds_for(&mut self, param: &ast::Name, range: &'a ast::Range) -> Option<HoldsFor> {
        let Some(&id) = self.param_ids.get(&param.text) else {
            let known: Vec<&str> = self.param_ids.keys().map(String::as_str).collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    param.span,
                    format!("no parameter called '{}'", param.text),
                )
                .help_opt(did_you_mean(&param.text, known)),
            );
            return None;
        };
        let low = self.formula(&range.low, &None)?;
        let high = self.formula(&range.high, &None)?;
        self.range(range)?;
        Some(HoldsFor { param: id, low, high })
    }

    fn query(&mut self, query: &'a ast::Query) -> Option<Query> {
        if !query.for_each_player {
            return self.one_query(&query.kind, &None);
        }
        let players: Vec<PlayerId> = self.builder.form.form().player_ids().collect();
        let mut all = Vec::new();
        for player in players {
            let locals = bind(&None, "me", Local::Player(player));
            all.push(self.one_query(&query.kind, &locals)?);
        }
        Some(Query::And(all))
    }

    fn one_query(&mut self, kind: &'a QueryKind, locals: &Locals<'a>) -> Option<Query> {
        match kind {
            QueryKind::Always { event, value } => {
                let events = self.events(event, locals, Indices::All)?;
                let ids: std::rc::Rc<[_]> = events.found.iter().map(|event| event.id).collect();
                let known = events.found.iter().flat_map(|event| event.values.clone());
                let wanted = self.value(&value.text);
                if !known.clone().any(|entry| entry == wanted) {
                    let form = self.builder.form.form();
                    let known: Vec<String> =
                        known.map(|entry| form.value(entry).to_owned()).collect();
                    self.complain(
                        Diagnostic::at(
                            Code::E011,
                            value.span,
                            format!("'{}' is not a value of '{}'", value.text, event.name.text),
                        )
                        .help_opt(did_you_mean(&value.text, known.iter().map(String::as_str)))
                        .note(format!("it can be {}", known.join(", "))),
                    );
                    return None;
                }
                // Of several events of one name, each must be answered so.
                let asked = self.ends_where(&Cond::Happened(ids.clone()))?;
                let answers = ids.iter().map(|id| {
                    let one: std::rc::Rc<[_]> = std::rc::Rc::from([*id]);
                    Cond::Or(std::rc::Rc::from([
                        Cond::Is(one.clone(), std::rc::Rc::from([wanted])),
                        Cond::Not(std::rc::Rc::new(Cond::Happened(one))),
                    ]))
                });
                let answered = self.ends_where(&Cond::And(answers.collect()))?;
                Some(Query::Always { answered: answered.and(&asked), asked })
            }
            QueryKind::Condition(expr) => self.condition_query(expr, locals),
            QueryKind::Belief(belief) => {
                let player = self.player(&belief.player, locals)?;
                let about = self.condition(&belief.about, locals)?;
                let event = self.ends_where(&about)?;
                let mut conds = vec![Cond::Known(true)];
                for after in &belief.after {
                    conds.push(self.condition(after, locals)?);
                }
                let after = self.ends_where(&Cond::And(conds.into()))?;
                let to = self.quantity(&belief.value, locals)?;
                Some(Query::Belief {
                    player,
                    event,
                    after,
                    relation: relation(belief.relation),
                    to,
                })
            }
            QueryKind::HoldsFor { .. } => None,
        }
    }

    fn condition_query(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Query> {
        match &expr.kind {
            ExprKind::Parenthesised(inner) => self.condition_query(inner, locals),
            ExprKind::And(parts) => self.queries(parts, locals).map(Query::And),
            ExprKind::Or(parts) if speaks_of_play(expr) => {
                self.queries(parts, locals).map(Query::Or)
            }
            ExprKind::Not(inner) if speaks_of_play(expr) => {
                Some(Query::Not(Box::new(self.condition_query(inner, locals)?)))
            }
            ExprKind::Compare { left, relation: sign, right } if speaks_of_play(expr) => {
                let (left, right) = (self.quantity(left, locals), self.quantity(right, locals));
                Some(Query::Compare(left?, relation(*sign), right?))
            }
            _ => {
                let cond = self.condition(expr, locals)?;
                let one = self.builder.formulas.number(Rational::ONE);
                let world = World::new(0, self.numbers.clone());
                let formulas = &mut self.builder.formulas;
                if !cond.reads_events()
                    && let Ok(Truth::Formula(test)) = world.truth(&cond, formulas)
                {
                    return Some(Query::Compare(
                        Quantity::Formula(test),
                        Relation::Equal,
                        Quantity::Formula(one),
                    ));
                }
                let event = self.ends_where(&cond)?;
                let probability = Quantity::Probability { event, given: None };
                Some(Query::Compare(probability, Relation::Equal, Quantity::Formula(one)))
            }
        }
    }

    fn queries(&mut self, parts: &'a [Expr], locals: &Locals<'a>) -> Option<Vec<Query>> {
        parts.iter().map(|part| self.condition_query(part, locals)).collect()
    }

    fn quantity(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Quantity> {
        if !speaks_of_play(expr) {
            return self.formula(expr, locals).map(Quantity::Formula);
        }
        let join = |op, left, right| Quantity::Binary(op, Box::new(left), Box::new(right));
        match &expr.kind {
            ExprKind::Parenthesised(inner) => self.quantity(inner, locals),
            ExprKind::Negate(inner) => {
                let zero = Quantity::Formula(self.builder.formulas.number(Rational::ZERO));
                Some(join(BinaryOp::Sub, zero, self.quantity(inner, locals)?))
            }
            ExprKind::Sum { first, rest } => {
                let mut total = self.quantity(first, locals)?;
                for addend in rest {
                    let op = if addend.minus { BinaryOp::Sub } else { BinaryOp::Add };
                    total = join(op, total, self.quantity(&addend.term, locals)?);
                }
                Some(total)
            }
            ExprKind::Product { first, rest } => {
                let mut total = self.quantity(first, locals)?;
                for factor in rest {
                    let op = if factor.divide { BinaryOp::Div } else { BinaryOp::Mul };
                    total = join(op, total, self.quantity(&factor.term, locals)?);
                }
                Some(total)
            }
            ExprKind::Probability { event, given } => {
                let event = self.condition(event, locals)?;
                let event = self.ends_where(&event)?;
                let given = match given {
                    Some(given) => {
                        let given = self.condition(given, locals)?;
                        Some(self.ends_where(&given)?)
                    }
                    None => None,
                };
                Some(Quantity::Probability { event, given })
            }
            _ => {
                self.complain(Diagnostic::at(
                    Code::E072,
                    expr.span,
                    "P( ) can stand in sums, products and comparisons only",
                ));
                None
            }
        }
    }

    /// The ends at which a condition on events holds.
    pub(crate) fn ends_where(&mut self, cond: &Cond) -> Option<NodeSet> {
        let form = self.builder.form.form();
        let formulas = &mut self.builder.formulas;
        let mut set = NodeSet::empty(form.node_count());
        let mut world = World::new(form.events().len(), self.numbers.clone());
        let mut known = true;
        form.walk(&mut |step| match step {
            Step::Into(node) => {
                form.each_event_into(node, &mut |event, value| world.happen(event, value));
                if known && matches!(form.kind(node), NodeKind::End(_)) {
                    match world.truth(cond, formulas) {
                        Ok(Truth::Known(true)) => set.insert(node),
                        Ok(Truth::Known(false)) => {}
                        _ => known = false,
                    }
                }
            }
            Step::OutOf(node) => form.each_event_into(node, &mut |event, _| world.undo(event)),
        });
        if !known {
            self.complain(Diagnostic::new(
                Code::E072,
                "a condition of 'expect', 'observed' or 'whatif' reads a number that is not known at every end",
            ));
            return None;
        }
        Some(set)
    }

    /// One `observed`.
    pub(crate) fn record(
        &mut self,
        observed: &'a ast::Observed,
        text_of: &dyn Fn(Span) -> String,
    ) -> Option<Record> {
        let mut steps = Vec::new();
        for line in &observed.observations {
            let cond = self.condition(&line.condition, &None)?;
            let ends = self.ends_where(&cond)?;
            if let Some(source) = &line.source {
                self.known_source(source);
            }
            steps.push(Observation {
                date: line.date.as_ref().map(super::declare::date_text),
                ends,
                text: text_of(line.condition.span),
                source: line.source.as_ref().map(|source| source.text.clone()),
            });
        }
        Some(Record { title: observed.title.value.clone(), steps })
    }

    /// Checks a `whatif`: names, values and probabilities.
    pub(crate) fn check_what_if(&mut self, what_if: &'a ast::WhatIf) {
        for line in &what_if.changes {
            // What does not resolve has been complained about.
            let _ = self.check_change(&line.item);
        }
    }

    fn check_change(&mut self, change: &'a ast::Change) -> Option<()> {
        match change {
            ast::Change::Set(assignment) => {
                self.assignment(assignment)?;
            }
            ast::Change::LockBehaviour(lock) => {
                let player = self.player(&lock.player, &None)?;
                if let Some(condition) = &lock.condition {
                    self.condition(condition, &None)?;
                }
                self.check_locked_question(player, lock)?;
            }
            ast::Change::LockBelief(lock) => {
                self.player(&lock.player, &None)?;
                self.condition(&lock.about, &None)?;
                self.formula(&lock.probability, &None)?;
                for after in &lock.after {
                    self.condition(after, &None)?;
                }
            }
            ast::Change::NobodyElseKnows => {}
        }
        Some(())
    }

    fn check_locked_question(
        &mut self,
        player: PlayerId,
        lock: &'a ast::LockBehaviour,
    ) -> Option<()> {
        let name = &lock.event.name;
        let family = self.events.get(&name.text);
        let theirs: Vec<_> = family
            .iter()
            .flat_map(|family| family.all())
            .filter(|event| event.owner == Some(player))
            .cloned()
            .collect();
        if theirs.is_empty() {
            let form = self.builder.form.form();
            let who = form.player(player).name.clone();
            let known: Vec<&str> = self.events.keys().map(String::as_str).collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    name.span,
                    format!("{who} never chooses '{}'", name.text),
                )
                .help_opt(did_you_mean(&name.text, known)),
            );
            return None;
        }
        for prob in &lock.probabilities {
            let value = self.value(&prob.value.text);
            if !theirs.iter().any(|event| event.values.contains(&value)) {
                let form = self.builder.form.form();
                let known: Vec<String> =
                    theirs[0].values.iter().map(|value| form.value(*value).to_owned()).collect();
                self.complain(
                    Diagnostic::at(
                        Code::E011,
                        prob.value.span,
                        format!("'{}' is not a value of '{}'", prob.value.text, name.text),
                    )
                    .help_opt(did_you_mean(&prob.value.text, known.iter().map(String::as_str)))
                    .note(format!("it can be {}", known.join(", "))),
                );
            }
        }
        Some(())
    }
}

/// Whether an expression contains `P( )`.
fn speaks_of_play(expr: &Expr) -> bool {
    match &expr.kind {
        ExprKind::Probability { .. } => true,
        ExprKind::Parenthesised(inner) | ExprKind::Negate(inner) | ExprKind::Not(inner) => {
            speaks_of_play(inner)
        }
        ExprKind::Sum { first, rest } => {
            speaks_of_play(first) || rest.iter().any(|addend| speaks_of_play(&addend.term))
        }
        ExprKind::Product { first, rest } => {
            speaks_of_play(first) || rest.iter().any(|factor| speaks_of_play(&factor.term))
        }
        ExprKind::Compare { left, right, .. } => speaks_of_play(left) || speaks_of_play(right),
        ExprKind::And(parts) | ExprKind::Or(parts) => parts.iter().any(speaks_of_play),
        ExprKind::Call { arguments, .. } => arguments.iter().any(speaks_of_play),
        ExprKind::If { condition, then, otherwise } => {
            speaks_of_play(condition) || speaks_of_play(then) || speaks_of_play(otherwise)
        }
        _ => false,
    }
}

fn relation(written: ast::Relation) -> Relation {
    match written {
        ast::Relation::Equal => Relation::Equal,
        ast::Relation::NotEqual => Relation::NotEqual,
        ast::Relation::Less => Relation::Less,
        ast::Relation::LessOrEqual => Relation::LessOrEqual,
        ast::Relation::Greater => Relation::Greater,
        ast::Relation::GreaterOrEqual => Relation::GreaterOrEqual,
    }
}
