//! Small games written as nested trees.
#![allow(dead_code, reason = "every test file uses a part")]

pub mod gesture;

use detente_game::claim::Concept;
use detente_game::form::{Event, EventKind, Player, Stake};
use detente_game::game::{Game, GameBuilder};
use detente_game::{GameForm, GameInstance, InfoSetId, NodeId, PlayerId, Profile, Rational};
use detente_verify::{Verdict, verify};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A tree; payoffs and probabilities as texts such as "1/2".
#[derive(Debug, Clone)]
pub enum Tree {
    End(Vec<Rational>),
    /// Player, name of the information set, actions.
    Move(usize, String, Vec<(String, Tree)>),
    /// Name of the event, branches with probabilities.
    Chance(String, Vec<(String, Rational, Tree)>),
}

pub fn number(text: &str) -> Rational {
    text.parse().expect("a number")
}

pub fn end(payoffs: &[i64]) -> Tree {
    Tree::End(payoffs.iter().map(|value| Rational::int(*value)).collect())
}

pub fn choose(player: usize, set: &str, actions: Vec<(&str, Tree)>) -> Tree {
    let actions = actions.into_iter().map(|(label, tree)| (label.to_owned(), tree)).collect();
    Tree::Move(player, set.to_owned(), actions)
}

pub fn chance(event: &str, branches: Vec<(&str, &str, Tree)>) -> Tree {
    let branches = branches
        .into_iter()
        .map(|(label, probability, tree)| (label.to_owned(), number(probability), tree))
        .collect();
    Tree::Chance(event.to_owned(), branches)
}

/// A game with the names of its information sets.
#[derive(Debug)]
pub struct Small {
    pub game: Game,
    pub instance: Arc<GameInstance>,
    pub sets: BTreeMap<String, InfoSetId>,
}

struct Building {
    builder: GameBuilder,
    sets: BTreeMap<String, InfoSetId>,
}

impl Building {
    fn grow(&mut self, node: NodeId, tree: &Tree) {
        match tree {
            Tree::End(payoffs) => self.end(node, payoffs),
            Tree::Move(player, name, actions) => self.decide(node, *player, name, actions),
            Tree::Chance(name, branches) => {
                let event =
                    Event { owner: None, name: name.clone(), index: None, kind: EventKind::Chance };
                let event = self.builder.form.event(event);
                let mut labelled = Vec::new();
                for (label, probability, _) in branches {
                    let formula = self.builder.formulas.number(probability.clone());
                    labelled.push((self.builder.form.value(label), formula));
                }
                let lottery = self.builder.lottery(event, &labelled).expect("branches");
                let first = self.builder.form.chance(node, lottery).expect("an open node");
                for (at, (_, _, tree)) in branches.iter().enumerate() {
                    self.grow(NodeId(first.0 + at as u32), tree);
                }
            }
        }
    }

    fn decide(&mut self, node: NodeId, player: usize, name: &str, actions: &[(String, Tree)]) {
        let owner = PlayerId::from_index(player);
        let event = Event {
            owner: Some(owner),
            name: name.to_owned(),
            index: None,
            kind: EventKind::Choice,
        };
        let event = self.builder.form.event(event);
        let labels: Vec<_> =
            actions.iter().map(|(label, _)| self.builder.form.value(label)).collect();
        let set = match self.sets.get(name) {
            Some(set) => *set,
            None => {
                let set = self.builder.form.info_set(owner, event, &labels, None).expect("actions");
                self.sets.insert(name.to_owned(), set);
                set
            }
        };
        let first = self.builder.form.decide(node, set).expect("an open node");
        for (at, (_, tree)) in actions.iter().enumerate() {
            self.grow(NodeId(first.0 + at as u32), tree);
        }
    }

    fn end(&mut self, node: NodeId, payoffs: &[Rational]) {
        let mut items = Vec::new();
        for (player, payoff) in payoffs.iter().enumerate() {
            let stake = Stake { player: PlayerId::from_index(player), name: "payoff".to_owned() };
            let stake = self.builder.form.stake(stake);
            items.push((stake, self.builder.formulas.number(payoff.clone())));
        }
        let row = self.builder.row(&items, None);
        self.builder.form.end(node, row).expect("an open node");
    }
}

/// Builds the game at its only point.
pub fn build(players: &[&str], tree: &Tree) -> Small {
    let mut building = Building { builder: GameBuilder::new(100_000), sets: BTreeMap::new() };
    for name in players {
        let player = Player { name: (*name).to_owned(), label: String::new(), team: None };
        building.builder.form.player(player);
    }
    building.grow(GameForm::ROOT, tree);
    let game = building.builder.finish("test").expect("a finished tree");
    let instance = Arc::new(game.base().expect("an instance"));
    Small { game, instance, sets: building.sets }
}

impl Small {
    pub fn form(&self) -> &GameForm {
        self.instance.form()
    }

    /// A profile from "set" -> [("action", probability)].
    pub fn profile(&self, play: &[(&str, &[(&str, &str)])]) -> Profile {
        let mut profile = Profile { probability: vec![Rational::ZERO; self.form().action_count()] };
        for (name, mix) in play {
            let set = self.sets[*name];
            for (label, probability) in *mix {
                let action = self
                    .form()
                    .actions(set)
                    .find(|action| self.form().action_label(*action) == *label)
                    .expect("an action of the set");
                profile.probability[action.index()] = number(probability);
            }
        }
        assert!(profile.fits(self.form()), "not a profile");
        profile
    }

    /// A pure profile from "set" -> "action".
    pub fn pure(&self, play: &[(&str, &str)]) -> Profile {
        let mixes: Vec<(&str, [(&str, &str); 1])> =
            play.iter().map(|(set, action)| (*set, [(*action, "1")])).collect();
        let play: Vec<(&str, &[(&str, &str)])> =
            mixes.iter().map(|(set, mix)| (*set, &mix[..])).collect();
        self.profile(&play)
    }

    pub fn verdict(&self, concept: Concept, profile: &Profile) -> Verdict {
        verify(&self.instance, &concept, profile)
    }

    pub fn set(&self, name: &str) -> InfoSetId {
        self.sets[name]
    }
}

/// Cho and Kreps's beer and quiche.
pub fn beer_quiche() -> Small {
    let after = |strong: bool, breakfast: &str| {
        let taste = i64::from(strong == (breakfast == "beer"));
        choose(
            1,
            &format!("after_{breakfast}"),
            vec![
                ("duel", end(&[taste, i64::from(!strong)])),
                ("walk", end(&[taste + 2, i64::from(strong)])),
            ],
        )
    };
    let sender = |name: &str, strong: bool| {
        choose(0, name, vec![("beer", after(strong, "beer")), ("quiche", after(strong, "quiche"))])
    };
    let tree = chance(
        "type",
        vec![("strong", "9/10", sender("strong", true)), ("weak", "1/10", sender("weak", false))],
    );
    build(&["Sender", "Receiver"], &tree)
}

/// Selten's horse.
pub fn horse() -> Small {
    let third = |left: [i64; 3], right: [i64; 3]| {
        choose(2, "third", vec![("L", end(&left)), ("R", end(&right))])
    };
    let tree = choose(
        0,
        "first",
        vec![
            (
                "C",
                choose(
                    1,
                    "second",
                    vec![("c", end(&[1, 1, 1])), ("d", third([4, 4, 0], [0, 0, 1]))],
                ),
            ),
            ("D", third([3, 3, 2], [0, 0, 0])),
        ],
    );
    build(&["One", "Two", "Three"], &tree)
}

/// An entrant, and an incumbent who may threaten to fight.
pub fn entry() -> Small {
    let tree = choose(
        0,
        "enter",
        vec![
            ("out", end(&[0, 2])),
            ("in", choose(1, "reply", vec![("fight", end(&[-1, -1])), ("yield", end(&[1, 1]))])),
        ],
    );
    build(&["Entrant", "Incumbent"], &tree)
}

/// A small deterministic generator (Knuth's 64-bit linear congruence), high bits used.
#[derive(Debug)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// A random game with perfect recall: a player's sets are told apart by all he did before, and
/// by one random bit that he may or may not have seen. In a layered game the players move in
/// turn, so that sets have many members.
pub fn random_game(dice: &mut Dice, players: usize, depth: usize, layered: bool) -> Small {
    let mut growing = Growing { dice, history: vec![String::new(); players], layered, depth };
    let tree = growing.tree(0);
    let names = ["One", "Two", "Three"];
    build(&names[..players], &tree)
}

struct Growing<'a> {
    dice: &'a mut Dice,
    history: Vec<String>,
    layered: bool,
    depth: usize,
}

impl Growing<'_> {
    fn tree(&mut self, depth: usize) -> Tree {
        let players = self.history.len();
        let left = self.depth - depth;
        if left == 0 || (left < self.depth - 1 && self.dice.below(5) == 0) {
            let payoff = |_| Rational::int(self.dice.below(5) as i64);
            return Tree::End((0..players).map(payoff).collect());
        }
        if self.dice.below(5) == 0 {
            let split = [("1/2", "1/2"), ("1/3", "2/3"), ("3/4", "1/4")];
            let (heads, tails) = split[self.dice.below(3) as usize];
            return Tree::Chance(
                "luck".to_owned(),
                vec![
                    ("heads".to_owned(), number(heads), self.tree(depth + 1)),
                    ("tails".to_owned(), number(tails), self.tree(depth + 1)),
                ],
            );
        }
        let drawn = self.dice.below(players as u64) as usize;
        let player = if self.layered { depth % players } else { drawn };
        let blind = self.layered && self.dice.below(3) > 0;
        let seen = if blind { "" } else { ["", "?"][self.dice.below(2) as usize] };
        let name = format!("{player}:{}{seen}", self.history[player]);
        let mut actions = Vec::new();
        for label in ["a", "b"] {
            let after = format!("({name}){label}");
            let before = std::mem::replace(&mut self.history[player], after);
            actions.push((label.to_owned(), self.tree(depth + 1)));
            self.history[player] = before;
        }
        Tree::Move(player, name, actions)
    }
}

/// All pure profiles of a game whose sets have two actions each.
pub fn pure_profiles(form: &GameForm) -> impl Iterator<Item = Profile> + '_ {
    let sets = form.info_sets().len();
    (0_usize..1 << sets).map(move |mask| {
        let choices: Vec<usize> = (0..sets).map(|set| mask >> set & 1).collect();
        Profile::pure(form, &choices)
    })
}
