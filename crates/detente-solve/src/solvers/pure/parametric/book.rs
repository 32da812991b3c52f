//! The tests that decide: polynomials whose signs at a point say what is found there.

use super::fast::Fast;
use super::terms::Terms;
use detente_game::Rational;
use std::cmp::Ordering;
use std::collections::HashMap;

/// The number of a polynomial in the book.
pub(crate) type TestId = u32;

/// A test and its outcome at a point.
pub(crate) type Outcome = (TestId, Ordering);

/// All polynomials that were ever tested, each once, scaled to a leading coefficient of 1.
#[derive(Debug, Default)]
pub(crate) struct Book {
    tests: Vec<(Terms, Fast)>,
    ids: HashMap<Terms, TestId>,
    /// The denominators: variable `variables + k` is one over test `inverses[k]`.
    pub inverses: Vec<TestId>,
    /// How many variables are parameters.
    pub variables: usize,
}

/// A point: the drawn parameters, exact in both forms.
#[derive(Debug, Clone)]
pub(crate) struct Point<'a> {
    numbers: Vec<f64>,
    /// Bounds of the relative errors of the inverses (parameters have none).
    relative: Vec<f64>,
    drawn: &'a [f64],
    exact: Option<Vec<Rational>>,
    /// Signs found so far.
    signs: Vec<Option<Ordering>>,
    /// Whether a sign was decided by fractions, double precision being too coarse.
    pub was_close: bool,
}

/// An inverse of a larger relative error is of no use.
const COARSE: f64 = 1e-3;

impl Book {
    /// A book over so many parameters.
    pub fn new(variables: usize) -> Self {
        Self { variables, ..Self::default() }
    }

    /// The number of a polynomial of leading coefficient 1.
    pub fn enter(&mut self, terms: Terms) -> TestId {
        if let Some(&known) = self.ids.get(&terms) {
            return known;
        }
        let id = self.tests.len() as TestId;
        self.tests.push((terms.clone(), Fast::new(&terms)));
        self.ids.insert(terms, id);
        id
    }

    /// The variable that stands for one over a test's polynomial.
    pub fn inverse(&mut self, of: TestId) -> usize {
        let known = self.inverses.iter().position(|known| *known == of);
        self.variables
            + known.unwrap_or_else(|| {
                self.inverses.push(of);
                self.inverses.len() - 1
            })
    }

    /// A test's polynomial.
    pub fn terms(&self, test: TestId) -> &Terms {
        &self.tests[test as usize].0
    }

    /// The sign of a test at a point.
    pub fn sign(&self, test: TestId, at: &mut Point<'_>) -> Ordering {
        if at.signs.len() < self.tests.len() {
            at.signs.resize(self.tests.len(), None);
        }
        if let Some(known) = at.signs[test as usize] {
            return known;
        }
        at.extend(self);
        let (terms, fast) = &self.tests[test as usize];
        let sign = fast.at(&at.numbers, &at.relative).sign().unwrap_or_else(|| {
            at.was_close = true;
            terms.value(at.exact(self)).cmp(&Rational::ZERO)
        });
        at.signs[test as usize] = Some(sign);
        sign
    }
}

impl<'a> Point<'a> {
    /// The point of these values.
    pub fn new(drawn: &'a [f64]) -> Self {
        Self {
            numbers: drawn.to_vec(),
            relative: Vec::new(),
            drawn,
            exact: None,
            signs: Vec::new(),
            was_close: false,
        }
    }

    /// The values of all variables, inverses included, and bounds of their relative errors.
    pub fn into_numbers(self) -> (Vec<f64>, Vec<f64>) {
        (self.numbers, self.relative)
    }

    /// Computes the inverses that the book has come to know.
    pub fn extend(&mut self, book: &Book) {
        if self.numbers.len() == book.variables + book.inverses.len() {
            return;
        }
        self.relative.resize(book.variables, 0.0);
        for &test in &book.inverses[self.numbers.len() - book.variables..] {
            let below = book.tests[test as usize].1.at(&self.numbers, &self.relative);
            let relative = 2.0 * below.error / below.value.abs() + f64::EPSILON;
            // A useless inverse makes every test that has it undecided, so fractions decide.
            let useful = relative < COARSE;
            self.numbers.push(if useful { 1.0 / below.value } else { f64::NAN });
            self.relative.push(relative);
        }
    }

    /// The values of all variables as fractions; an inverse of zero counts as zero and is never
    /// used, since a test for zero comes before it.
    pub fn exact(&mut self, book: &Book) -> &[Rational] {
        let drawn = self.drawn;
        let values = self.exact.get_or_insert_with(|| {
            drawn.iter().map(|value| Rational::from_f64(*value).unwrap_or_default()).collect()
        });
        for &test in &book.inverses[values.len() - book.variables..] {
            let below = book.tests[test as usize].0.value(values);
            values.push(Rational::ONE.checked_div(&below).unwrap_or_default());
        }
        values
    }
}
