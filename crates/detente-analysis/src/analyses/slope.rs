//! What an equilibrium is worth along a parameter.

use super::ends::Follower;
use super::symbols::{Along, Symbols};
use crate::algebra::RationalFunction;
use detente_game::form::NodeKind;
use detente_game::{GameForm, PlayerId, Rational};

impl Follower<'_> {
    /// What the equilibrium is worth to a player in his own eyes, as a function of the parameter, as
    /// far as the formulas of the file keep their form around the base; its mixed choices move so
    /// that everybody stays indifferent. `None` if some formula is no such function.
    #[must_use]
    pub fn worth(&self, player: PlayerId) -> Option<RationalFunction> {
        let profile = self.equilibrium().profile();
        let along =
            Along { piece: self.flips.piece(self.param), profile, moving: self.flips.moving() };
        let form = &*self.flips.game().form;
        let mut worth: Vec<RationalFunction> = Vec::new();
        // Children come behind their parents, so the last node is done first.
        worth.resize(form.node_count(), RationalFunction::constant(Rational::ZERO));
        for node in form.nodes().rev() {
            worth[node.index()] = match form.kind(node) {
                NodeKind::End(row) => along.payoff(player, row)?,
                _ => {
                    let mut sum = RationalFunction::constant(Rational::ZERO);
                    for child in form.children(node) {
                        let share = match (form.branch_into(child), form.action_into(child)) {
                            (Some(branch), _) => along.branch(player, branch)?,
                            (_, Some(action)) => along.action(action)?,
                            _ => continue,
                        };
                        if !share.is_zero() {
                            sum = sum.add(&share.mul(&worth[child.index()]));
                        }
                    }
                    sum
                }
            };
        }
        Some(worth.swap_remove(GameForm::ROOT.index()))
    }

    /// How fast that worth grows with the parameter at the base. `None` too where a formula of the
    /// file has a bend there.
    #[must_use]
    pub fn slope(&self, player: PlayerId) -> Option<Rational> {
        let base = &self.flips.point()[self.param.index()];
        let piece = self.flips.piece(self.param);
        if piece.boundaries.iter().any(|bend| bend.at(base).is_zero()) {
            return None;
        }
        let worth = self.worth(player)?;
        let (above, below) = (worth.numerator(), worth.denominator());
        let rise = above.derivative().at(base) * below.at(base)
            - above.at(base) * below.derivative().at(base);
        rise.checked_div(&(below.at(base) * below.at(base)))
    }
}
