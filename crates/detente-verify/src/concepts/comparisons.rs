//! Which of two groups is more plausible, as the supports of several places tell it together.
//!
//! A support says of its groups that they are equally plausible, and more plausible than those left
//! out. Two places often compare the same groups, or groups that differ by the same trembles: a
//! signal that both may have followed leads to different situations. What other places say then
//! binds a place, also in turns (the first group before the second, that before a third), which is
//! seen without a linear program. Where orders are single variables nothing else binds them.

use crate::concepts::supports::{Expression, Model};
use std::collections::{BTreeMap, VecDeque};

/// What is compared: the orders of groups, less what all groups of a place have in common.
#[derive(Default)]
pub(crate) struct Comparisons {
    /// Per place, its groups and the number of what each is compared by.
    places: Vec<Vec<(usize, usize)>>,
    numbers: BTreeMap<Expression, usize>,
    /// The first is more plausible than the second whatever the supports.
    fixed: Vec<(usize, usize)>,
}

/// What is known of two groups of a place from the supports of other places.
pub(crate) struct Known {
    /// At least as plausible as `upper`.
    lower: usize,
    upper: usize,
    /// Whether it is more plausible.
    is_strict: bool,
    /// The other places.
    pub from: Vec<usize>,
}

impl Known {
    /// Whether a support says something else.
    pub fn contradicts(&self, support: &[usize]) -> bool {
        support.contains(&self.upper) && (self.is_strict || !support.contains(&self.lower))
    }
}

impl Comparisons {
    pub fn new(model: &Model) -> Self {
        let mut found = Self::default();
        for place in &model.places {
            let groups = place.groups();
            let orders: Vec<&Expression> =
                groups.iter().map(|group| &model.order[*group]).collect();
            let common = common(&orders);
            let of = |order: &&Expression| less(order, &common);
            let numbers =
                orders.iter().map(of).map(|order| found.number(order)).collect::<Vec<_>>();
            found.places.push(groups.into_iter().zip(numbers).collect());
        }
        for row in &model.at_least_one {
            let part = |sign: i64| {
                let terms = row.iter().filter(|(_, factor)| factor * sign > 0);
                terms.map(|(at, factor)| (*at, factor * sign)).collect::<Expression>()
            };
            let edge = (found.number(part(-1)), found.number(part(1)));
            found.fixed.push(edge);
        }
        found
    }

    fn number(&mut self, order: Expression) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(order).or_insert(next)
    }

    /// What the supports of decided places say of the groups of a place, what few places say first.
    pub fn known(&self, place: usize, decided: &[usize], supports: &[Vec<usize>]) -> Vec<Known> {
        let graph = self.graph(decided, supports);
        let groups = &self.places[place];
        let mut known = Vec::new();
        for (lower, start) in groups {
            let ways = graph.ways(*start);
            for (upper, end) in groups.iter().filter(|(upper, _)| upper != lower) {
                let is_strict = ways.is_reached((*end, true));
                if is_strict || ways.is_reached((*end, false)) {
                    let from = ways.places((*end, is_strict));
                    known.push(Known { lower: *lower, upper: *upper, is_strict, from });
                }
            }
        }
        known.sort_by_key(|known| known.from.len());
        known
    }

    fn graph(&self, decided: &[usize], supports: &[Vec<usize>]) -> Graph {
        let mut graph = Graph { edges: vec![Vec::new(); self.numbers.len()] };
        for (lower, upper) in &self.fixed {
            graph.edges[*lower].push(Edge { to: *upper, is_strict: true, from: None });
        }
        for &place in decided {
            let is_in = |group: &usize| supports[place].contains(group);
            let groups = &self.places[place];
            let Some((_, first)) = groups.iter().find(|(group, _)| is_in(group)) else { continue };
            for (group, other) in groups.iter().filter(|(_, other)| other != first) {
                let is_strict = !is_in(group);
                let from = Some(place);
                graph.edges[*first].push(Edge { to: *other, is_strict, from });
                if !is_strict {
                    graph.edges[*other].push(Edge { to: *first, is_strict, from });
                }
            }
        }
        graph
    }
}

/// Arrows lead to what is as plausible or less.
struct Graph {
    edges: Vec<Vec<Edge>>,
}

#[derive(Clone)]
struct Edge {
    to: usize,
    is_strict: bool,
    /// The place whose support says so.
    from: Option<usize>,
}

/// What is reached, and whether by an arrow to less on the way.
type Step = (usize, bool);

/// The step before one, and the place that says so; `None` where it was not reached.
type Before = Option<(Step, Option<usize>)>;

/// Shortest ways from one start.
struct Ways {
    /// Per step.
    before: Vec<[Before; 2]>,
    start: Step,
}

impl Graph {
    fn ways(&self, start: usize) -> Ways {
        let mut ways = Ways { before: vec![[None; 2]; self.edges.len()], start: (start, false) };
        let mut open = VecDeque::from([ways.start]);
        while let Some(step) = open.pop_front() {
            for edge in &self.edges[step.0] {
                let next = (edge.to, step.1 || edge.is_strict);
                if next != ways.start && !ways.is_reached(next) {
                    ways.before[next.0][usize::from(next.1)] = Some((step, edge.from));
                    open.push_back(next);
                }
            }
        }
        ways
    }
}

impl Ways {
    fn is_reached(&self, step: Step) -> bool {
        self.before[step.0][usize::from(step.1)].is_some()
    }

    /// The places that say so, each once.
    fn places(&self, mut step: Step) -> Vec<usize> {
        let mut places = Vec::new();
        while step != self.start {
            let Some((before, from)) = self.before[step.0][usize::from(step.1)] else { break };
            places.extend(from);
            step = before;
        }
        places.sort_unstable();
        places.dedup();
        places
    }
}

/// What all orders contain: per variable the least factor.
fn common(orders: &[&Expression]) -> Expression {
    let Some((first, others)) = orders.split_first() else { return Vec::new() };
    let factor = |order: &Expression, variable: usize| {
        order.iter().filter(|(at, _)| *at == variable).map(|(_, factor)| *factor).sum::<i64>()
    };
    let least = |(at, own): &(usize, i64)| {
        let least = others.iter().map(|order| factor(order, *at)).min().unwrap_or(*own);
        (*at, least.min(*own))
    };
    first.iter().map(least).filter(|(_, factor)| *factor > 0).collect()
}

fn less(order: &Expression, common: &Expression) -> Expression {
    let mut sum: BTreeMap<usize, i64> = BTreeMap::new();
    order.iter().for_each(|(at, factor)| *sum.entry(*at).or_default() += factor);
    common.iter().for_each(|(at, factor)| *sum.entry(*at).or_default() -= factor);
    sum.into_iter().filter(|(_, factor)| *factor != 0).collect()
}
