//! `export`: the game in another form.

use crate::arguments::Export;
use crate::exit::{Exit, Failure};
use crate::scenario::Subject;
use crate::{files, output, page, scenario};
use detente::game::exchange::{
    EfgOptions, ExportError, StrategicLimits, write_efg, write_json, write_nfg,
};

/// Writes the game in the form asked for.
pub fn run(export: &Export) -> Result<Exit, Failure> {
    if export.equilibrium.is_some() && !(export.svg || export.tikz) {
        return Err(Failure::told("an equilibrium can be marked in a picture only")
            .help("use -e with --svg or --tikz"));
    }
    if (export.exact || export.decimal) && !(export.svg || export.tikz) {
        return Err(Failure::told("other forms than pictures write numbers in one way only")
            .help("use --exact and --decimal with --svg or --tikz"));
    }
    page::search_needs_a_letter(&export.search, export.equilibrium.as_deref())?;
    if let Some(path) = &export.out {
        files::can_write(path)?;
    }
    let subject = scenario::subject(&export.input)?;
    if export.svg || export.tikz || export.story {
        let (text, exit) = super::picture::text(export, &subject)?;
        put(export, &text)?;
        return Ok(exit);
    }
    let (text, notes) = text(export, &subject)?;
    for note in notes {
        output::complain(&format!("note: {note}"));
    }
    put(export, &text)?;
    Ok(Exit::Fine)
}

fn put(export: &Export, text: &str) -> Result<(), Failure> {
    match &export.out {
        Some(path) => files::write(path, text.as_bytes()),
        None => Ok(output::print(text)?),
    }
}

fn text(export: &Export, subject: &Subject) -> Result<(String, Vec<String>), Failure> {
    let game = &subject.game;
    if export.syntax {
        let opened = subject.opened.as_ref().ok_or_else(|| {
            Failure::told("only a scenario has a syntax tree").help("--json writes the game")
        })?;
        let json = opened.loaded.to_json();
        return json.map(|text| (text, Vec::new())).map_err(Failure::told);
    }
    let instance = scenario::instance(game)?;
    if export.game_json {
        return Ok((write_json(game, &instance).map_err(refused)?, Vec::new()));
    }
    let written = if export.efg {
        write_efg(game, &instance, &EfgOptions::default())
    } else {
        write_nfg(game, &instance, &StrategicLimits::default())
    };
    let written = written.map_err(refused)?;
    Ok((written.text, written.notes))
}

fn refused(error: ExportError) -> Failure {
    let failure = Failure::told(error.message);
    match error.hint {
        Some(hint) => failure.help(hint),
        None => failure,
    }
}
