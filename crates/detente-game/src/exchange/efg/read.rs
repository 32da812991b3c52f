//! Reading `.efg`: one pass over the words, the tree kept as a stack of open nodes.

use super::super::labels::distinct;
use super::super::scan::{Place, Scanner, Token};
use super::super::{IMPORTED_STAKE, ImportError, ImportLimits, Imported};
use crate::form::{BuildError, Event, EventKind, NodeKind, Player, Stake};
use crate::game::{Game, GameBuilder};
use crate::ids::{FormulaId, InfoSetId, LotteryId, NodeId, OutcomeId, PlayerId, RowId, StakeId};
use crate::number::Rational;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Reads a game of the format "EFG 2 R" or "EFG 2 D".
///
/// Numbers are read exactly, decimals too. Payoffs at inner nodes are kept in
/// [`Game::inner_rows`] and are part of the rows of all ends below. A question is called by its
/// information set's label, or `set N`. Empty and double labels of actions get numbers. Imperfect
/// recall and absent-mindedness (Piccione and Rubinstein, GEB 20, 1997) are read and noted;
/// [`crate::GameForm::has_perfect_recall`] says no then.
///
/// # Errors
/// If the text is no such game, or beyond `limits`.
pub fn read_efg(text: &str, limits: &ImportLimits) -> Result<Imported, ImportError> {
    let mut reader = Reader::start(text, limits)?;
    reader.tree()?;
    reader.finish()
}

struct Reader<'t> {
    scan: Scanner<'t>,
    limits: ImportLimits,
    title: String,
    about: String,
    builder: GameBuilder,
    players: Vec<PlayerId>,
    stakes: Vec<StakeId>,
    sets: BTreeMap<(usize, i64), InfoSetId>,
    lotteries: BTreeMap<i64, LotteryId>,
    outcomes: BTreeMap<i64, Outcome>,
    inner_rows: Vec<(NodeId, RowId)>,
    open: Vec<Open>,
    chance_names: BTreeSet<String>,
    relabelled: bool,
    nodes: usize,
}

struct Outcome {
    id: Option<OutcomeId>,
    payoffs: Rc<[Rational]>,
    line: u32,
}

/// An outcome's name and what it pays.
type Paid = (Option<OutcomeId>, Rc<[Rational]>);

/// A node whose line is still to come, with the payoffs of the nodes above it.
struct Open {
    node: NodeId,
    above: Option<Rc<[Rational]>>,
}

impl<'t> Reader<'t> {
    fn start(text: &'t str, limits: &ImportLimits) -> Result<Self, ImportError> {
        let mut scan = Scanner::new(text, limits)?;
        header(&mut scan)?;
        let title = scan.take_text("the game's title")?;
        let mut names = text_list(&mut scan, "a player's name")?;
        let about = scan.take_text_if()?.unwrap_or_default();
        distinct(&mut names, |position| format!("Player {}", position + 1));
        let mut builder = GameBuilder::new(limits.nodes);
        let mut players = Vec::new();
        let mut stakes = Vec::new();
        for name in names {
            let player = builder.form.player(Player { name, label: String::new(), team: None });
            players.push(player);
            stakes.push(builder.form.stake(Stake { player, name: IMPORTED_STAKE.to_owned() }));
        }
        let open = vec![Open { node: NodeId(0), above: None }];
        Ok(Self {
            scan,
            limits: *limits,
            title,
            about,
            builder,
            players,
            stakes,
            sets: BTreeMap::new(),
            lotteries: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            inner_rows: Vec::new(),
            open,
            chance_names: BTreeSet::new(),
            relabelled: false,
            nodes: 1,
        })
    }

    fn tree(&mut self) -> Result<(), ImportError> {
        while let Some(open) = self.open.pop() {
            let place = self.scan.place();
            if *self.scan.peek() == Token::End {
                return Err(place
                    .error(format!(
                        "the tree is not complete: {} more nodes are needed",
                        self.open.len() + 1
                    ))
                    .with_hint("every action needs a node below it, in depth-first order"));
            }
            let Token::Word(kind @ ("c" | "p" | "t")) = *self.scan.peek() else {
                return Err(self.scan.expected("a node").with_hint(
                    "a node's line begins with c (chance), p (personal) or t (terminal)",
                ));
            };
            self.scan.advance()?;
            if let Some(label) = self.scan.take_text_if()?.filter(|label| !label.is_empty()) {
                self.builder.form.label_node(open.node, &label);
            }
            match kind {
                "c" => self.chance(open, place)?,
                "p" => self.personal(open, place)?,
                _ => self.terminal(open, place)?,
            }
        }
        if *self.scan.peek() != Token::End {
            return Err(self
                .scan
                .expected("the end of the file")
                .with_hint("the tree is complete: every action already has a node below it"));
        }
        Ok(())
    }

    fn chance(&mut self, open: Open, place: Place) -> Result<(), ImportError> {
        let number_place = self.scan.place();
        let number = self.scan.take_index("the number of the information set")?;
        let label = self.scan.take_text_if()?;
        let lottery = if *self.scan.peek() == Token::Open {
            self.lottery(number, label)?
        } else {
            *self.lotteries.get(&number).ok_or_else(|| unknown_set(number_place, number))?
        };
        let first = self.builder.form.chance(open.node, lottery);
        self.descend(open, first, place)
    }

    fn lottery(&mut self, number: i64, label: Option<String>) -> Result<LotteryId, ImportError> {
        let place = self.scan.place();
        let (mut labels, mut formulas, mut sum) = (Vec::new(), Vec::new(), Rational::ZERO);
        self.scan.take(&Token::Open, "'{'")?;
        while *self.scan.peek() != Token::Close {
            labels.push(self.scan.take_text("a branch's label")?);
            let place = self.scan.place();
            let probability = self.scan.take_number("a probability")?;
            if probability.is_negative() {
                return Err(place.error(format!("the probability {probability} is negative")));
            }
            sum += &probability;
            formulas.push(self.builder.formulas.number(probability));
            self.scan.take_if(&Token::Comma)?;
        }
        self.scan.advance()?;
        if labels.is_empty() {
            return Err(place.error("this chance node has no branch"));
        }
        if !sum.is_one() {
            return Err(place
                .error(format!("these probabilities add up to {sum}, not 1"))
                .with_hint("fractions such as 1/3 are exact; 0.33 is 33/100"));
        }
        self.relabelled |= distinct(&mut labels, |position| (position + 1).to_string());
        let values: Vec<_> = labels.iter().map(|label| self.builder.form.value(label)).collect();
        let branches: Vec<_> = values.into_iter().zip(formulas).collect();
        let name = label.filter(|l| !l.is_empty()).unwrap_or_else(|| format!("set {number}"));
        let name = self.event_name(name);
        let event = Event { owner: None, name, index: None, kind: EventKind::Chance };
        let event = self.builder.form.event(event);
        let lottery = self.builder.lottery(event, &branches).map_err(|e| refuse(place, &e))?;
        match self.lotteries.insert(number, lottery) {
            Some(before) if before != lottery => Err(other_content(place, number)),
            _ => Ok(lottery),
        }
    }

    /// The name of a chance event: `x` for sets called `x (2)`, `x (3)`, …, if there was an `x`
    /// before. That is how sets of one event are told apart in writing.
    fn event_name(&mut self, label: String) -> String {
        let stem = label.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
        if let Some((stem, digits)) = stem
            && digits.parse::<u32>().is_ok()
            && self.chance_names.contains(stem)
        {
            return stem.to_owned();
        }
        self.chance_names.insert(label.clone());
        label
    }

    fn personal(&mut self, open: Open, place: Place) -> Result<(), ImportError> {
        let player_place = self.scan.place();
        let player = self.scan.take_index("the number of the player")?;
        let player = usize::try_from(player).ok().filter(|p| (1..=self.players.len()).contains(p));
        let Some(player) = player.map(|number| number - 1) else {
            let count = self.players.len();
            return Err(player_place.error(format!("players are numbered 1 to {count}")));
        };
        let number_place = self.scan.place();
        let number = self.scan.take_index("the number of the information set")?;
        let label = self.scan.take_text_if()?;
        let set = if *self.scan.peek() == Token::Open {
            self.info_set(player, number, label)?
        } else {
            let known = self.sets.get(&(player, number));
            *known.ok_or_else(|| unknown_set(number_place, number))?
        };
        let first = self.builder.form.decide(open.node, set);
        self.descend(open, first, place)
    }

    fn info_set(
        &mut self,
        player: usize,
        number: i64,
        label: Option<String>,
    ) -> Result<InfoSetId, ImportError> {
        let place = self.scan.place();
        let mut labels = text_list(&mut self.scan, "an action's label")?;
        self.relabelled |= distinct(&mut labels, |position| (position + 1).to_string());
        let values: Vec<_> = labels.iter().map(|label| self.builder.form.value(label)).collect();
        if let Some(&known) = self.sets.get(&(player, number)) {
            let form = self.builder.form.form();
            let same = form.actions(known).map(|action| form.action_value(action)).eq(values);
            return if same { Ok(known) } else { Err(other_content(place, number)) };
        }
        let label = label.filter(|label| !label.is_empty());
        let event = Event {
            owner: Some(self.players[player]),
            name: label.clone().unwrap_or_else(|| format!("set {number}")),
            index: None,
            kind: EventKind::Choice,
        };
        let question = self.builder.form.event(event);
        let set = self
            .builder
            .form
            .info_set(self.players[player], question, &values, None)
            .map_err(|_| place.error("this information set has no action"))?;
        if let Some(label) = label {
            self.builder.form.label_set(set, &label);
        }
        self.sets.insert((player, number), set);
        Ok(set)
    }

    /// Reads an inner node's outcome and opens its children.
    fn descend(
        &mut self,
        open: Open,
        first: Result<NodeId, BuildError>,
        place: Place,
    ) -> Result<(), ImportError> {
        let first = first.map_err(|error| refuse(place, &error))?;
        let count = self.builder.form.form().child_count(open.node);
        self.nodes += count;
        if self.nodes.saturating_mul(self.players.len()) > self.limits.nodes_times_players {
            let limit = self.limits.nodes_times_players;
            return Err(place.error(format!("nodes times players are more than {limit}")));
        }
        let above = match self.outcome()? {
            None => open.above,
            Some((id, payoffs)) => {
                let row = self.row(&payoffs, id);
                self.inner_rows.push((open.node, row));
                Some(sum(open.above.as_deref(), &payoffs))
            }
        };
        for child in (first.index()..first.index() + count).rev() {
            self.open.push(Open { node: NodeId::from_index(child), above: above.clone() });
        }
        Ok(())
    }

    fn terminal(&mut self, open: Open, place: Place) -> Result<(), ImportError> {
        let (id, own) = self.outcome()?.unwrap_or_else(|| (None, Rc::from([])));
        let total = match &open.above {
            Some(above) => sum(Some(above), &own),
            None => own,
        };
        let row = self.row(&total, id);
        self.builder.form.end(open.node, row).map_err(|error| refuse(place, &error))
    }

    /// The row of these payoffs; nothing paid at all is a row without stakes.
    fn row(&mut self, payoffs: &[Rational], outcome: Option<OutcomeId>) -> RowId {
        let items: Vec<(StakeId, FormulaId)> = self
            .stakes
            .iter()
            .zip(payoffs)
            .map(|(stake, payoff)| (*stake, self.builder.formulas.number(payoff.clone())))
            .collect();
        self.builder.row(&items, outcome)
    }

    /// An outcome: its number, and at its first mention its name and payoffs.
    fn outcome(&mut self) -> Result<Option<Paid>, ImportError> {
        let place = self.scan.place();
        let number = self.scan.take_index("the number of the outcome (0 for none)")?;
        let name = self.scan.take_text_if()?;
        if *self.scan.peek() == Token::Open {
            let payoffs = self.payoffs()?;
            return self.defined(place, number, name, payoffs).map(Some);
        }
        if number == 0 {
            return Ok(None);
        }
        let known = self.outcomes.get(&number);
        let known = known.ok_or_else(|| {
            place
                .error(format!("outcome {number} has no payoffs yet"))
                .with_hint("give them at its first mention: 1 \"name\" { 2, 0 }")
        })?;
        Ok(Some((known.id, Rc::clone(&known.payoffs))))
    }

    fn defined(
        &mut self,
        place: Place,
        number: i64,
        name: Option<String>,
        payoffs: Vec<Rational>,
    ) -> Result<Paid, ImportError> {
        if let Some(known) = self.outcomes.get(&number) {
            if *known.payoffs != *payoffs {
                let line = known.line;
                return Err(place
                    .error(format!("outcome {number} was given other payoffs in line {line}"))
                    .with_hint("give outcomes with different payoffs different numbers"));
            }
            return Ok((known.id, Rc::clone(&known.payoffs)));
        }
        let id = name.filter(|name| !name.is_empty()).map(|name| self.builder.form.outcome(&name));
        let payoffs: Rc<[Rational]> = payoffs.into();
        let known = Outcome { id, payoffs: Rc::clone(&payoffs), line: place.line };
        if number != 0 {
            self.outcomes.insert(number, known);
        }
        Ok((id, payoffs))
    }

    fn payoffs(&mut self) -> Result<Vec<Rational>, ImportError> {
        let place = self.scan.place();
        self.scan.take(&Token::Open, "'{'")?;
        let mut payoffs = Vec::new();
        while *self.scan.peek() != Token::Close {
            payoffs.push(self.scan.take_number("a payoff")?);
            self.scan.take_if(&Token::Comma)?;
        }
        self.scan.advance()?;
        if payoffs.len() != self.players.len() {
            let (given, players) = (payoffs.len(), self.players.len());
            return Err(place.error(format!("{given} payoffs are given for {players} players")));
        }
        Ok(payoffs)
    }

    fn finish(self) -> Result<Imported, ImportError> {
        let place = self.scan.place();
        let mut game = self.builder.finish(&self.title).map_err(|error| refuse(place, &error))?;
        game.meta.about = self.about;
        game.inner_rows = self.inner_rows;
        let mut notes = Vec::new();
        if !game.form.has_perfect_recall() {
            notes.push(if absent_minded(&game) {
                "Some player can meet the same information set twice on one path (absent-mindedness).".to_owned()
            } else {
                "Some player forgets what he knew or did (imperfect recall).".to_owned()
            });
        }
        if self.relabelled {
            notes.push("Empty or repeated action labels were numbered.".to_owned());
        }
        Ok(Imported { game, notes })
    }
}

fn header(scan: &mut Scanner<'_>) -> Result<(), ImportError> {
    let hint = "a game tree's file begins with  EFG 2 R \"title\" { \"player\" … }";
    if !matches!(scan.peek(), Token::Word("EFG")) {
        let error = scan.expected("'EFG'");
        return Err(match scan.peek() {
            Token::Word("NFG") => error.with_hint("this is a strategic form: read it as .nfg"),
            _ => error.with_hint(hint),
        });
    }
    scan.advance()?;
    if !matches!(scan.peek(), Token::Word("2")) {
        return Err(scan.expected("version 2 of the format").with_hint(hint));
    }
    scan.advance()?;
    if !matches!(scan.peek(), Token::Word("R" | "D")) {
        return Err(scan.expected("R (rational numbers) or D (decimals)").with_hint(hint));
    }
    scan.advance().map(|_| ())
}

/// Texts in braces, with or without commas.
fn text_list(scan: &mut Scanner<'_>, name: &str) -> Result<Vec<String>, ImportError> {
    scan.take(&Token::Open, "'{'")?;
    let mut texts = Vec::new();
    while *scan.peek() != Token::Close {
        texts.push(scan.take_text(name)?);
        scan.take_if(&Token::Comma)?;
    }
    scan.advance()?;
    Ok(texts)
}

fn sum(above: Option<&[Rational]>, own: &[Rational]) -> Rc<[Rational]> {
    match above {
        None => own.into(),
        Some(above) if own.is_empty() => above.into(),
        Some(above) => above.iter().zip(own).map(|(a, b)| a + b).collect(),
    }
}

/// Whether some path meets an information set twice.
fn absent_minded(game: &Game) -> bool {
    let form = &game.form;
    let mut on_path = vec![false; form.info_sets().len()];
    // Entering a node and leaving it again, so that `on_path` is that of the node at hand.
    let mut steps = vec![(NodeId(0), true)];
    while let Some((node, entering)) = steps.pop() {
        if let NodeKind::Decision(set) = form.kind(node) {
            if entering && std::mem::replace(&mut on_path[set.index()], true) {
                return true;
            }
            if !entering {
                on_path[set.index()] = false;
            }
        }
        if entering {
            steps.push((node, false));
            steps.extend(form.children(node).map(|child| (child, true)));
        }
    }
    false
}

fn unknown_set(place: Place, number: i64) -> ImportError {
    place
        .error(format!("information set {number} has no actions yet"))
        .with_hint("give them at its first mention: 1 \"name\" { \"left\" \"right\" }")
}

fn other_content(place: Place, number: i64) -> ImportError {
    place
        .error(format!("information set {number} was given other actions before"))
        .with_hint("all nodes of an information set share one list of actions")
}

fn refuse(place: Place, error: &BuildError) -> ImportError {
    place.error(error.to_string())
}
