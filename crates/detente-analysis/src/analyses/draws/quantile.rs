//! The distributions of the language, cut to a parameter's range.

use super::beta::Beta;
use super::normal;
use detente_game::Rational;

/// How values are drawn from one distribution: by the inverse of its distribution function.
#[derive(Debug, Clone)]
pub struct Quantile {
    shape: Shape,
    /// The shares below the ends of the range.
    cut: (f64, f64),
    /// The range.
    ends: (f64, f64),
}

#[derive(Debug, Clone)]
enum Shape {
    Uniform {
        low: f64,
        high: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    Normal {
        mean: f64,
        deviation: f64,
    },
    /// The logarithm is normal.
    Lognormal {
        mean: f64,
        deviation: f64,
    },
    Beta(Box<Beta>),
}

/// The 95th percentile of the standard normal distribution.
const P95: f64 = 1.644_853_626_951_472_2;

/// A value rounded to a multiple of 2^-40.
pub(super) fn grain(value: f64) -> f64 {
    let scale = (1_u64 << 40) as f64;
    libm::round(value * scale) / scale
}

impl Quantile {
    /// The quantiles of a distribution of a family within a range. `a to b` is lognormal if `a` is positive
    /// and normal if not, with these as 5th and 95th percentiles before it is cut.
    ///
    /// # Errors
    /// If the range holds next to nothing of the distribution, or so small a part of the number line
    /// that rounding would make few values of it.
    pub fn new(
        name: &str,
        arguments: &[Rational],
        range: Option<&(Rational, Rational)>,
    ) -> Result<Self, String> {
        let shape = Shape::of(name, arguments)
            .ok_or_else(|| format!("the distribution '{name}' is not known"))?;
        let mut quantile =
            Self { shape, cut: (0.0, 1.0), ends: (f64::NEG_INFINITY, f64::INFINITY) };
        if let Some((low, high)) = range {
            quantile.ends = (low.to_f64(), high.to_f64());
            let share = |end: f64| quantile.shape.share_below(end);
            quantile.cut = (share(quantile.ends.0), share(quantile.ends.1));
        }
        if quantile.cut.1 - quantile.cut.0 < 1e-9 {
            return Err("its range holds next to nothing of its distribution".to_owned());
        }
        if (quantile.at(0.95) - quantile.at(0.05)) * GRAINS < FEWEST {
            return Err(
                "nine of ten draws are so close together that rounding them to multiples of \
                        2^-40 would change them; use a smaller unit"
                    .to_owned(),
            );
        }
        Ok(quantile)
    }

    /// The value that a share `u` of the draws stays below, a multiple of 2^-40 in the range.
    #[must_use]
    pub fn at(&self, u: f64) -> f64 {
        let (low, high) = self.cut;
        let p = (low + u * (high - low)).clamp(1e-300, 1.0 - f64::EPSILON / 2.0);
        grain_within(self.shape.quantile(p), self.ends)
    }
}

/// Multiples of 2^-40 that must lie between the 5th and the 95th percentile of the draws.
const FEWEST: f64 = 1000.0;

const GRAINS: f64 = (1_u64 << 40) as f64;

/// A value rounded to a multiple of 2^-40 between two ends.
pub(super) fn grain_within(value: f64, (low, high): (f64, f64)) -> f64 {
    let value = grain(value);
    // Rounding may step over an end; ends that are no multiples of 2^-40 are kept off.
    if value < low {
        libm::ceil(low * GRAINS) / GRAINS
    } else if value > high {
        libm::floor(high * GRAINS) / GRAINS
    } else {
        value
    }
}

impl Shape {
    fn of(name: &str, arguments: &[Rational]) -> Option<Self> {
        let numbers: Vec<f64> = arguments.iter().map(Rational::to_f64).collect();
        Some(match (name, numbers.as_slice()) {
            ("uniform", &[low, high]) => Self::Uniform { low, high },
            ("triangular", &[low, mode, high]) => Self::Triangular { low, mode, high },
            ("normal", &[mean, deviation]) => Self::Normal { mean, deviation },
            ("lognormal", &[mean, deviation]) => Self::Lognormal { mean, deviation },
            ("beta", &[a, b]) => Self::Beta(Box::new(Beta::new(a, b))),
            ("to", &[low, high]) if low > 0.0 => {
                let (low, high) = (libm::log(low), libm::log(high));
                Self::Lognormal { mean: (low + high) / 2.0, deviation: (high - low) / 2.0 / P95 }
            }
            ("to", &[low, high]) => {
                Self::Normal { mean: (low + high) / 2.0, deviation: (high - low) / 2.0 / P95 }
            }
            _ => return None,
        })
    }

    fn quantile(&self, p: f64) -> f64 {
        match self {
            Self::Uniform { low, high } => low + p * (high - low),
            Self::Triangular { low, mode, high } => {
                let turn = (mode - low) / (high - low);
                if p < turn {
                    low + libm::sqrt(p * (high - low) * (mode - low))
                } else {
                    high - libm::sqrt((1.0 - p) * (high - low) * (high - mode))
                }
            }
            Self::Normal { mean, deviation } => mean + deviation * normal::quantile(p),
            Self::Lognormal { mean, deviation } => {
                libm::exp(mean + deviation * normal::quantile(p))
            }
            Self::Beta(beta) => beta.quantile(p),
        }
    }

    fn share_below(&self, x: f64) -> f64 {
        match self {
            Self::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Self::Triangular { low, mode, high } => {
                if x <= *low {
                    0.0
                } else if x >= *high {
                    1.0
                } else if x < *mode {
                    (x - low) * (x - low) / ((high - low) * (mode - low))
                } else {
                    1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
                }
            }
            Self::Normal { mean, deviation } => normal::share_below((x - mean) / deviation),
            Self::Lognormal { mean, deviation } if x > 0.0 => {
                normal::share_below((libm::log(x) - mean) / deviation)
            }
            Self::Lognormal { .. } => 0.0,
            Self::Beta(beta) => beta.share_below(x),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantile(name: &str, arguments: &[(i64, i64)], range: Option<(i64, i64)>) -> Quantile {
        let arguments: Vec<Rational> =
            arguments.iter().map(|(n, d)| Rational::new(*n, *d)).collect();
        let range = range.map(|(low, high)| (Rational::int(low), Rational::int(high)));
        Quantile::new(name, &arguments, range.as_ref()).expect("it can be drawn")
    }

    #[test]
    fn percentiles_are_those_written() {
        for (low, high) in [((2, 1), (7, 1)), ((-3, 1), (5, 2))] {
            let q = quantile("to", &[low, high], None);
            let number = |(n, d): (i64, i64)| n as f64 / d as f64;
            assert!((q.at(0.05) - number(low)).abs() < 1e-11);
            assert!((q.at(0.95) - number(high)).abs() < 1e-11);
        }
    }

    #[test]
    fn quantiles_rise_and_match_their_shares() {
        let all = [
            quantile("uniform", &[(3, 10), (4, 5)], None),
            quantile("triangular", &[(0, 1), (1, 4), (2, 1)], None),
            quantile("normal", &[(1, 1), (2, 1)], None),
            quantile("lognormal", &[(0, 1), (1, 2)], None),
            quantile("beta", &[(4, 1), (6, 1)], None),
        ];
        for q in &all {
            let mut before = f64::NEG_INFINITY;
            for step in 1..500 {
                let p = f64::from(step) / 500.0;
                let value = q.at(p);
                assert!(value > before && (q.shape.share_below(value) - p).abs() < 1e-7);
                assert_eq!(value * GRAINS, (value * GRAINS).round());
                before = value;
            }
        }
    }

    /// All draws of these would be the same number, or one of a few.
    #[test]
    fn what_rounding_would_change_is_refused() {
        let tiny = Rational::new(1, 1 << 45);
        let fine = Quantile::new("uniform", &[Rational::ZERO, tiny.clone()], None);
        assert!(fine.is_err_and(|why| why.contains("smaller unit")));
        assert!(Quantile::new("normal", &[Rational::ONE, tiny], None).is_err());
        assert!(Quantile::new("normal", &[Rational::ONE, Rational::new(1, 1 << 25)], None).is_ok());
        let end = Rational::new(1, 3);
        let narrow = (end.clone(), &end + &Rational::new(1, 1 << 42));
        let unit = [Rational::ZERO, Rational::ONE];
        assert!(Quantile::new("uniform", &unit, Some(&narrow)).is_err());
    }

    #[test]
    fn a_range_cuts_both_tails() {
        let q = quantile("normal", &[(0, 1), (1, 1)], Some((-1, 2)));
        assert!(q.at(1e-12) >= -1.0 && q.at(1.0 - 1e-12) <= 2.0);
        let middle = q.shape.share_below(q.at(0.5));
        assert!((middle - (q.cut.0 + q.cut.1) / 2.0).abs() < 1e-9);
        let unit = [Rational::ZERO, Rational::ONE];
        let outside = (Rational::int(2), Rational::int(3));
        assert!(Quantile::new("uniform", &unit, Some(&outside)).is_err());
    }
}
