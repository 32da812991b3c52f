//! Small games written as trees, for tests.

use detente_game::form::{Event, EventKind, Player};
use detente_game::game::GameBuilder;
use detente_game::ids::{InfoSetId, NodeId, PlayerId, StakeId};
use detente_game::{GameInstance, Rational};
use std::collections::HashMap;
use std::sync::Arc;

/// A tree of a two-player game.
pub enum Tree {
    /// Chance: branches with probabilities.
    Chance(Vec<(Rational, Tree)>),
    /// A decision of a player at the information set of this name: the answers.
    Decide(usize, String, Vec<Tree>),
    /// An end with both payoffs.
    End([Rational; 2]),
}

/// The instance of a tree. Information sets are numbered by the names' first appearance on a
/// walk that takes children in order.
pub fn instance(tree: &Tree) -> (Arc<GameInstance>, HashMap<String, InfoSetId>) {
    let mut builder = GameBuilder::new(1_000_000);
    let players: Vec<PlayerId> = ["One", "Two"]
        .map(|name| {
            builder.form.player(Player { name: name.into(), label: String::new(), team: None })
        })
        .to_vec();
    let stakes: Vec<StakeId> = players
        .iter()
        .map(|&player| {
            builder.form.stake(detente_game::form::Stake { player, name: "payoff".into() })
        })
        .collect();
    let mut sets = HashMap::new();
    let mut maker = Maker { builder, players, stakes, sets: &mut sets };
    maker.add(NodeId(0), tree);
    let game = maker.builder.finish("test").expect("the tree is complete");
    (Arc::new(game.base().expect("the numbers are numbers")), sets)
}

struct Maker<'a> {
    builder: GameBuilder,
    players: Vec<PlayerId>,
    stakes: Vec<StakeId>,
    sets: &'a mut HashMap<String, InfoSetId>,
}

impl Maker<'_> {
    fn add(&mut self, node: NodeId, tree: &Tree) {
        let (first, children): (NodeId, Vec<&Tree>) = match tree {
            Tree::End(payoffs) => {
                let items: Vec<_> = self
                    .stakes
                    .iter()
                    .zip(payoffs)
                    .map(|(stake, value)| (*stake, self.builder.formulas.number(value.clone())))
                    .collect();
                let row = self.builder.row(&items, None);
                self.builder.form.end(node, row).expect("an open node");
                return;
            }
            Tree::Chance(branches) => {
                let event = Event {
                    owner: None,
                    name: "chance".into(),
                    index: None,
                    kind: EventKind::Chance,
                };
                let event = self.builder.form.event(event);
                let labelled: Vec<_> = branches
                    .iter()
                    .enumerate()
                    .map(|(at, (probability, _))| {
                        let label = self.builder.form.value(&format!("branch {at}"));
                        (label, self.builder.formulas.number(probability.clone()))
                    })
                    .collect();
                let lottery = self.builder.lottery(event, &labelled).expect("branches");
                let first = self.builder.form.chance(node, lottery).expect("an open node");
                (first, branches.iter().map(|(_, tree)| tree).collect())
            }
            Tree::Decide(player, name, answers) => {
                let set = self.set(*player, name, answers.len());
                let first = self.builder.form.decide(node, set).expect("an open node");
                (first, answers.iter().collect())
            }
        };
        for (at, child) in children.into_iter().enumerate() {
            self.add(NodeId(first.0 + at as u32), child);
        }
    }

    fn set(&mut self, player: usize, name: &str, answers: usize) -> InfoSetId {
        if let Some(&known) = self.sets.get(name) {
            return known;
        }
        let owner = self.players[player];
        let event = Event {
            owner: Some(owner),
            name: "choice".into(),
            index: None,
            kind: EventKind::Choice,
        };
        let event = self.builder.form.event(event);
        let labels: Vec<_> =
            (0..answers).map(|at| self.builder.form.value(&format!("answer {at}"))).collect();
        let set = self.builder.form.info_set(owner, event, &labels, None).expect("answers");
        self.sets.insert(name.to_owned(), set);
        set
    }
}
