//! Options of the verbs that ask what rests on which assumption: draws, variants, records.

use super::{Form, Input, Search, number};
use clap::{Args, ValueEnum};
use detente::game::Rational;
use detente::game::claim::Concept;
use std::path::PathBuf;

/// Draws of the uncertain parameters, each with all its pure equilibria.
#[derive(Debug, Args)]
#[command(
    group = clap::ArgGroup::new("rows").args(["csv", "parquet"]).multiple(true),
    after_help = "Where several plays are equilibria of a draw, --select says which are kept:\n  bounds            all of them, so outcomes lie between bounds (the default)\n  best-for:PLAYER   those at which this player's payoff is greatest; worst-for:PLAYER, least\n  like:LETTER       what is played in this equilibrium of  detente solve FILE --concept CONCEPT --pure\n  CONCEPT           those that satisfy it at the draw, judged by the verifier: pbe, sequential, perfect,\n                    proper, intuitive, divine, d1, universally_divine; slow, so ask for fewer draws\nWhere none satisfies the rule, all are kept, and the screen says how often. Where there is one play the\nrule is not asked.\n\nExamples:\n  detente ensemble catalog/new_start/treaty_gesture.dtn -n 1000000\n  detente ensemble catalog/new_start/treaty_gesture.dtn --select best-for:Offerer\n  detente ensemble catalog/new_start/treaty_gesture.dtn --select sequential -n 5000\n  detente ensemble catalog/new_start/treaty_gesture.dtn -n 1000000 --parquet draws.parquet\n\nOne row for each draw, the same columns in CSV and Parquet: draw, the drawn parameters, found, plays, kept,\nopen, state, and the least and greatest probability of each outcome and payoff of each player. In Python:\n  file = pyarrow.parquet.ParquetFile(\"draws.parquet\")\n  file.metadata.metadata[b\"detente.seed\"]   # detente.scenario_hash, .concept, .select, .plays, ...\n  file.read().to_pandas()\nA run that was stopped goes on with the same command and --resume."
)]
pub struct Ensemble {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub drawing: Drawing,
    /// How many draws
    #[arg(long, short = 'n', value_name = "N", value_parser = many, default_value = "100000")]
    pub draws: u64,
    /// What is kept where several plays are equilibria: bounds, best-for:PLAYER, worst-for:PLAYER, like:LETTER, or a concept such as d1
    #[arg(long, value_name = "RULE", default_value = "bounds")]
    pub select: String,
    /// Writes every draw with its equilibria to a file of lines
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Writes the same as a Parquet file, with what was asked in its metadata
    #[arg(long, value_name = "FILE")]
    pub parquet: Option<PathBuf>,
    /// Goes on with a file that was not finished
    #[arg(long, requires = "rows")]
    pub resume: bool,
    /// Makes this draw again, with its exact values, and solves it alone
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["csv", "parquet", "resume", "json", "select"])]
    pub member: Option<u64>,
}

/// Sobol's indices of an outcome or payoff, and the effect of each parameter alone.
#[derive(Debug, Args)]
pub struct Sensitivity {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub drawing: Drawing,
    /// The outcome, or the player whose payoff is meant
    #[arg(long, value_name = "NAME")]
    pub of: String,
    /// Which number stands for a draw with several equilibria
    #[arg(long, value_enum, default_value_t = BoundName::Middle)]
    pub bound: BoundName,
    /// How many pairs of draws
    #[arg(long, short = 'n', value_name = "N", value_parser = some_pairs, default_value = "16384")]
    pub pairs: u64,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente map catalog/new_start/treaty_gesture.dtn p_firm detect\n  detente map catalog/new_start/treaty_gesture.dtn p_firm detect --svg map.svg\n  detente map catalog/new_start/reply_game.dtn p_serious p_resolved detection\n\nThe plane of two parameters is divided by which plays are equilibria: proved for whole tiles, halved down\nto a stated size where that is not possible. Mixed plays are searched too where two players play and what\nis asked for is Nash or weak PBE; --pure leaves them out and is faster. Of one parameter, or of three and more, the shares of\nthe regions are told. The others stay at their base values; --set moves them."
)]
pub struct Map {
    #[command(flatten)]
    pub input: Input,
    /// The parameters, each with a range: two for a plane
    #[arg(required = true, value_name = "PARAMETER")]
    pub params: Vec<String>,
    /// The solution concept of what is mapped
    #[arg(long, value_enum, value_name = "CONCEPT", default_value_t = EnsembleConcept::WeakPbe)]
    pub by: EnsembleConcept,
    /// Tiles along each parameter at most, rounded up to a power of two; 256, or 8 from three parameters on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=4096))]
    pub cells: Option<u32>,
    /// Draws the plane into a file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
    /// Draws the plane into a file, by an installed Chromium, Chrome or Edge
    #[arg(long, value_name = "FILE")]
    pub png: Option<PathBuf>,
    /// The equilibrium whose thresholds are marked, by its letter in `solve`
    #[arg(long, short, default_value = "A")]
    pub equilibrium: String,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
}

/// How parameters are drawn and what is looked for at a draw.
#[derive(Debug, Args)]
pub struct Drawing {
    /// The seed of the draws
    #[arg(long, value_name = "SEED", default_value_t = 1)]
    pub seed: u64,
    /// Independent pseudo-random points instead of quasi-random ones
    #[arg(long)]
    pub random: bool,
    /// Draws a parameter uniformly over its range, whatever its distribution; may be repeated
    #[arg(long, value_name = "NAME")]
    pub uniform: Vec<String>,
    /// The solution concept of the equilibria
    #[arg(long, value_enum, default_value_t = EnsembleConcept::WeakPbe)]
    pub concept: EnsembleConcept,
    /// Mixed equilibria too: every draw is solved on its own, which takes far longer
    #[arg(long)]
    pub mixed: bool,
}

/// A count, also as 1e6 or 1_000_000.
fn many(text: &str) -> Result<u64, String> {
    let value: Option<Rational> = text.replace('_', "").parse().ok();
    let whole = value.and_then(|value| value.to_i64()).and_then(|value| value.try_into().ok());
    whole.ok_or_else(|| "it is no whole number such as 100000 or 1e6".to_owned())
}

/// As many pairs as have a variance.
fn some_pairs(text: &str) -> Result<u64, String> {
    many(text).and_then(|pairs| match pairs {
        0 | 1 => Err("a variance needs two at least".to_owned()),
        pairs => Ok(pairs),
    })
}

/// Which number stands for several.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BoundName {
    Least,
    Greatest,
    Middle,
}

/// The concept of a name.
pub fn pure_concept(name: EnsembleConcept) -> Concept {
    match name {
        EnsembleConcept::Nash => Concept::Nash,
        EnsembleConcept::SubgamePerfect => Concept::SubgamePerfect,
        EnsembleConcept::WeakPbe => Concept::WeakPbe,
        EnsembleConcept::Pbe => Concept::Pbe,
        EnsembleConcept::Sequential => Concept::Sequential,
    }
}

/// Concepts by which draws and planes are classified.
#[allow(missing_docs)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EnsembleConcept {
    Nash,
    SubgamePerfect,
    WeakPbe,
    /// Of draws with --mixed only, not of maps
    Pbe,
    /// Of draws with --mixed only, not of maps
    Sequential,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente whatif catalog/new_start/treaty_gesture.dtn\n  detente whatif catalog/new_start/treaty_gesture.dtn --lock 'belief of Partner in Offerer is firm = 0.1'\n  detente whatif catalog/new_start/treaty_gesture.dtn --lock 'Offerer at response when satellites is alarm: hold 1'\n  detente whatif catalog/new_start/treaty_gesture.dtn --lock 'belief of Offerer in Partner is serious = 0.9 after reply is accept'\n\nA lock is played in both modes: known to all (the game with the lock is solved anew and verified) and\nknown to nobody else (the others play as before). A locked reading is what a player thinks at the\nstart, and messages move it; with 'after' it is what it thinks at its first situations after this.\nWhat play is worth is measured by the priors without the lock."
)]
pub struct Whatif {
    #[command(flatten)]
    pub input: Input,
    /// The variant, or a part of its name that no other has; without it all of the file's
    pub name: Option<String>,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Plays this lock, written as in a scenario's `whatif`; may be repeated
    #[arg(long, value_name = "LOCK", conflicts_with = "name")]
    pub lock: Vec<String>,
    /// The equilibrium that is played without the locks, by its letter in `solve`
    #[arg(long, short, default_value = "A")]
    pub equilibrium: String,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente assumptions catalog/new_start/treaty_gesture.dtn\n\nParameters without a source or with low confidence come first, and of these the one nearest to a value\nat which the equilibrium ceases to be one. Each is moved alone; the judge is asked on both sides."
)]
pub struct Assumptions {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Which equilibrium, by its letter in `solve`
    #[arg(long, short, default_value = "A")]
    pub equilibrium: String,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente compare catalog/new_start/treaty_gesture.dtn catalog/new_start/gesture_reply.dtn\n\nOutcomes, choices and values are matched by name. Where a parameter has another value in the second\nfile, turns of the first file's equilibrium between the two values are listed."
)]
pub struct Compare {
    /// A scenario or a game
    pub first: PathBuf,
    /// Another one
    pub second: PathBuf,
    /// Most nodes of each tree
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
    /// No progress and no warnings
    #[arg(long, short)]
    pub quiet: bool,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente trace catalog/new_start/extension_2025.dtn --set record=1\n  detente trace catalog/new_start/treaty_gesture.dtn --step 'reply is accept' --step 'satellites is quiet'\n\nEvery equilibrium is followed, and quantal responses at the precision under which the record is\nlikeliest along the principal branch, and at --lambda if it is given."
)]
pub struct Trace {
    #[command(flatten)]
    pub input: Input,
    /// The record, or a part of its title; without it all of the file's
    pub record: Option<String>,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Follows this step instead of the file's records, written as in `observed`; may be repeated
    #[arg(long, value_name = "STEP", conflicts_with = "record")]
    pub step: Vec<String>,
    /// Only this equilibrium, by its letter in `solve`, and no quantal responses
    #[arg(long, short)]
    pub equilibrium: Option<String>,
    /// Quantal responses at this precision too
    #[arg(long, value_name = "L", value_parser = number, conflicts_with = "equilibrium")]
    pub lambda: Option<Rational>,
    /// Draws the record into a file; if there are several, name one
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente value catalog/new_start/reply_game.dtn --of information --player Offerer\n  detente value catalog/new_start/reply_game.dtn --of information --quality 3/4\n  detente value catalog/new_start/treaty_gesture.dtn --of detect\n\nThe game is changed, solved anew and compared. With several equilibria, before or after, the value is a\nrange. Information and commitment can hurt: others know of it and choose otherwise; that is said."
)]
pub struct Value {
    #[command(flatten)]
    pub input: Input,
    /// information, detection, commitment, or a parameter; may be repeated; without it all three
    #[arg(long, value_name = "WHAT")]
    pub of: Vec<String>,
    /// Who is told, or bound; without it each player in turn
    #[arg(long, value_name = "NAME")]
    pub player: Option<String>,
    /// The event he is told of (a player's name for its type); without it the others' types
    #[arg(long, value_name = "EVENT")]
    pub about: Option<String>,
    /// He gets a report that is right with this probability, not the truth itself
    #[arg(long, value_name = "S", value_parser = number)]
    pub quality: Option<Rational>,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  detente ask catalog/new_start/extension_2025.dtn\n  detente ask catalog/new_start/extension_2025.dtn 3\n\nA file asks by  question \"…\"  and says below it what is to be worked out; nothing of the answer stands\nin the file. A report answers all its file's questions."
)]
pub struct Ask {
    #[command(flatten)]
    pub input: Input,
    /// The numbers of the questions, from 1 in the file's order; without them all
    #[arg(value_name = "NUMBER")]
    pub numbers: Vec<usize>,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
}
