//! The beta distribution: its share below a value by a continued fraction, its quantiles from a
//! table of them, which is a hundred times faster than solving for each.

/// Steps of the table.
const STEPS: usize = 4096;

/// So many steps at either end are solved for, since quantiles may be steep there.
const TAIL: usize = 8;

/// Quantiles of one beta distribution.
#[derive(Debug, Clone)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    /// At the share `k / STEPS`: the value and its slope per step.
    table: Vec<(f64, f64)>,
}

impl Beta {
    pub fn new(a: f64, b: f64) -> Self {
        let mut beta = Self { a, b, table: Vec::with_capacity(STEPS + 1) };
        let mut below = 0.0;
        for step in 0..=STEPS {
            let share = step as f64 / STEPS as f64;
            below = match step {
                0 => 0.0,
                STEPS => 1.0,
                _ => beta.solved(share, below),
            };
            let density = beta.density(below);
            beta.table.push((below, 1.0 / (density * STEPS as f64)));
        }
        beta
    }

    /// The value that a share `p` stays below.
    pub fn quantile(&self, p: f64) -> f64 {
        let place = p * STEPS as f64;
        let step = place as usize;
        if !(TAIL..STEPS - TAIL).contains(&step) {
            return self.solved(p, 0.0);
        }
        // Cubic between two values with the right slopes (Hermite).
        let (t, (from, leaving), (to, arriving)) =
            (place - step as f64, self.table[step], self.table[step + 1]);
        let (s, rise) = (1.0 - t, to - from);
        from + t * t * (3.0 - 2.0 * t) * rise + t * s * (s * leaving - t * arriving)
    }

    /// The share below a value (Press et al. 2007, section 6.4).
    pub fn share_below(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return 0.0;
        }
        if x >= 1.0 {
            return 1.0;
        }
        let front = libm::exp(self.log_density(x) + libm::log(x) + libm::log1p(-x));
        if x < (self.a + 1.0) / (self.a + self.b + 2.0) {
            front * fraction(self.a, self.b, x) / self.a
        } else {
            1.0 - front * fraction(self.b, self.a, 1.0 - x) / self.b
        }
    }

    fn log_density(&self, x: f64) -> f64 {
        let whole = libm::lgamma(self.a + self.b) - libm::lgamma(self.a) - libm::lgamma(self.b);
        whole + (self.a - 1.0) * libm::log(x) + (self.b - 1.0) * libm::log1p(-x)
    }

    fn density(&self, x: f64) -> f64 {
        libm::exp(self.log_density(x))
    }

    /// The quantile by Newton's method inside a bracket that starts at `low`.
    fn solved(&self, p: f64, low: f64) -> f64 {
        let (mut low, mut high) = (low, 1.0);
        let mut x = if low > 0.0 { low } else { self.a / (self.a + self.b) };
        for _ in 0..200 {
            let miss = self.share_below(x) - p;
            if miss > 0.0 {
                high = x;
            } else {
                low = x;
            }
            let newton = x - miss / self.density(x);
            let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
            if (next - x).abs() <= 1e-15 * x {
                return next;
            }
            x = next;
        }
        x
    }
}

/// The continued fraction of the incomplete beta function, by Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let guarded = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / guarded(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for step in 1..10_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / guarded(1.0 + term * d);
            c = guarded(1.0 + term / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_and_shares_are_inverse() {
        for (a, b) in [(4.0, 6.0), (0.5, 0.5), (1.0, 1.0), (30.0, 2.0), (0.3, 4.0)] {
            let beta = Beta::new(a, b);
            for step in 1..997 {
                let p = f64::from(step) / 997.0;
                let back = beta.share_below(beta.quantile(p));
                assert!((back - p).abs() < 1e-8, "beta({a}, {b}) at {p}: {back}");
            }
        }
    }

    /// With whole numbers the share is a binomial sum; beta(2, 3) below x is 6x² - 8x³ + 3x⁴.
    #[test]
    fn shares_are_those_of_the_closed_form() {
        let beta = Beta::new(2.0, 3.0);
        for x in [0.1_f64, 0.25, 0.5, 0.9] {
            let closed = 6.0 * x.powi(2) - 8.0 * x.powi(3) + 3.0 * x.powi(4);
            assert!((beta.share_below(x) - closed).abs() < 1e-14);
        }
    }
}
