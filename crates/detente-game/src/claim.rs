//! What an author expects of a game, resolved against its form.
//!
//! Conditions have become sets of ends: `reply is accept` is the set of ends whose history has
//! it. A condition holds at an inner node if it holds at every end below.

use crate::form::NodeSet;
use crate::formula::BinaryOp;
use crate::ids::{FormulaId, ParamId, PlayerId};
use crate::number::Rational;
use serde::{Deserialize, Serialize};

/// One `expect`.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// As written, on one line.
    pub text: String,
    /// Byte offsets of the claim in its file.
    pub span: (u32, u32),
    /// Parameters and settings set for this claim alone.
    pub with: Vec<Override>,
    /// What is claimed.
    pub kind: ClaimKind,
}

/// `with NAME = value`.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The parameter's or setting's name.
    pub name: String,
    /// Its value.
    pub value: Rational,
    /// The parameter, or `None` if it is a setting, which needs another form.
    pub param: Option<ParamId>,
}

/// What is claimed.
#[derive(Debug, Clone, PartialEq)]
pub enum ClaimKind {
    /// `nodes = 58, information sets of Ann = 6`.
    Counts(Vec<(Counted, u64)>),
    /// `value of Ann = -1/18`.
    Value {
        /// Whose value.
        player: PlayerId,
        /// How it compares.
        relation: Relation,
        /// With what.
        to: FormulaId,
    },
    /// `that x > 3`: a comparison of numbers, 1 if it holds.
    That(FormulaId),
    /// `pbe exists: …`.
    Equilibria {
        /// The solution concept.
        concept: Concept,
        /// Exists, none or all.
        quantifier: Quantifier,
        /// The story's name, if it has one.
        name: Option<String>,
        /// What the equilibrium must satisfy, all of it.
        queries: Vec<Query>,
        /// Where it must be so.
        holds_for: Vec<HoldsFor>,
    },
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// All nodes.
    Nodes,
    /// The ends.
    Ends,
    /// The information sets, of all players or of one.
    InfoSets(Option<PlayerId>),
}

/// How two numbers compare.
#[allow(missing_docs, reason = "the names are the relations")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Relation {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

impl Relation {
    /// Whether it holds between two numbers.
    #[must_use]
    pub fn holds(self, left: &Rational, right: &Rational) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessOrEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterOrEqual => left >= right,
        }
    }
}

/// A solution concept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Concept {
    /// Nash equilibrium.
    Nash,
    /// Nash in every subgame.
    SubgamePerfect,
    /// Trembling-hand perfect in the reduced strategic form (Selten 1975).
    Perfect,
    /// Proper in the reduced strategic form (Myerson 1978).
    Proper,
    /// Weak perfect Bayesian equilibrium.
    WeakPbe,
    /// Perfect Bayesian equilibrium (Bonanno 2013).
    Pbe,
    /// Sequential equilibrium (Kreps and Wilson 1982).
    Sequential,
    /// Survives the intuitive criterion (Cho and Kreps 1987).
    Intuitive,
    /// Divine (Banks and Sobel 1987): beliefs follow who gains, weighed by the prior.
    Divine,
    /// Survives D1 (Banks and Sobel 1987; Cho and Sobel 1990).
    D1,
    /// Universally divine (Banks and Sobel 1987): divine whatever the prior; D2 again and again.
    UniversallyDivine,
    /// Agent logit quantal response with this precision.
    Qre(Rational),
}

impl Concept {
    /// Whether it is a refinement of signalling stages: a perfect Bayesian equilibrium must
    /// besides survive a test of its unsent messages.
    #[must_use]
    pub fn is_refinement(&self) -> bool {
        matches!(self, Self::Intuitive | Self::Divine | Self::D1 | Self::UniversallyDivine)
    }

    /// The word used in scenarios and on the command line.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Nash => "nash",
            Self::SubgamePerfect => "subgame_perfect",
            Self::Perfect => "perfect",
            Self::Proper => "proper",
            Self::WeakPbe => "weak_pbe",
            Self::Pbe => "pbe",
            Self::Sequential => "sequential",
            Self::Intuitive => "intuitive",
            Self::Divine => "divine",
            Self::D1 => "d1",
            Self::UniversallyDivine => "universally_divine",
            Self::Qre(_) => "qre",
        }
    }

    /// The name in sentences.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Nash => "Nash equilibrium",
            Self::SubgamePerfect => "subgame-perfect equilibrium",
            Self::Perfect => "trembling-hand perfect equilibrium of the strategic form",
            Self::Proper => "proper equilibrium of the strategic form",
            Self::WeakPbe => "weak perfect Bayesian equilibrium",
            Self::Pbe => "perfect Bayesian equilibrium",
            Self::Sequential => "sequential equilibrium",
            Self::Intuitive => "equilibrium that survives the intuitive criterion",
            Self::Divine => "divine equilibrium",
            Self::D1 => "equilibrium that survives D1",
            Self::UniversallyDivine => "universally divine equilibrium",
            Self::Qre(_) => "quantal-response equilibrium",
        }
    }
}

/// How many equilibria must satisfy the queries.
#[allow(missing_docs, reason = "the names are the quantifiers")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantifier {
    Exists,
    None,
    All,
}

/// The interval of a parameter in which the claim must hold.
#[derive(Debug, Clone, PartialEq)]
pub struct HoldsFor {
    /// Which parameter.
    pub param: ParamId,
    /// Lower end, included.
    pub low: FormulaId,
    /// Upper end, included.
    pub high: FormulaId,
}

/// A condition on one equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub enum Query {
    /// A comparison.
    Compare(Quantity, Relation, Quantity),
    /// All of them.
    And(Vec<Query>),
    /// At least one.
    Or(Vec<Query>),
    /// Not this one.
    Not(Box<Query>),
    /// `breakfast always beer`: the question is asked, and answered so whenever it is asked.
    Always {
        /// The ends at which the question was asked.
        asked: NodeSet,
        /// The ends at which it was answered so.
        answered: NodeSet,
    },
    /// `belief of Offerer in Partner is serious < p after …`, at the first situations of the
    /// player that lie wholly after the condition and are reached.
    Belief {
        /// Whose belief.
        player: PlayerId,
        /// In what.
        event: NodeSet,
        /// After what; all ends if nothing is said.
        after: NodeSet,
        /// How it compares.
        relation: Relation,
        /// With what.
        to: Quantity,
    },
}

/// A number that may depend on the equilibrium.
#[derive(Debug, Clone, PartialEq)]
pub enum Quantity {
    /// A formula over the parameters.
    Formula(FormulaId),
    /// `P(event | given)`; undefined if `given` has probability 0.
    Probability {
        /// The event.
        event: NodeSet,
        /// The condition; all ends if nothing is said.
        given: Option<NodeSet>,
    },
    /// An operation.
    Binary(BinaryOp, Box<Quantity>, Box<Quantity>),
}
