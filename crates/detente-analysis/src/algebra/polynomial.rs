//! Polynomials in one variable with rational coefficients.

use detente_game::Rational;

/// A polynomial: `coefficients[k]` belongs to the `k`-th power, the last one is not zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Polynomial {
    coefficients: Vec<Rational>,
}

impl Polynomial {
    /// The polynomial with these coefficients, lowest power first.
    #[must_use]
    pub fn new(mut coefficients: Vec<Rational>) -> Self {
        while coefficients.last().is_some_and(Rational::is_zero) {
            coefficients.pop();
        }
        Self { coefficients }
    }

    /// Zero.
    #[must_use]
    pub fn zero() -> Self {
        Self { coefficients: Vec::new() }
    }

    /// A number.
    #[must_use]
    pub fn constant(value: Rational) -> Self {
        Self::new(vec![value])
    }

    /// The variable itself.
    #[must_use]
    pub fn variable() -> Self {
        Self::new(vec![Rational::ZERO, Rational::ONE])
    }

    /// The coefficients, lowest power first; none for zero.
    #[must_use]
    pub fn coefficients(&self) -> &[Rational] {
        &self.coefficients
    }

    /// The highest power; `None` for zero.
    #[must_use]
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// Whether it is zero everywhere.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Its value, if it is a number that does not depend on the variable.
    #[must_use]
    pub fn as_constant(&self) -> Option<Rational> {
        match self.coefficients.as_slice() {
            [] => Some(Rational::ZERO),
            [value] => Some(value.clone()),
            _ => None,
        }
    }

    /// The coefficient of the highest power; zero for zero.
    #[must_use]
    pub fn leading(&self) -> Rational {
        self.coefficients.last().cloned().unwrap_or_default()
    }

    /// The value at a point (Horner's rule).
    #[must_use]
    pub fn at(&self, point: &Rational) -> Rational {
        let mut value = Rational::ZERO;
        for coefficient in self.coefficients.iter().rev() {
            value = &(&value * point) + coefficient;
        }
        value
    }

    /// Sum.
    #[must_use]
    pub fn add(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a + b)
    }

    /// Difference.
    #[must_use]
    pub fn sub(&self, other: &Self) -> Self {
        self.combine(other, |a, b| a - b)
    }

    fn combine(&self, other: &Self, op: impl Fn(&Rational, &Rational) -> Rational) -> Self {
        let zero = Rational::ZERO;
        let length = self.coefficients.len().max(other.coefficients.len());
        let of = |poly: &Self, k: usize| poly.coefficients.get(k).unwrap_or(&zero).clone();
        Self::new((0..length).map(|k| op(&of(self, k), &of(other, k))).collect())
    }

    /// Product.
    #[must_use]
    pub fn mul(&self, other: &Self) -> Self {
        if self.is_zero() || other.is_zero() {
            return Self::zero();
        }
        let mut product =
            vec![Rational::ZERO; self.coefficients.len() + other.coefficients.len() - 1];
        for (i, a) in self.coefficients.iter().enumerate() {
            for (j, b) in other.coefficients.iter().enumerate() {
                product[i + j] += &(a * b);
            }
        }
        Self::new(product)
    }

    /// Product with a number.
    #[must_use]
    pub fn scale(&self, factor: &Rational) -> Self {
        Self::new(self.coefficients.iter().map(|c| c * factor).collect())
    }

    /// The polynomial whose value at `x` is this one's at `x + by`.
    #[must_use]
    pub fn shifted(&self, by: &Rational) -> Self {
        let variable = Self::new(vec![by.clone(), Rational::ONE]);
        let terms = self.coefficients.iter().rev();
        terms.fold(Self::zero(), |sum, c| sum.mul(&variable).add(&Self::constant(c.clone())))
    }

    /// The derivative.
    #[must_use]
    pub fn derivative(&self) -> Self {
        let terms = self.coefficients.iter().enumerate().skip(1);
        Self::new(terms.map(|(power, c)| c * &Rational::int(power as i64)).collect())
    }

    /// Quotient and remainder.
    ///
    /// # Panics
    /// If `divisor` is zero.
    #[must_use]
    pub fn div_rem(&self, divisor: &Self) -> (Self, Self) {
        assert!(!divisor.is_zero(), "a polynomial was divided by zero");
        let mut rest = self.coefficients.clone();
        let width = divisor.coefficients.len();
        let lead = divisor.leading();
        let mut quotient = vec![Rational::ZERO; rest.len().saturating_sub(width - 1)];
        for shift in (0..quotient.len()).rev() {
            let factor = &rest[shift + width - 1] / &lead;
            if factor.is_zero() {
                continue;
            }
            for (k, coefficient) in divisor.coefficients.iter().enumerate() {
                rest[shift + k] -= &(&factor * coefficient);
            }
            quotient[shift] = factor;
        }
        (Self::new(quotient), Self::new(rest))
    }

    /// The same with leading coefficient 1; zero stays zero.
    #[must_use]
    pub fn monic(&self) -> Self {
        match Rational::ONE.checked_div(&self.leading()) {
            Some(inverse) => self.scale(&inverse),
            None => Self::zero(),
        }
    }

    /// The greatest common divisor with leading coefficient 1 (Euclid); zero only if both are.
    #[must_use]
    pub fn gcd(&self, other: &Self) -> Self {
        let (mut a, mut b) = (self.monic(), other.monic());
        while !b.is_zero() {
            let (_, rest) = a.div_rem(&b);
            (a, b) = (b, rest.monic());
        }
        a
    }

    /// The polynomial with the same roots, each once.
    #[must_use]
    pub fn square_free(&self) -> Self {
        if self.degree().is_none_or(|degree| degree == 0) {
            return self.clone();
        }
        self.div_rem(&self.gcd(&self.derivative())).0
    }
}
