//! Running the story on every choice: the tree, the logs and the information sets.

use super::evaluate::{Trouble, Truth, World};
use super::fast::FastMap;
use super::ir::{Audience, Cond, Step, ViewOf};
use super::lints::Asked;
use super::payoffs::Payoffs;
use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::Span;
use detente_game::form::{BuildError, LogEntry, Logs, View};
use detente_game::{EventId, FormulaId, InfoSetId, LogId, NodeId, PlayerId, StakeId, ValueId};
use std::rc::Rc;

/// Called now and then with the number of nodes built so far; `false` asks to stop.
pub type Progress<'p> = &'p mut dyn FnMut(usize) -> bool;

/// Longest path, in steps: a deeper story would exhaust the stack.
const LONGEST_PATH: usize = 20_000;

/// Steps of work that a tree may take per node of its limit, far more than any sensible story.
const MOST_WORK_PER_NODE: u64 = 1_000;

/// Steps of work between two calls of the progress function.
const WORK_PER_REPORT: u64 = 1 << 20;

/// Why the run ended early; what was wrong has been complained about.
pub(crate) struct Halt;

/// What is left to do after the steps at hand.
struct Then<'r> {
    steps: &'r [Step],
    /// Set if the steps at hand are a `together`: its entries go into the logs afterwards.
    closes: bool,
    next: Option<&'r Then<'r>>,
}

/// A point of decision that has been met: its menu, and its set unless the menu has one option.
struct Situation {
    menu: Rc<[ValueId]>,
    set: Option<InfoSetId>,
    first: NodeId,
}

/// How far what is to be undone reaches back.
struct Mark {
    trail: usize,
    pending: usize,
}

/// The run of a story.
pub(crate) struct Runner<'c, 'a, 'p> {
    pub(crate) compiler: &'c mut Compiler<'a>,
    pub(crate) loose_ends: Vec<NodeId>,
    pub(crate) asked: Asked,
    payoffs: Payoffs<'c>,
    progress: Progress<'p>,
    world: World,
    logs: Vec<LogId>,
    /// Logs as they were before each entry, to go back.
    trail: Vec<(PlayerId, LogId)>,
    gains: Vec<(StakeId, FormulaId)>,
    pending: Vec<Vec<(PlayerId, LogEntry)>>,
    situations: FastMap<(EventId, LogId), Situation>,
    menus: FastMap<Box<[ValueId]>, Rc<[ValueId]>>,
    depth: usize,
    next_report: usize,
    next_look: u64,
}

impl<'c, 'a, 'p> Runner<'c, 'a, 'p> {
    pub(crate) fn new(
        compiler: &'c mut Compiler<'a>,
        payoffs: Payoffs<'c>,
        max_nodes: usize,
        progress: Progress<'p>,
    ) -> Self {
        let form = compiler.builder.form.form();
        let (events, players) = (form.events().len(), form.players().len());
        let limit = (max_nodes as u64 + 1_000).saturating_mul(MOST_WORK_PER_NODE);
        let world = World::new(events, compiler.texts.numbers.clone()).limited(limit);
        Self {
            compiler,
            loose_ends: Vec::new(),
            asked: Asked::default(),
            payoffs,
            progress,
            world,
            logs: vec![Logs::EMPTY; players],
            trail: Vec::new(),
            gains: Vec::new(),
            pending: Vec::new(),
            situations: FastMap::default(),
            menus: FastMap::default(),
            depth: 0,
            next_report: 100_000,
            next_look: WORK_PER_REPORT,
        }
    }

    /// Runs the steps from the root on.
    pub(crate) fn start(&mut self, steps: &[Step]) -> Result<(), Halt> {
        self.run(NodeId(0), &Then { steps, closes: false, next: None })
    }

    fn run(&mut self, node: NodeId, then: &Then<'_>) -> Result<(), Halt> {
        let Some((step, rest)) = then.steps.split_first() else {
            if then.closes {
                return self.close_together(node, then.next);
            }
            return match then.next {
                Some(next) => self.run(node, next),
                None => self.end(node),
            };
        };
        let spent = self.world.spend();
        if self.checked(spent)? >= self.next_look {
            self.next_look += WORK_PER_REPORT;
            self.report()?;
        }
        self.depth += 1;
        if self.depth > LONGEST_PATH {
            let message = format!("a path has more than {LONGEST_PATH} steps");
            let diagnostic = match step.span() {
                Some(span) => Diagnostic::at(Code::E062, span, message),
                None => Diagnostic::new(Code::E062, message),
            };
            return self.halt(diagnostic.help("shorten the loops"));
        }
        let after = Then { steps: rest, closes: then.closes, next: then.next };
        let result = self.step(node, step, &after);
        self.depth -= 1;
        result
    }

    fn step(&mut self, node: NodeId, step: &Step, after: &Then<'_>) -> Result<(), Halt> {
        match step {
            Step::Choose { player, question, menu, audience, span } => {
                self.choose(node, *player, *question, menu, audience, *span, after)
            }
            Step::Lottery { event, cases, audience, span } => {
                for case in cases {
                    if self.decided(&case.condition)? {
                        let branches = self.chances(*event, case)?;
                        return self.lottery(node, *event, &branches, audience, *span, after);
                    }
                }
                self.no_case(*event, *span)
            }
            Step::Draw { event, values, except, audience, span } => {
                let branches = self.deck(*event, values, except, *span)?;
                self.lottery(node, *event, &branches, audience, *span, after)
            }
            Step::Reveal { events, to, span } => self.reveal(node, events, to, *span, after),
            Step::If { id, cond, then, otherwise } => {
                let taken = self.decided(cond)?;
                // An author who writes 'stop' means the story to end there.
                let stops = |body: &[Step]| matches!(body.last(), Some(Step::Stop));
                let watched = !stops(then) && !stops(otherwise);
                if watched {
                    self.asked.enter(*id, taken, &self.logs);
                }
                let body = if taken { then } else { otherwise };
                let inner = Then { steps: body, closes: false, next: Some(after) };
                let result = self.run(node, &inner);
                if watched {
                    self.asked.leave();
                }
                result
            }
            Step::Together(inner) => {
                self.pending.push(Vec::new());
                let inner = Then { steps: inner, closes: true, next: Some(after) };
                let result = self.run(node, &inner);
                self.pending.pop();
                result
            }
            Step::Gain { stake, amount, span } => {
                let amount = self.world.number(amount, &mut self.compiler.builder.formulas);
                let amount = self.checked(amount)?;
                let name = self.compiler.builder.form.form().stake(*stake).name.clone();
                self.compiler.check_amount(amount, &name, *span);
                self.gains.push((*stake, amount));
                let result = self.run(node, after);
                self.gains.pop();
                result
            }
            Step::Stop => self.end(node),
        }
    }

    /// Those of the events that have happened are shown.
    fn reveal(
        &mut self,
        node: NodeId,
        events: &[EventId],
        to: &[PlayerId],
        span: Span,
        after: &Then<'_>,
    ) -> Result<(), Halt> {
        let mark = self.mark();
        let mut shown = false;
        for &event in events {
            let Some(value) = self.world.value(event) else { continue };
            shown = true;
            for &player in to {
                self.note(player, LogEntry { event, view: View::Value(value) });
            }
        }
        if let ([first, ..], false) = (events, shown) {
            return self.trouble(Trouble::NotHappened(*first, span));
        }
        let result = self.run(node, after);
        self.restore(&mark);
        result
    }

    /// The end of a `together`: what was seen in it goes into the logs as a set.
    fn close_together(&mut self, node: NodeId, next: Option<&Then<'_>>) -> Result<(), Halt> {
        let kept = self.pending.pop().unwrap_or_default();
        let mark = self.mark();
        let mut seen = kept.clone();
        seen.sort_unstable();
        seen.dedup();
        for (player, entry) in seen {
            self.note(player, entry);
        }
        let result = match next {
            Some(next) => self.run(node, next),
            None => self.end(node),
        };
        self.restore(&mark);
        self.pending.push(kept);
        result
    }

    /// Adds an entry to a log, or inside a `together` to what is added at its end.
    fn note(&mut self, player: PlayerId, entry: LogEntry) {
        match self.pending.last_mut() {
            Some(pending) => pending.push((player, entry)),
            None => self.note_at_once(player, entry),
        }
    }

    fn note_at_once(&mut self, player: PlayerId, entry: LogEntry) {
        let log = &mut self.logs[player.index()];
        self.trail.push((player, *log));
        *log = self.compiler.builder.form.logs().extend(*log, entry);
    }

    fn mark(&self) -> Mark {
        Mark { trail: self.trail.len(), pending: self.pending.last().map_or(0, Vec::len) }
    }

    fn restore(&mut self, mark: &Mark) {
        while self.trail.len() > mark.trail {
            if let Some((player, log)) = self.trail.pop() {
                self.logs[player.index()] = log;
            }
        }
        if let Some(pending) = self.pending.last_mut() {
            pending.truncate(mark.pending);
        }
    }

    /// An event happens: it is noted by those who see it, and the story goes on.
    fn happen(
        &mut self,
        node: NodeId,
        event: EventId,
        value: ValueId,
        chooser: Option<PlayerId>,
        audience: &Audience,
        after: &Then<'_>,
    ) -> Result<(), Halt> {
        self.world.happen(event, value);
        self.payoffs.changed(event);
        let mark = self.mark();
        if let Some(chooser) = chooser {
            self.note_at_once(chooser, LogEntry { event, view: View::Value(value) });
        }
        if !audience.players.is_empty() {
            let view = self.view(&audience.view, value)?;
            for &player in &audience.players {
                if chooser != Some(player) {
                    self.note(player, LogEntry { event, view });
                }
            }
        }
        let result = self.run(node, after);
        self.restore(&mark);
        self.world.undo(event);
        self.payoffs.changed(event);
        result
    }

    fn view(&mut self, view: &ViewOf, value: ValueId) -> Result<View, Halt> {
        Ok(match view {
            ViewOf::Value => View::Value(value),
            ViewOf::Happened => View::Happened,
            ViewOf::Event(event, span) => match self.world.value(*event) {
                Some(value) => View::Shown(value),
                None => return self.trouble(Trouble::NotHappened(*event, *span)),
            },
            ViewOf::Text(text) => View::Shown(*text),
            ViewOf::If(cond, then, otherwise) => {
                let taken = if self.decided(cond)? { then } else { otherwise };
                return self.view(taken, value);
            }
            ViewOf::Number(number, span) => {
                let formula = self.world.number(number, &mut self.compiler.builder.formulas);
                let formula = self.checked(formula)?;
                let Some(number) = self.compiler.builder.formulas.constant(formula) else {
                    return self.halt(
                        Diagnostic::at(
                            Code::E071,
                            *span,
                            "what a player is shown must be exact and free of parameters",
                        )
                        .help("show a setting, an event or a word"),
                    );
                };
                let text = number.to_string();
                View::Shown(self.compiler.value(&text))
            }
        })
    }

    fn end(&mut self, node: NodeId) -> Result<(), Halt> {
        let row = self.payoffs.row(&self.world, &self.gains, &mut self.compiler.builder);
        let (row, described) = self.checked(row)?;
        while let Some((line, amount)) = self.payoffs.fresh.pop() {
            let (name, span) = self.payoffs.named(line, &self.compiler.builder);
            self.compiler.check_amount(amount, &name, span);
        }
        if !described {
            self.loose_ends.push(node);
        }
        self.built(|builder| builder.end(node, row), Span::default())
    }

    /// A condition on events; one on parameters has been refused before.
    fn decided(&mut self, cond: &Cond) -> Result<bool, Halt> {
        let truth = self.world.truth(cond, &mut self.compiler.builder.formulas);
        match self.checked(truth)? {
            Truth::Known(known) => Ok(known),
            Truth::Formula(_) => self.halt(
                Diagnostic::new(Code::E071, "a parameter may not decide what happens in the story")
                    .help("make it a setting, or a signal that is seen"),
            ),
        }
    }

    fn report(&mut self) -> Result<(), Halt> {
        let nodes = self.compiler.builder.form.form().node_count();
        if (self.progress)(nodes) {
            return Ok(());
        }
        self.halt(
            Diagnostic::new(Code::E061, format!("stopped after {nodes} nodes, as asked"))
                .help("let it run on, or make the tree smaller"),
        )
    }

    fn built<T>(
        &mut self,
        build: impl FnOnce(&mut detente_game::FormBuilder) -> Result<T, BuildError>,
        span: Span,
    ) -> Result<T, Halt> {
        let nodes = self.compiler.builder.form.form().node_count();
        if nodes >= self.next_report {
            self.next_report = nodes + 100_000;
            self.report()?;
        }
        match build(&mut self.compiler.builder.form) {
            Ok(done) => Ok(done),
            Err(error) => self.halt(
                Diagnostic::at(Code::E061, span, error.to_string())
                    .help("shorten the loops or settings, or raise the limit with --max-nodes"),
            ),
        }
    }

    pub(crate) fn halt<T>(&mut self, diagnostic: Diagnostic) -> Result<T, Halt> {
        self.compiler.complain(diagnostic);
        Err(Halt)
    }

    fn checked<T>(&mut self, result: Result<T, Trouble>) -> Result<T, Halt> {
        result.or_else(|trouble| self.trouble(trouble))
    }
}

#[path = "run_messages.rs"]
mod messages;
#[path = "run_moves.rs"]
mod moves;
