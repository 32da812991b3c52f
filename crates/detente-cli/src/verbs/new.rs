//! `new`: a scenario to start from.

use crate::arguments::New;
use crate::exit::{Exit, Failure};
use crate::{files, output};
use detente::lang::diagnostics::did_you_mean;
use detente::report::formats::json::{self, Models};
use std::path::{Path, PathBuf};

/// The catalogue: path within it, text.
const CATALOG: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// Short names of the models that most begin with, simplest first.
const FIRST: &[(&str, &str)] = &[
    ("signalling", "cho_kreps_1987_beer_quiche"),
    ("gesture", "treaty_gesture"),
    ("reply", "reply_game"),
    ("reassurance", "kydd_2000_trust_by_stages"),
    ("inspection", "dresher_1962_inspection"),
    ("poker", "kuhn_1950_poker"),
];

/// A scenario of the catalogue.
#[derive(Clone, Copy)]
struct Model {
    path: &'static str,
    text: &'static str,
}

impl Model {
    fn all() -> impl Iterator<Item = Self> {
        let scenarios = CATALOG.iter().filter(|(path, _)| path.ends_with(".dtn"));
        scenarios.map(|(path, text)| Self { path, text })
    }

    /// The file's name without its ending.
    fn name(self) -> &'static str {
        let file = self.path.rsplit('/').next().unwrap_or(self.path);
        file.strip_suffix(".dtn").unwrap_or(file)
    }

    /// The title between the quotation marks of the first line.
    fn title(self) -> &'static str {
        let line = self.text.lines().find(|line| line.starts_with("game ")).unwrap_or("");
        line.split('"').nth(1).unwrap_or("")
    }

    /// The files beside it that its text names.
    fn company(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        let folder = &self.path[..self.path.rfind('/').map_or(0, |slash| slash + 1)];
        CATALOG.iter().filter_map(move |(path, text)| {
            let name = path.strip_prefix(folder)?;
            self.text.contains(&format!("\"{name}\"")).then_some((name, *text))
        })
    }

    fn for_programs(self, text: Option<String>) -> json::Model {
        json::Model { name: self.name().to_owned(), title: self.title().to_owned(), text }
    }
}

/// Writes a model, or lists them.
pub fn run(new: &New) -> Result<Exit, Failure> {
    let Some(name) = &new.from else {
        return list(new);
    };
    let model = named(name)?;
    let Some(file) = &new.file else {
        if new.json {
            let models = vec![model.for_programs(Some(model.text.to_owned()))];
            output::print(&super::show::pretty(&Models { written: Vec::new(), models })?)?;
        } else {
            output::print(model.text)?;
        }
        return Ok(Exit::Fine);
    };
    let written = write(new, model, file)?;
    if new.json {
        let written = written.iter().map(|path| path.display().to_string()).collect();
        let models = vec![model.for_programs(None)];
        output::print(&super::show::pretty(&Models { written, models })?)?;
        return Ok(Exit::Fine);
    }
    let path = file.display();
    let also: Vec<String> =
        written.iter().skip(1).map(|path| format!("{} is beside it.  ", path.display())).collect();
    let also = also.concat();
    output::print(&format!(
        "{path} is ready.  {also}Next:  detente check {path}   detente solve {path}"
    ))?;
    Ok(Exit::Fine)
}

/// Writes the model and the files that it names; none of them over a file that exists.
fn write(new: &New, model: Model, file: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut all = vec![(file.to_path_buf(), model.text)];
    all.extend(model.company().map(|(name, text)| (file.with_file_name(name), text)));
    if let Some((path, _)) = all.iter().find(|(path, _)| path.exists() && !new.force) {
        return Err(Failure::told(format!("'{}' exists already", path.display()))
            .help("choose another name or folder, or add --force"));
    }
    for (path, text) in &all {
        files::write(path, text.as_bytes())?;
    }
    Ok(all.into_iter().map(|(path, _)| path).collect())
}

/// The model of a short name, a full name, or a part of one that no other has.
fn named(name: &str) -> Result<Model, Failure> {
    let short = FIRST.iter().find(|(short, _)| *short == name).map(|(_, full)| *full);
    let full = short.unwrap_or(name);
    if let Some(model) = Model::all().find(|model| model.name() == full) {
        return Ok(model);
    }
    let partly: Vec<Model> = Model::all().filter(|model| model.name().contains(name)).collect();
    match partly.as_slice() {
        [only] => return Ok(*only),
        [] => {}
        several => {
            let names: Vec<&str> = several.iter().map(|model| model.name()).collect();
            return Err(Failure::told(format!("'{name}' is a part of several names"))
                .help(format!("there are {}", names.join(", "))));
        }
    }
    let known = FIRST.iter().map(|(short, _)| *short).chain(Model::all().map(Model::name));
    let near = did_you_mean(name, known);
    Err(Failure::told(format!("there is no model '{name}'"))
        .help(near.unwrap_or_else(|| "detente new  lists them".into())))
}

fn list(new: &New) -> Result<Exit, Failure> {
    if new.file.is_some() {
        return Err(Failure::told("which model shall it start from?")
            .help("detente new --from signalling FILE;  detente new  lists the models"));
    }
    if new.json {
        let models = Model::all().map(|model| model.for_programs(None)).collect();
        output::print(&super::show::pretty(&Models { written: Vec::new(), models })?)?;
        return Ok(Exit::Fine);
    }
    let width = Model::all().map(|model| model.name().len()).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut folder = "";
    for model in Model::all() {
        let here = model.path.split('/').next().unwrap_or("");
        if here != folder {
            lines.push(format!("{here}:"));
            folder = here;
        }
        lines.push(format!("  {:width$}  {}", model.name(), model.title()));
    }
    let short: Vec<&str> = FIRST.iter().map(|(short, _)| *short).collect();
    output::print(&format!(
        "{}\n\ndetente new --from MODEL FILE\nShort names: {}; a part of a name that no other has does too.",
        lines.join("\n"),
        short.join(", ")
    ))?;
    Ok(Exit::Fine)
}
