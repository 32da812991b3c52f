//! The story: who chooses, what chance does, who sees what.

use super::{Block, Expr, Line, Name, Range, Reference, Span, Text, Value};
use serde::{Deserialize, Serialize};

/// The lines of a story or of a block of it.
pub type Body = Block<Statement>;

/// One statement of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Statement {
    /// `Ann chooses open: check | bet`
    Choose(Choose),
    /// `chance weather: dry 0.8 | wet rest  seen by all`
    Chance(Chance),
    /// `draw card from J, Q, K except other_card  seen by Ann`
    Draw(Draw),
    /// `signal alarm seen by Ann` and its cases.
    Signal(Signal),
    /// `reveal reply to Ann`
    Reveal(Reveal),
    /// `if …`, `else if …`, `else`
    Branch(Branch),
    /// `repeat t in 1..rounds`
    Repeat(Repeat),
    /// `together`
    Together(Body),
    /// `Ann gains 2 as wages`
    Gain(Gain),
    /// `crisis(Ann, Bob)`: the lines of a `block`.
    Call(BlockCall),
    /// `stop`
    Stop,
}

/// `NAME and NAME [secretly] choose event: option | option [seen …]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choose {
    /// Who chooses; several choose the same event at the same time.
    pub players: Vec<Name>,
    /// The word `secretly`, if written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secretly: Option<Span>,
    /// What is chosen.
    pub event: Event,
    /// The options, one or more.
    pub options: Vec<ChoiceOption>,
    /// Who sees it, if said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
}

/// The name of an event with its index: `move[t]`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The name.
    pub name: Name,
    /// The index, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<Expr>,
    /// Name and index.
    pub span: Span,
}

/// `value [if condition] ["text"]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceOption {
    /// The value.
    pub value: Value,
    /// When it is on offer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// What it means, for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
}

/// `seen by … [as view]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Audience {
    /// Who sees it.
    pub viewers: Viewers,
    /// What they see in place of the value; `as happened` is the bare reference `happened`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub view: Option<Expr>,
    /// From `seen` to the end.
    pub span: Span,
}

/// Who sees an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Viewers {
    /// `all`
    All,
    /// `nobody`
    Nobody,
    /// The players named.
    Players(Vec<Name>),
}

/// A probability: an expression, or `rest` for what is left of 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// `rest`, and where it stands.
    Rest(Span),
    /// A number.
    Expr(Expr),
}

impl Weight {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Weight::Rest(span) => *span,
            Weight::Expr(expr) => expr.span,
        }
    }
}

/// `value weight` inside `… | …`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prob {
    /// The value.
    pub value: Value,
    /// Its probability.
    pub weight: Weight,
}

/// `chance event: probs seen`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chance {
    /// The event.
    pub event: Event,
    /// Values and probabilities.
    pub probabilities: Vec<Prob>,
    /// Who sees it; leaving it out is a mistake that the checks of meaning report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
}

/// `draw event from values [except earlier draws] seen`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The event.
    pub event: Event,
    /// What is drawn from, all equally likely.
    pub values: Vec<Value>,
    /// Events whose values are taken out first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<Reference>,
    /// Who sees it; leaving it out is a mistake that the checks of meaning report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
}

/// `signal event seen` and its cases.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signal {
    /// The event.
    pub event: Event,
    /// Who sees it; leaving it out is a mistake that the checks of meaning report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Audience>,
    /// The cases, first that holds.
    pub cases: Block<SignalCase>,
}

/// `if condition: probs` or `otherwise: probs`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignalCase {
    /// The condition; none for `otherwise`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// Values and probabilities.
    pub probabilities: Vec<Prob>,
}

/// `reveal reference [to players]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reveal {
    /// What is revealed.
    pub subject: Reference,
    /// To whom; none said means everybody.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub to: Vec<Name>,
}

/// `if … else if … else …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branch {
    /// The arms in order, one or more. Only the first (`if`) is sure to be there; only the last may lack a
    /// condition (`else`). The first arm's comments are with the statement.
    pub arms: Vec<Line<Arm>>,
}

/// One arm of a branch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arm {
    /// The condition; none for `else`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// What happens.
    pub body: Body,
}

/// `repeat variable in range`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repeat {
    /// The counter.
    pub variable: Name,
    /// From and to, both included.
    pub range: Range,
    /// What is repeated.
    pub body: Body,
}

/// `player gains amount as stake`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gain {
    /// The player.
    pub player: Name,
    /// `loses` rather than `gains`.
    #[serde(default, skip_serializing_if = "super::line::is_false")]
    pub loses: bool,
    /// How much.
    pub amount: Expr,
    /// The stake it is booked under.
    pub stake: Name,
}

/// `name(arguments)` as a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockCall {
    /// The block.
    pub name: Name,
    /// The arguments, in order.
    pub arguments: Vec<Expr>,
}
