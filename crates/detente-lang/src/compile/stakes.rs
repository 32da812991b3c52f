//! Stakes and outcomes: lines per player, loops unrolled.

use super::ir::{OutcomeLine, StakeLine};
use super::scope::{Compiler, Local, Locals, bind};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{self, Block, Stakes};
use detente_game::form::Stake;
use detente_game::{OutcomeId, PlayerId, Rational};

/// Players whose stakes are the opposite of another's, that other, and where it is said.
pub(crate) type Opposites = Vec<(PlayerId, PlayerId, ast::Span)>;

/// The same followed through: whose stakes mirror whose in the end, and whether negated.
pub(crate) type Mirrors = Vec<(PlayerId, PlayerId, bool)>;

impl<'a> Compiler<'a> {
    /// The lines of one section; opposites are kept for [`Compiler::mirrors`].
    pub(crate) fn stakes(
        &mut self,
        section: &'a ast::StakesSection,
        lines: &mut Vec<StakeLine>,
        opposites: &mut Opposites,
    ) {
        for (player, locals) in self.whose(&section.of) {
            match &section.stakes {
                Stakes::OppositeOf(name) => {
                    let other = self.player(name, &locals);
                    let Some(other) = other else { continue };
                    if opposites.iter().any(|(known, ..)| *known == player) {
                        let who = self.builder.form.form().player(player).name.clone();
                        self.complain(
                            Diagnostic::at(
                                Code::E019,
                                name.span,
                                format!(
                                    "the stakes of {who} are already the opposite of somebody's"
                                ),
                            )
                            .help("take one away"),
                        );
                    } else {
                        opposites.push((player, other, name.span));
                    }
                }
                Stakes::Lines(block) => self.stake_lines(player, block, &locals, lines),
            }
        }
    }

    fn stake_lines(
        &mut self,
        player: PlayerId,
        block: &'a Block<ast::StakeLine>,
        locals: &Locals<'a>,
        lines: &mut Vec<StakeLine>,
    ) {
        for line in block {
            match &line.item {
                ast::StakeLine::Stake(stake) => {
                    self.support(&stake.notes);
                    lines.extend(self.stake_line(player, stake, line.span, locals));
                }
                ast::StakeLine::Each(each) => {
                    let low = self.integer(&each.range.low, locals);
                    let high = self.integer(&each.range.high, locals);
                    let (Some(low), Some(high)) = (low, high) else { continue };
                    for value in low..=high {
                        if self.spend(line.span).is_none() {
                            return;
                        }
                        let counter = Local::Number(Rational::int(value));
                        let inner = bind(locals, &each.variable.text, counter);
                        self.stake_lines(player, &each.lines, &inner, lines);
                    }
                }
            }
        }
    }

    fn stake_line(
        &mut self,
        player: PlayerId,
        stake: &'a ast::Stake,
        span: ast::Span,
        locals: &Locals<'a>,
    ) -> Option<StakeLine> {
        let amount = self.number(&stake.amount, locals);
        // Both are resolved before either is given up, so that both are complained about.
        let when = stake.condition.as_ref().map(|condition| self.condition(condition, locals));
        let amount = amount?;
        let when = match when {
            Some(cond) => Some(cond?),
            None => None,
        };
        let id = self.builder.form.stake(Stake { player, name: stake.name.text.clone() });
        let amount_span = stake.amount.span;
        Some(StakeLine { stake: id, amount, when, negated: false, span, amount_span })
    }

    /// Follows opposites of opposites to those whose stakes are written out; refuses circles.
    pub(crate) fn mirrors(&mut self, opposites: &Opposites) -> Mirrors {
        let mut mirrors = Mirrors::new();
        for (player, first, span) in opposites {
            let (mut other, mut negated) = (*first, true);
            let mut chain = vec![*player];
            loop {
                if chain.contains(&other) {
                    // Every player of the circle comes by here; one complaint is enough.
                    if other != *player || chain.iter().any(|met| met < player) {
                        break;
                    }
                    self.complain(
                        Diagnostic::at(
                            Code::E030,
                            *span,
                            "these stakes are the opposite of themselves",
                        )
                        .help("write out the stakes of one of the players"),
                    );
                    break;
                }
                mirrors.push((*player, other, negated));
                chain.push(other);
                let Some((_, next, _)) = opposites.iter().find(|(known, ..)| *known == other)
                else {
                    break;
                };
                (other, negated) = (*next, !negated);
            }
        }
        mirrors
    }

    /// Adds the lines of players whose stakes are the opposite of another's.
    pub(crate) fn add_mirrored(&mut self, mirrors: &Mirrors, lines: &mut Vec<StakeLine>) {
        let written = lines.clone();
        for (player, other, negated) in mirrors {
            for line in &written {
                let named = self.builder.form.form().stake(line.stake).clone();
                if named.player == *other {
                    let mut line = line.clone();
                    line.stake =
                        self.builder.form.stake(Stake { player: *player, name: named.name });
                    line.negated = *negated;
                    lines.push(line);
                }
            }
        }
    }

    /// The lines of one `outcomes`.
    pub(crate) fn outcomes(
        &mut self,
        section: &'a ast::OutcomesSection,
        lines: &mut Vec<OutcomeLine>,
    ) {
        for line in &section.outcomes {
            let when = self.shaping_condition(&line.condition, &None, "which outcome an end has");
            // Lines with one title describe one outcome.
            let known = self.builder.form.form().outcomes();
            let known = known.iter().position(|title| *title == line.title.value);
            let outcome = match known {
                Some(place) => OutcomeId::from_index(place),
                None => self.builder.form.outcome(&line.title.value),
            };
            lines.extend(when.map(|when| OutcomeLine { outcome, when }));
        }
    }
}
