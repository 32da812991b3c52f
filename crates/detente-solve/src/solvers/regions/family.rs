//! Linear programs whose coefficients are polynomials in the parameters.
//!
//! A belief at a situation and what the other player does after it make one realization plan for
//! each member, scaled by the belief in it; at the start of the game there is one member. In these
//! weights the worth of every own plan is linear (Koller, Megiddo and von Stengel 1996), so it is a
//! linear program whether some of them make given options best.

use super::shape::{Options, Start, actions};
use crate::solvers::pure::parametric::Fast;
use crate::solvers::pure::parametric::terms::Terms;
use detente_game::form::GameForm;
use detente_game::{ActionId, BranchId, Rational};
use detente_linear::{Believed, Program, RowRelation, Sketch};
use std::collections::{BTreeMap, HashMap};

/// What is asked at a start.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Demand {
    /// The number of the start.
    pub start: usize,
    /// Per own situation: the options that have to be best (none if it does not matter), and those
    /// that may be.
    pub own: Vec<(Options, Options)>,
    /// Per situation of the other player: the options he may take (none if he does not come
    /// there), and whether each has to be taken with positive probability.
    pub others: Vec<(Options, bool)>,
    /// Whether one belief has to do whatever he takes of his options; otherwise it may suit what he
    /// takes, and that may differ from member to member.
    pub throughout: bool,
}

/// More ways for the other player to take single options are not written down one by one.
const MOST_COMBINATIONS: usize = 64;

impl Demand {
    /// All ways for the other player to take single options; `None` if they are very many.
    fn combinations(&self) -> Option<Vec<Vec<(Options, bool)>>> {
        let mut all = vec![Vec::new()];
        for (options, _) in &self.others {
            let single = |at: u32| options >> at & 1 == 1;
            let mut ways: Vec<(Options, bool)> =
                (0..64).filter(|at| single(*at)).map(|at| (1 << at, false)).collect();
            if ways.is_empty() {
                ways.push((0, false));
            }
            if all.len() * ways.len() > MOST_COMBINATIONS {
                return None;
            }
            let longer = |one: &Vec<_>| {
                let one = one.clone();
                ways.iter()
                    .map(move |way| one.iter().copied().chain([*way]).collect())
                    .collect::<Vec<Vec<_>>>()
            };
            all = all.iter().flat_map(longer).collect();
        }
        Some(all)
    }
}

/// A sum of variables with polynomial coefficients.
pub(super) type Form = BTreeMap<usize, Terms>;

/// A row of a program.
#[derive(Debug)]
pub(super) struct Row {
    pub entries: Form,
    pub relation: RowRelation,
    /// Zero or one.
    pub rhs: i64,
}

/// A linear program for every point.
#[derive(Debug)]
pub(super) struct Family {
    /// Per variable, whether it may be negative.
    pub free: Vec<bool>,
    pub rows: Vec<Row>,
    /// A variable that has to be positive, if any; it is made as large as possible.
    pub slack: Option<usize>,
    /// Per member and last action of the other player, the variable of its weight.
    pub weights: HashMap<(usize, Option<ActionId>), usize>,
    /// The structure, and the coefficients that fill it.
    sketch: Option<(Sketch, Vec<Fast>)>,
}

/// What a family is made from.
pub(super) struct Source<'a> {
    pub form: &'a GameForm,
    pub start: &'a Start,
    /// Per node and player, at ends: the payoff times the chances on the way, where these start
    /// again at 1 below an impossible branch.
    pub weighted: &'a [Terms],
    /// Per branch and player, whether the branch is impossible for him.
    pub impossible: &'a [bool],
}

impl Family {
    /// The program of a demand. With `margin`, everything that need not be zero has to be positive:
    /// points of that kind stay points when the parameters move a little.
    ///
    /// `None` if it would be very long.
    pub fn of(source: &Source<'_>, demand: &Demand, margin: bool) -> Option<Self> {
        let family = Self {
            free: Vec::new(),
            rows: Vec::new(),
            slack: None,
            weights: HashMap::new(),
            sketch: None,
        };
        let mut writer = Writer { source, demand, margin, family };
        let belief = writer.write_belief();
        let ways = match demand.throughout {
            true => demand.combinations()?,
            false => vec![demand.others.clone()],
        };
        for others in ways {
            writer.family.weights.clone_from(&belief);
            writer.write_weights(&others);
            writer.write_best();
        }
        writer.family.draw();
        Some(writer.family)
    }

    fn draw(&mut self) {
        let (mut program, mut coefficients) = (Program::new(self.free.len()), Vec::new());
        for (variable, _) in self.free.iter().enumerate().filter(|(_, free)| **free) {
            program.free(variable);
        }
        for row in &self.rows {
            let entries: Vec<_> = row.entries.keys().map(|at| (*at, Rational::ONE)).collect();
            program.row(&entries, row.relation, Rational::int(row.rhs));
            coefficients.extend(row.entries.values().map(Fast::new));
        }
        self.sketch = Some((program.sketch(), coefficients));
    }

    /// How the program ends at a point, in double precision; `numbers` are the values of all
    /// variables of the polynomials.
    pub fn believe(&self, numbers: &[f64]) -> Option<Believed> {
        let (sketch, coefficients) = self.sketch.as_ref()?;
        let coefficients: Vec<f64> = coefficients.iter().map(|one| one.value(numbers)).collect();
        sketch.believe(&coefficients, &self.objective())
    }

    fn objective(&self) -> Vec<(usize, Rational)> {
        self.slack.map(|slack| (slack, Rational::ONE)).into_iter().collect()
    }

    /// The program at a point, given by the values of all variables of the polynomials.
    pub fn at(&self, values: &[Rational]) -> (Program, Vec<(usize, Rational)>) {
        let mut program = Program::new(self.free.len());
        for (variable, _) in self.free.iter().enumerate().filter(|(_, free)| **free) {
            program.free(variable);
        }
        for row in &self.rows {
            let entries: Vec<(usize, Rational)> =
                row.entries.iter().map(|(at, terms)| (*at, terms.value(values))).collect();
            program.row(&entries, row.relation, Rational::int(row.rhs));
        }
        (program, self.objective())
    }
}

struct Writer<'a> {
    source: &'a Source<'a>,
    demand: &'a Demand,
    margin: bool,
    family: Family,
}

impl Writer<'_> {
    fn variable(&mut self, free: bool) -> usize {
        self.family.free.push(free);
        self.family.free.len() - 1
    }

    fn slack(&mut self) -> usize {
        match self.family.slack {
            Some(known) => known,
            None => {
                let slack = self.variable(false);
                self.family.slack = Some(slack);
                slack
            }
        }
    }

    fn row(&mut self, mut entries: Form, relation: RowRelation, rhs: i64) {
        entries.retain(|_, terms| *terms != Terms::default());
        self.family.rows.push(Row { entries, relation, rhs });
    }

    /// A variable for a weight.
    fn weight(&mut self, is_positive: bool) -> usize {
        let weight = self.variable(false);
        if is_positive || self.margin {
            let slack = self.slack();
            let entries = Form::from([(weight, number(1)), (slack, number(-1))]);
            self.row(entries, RowRelation::Ge, 0);
        }
        weight
    }

    fn write_belief(&mut self) -> HashMap<(usize, Option<ActionId>), usize> {
        let members = 0..self.source.start.members;
        let belief: Vec<usize> = members.map(|_| self.weight(false)).collect();
        self.row(belief.iter().map(|at| (*at, number(1))).collect(), RowRelation::Eq, 1);
        belief.into_iter().enumerate().map(|(member, at)| ((member, None), at)).collect()
    }

    fn write_weights(&mut self, options_of: &[(Options, bool)]) {
        let start = self.source.start;
        let sets = start.other_sets();
        for other in &start.others {
            let Some(before) = self.family.weights.get(&(other.member, other.before)).copied()
            else {
                continue;
            };
            let place = sets.binary_search(&other.set).expect("one of the sets");
            let (options, is_exact) = options_of[place];
            if options.is_power_of_two() {
                let only = actions(self.source.form, other.set, options).next();
                self.family.weights.insert((other.member, only), before);
                continue;
            }
            let mut balance = Form::from([(before, number(-1))]);
            let all: Vec<ActionId> = actions(self.source.form, other.set, options).collect();
            for action in all {
                let weight = self.weight(is_exact);
                self.family.weights.insert((other.member, Some(action)), weight);
                balance.insert(weight, number(1));
            }
            self.row(balance, RowRelation::Eq, 0);
        }
    }

    /// Writes down that the options are best.
    fn write_best(&mut self) {
        let start = self.source.start;
        let worth: Vec<Option<usize>> = (0..start.own.len())
            .map(|place| self.is_compared(place).then(|| self.variable(true)))
            .collect();
        for (place, variable) in worth.iter().enumerate() {
            let Some(variable) = variable else { continue };
            let (best, live) = self.demand.own[place];
            let set = start.own[place].set;
            let options: Vec<ActionId> = actions(self.source.form, set, live).collect();
            for action in options {
                let is_best = actions(self.source.form, set, best).any(|option| option == action);
                let mut entries = self.worth(action, &worth);
                for terms in entries.values_mut() {
                    *terms = terms.scaled(&Rational::int(-1));
                }
                add(&mut entries, *variable, &number(1));
                if !is_best && self.margin {
                    let slack = self.slack();
                    add(&mut entries, slack, &number(-1));
                }
                let relation = if is_best { RowRelation::Eq } else { RowRelation::Ge };
                self.row(entries, relation, 0);
            }
        }
    }

    /// Whether the options of an own situation have to be compared: he may come there, and more
    /// than one may be best.
    fn is_compared(&self, place: usize) -> bool {
        let (_, live) = self.demand.own[place];
        !live.is_power_of_two() && self.may_come(place)
    }

    fn may_come(&self, place: usize) -> bool {
        self.source.start.own[place].before.is_none_or(|before| {
            let set = self.source.form.set_of_action(before);
            let earlier = self.source.start.own.iter().position(|own| own.set == set);
            earlier.is_some_and(|earlier| {
                let (_, live) = self.demand.own[earlier];
                actions(self.source.form, set, live).any(|action| action == before)
                    && self.may_come(earlier)
            })
        })
    }

    /// What an own action is worth, with what follows it.
    fn worth(&self, action: ActionId, worth: &[Option<usize>]) -> Form {
        let (form, start) = (self.source.form, self.source.start);
        let mut sum = Form::new();
        let at = |place: usize| place * form.players().len() + start.player.index();
        let is_possible = |branch: &BranchId| !self.source.impossible[at(branch.index())];
        for close in start.ends.iter().filter(|close| close.own == action) {
            if !close.branches.iter().all(is_possible) {
                continue;
            }
            if let Some(weight) = self.family.weights.get(&(close.member, close.other)) {
                let paid = &self.source.weighted[at(close.end.index())];
                add(&mut sum, *weight, paid);
            }
        }
        for (place, own) in
            start.own.iter().enumerate().filter(|(_, own)| own.before == Some(action))
        {
            match worth[place] {
                Some(variable) => add(&mut sum, variable, &number(1)),
                None => {
                    let (_, live) = self.demand.own[place];
                    let only = actions(form, own.set, live).next().expect("an option");
                    for (variable, terms) in self.worth(only, worth) {
                        add(&mut sum, variable, &terms);
                    }
                }
            }
        }
        sum
    }
}

fn number(value: i64) -> Terms {
    Terms::number(Rational::int(value))
}

fn add(sum: &mut Form, variable: usize, terms: &Terms) {
    sum.entry(variable).or_default().add(terms, &Rational::ONE);
}
