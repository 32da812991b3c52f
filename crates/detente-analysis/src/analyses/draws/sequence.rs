//! Points that fill the unit cube: Richtmyer's sequence, whose coordinate `j` of point `k` is the
//! fraction of `k` times the square root of the `j`-th prime (Richtmyer 1951; Niederreiter 1978),
//! each of several replicates shifted at random (Cranley and Patterson 1976), so that their
//! differences show the error. All in integers: the same bits everywhere, and any point at once.

/// Point `n` belongs to replicate `n % REPLICATES`.
pub const REPLICATES: u64 = 16;

/// A sequence of points.
#[derive(Debug, Clone)]
pub struct Sequence {
    seed: u64,
    random: bool,
    /// Per coordinate, the step as a 64-bit fraction.
    steps: Vec<u64>,
    /// Per replicate and coordinate, where it starts.
    starts: Vec<u64>,
}

impl Sequence {
    /// The sequence of a seed, in so many dimensions; `random` takes independent pseudo-random
    /// numbers instead.
    #[must_use]
    pub fn new(seed: u64, dimensions: usize, random: bool) -> Self {
        let steps = primes().take(dimensions).map(step).collect();
        let places = REPLICATES * dimensions as u64;
        let starts = (0..places).map(|place| mixed(seed ^ mixed(place + 1))).collect();
        Self { seed, random, steps, starts }
    }

    /// A coordinate of a point, strictly between 0 and 1.
    #[must_use]
    pub fn coordinate(&self, number: u64, dimension: usize) -> f64 {
        let bits = if self.random {
            mixed(mixed(self.seed ^ mixed(number)).wrapping_add(dimension as u64))
        } else {
            let replicate = (number % REPLICATES) as usize;
            let start = self.starts[replicate * self.steps.len() + dimension];
            start.wrapping_add((number / REPLICATES).wrapping_mul(self.steps[dimension]))
        };
        ((bits >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }
}

/// The fraction of a prime's square root, from its exact integer square root.
fn step(prime: u64) -> u64 {
    let root = (u128::from(prime) << 112).isqrt();
    (root as u64) << 8
}

fn primes() -> impl Iterator<Item = u64> {
    (2_u64..).filter(|n| (2..).take_while(|d| d * d <= *n).all(|d| !n.is_multiple_of(d)))
}

/// SplitMix64's step and mixing function (Steele, Lea and Flood 2014).
fn mixed(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of points that fill the square evenly, every quarter of a grid of 64 fields holds its part.
    #[test]
    fn fields_get_their_part() {
        for (random, slack) in [(false, 40), (true, 160)] {
            let sequence = Sequence::new(7, 2, random);
            let mut counts = [0_i32; 64];
            for number in 0..64_000 {
                let cell = |d| (sequence.coordinate(number, d) * 8.0) as usize;
                counts[cell(0) * 8 + cell(1)] += 1;
            }
            assert!(counts.iter().all(|count| (count - 1000).abs() < slack), "{counts:?}");
        }
    }

    #[test]
    fn the_first_step_is_the_root_of_two() {
        let fraction = step(2) as f64 / 2_f64.powi(64);
        assert!((fraction - (2_f64.sqrt() - 1.0)).abs() < 1e-15);
    }

    #[test]
    fn seeds_differ_and_repeat() {
        let at = |seed: u64| Sequence::new(seed, 3, false).coordinate(5, 2).to_bits();
        assert!(at(1) != at(2) && at(1) == at(1));
    }
}
