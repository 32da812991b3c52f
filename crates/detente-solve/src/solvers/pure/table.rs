//! Pure equilibria of a strategic form: one look at every cell of its table.

use super::PureFound;
use crate::{Budget, Question};
use detente_game::form::NodeKind;
use detente_game::{GameForm, GameInstance, NodeId, Profile, Rational};

/// A table's ends in the order of the players' choices, the last player's running fastest.
pub(crate) struct Table<'a> {
    instance: &'a GameInstance,
    /// Per player, in the order in which they stand in the tree: who, and how many options.
    players: Vec<(detente_game::PlayerId, usize)>,
    ends: Vec<NodeId>,
}

impl<'a> Table<'a> {
    /// The game as a table: each of two or more players chooses once, seeing nothing, and nothing is
    /// left to chance. `None` for every other game.
    pub(crate) fn of(instance: &'a GameInstance) -> Option<Self> {
        let form = instance.form();
        let count = form.players().len();
        if count < 2 || form.info_sets().len() != count {
            return None;
        }
        let (mut players, mut row) = (Vec::with_capacity(count), vec![GameForm::ROOT]);
        for _ in 0..count {
            let NodeKind::Decision(set) = form.kind(row[0]) else { return None };
            let here = |node: &NodeId| form.kind(*node) == NodeKind::Decision(set);
            let player = form.info_set(set).player;
            if set.index() != players.len()
                || players.iter().any(|(other, _)| *other == player)
                || !row.iter().all(here)
            {
                return None;
            }
            players.push((player, form.actions(set).len()));
            row = row.iter().flat_map(|node| form.children(*node)).collect();
        }
        let is_end = |node: &NodeId| matches!(form.kind(*node), NodeKind::End(_));
        row.iter().all(is_end).then_some(Self { instance, players, ends: row })
    }

    /// How many cells there are.
    pub(crate) fn space(&self) -> String {
        self.ends.len().to_string()
    }

    /// The cells that nobody leaves for a better one.
    pub(crate) fn equilibria(
        &self,
        question: &Question,
        progress: &mut dyn FnMut(crate::Progress),
    ) -> PureFound {
        let mut budget = Budget::new(question, progress);
        let mut stays = vec![true; self.ends.len()];
        let mut stride = self.ends.len();
        for &(player, options) in &self.players {
            stride /= options;
            self.keep_best(player, options, stride, &mut stays);
        }
        let mut profiles = Vec::new();
        for (cell, stays) in stays.into_iter().enumerate() {
            if !budget.touch() {
                break;
            }
            if stays {
                if !budget.may_keep(profiles.len() as u64 + 1) {
                    break;
                }
                profiles.push(self.profile(cell));
            }
        }
        PureFound { profiles, touched: budget.touched(), stopped: budget.reason() }
    }

    /// Strikes the cells that a player would leave. His options lie `stride` cells apart.
    fn keep_best(
        &self,
        player: detente_game::PlayerId,
        options: usize,
        stride: usize,
        stays: &mut [bool],
    ) {
        let form = self.instance.form();
        let payoff = |cell: usize| -> &Rational {
            let NodeKind::End(row) = form.kind(self.ends[cell]) else {
                unreachable!("a table's cells are ends")
            };
            self.instance.row_payoff(row, player)
        };
        for block in (0..self.ends.len()).step_by(stride * options) {
            for first in block..block + stride {
                let cells = (first..first + stride * options).step_by(stride);
                let best = cells.clone().map(payoff).max().expect("a player has an option");
                cells.for_each(|cell| stays[cell] &= payoff(cell) == best);
            }
        }
    }

    fn profile(&self, cell: usize) -> Profile {
        let mut choices = vec![0; self.players.len()];
        let mut rest = cell;
        for (choice, (_, options)) in choices.iter_mut().zip(&self.players).rev() {
            *choice = rest % options;
            rest /= options;
        }
        Profile::pure(self.instance.form(), &choices)
    }
}
