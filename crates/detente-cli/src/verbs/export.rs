//! `export`: the game in another form.

use crate::arguments::Export;
use crate::exit::{Exit, Failure};
use crate::scenario::Subject;
use crate::{files, output, scenario};
use detente::game::exchange::{
    EfgOptions, ExportError, StrategicLimits, write_efg, write_json, write_nfg,
};

/// Writes the game in the form asked for.
pub fn run(export: &Export) -> Result<Exit, Failure> {
    let subject = scenario::subject(&export.input)?;
    let (text, notes) = text(export, &subject)?;
    for note in notes {
        output::complain(&format!("note: {note}"));
    }
    match &export.out {
        Some(path) => files::write(path, text.as_bytes())?,
        None => output::print(&text)?,
    }
    Ok(Exit::Fine)
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
    if export.svg || export.tikz || export.story {
        return super::picture::text(export, subject).map(|text| (text, Vec::new()));
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
