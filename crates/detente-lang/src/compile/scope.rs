//! What names mean, and the compiler's state while it resolves them.

use super::ir::Number;
use super::scales::Scale;
use super::slips::Slips;
use super::values::{Domain, Texts};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::MOST_DIAGNOSTICS;
use crate::syntax::ast::{BlockDefinition, Define, Expr, Span};
use detente_game::form::{Event, EventKind};
use detente_game::game::{GameBuilder, Param, Source};
use detente_game::{EventId, FormulaId, ParamId, PlayerId, Rational, ValueId};
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

/// Most steps of resolving: a few lines of nested defines could otherwise ask for 2^100.
const MOST_WORK: usize = 5_000_000;

/// Deepest nesting of expressions, counted through definitions and their arguments.
const DEEPEST: usize = 5_000;

/// All events of one name.
#[derive(Debug, Default)]
pub(crate) struct Family {
    /// By index, so that a reference into a long loop is found at once.
    pub(crate) by_index: BTreeMap<Option<i64>, Vec<Declared>>,
    pub(crate) owners: BTreeSet<Option<PlayerId>>,
}

impl Family {
    /// Every event of the name.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Declared> {
        self.by_index.values().flatten()
    }

    /// Whether some event of the name has an index.
    pub(crate) fn is_indexed(&self) -> bool {
        self.by_index.keys().any(Option::is_some)
    }
}

/// One event that can happen: with its owner, index and the values it can have.
#[derive(Debug, Clone)]
pub(crate) struct Declared {
    pub(crate) id: EventId,
    pub(crate) owner: Option<PlayerId>,
    pub(crate) index: Option<i64>,
    pub(crate) values: Rc<Domain>,
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Setting {
    Number(Rational),
    Name(String),
}

/// A name bound inside a loop, a block, a define or a section about each player.
#[derive(Debug, Clone)]
pub(crate) enum Local<'a> {
    Number(Rational),
    Player(PlayerId),
    /// An argument, resolved where it stands; with the number of definitions open there.
    Argument(&'a Expr, Locals<'a>, usize),
}

/// Bound names, innermost first.
pub(crate) type Locals<'a> = Option<Rc<Bound<'a>>>;

/// One bound name and those bound before.
#[derive(Debug)]
pub(crate) struct Bound<'a> {
    name: &'a str,
    local: Local<'a>,
    outer: Locals<'a>,
    used: Cell<bool>,
}

/// `locals` with one more name.
pub(crate) fn bind<'a>(locals: &Locals<'a>, name: &'a str, local: Local<'a>) -> Locals<'a> {
    Some(Rc::new(Bound { name, local, outer: locals.clone(), used: Cell::new(false) }))
}

/// The meaning of a bound name.
pub(crate) fn bound<'b, 'a>(locals: &'b Locals<'a>, name: &str) -> Option<&'b Local<'a>> {
    let mut here = locals;
    while let Some(entry) = here {
        if entry.name == name {
            entry.used.set(true);
            return Some(&entry.local);
        }
        here = &entry.outer;
    }
    None
}

/// The arguments among bound names that nothing has looked at, with what is bound where they
/// stand.
pub(crate) fn unused_arguments<'a>(locals: &Locals<'a>) -> Vec<(&'a Expr, Locals<'a>)> {
    let mut unused = Vec::new();
    let mut here = locals;
    while let Some(entry) = here {
        if let (false, Local::Argument(argument, outer, _)) = (entry.used.get(), &entry.local) {
            unused.push((*argument, outer.clone()));
        }
        here = &entry.outer;
    }
    unused
}

/// What a definition without parameters came to; nothing if it has a mistake.
#[derive(Debug, Clone)]
pub(crate) struct Defined {
    pub(crate) number: Option<Number>,
    /// The work that resolving it took.
    pub(crate) work: usize,
}

/// A CSV table, by key and column.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableData {
    pub(crate) columns: Vec<String>,
    pub(crate) rows: BTreeMap<String, Vec<String>>,
    /// How likely each row is when one is drawn, in the order of `rows`.
    pub(crate) weights: Vec<Rational>,
}

/// The compiler's state.
pub(crate) struct Compiler<'a> {
    pub(crate) builder: GameBuilder,
    pub(crate) diagnostics: Vec<Diagnostic>,
    complained: BTreeSet<(Code, Option<Span>)>,
    /// Errors and warnings that were met, also those that are not kept.
    errors: usize,
    warnings: usize,
    pub(crate) players: BTreeMap<String, PlayerId>,
    pub(crate) teams: BTreeMap<String, Vec<PlayerId>>,
    /// Where each name of a team is written.
    pub(crate) team_names: Vec<(String, Span)>,
    pub(crate) settings: BTreeMap<String, Setting>,
    pub(crate) setting_ranges: BTreeMap<String, (Rational, Rational)>,
    pub(crate) params: Vec<Param>,
    pub(crate) param_ids: BTreeMap<String, ParamId>,
    /// Whether some parameter has a unit.
    pub(crate) has_units: bool,
    pub(crate) sources: Vec<Source>,
    pub(crate) source_names: BTreeSet<&'a str>,
    /// Tables by name; `None` for one that cannot be used.
    pub(crate) tables: BTreeMap<String, Option<Rc<TableData>>>,
    pub(crate) scales: Vec<Rc<Scale>>,
    pub(crate) defines: BTreeMap<&'a str, &'a Define>,
    /// The definitions and blocks that something uses.
    pub(crate) used: BTreeSet<&'a str>,
    /// What definitions without parameters came to, by name and whether inside `approx( )`.
    pub(crate) defined: BTreeMap<(&'a str, bool), Defined>,
    pub(crate) blocks: BTreeMap<&'a str, &'a BlockDefinition>,
    pub(crate) events: BTreeMap<String, Family>,
    pub(crate) types: BTreeMap<PlayerId, Declared>,
    /// Where each event of the story is written first.
    pub(crate) questions: BTreeMap<EventId, Span>,
    /// Descriptions of types and options.
    pub(crate) labels: BTreeMap<(EventId, ValueId), String>,
    /// Whether the story has been run to its end.
    pub(crate) form_is_ready: bool,
    /// What is bound in each call of a block.
    pub(crate) block_arguments: Vec<Locals<'a>>,
    /// Names of defines or blocks being expanded, to catch cycles.
    pub(crate) expanding: Vec<&'a str>,
    pub(crate) approximating: usize,
    pub(crate) work: usize,
    /// Lines of the story unrolled so far.
    pub(crate) lines: usize,
    depth: usize,
    too_deep: bool,
    /// Where the condition of each `if` of the story stands.
    pub(crate) branch_spans: Vec<Span>,
    /// Degrees of formulas in the parameters, where above 1.
    pub(crate) degrees: HashMap<FormulaId, u32>,
    /// Amounts that have been checked over the ranges.
    pub(crate) checked_amounts: BTreeSet<FormulaId>,
    pub(crate) texts: Texts,
    pub(crate) slips: Slips,
    /// Lotteries whose probabilities have been checked.
    pub(crate) checked_lotteries: BTreeSet<(Span, Vec<FormulaId>)>,
}

impl<'a> Compiler<'a> {
    /// A compiler that knows no name yet.
    pub(crate) fn new(node_limit: usize) -> Self {
        Self {
            builder: GameBuilder::new(node_limit),
            diagnostics: Vec::new(),
            complained: BTreeSet::new(),
            errors: 0,
            warnings: 0,
            players: BTreeMap::new(),
            teams: BTreeMap::new(),
            team_names: Vec::new(),
            settings: BTreeMap::new(),
            setting_ranges: BTreeMap::new(),
            params: Vec::new(),
            param_ids: BTreeMap::new(),
            has_units: false,
            sources: Vec::new(),
            source_names: BTreeSet::new(),
            tables: BTreeMap::new(),
            scales: Vec::new(),
            defines: BTreeMap::new(),
            used: BTreeSet::new(),
            defined: BTreeMap::new(),
            blocks: BTreeMap::new(),
            events: BTreeMap::new(),
            types: BTreeMap::new(),
            questions: BTreeMap::new(),
            labels: BTreeMap::new(),
            form_is_ready: false,
            block_arguments: Vec::new(),
            expanding: Vec::new(),
            approximating: 0,
            work: 0,
            lines: 0,
            depth: 0,
            too_deep: false,
            branch_spans: Vec::new(),
            degrees: HashMap::new(),
            checked_amounts: BTreeSet::new(),
            texts: Texts::default(),
            slips: Slips::default(),
            checked_lotteries: BTreeSet::new(),
        }
    }

    /// Keeps a complaint, unless the same was made about the same place (loops are unrolled, so
    /// one mistake is met many times), or there are too many.
    pub(crate) fn complain(&mut self, diagnostic: Diagnostic) {
        if !self.complained.insert((diagnostic.code, diagnostic.span)) {
            return;
        }
        let met = if diagnostic.is_error() { &mut self.errors } else { &mut self.warnings };
        *met += 1;
        if *met <= MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Takes back all complaints but the first `kept`.
    pub(crate) fn take_back(&mut self, kept: usize) {
        self.diagnostics.truncate(kept);
        self.errors = self.diagnostics.iter().filter(|kept| kept.is_error()).count();
        self.warnings = self.diagnostics.len() - self.errors;
    }

    /// Whether so many errors were found that there is no point in going on.
    pub(crate) fn is_full(&self) -> bool {
        self.errors > MOST_DIAGNOSTICS
    }

    /// Says how many complaints are not shown, if any.
    pub(crate) fn say_what_is_left_out(&mut self) {
        let more = |met: usize| met > MOST_DIAGNOSTICS;
        let (errors, warnings) = (more(self.errors), more(self.warnings));
        for (more, of_errors, what) in [(errors, true, "errors"), (warnings, false, "warnings")] {
            let mut of_kind = self.diagnostics.iter_mut().rev();
            if let Some(last) = of_kind.find(|kept| more && kept.is_error() == of_errors) {
                let note = format!(
                    "there are more than {MOST_DIAGNOSTICS} {what}; the others are not shown"
                );
                last.notes.push(note);
            }
        }
    }

    /// Whether an error was found.
    pub(crate) fn failed(&self) -> bool {
        self.diagnostics.iter().any(Diagnostic::is_error)
    }

    /// Counts work; `None`, with a complaint, when there is too much of it.
    pub(crate) fn spend(&mut self, span: Span) -> Option<()> {
        self.spend_many(1, span)
    }

    /// Counts several steps of work.
    pub(crate) fn spend_many(&mut self, steps: usize, span: Span) -> Option<()> {
        if self.is_full() {
            return None;
        }
        let before = self.work;
        self.work = self.work.saturating_add(steps);
        if self.work <= MOST_WORK {
            return Some(());
        }
        if before <= MOST_WORK {
            self.complain(
                Diagnostic::at(Code::E018, span, "this scenario unfolds into too many steps")
                    .help("shorten the loops, or the defines that use each other several times"),
            );
        }
        None
    }

    /// Resolves something inside of something else; too deep a nesting is refused before it
    /// exhausts the stack.
    pub(crate) fn deeper<T>(
        &mut self,
        span: Span,
        inside: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        self.spend(span)?;
        if self.depth >= DEEPEST {
            // One long chain is met from many of its links.
            if !std::mem::replace(&mut self.too_deep, true) {
                self.complain(
                    Diagnostic::at(Code::E018, span, "these definitions are nested too deeply")
                        .help("shorten the chain of definitions that use each other"),
                );
            }
            return None;
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    /// An event that was declared, with its values.
    pub(crate) fn declared(&self, id: EventId) -> Option<&Declared> {
        let event = self.builder.form.form().event(id);
        if event.kind == EventKind::Type {
            return self.types.get(&event.owner?);
        }
        let family = self.events.get(&event.name)?;
        family.by_index.get(&event.index)?.iter().find(|declared| declared.id == id)
    }

    /// The name of an event as authors write it: `Ann.answer`, `move[2]`, `type of Ann`.
    pub(crate) fn event_name(&self, id: EventId) -> String {
        event_text(self.builder.form.form().event(id), |player| {
            self.builder.form.form().player(player).name.clone()
        })
    }
}

/// The name of an event as authors write it.
pub(crate) fn event_text(event: &Event, player: impl Fn(PlayerId) -> String) -> String {
    let index = event.index.map(|index| format!("[{index}]")).unwrap_or_default();
    match (event.kind, event.owner) {
        (EventKind::Type, _) => event.name.clone(),
        (_, Some(owner)) => format!("{}.{}{index}", player(owner), event.name),
        (_, None) => format!("{}{index}", event.name),
    }
}

/// Adds a note if a name mixes or imitates scripts: such slips cannot be seen.
pub(crate) fn with_script_note(diagnostic: Diagnostic, name: &str) -> Diagnostic {
    match name.chars().find(|letter| !letter.is_ascii()) {
        Some(letter) => diagnostic.note(format!(
            "'{name}' contains '{letter}' (U+{:04X}), which may look like another letter",
            letter as u32
        )),
        None => diagnostic,
    }
}
