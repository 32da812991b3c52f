//! The sequence form (von Stengel 1996): a player's strategy as the weights of his sequences of
//! own actions, in which payoffs are linear.

use detente_game::form::NodeKind;
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, PlayerId, Profile, Rational};
use std::collections::{BTreeMap, HashMap};

/// A choice among the sequences that continue another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Choice {
    /// The sequence before it.
    pub before: usize,
    /// The first of the sequences after it.
    pub first: usize,
    /// How many there are.
    pub actions: usize,
}

impl Choice {
    /// The sequences it chooses from.
    pub fn sequences(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.actions
    }
}

/// One player's sequences; sequence 0 is the empty one.
#[derive(Debug, Clone)]
pub(crate) struct Side {
    /// His choices, earlier ones first.
    pub choices: Vec<Choice>,
    /// The information set of each choice.
    pub sets: Vec<InfoSetId>,
    /// Number of sequences.
    pub count: usize,
}

/// Payoffs of one player, weighted by chance, per pair of sequences; zeros are left out.
pub(crate) type Payoffs = BTreeMap<(usize, usize), Rational>;

/// A two-player game, or a part of it, in sequence form.
#[derive(Debug, Clone)]
pub(crate) struct Sequences {
    pub sides: [Side; 2],
    /// The payoffs of the players asked about.
    pub payoffs: Vec<Payoffs>,
}

struct Visit {
    node: NodeId,
    sequences: [usize; 2],
    /// Per player asked about, how likely chance makes the node in his eyes.
    chance: Vec<Rational>,
}

impl Sequences {
    /// The part below `root`, with the payoffs of `players`. A node for which `worth` has payoffs,
    /// one per player asked about, counts as an end. Both players need perfect recall.
    pub fn of(
        instance: &GameInstance,
        root: NodeId,
        players: &[PlayerId],
        worth: &dyn Fn(NodeId) -> Option<Vec<Rational>>,
    ) -> Self {
        let side = || Side { choices: Vec::new(), sets: Vec::new(), count: 1 };
        let mut writer = Writer {
            instance,
            players,
            worth,
            first: HashMap::new(),
            form: Self { sides: [side(), side()], payoffs: vec![Payoffs::new(); players.len()] },
            stack: Vec::new(),
        };
        let chance = vec![Rational::ONE; players.len()];
        writer.stack.push(Visit { node: root, sequences: [0, 0], chance });
        while let Some(visit) = writer.stack.pop() {
            writer.visit(visit);
        }
        for payoffs in &mut writer.form.payoffs {
            payoffs.retain(|_, value| !value.is_zero());
        }
        writer.form
    }
}

struct Writer<'a> {
    instance: &'a GameInstance,
    players: &'a [PlayerId],
    worth: &'a dyn Fn(NodeId) -> Option<Vec<Rational>>,
    /// The first sequence after each set met so far.
    first: HashMap<InfoSetId, usize>,
    form: Sequences,
    stack: Vec<Visit>,
}

impl Writer<'_> {
    fn visit(&mut self, visit: Visit) {
        if let Some(worth) = (self.worth)(visit.node) {
            return self.pay(&visit, &worth);
        }
        match self.instance.form().kind(visit.node) {
            NodeKind::End(row) => {
                let worth = |player: &PlayerId| self.instance.row_payoff(row, *player).clone();
                let worth: Vec<Rational> = self.players.iter().map(worth).collect();
                self.pay(&visit, &worth);
            }
            NodeKind::Chance(lottery) => {
                let form = self.instance.form();
                let drawn = form.children(visit.node).zip(form.branches(lottery));
                for (child, branch) in drawn.rev() {
                    let eyes = visit.chance.iter().zip(self.players);
                    let chance = eyes
                        .map(|(chance, player)| chance * self.instance.branch_for(*player, branch));
                    let chance = chance.collect();
                    self.stack.push(Visit { node: child, sequences: visit.sequences, chance });
                }
            }
            NodeKind::Decision(set) => self.decide(&visit, set),
        }
    }

    fn pay(&mut self, visit: &Visit, worth: &[Rational]) {
        let pair = (visit.sequences[0], visit.sequences[1]);
        for ((payoffs, worth), chance) in self.form.payoffs.iter_mut().zip(worth).zip(&visit.chance)
        {
            *payoffs.entry(pair).or_default() += chance * worth;
        }
    }

    fn decide(&mut self, visit: &Visit, set: InfoSetId) {
        let form = self.instance.form();
        let player = form.info_set(set).player.index();
        let side = &mut self.form.sides[player];
        let first = *self.first.entry(set).or_insert_with(|| {
            let (first, actions) = (side.count, form.actions(set).len());
            side.choices.push(Choice { before: visit.sequences[player], first, actions });
            side.sets.push(set);
            side.count += actions;
            first
        });
        for (option, child) in form.children(visit.node).enumerate().rev() {
            let mut sequences = visit.sequences;
            sequences[player] = first + option;
            self.stack.push(Visit { node: child, sequences, chance: visit.chance.clone() });
        }
    }
}

impl Side {
    /// Writes a realization plan into a profile as behaviour; returns the sets that the plan does
    /// not lead to, earlier ones first, and leaves those as they are.
    pub fn behave(
        &self,
        instance: &GameInstance,
        plan: &[Rational],
        profile: &mut Profile,
    ) -> Vec<InfoSetId> {
        let mut silent = Vec::new();
        for (choice, set) in self.choices.iter().zip(&self.sets) {
            let reached = &plan[choice.before];
            if reached.is_zero() {
                silent.push(*set);
                continue;
            }
            for (action, sequence) in instance.form().actions(*set).zip(choice.sequences()) {
                profile.probability[action.index()] = &plan[sequence] / reached;
            }
        }
        silent
    }
}
