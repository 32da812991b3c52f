//! Draws of the uncertain parameters: member `n` of an ensemble is a function of the seed and `n`
//! alone, so that any member can be made again.

mod beta;
mod normal;
mod quantile;
mod sequence;

pub use quantile::Quantile;
pub use sequence::{REPLICATES, Sequence};

use detente_game::{Game, ParamId};

/// The parameters of a game that have a distribution, and how they are drawn.
#[derive(Debug, Clone)]
pub struct Draws {
    /// The drawn parameters, in order.
    pub params: Vec<ParamId>,
    quantiles: Vec<Quantile>,
    sequence: Sequence,
}

impl Draws {
    /// Draws of every parameter that has a distribution, each within its range. With `random`,
    /// pseudo-random points; without, quasi-random ones.
    ///
    /// # Errors
    /// If no parameter has a distribution, or a range leaves nothing of one.
    pub fn new(game: &Game, seed: u64, random: bool) -> Result<Self, String> {
        Self::with_copies(game, seed, random, 1)
    }

    /// The same with `copies` independent points for every number, see [`Draws::copy`].
    ///
    /// # Errors
    /// As for [`Draws::new`].
    pub fn with_copies(
        game: &Game,
        seed: u64,
        random: bool,
        copies: usize,
    ) -> Result<Self, String> {
        let (mut params, mut quantiles) = (Vec::new(), Vec::new());
        for (number, param) in game.params.iter().enumerate() {
            let Some(distribution) = &param.distribution else { continue };
            let range = param.range.as_ref();
            let quantile = Quantile::new(distribution, range)
                .map_err(|why| format!("'{}' cannot be drawn: {why}", param.name))?;
            params.push(ParamId::from_index(number));
            quantiles.push(quantile);
        }
        if params.is_empty() {
            return Err("no parameter has a distribution".to_owned());
        }
        let sequence = Sequence::new(seed, params.len() * copies, random);
        Ok(Self { params, quantiles, sequence })
    }

    /// The values of the drawn parameters in member `number`: multiples of 2^-40, so that they
    /// are exact numbers.
    #[must_use]
    pub fn member(&self, number: u64) -> Vec<f64> {
        self.copy(number, 0)
    }

    /// The same for one of several independent points of this number.
    #[must_use]
    pub fn copy(&self, number: u64, copy: usize) -> Vec<f64> {
        let from = copy * self.params.len();
        let draw = |(at, quantile): (usize, &Quantile)| {
            quantile.at(self.sequence.coordinate(number, from + at))
        };
        self.quantiles.iter().enumerate().map(draw).collect()
    }

    /// The value of a drawn parameter that a share `u` of its draws stays below.
    #[must_use]
    pub fn quantile(&self, drawn: usize, u: f64) -> f64 {
        self.quantiles[drawn].at(u)
    }

    /// The base values of the drawn parameters, rounded like draws.
    #[must_use]
    pub fn base(&self, game: &Game) -> Vec<f64> {
        let value = |param: &ParamId| quantile::grain(game.params[param.index()].base.to_f64());
        self.params.iter().map(value).collect()
    }
}
