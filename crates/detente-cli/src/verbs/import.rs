//! `import`: a game of another program.

use crate::arguments::Import;
use crate::exit::{Exit, Failure};
use crate::{files, output, scenario};
use detente::game::Game;
use detente::game::exchange::write_json;
use detente::report::formats::json;
use detente::report::formats::text::words::count;

/// Reads the game and shows what it is, or writes it as JSON.
pub fn run(import: &Import) -> Result<Exit, Failure> {
    let bytes = files::read_bytes(&import.file)?;
    let read = scenario::import(&import.file, bytes, usize::MAX)?;
    let (game, notes) = (read.game, read.notes);
    if let Some(path) = &import.out {
        let instance = scenario::instance(&game)?;
        let text =
            write_json(&game, &instance).map_err(|error| Failure::told(error.to_string()))?;
        files::write(path, text.as_bytes())?;
    }
    if import.form.json {
        output::print(&super::show::pretty(&for_programs(&game, notes, import))?)?;
        return Ok(Exit::Fine);
    }
    let form = &game.form;
    let mut lines = vec![format!(
        "{}: {}, {}, {}, {}",
        game.meta.title,
        count(form.players().len(), "player"),
        count(form.node_count(), "node"),
        count(form.end_count(), "end"),
        count(form.info_sets().len(), "situation"),
    )];
    if !form.has_perfect_recall() {
        lines.push(
            "A player forgets what he knew: solved in agent form, and not at all if a path meets \
             a situation twice."
                .to_owned(),
        );
    }
    lines.extend(notes.iter().map(|note| format!("note: {note}")));
    let file = import.file.display();
    lines.push(format!("All verbs take the file as it is:  detente solve {file}"));
    output::print(&lines.join("\n"))?;
    Ok(Exit::Fine)
}

fn for_programs(game: &Game, notes: Vec<String>, import: &Import) -> json::Import {
    let form = &game.form;
    json::Import {
        title: game.meta.title.clone(),
        players: form.players().iter().map(|player| player.name.clone()).collect(),
        nodes: form.node_count(),
        ends: form.end_count(),
        situations: form.info_sets().len(),
        perfect_recall: form.has_perfect_recall(),
        notes,
        written: import.out.as_ref().map(|path| path.display().to_string()),
    }
}
