//! The published types.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Number {
    /// The exact value as an integer or a fraction: `9/14`.
    pub exact: String,
    /// The nearest double.
    pub decimal: f64,
}

/// A place where a margin turns: an exact value, or an interval that holds exactly one root.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Place {
    /// A rational value.
    Exact {
        /// The value.
        value: Number,
    },
    /// An irrational value.
    Enclosed {
        /// Lower end.
        low: Number,
        /// Upper end.
        high: Number,
    },
}

/// Result of `check`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Check {
    /// Title of the scenario.
    pub title: String,
    /// Number of nodes of the tree.
    pub nodes: usize,
    /// Number of ends.
    pub ends: usize,
    /// Number of decision points.
    pub decision_points: usize,
    /// The situations.
    pub situations: Vec<Situation>,
    /// Who never sees what.
    pub never_sees: Vec<NeverSees>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// Errors and warnings.
    pub messages: Vec<Message>,
    /// The expectations, if they were checked.
    pub expectations: Option<Test>,
    /// What was not looked for, and why.
    pub left_out: Vec<String>,
}

/// An error or a warning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Message {
    /// Its code: `E011`, `W106`.
    pub code: String,
    /// What it says.
    pub text: String,
    /// File, line and column, if it has a place.
    pub place: Option<String>,
    /// Line and column where it ends, exclusive; the file is that of `place`.
    pub until: Option<String>,
    /// What would mend it.
    pub helps: Vec<String>,
    /// What else is worth knowing.
    pub notes: Vec<String>,
}

/// A situation (information set).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Situation {
    /// Its number, from 1.
    pub number: u32,
    /// Who decides.
    pub player: String,
    /// Its type there, if it has types.
    pub own_type: Option<String>,
    /// What is asked.
    pub question: String,
    /// The label that another program gave it.
    pub label: Option<String>,
    /// What the player has seen; empty in a game of another program, which does not say.
    pub knows: Vec<String>,
    /// The options.
    pub options: Vec<String>,
}

/// What a player never sees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NeverSees {
    /// Who.
    pub player: String,
    /// The events; a player's name stands for that player's type.
    pub events: Vec<String>,
}

/// A parameter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Number,
    /// Its range.
    pub range: Option<(Number, Number)>,
    /// Its unit.
    pub unit: Option<String>,
    /// What it means.
    pub label: String,
    /// Its sources.
    pub sources: Vec<String>,
    /// `low`, `medium` or `high`.
    pub confidence: Option<String>,
}

/// Result of `solve`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Solve {
    /// Title of the scenario.
    pub title: String,
    /// Values of all parameters.
    pub parameters: Vec<Parameter>,
    /// Name of the method that searched (`detente show methods` has more of it).
    pub method: String,
    /// Whether no equilibrium of the kind asked for can be missing.
    pub complete: bool,
    /// What was and was not searched.
    pub searched: String,
    /// Whether the search was stopped by a signal, so that the cards and their labels are those of
    /// what was found by then.
    pub stopped: bool,
    /// Candidates whose verdict is open, with the reason.
    pub undecided: Vec<String>,
    /// The equilibria, one card for each way the game is played.
    pub cards: Vec<CardResult>,
    /// Equilibria whose probabilities are not known as fractions, each in a box that holds no other.
    pub enclosed: Vec<EnclosedResult>,
}

/// An equilibrium known by an enclosure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnclosedResult {
    /// The letter after those of the cards.
    pub label: String,
    /// `nash`, `sequential`, `qre`, …
    pub concept: String,
    /// What is done everywhere.
    pub plays: Vec<EnclosedPlays>,
    /// Expected payoffs.
    pub worth: Vec<EnclosedWorth>,
    /// The box, which is the proof, as `detente solve --save` keeps it.
    pub proof: serde_json::Value,
}

/// What is done at one situation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnclosedPlays {
    /// Number of the situation.
    pub situation: u32,
    /// The probability of each option.
    pub options: Vec<EnclosedShare>,
}

/// A name with the interval that its probability lies in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnclosedShare {
    /// The name.
    pub name: String,
    /// Lower end.
    pub low: Number,
    /// Upper end.
    pub high: Number,
}

/// What an enclosed equilibrium is worth to a player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnclosedWorth {
    /// Who.
    pub player: String,
    /// Lower end of the expected payoff.
    pub low: Number,
    /// Upper end.
    pub high: Number,
}

/// Equilibria with the same play.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CardResult {
    /// A, B, …
    pub label: String,
    /// The author's name for it.
    pub title: Option<String>,
    /// `sequential`, `pbe`, …
    pub concept: String,
    /// Whether it rests on a belief having exactly one value.
    pub knife_edge: bool,
    /// Equilibria of this concept with the same play.
    pub variants: usize,
    /// Equilibria of weaker concepts with the same play.
    pub weaker: usize,
    /// What is done everywhere, in the equilibrium that speaks for the card; of a continuum, at a
    /// point inside.
    pub plays: Vec<Plays>,
    /// The continua among the card's equilibria, each by its corners and what is done everywhere
    /// in them. Where a continuum has several convex pieces, not every mixture of its corners
    /// belongs to it.
    pub continua: Vec<Vec<Vec<Plays>>>,
    /// Expected payoffs.
    pub worth: Vec<WorthResult>,
    /// How often each outcome occurs.
    pub outcomes: Vec<Share>,
    /// What each message tells.
    pub messages: Vec<MessageResult>,
    /// Choices at situations that come up, the tightest first.
    pub margins: Vec<MarginResult>,
    /// Whether all numbers are exact.
    pub exact: bool,
    /// What the proof consists of.
    pub certificate: String,
    /// The equilibrium with its proof, as `detente solve --save` keeps it; of a continuum, one
    /// inside.
    pub proof: serde_json::Value,
    /// What the verdict does not cover.
    pub caveat: Option<String>,
}

/// What is done and believed at one situation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plays {
    /// Number of the situation.
    pub situation: u32,
    /// Whether it comes up.
    pub reached: bool,
    /// The probability of each option.
    pub options: Vec<Share>,
    /// One belief per decision point of the situation; empty if the concept has none there.
    pub belief: Vec<Number>,
    /// Least and greatest belief per decision point; empty if not computed.
    pub bounds: Vec<(Number, Number)>,
}

/// A name with a probability.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Share {
    /// The name.
    pub name: String,
    /// The probability.
    pub probability: Number,
}

/// What an equilibrium is worth to a player.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WorthResult {
    /// Who.
    pub player: String,
    /// Expected payoff, in his own eyes.
    pub value: Number,
    /// The same for each type of positive probability.
    pub by_type: Vec<TypeResult>,
}

/// Worth to one type.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TypeResult {
    /// The type.
    pub name: String,
    /// Expected payoff.
    pub value: Number,
}

/// What a message tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MessageResult {
    /// Who reads it.
    pub reader: String,
    /// All that he has seen, the message last.
    pub log: Vec<String>,
    /// Whose type it is about.
    pub about: String,
    /// Before the message.
    pub before: Vec<Share>,
    /// After the message.
    pub after: Vec<Share>,
    /// How often it comes.
    pub probability: Number,
}

/// How narrowly a choice is preferred.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MarginResult {
    /// Number of the situation.
    pub situation: u32,
    /// What is chosen.
    pub chosen: String,
    /// The alternative.
    pub against: String,
    /// By how much the first is better.
    pub margin: Number,
}

/// Result of `why`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Why {
    /// Which card.
    pub label: String,
    /// Whether the search was stopped by a signal, so that the label is that of what was found by
    /// then.
    pub stopped: bool,
    /// The choices, the tightest first.
    pub choices: Vec<ChoiceResult>,
    /// What can be said, each sentence checked.
    pub sentences: Vec<SentenceResult>,
    /// What was not said, and why.
    pub absent: Vec<SentenceResult>,
}

/// A choice with its stakes and turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChoiceResult {
    /// The choice.
    pub margin: MarginResult,
    /// Differences stake by stake; they add up to the margin exactly.
    pub stakes: Vec<StakeResult>,
    /// Where it turns along each parameter.
    pub turns: Vec<TurnResult>,
}

/// A stake's part of a margin.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StakeResult {
    /// The stake.
    pub stake: String,
    /// Its part.
    pub difference: Number,
}

/// A value of a parameter at which a choice turns, all others unchanged.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TurnResult {
    /// The parameter.
    pub parameter: String,
    /// Its value now.
    pub now: Number,
    /// `below` or `above`.
    pub side: String,
    /// Where.
    pub at: Place,
}

/// A sentence, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SentenceResult {
    /// The template.
    pub id: String,
    /// The text.
    pub text: String,
}

/// One certificate, checked again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verify {
    /// `holds`, `fails` or `undecided`.
    pub verdict: String,
    /// The concept asked for.
    pub concept: String,
    /// Why it fails or is undecided, or what the verdict does not cover.
    pub reason: Option<String>,
    /// Who gains, if it fails.
    pub player: Option<String>,
    /// What that player would do instead.
    pub instead: Option<String>,
    /// How much is gained.
    pub gain: Option<Number>,
    /// Expected payoffs, if it holds.
    pub values: Vec<Number>,
}

/// The expectations of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Test {
    /// How many expectations are met.
    pub met: usize,
    /// How many are not known to be met or not.
    pub unknown: usize,
    /// All of them.
    pub expectations: Vec<Expectation>,
}

/// One expectation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Expectation {
    /// As written.
    pub text: String,
    /// Whether it is met; `null` if that is not known.
    pub met: Option<bool>,
    /// What was found.
    pub found: String,
}
