//! The reduced strategic form: pure strategies that leave open what they themselves prevent
//! (Kuhn 1953; Swinkels, GEB 1, 1989, calls it pure strategy reduced).

use super::super::ExportError;
use crate::form::{GameForm, NodeKind};
use crate::ids::{ActionId, InfoSetId, NodeId, PlayerId};
use crate::instance::GameInstance;
use crate::number::Rational;

/// How large a strategic form may become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StrategicLimits {
    /// Strategies of one player.
    pub strategies: usize,
    /// Payoffs: profiles times players.
    pub payoffs: usize,
    /// Payoffs added up on the way: ends times the profiles that reach them.
    pub additions: usize,
}

impl Default for StrategicLimits {
    fn default() -> Self {
        Self { strategies: 20_000, payoffs: 2_000_000, additions: 20_000_000 }
    }
}

/// A pure reduced strategy of one player: the actions it takes at the situations it can meet,
/// in the order of information sets.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ReducedStrategy {
    /// What it does.
    pub actions: Vec<ActionId>,
    /// Its name: the actions at all of the player's situations, `*` where none is taken.
    pub name: String,
}

/// A game in reduced strategic form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StrategicForm {
    /// The strategies of each player.
    pub strategies: Vec<Vec<ReducedStrategy>>,
    /// Expected payoffs, player after player for each profile; player 1's strategy varies
    /// fastest. Each player's payoffs are computed with his own probabilities.
    pub payoffs: Vec<Rational>,
}

impl StrategicForm {
    /// The position of a profile (one strategy's position per player) in the list of profiles.
    #[must_use]
    pub fn position(&self, profile: &[usize]) -> usize {
        let pairs = profile.iter().zip(&self.strategies).rev();
        pairs.fold(0, |position, (choice, strategies)| position * strategies.len() + choice)
    }

    /// What a player expects from a profile.
    #[must_use]
    pub fn payoff(&self, profile: &[usize], player: PlayerId) -> &Rational {
        &self.payoffs[self.position(profile) * self.strategies.len() + player.index()]
    }
}

/// All pure reduced strategies of a player, in the order of actions.
///
/// # Errors
/// If there are more than `limit`.
pub fn reduced_strategies(
    form: &GameForm,
    player: PlayerId,
    limit: usize,
) -> Result<Vec<ReducedStrategy>, ExportError> {
    let sets: Vec<InfoSetId> =
        form.info_set_ids().filter(|set| form.info_set(*set).player == player).collect();
    // What the player must have done to come to a set, one list per way there.
    let ways: Vec<Vec<Vec<ActionId>>> = sets
        .iter()
        .map(|set| {
            let mut ways: Vec<_> =
                form.members(*set).iter().map(|node| own_actions(form, *node, player)).collect();
            ways.sort_unstable();
            ways.dedup();
            ways
        })
        .collect();
    let mut found: Vec<Vec<Option<ActionId>>> = Vec::new();
    let mut open: Vec<Vec<Option<ActionId>>> = vec![vec![None; sets.len()]];
    while let Some(partial) = open.pop() {
        if found.len() + open.len() >= limit {
            return Err(ExportError {
                message: format!(
                    "{} has more than {limit} strategies: the strategic form would be too large",
                    form.player(player).name
                ),
                hint: Some("write the tree instead (.efg)".to_owned()),
            });
        }
        match next_set(form, &sets, &ways, &partial) {
            None => found.push(partial),
            Some(position) => {
                let actions: Vec<ActionId> = form.actions(sets[position]).collect();
                for action in actions.into_iter().rev() {
                    let mut longer = partial.clone();
                    longer[position] = Some(action);
                    open.push(longer);
                }
            }
        }
    }
    found.sort_by_key(|choices| {
        choices.iter().map(|c| c.map_or(u32::MAX, |action| action.0)).collect::<Vec<_>>()
    });
    Ok(found.into_iter().map(|choices| strategy(form, &choices)).collect())
}

fn strategy(form: &GameForm, choices: &[Option<ActionId>]) -> ReducedStrategy {
    let names: Vec<&str> = choices
        .iter()
        .map(|choice| choice.map_or("*", |action| form.action_label(action)))
        .collect();
    let name = if names.is_empty() { "none".to_owned() } else { names.join(" / ") };
    ReducedStrategy { actions: choices.iter().copied().flatten().collect(), name }
}

/// The player's own actions before a node, sorted.
fn own_actions(form: &GameForm, node: NodeId, player: PlayerId) -> Vec<ActionId> {
    let mut actions = Vec::new();
    let mut here = node;
    while let Some(parent) = form.parent(here) {
        if let NodeKind::Decision(set) = form.kind(parent)
            && form.info_set(set).player == player
            && let Some(action) = form.action_into(here)
        {
            actions.push(action);
        }
        here = parent;
    }
    actions.sort_unstable();
    actions.dedup();
    actions
}

/// The first undecided set that the choices so far do lead to.
fn next_set(
    form: &GameForm,
    sets: &[InfoSetId],
    ways: &[Vec<Vec<ActionId>>],
    partial: &[Option<ActionId>],
) -> Option<usize> {
    let taken = |action: &ActionId| {
        sets.binary_search(&form.set_of_action(*action))
            .is_ok_and(|position| partial[position] == Some(*action))
    };
    (0..sets.len()).find(|position| {
        partial[*position].is_none() && ways[*position].iter().any(|way| way.iter().all(taken))
    })
}

/// The reduced strategic form of a game at a point.
///
/// # Errors
/// If it would be beyond the limits.
pub fn strategic_form(
    instance: &GameInstance,
    limits: &StrategicLimits,
) -> Result<StrategicForm, ExportError> {
    let form = instance.form();
    let players = form.players().len();
    let strategies: Vec<Vec<ReducedStrategy>> = form
        .player_ids()
        .map(|player| reduced_strategies(form, player, limits.strategies))
        .collect::<Result<_, _>>()?;
    let profiles = strategies
        .iter()
        .try_fold(1_usize, |product, list| product.checked_mul(list.len()))
        .filter(|profiles| profiles.saturating_mul(players.max(1)) <= limits.payoffs);
    let profiles = profiles.ok_or_else(|| too_large(&strategies, limits.payoffs))?;
    let mut result =
        StrategicForm { strategies, payoffs: vec![Rational::ZERO; profiles * players] };
    let mut additions = 0_usize;
    for end in form.ends() {
        let compatible: Vec<Vec<usize>> = form
            .player_ids()
            .map(|player| compatible(&result.strategies[player.index()], form, end, player))
            .collect();
        let reaching = compatible.iter().fold(1_usize, |n, list| n.saturating_mul(list.len()));
        additions = additions.saturating_add(reaching);
        if additions > limits.additions {
            return Err(too_large(&result.strategies, limits.payoffs));
        }
        let paid = expected(instance, end);
        add(&mut result, &compatible, &paid);
    }
    Ok(result)
}

fn too_large(strategies: &[Vec<ReducedStrategy>], limit: usize) -> ExportError {
    let sizes: Vec<String> = strategies.iter().map(|list| list.len().to_string()).collect();
    ExportError {
        message: format!(
            "the strategic form of {} strategies has more than {limit} payoffs",
            sizes.join(" × ")
        ),
        hint: Some("write the tree instead (.efg)".to_owned()),
    }
}

/// The positions of the strategies that take all of the player's actions before an end.
fn compatible(
    strategies: &[ReducedStrategy],
    form: &GameForm,
    end: NodeId,
    player: PlayerId,
) -> Vec<usize> {
    let needed = own_actions(form, end, player);
    let takes_all = |strategy: &ReducedStrategy| {
        needed.iter().all(|action| strategy.actions.binary_search(action).is_ok())
    };
    (0..strategies.len()).filter(|position| takes_all(&strategies[*position])).collect()
}

/// What an end pays each player, times the probability he gives the chances before it.
fn expected(instance: &GameInstance, end: NodeId) -> Vec<Rational> {
    let form = instance.form();
    form.player_ids()
        .map(|player| {
            let mut value = instance.payoff(end, player).clone();
            let mut here = Some(end);
            while let Some(node) = here {
                if let Some(branch) = form.branch_into(node) {
                    value *= instance.branch_for(player, branch);
                }
                here = form.parent(node);
            }
            value
        })
        .collect()
}

/// Adds an end's payoffs to all profiles that reach it.
fn add(result: &mut StrategicForm, compatible: &[Vec<usize>], paid: &[Rational]) {
    if compatible.iter().any(Vec::is_empty) {
        return;
    }
    let mut digits = vec![0; compatible.len()];
    loop {
        let profile: Vec<usize> =
            digits.iter().zip(compatible).map(|(digit, list): (&usize, _)| list[*digit]).collect();
        let first = result.position(&profile) * paid.len();
        for (sum, payoff) in result.payoffs[first..].iter_mut().zip(paid) {
            *sum += payoff;
        }
        let Some(turn) = (0..digits.len()).find(|d| digits[*d] + 1 < compatible[*d].len()) else {
            return;
        };
        digits[turn] += 1;
        digits[..turn].fill(0);
    }
}
