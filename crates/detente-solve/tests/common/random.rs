//! Random games with perfect recall: every player keeps a log of what he happened to see.

use super::{Dice, Table, q};
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{NodeId, Rational};
use std::sync::Arc;

/// What may be drawn.
pub struct Recipe {
    pub players: usize,
    pub depth: usize,
    pub most_nodes: usize,
    /// Chance out of ten that an event is seen by another player.
    pub openness: u64,
    /// Whether branches of probability 0 occur.
    pub impossible: bool,
    pub payoffs: (i64, i64),
}

pub fn game(dice: &mut Dice, recipe: &Recipe) -> Arc<GameInstance> {
    let names: Vec<String> = (0..recipe.players).map(|player| format!("P{player}")).collect();
    let mut table = Table::new(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut open = vec![(GameForm::ROOT, vec![String::new(); recipe.players], 0)];
    let mut nodes = 1;
    while let Some((node, logs, depth)) = open.pop() {
        if depth == recipe.depth || nodes > recipe.most_nodes || (depth > 0 && dice.below(6) == 0) {
            let (low, high) = recipe.payoffs;
            let payoffs: Vec<Rational> =
                (0..recipe.players).map(|_| Rational::int(dice.between(low, high))).collect();
            table.end(node, &payoffs);
            continue;
        }
        let mover = dice.below(recipe.players as u64 * 3 + 2) as usize / 3;
        let children = if mover == recipe.players {
            chance(dice, &mut table, node, recipe.impossible)
        } else {
            // The menu depends on the log, so that all members of a set share it.
            let many = logs[mover].len() % 5 == 4;
            let menu: &[&str] = if many { &["a", "b", "c"] } else { &["a", "b"] };
            table.decide(node, mover, &logs[mover], menu)
        };
        nodes += children.len();
        let seen: Vec<bool> =
            (0..recipe.players).map(|_| dice.below(10) < recipe.openness).collect();
        for (position, child) in children.into_iter().enumerate() {
            let mut after = logs.clone();
            for (player, log) in after.iter_mut().enumerate() {
                if player == mover {
                    log.push_str(&format!("!{position}"));
                } else if seen[player] {
                    log.push_str(&format!("?{mover}{position}"));
                }
            }
            open.push((child, after, depth + 1));
        }
    }
    table.instance()
}

fn chance(dice: &mut Dice, table: &mut Table, node: NodeId, impossible: bool) -> Vec<NodeId> {
    let low = if impossible && dice.below(4) == 0 { 0 } else { dice.between(1, 5) };
    table.chance(node, "chance", &[q(low, 6), q(6 - low, 6)])
}
