//! A sparse factorisation of a basis in doubles, with updates in product form (Dantzig and
//! Orchard-Hays 1954). It serves guesses only: nothing computed here enters an answer.

/// A sparse vector: entries by ascending index.
type Entries = Vec<(u32, f64)>;

/// Below this a pivot counts as zero.
const LEAST_PIVOT: f64 = 1e-9;
/// A pivot is at least this part of the largest entry of its row.
const THRESHOLD: f64 = 0.1;

/// One elimination step: `rhs[to] -= factor * rhs[from]`.
struct Step {
    from: u32,
    to: u32,
    factor: f64,
}

/// The pivot row of one column.
struct Upper {
    row: u32,
    position: u32,
    pivot: f64,
    others: Entries,
}

/// A basis change: the column at `position` was replaced by one whose solution was `column`.
struct Change {
    position: u32,
    pivot: f64,
    others: Entries,
}

/// A factorised square matrix of doubles, for guesses: rounding errors are not bounded. For the
/// simplex method rows are the program's, and positions number the basic columns.
///
/// ```
/// use detente_linear::Factor;
///
/// let (first, second) = (vec![(0, 2.0), (1, 1.0)], vec![(1, 4.0)]);
/// let factor = Factor::of(&[&first, &second]).expect("the matrix is not singular");
/// assert_eq!(factor.solve(vec![2.0, 5.0]), [1.0, 1.0]);
/// assert_eq!(factor.sign(), 1.0);
/// ```
pub struct Factor {
    steps: Vec<Step>,
    upper: Vec<Upper>,
    changes: Vec<Change>,
    size: usize,
}

struct Work {
    rows: Vec<Entries>,
    active: Vec<bool>,
    holders: Vec<Vec<u32>>,
    count: Vec<u32>,
    lonely: Vec<u32>,
}

impl Factor {
    /// Factorises the matrix of these columns, each with its entries by ascending row; `None` if it
    /// is singular or nearly so.
    #[must_use]
    pub fn of(columns: &[&Entries]) -> Option<Self> {
        let size = columns.len();
        let mut work = Work::new(columns);
        let mut factor =
            Self { steps: Vec::new(), upper: Vec::with_capacity(size), changes: Vec::new(), size };
        while factor.upper.len() < size {
            let (row, position) = work.next_pivot()?;
            let upper = work.eliminate(row, position, &mut factor.steps)?;
            factor.upper.push(upper);
        }
        Some(factor)
    }

    pub(crate) fn change_count(&self) -> usize {
        self.changes.len()
    }

    /// Replaces the column at `position`, given the solution of the entering column.
    pub(crate) fn change(&mut self, position: usize, column: &[f64]) {
        let nonzero = |(at, value): (usize, &f64)| {
            (at != position && *value != 0.0).then_some((at as u32, *value))
        };
        self.changes.push(Change {
            position: position as u32,
            pivot: column[position],
            others: column.iter().enumerate().filter_map(nonzero).collect(),
        });
    }

    /// The sign of the determinant of the matrix as it was factorised, 1 or -1.
    #[must_use]
    pub fn sign(&self) -> f64 {
        let mut goes: Vec<usize> = vec![0; self.size];
        let mut sign = 1.0;
        for upper in &self.upper {
            goes[upper.row as usize] = upper.position as usize;
            sign *= upper.pivot.signum();
        }
        // Each exchange puts one row where it goes.
        for row in 0..self.size {
            while goes[row] != row {
                let other = goes[row];
                goes.swap(row, other);
                sign = -sign;
            }
        }
        sign
    }

    /// Solves `matrix * x = rhs`: `rhs` by row, the answer by column.
    #[must_use]
    pub fn solve(&self, mut rhs: Vec<f64>) -> Vec<f64> {
        for step in &self.steps {
            let value = rhs[step.from as usize];
            if value != 0.0 {
                rhs[step.to as usize] -= step.factor * value;
            }
        }
        let mut solution = vec![0.0; self.size];
        for upper in self.upper.iter().rev() {
            let mut value = rhs[upper.row as usize];
            for (position, entry) in &upper.others {
                value -= entry * solution[*position as usize];
            }
            solution[upper.position as usize] = clean(value / upper.pivot);
        }
        for change in &self.changes {
            let value = solution[change.position as usize];
            if value == 0.0 {
                continue;
            }
            let value = clean(value / change.pivot);
            solution[change.position as usize] = value;
            for (position, entry) in &change.others {
                let entry = entry * value;
                solution[*position as usize] = clean(solution[*position as usize] - entry);
            }
        }
        solution
    }

    /// Solves `transposed matrix * y = cost`: `cost` by column, the answer by row.
    #[must_use]
    pub fn solve_transposed(&self, mut cost: Vec<f64>) -> Vec<f64> {
        for change in self.changes.iter().rev() {
            let mut value = cost[change.position as usize];
            for (position, entry) in &change.others {
                value -= entry * cost[*position as usize];
            }
            cost[change.position as usize] = clean(value / change.pivot);
        }
        let mut solution = vec![0.0; self.size];
        for upper in &self.upper {
            let value = cost[upper.position as usize];
            if value == 0.0 {
                continue;
            }
            let value = clean(value / upper.pivot);
            solution[upper.row as usize] = value;
            for (position, entry) in &upper.others {
                cost[*position as usize] -= entry * value;
            }
        }
        for step in self.steps.iter().rev() {
            let value = solution[step.to as usize];
            if value != 0.0 {
                solution[step.from as usize] -= step.factor * value;
            }
        }
        solution
    }
}

/// Rounding errors far below anything that counts, taken as zero, keep vectors sparse.
fn clean(value: f64) -> f64 {
    if value.abs() < 1e-13 { 0.0 } else { value }
}

impl Work {
    fn new(columns: &[&Entries]) -> Self {
        let size = columns.len();
        let mut rows: Vec<Entries> = vec![Vec::new(); size];
        let mut holders = vec![Vec::new(); size];
        for (position, column) in columns.iter().enumerate() {
            for (row, value) in column.iter() {
                rows[*row as usize].push((position as u32, *value));
                holders[position].push(*row);
            }
        }
        let count: Vec<u32> = holders.iter().map(|rows: &Vec<u32>| rows.len() as u32).collect();
        let lonely = (0..size as u32).rev().filter(|at| count[*at as usize] == 1).collect();
        Self { rows, active: vec![true; size], holders, count, lonely }
    }

    fn entry(&self, row: usize, position: u32) -> Option<f64> {
        let at = self.rows[row].binary_search_by_key(&position, |(other, _)| *other).ok()?;
        Some(self.rows[row][at].1)
    }

    fn next_pivot(&mut self) -> Option<(usize, u32)> {
        while let Some(position) = self.lonely.pop() {
            if self.count[position as usize] != 1 {
                continue;
            }
            let holder = self.holders[position as usize].iter().find(|row| {
                self.active[**row as usize] && self.entry(**row as usize, position).is_some()
            });
            return holder.map(|row| (*row as usize, position));
        }
        let shortest = (0..self.rows.len())
            .filter(|row| self.active[*row])
            .min_by_key(|row| self.rows[*row].len())?;
        let row = &self.rows[shortest];
        let largest = row.iter().map(|(_, value)| value.abs()).fold(0.0, f64::max);
        row.iter()
            .filter(|(_, value)| value.abs() >= THRESHOLD * largest)
            .min_by_key(|(position, _)| self.count[*position as usize])
            .map(|(position, _)| (shortest, *position))
    }

    fn eliminate(&mut self, row: usize, position: u32, steps: &mut Vec<Step>) -> Option<Upper> {
        self.active[row] = false;
        let mut others = std::mem::take(&mut self.rows[row]);
        let at = others.binary_search_by_key(&position, |(other, _)| *other).ok()?;
        let pivot = others[at].1;
        if pivot.abs() < LEAST_PIVOT {
            return None;
        }
        for (other, _) in &others {
            self.lose(*other);
        }
        others.remove(at);
        for holder in std::mem::take(&mut self.holders[position as usize]) {
            let to = holder as usize;
            if !self.active[to] {
                continue;
            }
            let Some(value) = self.entry(to, position) else { continue };
            let factor = value / pivot;
            steps.push(Step { from: row as u32, to: holder, factor });
            self.subtract(to, position, factor, &others);
        }
        Some(Upper { row: row as u32, position, pivot, others })
    }

    /// `rows[to] -= factor * others`, without the entry at `position`.
    fn subtract(&mut self, to: usize, position: u32, factor: f64, others: &Entries) {
        let before = std::mem::take(&mut self.rows[to]);
        let mut after = Vec::with_capacity(before.len() + others.len());
        let mut rest = others.iter().peekable();
        for (column, value) in before {
            while let Some((new, amount)) = rest.next_if(|(new, _)| *new < column) {
                self.gain(*new, to);
                after.push((*new, -factor * amount));
            }
            let amount =
                rest.next_if(|(same, _)| *same == column).map_or(0.0, |(_, amount)| *amount);
            let value = value - factor * amount;
            if column == position || value.abs() < 1e-13 {
                self.lose(column);
            } else {
                after.push((column, value));
            }
        }
        for (new, amount) in rest {
            self.gain(*new, to);
            after.push((*new, -factor * amount));
        }
        self.rows[to] = after;
    }

    fn gain(&mut self, position: u32, row: usize) {
        self.count[position as usize] += 1;
        self.holders[position as usize].push(row as u32);
    }

    fn lose(&mut self, position: u32) {
        self.count[position as usize] -= 1;
        if self.count[position as usize] == 1 {
            self.lonely.push(position);
        }
    }
}
