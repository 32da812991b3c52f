//! `import`: a game of another program.

use crate::arguments::Import;
use crate::exit::{Exit, Failure};
use crate::{files, output, scenario};
use detente::game::exchange::write_json;

/// Reads the game and shows what it is, or writes it as JSON.
pub fn run(import: &Import) -> Result<Exit, Failure> {
    let (game, notes) = scenario::import(&import.file)?;
    let instance = scenario::instance(&game)?;
    let form = &game.form;
    if let Some(path) = &import.out {
        let text =
            write_json(&game, &instance).map_err(|error| Failure::told(error.to_string()))?;
        files::write(path, text.as_bytes())?;
    }
    if import.form.json {
        let answer = serde_json::json!({
            "title": game.meta.title,
            "players": form.players().iter().map(|player| &player.name).collect::<Vec<_>>(),
            "nodes": form.node_count(),
            "ends": form.end_count(),
            "situations": form.info_sets().len(),
            "perfect_recall": form.has_perfect_recall(),
            "notes": notes,
        });
        let text =
            serde_json::to_string_pretty(&answer).map_err(|e| Failure::told(e.to_string()))?;
        output::print(&text)?;
        return Ok(Exit::Fine);
    }
    let mut lines = vec![format!(
        "{}: {} players, {} nodes, {} ends, {} situations",
        game.meta.title,
        form.players().len(),
        form.node_count(),
        form.end_count(),
        form.info_sets().len()
    )];
    if !form.has_perfect_recall() {
        lines.push("A player forgets what he knew: solved in agent form only.".to_owned());
    }
    lines.extend(notes.iter().map(|note| format!("note: {note}")));
    let file = import.file.display();
    lines.push(format!("All verbs take the file as it is:  detente solve {file}"));
    output::print(&lines.join("\n"))?;
    Ok(Exit::Fine)
}
