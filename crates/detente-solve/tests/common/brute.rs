//! Equilibria by trying every pure profile against every definition, without any cleverness.

use detente_game::form::{GameForm, NodeKind};
use detente_game::instance::GameInstance;
use detente_game::{InfoSetId, NodeId, PlayerId, Rational};
use std::collections::BTreeSet;

pub struct Brute<'a> {
    pub instance: &'a GameInstance,
    pub form: &'a GameForm,
}

type Pure = Vec<usize>;

impl<'a> Brute<'a> {
    pub fn new(instance: &'a GameInstance) -> Self {
        Self { instance, form: instance.form() }
    }

    pub fn profile_count(&self) -> usize {
        self.form.info_sets().iter().map(|set| set.action_count as usize).product()
    }

    pub fn profiles(&self) -> Vec<Pure> {
        let sets: Vec<InfoSetId> = self.form.info_set_ids().collect();
        self.variants(&vec![0; sets.len()], &sets)
    }

    /// All ways to change `base` at `sets`.
    fn variants(&self, base: &Pure, sets: &[InfoSetId]) -> Vec<Pure> {
        let mut all = vec![base.clone()];
        for set in sets {
            let count = self.form.actions(*set).len();
            all = all
                .into_iter()
                .flat_map(|pure| {
                    (0..count).map(move |option| {
                        let mut next = pure.clone();
                        next[set.index()] = option;
                        next
                    })
                })
                .collect();
        }
        all
    }

    /// Expected payoff from a node on.
    fn payoff(&self, node: NodeId, player: PlayerId, pure: &Pure) -> Rational {
        match self.form.kind(node) {
            NodeKind::End(_) => self.instance.payoff(node, player).clone(),
            NodeKind::Decision(set) => {
                self.payoff(self.form.child(node, pure[set.index()]), player, pure)
            }
            NodeKind::Chance(lottery) => self
                .form
                .children(node)
                .zip(self.form.branches(lottery))
                .map(|(child, branch)| {
                    self.payoff(child, player, pure) * self.instance.branch_for(player, branch)
                })
                .sum(),
        }
    }

    /// The probability to get from `from` to `to`.
    fn reach(&self, from: NodeId, to: NodeId, player: PlayerId, pure: &Pure) -> Rational {
        let mut product = Rational::ONE;
        let mut here = to;
        while here != from {
            let Some(parent) = self.form.parent(here) else { return Rational::ZERO };
            match self.form.kind(parent) {
                NodeKind::Decision(set) => {
                    if self.form.position(here) != Some(pure[set.index()]) {
                        return Rational::ZERO;
                    }
                }
                _ => {
                    let branch = self.form.branch_into(here).unwrap();
                    product *= self.instance.branch_for(player, branch);
                }
            }
            here = parent;
        }
        product
    }

    fn sets_of(&self, player: PlayerId) -> Vec<InfoSetId> {
        self.form.info_set_ids().filter(|set| self.form.info_set(*set).player == player).collect()
    }

    fn is_below(&self, node: NodeId, top: NodeId) -> bool {
        let mut here = Some(node);
        while let Some(at) = here {
            if at == top {
                return true;
            }
            here = self.form.parent(at);
        }
        false
    }

    fn sets_below(&self, tops: &[NodeId], player: PlayerId) -> Vec<InfoSetId> {
        let below = |set: &InfoSetId| {
            let members = self.form.members(*set);
            members.iter().any(|member| tops.iter().any(|top| self.is_below(*member, *top)))
        };
        self.sets_of(player).into_iter().filter(below).collect()
    }

    pub fn is_nash_from(&self, root: NodeId, pure: &Pure) -> bool {
        self.form.player_ids().all(|player| {
            let earned = self.payoff(root, player, pure);
            self.variants(pure, &self.sets_below(&[root], player))
                .iter()
                .all(|other| self.payoff(root, player, other) <= earned)
        })
    }

    pub fn subgame_roots(&self) -> Vec<NodeId> {
        self.form
            .nodes()
            .filter(|&root| !matches!(self.form.kind(root), NodeKind::End(_)))
            .filter(|&root| {
                self.form.info_set_ids().all(|set| {
                    let members = self.form.members(set);
                    let inside =
                        members.iter().filter(|member| self.is_below(**member, root)).count();
                    let cut = members.contains(&root) && members.len() > 1 && root.0 != 0;
                    !cut && (inside == 0 || inside == members.len())
                })
            })
            .collect()
    }

    pub fn is_subgame_perfect(&self, pure: &Pure, roots: &[NodeId]) -> bool {
        roots.iter().all(|root| self.is_nash_from(*root, pure))
    }

    /// Best at every set, for Bayes' belief if it is reached, for some belief if not.
    pub fn is_weak_pbe(&self, pure: &Pure) -> bool {
        self.form.info_set_ids().all(|set| {
            let player = self.form.info_set(set).player;
            let members = self.form.members(set);
            let reach: Vec<Rational> = members
                .iter()
                .map(|member| self.reach(GameForm::ROOT, *member, player, pure))
                .collect();
            let gains: BTreeSet<Vec<Rational>> = self
                .variants(pure, &self.sets_below(members, player))
                .iter()
                .map(|other| {
                    let gain = |member: &NodeId| {
                        self.payoff(*member, player, pure) - self.payoff(*member, player, other)
                    };
                    members.iter().map(gain).collect()
                })
                .collect();
            let gains: Vec<Vec<Rational>> = gains.into_iter().collect();
            if reach.iter().any(Rational::is_positive) {
                gains.iter().all(|row| {
                    let mean: Rational = row.iter().zip(&reach).map(|(gain, p)| gain * p).sum();
                    !mean.is_negative()
                })
            } else {
                has_belief(&gains, members.len())
            }
        })
    }

    /// The sets whose behaviour matters for Nash from `root` on: reached, or reached by the
    /// deviations of one other player.
    pub fn relevant(&self, root: NodeId, pure: &Pure) -> BTreeSet<InfoSetId> {
        let mut found = BTreeSet::new();
        for set in self.form.info_set_ids() {
            let owner = self.form.info_set(set).player;
            for &member in self.form.members(set) {
                if !self.is_below(member, root) {
                    continue;
                }
                for player in self.form.player_ids() {
                    let free = self.variants(pure, &self.sets_below(&[root], player));
                    let met = free.iter().any(|other| {
                        (player != owner || other == pure)
                            && self.reach(root, member, player, other).is_positive()
                    });
                    if met {
                        found.insert(set);
                    }
                }
            }
        }
        found
    }

    /// What matters of a profile, for the given subgames.
    pub fn key(&self, pure: &Pure, roots: &[NodeId]) -> Vec<(InfoSetId, usize)> {
        let mut sets = BTreeSet::new();
        for root in roots {
            sets.extend(self.relevant(*root, pure));
        }
        sets.into_iter().map(|set| (set, pure[set.index()])).collect()
    }

    pub fn largest_set(&self) -> usize {
        self.form.info_sets().iter().map(|set| set.member_count as usize).max().unwrap_or(0)
    }
}

/// Whether some point of the simplex makes no row negative, by Fourier's elimination.
fn has_belief(gains: &[Vec<Rational>], members: usize) -> bool {
    // The last weight is 1 minus the others; a row is a list of coefficients and a constant.
    let last = members - 1;
    let mut rows: BTreeSet<Vec<Rational>> = BTreeSet::new();
    for gain in gains {
        let mut row: Vec<Rational> = (0..last).map(|k| &gain[k] - &gain[last]).collect();
        row.push(gain[last].clone());
        rows.insert(row);
    }
    for k in 0..last {
        let mut row = vec![Rational::ZERO; members];
        row[k] = Rational::ONE;
        rows.insert(row);
    }
    let mut row = vec![Rational::int(-1); members];
    row[last] = Rational::ONE;
    rows.insert(row);
    for k in 0..last {
        let (lower, rest): (Vec<_>, Vec<_>) =
            rows.into_iter().partition(|row| row[k].is_positive());
        let (upper, free): (Vec<_>, Vec<_>) =
            rest.into_iter().partition(|row| row[k].is_negative());
        rows = free.into_iter().collect();
        for low in &lower {
            for high in &upper {
                let (up, down) = (low[k].clone(), -&high[k]);
                let sum: Vec<Rational> =
                    low.iter().zip(high).map(|(a, b)| a * &down + b * &up).collect();
                let scale = sum.iter().map(Rational::abs).max().unwrap();
                if scale.is_zero() {
                    continue;
                }
                rows.insert(sum.iter().map(|entry| entry / &scale).collect());
            }
        }
    }
    rows.iter().all(|row| !row[last].is_negative())
}
