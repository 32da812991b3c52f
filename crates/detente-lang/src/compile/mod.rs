//! From syntax tree to game: names are resolved, the story is run on every choice, and what the
//! author claims is turned into questions about the result.

mod claims;
mod conditions;
mod declare;
mod equality;
mod evaluate;
mod expressions;
mod fast;
mod functions;
mod ir;
mod labels;
mod lints;
mod naming;
mod payoffs;
mod queries;
mod questions;
mod ranges;
mod references;
mod rows;
mod run;
mod scales;
mod scope;
mod size;
mod slips;
mod stakes;
mod steps;
mod story;
mod tables;
mod types;
mod units;
mod values;
mod what_ifs;

pub use functions::BUILT_INS;
pub use labels::entry_text;
pub use run::Progress;

use crate::diagnostics::{Code, Diagnostic};
use crate::load::Loaded;
use crate::syntax::ast::{self, Section, Span};
use detente_game::{Game, NodeId, StakeId};
use scope::Compiler;
use std::collections::BTreeMap;

/// How a scenario is compiled.
#[derive(Debug, Clone)]
pub struct Options {
    /// Values of settings and base values of parameters that replace those of the file.
    pub set: Vec<(String, String)>,
    /// Most nodes of the tree.
    pub max_nodes: usize,
    /// If set, only the claim at this position must be understood; others that cannot be, under
    /// the settings of that one, are replaced by a claim that says nothing.
    pub only_claim: Option<usize>,
    /// Variants from this byte of the main file on are asked for: they must be understood under any
    /// settings.
    pub variants_asked_from: Option<u32>,
}

impl Options {
    /// Whether the claim at this position need not be understood: another one is asked for, or
    /// the game is another one than the author's, in which what he claims of his need not occur.
    fn spares(&self, claim: usize) -> bool {
        self.only_claim.map_or(!self.set.is_empty(), |only| only != claim)
    }

    /// The same of a variant that stands here.
    fn spares_variant(&self, span: Span) -> bool {
        let asked = |from: u32| span.file.is_main() && span.start >= from;
        let is_other_game = self.only_claim.is_some() || !self.set.is_empty();
        is_other_game && !self.variants_asked_from.is_some_and(asked)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self { set: Vec::new(), max_nodes: 20_000_000, only_claim: None, variants_asked_from: None }
    }
}

/// A compiled scenario: the game, if there was no error, and what was complained about.
#[derive(Debug, Clone)]
pub struct Compiled {
    /// The game.
    pub game: Option<Game>,
    /// Errors and warnings, in the order of the text.
    pub diagnostics: Vec<Diagnostic>,
}

/// Stack of the thread that runs the story: a path of 20,000 steps fits many times.
const STACK: usize = 1 << 30;

/// Compiles a loaded scenario.
///
/// The story is run depth first; `progress` is called about every 100,000 nodes and can stop it.
pub fn compile(
    loaded: &Loaded,
    options: &Options,
    progress: &mut (dyn FnMut(usize) -> bool + Send),
) -> Compiled {
    std::thread::scope(|scope| {
        let work = || compile_here(loaded, options, progress);
        match std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work) {
            Ok(thread) => thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            Err(error) => Compiled {
                game: None,
                diagnostics: vec![Diagnostic::new(
                    Code::E061,
                    format!("no memory to run the story: {error}"),
                )],
            },
        }
    })
}

fn compile_here(loaded: &Loaded, options: &Options, progress: Progress<'_>) -> Compiled {
    let mut compiler = Compiler::new(options.max_nodes);
    for diagnostic in &loaded.diagnostics {
        compiler.complain(diagnostic.clone());
    }
    let game = compile_with(&mut compiler, loaded, options, progress);
    let game = if compiler.failed() { None } else { game };
    compiler.say_what_is_left_out();
    let mut diagnostics = without_echoes(compiler.diagnostics, loaded);
    diagnostics.sort_by_key(|diagnostic| {
        (diagnostic.span.map(|span| (span.file, span.start)), diagnostic.code)
    });
    Compiled { game, diagnostics }
}

/// Takes away complaints of names that stand on lines which could not be read: they were
/// introduced there, and the mistake has been said once.
fn without_echoes(mut diagnostics: Vec<Diagnostic>, loaded: &Loaded) -> Vec<Diagnostic> {
    let unread: std::collections::BTreeSet<&str> = loaded
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.is_error())
        .filter_map(|diagnostic| diagnostic.span)
        .flat_map(|span| words(loaded.lines_of(span)))
        .collect();
    if unread.is_empty() {
        return diagnostics;
    }
    diagnostics.retain(|diagnostic| {
        let of_name = matches!(diagnostic.code, Code::E010 | Code::E011 | Code::E034 | Code::E038);
        let span = diagnostic.span.filter(|_| of_name && !loaded.diagnostics.contains(diagnostic));
        !span.is_some_and(|span| words(loaded.text(span)).any(|word| unread.contains(word)))
    });
    diagnostics
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .filter(|word| !word.is_empty())
}

fn compile_with<'a>(
    compiler: &mut Compiler<'a>,
    loaded: &'a Loaded,
    options: &Options,
    progress: Progress<'_>,
) -> Option<Game> {
    introduce(compiler, loaded, options);
    let mut types = Vec::new();
    for line in loaded.sections() {
        if let Section::Types(section) = &line.item {
            compiler.declare_types(section, line.span, &mut types);
        }
    }
    let mut flat = Vec::new();
    let mut story_seen = false;
    for line in loaded.sections() {
        if let Section::Story(body) = &line.item {
            if std::mem::replace(&mut story_seen, true) {
                compiler.complain(
                    Diagnostic::at(Code::E019, line.span, "there is a second 'story'")
                        .help("put both into one, or make one of them a 'block'"),
                );
                continue;
            }
            compiler.unroll(body, &None, &mut flat);
        }
    }
    let mut privates = Vec::new();
    let mut steps = compiler.type_steps(&types, &mut privates);
    compiler.steps(&flat, &mut steps);
    drop(flat);
    for arguments in std::mem::take(&mut compiler.block_arguments) {
        compiler.look_at_unused(&arguments);
    }
    let (mut stakes, mut opposites, mut outcomes) = (Vec::new(), Vec::new(), Vec::new());
    for line in loaded.sections() {
        match &line.item {
            Section::Stakes(section) => {
                if !story_seen {
                    let message = "there are stakes, but no story in which somebody chooses";
                    compiler.complain(
                        Diagnostic::at(Code::W116, line.span, message).help(
                            "add a section  story,  such as    Ann chooses move: left | right",
                        ),
                    );
                }
                compiler.stakes(section, &mut stakes, &mut opposites);
            }
            Section::Outcomes(section) => compiler.outcomes(section, &mut outcomes),
            _ => {}
        }
    }
    let mirrors = compiler.mirrors(&opposites);
    compiler.add_mirrored(&mirrors, &mut stakes);
    check_unused_definitions(compiler);
    refuse_too_large(compiler, &steps, options.max_nodes);
    if compiler.failed() {
        // The names in claims are checked all the same.
        said_of_game(compiler, loaded, options);
        return None;
    }
    let mirrored = payoffs::mirrors(&mirrors, &mut compiler.builder);
    let events = compiler.builder.form.form().events().len();
    let payoffs = payoffs::Payoffs::new(&stakes, &outcomes, &mirrored, events);
    let mut runner = run::Runner::new(compiler, payoffs, options.max_nodes, progress);
    let done = runner.start(&steps);
    let (loose_ends, asked) = (runner.loose_ends, runner.asked);
    if done.is_err() {
        said_of_game(compiler, loaded, options);
        return None;
    }
    compiler.form_is_ready = true;
    if !types.is_empty() || story_seen {
        warn(compiler, loaded, &loose_ends, &asked);
    }
    let said = said_of_game(compiler, loaded, options);
    compiler.warn_of_unused_names();
    compiler.warn_of_idle_indices(&|span| loaded.text(span).to_owned());
    if compiler.failed() {
        return None;
    }
    let labels = std::mem::take(&mut compiler.labels).into_iter();
    let value_labels = labels.map(|((event, value), text)| (event, value, text)).collect();
    let builder = std::mem::replace(&mut compiler.builder, detente_game::game::GameBuilder::new(1));
    let mut game = builder.finish(&loaded.title()).ok()?;
    game.meta = labels::meta(loaded);
    game.params = compiler.params.clone();
    game.sources = compiler.sources.clone();
    game.settings = compiler
        .settings
        .iter()
        .map(|(name, value)| {
            let text = match value {
                scope::Setting::Number(number) => number.to_string(),
                scope::Setting::Name(word) => word.clone(),
            };
            (name.clone(), text)
        })
        .collect();
    game.claims = said.claims;
    game.records = said.records;
    game.what_ifs = said.what_ifs;
    game.questions = said.questions;
    game.private_probability = Compiler::private_branches(&game, &compiler.types, &privates);
    game.value_labels = value_labels;
    let mut spans: BTreeMap<StakeId, Span> = BTreeMap::new();
    for line in stakes.iter().filter(|line| !line.negated) {
        spans.entry(line.stake).or_insert(line.span);
    }
    compiler.warn_of_idle_stakes(&game, &spans);
    Some(game)
}

/// E061 before anything is built, where the tree is sure to be too large.
fn refuse_too_large(compiler: &mut Compiler<'_>, steps: &[ir::Step], most: usize) {
    let fewest = size::fewest_nodes(steps);
    if fewest <= most as u64 {
        return;
    }
    let many = if fewest == u64::MAX { "more than 10^19".to_owned() } else { fewest.to_string() };
    compiler.complain(
        Diagnostic::new(
            Code::E061,
            format!("the tree would have at least {many} nodes, {most} are allowed"),
        )
        .help("shorten the loops or settings, or raise the limit with --max-nodes"),
    );
}

/// Sections that introduce names, in an order in which each can use those before.
fn introduce<'a>(compiler: &mut Compiler<'a>, loaded: &'a Loaded, options: &Options) {
    for line in loaded.sections() {
        match &line.item {
            Section::Players(section) => compiler.players(section),
            Section::Sources(section) => compiler.sources(section),
            Section::Scale(scale) => compiler.scale(scale),
            Section::Block(block) => compiler.block(block),
            Section::Table(table) => {
                let content = loaded.table(&table.file.value, line.span.file);
                compiler.table(table, content);
            }
            _ => {}
        }
    }
    compiler.teams_differ_from_players();
    for line in loaded.sections() {
        if let Section::Settings(section) = &line.item {
            compiler.settings(section, &options.set);
        }
    }
    for line in loaded.sections() {
        if let Section::Define(define) = &line.item {
            compiler.define(define);
        }
    }
    for line in loaded.sections() {
        if let Section::Params(section) = &line.item {
            compiler.params(section, &options.set);
        }
    }
    unknown_overrides(compiler, options);
}

fn unknown_overrides(compiler: &mut Compiler<'_>, options: &Options) {
    for (name, _) in &options.set {
        if compiler.param_ids.contains_key(name) || compiler.settings.contains_key(name) {
            continue;
        }
        let known: Vec<&str> =
            compiler.param_ids.keys().chain(compiler.settings.keys()).map(String::as_str).collect();
        let help = crate::diagnostics::did_you_mean(name, known);
        compiler.complain(
            Diagnostic::new(Code::E010, format!("no parameter or setting called '{name}'"))
                .help_opt(help),
        );
    }
}

/// Definitions that are used nowhere are resolved all the same, so that their mistakes show.
fn check_unused_definitions(compiler: &mut Compiler<'_>) {
    let plain: Vec<&ast::Define> =
        compiler.defines.values().copied().filter(|define| define.parameters.is_empty()).collect();
    for define in plain {
        let span = define.name.span;
        let used = compiler.used.contains(define.name.text.as_str());
        if is_condition(&define.value) {
            compiler.expand(&define.name.text, span, |compiler| {
                compiler.condition(&define.value, &None)
            });
        } else {
            compiler.defined(define, span);
        }
        if !used {
            compiler.used.remove(define.name.text.as_str());
        }
    }
}

fn is_condition(expr: &ast::Expr) -> bool {
    use ast::ExprKind::{And, Compare, Happened, If, Is, Not, Or, Parenthesised};
    match &expr.kind {
        And(_) | Or(_) | Not(_) | Is { .. } | Happened(_) | Compare { .. } => true,
        Parenthesised(inner) => is_condition(inner),
        If { then, .. } => is_condition(then),
        _ => false,
    }
}

/// What the author says of the game beside the game itself.
#[derive(Default)]
struct Said {
    claims: Vec<detente_game::claim::Claim>,
    records: Vec<detente_game::game::Record>,
    what_ifs: Vec<detente_game::what_if::WhatIf>,
    questions: Vec<detente_game::question::Question>,
}

fn said_of_game<'a>(compiler: &mut Compiler<'a>, loaded: &'a Loaded, options: &Options) -> Said {
    let mut said = Said::default();
    let mut titled = BTreeMap::new();
    for line in loaded.sections() {
        match &line.item {
            Section::Expect(expect) => {
                let text = loaded.text(line.span).split_whitespace().collect::<Vec<_>>().join(" ");
                let before = compiler.diagnostics.len();
                let claim = compiler.claim(expect, line.span, text.clone(), &mut titled);
                let spared = options.spares(said.claims.len());
                if spared && claim.is_none() {
                    compiler.take_back(before);
                    said.claims.push(compiler.silent_claim(text, line.span));
                } else {
                    said.claims.extend(claim);
                }
            }
            Section::Observed(observed) => {
                let text_of = |span: Span| loaded.text(span).to_owned();
                said.records.extend(compiler.record(observed, &text_of));
            }
            Section::WhatIf(what_if) => {
                let before = compiler.diagnostics.len();
                let variant = compiler.what_if(what_if, line.span);
                if options.spares_variant(line.span) {
                    compiler.take_back(before);
                }
                said.what_ifs.extend(variant);
            }
            _ => {}
        }
    }
    said.questions = asked_of_game(compiler, loaded, options);
    said
}

/// What the author asks; after all that a question may refer to.
fn asked_of_game<'a>(
    compiler: &mut Compiler<'a>,
    loaded: &'a Loaded,
    options: &Options,
) -> Vec<detente_game::question::Question> {
    let what_ifs: Vec<&str> = loaded
        .sections()
        .filter_map(|line| match &line.item {
            Section::WhatIf(what_if) => Some(what_if.title.value.as_str()),
            _ => None,
        })
        .collect();
    let claims: Vec<&str> = loaded
        .sections()
        .filter_map(|line| match &line.item {
            Section::Expect(ast::Expect { claim: ast::Claim::Concept(claim), .. })
                if claim.quantifier == ast::Quantifier::Exists =>
            {
                claim.title.as_ref().map(|title| title.value.as_str())
            }
            _ => None,
        })
        .collect();
    let one_line = |span: Span| loaded.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
    let around = questions::Around {
        what_ifs: &what_ifs,
        claims: &claims,
        text_of: &one_line,
        spares: options.only_claim.is_some() || !options.set.is_empty(),
    };
    let mut asked = Vec::new();
    for line in loaded.sections() {
        if let Section::Question(question) = &line.item {
            asked.extend(compiler.question(question, line.span, &around));
        }
    }
    asked
}

fn warn(compiler: &mut Compiler<'_>, loaded: &Loaded, loose_ends: &[NodeId], asked: &lints::Asked) {
    let mut players = BTreeMap::new();
    let mut outcomes = None;
    for line in loaded.sections() {
        match &line.item {
            Section::Outcomes(_) => outcomes = Some(line.span),
            Section::Players(section) => {
                for player in &section.players {
                    if let Some(&id) = compiler.players.get(&player.name.text) {
                        players.insert(id, player.name.span);
                    }
                }
            }
            _ => {}
        }
    }
    let text_of = |span: Span| loaded.text(span).to_owned();
    compiler.warn_of_telling_questions(asked, &text_of);
    compiler.warn_of_players_without_stakes(&players);
    if let Some(end) = loose_ends.first() {
        let form = compiler.builder.form.form();
        let steps = form.history(*end).into_iter().map(|(event, value)| {
            let name = &form.event(event).name;
            format!("{name} is {}", form.value(value))
        });
        let example = steps.collect::<Vec<_>>().join(", ");
        compiler.warn_of_loose_ends(loose_ends, &example, outcomes);
    }
}
