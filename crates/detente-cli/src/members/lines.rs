//! Members as lines of a CSV file.

use super::Job;
use detente::analysis::analyses::ensemble::{Kind, Member, Quantity};
use detente::ensemble::Ensemble;
use detente::game::Game;
use std::fmt::Write as _;

/// Lines before the first member.
pub const HEAD: u64 = 2;

/// A column of the table of members.
pub struct Column {
    /// Its name, different from those of all others.
    pub name: String,
    /// What its fields hold.
    pub holds: Holds,
    /// Whether no field is empty.
    pub is_full: bool,
}

/// What fields hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// A whole number.
    Whole,
    /// A number in double precision, in the fewest digits that give it back.
    Number,
    /// `true` or `false`.
    Truth,
    /// Words without commas.
    Words,
}

/// The columns between the parameters and the quantities.
const FOUND: [(&str, Holds, bool); 5] = [
    ("found", Holds::Whole, false),
    ("plays", Holds::Words, false),
    ("kept", Holds::Words, false),
    ("open", Holds::Truth, true),
    ("state", Holds::Words, true),
];

/// The columns, in order.
pub fn columns(ensemble: &Ensemble, game: &Game) -> Vec<Column> {
    let full = |name, holds| Column { name, holds, is_full: true };
    let mut columns = vec![full("draw".to_owned(), Holds::Whole)];
    for param in &ensemble.draws().params {
        columns.push(full(param_name(&game.params[param.index()].name), Holds::Number));
    }
    columns.extend(FOUND.map(|(name, holds, is_full)| Column {
        name: name.to_owned(),
        holds,
        is_full,
    }));
    for quantity in ensemble.quantities() {
        let of = match quantity {
            Quantity::Outcome(_) | Quantity::NoOutcome => "P",
            Quantity::Payoff(_) => "payoff",
        };
        for end in ["least", "greatest"] {
            let name = format!("{of}({}) {end}", quantity.name(&game.form));
            columns.push(Column { name, holds: Holds::Number, is_full: false });
        }
    }
    columns
}

/// The column of a parameter; one that is called like another column is told from it.
pub fn param_name(name: &str) -> String {
    let is_taken = name == "draw" || FOUND.iter().any(|(taken, ..)| *taken == name);
    if is_taken { format!("{name} (parameter)") } else { name.to_owned() }
}

/// A comment with the hash and the seed, then the names of the columns.
pub fn head(job: &Job, columns: &[Column]) -> String {
    let names: Vec<String> = columns.iter().map(|column| quoted(&column.name)).collect();
    format!(
        "# detente ensemble, scenario {}, seed {}, {}, {}{}, select {}\n{}\n",
        job.scenario_hash,
        job.seed,
        job.points(),
        job.concept,
        if job.mixed { ", mixed" } else { "" },
        job.select,
        names.join(",")
    )
}

fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_');
    if is_plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

fn numbers(plays: &[u32]) -> String {
    let numbers: Vec<String> = plays.iter().map(|play| (play + 1).to_string()).collect();
    numbers.join(" ")
}

/// A member as a line. Values are written in the fewest digits that give the same number back;
/// where there is no equilibrium, quantities are left empty.
pub fn line(text: &mut String, member: &Member, quantities: usize) {
    let _ = write!(text, "{}", member.number);
    for value in &member.values {
        let _ = write!(text, ",{value}");
    }
    match &member.kind {
        Kind::Plays(plays) => {
            let open = member.picked.as_ref().is_some_and(|picked| picked.is_open);
            let (all, kept) = (numbers(plays), numbers(member.kept()));
            let _ = write!(text, ",{},{all},{kept},{open},solved", plays.len());
        }
        Kind::NoGame => text.push_str(",,,,false,no game"),
        Kind::Unfinished => text.push_str(",,,,false,unfinished"),
    }
    for (least, greatest) in &member.ranges {
        let _ = write!(text, ",{least},{greatest}");
    }
    for _ in member.ranges.len()..quantities {
        text.push_str(",,");
    }
    text.push('\n');
}
