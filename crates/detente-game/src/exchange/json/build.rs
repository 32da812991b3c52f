//! From a document to a game: every reference is checked, then the form is built in an order
//! that gives every node its old number.

use super::super::{ImportError, ImportLimits, Imported};
use super::{EventDocument, FORMAT, GameDocument, NodeDocument};
use crate::form::{BuildError, Event, EventKind, LogEntry, Logs, Player, Stake, View};
use crate::game::GameBuilder;
use crate::ids::{BranchId, EventId, FormulaId, LotteryId, NodeId, PlayerId, RowId, StakeId};
use crate::number::Rational;

impl GameDocument {
    /// The game of this document.
    ///
    /// # Errors
    /// If the tables do not fit together; line and column are 0, as the place in the text is not
    /// known any more.
    pub fn to_game(&self, limits: &ImportLimits) -> Result<Imported, ImportError> {
        self.checked(limits).map_err(|message| ImportError {
            line: 0,
            column: 0,
            message,
            hint: None,
        })
    }

    fn checked(&self, limits: &ImportLimits) -> Result<Imported, String> {
        if self.format != FORMAT {
            return Err(format!("the format is '{}', not '{FORMAT}'", self.format));
        }
        if self.nodes.len() > limits.nodes
            || self.nodes.len().saturating_mul(self.players.len()) > limits.nodes_times_players
        {
            return Err("the tree is larger than allowed".to_owned());
        }
        let mut build =
            Build { document: self, builder: GameBuilder::new(limits.nodes), private: Vec::new() };
        build.names()?;
        build.information_sets()?;
        let lotteries = build.lotteries()?;
        let rows = build.rows()?;
        build.nodes(&lotteries, &rows)?;
        build.finish(&rows)
    }
}

struct Build<'d> {
    document: &'d GameDocument,
    builder: GameBuilder,
    private: Vec<(PlayerId, BranchId, FormulaId)>,
}

impl Build<'_> {
    fn check(&self, what: &str, index: usize, count: usize) -> Result<(), String> {
        if index < count { Ok(()) } else { Err(format!("there is no {what} {index}")) }
    }

    fn player(&self, player: PlayerId) -> Result<PlayerId, String> {
        self.check("player", player.index(), self.document.players.len()).map(|()| player)
    }

    fn event(&self, event: EventId) -> Result<EventId, String> {
        self.check("event", event.index(), self.document.events.len()).map(|()| event)
    }

    fn names(&mut self) -> Result<(), String> {
        let document = self.document;
        for player in &document.players {
            self.builder.form.player(Player {
                name: player.name.clone(),
                label: player.label.clone(),
                team: player.team.clone(),
            });
        }
        for (index, event) in document.events.iter().enumerate() {
            let event = self.read_event(event)?;
            if self.builder.form.event(event) != EventId::from_index(index) {
                return Err(format!("event {index} is the same as an earlier one"));
            }
        }
        for (index, stake) in document.stakes.iter().enumerate() {
            let player = self.player(stake.player)?;
            let stake = Stake { player, name: stake.name.clone() };
            if self.builder.form.stake(stake) != StakeId::from_index(index) {
                return Err(format!("stake {index} is the same as an earlier one"));
            }
        }
        for outcome in &document.outcomes {
            self.builder.form.outcome(outcome);
        }
        Ok(())
    }

    fn read_event(&self, event: &EventDocument) -> Result<Event, String> {
        let kind = match event.kind.as_str() {
            "type" => EventKind::Type,
            "choice" => EventKind::Choice,
            "chance" => EventKind::Chance,
            other => return Err(format!("an event is a type, choice or chance, not '{other}'")),
        };
        let owner = event.owner.map(|player| self.player(player)).transpose()?;
        Ok(Event { owner, name: event.name.clone(), index: event.index, kind })
    }

    fn information_sets(&mut self) -> Result<(), String> {
        let document = self.document;
        for (index, set) in document.information_sets.iter().enumerate() {
            let (player, question) = (self.player(set.player)?, self.event(set.question)?);
            let actions: Vec<_> =
                set.actions.iter().map(|label| self.builder.form.value(label)).collect();
            let mut log = None;
            if let Some(entries) = &set.log {
                let mut so_far = Logs::EMPTY;
                for entry in entries {
                    let event = self.event(entry.event)?;
                    let view = match (&entry.value, &entry.shown) {
                        (Some(value), None) => View::Value(self.builder.form.value(value)),
                        (None, Some(shown)) => View::Shown(self.builder.form.value(shown)),
                        (None, None) => View::Happened,
                        _ => return Err("a log entry has both a value and a view".to_owned()),
                    };
                    so_far = self.builder.form.logs().extend(so_far, LogEntry { event, view });
                }
                log = Some(so_far);
            }
            let id = self.builder.form.info_set(player, question, &actions, log);
            let id = id.map_err(|_| format!("information set {index} has no action"))?;
            if let Some(label) = &set.label {
                self.builder.form.label_set(id, label);
            }
        }
        Ok(())
    }

    fn lotteries(&mut self) -> Result<Vec<LotteryId>, String> {
        let document = self.document;
        let mut ids = Vec::new();
        for (index, lottery) in document.lotteries.iter().enumerate() {
            let event = self.event(lottery.event)?;
            let branches: Vec<_> = lottery
                .branches
                .iter()
                .map(|(label, p)| {
                    (self.builder.form.value(label), self.builder.formulas.number(p.clone()))
                })
                .collect();
            let id = self.builder.separate_lottery(event, &branches);
            let id = id.map_err(|_| format!("lottery {index} has no branch"))?;
            ids.push(id);
            let first = self.builder.form.form().lottery(id).first_branch;
            for (player, position, probability) in &lottery.private {
                self.check("branch", *position as usize, branches.len())?;
                let formula = self.builder.formulas.number(probability.clone());
                let branch = BranchId(first.0 + position);
                self.private.push((self.player(*player)?, branch, formula));
            }
        }
        Ok(ids)
    }

    fn rows(&mut self) -> Result<Vec<RowId>, String> {
        let document = self.document;
        let mut ids = Vec::new();
        for (index, row) in document.rows.iter().enumerate() {
            if let Some(outcome) = row.outcome {
                self.check("outcome", outcome.index(), document.outcomes.len())?;
            }
            let mut sums = vec![Rational::ZERO; document.players.len()];
            let mut items = Vec::new();
            for (stake, amount) in &row.stakes {
                self.check("stake", stake.index(), document.stakes.len())?;
                sums[document.stakes[stake.index()].player.index()] += amount;
                items.push((*stake, self.builder.formulas.number(amount.clone())));
            }
            if row.payoffs.as_ref().is_some_and(|payoffs| *payoffs != sums) {
                return Err(format!("the payoffs of row {index} are not the sums of its stakes"));
            }
            ids.push(self.builder.separate_row(&items, row.outcome));
        }
        Ok(ids)
    }

    fn nodes(&mut self, lotteries: &[LotteryId], rows: &[RowId]) -> Result<(), String> {
        let document = self.document;
        // Children are numbered in the order in which their parents are filled.
        let mut order: Vec<(NodeId, usize)> = Vec::new();
        for (index, node) in document.nodes.iter().enumerate() {
            match (node.first_child, node.end) {
                (Some(first), None) => order.push((first, index)),
                (None, Some(_)) => {}
                _ => return Err(format!("node {index} needs either first_child or end")),
            }
        }
        order.sort_unstable();
        for (first, index) in order {
            let id = NodeId::from_index(index);
            if index >= self.builder.form.form().node_count() {
                return Err(format!("node {index} comes before its parent"));
            }
            let got = self.inner(id, &document.nodes[index], lotteries)?;
            if got != first {
                return Err(format!(
                    "the first child of node {index} would be {}, not {}",
                    got.0, first.0
                ));
            }
        }
        if self.builder.form.form().node_count() != document.nodes.len() {
            return Err("the number of nodes does not fit the actions and branches".to_owned());
        }
        for (index, node) in document.nodes.iter().enumerate() {
            let id = NodeId::from_index(index);
            if let Some(row) = node.end {
                self.check("row", row.index(), rows.len())?;
                self.builder.form.end(id, rows[row.index()]).map_err(|e| e.to_string())?;
            }
            if let Some(label) = &node.label {
                self.builder.form.label_node(id, label);
            }
            for (event, value) in &node.silent {
                let event = self.event(*event)?;
                let value = self.builder.form.value(value);
                self.builder.form.silently(id, event, value);
            }
        }
        Ok(())
    }

    fn inner(
        &mut self,
        id: NodeId,
        node: &NodeDocument,
        lotteries: &[LotteryId],
    ) -> Result<NodeId, String> {
        let words = |error: BuildError| error.to_string();
        match (node.decision, node.chance) {
            (Some(set), None) => {
                self.check("information set", set.index(), self.document.information_sets.len())?;
                self.builder.form.decide(id, set).map_err(words)
            }
            (None, Some(lottery)) => {
                self.check("lottery", lottery.index(), lotteries.len())?;
                self.builder.form.chance(id, lotteries[lottery.index()]).map_err(words)
            }
            _ => Err(format!("node {} needs either decision or chance", id.0)),
        }
    }

    fn finish(mut self, rows: &[RowId]) -> Result<Imported, String> {
        let document = self.document;
        let mut value_labels = Vec::new();
        for label in &document.value_labels {
            let value = self.builder.form.value(&label.value);
            value_labels.push((self.event(label.event)?, value, label.label.clone()));
        }
        let mut inner_rows = Vec::new();
        for (node, row) in &document.inner_rows {
            self.check("node", node.index(), document.nodes.len())?;
            self.check("row", row.index(), rows.len())?;
            inner_rows.push((*node, rows[row.index()]));
        }
        let mut game = self.builder.finish(&document.meta.title).map_err(|e| e.to_string())?;
        game.meta = document.meta.clone();
        game.private_probability = self.private;
        game.inner_rows = inner_rows;
        game.value_labels = value_labels;
        let setting = |(name, value): &(String, Rational)| (name.clone(), value.to_string());
        game.settings = document.point.iter().map(setting).collect();
        if let Some(empty) = game.form.info_set_ids().find(|set| game.form.members(*set).is_empty())
        {
            return Err(format!("information set {} has no node", empty.0));
        }
        game.base().map_err(|error| error.to_string())?;
        let mut notes = Vec::new();
        if !game.form.has_perfect_recall() {
            notes.push("Some player forgets what he knew or did (imperfect recall).".to_owned());
        }
        Ok(Imported { game, notes })
    }
}
