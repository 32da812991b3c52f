//! Polynomials in double precision, with a bound of what rounding can do.

use super::terms::Terms;
use std::cmp::Ordering;

/// A polynomial laid out for evaluation at many points.
#[derive(Debug, Clone, PartialEq)]
pub struct Fast {
    coefficients: Vec<f64>,
    /// Per term, where its variables end in `variables`.
    ends: Vec<u32>,
    variables: Vec<u32>,
    /// Rounding errors are at most this times the sum of all terms' sizes.
    rounding: f64,
}

/// The value of a polynomial and how far it may be from the true one.
#[derive(Debug, Clone, Copy)]
pub struct Approximate {
    /// The value.
    pub value: f64,
    /// The true value differs by no more.
    pub error: f64,
}

/// Products of numbers below this may have lost digits to underflow.
const TINY: f64 = 1e-200;

impl Approximate {
    /// This less another.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        // Doubled for the rounding of the difference and of the sum of the bounds.
        Self { value: self.value - other.value, error: 2.0 * (self.error + other.error) }
    }

    /// The sign, where rounding cannot have changed it.
    #[must_use]
    pub fn sign(self) -> Option<Ordering> {
        if self.value > self.error {
            Some(Ordering::Greater)
        } else if self.value < -self.error {
            Some(Ordering::Less)
        } else {
            None
        }
    }
}

impl Fast {
    pub(crate) fn new(terms: &Terms) -> Self {
        let mut fast = Self {
            coefficients: Vec::new(),
            ends: Vec::new(),
            variables: Vec::new(),
            rounding: 0.0,
        };
        let mut degree = 0;
        for (coefficient, variables) in terms.factors() {
            fast.coefficients.push(coefficient.to_f64());
            degree = degree.max(variables.len());
            fast.variables.extend(variables);
            fast.ends.push(fast.variables.len() as u32);
        }
        // Standard model of rounding: one unit for a coefficient, for each product and for each
        // sum (Higham 2002, section 3.1), doubled for terms of higher order and the bound itself.
        let steps = fast.coefficients.len() + degree + 4;
        fast.rounding = 2.0 * steps as f64 * f64::EPSILON;
        fast
    }

    /// The value at a point; `relative[k]` bounds the relative error of variable `k`, where that
    /// is not known exactly.
    #[must_use]
    pub fn at(&self, point: &[f64], relative: &[f64]) -> Approximate {
        let (mut value, mut size, mut inherited) = (0.0, 0.0, 0.0);
        let mut from = 0;
        for (&coefficient, &to) in self.coefficients.iter().zip(&self.ends) {
            let mut term = coefficient;
            let mut doubt = 0.0;
            for &variable in &self.variables[from..to as usize] {
                term *= point[variable as usize];
                doubt += relative.get(variable as usize).copied().unwrap_or(0.0);
            }
            from = to as usize;
            value += term;
            size += term.abs();
            inherited += term.abs() * doubt;
        }
        Approximate { value, error: size * self.rounding + 2.0 * inherited + TINY }
    }

    /// The value alone.
    #[must_use]
    pub fn value(&self, point: &[f64]) -> f64 {
        self.at(point, &[]).value
    }
}
