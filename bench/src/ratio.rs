//! Ratios from rounds in which both sides run one after the other, so that a load on the machine
//! falls on both.

use crate::table::Told;
use serde_json::{Value, json};
use std::time::Instant;

/// Rounds of each comparison, fewer if they are long.
const ROUNDS: usize = 15;
/// Seconds after which no further round is begun, and rounds that are run in any case.
const ENOUGH: (f64, usize) = (60.0, 3);

/// One row of the table.
pub struct Row {
    /// What is compared.
    pub name: String,
    /// Peer's time over ours, one for each round, ascending.
    ratios: Vec<f64>,
    /// At least this ratio is aimed at, if a target was set.
    target: Option<f64>,
}

impl Row {
    /// Runs the rounds. `one` does each side once and returns seconds for one unit of work:
    /// ours, theirs. The first round only warms up.
    pub fn measure(
        name: &str,
        target: Option<f64>,
        mut one: impl FnMut() -> Result<(f64, f64), String>,
    ) -> Result<Self, String> {
        let start = Instant::now();
        one()?;
        let mut ratios = Vec::with_capacity(ROUNDS);
        while ratios.len() < ROUNDS
            && (ratios.len() < ENOUGH.1 || start.elapsed().as_secs_f64() < ENOUGH.0)
        {
            let (ours, theirs) = one()?;
            ratios.push(theirs / ours);
        }
        ratios.sort_by(f64::total_cmp);
        Ok(Self { name: name.to_owned(), ratios, target })
    }

    fn median(&self) -> f64 {
        self.ratios[self.ratios.len() / 2]
    }

    fn ends(&self) -> (f64, f64) {
        (self.ratios[0], self.ratios[self.ratios.len() - 1])
    }
}

impl Told for Row {
    /// `name   median   least to most   target`, as the peer's time over ours.
    fn text(&self) -> String {
        let (least, most) = self.ends();
        let reached = match self.target {
            Some(target) if self.median() >= target => format!("{target:.0} reached"),
            Some(target) => format!("{target:.0} missed"),
            None => "none set".to_owned(),
        };
        let (median, least, most) = (short(self.median()), short(least), short(most));
        format!("{:<56} {median:>8}x   {least:>6} to {most:>6}   {reached}", self.name)
    }

    fn json(&self) -> Value {
        let (least, most) = self.ends();
        json!({ "name": self.name, "median_ratio": self.median(), "least": least, "most": most,
                "target": self.target })
    }
}

/// Two digits at least, so that a ratio below 1 is seen to be one.
fn short(ratio: f64) -> String {
    if ratio < 1.0 {
        format!("{ratio:.2}")
    } else if ratio < 10.0 {
        format!("{ratio:.1}")
    } else {
        format!("{ratio:.0}")
    }
}
