//! `expect` and `observed`: what the author claims of the game, and what was seen to happen.

use super::evaluate::{Truth, World};
use super::ir::Number;
use super::scope::{Compiler, Locals, Setting};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{self, Expr, QueryKind, Span};
use detente_game::claim::{
    Claim, ClaimKind, Concept, Counted, HoldsFor, Override, Quantifier, Query, Relation,
};
use detente_game::game::{Observation, Record};
use detente_game::{FormulaId, Rational};
use std::collections::BTreeMap;

/// Queries of claims that have a title, for later claims that only name it.
/// `None` for a claim that could not be understood.
pub(crate) type Titled = BTreeMap<String, Option<Vec<Query>>>;

impl<'a> Compiler<'a> {
    /// One `expect`.
    pub(crate) fn claim(
        &mut self,
        expect: &'a ast::Expect,
        span: Span,
        text: String,
        titled: &mut Titled,
    ) -> Option<Claim> {
        let with = self.assignments(expect.with.iter())?;
        // Under other settings the claim speaks of another tree; there it is resolved again.
        self.slips.elsewhere = with.iter().any(|set| self.is_elsewhere(set));
        let kind = self.claim_kind(&expect.claim, titled);
        self.slips.elsewhere = false;
        Some(Claim { text, span: (span.start, span.end), with, kind: kind? })
    }

    fn claim_kind(&mut self, claim: &'a ast::Claim, titled: &mut Titled) -> Option<ClaimKind> {
        Some(match claim {
            ast::Claim::Counts(counts) => self.counts(counts)?,
            ast::Claim::Value(claim) => {
                let player = self.player(&claim.player, &None)?;
                let to = self.formula(&claim.value, &None)?;
                ClaimKind::Value { player, relation: relation(claim.relation), to }
            }
            ast::Claim::That(expr) => ClaimKind::That(self.test(expr)?),
            ast::Claim::Concept(claim) => self.equilibria(claim, titled)?,
        })
    }

    /// Whether a setting is set to something else than what this tree is compiled with.
    pub(crate) fn is_elsewhere(&self, set: &Override) -> bool {
        match (set.param, self.settings.get(&set.name)) {
            (None, Some(Setting::Number(value))) => *value != set.value,
            (None, _) => true,
            (Some(_), _) => false,
        }
    }

    /// Numbers that are set for one claim or variant; each name once.
    pub(crate) fn assignments(
        &mut self,
        assignments: impl Iterator<Item = &'a ast::Assignment>,
    ) -> Option<Vec<Override>> {
        let mut all: Vec<Option<Override>> = Vec::new();
        let mut names: Vec<&str> = Vec::new();
        for assignment in assignments {
            let name = assignment.name.text.as_str();
            if names.contains(&name) {
                self.complain(
                    Diagnostic::at(
                        Code::E019,
                        assignment.name.span,
                        format!("'{name}' is set twice"),
                    )
                    .help("take one away"),
                );
                all.push(None);
            }
            names.push(name);
            all.push(self.assignment(assignment));
        }
        all.into_iter().collect()
    }

    /// A claim that says nothing, in the place of one that cannot be understood.
    pub(crate) fn silent_claim(&mut self, text: String, span: Span) -> Claim {
        let kind = ClaimKind::That(self.builder.formulas.number(Rational::ONE));
        Claim { text, span: (span.start, span.end), with: Vec::new(), kind }
    }

    fn assignment(&mut self, assignment: &'a ast::Assignment) -> Option<Override> {
        let name = &assignment.name;
        let param = self.param_ids.get(&name.text).copied();
        if param.is_none() && !self.settings.contains_key(&name.text) {
            let known: Vec<&str> =
                self.param_ids.keys().chain(self.settings.keys()).map(String::as_str).collect();
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    name.span,
                    format!("no parameter or setting called '{}'", name.text),
                )
                .help_opt(did_you_mean(&name.text, known)),
            );
            return None;
        }
        let value = self.base_value(&assignment.value, &None)?;
        match param {
            Some(id) => {
                if let Some((low, high)) = self.params[id.index()].range.clone()
                    && (value < low || value > high)
                {
                    self.complain(
                        Diagnostic::at(
                            Code::W112,
                            assignment.value.span,
                            format!("{} = {value} lies outside its range {low}..{high}", name.text),
                        )
                        .help("widen the range in 'params', or take a value inside"),
                    );
                }
            }
            None => self.setting_fits(assignment, &value)?,
        }
        Some(Override { name: name.text.clone(), value, param })
    }

    /// A setting may only be set to what its range allows, and to a number only if it is one.
    fn setting_fits(&mut self, assignment: &ast::Assignment, value: &Rational) -> Option<()> {
        let name = &assignment.name.text;
        let complaint = match (self.settings.get(name), self.setting_ranges.get(name)) {
            (Some(Setting::Name(word)), _) => {
                format!("'{name}' is a word ({word}) and cannot be set to a number")
            }
            (_, Some((low, high))) if value < low || value > high => {
                format!("{name} = {value} lies outside its range {low}..{high}")
            }
            _ => return Some(()),
        };
        self.complain(
            Diagnostic::at(Code::E046, assignment.value.span, complaint)
                .help("widen the range in 'settings', or take another value"),
        );
        None
    }

    fn counts(&mut self, counts: &'a [ast::CountClaim]) -> Option<ClaimKind> {
        let mut found = Vec::new();
        for count in counts {
            let counted = match &count.subject {
                ast::CountSubject::Nodes => Counted::Nodes,
                ast::CountSubject::Ends => Counted::Ends,
                ast::CountSubject::InformationSets(None) => Counted::InfoSets(None),
                ast::CountSubject::InformationSets(Some(name)) => {
                    Counted::InfoSets(Some(self.player(name, &None)?))
                }
            };
            let Ok(number) = count.number.text.parse::<u64>() else {
                self.complain(Diagnostic::at(
                    Code::E006,
                    count.number.span,
                    "a count is a whole number",
                ));
                return None;
            };
            found.push((counted, number));
        }
        Some(ClaimKind::Counts(found))
    }

    /// An expression as a formula over the parameters: it may not read events.
    pub(crate) fn formula(&mut self, expr: &'a Expr, locals: &Locals<'a>) -> Option<FormulaId> {
        match self.number(expr, locals)? {
            Number::Formula(formula) => Some(formula),
            _ => {
                self.complain(
                    Diagnostic::at(
                        Code::E035,
                        expr.span,
                        "this may not depend on what happens in play",
                    )
                    .help("it may be made of numbers, settings, parameters and definitions"),
                );
                None
            }
        }
    }

    /// A comparison of numbers as a formula that is 1 if it holds.
    fn test(&mut self, expr: &'a Expr) -> Option<FormulaId> {
        let cond = self.condition(expr, &None)?;
        if cond.reads_events() {
            self.complain(
                Diagnostic::at(
                    Code::E035,
                    expr.span,
                    "'that' speaks of numbers, not of what happens in play",
                )
                .help("ask of an equilibrium:  expect pbe exists: …"),
            );
            return None;
        }
        let world = World::new(0, self.texts.numbers.clone());
        match world.truth(&cond, &mut self.builder.formulas) {
            Ok(Truth::Formula(formula)) => Some(formula),
            Ok(Truth::Known(known)) => {
                Some(self.builder.formulas.number(Rational::int(i64::from(known))))
            }
            Err(_) => {
                self.complain(Diagnostic::at(
                    Code::E035,
                    expr.span,
                    "'that' speaks of numbers, not of what happens in play",
                ));
                None
            }
        }
    }

    fn equilibria(
        &mut self,
        claim: &'a ast::ConceptClaim,
        titled: &mut Titled,
    ) -> Option<ClaimKind> {
        let concept = self.concept(&claim.concept)?;
        let quantifier = match claim.quantifier {
            ast::Quantifier::Exists => Quantifier::Exists,
            ast::Quantifier::None => Quantifier::None,
            ast::Quantifier::All => Quantifier::All,
        };
        let mut queries = Vec::new();
        let mut holds_for = Vec::new();
        for query in &claim.queries {
            match &query.kind {
                QueryKind::HoldsFor { param, range } => {
                    holds_for.push(self.holds_for(param, range));
                }
                _ => queries.push(self.query(query)),
            }
        }
        // All are resolved before any is given up, so that all mistakes are said.
        let queries: Option<Vec<Query>> = queries.into_iter().collect();
        let name = claim.title.as_ref().map(|title| title.value.clone());
        if let (Some(name), false) = (&name, claim.queries.is_empty()) {
            titled.insert(name.clone(), queries.clone());
        }
        let mut queries = queries?;
        let holds_for = holds_for.into_iter().collect::<Option<Vec<_>>>()?;
        if let (Some(title), true) = (&claim.title, claim.queries.is_empty()) {
            let Some(earlier) = titled.get(&title.value) else {
                let help = did_you_mean(&title.value, titled.keys().map(String::as_str));
                self.complain(
                    Diagnostic::at(Code::E072, title.span, "no earlier claim has this title")
                        .help_opt(help)
                        .help("end the line with ':' and say below what the equilibrium does"),
                );
                return None;
            };
            match earlier {
                Some(earlier) => queries = earlier.clone(),
                None => {
                    // Where the earlier claim has been complained about, that is enough.
                    if !self.failed() {
                        self.complain(Diagnostic::at(
                            Code::E072,
                            title.span,
                            "the earlier claim of this title says nothing in this tree",
                        ));
                    }
                    return None;
                }
            }
        }
        Some(ClaimKind::Equilibria { concept, quantifier, name, queries, holds_for })
    }

    fn concept(&mut self, concept: &'a ast::Concept) -> Option<Concept> {
        Some(match &concept.kind {
            ast::ConceptKind::Nash => Concept::Nash,
            ast::ConceptKind::SubgamePerfect => Concept::SubgamePerfect,
            ast::ConceptKind::Perfect => Concept::Perfect,
            ast::ConceptKind::Proper => Concept::Proper,
            ast::ConceptKind::WeakPbe => Concept::WeakPbe,
            ast::ConceptKind::Pbe => Concept::Pbe,
            ast::ConceptKind::Sequential => Concept::Sequential,
            ast::ConceptKind::Intuitive => Concept::Intuitive,
            ast::ConceptKind::Divine => Concept::Divine,
            ast::ConceptKind::D1 => Concept::D1,
            ast::ConceptKind::UniversallyDivine => Concept::UniversallyDivine,
            ast::ConceptKind::Qre(lambda) => {
                let value = self.base_value(lambda, &None)?;
                if value.is_negative() {
                    self.complain(
                        Diagnostic::at(
                            Code::E072,
                            lambda.span,
                            format!("the precision of a quantal response cannot be {value}"),
                        )
                        .help("it is 0 for pure chance, and the greater the more exact the players are"),
                    );
                    return None;
                }
                Concept::Qre(value)
            }
        })
    }

    fn holds_for(&mut self, param: &ast::Name, range: &'a ast::Range) -> Option<HoldsFor> {
        let id = self.param_called(param)?;
        let low = self.formula(&range.low, &None)?;
        let high = self.formula(&range.high, &None)?;
        self.range(range)?;
        Some(HoldsFor { param: id, low, high })
    }

    /// One `observed`.
    pub(crate) fn record(
        &mut self,
        observed: &'a ast::Observed,
        text_of: &dyn Fn(Span) -> String,
    ) -> Option<Record> {
        let mut steps = Vec::new();
        for line in &observed.observations {
            if let Some(source) = &line.source {
                self.known_source(source);
            }
            let Some(cond) = self.condition(&line.condition, &None) else { continue };
            let Some(ends) = self.ends_where(&cond, line.condition.span) else { continue };
            steps.push(Observation {
                date: line.date.as_ref().map(super::declare::date_text),
                ends,
                text: text_of(line.condition.span),
                source: line.source.as_ref().map(|source| source.text.clone()),
            });
        }
        Some(Record { title: observed.title.value.clone(), steps })
    }
}

pub(crate) fn relation(written: ast::Relation) -> Relation {
    match written {
        ast::Relation::Equal => Relation::Equal,
        ast::Relation::NotEqual => Relation::NotEqual,
        ast::Relation::Less => Relation::Less,
        ast::Relation::LessOrEqual => Relation::LessOrEqual,
        ast::Relation::Greater => Relation::Greater,
        ast::Relation::GreaterOrEqual => Relation::GreaterOrEqual,
    }
}
