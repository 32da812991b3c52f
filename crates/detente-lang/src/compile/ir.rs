//! The resolved scenario: names have become ids, loops are unrolled, blocks and defines are
//! inlined. What is left to decide depends on the events of a run only.

use super::scales::Scale;
use crate::syntax::ast::Span;
use detente_game::formula::BinaryOp;
use detente_game::{EventId, FormulaId, OutcomeId, PlayerId, StakeId, ValueId};
use std::collections::BTreeSet;
use std::rc::Rc;

/// An expression of numbers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number {
    /// A formula over parameters.
    Formula(FormulaId),
    /// The number that an event's value is.
    Event(EventId, Span),
    /// The place of an event's value in its scale.
    Rank(EventId, Rc<Scale>, Span),
    /// An operation.
    Binary(BinaryOp, Rc<Number>, Rc<Number>, Span),
    /// The greatest integer below.
    Floor(Rc<Number>),
    /// One of two.
    If(Rc<Cond>, Rc<Number>, Rc<Number>),
    /// How many of these are true.
    Count(Rc<[Cond]>),
    /// A real function.
    Real(detente_game::formula::RealFunction, Rc<Number>),
}

/// A condition.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cond {
    /// Known when resolved.
    Known(bool),
    /// One of the events happened with one of the values.
    Is(Rc<[EventId]>, Rc<[ValueId]>),
    /// One of the events happened, with none of the values.
    IsNot(Rc<[EventId]>, Rc<[ValueId]>),
    /// One of the first events happened with the value of one of the second.
    Same(Rc<[EventId]>, Rc<[EventId]>),
    /// One of the events happened.
    Happened(Rc<[EventId]>),
    /// A comparison of numbers.
    Compare(BinaryOp, Rc<Number>, Rc<Number>, Span),
    /// All of them.
    And(Rc<[Cond]>),
    /// At least one of them.
    Or(Rc<[Cond]>),
    /// Not this.
    Not(Rc<Cond>),
}

/// Who is shown an event, and what of it.
#[derive(Debug, Clone)]
pub(crate) struct Audience {
    pub(crate) players: Vec<PlayerId>,
    pub(crate) view: ViewOf,
}

/// What is shown of an event.
#[derive(Debug, Clone)]
pub(crate) enum ViewOf {
    /// Its value.
    Value,
    /// That it happened.
    Happened,
    /// A number computed from what happened.
    Number(Number, Span),
    /// Another event's value.
    Event(EventId, Span),
    /// This text.
    Text(ValueId),
    /// One of two views.
    If(Cond, Rc<ViewOf>, Rc<ViewOf>),
}

/// A probability of a branch.
#[derive(Debug, Clone)]
pub(crate) enum Chance {
    Number(Number),
    Rest,
}

/// A branch of a lottery, its probability, and where that is written.
#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub(crate) value: ValueId,
    pub(crate) chance: Chance,
    pub(crate) span: Span,
}

/// The branches of a lottery in the case that a condition holds.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) condition: Cond,
    pub(crate) branches: Vec<Branch>,
    pub(crate) span: Span,
}

/// An option of a menu.
#[derive(Debug, Clone)]
pub(crate) struct MenuOption {
    pub(crate) value: ValueId,
    pub(crate) condition: Option<Cond>,
}

/// One step of the story.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Choose {
        player: PlayerId,
        question: EventId,
        menu: Vec<MenuOption>,
        audience: Audience,
        span: Span,
    },
    /// A draw of one card of a deck, in which a value may stand several times.
    Draw {
        event: EventId,
        values: Vec<ValueId>,
        except: Vec<EventId>,
        audience: Audience,
        span: Span,
    },
    Lottery {
        event: EventId,
        cases: Vec<Case>,
        audience: Audience,
        span: Span,
    },
    /// Shows those of the events that have happened.
    Reveal {
        events: Vec<EventId>,
        to: Vec<PlayerId>,
        span: Span,
    },
    If {
        id: usize,
        cond: Cond,
        then: Rc<[Step]>,
        otherwise: Rc<[Step]>,
    },
    Together(Rc<[Step]>),
    Gain {
        stake: StakeId,
        amount: Number,
        span: Span,
    },
    Stop,
}

impl Step {
    /// Where it is written, if it is a line of its own.
    pub(crate) fn span(&self) -> Option<Span> {
        match self {
            Self::Choose { span, .. }
            | Self::Draw { span, .. }
            | Self::Lottery { span, .. }
            | Self::Reveal { span, .. }
            | Self::Gain { span, .. } => Some(*span),
            Self::If { .. } | Self::Together(_) | Self::Stop => None,
        }
    }
}

/// A line of stakes.
#[derive(Debug, Clone)]
pub(crate) struct StakeLine {
    pub(crate) stake: StakeId,
    pub(crate) amount: Number,
    pub(crate) when: Option<Cond>,
    pub(crate) negated: bool,
    pub(crate) span: Span,
    pub(crate) amount_span: Span,
}

/// An outcome with its condition.
#[derive(Debug, Clone)]
pub(crate) struct OutcomeLine {
    pub(crate) outcome: OutcomeId,
    pub(crate) when: Cond,
}

impl Number {
    /// Whether it reads a parameter through a formula that is no constant.
    pub(crate) fn reads(&self, is_param: &impl Fn(FormulaId) -> bool) -> bool {
        match self {
            Self::Formula(formula) => is_param(*formula),
            Self::Event(..) | Self::Rank(..) => false,
            Self::Binary(_, a, b, _) => a.reads(is_param) || b.reads(is_param),
            Self::Floor(a) | Self::Real(_, a) => a.reads(is_param),
            Self::If(cond, a, b) => cond.reads(is_param) || a.reads(is_param) || b.reads(is_param),
            Self::Count(conds) => conds.iter().any(|cond| cond.reads(is_param)),
        }
    }
}

impl Cond {
    /// Whether it reads a parameter.
    pub(crate) fn reads(&self, is_param: &impl Fn(FormulaId) -> bool) -> bool {
        match self {
            Self::Known(_)
            | Self::Is(..)
            | Self::IsNot(..)
            | Self::Same(..)
            | Self::Happened(_) => false,
            Self::Compare(_, a, b, _) => a.reads(is_param) || b.reads(is_param),
            Self::And(all) | Self::Or(all) => all.iter().any(|cond| cond.reads(is_param)),
            Self::Not(cond) => cond.reads(is_param),
        }
    }
}

impl Number {
    /// The events it reads.
    pub(crate) fn events_read(&self, events: &mut BTreeSet<EventId>) {
        match self {
            Self::Formula(_) => {}
            Self::Event(event, _) | Self::Rank(event, ..) => {
                events.insert(*event);
            }
            Self::Binary(_, a, b, _) => {
                a.events_read(events);
                b.events_read(events);
            }
            Self::Floor(a) | Self::Real(_, a) => a.events_read(events),
            Self::If(cond, a, b) => {
                cond.events_read(events);
                a.events_read(events);
                b.events_read(events);
            }
            Self::Count(conds) => conds.iter().for_each(|cond| cond.events_read(events)),
        }
    }
}

impl Cond {
    /// Whether it reads what happened.
    pub(crate) fn reads_events(&self) -> bool {
        let mut events = BTreeSet::new();
        self.events_read(&mut events);
        !events.is_empty()
    }

    /// The events it reads.
    pub(crate) fn events_read(&self, events: &mut BTreeSet<EventId>) {
        match self {
            Self::Known(_) => {}
            Self::Is(read, _) | Self::IsNot(read, _) | Self::Happened(read) => {
                events.extend(read.iter().copied());
            }
            Self::Same(a, b) => events.extend(a.iter().chain(b.iter()).copied()),
            Self::Compare(_, a, b, _) => {
                a.events_read(events);
                b.events_read(events);
            }
            Self::And(all) | Self::Or(all) => all.iter().for_each(|cond| cond.events_read(events)),
            Self::Not(cond) => cond.events_read(events),
        }
    }
}
