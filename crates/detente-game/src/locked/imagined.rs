//! Readings locked from a message on: what a player thinks at his first situations after it is fixed,
//! whatever the others do.
//!
//! Each of these situations gets imagined members beside its real ones. Chance lets the game begin at
//! one of them: for certain in the reader's eyes, each with the locked probability, and never in
//! anybody else's. So the locked reading follows from his private prior by Bayes' rule, later messages
//! move it from there, and all others see what really happens and reply to what he does. Solvers and
//! the verifier need to know nothing of locks.

use super::{Departure, LockError, copy_names};
use crate::GameForm;
use crate::form::{BuildError, Event, EventKind, NodeKind, NodeSet, Player, Stake};
use crate::formula::BinaryOp;
use crate::game::{Game, GameBuilder};
use crate::ids::{BranchId, FormulaId, InfoSetId, LotteryId, NodeId, PlayerId, RowId, StakeId};
use crate::number::Rational;
use crate::what_if::BeliefLock;
use std::sync::Arc;

/// The members on one side of what is read, and how they share its probability.
pub(super) type Shares = Vec<(NodeId, Rational)>;

/// A situation at which a reading is fixed.
pub(super) struct Fixed {
    reader: PlayerId,
    set: InfoSetId,
    /// The members at which what is read is so, and those at which it is not.
    pub sides: [Shares; 2],
    /// What is thought there without the lock, if anything is.
    start: Option<Rational>,
    locked: FormulaId,
}

/// A player with situations in what is imagined.
struct Part {
    player: PlayerId,
    /// These situations.
    own: Vec<InfoSetId>,
    /// Whether he decides elsewhere too. Then another player, paid like him, decides in his stead at
    /// these situations: a reader thinks as before elsewhere, and nobody has forgotten in what is
    /// imagined what he did before it. At every situation the best choice is the same.
    is_split: bool,
    is_reader: bool,
}

impl Part {
    /// Whether a reader decides in what another one imagines, where his own reading is not fixed.
    fn is_entangled(&self, form: &GameForm, fixed: &[Fixed]) -> bool {
        let is_fixed = |set: &InfoSetId| {
            let mut own = fixed.iter().filter(|reading| reading.reader == self.player);
            own.any(|reading| reading.set == *set || is_after(form, *set, reading.set))
        };
        self.is_reader && !self.own.iter().all(is_fixed)
    }
}

/// How the cases of each reading share its probability.
pub(super) fn shares(fixed: Vec<Fixed>) -> Vec<(PlayerId, Shares)> {
    let own = |reading: Fixed| reading.sides.map(|side| (reading.reader, side));
    fixed.into_iter().flat_map(own).collect()
}

impl Game {
    /// The situations at which some locks fix a reading, in a form whose nodes are those of the locks.
    pub(super) fn fixed_readings(
        &self,
        locks: &[&BeliefLock],
        before: &Departure<'_>,
    ) -> Result<Vec<Fixed>, LockError> {
        let mut found: Vec<Fixed> = Vec::new();
        for lock in locks {
            if !self.form.has_perfect_recall() {
                return Err(LockError::Forgetful(lock.player));
            }
            let inside = self.form.sets_inside(lock.player, &lock.after);
            for set in firsts(&self.form, &inside) {
                let meets = |other: &Fixed| {
                    other.reader == lock.player
                        && (other.set == set
                            || is_after(&self.form, set, other.set)
                            || is_after(&self.form, other.set, set))
                };
                if found.iter().any(meets) {
                    return Err(LockError::ReadTwice(lock.player));
                }
                found.push(self.fixed_reading(lock, set, before)?);
            }
        }
        let parts = parts(&self.form, &found);
        match parts.iter().find(|part| part.is_entangled(&self.form, &found)) {
            Some(part) => Err(LockError::Entangled(part.player)),
            None => Ok(found),
        }
    }

    fn fixed_reading(
        &self,
        lock: &BeliefLock,
        set: InfoSetId,
        before: &Departure<'_>,
    ) -> Result<Fixed, LockError> {
        let reader = lock.player;
        let mut sides: [Vec<NodeId>; 2] = [Vec::new(), Vec::new()];
        for member in self.form.members(set) {
            match decided(&self.form, *member, &lock.event) {
                Some(true) => sides[0].push(*member),
                Some(false) => sides[1].push(*member),
                None => return Err(LockError::Undecided(reader)),
            }
        }
        if sides.iter().any(Vec::is_empty) {
            return Err(LockError::Plain(reader));
        }
        let belief = |nodes: &[NodeId]| -> Rational {
            nodes.iter().map(|node| &before.belief[node.index()]).sum()
        };
        let (so, not_so) = (belief(&sides[0]), belief(&sides[1]));
        let start = so.checked_div(&(&so + &not_so));
        let [so, not_so] = sides.map(|nodes| before.shares(&nodes));
        let nothing = || LockError::Nothing(reader);
        let sides = [so.ok_or_else(nothing)?, not_so.ok_or_else(nothing)?];
        Ok(Fixed { reader, set, sides, start, locked: lock.probability })
    }

    /// The game in which these readings are fixed, as far as the lever says. Situations keep their
    /// order and actions; nodes do not keep their places, so what is claimed of them is left out. With
    /// it, who decides in whose stead.
    pub(super) fn with_imagined(
        mut self,
        fixed: &[Fixed],
        strength: FormulaId,
    ) -> Result<(Self, Vec<(PlayerId, PlayerId)>), BuildError> {
        let form = Arc::clone(&self.form);
        let parts = parts(&form, fixed);
        let imagined = self.imagined(fixed, strength);
        let zero = self.formulas.number(Rational::ZERO);
        let one = self.formulas.number(Rational::ONE);
        let copied: usize = imagined.iter().map(|(_, node, _)| size_below(&form, *node)).sum();
        let mut builder = GameBuilder::new(1 + form.node_count() + copied);
        builder.formulas = self.formulas.clone();
        copy_names(&form, &mut builder);
        let stand_ins = stand_ins(&form, &parts, &mut builder);
        self.copy_lotteries(&mut builder)?;
        self.copy_rows(&stand_ins, &mut builder);
        let sets = copy_sets(&form, &parts, &stand_ins, &mut builder)?;
        let eyes = lottery_of_eyes(&imagined, zero, one, &mut builder)?;
        let root = builder.form.chance(GameForm::ROOT, eyes)?;
        for (event, value) in form.silent_before(GameForm::ROOT) {
            builder.form.silently(root, *event, *value);
        }
        copy_tree(&form, &mut builder, &sets, (GameForm::ROOT, root))?;
        for (at, (_, member, _)) in imagined.iter().enumerate() {
            let node = NodeId::from_index(root.index() + 1 + at);
            for (event, value) in form.history(*member) {
                builder.form.silently(node, event, value);
            }
            copy_tree(&form, &mut builder, &sets, (*member, node))?;
        }
        let built = builder.finish(&self.meta.title)?;
        let acting = |reader: PlayerId| {
            let stands = stand_ins.iter().find(|(other, _)| *other == reader);
            stands.map_or(reader, |(_, stand_in)| *stand_in)
        };
        let mut private = self.private_probability.clone();
        for (reader, stand_in) in &stand_ins {
            let own = self.private_probability.iter().filter(|(player, ..)| player == reader);
            private.extend(own.map(|(_, branch, formula)| (*stand_in, *branch, *formula)));
        }
        let branches: Vec<BranchId> = built.form.branches(eyes).collect();
        for reader in parts.iter().filter(|part| part.is_reader) {
            private.push((acting(reader.player), branches[0], zero));
            for ((who, _, formula), branch) in imagined.iter().zip(&branches[1..]) {
                if *who == reader.player {
                    private.push((acting(reader.player), *branch, *formula));
                }
            }
        }
        let game = Self {
            form: built.form,
            branch_probability: built.branch_probability,
            private_probability: private,
            row_start: built.row_start,
            row_items: built.row_items,
            claims: Vec::new(),
            records: Vec::new(),
            inner_rows: Vec::new(),
            ..self
        };
        Ok((game, stand_ins))
    }

    /// Every member that is imagined, by whom, and how likely he thinks that it is there that the game
    /// begins. A reader's situations are equally likely; only what he thinks once he is there matters.
    fn imagined(
        &mut self,
        fixed: &[Fixed],
        strength: FormulaId,
    ) -> Vec<(PlayerId, NodeId, FormulaId)> {
        let one = self.formulas.number(Rational::ONE);
        let mut found = Vec::new();
        for reading in fixed {
            let all = fixed.iter().filter(|other| other.reader == reading.reader).count();
            let so = match &reading.start {
                Some(start) => {
                    let start = self.formulas.number(start.clone());
                    self.between(strength, start, reading.locked)
                }
                None => reading.locked,
            };
            let not_so = self.formulas.binary(BinaryOp::Sub, one, so);
            for (side, total) in reading.sides.iter().zip([so, not_so]) {
                for (node, share) in side {
                    let share = share / &Rational::int(all as i64);
                    let share = self.formulas.number(share);
                    let formula = self.formulas.binary(BinaryOp::Mul, total, share);
                    found.push((reading.reader, *node, formula));
                }
            }
        }
        found
    }

    fn copy_lotteries(&self, builder: &mut GameBuilder) -> Result<(), BuildError> {
        for lottery in (0..self.form.lotteries().len()).map(LotteryId::from_index) {
            let branches: Vec<_> = self
                .form
                .branches(lottery)
                .map(|b| (self.form.branch_value(b), self.branch_probability[b.index()]))
                .collect();
            builder.separate_lottery(self.form.lottery(lottery).event, &branches)?;
        }
        Ok(())
    }

    /// The rows; who stands in for somebody is paid what he is.
    fn copy_rows(&self, stand_ins: &[(PlayerId, PlayerId)], builder: &mut GameBuilder) {
        for row in (0..self.form.row_count()).map(RowId::from_index) {
            let mut items = self.row_items(row).to_vec();
            for (reader, stand_in) in stand_ins {
                for (stake, formula) in self.row_items(row) {
                    let known = self.form.stake(*stake);
                    if known.player == *reader {
                        let own = Stake { player: *stand_in, name: known.name.clone() };
                        let stake: StakeId = builder.form.stake(own);
                        items.push((stake, *formula));
                    }
                }
            }
            builder.separate_row(&items, self.form.outcome_of(row));
        }
    }
}

/// Those of some situations that come after no other of them.
fn firsts(form: &GameForm, sets: &[InfoSetId]) -> Vec<InfoSetId> {
    let is_later = |set: &InfoSetId| sets.iter().any(|other| is_after(form, *set, *other));
    sets.iter().filter(|set| !is_later(set)).copied().collect()
}

/// Whether a situation comes after another one of the same player, who forgets nothing.
fn is_after(form: &GameForm, set: InfoSetId, other: InfoSetId) -> bool {
    let mut here = form.members(set).first().and_then(|member| form.parent(*member));
    while let Some(node) = here {
        if form.kind(node) == NodeKind::Decision(other) {
            return true;
        }
        here = form.parent(node);
    }
    false
}

/// Whether an event is so at a node, if that is decided there.
fn decided(form: &GameForm, node: NodeId, event: &NodeSet) -> Option<bool> {
    let (mut some, mut all) = (false, true);
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if let NodeKind::End(_) = form.kind(node) {
            let is_so = event.contains(node);
            some |= is_so;
            all &= is_so;
        }
        open.extend(form.children(node));
    }
    (some == all).then_some(all)
}

fn size_below(form: &GameForm, node: NodeId) -> usize {
    1 + form.children(node).map(|child| size_below(form, child)).sum::<usize>()
}

fn parts(form: &GameForm, fixed: &[Fixed]) -> Vec<Part> {
    let mut below = vec![false; form.node_count()];
    for reading in fixed {
        form.members(reading.set).iter().for_each(|member| below[member.index()] = true);
    }
    for node in form.nodes().skip(1) {
        let is_below = form.parent(node).is_some_and(|parent| below[parent.index()]);
        below[node.index()] |= is_below;
    }
    let of = |player: PlayerId| {
        let all = || form.info_set_ids().filter(|set| form.info_set(*set).player == player);
        let is_imagined =
            |set: &InfoSetId| form.members(*set).iter().any(|member| below[member.index()]);
        let own: Vec<InfoSetId> = all().filter(is_imagined).collect();
        let is_split = !own.is_empty() && own.len() < all().count();
        let is_reader = fixed.iter().any(|reading| reading.reader == player);
        Part { player, own, is_split, is_reader }
    };
    form.player_ids().map(of).collect()
}

/// Adds those who decide in the stead of others.
fn stand_ins(
    form: &GameForm,
    parts: &[Part],
    builder: &mut GameBuilder,
) -> Vec<(PlayerId, PlayerId)> {
    let split = parts.iter().filter(|part| part.is_split);
    split
        .map(|part| {
            let known = form.player(part.player);
            let when = if part.is_reader { "as locked" } else { "afterwards" };
            let name = format!("{} {when}", known.name);
            (part.player, builder.form.player(Player { name, ..known.clone() }))
        })
        .collect()
}

fn copy_sets(
    form: &GameForm,
    parts: &[Part],
    stand_ins: &[(PlayerId, PlayerId)],
    builder: &mut GameBuilder,
) -> Result<Vec<InfoSetId>, BuildError> {
    let mut sets = Vec::new();
    for set in form.info_set_ids() {
        let info = form.info_set(set);
        let is_imagined = parts.iter().any(|part| part.own.contains(&set));
        let stands = stand_ins.iter().find(|(player, _)| is_imagined && *player == info.player);
        let player = stands.map_or(info.player, |(_, stand_in)| *stand_in);
        let menu: Vec<_> = form.actions(set).map(|action| form.action_value(action)).collect();
        let new = builder.form.info_set(player, info.question, &menu, info.log)?;
        if let Some(label) = form.set_label(set) {
            builder.form.label_set(new, label);
        }
        sets.push(new);
    }
    Ok(sets)
}

/// The lottery with which the game begins: as it does, or at an imagined member.
fn lottery_of_eyes(
    imagined: &[(PlayerId, NodeId, FormulaId)],
    zero: FormulaId,
    one: FormulaId,
    builder: &mut GameBuilder,
) -> Result<LotteryId, BuildError> {
    let name = "what is imagined".to_owned();
    let event = Event { owner: None, name, index: None, kind: EventKind::Chance };
    let event = builder.form.event(event);
    let mut branches = vec![(builder.form.value("nothing"), one)];
    for number in 1..=imagined.len() {
        branches.push((builder.form.value(&format!("case {number}")), zero));
    }
    builder.separate_lottery(event, &branches)
}

/// Copies what is below a node of a form to below an open node of the form that is built.
fn copy_tree(
    form: &GameForm,
    builder: &mut GameBuilder,
    sets: &[InfoSetId],
    (from, to): (NodeId, NodeId),
) -> Result<(), BuildError> {
    let mut open = vec![(from, to)];
    while let Some((old, new)) = open.pop() {
        let first = match form.kind(old) {
            NodeKind::Decision(set) => builder.form.decide(new, sets[set.index()])?,
            NodeKind::Chance(lottery) => builder.form.chance(new, lottery)?,
            NodeKind::End(row) => {
                builder.form.end(new, row)?;
                continue;
            }
        };
        for (place, child) in form.children(old).enumerate() {
            let copy = NodeId::from_index(first.index() + place);
            for (event, value) in form.silent_before(child) {
                builder.form.silently(copy, *event, *value);
            }
            open.push((child, copy));
        }
    }
    Ok(())
}
