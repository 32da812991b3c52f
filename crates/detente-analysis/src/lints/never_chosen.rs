//! W102: an option that is never chosen.

use crate::names;
use detente_game::form::NodeKind;
use detente_game::{
    ActionId, EventId, GameInstance, InfoSetId, NodeId, PlayerId, Rational, ValueId,
};
use detente_verify::Equilibrium;

/// An option that no equilibrium found ever uses, wherever the question is put to this type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeverChosen {
    /// Who.
    pub player: PlayerId,
    /// Its type, if it has types.
    pub own_type: Option<ValueId>,
    /// The question.
    pub question: EventId,
    /// The option.
    pub option: ValueId,
    /// An option that is at least as good whatever happens, at the values of the instance: what
    /// is left least after it is never less than what is left most after the option. `None` if
    /// no option dominates so plainly; the option may still never be worth while.
    pub dominated_by: Option<ValueId>,
}

/// Who is asked, as which type, and which question.
type Asked = (PlayerId, Option<ValueId>, EventId);

/// Options that none of the equilibria plays with positive probability at any situation, reached
/// or not, of one type of player. Empty if there are no equilibria to look at.
#[must_use]
pub fn never_chosen(equilibria: &[&Equilibrium]) -> Vec<NeverChosen> {
    let Some(first) = equilibria.first() else { return Vec::new() };
    let instance = first.instance();
    let form = instance.form();
    let mut groups: Vec<(Asked, Vec<InfoSetId>)> = Vec::new();
    for set in form.info_set_ids() {
        let info = form.info_set(set);
        let key = (info.player, names::own_type(form, set), info.question);
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, sets)) => sets.push(set),
            None => groups.push((key, vec![set])),
        }
    }
    let mut found = Vec::new();
    for ((player, own_type, question), sets) in groups {
        for option in names::values_of(form, question) {
            let offered: Vec<(InfoSetId, ActionId)> = sets
                .iter()
                .flat_map(|set| form.actions(*set).map(|action| (*set, action)))
                .filter(|(_, action)| form.action_value(*action) == option)
                .collect();
            let used = |(_, action): &(InfoSetId, ActionId)| {
                equilibria.iter().any(|e| e.profile().of(*action).is_positive())
            };
            if offered.is_empty() || offered.iter().any(used) {
                continue;
            }
            let dominated_by = dominating(instance, player, &sets, option);
            found.push(NeverChosen { player, own_type, question, option, dominated_by });
        }
    }
    found
}

/// An option that is plainly better than `option` at all of `sets`.
fn dominating(
    instance: &GameInstance,
    player: PlayerId,
    sets: &[InfoSetId],
    option: ValueId,
) -> Option<ValueId> {
    let form = instance.form();
    let bounds = payoff_bounds(instance, player);
    let child = |member: NodeId, set: InfoSetId, value: ValueId| {
        let position = form.actions(set).position(|action| form.action_value(action) == value)?;
        Some(&bounds[form.child(member, position).index()])
    };
    let better = |other: &ValueId| {
        sets.iter().all(|set| {
            form.members(*set).iter().all(|member| {
                match (child(*member, *set, option), child(*member, *set, *other)) {
                    (Some((_, most)), Some((least, _))) => least >= most,
                    _ => false,
                }
            })
        })
    };
    let others = names::values_of(form, form.info_set(*sets.first()?).question);
    others.into_iter().filter(|other| *other != option).find(better)
}

/// Per node, the least and the greatest payoff of a player at the ends below.
fn payoff_bounds(instance: &GameInstance, player: PlayerId) -> Vec<(Rational, Rational)> {
    let form = instance.form();
    let mut bounds = vec![(Rational::ZERO, Rational::ZERO); form.node_count()];
    for node in form.nodes().rev() {
        bounds[node.index()] = match form.kind(node) {
            NodeKind::End(row) => {
                let payoff = instance.row_payoff(row, player).clone();
                (payoff.clone(), payoff)
            }
            _ => {
                let below = || form.children(node).map(|child| &bounds[child.index()]);
                let least = below().map(|(low, _)| low).min().cloned().unwrap_or_default();
                let most = below().map(|(_, high)| high).max().cloned().unwrap_or_default();
                (least, most)
            }
        };
    }
    bounds
}
