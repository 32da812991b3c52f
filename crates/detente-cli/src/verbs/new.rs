//! `new`: a scenario to start from.

use crate::arguments::New;
use crate::exit::{Exit, Failure};
use crate::{files, output};
use detente::lang::diagnostics::did_you_mean;

/// A model to start from: name, what it is, its text.
struct Model {
    name: &'static str,
    line: &'static str,
    text: &'static str,
}

macro_rules! models {
    ($($name:literal $line:literal $path:literal;)*) => {
        &[$(Model {
            name: $name,
            line: $line,
            text: include_str!(concat!("../../../../catalog/", $path)),
        }),*]
    };
}

/// The models, simplest first.
const MODELS: &[Model] = models! {
    "signalling" "one side knows its type and moves, the other replies (beer or quiche)" "journals/cho_kreps_1987_beer_quiche.dtn";
    "gesture" "an offer, an intelligence assessment, a reply that may deceive, monitoring" "new_start/treaty_gesture.dtn";
    "reply" "accept, cheat or refuse under a threat, with closed forms" "new_start/reply_game.dtn";
    "reassurance" "two rounds in which trust is tested on a part of the stakes" "journals/kydd_2000_trust_by_stages.dtn";
    "inspection" "few visits, many periods, zero-sum" "reports/dresher_1962_inspection.dtn";
    "poker" "three cards, bets and bluffs, zero-sum" "books/kuhn_1950_poker.dtn";
};

/// Writes a model, or lists them.
pub fn run(new: &New) -> Result<Exit, Failure> {
    let Some(name) = &new.from else {
        return list(new);
    };
    let Some(model) = MODELS.iter().find(|model| model.name == *name) else {
        let near = did_you_mean(name, MODELS.iter().map(|model| model.name));
        return Err(Failure::told(format!("there is no model '{name}'"))
            .help(near.unwrap_or_else(|| "detente new  lists them".into())));
    };
    let Some(file) = &new.file else {
        output::print(model.text)?;
        return Ok(Exit::Fine);
    };
    if file.exists() && !new.force {
        return Err(Failure::told(format!("'{}' exists already", file.display()))
            .help("choose another name, or add --force"));
    }
    files::write(file, model.text.as_bytes())?;
    let path = file.display();
    output::print(&format!(
        "{path} is ready.  Next:  detente check {path}   detente solve {path}"
    ))?;
    Ok(Exit::Fine)
}

fn list(new: &New) -> Result<Exit, Failure> {
    if new.file.is_some() {
        return Err(Failure::told("which model shall it start from?")
            .help("detente new --from signalling FILE;  detente new  lists the models"));
    }
    let width = MODELS.iter().map(|model| model.name.len()).max().unwrap_or(0);
    let lines: Vec<String> =
        MODELS.iter().map(|model| format!("  {:width$}  {}", model.name, model.line)).collect();
    output::print(&format!("{}\n\ndetente new --from MODEL FILE", lines.join("\n")))?;
    Ok(Exit::Fine)
}
