//! The scenario and its sections.

use super::{
    Block, Body, Comment, Date, Expect, Expr, Line, Name, Observed, Question, Range, Span, Text,
    Value, Weight, WhatIf,
};
use serde::{Deserialize, Serialize};

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenario {
    /// The sections in the order of the text.
    pub sections: Vec<Line<Section>>,
    /// Comments after the last section.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub closing: Vec<Comment>,
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// `game "…"`
    Game(GameSection),
    /// `players`
    Players(PlayersSection),
    /// `sources`
    Sources(SourcesSection),
    /// `settings`
    Settings(SettingsSection),
    /// `params`
    Params(ParamsSection),
    /// `table costs from "costs.csv" by country`
    Table(Table),
    /// `scale card: J < Q < K`
    Scale(Scale),
    /// `types of …`
    Types(TypesSection),
    /// `define f(x) = …`
    Define(Define),
    /// `block name(x)`
    Block(BlockDefinition),
    /// `story`
    Story(Body),
    /// `stakes of …`
    Stakes(StakesSection),
    /// `outcomes`
    Outcomes(OutcomesSection),
    /// `expect …`
    Expect(Expect),
    /// `observed "…"`
    Observed(Observed),
    /// `whatif "…"`
    WhatIf(WhatIf),
    /// `question "…"`
    Question(Question),
    /// `include "…"`
    Include(Text),
}

/// `game "title"` and its entries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GameSection {
    /// The title.
    pub title: Text,
    /// What it is about, where it comes from.
    pub entries: Block<GameEntry>,
}

/// `about "…"` and its like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GameEntry {
    /// Which entry.
    pub kind: GameEntryKind,
    /// What it says.
    pub text: Text,
}

/// The words that start an entry of `game`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GameEntryKind {
    /// `about`
    About,
    /// `cite`
    Cite,
    /// `author`
    Author,
    /// `licence`
    Licence,
}

/// `players`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlayersSection {
    /// One per line.
    pub players: Block<Player>,
}

/// `Sender "Newcomer" team West`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Player {
    /// The name.
    pub name: Name,
    /// Who that is, for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The team whose stakes the player shares.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team: Option<Name>,
}

/// `sources`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcesSection {
    /// One per line.
    pub sources: Block<Source>,
}

/// `offer "Public offer" 2025-09-22 "https://…"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The name notes use.
    pub name: Name,
    /// What it is.
    pub description: Text,
    /// Its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Where to find it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<Text>,
}

/// `settings`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettingsSection {
    /// One per line.
    pub settings: Block<Setting>,
}

/// `rounds = 2 in 1..6 "…"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// The name.
    pub name: Name,
    /// A number or a name.
    pub value: Value,
    /// Where it may lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// What it means, for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Block::is_empty")]
    pub notes: Notes,
}

/// `params`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParamsSection {
    /// One per line.
    pub params: Block<Param>,
}

/// `transfer = 4 in 0..10 unit points ~ 2 to 7 "…"`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Param {
    /// The name.
    pub name: Name,
    /// The base value.
    pub value: Expr,
    /// Where it may lie.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<Range>,
    /// The unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Name>,
    /// How uncertain it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distribution: Option<Distribution>,
    /// What it means, for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Block::is_empty")]
    pub notes: Notes,
}

/// After `~`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Distribution {
    /// Which distribution.
    pub kind: DistributionKind,
    /// Where it stands, without the `~`.
    pub span: Span,
}

/// The ways to write a distribution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
// A scenario has a few of these; boxes would only make them awkward to match.
#[allow(clippy::large_enum_variant)]
pub enum DistributionKind {
    /// `beta(4, 6)`
    Named {
        /// The family.
        name: Name,
        /// Its parameters.
        arguments: Vec<Expr>,
    },
    /// `views.p_firm`: a column of a table of which a row is drawn.
    Column {
        /// The table.
        table: Name,
        /// The column.
        column: Name,
    },
    /// `2 to 7`: 5th to 95th percentile.
    Percentiles {
        /// 5th percentile.
        low: Expr,
        /// 95th percentile.
        high: Expr,
    },
}

/// The indented lines below a parameter, setting, type or stake. Use [`all_notes`] to walk over them.
pub type Notes = Block<Vec<Note>>;

/// All notes of all lines, in order.
pub fn all_notes(notes: &Notes) -> impl Iterator<Item = &Note> {
    notes.iter().flat_map(|line| line.item.iter())
}

/// One note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Note {
    /// `source desk "page 7"`
    Source {
        /// The source's name.
        name: Name,
        /// The place in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Text>,
    },
    /// `confidence low`
    Confidence {
        /// How sure.
        level: Confidence,
        /// The word.
        span: Span,
    },
    /// `note "…"`
    Note(Text),
    /// `checked 2025-09-22`
    Checked(Date),
}

/// How sure an author is of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// `low`
    Low,
    /// `medium`
    Medium,
    /// `high`
    High,
}

/// `table costs from "costs.csv" by country`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// The name.
    pub name: Name,
    /// The CSV file, beside the scenario.
    pub file: Text,
    /// The column that holds the keys.
    pub key: Name,
    /// The column that says how likely a row is when one is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight: Option<Name>,
}

/// `scale card: J < Q < K`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scale {
    /// The name.
    pub name: Name,
    /// The values, lowest first.
    pub values: Vec<Value>,
}

/// Of whom a section speaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whose {
    /// One player (or team).
    Player(Name),
    /// `each player`, and where it stands.
    EachPlayer(Span),
}

impl Whose {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Whose::Player(name) => name.span,
            Whose::EachPlayer(span) => *span,
        }
    }
}

/// `types of …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypesSection {
    /// Whose types.
    pub of: Whose,
    /// One per line.
    pub types: Block<TypeLine>,
}

/// `strong 9/10 "…", Receiver believes 0.5`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeLine {
    /// The type.
    pub value: Value,
    /// Its prior probability.
    pub weight: Weight,
    /// What it means, for readers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Private priors.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beliefs: Vec<PrivatePrior>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Block::is_empty")]
    pub notes: Notes,
}

/// `Receiver believes 0.5`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivatePrior {
    /// Whose prior.
    pub player: Name,
    /// The probability this player gives to the type.
    pub probability: Expr,
}

/// `define f(x) = …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Define {
    /// The name.
    pub name: Name,
    /// The parameters; none for a plain abbreviation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Name>,
    /// What it stands for.
    pub value: Expr,
}

/// `block name(x)`: story lines that can be used several times.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockDefinition {
    /// The name.
    pub name: Name,
    /// The parameters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parameters: Vec<Name>,
    /// The lines.
    pub body: Body,
}

/// `stakes of …`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StakesSection {
    /// Whose stakes.
    pub of: Whose,
    /// What they are.
    pub stakes: Stakes,
}

/// The two ways to say what somebody's stakes are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stakes {
    /// `are the opposite of Ann`
    OppositeOf(Name),
    /// One per line.
    Lines(Block<StakeLine>),
}

/// A line of `stakes of`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StakeLine {
    /// `safety: 2 when reply is walk_away`
    Stake(Stake),
    /// `each t in 1..rounds` and the lines below it.
    Each(EachStake),
}

/// `name: amount [when condition]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stake {
    /// The name; equal names add up.
    pub name: Name,
    /// How much.
    pub amount: Expr,
    /// When; always if not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Expr>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Block::is_empty")]
    pub notes: Notes,
}

/// `each t in 1..rounds`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EachStake {
    /// The counter.
    pub variable: Name,
    /// From and to, both included.
    pub range: Range,
    /// The stakes.
    pub lines: Block<StakeLine>,
}

/// `outcomes`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomesSection {
    /// One per line; the first that holds.
    pub outcomes: Block<Outcome>,
}

/// `"treaty lapses" when gesture is let_lapse`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What readers call it.
    pub title: Text,
    /// When it is the outcome.
    pub condition: Expr,
}
