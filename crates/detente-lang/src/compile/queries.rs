//! What is asked of an equilibrium: conditions become sets of ends.

use super::claims::relation;
use super::evaluate::{Trouble, Truth, World};
use super::ir::Cond;
use super::references::Indices;
use super::scope::{Compiler, Local, Locals, bind};
use super::values::{Domain, listed};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Expr, ExprKind, Name, QueryKind, Span};
use detente_game::claim::{Quantity, Query, Relation};
use detente_game::form::{NodeKind, NodeSet, Step};
use detente_game::formula::BinaryOp;
use detente_game::{PlayerId, Rational};
use std::rc::Rc;

impl<'a> Compiler<'a> {
    pub(crate) fn query(&mut self, query: &'a ast::Query) -> Option<Query> {
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
                let ids: Rc<[_]> = events.found.iter().map(|event| event.id).collect();
                let known: Domain =
                    events.found.iter().flat_map(|event| event.values.iter()).collect();
                let wanted = self.value(&value.text);
                if !known.contains(wanted) {
                    let known = self.value_texts(&known);
                    self.complain(
                        Diagnostic::at(
                            Code::E011,
                            value.span,
                            format!("'{}' is not a value of '{}'", value.text, event.name.text),
                        )
                        .help_opt(did_you_mean(&value.text, known.iter().map(String::as_str)))
                        .note(format!("it can be {}", listed(&known, ", "))),
                    );
                    return None;
                }
                // Of several events of one name, each must be answered so.
                let asked = self.ends_where(&Cond::Happened(ids.clone()), event.span)?;
                let answers = ids.iter().map(|id| {
                    let one: Rc<[_]> = Rc::from([*id]);
                    Cond::Or(Rc::from([
                        Cond::Is(one.clone(), Rc::from([wanted])),
                        Cond::Not(Rc::new(Cond::Happened(one))),
                    ]))
                });
                let answered = self.ends_where(&Cond::And(answers.collect()), event.span)?;
                Some(Query::Always { answered: answered.and(&asked), asked })
            }
            QueryKind::Condition(expr) => self.condition_query(expr, locals),
            QueryKind::Belief(belief) => {
                let player = self.player(&belief.player, locals)?;
                let about = self.condition(&belief.about, locals)?;
                let event = self.ends_where(&about, belief.about.span)?;
                let after = self.after(&belief.player, &belief.after, locals)?;
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
                let world = World::new(0, self.texts.numbers.clone());
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
                let event = self.ends_where(&cond, expr.span)?;
                let probability = Quantity::Probability { event, given: None };
                Some(Query::Compare(probability, Relation::Equal, Quantity::Formula(one)))
            }
        }
    }

    fn queries(&mut self, parts: &'a [Expr], locals: &Locals<'a>) -> Option<Vec<Query>> {
        parts.iter().map(|part| self.condition_query(part, locals)).collect()
    }

    pub(crate) fn quantity(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<Quantity> {
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
                let cond = self.condition(event, locals)?;
                let event = self.ends_where(&cond, event.span)?;
                let given = match given {
                    Some(given) => {
                        let cond = self.condition(given, locals)?;
                        Some(self.ends_where(&cond, given.span)?)
                    }
                    None => None,
                };
                Some(Quantity::Probability { event, given })
            }
            _ => {
                self.complain(
                    Diagnostic::at(
                        Code::E072,
                        expr.span,
                        "P( ) can stand in sums, products and comparisons only",
                    )
                    .help("compare it with a number:  P(reply is accept) >= 1/2"),
                );
                None
            }
        }
    }

    /// The ends at which a condition on events holds; `span` is where it is written.
    pub(crate) fn ends_where(&mut self, cond: &Cond, span: Span) -> Option<NodeSet> {
        if !self.form_is_ready {
            // The story has errors; names are checked all the same.
            return Some(NodeSet::empty(0));
        }
        let form = self.builder.form.form();
        let formulas = &mut self.builder.formulas;
        let mut set = NodeSet::empty(form.node_count());
        let mut world = World::new(form.events().len(), self.texts.numbers.clone());
        let mut unknown = None;
        form.walk(&mut |step| match step {
            Step::Into(node) => {
                form.each_event_into(node, &mut |event, value| world.happen(event, value));
                if unknown.is_none() && matches!(form.kind(node), NodeKind::End(_)) {
                    match world.truth(cond, formulas) {
                        Ok(Truth::Known(true)) => set.insert(node),
                        Ok(Truth::Known(false)) => {}
                        Ok(Truth::Formula(_)) => unknown = Some(Unknown::Parameter),
                        Err(trouble) => unknown = Some(Unknown::Trouble(trouble)),
                    }
                }
            }
            Step::OutOf(node) => form.each_event_into(node, &mut |event, _| world.undo(event)),
        });
        match unknown {
            None => Some(set),
            Some(why) => {
                self.not_known_at_ends(&why, span);
                None
            }
        }
    }

    pub(crate) fn not_known_at_ends(&mut self, why: &Unknown, span: Span) {
        let diagnostic = match why {
            Unknown::Parameter => Diagnostic::at(
                Code::E072,
                span,
                "this condition reads a parameter",
            )
            .help(
                "ask for what happens here, and compare parameters outside:  p > 1/2 and P(…) = 1",
            ),
            Unknown::Trouble(Trouble::NotHappened(event, place)) => {
                let name = self.event_name(*event);
                Diagnostic::at(
                    Code::E072,
                    *place,
                    format!("this reads '{name}' also where it has not happened"),
                )
                .help(format!("ask first:  {name} happened and …"))
            }
            Unknown::Trouble(Trouble::NotANumber(event, value, place)) => {
                let name = self.event_name(*event);
                let text = self.builder.form.form().value(*value).to_owned();
                Diagnostic::at(
                    Code::E072,
                    *place,
                    format!("'{name}' can be {text}, which is no number and stands on no scale"),
                )
                .help(format!("ask  {name} is …"))
            }
            Unknown::Trouble(Trouble::DivisionByZero(place)) => {
                Diagnostic::at(Code::E072, *place, "this divides by zero at some ends")
                    .help("guard it:  if x = 0 then … else …")
            }
            Unknown::Trouble(Trouble::TooMuch) => {
                Diagnostic::at(Code::E072, span, "this condition takes too many steps")
                    .help("simplify it")
            }
        };
        self.complain(diagnostic);
    }

    /// The ends at which all conditions of an `after` hold. Refused if no situation of the player
    /// lies wholly after them: a belief there would be met by nothing, or by anything.
    pub(crate) fn after(
        &mut self,
        player: &'a Name,
        conditions: &'a [Expr],
        locals: &Locals<'a>,
    ) -> Option<NodeSet> {
        let who = self.player(player, locals)?;
        let mut all = vec![Cond::Known(true)];
        for condition in conditions {
            all.push(self.condition(condition, locals)?);
        }
        let span = match conditions {
            [] => player.span,
            [first, .., last] => first.span.to(last.span),
            [only] => only.span,
        };
        let after = self.ends_where(&Cond::And(all.into()), span)?;
        let form = self.builder.form.form();
        let known = self.form_is_ready && !self.slips.elsewhere;
        if known && form.sets_inside(who, &after).is_empty() {
            let name = &form.player(who).name;
            let message = match conditions {
                [] => format!("{name} decides nothing, so there is no belief to ask for"),
                _ => format!("no situation of {name} lies after this"),
            };
            let diagnostic = Diagnostic::at(Code::E072, span, message);
            self.complain(match conditions {
                [] => diagnostic.help("name a player who is asked something"),
                _ => diagnostic.help(
                    "name only what has happened when the player is asked, in a way that can happen",
                ),
            });
            return None;
        }
        Some(after)
    }
}

/// Why a condition has no truth at some end.
pub(crate) enum Unknown {
    Parameter,
    Trouble(Trouble),
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
