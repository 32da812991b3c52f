//! `whatif`: variants and locks, before and after.

use crate::arguments::Whatif;
use crate::exit::{Exit, Failure};
use crate::scenario::Subject;
use crate::{output, page, progress, scenario};
use detente::game::Game;
use detente::game::what_if::WhatIf;
use detente::lang::syntax::ast::Section;
use detente::report::formats::{json, text};
use detente::report::variant::Variant;
use detente::verify::Equilibrium;
use detente::what_if::{Question, variant};

/// Plays variants and prints them.
pub fn run(asked: &Whatif) -> Result<Exit, Failure> {
    let subject = scenario::subject_with(&asked.input, &locks(&asked.lock)?)?;
    let game = &subject.game;
    let chosen = chosen(asked, game)?;
    if asked.lock.is_empty() && asked.name.is_none() {
        tell_of_missing(&subject, asked.input.quiet);
    }
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &asked.search, asked.input.quiet)?;
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, &asked.equilibrium)?;
    let mut variants = Vec::new();
    for position in chosen {
        if progress::stopped() {
            break;
        }
        let before = (card.lead(), card.label.as_str());
        variants.push(played(asked, &subject, position, before)?);
    }
    let complete = variants.iter().all(|variant| variant.complete) && solved.complete;
    let exit =
        if asked.search.require_complete && !complete { Exit::Incomplete } else { Exit::Fine };
    if asked.form.json {
        let answer = json::WhatIfs {
            title: game.meta.title.clone(),
            variants: variants.iter().map(json::what_if).collect(),
            stopped: progress::stopped(),
        };
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(exit);
    }
    let look = page::look(&asked.form);
    if progress::stopped() {
        output::print(text::solve::STOPPED)?;
    }
    let screens: Vec<String> =
        variants.iter().map(|variant| text::what_if::screen(variant, &look)).collect();
    output::print(&screens.join("\n"))?;
    Ok(exit)
}

/// A `whatif` with the locks of the command line, to be read behind the scenario.
fn locks(locks: &[String]) -> Result<String, Failure> {
    if locks.is_empty() {
        return Ok(String::new());
    }
    one_line_each(locks, "--lock")?;
    let bare = |lock: &String| lock.trim().trim_start_matches("lock ").trim().to_owned();
    let bare: Vec<String> = locks.iter().map(bare).collect();
    let name = bare.join(" and ").replace('"', "'");
    let lines: String = bare.iter().map(|lock| format!("  lock {lock}\n")).collect();
    Ok(format!("\n\nwhatif \"{name}\"\n{lines}"))
}

/// Variants of the file that are not in the game as it is set.
fn tell_of_missing(subject: &Subject, quiet: bool) {
    let Some(opened) = subject.opened.as_ref().filter(|_| !quiet) else { return };
    for line in opened.loaded.sections() {
        let Section::WhatIf(variant) = &line.item else { continue };
        let span = (line.span.start, line.span.end);
        if !subject.game.what_ifs.iter().any(|known| known.span == span) {
            let name = &variant.title.value;
            output::complain(&format!("note: '{name}' cannot be understood with these settings"));
        }
    }
}

/// What is to be read behind a scenario must not smuggle lines in.
pub fn one_line_each(lines: &[String], option: &str) -> Result<(), Failure> {
    match lines.iter().find(|line| line.contains(char::is_control)) {
        None => Ok(()),
        Some(odd) => Err(Failure::told(format!("'{}' is not one line", odd.escape_debug()))
            .help(format!("give every line with a {option} of its own"))),
    }
}

/// The positions of the variants asked for.
fn chosen(asked: &Whatif, game: &Game) -> Result<Vec<usize>, Failure> {
    let all: Vec<&str> = game.what_ifs.iter().map(|one| one.name.as_str()).collect();
    if !asked.lock.is_empty() {
        // It was read behind all others; what is no scenario has none.
        return all.len().checked_sub(1).map(|last| vec![last]).ok_or_else(|| {
            Failure::told("only scenarios can be locked")
                .help("detente import FILE  shows what is in a game of another program")
        });
    }
    if all.is_empty() {
        return Err(Failure::told("the file has no 'whatif'")
            .help("add one, or lock something here:  --lock 'NAME at CHOICE: OPTION 1'"));
    }
    match &asked.name {
        None => Ok((0..all.len()).collect()),
        Some(name) => named(&all, name, "variant").map(|only| vec![only]),
    }
}

/// The position of a name, or of the only one that a part of it fits.
pub fn named(all: &[&str], name: &str, noun: &str) -> Result<usize, Failure> {
    if let Some(exact) = all.iter().position(|known| *known == name) {
        return Ok(exact);
    }
    let lower = name.to_lowercase();
    let parts: Vec<usize> =
        (0..all.len()).filter(|at| all[*at].to_lowercase().contains(&lower)).collect();
    if let [only] = parts.as_slice() {
        return Ok(*only);
    }
    let listed: Vec<String> = all.iter().map(|name| format!("'{name}'")).collect();
    let many = if parts.is_empty() { "no" } else { "more than one" };
    Err(Failure::told(format!("{many} {noun} of the file has '{name}' in its name"))
        .help(format!("there are {}", listed.join(", "))))
}

fn played(
    asked: &Whatif,
    subject: &Subject,
    position: usize,
    before: (&Equilibrium, &str),
) -> Result<Variant, Failure> {
    let what_if = &subject.game.what_ifs[position];
    let set = if what_if.set.is_empty() { None } else { Some(compiled(asked, subject, what_if)?) };
    let game = set.as_ref().unwrap_or(&subject.game);
    let numbers = page::numbers(asked.form.exact, asked.form.decimal);
    // Under other settings some variants may be missing, so places in the list say nothing.
    let same =
        game.what_ifs.iter().find(|one| (one.span, &one.name) == (what_if.span, &what_if.name));
    let what_if = same.ok_or_else(|| {
        Failure::told(format!("'{}' cannot be understood with what it sets itself", what_if.name))
            .help("name only what there is under its settings")
    })?;
    let question = Question { before, game, what_if, numbers };
    let quiet = asked.input.quiet;
    variant(&question, &mut |instance| scenario::found(instance, &asked.search, None, quiet))
        .map_err(|why| {
            Failure::told(format!("'{}' cannot be played: {why}", what_if.name))
                .help("detente help whatif  says what a lock can fix")
        })
}

/// The scenario with what a variant sets.
fn compiled(asked: &Whatif, subject: &Subject, what_if: &WhatIf) -> Result<Game, Failure> {
    let opened = subject.opened.as_ref().expect("only scenarios have variants");
    let mut options = scenario::options(&asked.input.set, asked.input.max_nodes)?;
    options.set.retain(|(name, _)| what_if.set.iter().all(|own| own.name != *name));
    let own = what_if.set.iter().map(|one| (one.name.clone(), one.value.to_string()));
    options.set.extend(own);
    let compiled = opened.again(&options);
    compiled.game.ok_or_else(|| {
        scenario::print_diagnostics(opened, &compiled.diagnostics, asked.input.quiet);
        scenario::errors(opened, &compiled.diagnostics)
    })
}
