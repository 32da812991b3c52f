//! Expressions: numbers, conditions, references to events.

use super::{Name, Span, Text};
use serde::{Deserialize, Serialize};

/// A number or a condition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

impl Expr {
    /// The expression inside any number of parentheses.
    pub fn unparenthesised(&self) -> &Expr {
        let mut inner = self;
        while let ExprKind::Parenthesised(next) = &inner.kind {
            inner = next;
        }
        inner
    }
}

/// The kinds of expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExprKind {
    /// A literal as written, without sign: `0.4`, `5%`, `1e3`, `2.5e-3`. (`1/3` is a [`Product`](ExprKind::Product).)
    Number(String),
    /// A text; the parser lets it stand only as the key of a table, `cost["East Bank"].low`.
    Text(Text),
    /// A name of any sort: parameter, setting, definition, event, loop counter, player, `me`, value, …
    Reference(Reference),
    /// `(inner)`.
    Parenthesised(Box<Expr>),
    /// `-inner`.
    Negate(Box<Expr>),
    /// `first + b - c …`; `rest` is never empty.
    Sum {
        /// The first term.
        first: Box<Expr>,
        /// The other terms with their signs.
        rest: Vec<Addend>,
    },
    /// `first * b / c …`, from left to right; `rest` is never empty.
    Product {
        /// The first factor.
        first: Box<Expr>,
        /// The other factors with their operators.
        rest: Vec<Factor>,
    },
    /// `left < right` and its like.
    Compare {
        /// Left side.
        left: Box<Expr>,
        /// The comparison.
        relation: Relation,
        /// Right side.
        right: Box<Expr>,
    },
    /// `subject is value`, `subject is not value`.
    Is {
        /// An event, or a player (for its type).
        subject: Reference,
        /// `is not`.
        #[serde(default, skip_serializing_if = "super::line::is_false")]
        negated: bool,
        /// A [`Reference`] (naming a value or another event), a [`Number`](ExprKind::Number), or a
        /// [`Negate`](ExprKind::Negate)d number.
        value: Box<Expr>,
    },
    /// `subject happened`.
    Happened(Reference),
    /// `not inner`.
    Not(Box<Expr>),
    /// `a and b and …`; two or more.
    And(Vec<Expr>),
    /// `a or b or …`; two or more.
    Or(Vec<Expr>),
    /// `if condition then … else …`.
    If {
        /// The condition.
        condition: Box<Expr>,
        /// The value if it holds.
        then: Box<Expr>,
        /// The value if it does not.
        otherwise: Box<Expr>,
    },
    /// `P(event | given)`, `P(event)`.
    Probability {
        /// The event.
        event: Box<Expr>,
        /// The condition, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        given: Option<Box<Expr>>,
    },
    /// `function(arguments)`: a built-in (`count`, `min`, `max`, `sum`, `approx`, …) or a definition.
    Call {
        /// The function.
        function: Name,
        /// The arguments, in order.
        arguments: Vec<Expr>,
    },
}

/// `+ b` or `- b` inside a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addend {
    /// `-` rather than `+`.
    #[serde(default, skip_serializing_if = "super::line::is_false")]
    pub minus: bool,
    /// The term.
    pub term: Expr,
}

/// `* b` or `/ b` inside a product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factor {
    /// `/` rather than `*`.
    #[serde(default, skip_serializing_if = "super::line::is_false")]
    pub divide: bool,
    /// The factor.
    pub term: Expr,
}

/// A comparison sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Relation {
    /// `=`
    #[serde(rename = "=")]
    Equal,
    /// `!=`
    #[serde(rename = "!=")]
    NotEqual,
    /// `<`
    #[serde(rename = "<")]
    Less,
    /// `<=`
    #[serde(rename = "<=")]
    LessOrEqual,
    /// `>`
    #[serde(rename = ">")]
    Greater,
    /// `>=`
    #[serde(rename = ">=")]
    GreaterOrEqual,
}

impl Relation {
    /// The sign as written.
    pub fn sign(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::NotEqual => "!=",
            Relation::Less => "<",
            Relation::LessOrEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterOrEqual => ">=",
        }
    }
}

/// A name with what may hang on it: `reply`, `me.move[t]`, `anyone.answer`, `country[host].gdp`.
///
/// A bare `me` or `other` (as in `me is trustworthy`) is a reference whose `name.text` is that word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// Before the dot: whose event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<Owner>,
    /// The name itself.
    pub name: Name,
    /// Between brackets.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<Box<Expr>>,
    /// After a dot that follows the brackets: the column of a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<Name>,
    /// The whole reference.
    pub span: Span,
}

impl Reference {
    /// A name with nothing hanging on it.
    pub fn bare(name: Name) -> Reference {
        Reference { owner: None, index: None, column: None, span: name.span, name }
    }

    /// The name if nothing hangs on it.
    pub fn as_bare_name(&self) -> Option<&Name> {
        let bare = self.owner.is_none() && self.index.is_none() && self.column.is_none();
        bare.then_some(&self.name)
    }
}

/// Whose event a reference means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// `me.`
    Me(Span),
    /// `other.`
    Other(Span),
    /// `anyone.`
    Anyone(Span),
    /// `Ann.`
    Player(Name),
}

impl Owner {
    /// Where it stands (without the dot).
    pub fn span(&self) -> Span {
        match self {
            Owner::Me(span) | Owner::Other(span) | Owner::Anyone(span) => *span,
            Owner::Player(name) => name.span,
        }
    }
}

/// `low..high`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Range {
    /// The lower end.
    pub low: Expr,
    /// The upper end.
    pub high: Expr,
    /// The whole range.
    pub span: Span,
}

/// `name = value`, in `expect with …` and `whatif`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The setting or parameter.
    pub name: Name,
    /// Its value.
    pub value: Expr,
}
