//! Small games by hand, random games, and equilibria by plain enumeration.
#![allow(dead_code, reason = "each test file uses a part")]

pub mod brute;
pub mod random;
pub mod strategic;

use detente_game::form::{Event, EventKind, Player};
use detente_game::game::{Game, GameBuilder};
use detente_game::instance::GameInstance;
use detente_game::{EventId, InfoSetId, NodeId, PlayerId, Rational, StakeId, ValueId};
use std::collections::HashMap;
use std::sync::Arc;

/// A game under construction, with information sets named by keys.
pub struct Table {
    pub builder: GameBuilder,
    sets: HashMap<(usize, String), InfoSetId>,
    stakes: Vec<StakeId>,
}

impl Table {
    pub fn new(players: &[&str]) -> Self {
        let mut builder = GameBuilder::new(1_000_000);
        let mut stakes = Vec::new();
        for name in players {
            let player = builder.form.player(Player {
                name: (*name).to_owned(),
                label: String::new(),
                team: None,
            });
            let stake = detente_game::form::Stake { player, name: "payoff".to_owned() };
            stakes.push(builder.form.stake(stake));
        }
        Self { builder, sets: HashMap::new(), stakes }
    }

    fn event(&mut self, owner: Option<PlayerId>, name: &str) -> EventId {
        let kind = if owner.is_some() { EventKind::Choice } else { EventKind::Chance };
        self.builder.form.event(Event { owner, name: name.to_owned(), index: None, kind })
    }

    /// Makes `node` a decision of `player` at the set called `key`; returns the children.
    pub fn decide(
        &mut self,
        node: NodeId,
        player: usize,
        key: &str,
        actions: &[&str],
    ) -> Vec<NodeId> {
        let known = self.sets.get(&(player, key.to_owned())).copied();
        let set = known.unwrap_or_else(|| {
            let id = PlayerId::from_index(player);
            let question = self.event(Some(id), key);
            let values: Vec<ValueId> =
                actions.iter().map(|action| self.builder.form.value(action)).collect();
            let set = self.builder.form.info_set(id, question, &values, None).unwrap();
            self.builder.form.label_set(set, key);
            self.sets.insert((player, key.to_owned()), set);
            set
        });
        let first = self.builder.form.decide(node, set).unwrap();
        (0..actions.len() as u32).map(|offset| NodeId(first.0 + offset)).collect()
    }

    /// Makes `node` a lottery; returns the children.
    pub fn chance(&mut self, node: NodeId, name: &str, probabilities: &[Rational]) -> Vec<NodeId> {
        let event = self.event(None, name);
        let branches: Vec<_> = probabilities
            .iter()
            .enumerate()
            .map(|(position, probability)| {
                let value = self.builder.form.value(&position.to_string());
                (value, self.builder.formulas.number(probability.clone()))
            })
            .collect();
        let lottery = self.builder.lottery(event, &branches).unwrap();
        let first = self.builder.form.chance(node, lottery).unwrap();
        (0..probabilities.len() as u32).map(|offset| NodeId(first.0 + offset)).collect()
    }

    /// Makes `node` an end with one payoff per player.
    pub fn end(&mut self, node: NodeId, payoffs: &[Rational]) {
        let items: Vec<_> = self
            .stakes
            .clone()
            .into_iter()
            .zip(payoffs)
            .map(|(stake, payoff)| (stake, self.builder.formulas.number(payoff.clone())))
            .collect();
        let row = self.builder.row(&items, None);
        self.builder.form.end(node, row).unwrap();
    }

    pub fn finish(self) -> Game {
        self.builder.finish("test").unwrap()
    }

    pub fn instance(self) -> Arc<GameInstance> {
        Arc::new(self.finish().base().unwrap())
    }
}

pub fn q(numer: i64, denom: i64) -> Rational {
    Rational::new(numer, denom)
}

/// A small reproducible generator (Steele, Lea and Flood 2014, SplitMix).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to `count - 1`.
    pub fn below(&mut self, count: u64) -> u64 {
        self.next() % count
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1) as u64) as i64
    }
}
