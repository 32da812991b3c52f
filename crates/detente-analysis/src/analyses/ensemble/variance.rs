//! How much of a quantity's variance comes from which parameter.
//!
//! Sobol's indices from pairs of independent points: the first-order index by Saltelli et al.
//! (2010, table 2, estimator b), the total index by Jansen (1999).

/// A quantity at two independent points, and at the first with one parameter taken from the
/// second, for each parameter in turn.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// At the first point.
    pub first: f64,
    /// At the second.
    pub second: f64,
    /// At the first with parameter `k` of the second.
    pub mixed: Vec<f64>,
}

/// What a parameter does to the variance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Indices {
    /// The part of the variance that would go if the parameter alone were known.
    pub first_order: f64,
    /// The part that would stay if all others were known.
    pub total: f64,
}

/// The mean, the variance, and the indices of each parameter; none if the quantity is the same
/// everywhere, or there are fewer than two pairs.
#[must_use]
pub fn indices(pairs: &[Pair]) -> Option<(f64, f64, Vec<Indices>)> {
    let count = pairs.len() as f64;
    let both = pairs.iter().flat_map(|pair| [pair.first, pair.second]);
    let mean = both.clone().sum::<f64>() / (2.0 * count);
    let variance =
        both.map(|value| (value - mean) * (value - mean)).sum::<f64>() / (2.0 * count - 1.0);
    if pairs.len() < 2 || variance <= f64::EPSILON * mean * mean {
        return None;
    }
    let of = |param: usize| {
        let (mut first_order, mut total) = (0.0, 0.0);
        for pair in pairs {
            // The mean is taken off: it cancels in truth and would be noise.
            first_order += (pair.second - mean) * (pair.mixed[param] - pair.first);
            total += (pair.first - pair.mixed[param]) * (pair.first - pair.mixed[param]);
        }
        Indices {
            first_order: first_order / count / variance,
            total: total / (2.0 * count) / variance,
        }
    };
    Some((mean, variance, (0..pairs[0].mixed.len()).map(of).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyses::draws::Sequence;

    /// Ishigami and Homma's function (1990), whose indices are known: a = 7, b = 1/10.
    #[test]
    fn a_known_function_has_its_known_indices() {
        let sequence = Sequence::new(1, 6, false);
        let point = |number: u64, from: usize| -> Vec<f64> {
            let angle =
                |d| (2.0 * sequence.coordinate(number, from + d) - 1.0) * std::f64::consts::PI;
            (0..3).map(angle).collect()
        };
        let f = |x: &[f64]| {
            let sine = libm::sin(x[1]);
            libm::sin(x[0]) * (1.0 + 0.1 * x[2] * x[2] * x[2] * x[2]) + 7.0 * sine * sine
        };
        let pair = |number: u64| {
            let (a, b) = (point(number, 0), point(number, 3));
            let mixed = (0..3).map(|k| {
                let mut one = a.clone();
                one[k] = b[k];
                f(&one)
            });
            Pair { first: f(&a), second: f(&b), mixed: mixed.collect() }
        };
        let pairs: Vec<Pair> = (0..262_144).map(pair).collect();
        let (mean, variance, found) = indices(&pairs).expect("it varies");
        assert!((mean - 3.5).abs() < 0.01 && (variance - 13.8446).abs() < 0.1);
        for (index, (first_order, total)) in
            found.iter().zip([(0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437)])
        {
            assert!((index.first_order - first_order).abs() < 0.01, "{found:?}");
            assert!((index.total - total).abs() < 0.01, "{found:?}");
        }
    }

    #[test]
    fn what_is_constant_has_none() {
        let pair = Pair { first: 2.0, second: 2.0, mixed: vec![2.0] };
        assert_eq!(indices(&[pair.clone(), pair]), None);
    }
}
