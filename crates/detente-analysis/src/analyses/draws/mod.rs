//! Draws of the uncertain parameters: member `n` of an ensemble is a function of the seed and `n`
//! alone, so that any member can be made again. Parameters are independent, unless they are columns
//! of one table, whose rows are drawn whole.

mod beta;
mod normal;
mod quantile;
mod rows;
mod sequence;

pub use quantile::Quantile;
pub use rows::Rows;
pub use sequence::{REPLICATES, Sequence};

use detente_game::game::Distribution;
use detente_game::{Game, ParamId};

/// The parameters of a game that have a distribution, and how they are drawn.
#[derive(Debug, Clone)]
pub struct Draws {
    /// The drawn parameters, in order.
    pub params: Vec<ParamId>,
    makers: Vec<Maker>,
    inputs: Vec<Input>,
    /// Per drawn parameter, the input it is made of.
    made_of: Vec<usize>,
    sequence: Sequence,
}

/// How the value of a parameter is made of a number between 0 and 1.
#[derive(Debug, Clone)]
enum Maker {
    Quantile(Quantile),
    Rows(Rows),
}

/// A number that draws are made of; inputs are independent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The table whose rows it draws; none for a parameter of its own.
    pub table: Option<String>,
    /// What is made of it, as places in [`Draws::params`].
    pub drawn: Vec<usize>,
}

impl Draws {
    /// Draws of every parameter that has a distribution, each within its range; those that are
    /// columns of one table come from one row of it. With `random`,
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
        let (mut params, mut makers, mut made_of) = (Vec::new(), Vec::new(), Vec::new());
        let mut inputs: Vec<Input> = Vec::new();
        for (number, param) in game.params.iter().enumerate() {
            let Some(distribution) = &param.distribution else { continue };
            let range = param.range.as_ref();
            let (maker, table) = match distribution {
                Distribution::Family { name, arguments } => {
                    (Quantile::new(name, arguments, range).map(Maker::Quantile), None)
                }
                Distribution::Column(column) => {
                    (Rows::new(column, range).map(Maker::Rows), Some(column.table.clone()))
                }
            };
            makers.push(maker.map_err(|why| format!("'{}' cannot be drawn: {why}", param.name))?);
            let known = inputs.iter().position(|input| table.is_some() && input.table == table);
            let input = known.unwrap_or(inputs.len());
            if known.is_none() {
                inputs.push(Input { table, drawn: Vec::new() });
            }
            inputs[input].drawn.push(params.len());
            made_of.push(input);
            params.push(ParamId::from_index(number));
        }
        if params.is_empty() {
            return Err("no parameter has a distribution".to_owned());
        }
        let sequence = Sequence::new(seed, inputs.len() * copies, random);
        Ok(Self { params, makers, inputs, made_of, sequence })
    }

    /// The independent numbers that draws are made of, in order.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
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
        let from = copy * self.inputs.len();
        let draw = |(maker, input): (&Maker, &usize)| {
            let u = self.sequence.coordinate(number, from + input);
            match maker {
                Maker::Quantile(quantile) => quantile.at(u),
                Maker::Rows(rows) => rows.at(u),
            }
        };
        self.makers.iter().zip(&self.made_of).map(draw).collect()
    }

    /// The value of a drawn parameter that a share `u` of its draws stays below.
    #[must_use]
    pub fn quantile(&self, drawn: usize, u: f64) -> f64 {
        match &self.makers[drawn] {
            Maker::Quantile(quantile) => quantile.at(u),
            Maker::Rows(rows) => rows.quantile(u),
        }
    }
}
