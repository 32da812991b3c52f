//! Types: each player's own chance event, before the story, seen by himself.

use super::ir::{Audience, Branches, Chance, Cond, Step, ViewOf};
use super::scope::{Compiler, Declared, Local, Locals, bind};
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{self, Span, Weight, Whose};
use detente_game::form::{Event, EventKind};
use detente_game::{BranchId, FormulaId, PlayerId, Rational, ValueId};

/// One player's types as written, with the names bound by `each player`.
pub(crate) struct TypesOf<'a> {
    player: PlayerId,
    section: &'a ast::TypesSection,
    span: Span,
    locals: Locals<'a>,
}

/// A private prior: whose, about which value of whose type, and the probability.
pub(crate) struct Private {
    owner: PlayerId,
    of: PlayerId,
    value: ValueId,
    formula: FormulaId,
}

impl<'a> Compiler<'a> {
    /// The players a section speaks of, each with `me` bound.
    pub(crate) fn whose(&mut self, whose: &'a Whose) -> Vec<(PlayerId, Locals<'a>)> {
        match whose {
            Whose::EachPlayer(_) => {
                let players: Vec<PlayerId> = self.builder.form.form().player_ids().collect();
                players
                    .into_iter()
                    .map(|player| (player, bind(&None, "me", Local::Player(player))))
                    .collect()
            }
            Whose::Player(name) => {
                if let Some(team) = self.teams.get(&name.text) {
                    return team
                        .iter()
                        .map(|&player| (player, bind(&None, "me", Local::Player(player))))
                        .collect();
                }
                self.player(name, &None)
                    .map(|player| (player, bind(&None, "me", Local::Player(player))))
                    .into_iter()
                    .collect()
            }
        }
    }

    /// Declares the types of a section.
    pub(crate) fn declare_types(
        &mut self,
        section: &'a ast::TypesSection,
        span: Span,
        all: &mut Vec<TypesOf<'a>>,
    ) {
        for (player, locals) in self.whose(&section.of) {
            if self.types.contains_key(&player) {
                let name = self.builder.form.form().player(player).name.clone();
                self.complain(
                    Diagnostic::at(
                        Code::E019,
                        span,
                        format!("the types of {name} are given twice"),
                    )
                    .help("put them into one section"),
                );
                continue;
            }
            let mut values = Vec::new();
            for line in &section.types {
                let value = self.value(&line.value.text);
                if values.contains(&value) {
                    self.complain(Diagnostic::at(
                        Code::E019,
                        line.value.span,
                        format!("the type '{}' stands twice", line.value.text),
                    ));
                }
                values.push(value);
            }
            let name = self.builder.form.form().player(player).name.clone();
            let event = Event { owner: Some(player), name, index: None, kind: EventKind::Type };
            let id = self.builder.form.event(event);
            let declared = Declared { id, owner: Some(player), index: None, values };
            self.types.insert(player, declared);
            all.push(TypesOf { player, section, span, locals });
        }
    }

    /// The chance events of the types, in the order of declaration, and the private priors.
    pub(crate) fn type_steps(
        &mut self,
        all: &[TypesOf<'a>],
        privates: &mut Vec<Private>,
    ) -> Vec<Step> {
        let mut steps = Vec::new();
        for types in all {
            let Some(declared) = self.types.get(&types.player).cloned() else { continue };
            let mut branches = Branches::new();
            let mut rests = 0;
            for line in &types.section.types {
                let value = self.value(&line.value.text);
                self.support(&line.notes);
                let chance = match &line.weight {
                    Weight::Rest(span) => {
                        rests += 1;
                        if rests > 1 {
                            self.complain(
                                Diagnostic::at(Code::E042, *span, "'rest' can stand once only")
                                    .help("give all the others a number"),
                            );
                        }
                        Some(Chance::Rest)
                    }
                    Weight::Expr(expr) => self.number(expr, &types.locals).map(Chance::Number),
                };
                branches.extend(chance.map(|chance| (value, chance)));
            }
            self.private_priors(types, privates);
            let audience = Audience { players: vec![types.player], view: ViewOf::Value };
            let cases = vec![(Cond::Known(true), branches)];
            steps.push(Step::Lottery { event: declared.id, cases, audience, span: types.span });
        }
        steps
    }

    /// What players privately believe of somebody's types; what they do not say is the common
    /// prior, and 'rest' takes what is left.
    fn private_priors(&mut self, types: &TypesOf<'a>, privates: &mut Vec<Private>) {
        let mut owners: Vec<PlayerId> = Vec::new();
        for line in &types.section.types {
            for belief in &line.beliefs {
                let owner = self.player(&belief.player, &types.locals);
                owners.extend(owner.filter(|owner| !owners.contains(owner)));
            }
        }
        for owner in owners {
            let mut formulas: Vec<(ValueId, Option<FormulaId>)> = Vec::new();
            let zero = self.builder.formulas.number(Rational::ZERO);
            let mut total = zero;
            for line in &types.section.types {
                let value = self.value(&line.value.text);
                let own = line
                    .beliefs
                    .iter()
                    .find(|belief| self.player(&belief.player, &types.locals) == Some(owner));
                let expr = match (own, &line.weight) {
                    (Some(belief), _) => Some(&belief.probability),
                    (None, Weight::Expr(expr)) => Some(expr),
                    (None, Weight::Rest(_)) => None,
                };
                let formula = expr.and_then(|expr| self.formula(expr, &types.locals));
                if let Some(formula) = formula {
                    let op = detente_game::formula::BinaryOp::Add;
                    total = self.builder.formulas.binary(op, total, formula);
                }
                formulas.push((value, formula));
            }
            let one = self.builder.formulas.number(Rational::ONE);
            let op = detente_game::formula::BinaryOp::Sub;
            let rest = self.builder.formulas.binary(op, one, total);
            let form = self.builder.form.form();
            let (of, who) = (&form.player(types.player).name, &form.player(owner).name);
            let name = format!("{of}, as {who} believes,");
            let filled: Vec<(ValueId, FormulaId)> = formulas
                .into_iter()
                .map(|(value, formula)| (value, formula.unwrap_or(rest)))
                .collect();
            self.check_probabilities(&filled, &name, types.span);
            privates.extend(filled.into_iter().map(|(value, formula)| Private {
                owner,
                of: types.player,
                value,
                formula,
            }));
        }
    }

    /// The private priors as probabilities of branches of the finished form.
    pub(crate) fn private_branches(
        game: &detente_game::Game,
        types: &std::collections::BTreeMap<PlayerId, Declared>,
        privates: &[Private],
    ) -> Vec<(PlayerId, BranchId, FormulaId)> {
        let form = &game.form;
        let mut found = Vec::new();
        for (index, lottery) in form.lotteries().iter().enumerate() {
            for private in privates {
                if types.get(&private.of).map(|declared| declared.id) != Some(lottery.event) {
                    continue;
                }
                let id = detente_game::LotteryId::from_index(index);
                let branch =
                    form.branches(id).find(|branch| form.branch_value(*branch) == private.value);
                found.extend(branch.map(|branch| (private.owner, branch, private.formula)));
            }
        }
        found
    }
}
