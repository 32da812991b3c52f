//! Types: each player's own chance event, before the story, seen by himself.

use super::ir::{Audience, Branch, Case, Chance, Cond, Step, ViewOf};
use super::ranges::{Lottery, Weighed};
use super::scope::{Compiler, Declared, Local, Locals, bind};
use super::values::Domain;
use crate::diagnostics::{Code, Diagnostic};
use crate::syntax::ast::{self, Span, Weight, Whose};
use detente_game::form::{Event, EventKind};
use detente_game::formula::BinaryOp;
use detente_game::{BranchId, FormulaId, PlayerId, Rational, ValueId};
use std::rc::Rc;

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
            let mut values = Domain::default();
            for line in &section.types {
                let value = self.value(&line.value.text);
                if !values.insert(value) {
                    self.complain(Diagnostic::at(
                        Code::E019,
                        line.value.span,
                        format!("the type '{}' stands twice", line.value.text),
                    ));
                }
            }
            let name = self.builder.form.form().player(player).name.clone();
            let event = Event { owner: Some(player), name, index: None, kind: EventKind::Type };
            let id = self.builder.form.event(event);
            for line in &section.types {
                if let Some(text) = &line.description {
                    let value = self.value(&line.value.text);
                    self.labels.entry((id, value)).or_insert_with(|| text.value.clone());
                }
            }
            let values = Rc::new(values);
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
            let mut branches = Vec::new();
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
                let span = line.weight.span();
                branches.extend(chance.map(|chance| Branch { value, chance, span }));
            }
            self.private_priors(types, privates);
            let audience = Audience { players: vec![types.player], view: ViewOf::Value };
            let cases = vec![Case { condition: Cond::Known(true), branches, span: types.span }];
            steps.push(Step::Lottery { event: declared.id, cases, audience, span: types.span });
        }
        steps
    }

    /// What players privately believe of somebody's types; what they do not say is the common
    /// prior, and 'rest' takes what is left.
    fn private_priors(&mut self, types: &TypesOf<'a>, privates: &mut Vec<Private>) {
        let mut owners: Vec<PlayerId> = Vec::new();
        for line in &types.section.types {
            let mut of_line: Vec<PlayerId> = Vec::new();
            for belief in &line.beliefs {
                let Some(owner) = self.player(&belief.player, &types.locals) else { continue };
                if !self.may_believe(owner, types.player, &of_line, belief) {
                    continue;
                }
                of_line.push(owner);
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
            }
        }
        for owner in owners {
            self.private_prior_of(owner, types, privates);
        }
    }

    fn private_prior_of(
        &mut self,
        owner: PlayerId,
        types: &TypesOf<'a>,
        privates: &mut Vec<Private>,
    ) {
        let mut formulas: Vec<(ValueId, Option<FormulaId>, Span)> = Vec::new();
        let mut total = self.builder.formulas.number(Rational::ZERO);
        for line in &types.section.types {
            let value = self.value(&line.value.text);
            let own = line
                .beliefs
                .iter()
                .find(|belief| self.player(&belief.player, &types.locals) == Some(owner));
            let (expr, span) = match (own, &line.weight) {
                (Some(belief), _) => (Some(&belief.probability), belief.probability.span),
                (None, Weight::Expr(expr)) => (Some(expr), expr.span),
                (None, Weight::Rest(span)) => (None, *span),
            };
            let formula = match expr.map(|expr| self.formula(expr, &types.locals)) {
                // What does not resolve has been complained about.
                Some(None) => return,
                Some(formula) => formula,
                None => None,
            };
            if let Some(formula) = formula {
                total = self.builder.formulas.binary(BinaryOp::Add, total, formula);
            }
            formulas.push((value, formula, span));
        }
        let one = self.builder.formulas.number(Rational::ONE);
        let rest = self.builder.formulas.binary(BinaryOp::Sub, one, total);
        let filled: Vec<Weighed> = formulas
            .into_iter()
            .map(|(value, formula, span)| Weighed { value, formula: formula.unwrap_or(rest), span })
            .collect();
        let form = self.builder.form.form();
        let name = form.player(types.player).name.clone();
        let believer = form.player(owner).name.clone();
        let of = Lottery { name: &name, believer: Some(&believer), span: types.span };
        self.check_probabilities(&filled, &of);
        privates.extend(filled.into_iter().map(|branch| Private {
            owner,
            of: types.player,
            value: branch.value,
            formula: branch.formula,
        }));
    }

    /// A player knows his own type, and believes one thing of another's.
    fn may_believe(
        &mut self,
        owner: PlayerId,
        of: PlayerId,
        so_far: &[PlayerId],
        belief: &ast::PrivatePrior,
    ) -> bool {
        let who = &belief.player.text;
        let (code, message, help) = if owner == of {
            let help = "take the belief away, or write the types in a section for each player";
            (
                Code::E050,
                format!("{who} knows its own type, so it has no other belief about it"),
                help,
            )
        } else if so_far.contains(&owner) {
            (Code::E019, format!("{who} believes two things of one type"), "take one away")
        } else {
            return true;
        };
        self.complain(Diagnostic::at(code, belief.player.span, message).help(help));
        false
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
