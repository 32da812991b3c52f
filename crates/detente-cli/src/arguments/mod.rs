//! The command line: verbs and their options.

mod assumptions;

pub use assumptions::*;

use clap::{Args, Parser, Subcommand, ValueEnum};
use detente::analysis::analyses::{correlated, dominance, thresholds};
use detente::game::{Card, Rational};
use detente::report::formats::json::Problem;
use std::path::PathBuf;
use std::process::ExitCode;

/// Strategic interaction under incomplete information: from a readable scenario to every
/// equilibrium, each verified exactly and independently.
#[derive(Debug, Parser)]
#[command(name = "detente", version, after_help = notes())]
#[command(propagate_version = true, subcommand_required = true, arg_required_else_help = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
}

/// What help and the manual end with.
fn notes() -> String {
    format!("{}\n\n{}", crate::exit::CODES, crate::output::COLOURS)
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Did I write what I meant? Who knows what?
    Check(Check),
    /// The tree, in the terminal
    Tree(Tree),
    /// What will they do? All equilibria, each verified
    Solve(Solve),
    /// Why? What decides each choice, and what would turn it
    Why(Why),
    /// How far must a parameter move before this changes?
    Thresholds(Thresholds),
    /// Where in the plane of two parameters is which play an equilibrium?
    Map(Map),
    /// How behaviour changes with precision: logit quantal responses
    Qre(Qre),
    /// Which strategies are never worth playing, and which are left?
    Dominance(Dominance),
    /// What do all correlated equilibria agree on?
    Correlated(Correlated),
    /// Which equilibria survive which solution concept?
    CompareConcepts(CompareConcepts),
    /// What if they misread us, or something is fixed? Variants and locks, before and after
    Whatif(Whatif),
    /// What has the record told each side so far?
    Trace(Trace),
    /// Which of my assumptions carries the result, and how well is it supported?
    Assumptions(Assumptions),
    /// How do two scenarios differ: text, game, results?
    Compare(Compare),
    /// Given what I do not know, how often does what come out?
    Ensemble(Ensemble),
    /// Which uncertain parameter drives an outcome or a payoff?
    Sensitivity(Sensitivity),
    /// What is it worth to know, to detect, to be bound to a plan?
    Value(Value),
    /// The questions that the file asks, each answered by what is worked out for it
    Ask(Ask),
    /// Does the file still say what it is expected to say?
    Test(Test),
    /// Re-checks a result saved by `solve --save`, from its certificates alone
    Verify(Verify),
    /// Prints a station of the main road
    Show(Show),
    /// Starts a scenario from the catalogue
    New(New),
    /// Formats a scenario
    Fmt(Fmt),
    /// Reads a game of another program and shows it, or writes it as JSON
    Import(Import),
    /// Writes the game in another form
    Export(Export),
    /// A report to hand on: one page in HTML without scripts, or a PDF
    Report(Report),
    /// The reports of all scenarios of a folder, and a page that leads to them
    Batch(Batch),
    /// Explains a message's code, such as E060
    Explain(Explain),
    /// Completions for a shell
    Completions(Completions),
    /// The manual page, in roff
    Man,
}

impl Verb {
    /// Whether the answer is for programs, so that a failure must be too.
    pub fn wants_json(&self) -> bool {
        match self {
            Self::Check(check) => check.form.json,
            Self::Tree(tree) => tree.form.json,
            Self::Solve(solve) => solve.form.json,
            Self::Why(why) => why.form.json,
            Self::Thresholds(asked) => asked.form.json,
            Self::Test(test) => test.form.json,
            Self::Verify(verify) => verify.form.json,
            Self::Show(show) => show.json,
            Self::New(new) => new.json,
            Self::Fmt(fmt) => fmt.json,
            Self::Import(import) => import.form.json,
            Self::Export(export) => export.game_json,
            Self::Explain(explain) => explain.json,
            Self::Qre(qre) => qre.form.json,
            Self::Dominance(dominance) => dominance.form.json,
            Self::Correlated(correlated) => correlated.form.json,
            Self::CompareConcepts(compare) => compare.form.json,
            Self::Whatif(what_if) => what_if.form.json,
            Self::Trace(trace) => trace.form.json,
            Self::Assumptions(assumptions) => assumptions.form.json,
            Self::Compare(compare) => compare.form.json,
            Self::Ensemble(ensemble) => ensemble.form.json,
            Self::Sensitivity(sensitivity) => sensitivity.form.json,
            Self::Value(value) => value.form.json,
            Self::Map(map) => map.form.json,
            Self::Ask(ask) => ask.form.json,
            Self::Report(_) | Self::Batch(_) | Self::Completions(_) | Self::Man => false,
        }
    }
}

/// A scenario and how it is read.
#[derive(Debug, Args)]
pub struct Input {
    /// A scenario (.dtn) or a game (.efg, .nfg, .json); '-' reads either from standard input
    pub file: PathBuf,
    /// Sets a parameter's base value or a setting; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// Most nodes of the tree
    #[arg(long, value_name = "N", default_value_t = 20_000_000)]
    pub max_nodes: usize,
    /// No progress and no warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// How numbers are shown and whether the answer is for programs.
#[derive(Debug, Clone, Args)]
pub struct Form {
    /// JSON for programs (its schema: detente show schema)
    #[arg(long)]
    pub json: bool,
    /// Numbers as fractions only
    #[arg(long, conflicts_with = "decimal")]
    pub exact: bool,
    /// Numbers as decimals only
    #[arg(long)]
    pub decimal: bool,
}

/// Most trials of a search unless another number is given.
const MOST_TRIALS: u64 = 100_000_000;

/// How equilibria are looked for.
#[derive(Debug, Args)]
pub struct Search {
    /// The solution concept; without it every perfect Bayesian kind, each under its strongest
    #[arg(long, value_enum)]
    pub concept: Option<ConceptName>,
    /// The method; without it détente chooses (details: detente show methods)
    #[arg(long, value_name = "NAME", value_parser = method_names())]
    pub method: Option<String>,
    /// Pure strategies only
    #[arg(long)]
    pub pure: bool,
    /// Most trials of the search
    #[arg(long, value_name = "N", default_value_t = MOST_TRIALS)]
    pub max_trials: u64,
    /// One equilibrium is enough: for games whose equilibria are too many or too hard to list
    #[arg(long, conflicts_with_all = ["limit", "require_complete"])]
    pub one: bool,
    /// Lists at most so many equilibria, variants off the path counted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub limit: Option<u32>,
    /// Exit with code 3 if the search is not complete
    #[arg(long)]
    pub require_complete: bool,
}

/// The names of all methods.
fn method_names() -> clap::builder::PossibleValuesParser {
    detente::solve::methods().iter().map(|card| card.name).collect::<Vec<_>>().into()
}

impl Default for Search {
    fn default() -> Self {
        Self {
            concept: None,
            method: None,
            pure: false,
            max_trials: MOST_TRIALS,
            one: false,
            limit: None,
            require_complete: false,
        }
    }
}

impl Search {
    /// How many equilibria are enough, if not all are asked for.
    pub fn most(&self) -> Option<usize> {
        if self.one { Some(1) } else { self.limit.map(|limit| limit as usize) }
    }

    /// The options that choose what is found, as they stand on a command line, each with a space
    /// before it.
    pub fn flags(&self) -> String {
        let mut flags = String::new();
        if let Some(concept) = self.concept.and_then(|concept| concept.to_possible_value()) {
            flags.push_str(&format!(" --concept {}", concept.get_name()));
        }
        if let Some(method) = &self.method {
            flags.push_str(&format!(" --method {method}"));
        }
        if self.pure {
            flags.push_str(" --pure");
        }
        if self.max_trials != MOST_TRIALS {
            flags.push_str(&format!(" --max-trials {}", self.max_trials));
        }
        if self.one {
            flags.push_str(" --one");
        }
        if let Some(limit) = self.limit {
            flags.push_str(&format!(" --limit {limit}"));
        }
        flags
    }

    /// Whether anything is asked for that matters only when equilibria are looked for.
    pub fn asks_something(&self) -> bool {
        self.concept.is_some()
            || self.method.is_some()
            || self.pure
            || self.require_complete
            || self.most().is_some()
            || self.max_trials != MOST_TRIALS
    }
}

/// Solution concepts on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum ConceptName {
    /// Nash equilibrium
    Nash,
    /// Nash in every subgame
    SubgamePerfect,
    /// Trembling-hand perfect in the strategic form (Selten 1975)
    Perfect,
    /// Proper in the strategic form (Myerson 1978)
    Proper,
    /// Weak perfect Bayesian equilibrium
    WeakPbe,
    /// Perfect Bayesian equilibrium (Bonanno 2013)
    Pbe,
    /// Sequential equilibrium (Kreps and Wilson 1982)
    Sequential,
    /// Perfect Bayesian, surviving the intuitive criterion (Cho and Kreps 1987)
    Intuitive,
    /// Perfect Bayesian and divine (Banks and Sobel 1987)
    Divine,
    /// Perfect Bayesian, surviving D1 (Banks and Sobel 1987)
    D1,
    /// Perfect Bayesian and universally divine (Banks and Sobel 1987)
    UniversallyDivine,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    /// Exit code 1 if there is a warning
    #[arg(long)]
    pub strict: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Tree {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Levels shown before the rest is folded
    #[arg(long, default_value_t = 12)]
    pub depth: usize,
    /// Shows this equilibrium's play, by its letter in `solve`
    #[arg(long, short)]
    pub equilibrium: Option<String>,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Solve {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Lists weaker equilibria too, and every variant off the path
    #[arg(long, conflicts_with_all = ["one", "limit"])]
    pub all: bool,
    /// Shows what each message tells, as bars
    #[arg(long)]
    pub beliefs: bool,
    /// Saves the equilibria with their certificates, for `detente verify`
    #[arg(long, value_name = "FILE")]
    pub save: Option<PathBuf>,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Why {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Which equilibrium, by its letter in `solve`
    #[arg(long, short, default_value = "A")]
    pub equilibrium: String,
    /// How many choices, the tightest first
    #[arg(long, default_value_t = 3)]
    pub tightest: usize,
    /// Tells the equilibrium in sentences too, each of them checked
    #[arg(long)]
    pub sentences: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(after_help = after(&thresholds::CARD, "kydd_2000_reassurance.dtn"))]
pub struct Thresholds {
    #[command(flatten)]
    pub input: Input,
    /// The parameters that move, one at a time; without them every one
    #[arg(value_name = "PARAM")]
    pub params: Vec<String>,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub search: Search,
    /// Where this equilibrium holds, by its letter in `solve`
    #[arg(long, short, default_value = "A")]
    pub equilibrium: String,
    /// Where some equilibrium leads to this outcome
    #[arg(long, value_name = "NAME", conflicts_with = "equilibrium")]
    pub outcome: Option<String>,
    /// Where the `expect … exists` of this title is met
    #[arg(long, value_name = "TITLE", conflicts_with_all = ["equilibrium", "outcome"])]
    pub claim: Option<String>,
}

/// What help ends with: an example, and what the card says.
fn after(card: &Card, example: &str) -> String {
    format!(
        "Example:\n  detente {} catalog/journals/{example}\n\nFinds: {}\nCost: {}\nSource: {}",
        card.name,
        card.complete.unwrap_or("some, without a claim to all"),
        card.cost,
        card.source
    )
}

/// How large the strategic form may become.
#[derive(Debug, Args)]
pub struct Strategic {
    /// Most payoffs of the strategic form: profiles times players
    #[arg(long, value_name = "N", default_value_t = 400_000)]
    pub max_payoffs: usize,
    /// Most entries of a linear program: variables times constraints
    #[arg(long, value_name = "N")]
    pub max_program: Option<usize>,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(after_help = after(&dominance::CARD, "rosenthal_1981_centipede.dtn --weak"))]
pub struct Dominance {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub strategic: Strategic,
    /// Removes weakly dominated strategies; what is left depends on the order
    #[arg(long)]
    pub weak: bool,
}

#[derive(Debug, Args)]
#[command(after_help = after(&correlated::CARD, "zagare_kilgour_1993_bluff.dtn --coarse"))]
pub struct Correlated {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    #[command(flatten)]
    pub strategic: Strategic,
    /// Players commit to the draw before they are told anything
    #[arg(long)]
    pub coarse: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente compare-concepts catalog/journals/cho_kreps_1987_beer_quiche.dtn"
)]
pub struct CompareConcepts {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    /// Pure strategies only
    #[arg(long)]
    pub pure: bool,
    /// Most trials of each search
    #[arg(long, value_name = "N", default_value_t = 100_000_000)]
    pub max_trials: u64,
    /// Most profiles that are judged; the rest is listed without a verdict
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    pub max_judged: usize,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(after_help = after(&detente::solve::solvers::qre::CARD, "selten_1975_horse.dtn"))]
pub struct Qre {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub form: Form,
    /// Traces to this precision and proves the response there, by an enclosure
    #[arg(long, value_name = "L", value_parser = number)]
    pub lambda: Option<Rational>,
    /// Traces to the limit and verifies the equilibrium there; so it is without --lambda
    #[arg(long)]
    pub to_limit: bool,
    /// Draws the branch into a file
    #[arg(long, value_name = "FILE")]
    pub svg: Option<PathBuf>,
}

/// A number as scenarios write it: 2, 0.5, 3/2.
fn number(text: &str) -> Result<Rational, String> {
    let value: Rational = text.parse().map_err(|error| format!("{error}"))?;
    if value.is_negative() {
        return Err("it must not be negative".to_owned());
    }
    Ok(value)
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Test {
    /// Scenarios, or folders of them
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub form: Form,
    /// Prints unmet expectations only
    #[arg(long, short)]
    pub quiet: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Verify {
    /// A result saved by `detente solve --save`
    pub result: PathBuf,
    /// The scenario, if it is not where the result says
    pub scenario: Option<PathBuf>,
    #[command(flatten)]
    pub form: Form,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Show {
    /// The station
    #[arg(value_enum)]
    pub station: Station,
    /// A scenario or game; not needed for `schema` and `methods`
    pub file: Option<PathBuf>,
    /// Sets a parameter's base value or a setting; may be repeated
    #[arg(long = "set", value_name = "NAME=VALUE")]
    pub set: Vec<String>,
    /// JSON where it is not JSON anyway: the methods, and what goes wrong
    #[arg(long)]
    pub json: bool,
    /// No progress and no warnings
    #[arg(long, short)]
    pub quiet: bool,
}

/// The stations of the main road, and what is printed of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Station {
    /// The syntax tree, as JSON
    Scenario,
    /// The form with its formulas
    Game,
    /// The numbers at the point
    Instance,
    /// What the solver proposes, before any judgement
    Candidates,
    /// What the verifier certifies
    Equilibria,
    /// What the analysis finds
    Findings,
    /// The JSON schema of all answers
    Schema,
    /// The table of methods
    Methods,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct New {
    /// The file to write; without it the list of models is shown
    pub file: Option<PathBuf>,
    /// The model to start from, or a part of its name that no other has
    #[arg(long, value_name = "MODEL")]
    pub from: Option<String>,
    /// Replaces the file if it exists
    #[arg(long)]
    pub force: bool,
    /// JSON for programs (its schema: detente show schema)
    #[arg(long)]
    pub json: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Fmt {
    /// Scenarios to format in place; '-' formats standard input to standard output
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// Changes nothing; exit code 1 if a file is not formatted
    #[arg(long)]
    pub check: bool,
    /// JSON for programs (its schema: detente show schema)
    #[arg(long)]
    pub json: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Import {
    /// A game in .efg, .nfg or .json form; '-' reads one from standard input
    pub file: PathBuf,
    /// Where to write it as JSON; without it a summary is shown
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub form: Form,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[group(id = "target", required = true, multiple = false, args = ["efg", "nfg", "svg", "tikz", "story", "syntax", "game_json"])]
pub struct Export {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub search: Search,
    /// Gambit's extensive form
    #[arg(long)]
    pub efg: bool,
    /// Gambit's strategic form (reduced)
    #[arg(long)]
    pub nfg: bool,
    /// The tree as a picture
    #[arg(long)]
    pub svg: bool,
    /// The tree for LaTeX
    #[arg(long)]
    pub tikz: bool,
    /// The story in prose
    #[arg(long)]
    pub story: bool,
    /// The syntax tree as JSON, without loss
    #[arg(long)]
    pub syntax: bool,
    /// The game at the base point as JSON
    #[arg(long = "json")]
    pub game_json: bool,
    /// Numbers of a picture as fractions only
    #[arg(long, conflicts_with = "decimal")]
    pub exact: bool,
    /// Numbers of a picture as decimals only
    #[arg(long)]
    pub decimal: bool,
    /// Marks this equilibrium in a picture, by its letter in `solve`
    #[arg(long, short)]
    pub equilibrium: Option<String>,
    /// Where to write; without it standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  detente report catalog/new_start/extension_2025.dtn -o report.html --pdf report.pdf"
)]
pub struct Report {
    #[command(flatten)]
    pub input: Input,
    #[command(flatten)]
    pub search: Search,
    /// Where to write the page; without it and --pdf standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Where to write a PDF; needs an installed Chromium, Chrome or Edge
    #[arg(long, value_name = "FILE")]
    pub pdf: Option<PathBuf>,
    /// Most ways of play that are told in full; the others are listed
    #[arg(long, value_name = "N", default_value_t = MOST_TOLD)]
    pub most: usize,
    /// Numbers as fractions only
    #[arg(long, conflicts_with = "decimal")]
    pub exact: bool,
    /// Numbers as decimals only, but for the appendix
    #[arg(long)]
    pub decimal: bool,
}

/// How many ways of play a report tells in full where nothing else is asked for.
pub const MOST_TOLD: usize = 6;

#[allow(missing_docs)]
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  detente batch catalog -o reports")]
pub struct Batch {
    /// A folder of scenarios
    pub folder: PathBuf,
    /// The folder for the reports and index.html; it is made if there is none
    #[arg(long, short, value_name = "FOLDER")]
    pub out: PathBuf,
    #[command(flatten)]
    pub search: Search,
    /// Most ways of play that are told in full; the others are listed
    #[arg(long, value_name = "N", default_value_t = MOST_TOLD)]
    pub most: usize,
    /// Numbers as fractions only
    #[arg(long, conflicts_with = "decimal")]
    pub exact: bool,
    /// Numbers as decimals only, but for the appendix
    #[arg(long)]
    pub decimal: bool,
    /// No progress
    #[arg(long, short)]
    pub quiet: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, such as E060; without it all codes are listed
    pub code: Option<String>,
    /// JSON for programs (its schema: detente show schema)
    #[arg(long)]
    pub json: bool,
}

#[allow(missing_docs)]
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// Prints what clap has to say: help to standard output, mistakes to standard error, and to
/// standard output too if the answer was to be for programs.
pub fn explain(error: clap::Error) -> ExitCode {
    let _ = error.print();
    if !error.use_stderr() {
        return ExitCode::SUCCESS;
    }
    if std::env::args_os().any(|argument| argument == "--json") {
        let said = error.to_string();
        let problem = Problem {
            error: said.trim_start_matches("error: ").trim_end().to_owned(),
            help: None,
            messages: Vec::new(),
        };
        let _ = crate::output::print(&serde_json::to_string_pretty(&problem).unwrap_or_default());
    }
    ExitCode::from(2)
}
