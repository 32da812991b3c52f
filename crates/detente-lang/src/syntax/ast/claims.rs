//! What a file claims about its game (`expect`), what was seen (`observed`), what might be (`whatif`), and
//! what its analyst asks (`question`).

use super::{
    Assignment, Block, Date, Event, Expr, Name, Prob, Range, Reference, Relation, Span, Text, Value,
};
use serde::{Deserialize, Serialize};

/// `expect [with …:] claim`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expect {
    /// Settings and parameters changed for this claim.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Assignment>,
    /// The claim.
    pub claim: Claim,
}

/// A claim.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// `nodes = 58, information sets of Ann = 6, of Bob = 6`
    Counts(Vec<CountClaim>),
    /// `value of Ann = -1/18`
    Value(ValueClaim),
    /// `pbe exists: breakfast always beer`
    Concept(ConceptClaim),
    /// `that shots(0.8, 20, 0.7) > 3.73`
    That(Expr),
}

/// `nodes = 58`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountClaim {
    /// What is counted.
    pub subject: CountSubject,
    /// The number, an unsigned integer as written.
    pub number: Value,
    /// The words that say what is counted.
    pub span: Span,
}

/// What a count claim counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountSubject {
    /// `nodes`, ends included.
    Nodes,
    /// `ends`
    Ends,
    /// `information sets` (also written `situations`), of all players or `of` one.
    InformationSets(Option<Name>),
}

/// `value of Ann = -1/18`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValueClaim {
    /// Whose value.
    pub player: Name,
    /// The comparison.
    pub relation: Relation,
    /// With what.
    pub value: Expr,
}

/// `pbe exists "title": queries`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConceptClaim {
    /// The solution concept.
    pub concept: Concept,
    /// How many of its equilibria.
    pub quantifier: Quantifier,
    /// The title. With a title and no queries the claim means the queries of the earlier claim so titled.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What the equilibrium does; all must hold.
    pub queries: Block<Query>,
    /// The one query stands on the claim's own line.
    #[serde(default, skip_serializing_if = "super::line::is_false")]
    pub inline: bool,
}

/// A solution concept and where it is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concept {
    /// Which one.
    pub kind: ConceptKind,
    /// Where it stands.
    pub span: Span,
}

/// The solution concepts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConceptKind {
    /// `nash`
    Nash,
    /// `subgame_perfect`
    SubgamePerfect,
    /// `perfect`
    Perfect,
    /// `proper`
    Proper,
    /// `weak_pbe`
    WeakPbe,
    /// `pbe`
    Pbe,
    /// `sequential`
    Sequential,
    /// `intuitive`
    Intuitive,
    /// `divine`
    Divine,
    /// `d1`
    D1,
    /// `universally_divine`
    UniversallyDivine,
    /// `qre(lambda)`
    Qre(Expr),
}

/// How many equilibria a claim speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quantifier {
    /// `exists`: at least one.
    Exists,
    /// `none`.
    None,
    /// `all`: there is one, and every one.
    All,
}

/// A statement about an equilibrium.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Query {
    /// What it says.
    pub kind: QueryKind,
    /// `for each player`: `me` is each player in turn.
    #[serde(default, skip_serializing_if = "super::line::is_false")]
    pub for_each_player: bool,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QueryKind {
    /// `gesture always extend`
    Always {
        /// The event.
        event: Reference,
        /// The value.
        value: Value,
    },
    /// A condition, mostly on `P(…)`.
    Condition(Expr),
    /// `belief of Ann in Bob is weak < 1/2 after reply is no, alarm is yes`
    Belief(BeliefQuery),
    /// `holds for first in 21/37..6/7`
    HoldsFor {
        /// The parameter.
        param: Name,
        /// The range over which the other queries hold.
        range: Range,
    },
}

/// `belief of NAME in cond rel expr [after cond, …]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BeliefQuery {
    /// Whose belief.
    pub player: Name,
    /// What is believed.
    pub about: Expr,
    /// The comparison.
    pub relation: Relation,
    /// With what.
    pub value: Expr,
    /// After what; all must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Expr>,
}

/// `observed "title"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observed {
    /// What readers call it.
    pub title: Text,
    /// One per line.
    pub observations: Block<Observation>,
}

/// `2025-09-22 gesture is extend source offer`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Observation {
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// What.
    pub condition: Expr,
    /// From where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Name>,
}

/// `question "title"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// The question.
    pub title: Text,
    /// What answers it, one per line.
    pub answers: Block<Answer>,
}

/// A line of `question`: `[with …:] what is to be worked out`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Settings and parameters changed for this line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Assignment>,
    /// What is worked out.
    pub kind: AnswerKind,
    /// Where it stands, without `with`.
    pub span: Span,
}

/// What can be worked out to answer a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerKind {
    /// `P(reply is accept | Partner is serious)`, or any number.
    Number(Expr),
    /// `belief of Ann in Bob is weak after reply is no`
    Belief {
        /// Whose belief.
        player: Name,
        /// What is believed.
        about: Expr,
        /// After what; all must hold.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        after: Vec<Expr>,
    },
    /// `payoff of Ann`
    Payoff(Name),
    /// `thresholds of detect for "both extend"`
    Thresholds {
        /// The parameter.
        param: Name,
        /// The title of the claim that is to be met.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        claim: Option<Text>,
    },
    /// `assumptions`
    Assumptions,
    /// `information of Ann`
    Information(Name),
    /// `whatif "title"`
    WhatIf(Text),
    /// `see "sister.dtn"`
    See(Text),
}

/// `whatif "title"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// What readers call it.
    pub title: Text,
    /// One per line.
    pub changes: Block<Change>,
}

/// A line of `whatif`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// `set detect = 0.9`
    Set(Assignment),
    /// `lock Ann at reply when alarm is yes: accept 1/2 | reject rest`
    LockBehaviour(LockBehaviour),
    /// `lock belief of Ann in Bob is weak = 0.1 after reply is no`
    LockBelief(LockBelief),
    /// `nobody else knows`
    NobodyElseKnows,
}

/// `lock NAME at event [when cond]: probs`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockBehaviour {
    /// Whose behaviour.
    pub player: Name,
    /// At which question.
    pub event: Event,
    /// In which of its situations; all if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// What the player does.
    pub probabilities: Vec<Prob>,
}

/// `lock belief of NAME in cond = expr [after cond, …]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LockBelief {
    /// Whose belief.
    pub player: Name,
    /// What is believed.
    pub about: Expr,
    /// Its probability.
    pub probability: Expr,
    /// After what; all must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<Expr>,
}
