//! The two polytopes of a cell as linear programs.

use super::beliefs::{Replies, positions};
use super::stage::Stage;
use detente_game::Rational;
use detente_linear::{Feasibility, Optimum, Program, RowRelation};
use std::collections::BTreeMap;

/// Per set of the second mover, what each message adds to each reply's worth.
pub(super) type Worths = [BTreeMap<Option<usize>, Vec<Rational>>];

type Linear = Vec<(usize, Rational)>;

fn negated(linear: Linear) -> impl Iterator<Item = (usize, Rational)> {
    linear.into_iter().map(|(variable, value)| (variable, -value))
}

/// Which messages are sent, over all of them.
pub(super) fn sent_flags(stage: &Stage, sent: &[u64]) -> Vec<bool> {
    let mut flags = vec![false; stage.messages.len()];
    for (set, messages) in stage.sender_sets.iter().zip(sent) {
        for position in positions(*messages) {
            flags[set.messages.start + position] = true;
        }
    }
    flags
}

/// Variables for some of a list of things: position in the list by variable, and back.
struct Numbering {
    chosen: Vec<usize>,
    variable: Vec<Option<usize>>,
}

impl Numbering {
    fn new(count: usize, chosen: Vec<usize>) -> Self {
        let mut variable = vec![None; count];
        for (number, &position) in chosen.iter().enumerate() {
            variable[position] = Some(number);
        }
        Self { chosen, variable }
    }

    /// Points over the chosen as points over all.
    fn spread(&self, points: Vec<Vec<Rational>>) -> Vec<Vec<Rational>> {
        let spread = |point: Vec<Rational>| {
            let mut full = vec![Rational::ZERO; self.variable.len()];
            for (value, &position) in point.into_iter().zip(&self.chosen) {
                full[position] = value;
            }
            full
        };
        points.into_iter().map(spread).collect()
    }
}

/// A polytope over some of the actions of one mover.
pub(super) struct Strategies {
    program: Program,
    numbering: Numbering,
}

impl Strategies {
    /// All vertices, with an entry for every action of the mover; `None` if there are more than
    /// `most`.
    pub(super) fn vertices(&self, most: usize) -> Option<Vec<Vec<Rational>>> {
        // Strategies are bounded, so only their number can be a reason against a list.
        let vertices = detente_linear::vertices_up_to(&self.program, most).ok()?;
        Some(self.numbering.spread(vertices))
    }

    /// One point of the polytope, if it has any.
    pub(super) fn any_point(&self) -> Vec<Vec<Rational>> {
        self.numbering.spread(self.program.feasible().point().into_iter().collect())
    }
}

/// The replying strategies, with the given replies only, against which exactly the sets `sent`
/// (the first so many of the first mover) find all their messages best.
pub(super) fn replying(stage: &Stage, sent: &[u64], best: &[Replies]) -> Strategies {
    let mut chosen = Vec::new();
    for (set, replies) in stage.receiver_sets.iter().zip(best) {
        chosen.extend(positions(*replies).map(|reply| set.replies.start + reply));
    }
    let numbering = Numbering::new(stage.reply_ids.len(), chosen);
    let mut program = Program::new(numbering.chosen.len());
    for set in &stage.receiver_sets {
        let own = set.replies.clone().filter_map(|reply| numbering.variable[reply]);
        let row: Linear = own.map(|variable| (variable, Rational::ONE)).collect();
        program.row(&row, RowRelation::Eq, Rational::ONE);
    }
    for (set, messages) in stage.sender_sets.iter().zip(sent) {
        let first = set.messages.start + messages.trailing_zeros() as usize;
        for (position, other) in set.messages.clone().enumerate().filter(|(_, m)| *m != first) {
            let mut row = payoff(stage, &numbering, first);
            row.extend(negated(payoff(stage, &numbering, other)));
            let relation =
                if messages >> position & 1 == 1 { RowRelation::Eq } else { RowRelation::Ge };
            let rhs = &stage.messages[other].constant - &stage.messages[first].constant;
            program.row(&row, relation, rhs);
        }
    }
    Strategies { program, numbering }
}

/// What a message pays through the replies that have variables.
fn payoff(stage: &Stage, numbering: &Numbering, message: usize) -> Linear {
    let mut row = Vec::new();
    for (set, coefficients) in &stage.messages[message].through {
        let replies = stage.receiver_sets[*set].replies.clone();
        for (reply, coefficient) in replies.zip(coefficients) {
            if let Some(variable) = numbering.variable[reply] {
                row.push((variable, coefficient.clone()));
            }
        }
    }
    row
}

/// Whether some replying strategy makes all of `sent` best.
pub(super) fn replies_exist(stage: &Stage, sent: &[u64], best: &[Replies]) -> bool {
    conflict(stage, sent, best).is_none()
}

/// Why no replying strategy makes all of `sent` best: messages, per set of the first mover, that
/// cannot all be best at once. `None` if there is a strategy.
pub(super) fn conflict(stage: &Stage, sent: &[u64], best: &[Replies]) -> Option<Vec<(usize, u64)>> {
    let Feasibility::Infeasible { farkas } = replying(stage, sent, best).program.feasible() else {
        return None;
    };
    // One row per set of the second mover, then the comparisons with each set's first message.
    let mut multipliers = farkas.into_iter().skip(stage.receiver_sets.len());
    let mut blamed = Vec::new();
    for (at, (set, messages)) in stage.sender_sets.iter().zip(sent).enumerate() {
        let first = messages.trailing_zeros() as usize;
        let (mut involved, mut needed) = (false, 1 << first);
        for position in (0..set.messages.len()).filter(|position| *position != first) {
            let multiplier = multipliers.next().unwrap_or_default();
            involved |= !multiplier.is_zero();
            // A negative multiplier uses that the first message is as good as the other, which
            // holds whether or not the other is sent.
            if multiplier.is_positive() {
                needed |= 1 << position;
            }
        }
        if involved {
            blamed.push((at, needed));
        }
    }
    Some(blamed)
}

/// The sending strategies with no messages but `sent` for which all of `best` are best replies
/// at every set they reach. With `strict`, a last variable is added by which every sent message's
/// probability exceeds 0 and every best reply exceeds the others.
fn sending_program(
    stage: &Stage,
    worths: &Worths,
    sent: &[u64],
    best: &[Replies],
    strict: bool,
) -> Strategies {
    let flags = sent_flags(stage, sent);
    let chosen = (0..flags.len()).filter(|message| flags[*message]).collect();
    let numbering = Numbering::new(flags.len(), chosen);
    let slack = numbering.chosen.len();
    let mut program = Program::new(slack + usize::from(strict));
    for set in &stage.sender_sets {
        let own = set.messages.clone().filter_map(|message| numbering.variable[message]);
        let row: Linear = own.map(|variable| (variable, Rational::ONE)).collect();
        program.row(&row, RowRelation::Eq, Rational::ONE);
    }
    if strict {
        for variable in 0..slack {
            let row = [(variable, Rational::ONE), (slack, -Rational::ONE)];
            program.row(&row, RowRelation::Ge, Rational::ZERO);
        }
    }
    for (worth, &replies) in worths.iter().zip(best) {
        let reached = worth.keys().any(|message| message.is_none_or(|message| flags[message]));
        if reached {
            let slack = strict.then_some(slack);
            add_best_replies(&mut program, &numbering, worth, replies, slack);
        }
    }
    Strategies { program, numbering }
}

fn add_best_replies(
    program: &mut Program,
    numbering: &Numbering,
    worth: &BTreeMap<Option<usize>, Vec<Rational>>,
    best: Replies,
    slack: Option<usize>,
) {
    let first = best.trailing_zeros() as usize;
    let count = worth.values().next().map_or(0, Vec::len);
    for other in (0..count).filter(|reply| *reply != first) {
        let is_best = best >> other & 1 == 1;
        let mut row = Vec::new();
        let mut rhs = Rational::ZERO;
        for (message, values) in worth {
            let gain = &values[first] - &values[other];
            match message {
                None => rhs -= gain,
                Some(message) => {
                    row.extend(numbering.variable[*message].map(|variable| (variable, gain)));
                }
            }
        }
        if !is_best {
            row.extend(slack.map(|slack| (slack, -Rational::ONE)));
        }
        let relation = if is_best { RowRelation::Eq } else { RowRelation::Ge };
        program.row(&row, relation, rhs);
    }
}

/// Whether a sending strategy sends exactly `sent` and makes exactly `best` best where reached.
pub(super) fn sending_exists(
    stage: &Stage,
    worths: &Worths,
    sent: &[u64],
    best: &[Replies],
) -> bool {
    let mut strict = sending_program(stage, worths, sent, best, true);
    let slack = strict.numbering.chosen.len();
    strict.program.row(&[(slack, Rational::ONE)], RowRelation::Le, Rational::ONE);
    match strict.program.maximize(&[(slack, Rational::ONE)]) {
        Optimum::Optimal { value, .. } => value.is_positive(),
        Optimum::Infeasible { .. } | Optimum::Unbounded { .. } => false,
    }
}

/// The closure of the sending strategies of a cell.
pub(super) fn sending(
    stage: &Stage,
    worths: &Worths,
    sent: &[u64],
    best: &[Replies],
) -> Strategies {
    sending_program(stage, worths, sent, best, false)
}
