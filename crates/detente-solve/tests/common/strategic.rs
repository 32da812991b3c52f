//! Strategic forms of two players, and their equilibria by trying all sets of equations.

use super::{Table, q};
use detente_game::form::GameForm;
use detente_game::instance::GameInstance;
use detente_game::{Profile, Rational};
use detente_linear::{SystemSolution, solve_system};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A strategic form: both players' payoffs, by row and column.
#[derive(Clone, Debug)]
pub struct Strategic {
    pub payoffs: [Vec<Vec<i64>>; 2],
}

type Point = Vec<Rational>;

impl Strategic {
    pub fn new(first: &[&[i64]], second: &[&[i64]]) -> Self {
        let copy = |of: &[&[i64]]| of.iter().map(|row| row.to_vec()).collect();
        Self { payoffs: [copy(first), copy(second)] }
    }

    pub fn size(&self) -> (usize, usize) {
        (self.payoffs[0].len(), self.payoffs[0][0].len())
    }

    /// The game as a tree: the second player does not see what the first one did.
    pub fn instance(&self) -> Arc<GameInstance> {
        let (rows, columns) = self.size();
        let names: Vec<String> = (0..rows.max(columns)).map(|at| format!("s{at}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut table = Table::new(&["Rows", "Columns"]);
        let nodes = table.decide(GameForm::ROOT, 0, "row", &names[..rows]);
        for (row, node) in nodes.into_iter().enumerate() {
            for (column, end) in
                table.decide(node, 1, "column", &names[..columns]).into_iter().enumerate()
            {
                let [one, two] = [0, 1].map(|player| self.payoffs[player][row][column]);
                table.end(end, &[q(one, 1), q(two, 1)]);
            }
        }
        table.instance()
    }

    /// The mixed strategies of a profile of [`Self::instance`].
    pub fn mixed(&self, profile: &Profile) -> [Point; 2] {
        let (rows, _) = self.size();
        [profile.probability[..rows].to_vec(), profile.probability[rows..].to_vec()]
    }

    /// What each strategy of a player is worth against a mixture of the other's.
    fn worth(&self, player: usize, against: &[Rational]) -> Point {
        let (rows, columns) = self.size();
        let entry = |own: usize, other: usize| match player {
            0 => self.payoffs[0][own][other],
            _ => self.payoffs[1][other][own],
        };
        let own = if player == 0 { rows } else { columns };
        let worth = |own: usize| -> Rational {
            let terms = against.iter().enumerate();
            terms.map(|(other, weight)| Rational::int(entry(own, other)) * weight).sum()
        };
        (0..own).map(worth).collect()
    }

    pub fn is_nash(&self, [x, y]: &[Point; 2]) -> bool {
        let is_best = |own: &Point, worth: Point| {
            let best = worth.iter().max().unwrap();
            own.iter().zip(&worth).all(|(weight, worth)| weight.is_zero() || worth == best)
        };
        is_best(x, self.worth(0, y)) && is_best(y, self.worth(1, x))
    }

    /// All strategies of a player that are vertices of the regions in which one set of replies is
    /// best: every choice of enough equations among "this weight is zero" and "this reply is as
    /// good as any".
    fn vertices(&self, player: usize) -> BTreeSet<Point> {
        let (rows, columns) = self.size();
        let (own, replies) = if player == 0 { (rows, columns) } else { (columns, rows) };
        let entry = |own: usize, reply: usize| match player {
            0 => self.payoffs[1][own][reply],
            _ => self.payoffs[0][reply][own],
        };
        let mut equations: Vec<Vec<i64>> = Vec::new();
        for at in 0..own {
            equations.push((0..=own).map(|k| i64::from(k == at)).collect());
        }
        for reply in 0..replies {
            let worth = (0..own).map(|at| entry(at, reply));
            equations.push(worth.chain([-1]).collect());
        }
        let sum: Vec<i64> = (0..=own).map(|k| i64::from(k < own)).collect();
        let mut found = BTreeSet::new();
        for chosen in 0u32..1 << (own + replies) {
            if chosen.count_ones() as usize != own {
                continue;
            }
            let rows = (0..own + replies).filter(|at| chosen >> at & 1 == 1);
            let rows = rows.map(|at| &equations[at]).chain([&sum]);
            let matrix: Vec<Point> =
                rows.map(|row| row.iter().map(|value| Rational::int(*value)).collect()).collect();
            let mut right = vec![Rational::ZERO; own];
            right.push(Rational::ONE);
            let SystemSolution::Unique(mut point) = solve_system(&matrix, &right) else { continue };
            let value = point.pop().unwrap();
            let best = self.worth(1 - player, &point).into_iter().max().unwrap();
            if best == value && point.iter().all(|weight| !weight.is_negative()) {
                found.insert(point);
            }
        }
        found
    }

    /// All extreme equilibria (Mangasarian 1964).
    pub fn extreme(&self) -> BTreeSet<[Point; 2]> {
        let (first, second) = (self.vertices(0), self.vertices(1));
        let pairs = first.iter().flat_map(|x| second.iter().map(|y| [x.clone(), y.clone()]));
        pairs.filter(|pair| self.is_nash(pair)).collect()
    }
}

/// Connected components of extreme equilibria: neighbours share a strategy.
pub fn components(extreme: &BTreeSet<[Point; 2]>) -> BTreeSet<BTreeSet<[Point; 2]>> {
    let mut left = extreme.clone();
    let mut found = BTreeSet::new();
    while let Some(start) = left.pop_first() {
        let mut component = BTreeSet::from([start.clone()]);
        let mut open = vec![start];
        while let Some([x, y]) = open.pop() {
            let near = left.iter().filter(|[other_x, other_y]| *other_x == x || *other_y == y);
            let near: Vec<[Point; 2]> = near.cloned().collect();
            for pair in near {
                left.remove(&pair);
                component.insert(pair.clone());
                open.push(pair);
            }
        }
        found.insert(component);
    }
    found
}

/// Maximal Nash subsets as maximal complete sets of pairs, each by its strategies (Avis,
/// Rosenberg, Savani and von Stengel 2010, proposition 4).
pub fn maximal(extreme: &BTreeSet<[Point; 2]>) -> BTreeSet<(BTreeSet<Point>, BTreeSet<Point>)> {
    let mut replies: BTreeMap<&Point, BTreeSet<&Point>> = BTreeMap::new();
    for [x, y] in extreme {
        replies.entry(x).or_default().insert(y);
    }
    // Every maximal subset's second side is an intersection of such sets of replies.
    let mut seconds: BTreeSet<BTreeSet<&Point>> = replies.values().cloned().collect();
    loop {
        let pairs = seconds.iter().flat_map(|one| replies.values().map(move |two| (one, two)));
        let common: BTreeSet<BTreeSet<&Point>> = pairs
            .map(|(one, two)| one.intersection(two).copied().collect::<BTreeSet<&Point>>())
            .filter(|common| !common.is_empty() && !seconds.contains(common))
            .collect();
        if common.is_empty() {
            break;
        }
        seconds.extend(common);
    }
    let first = |second: &BTreeSet<&Point>| -> BTreeSet<Point> {
        let all = replies.iter().filter(|(_, replies)| replies.is_superset(second));
        all.map(|(x, _)| (*x).clone()).collect()
    };
    seconds.iter().map(|ys| (first(ys), ys.iter().map(|y| (*y).clone()).collect())).collect()
}
