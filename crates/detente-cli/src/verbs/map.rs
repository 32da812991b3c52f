//! `map`: where in the plane of two parameters does which play hold?

use crate::arguments::{Map as Wanted, pure_concept};
use crate::browser::Browser;
use crate::exit::{Exit, Failure};
use crate::{files, output, page, progress, scenario};
use detente::game::claim::Concept;
use detente::game::form::NodeKind;
use detente::game::{Game, GameForm, GameInstance, ParamId, Rational};
use detente::map::{Asked, Content, Map, Place, Way, map, mapped_with_mixtures};
use detente::report::cards::letters;
use detente::report::drawing::{Legend, draw_map};
use detente::report::formats::json::{
    MapAxis, MapPlay, MapRegion, MapThreshold, MapTile, RegionMap,
};
use detente::report::formats::text::region_map::{deeds, play, screen};
use detente::report::maps;
use detente::solve::Limits;
use detente::thresholds::{Goal, Search, thresholds};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Divides the box, draws and prints.
pub fn run(wanted: &Wanted) -> Result<Exit, Failure> {
    let subject = scenario::subject(&wanted.input)?;
    let game = &subject.game;
    let params = params(game, &wanted.params)?;
    if (wanted.svg.is_some() || wanted.png.is_some()) && params.len() != 2 {
        return Err(Failure::told("a drawing shows two parameters").help("name two of them"));
    }
    for path in wanted.svg.iter().chain(&wanted.png) {
        files::can_write(path)?;
    }
    let browser = wanted.png.as_ref().map(|_| Browser::find("a PNG")).transpose()?;
    let (asked, only_pure) = asked(game, wanted, params);
    let line = progress::Progress::new("mapping", PARTS, wanted.input.quiet);
    let found = map(game, &asked, &mut |done| {
        line.at(parts(done), "parts of 1,000");
    });
    drop(line);
    let found = found.map_err(Failure::told)?;
    let base = scenario::instance(game)?;
    let mut answer = told(game, &base, &asked, &found);
    answer.only_pure = only_pure;
    if !progress::stopped() {
        mark(game, wanted, &asked, &mut answer)?;
    }
    let scene = draw_map(&answer, Legend::Full);
    if let Some(path) = &wanted.svg {
        files::write(path, scene.svg().as_bytes())?;
    }
    if let (Some(path), Some(browser)) = (&wanted.png, browser) {
        files::write(path, &browser.picture(&scene.svg(), [scene.width, scene.height])?)?;
    }
    if wanted.form.json {
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        output::print(&screen(&answer, &page::look(&wanted.form)))?;
    }
    Ok(Exit::Fine)
}

/// What is asked, and why mixed plays are left out though they were not excluded.
fn asked(game: &Game, wanted: &Wanted, params: Vec<ParamId>) -> (Asked, Option<String>) {
    let concept = pure_concept(wanted.by);
    let only_pure = match wanted.search.pure {
        true => None,
        false => mapped_with_mixtures(game, &concept).err(),
    };
    let mixed = !wanted.search.pure && only_pure.is_none();
    let usual = if params.len() <= 2 { 256 } else { 8 };
    let cells = wanted.cells.unwrap_or(usual);
    let asked = Asked {
        params,
        concept,
        mixed,
        halvings: cells.next_power_of_two().ilog2(),
        stop: Some(progress::stop_flag()),
    };
    (asked, only_pure)
}

/// Situations of games whose plane is drawn with mixtures where nobody asked for them: those take
/// seconds. It is the size that decides, not the clock, so that the same comes out on every machine.
const MIXED_SITUATIONS: usize = 12;

/// The plane of two parameters by weak perfect Bayesian equilibrium, with mixtures where the game is small
/// and they were not excluded, nothing marked; `None` if there is no such map.
pub fn plane(
    game: &Game,
    params: [ParamId; 2],
    pure: bool,
    stop: &Arc<AtomicBool>,
    progress: &mut dyn FnMut(u64),
) -> Option<RegionMap> {
    let only_pure = if pure { None } else { without_mixtures(game) };
    let mixed = !pure && only_pure.is_none();
    let asked = Asked {
        params: params.to_vec(),
        concept: Concept::WeakPbe,
        mixed,
        halvings: 8,
        stop: Some(Arc::clone(stop)),
    };
    let found = map(game, &asked, &mut |done| progress(parts(done))).ok()?;
    let base = scenario::instance(game).ok()?;
    Some(RegionMap { only_pure, ..told(game, &base, &asked, &found) })
}

/// Why a plane is drawn of pure plays only, if it is.
fn without_mixtures(game: &Game) -> Option<String> {
    let situations = game.form.info_sets().len();
    mapped_with_mixtures(game, &Concept::WeakPbe).err().or_else(|| {
        (situations > MIXED_SITUATIONS).then(|| {
            format!(
                "there are {situations} situations, and a report maps mixed plays of games with \
                 {MIXED_SITUATIONS} at most (`detente map` maps them)"
            )
        })
    })
}

/// Steps of the progress bar.
pub const PARTS: u64 = 1_000;

fn parts(done: &Rational) -> u64 {
    (done * &Rational::int(PARTS as i64)).to_f64() as u64
}

/// The parameters named, each once and with a range.
fn params(game: &Game, names: &[String]) -> Result<Vec<ParamId>, Failure> {
    let mut params = Vec::new();
    for name in names {
        let param = game.param(name).ok_or_else(|| {
            let known: Vec<&str> = game.params.iter().map(|param| param.name.as_str()).collect();
            let failure = Failure::told(format!("there is no parameter '{name}'"));
            match known.as_slice() {
                [] => failure.help("the game has no parameters, so there is nothing to map"),
                known => failure.help(format!("there are {}", known.join(", "))),
            }
        })?;
        if params.contains(&param) {
            return Err(Failure::told(format!("'{name}' is named twice")));
        }
        let range = game.params[param.index()].range.as_ref();
        if range.is_none_or(|(low, high)| low >= high) {
            return Err(Failure::told(format!("'{name}' has no range to be mapped over"))
                .help(format!("write one in the scenario:  {name} = …  in 0..1")));
        }
        params.push(param);
    }
    Ok(params)
}

/// What was found, by names and letters; thresholds are marked by the caller.
fn told(game: &Game, base: &GameInstance, asked: &Asked, found: &Map) -> RegionMap {
    let form = &*game.form;
    let plays: Vec<MapPlay> = found
        .plays
        .iter()
        .map(|path| MapPlay {
            play: play(form, path),
            deeds: deeds(form, path),
            outcomes: outcomes(form, base, path),
        })
        .collect();
    let axes = found.params.iter().zip(&found.ranges).map(|(param, (low, high))| {
        let param = &game.params[param.index()];
        let share = (&param.base - low) / (high - low);
        MapAxis {
            name: param.name.clone(),
            meaning: param.label.clone(),
            range: [low.to_string(), high.to_string()],
            base: param.base.to_string(),
            base_at: share.to_f64(),
            thresholds: Vec::new(),
        }
    });
    let region = |(place, region): (usize, &detente::map::Region)| {
        let own = match &region.content {
            Content::NoGame => None,
            Content::Plays(own) => Some(own.iter().map(|play| play + 1).collect::<Vec<_>>()),
        };
        let named: BTreeSet<&String> =
            own.iter().flatten().flat_map(|play| &plays[play - 1].outcomes).collect();
        let text = |value: &Rational| value.to_string();
        MapRegion {
            letter: letters(place),
            outcomes: named.into_iter().cloned().collect(),
            plays: own,
            share: [text(&region.least), text(&region.most)],
            percent: [percent(&region.least, false), percent(&region.most, true)],
            inside: region.inside.as_ref().map(|values| values.iter().map(text).collect()),
        }
    };
    let tile = |(tile, place): &(detente::solve::solvers::pure::parametric::Tile, Place)| {
        let shares = |sides: &[Rational]| sides.iter().map(Rational::to_f64).collect();
        let region = match place {
            Place::Region(region) => Some(*region),
            Place::Among(_) | Place::Between { .. } | Place::Unknown => None,
        };
        MapTile { from: shares(&tile.from), to: shares(&tile.to), region }
    };
    let mut map = RegionMap {
        title: game.meta.title.clone(),
        concept: asked.concept.name().to_owned(),
        mixed: asked.mixed,
        only_pure: None,
        axes: axes.collect(),
        regions: found.regions.iter().enumerate().map(region).collect(),
        tiles: found.tiles.iter().map(tile).collect(),
        undecided: found.undecided.to_string(),
        undecided_percent: percent(&found.undecided, true),
        marked: None,
        verified: found.verified,
        obstacle: found.obstacle.clone(),
        stopped: found.stopped,
        plays,
        reference: None,
    };
    map.reference = maps::choose_reference(&map);
    map
}

/// In percent with two decimals, rounded down or up.
fn percent(share: &Rational, up: bool) -> f64 {
    let parts = share * &Rational::int(10_000);
    let parts = if up { parts.ceil() } else { parts.floor() };
    parts.to_f64() / 100.0
}

/// The named outcomes that come up when a path is played and chance is as at the base point.
fn outcomes(form: &GameForm, base: &GameInstance, path: &Way) -> Vec<String> {
    let mut met = BTreeSet::new();
    let mut open = vec![GameForm::ROOT];
    while let Some(node) = open.pop() {
        match form.kind(node) {
            NodeKind::End(row) => met.extend(form.outcome_of(row)),
            NodeKind::Decision(set) => {
                let chosen = path.iter().find(|(own, _)| *own == set);
                let options = chosen.iter().flat_map(|(_, options)| options);
                open.extend(options.map(|option| form.child(node, *option as usize)));
            }
            NodeKind::Chance(_) => open.extend(form.children(node).filter(|child| {
                form.branch_into(*child).is_none_or(|branch| base.branch(branch).is_positive())
            })),
        }
    }
    met.into_iter().map(|outcome| form.outcomes()[outcome.index()].clone()).collect()
}

/// Marks where the equilibrium of the base point ends along each parameter alone.
fn mark(
    game: &Game,
    wanted: &Wanted,
    asked: &Asked,
    answer: &mut RegionMap,
) -> Result<(), Failure> {
    let instance = scenario::instance(game)?;
    let solved = scenario::solve_under(&instance, &wanted.search, None, wanted.input.quiet)?;
    if solved.equilibria.is_empty() {
        return Ok(());
    }
    let titles = page::titles(game, &solved);
    let cards = page::cards(&titles, &solved);
    let card = page::card(&cards, &wanted.equilibrium)?;
    let all = card
        .members
        .iter()
        .flat_map(|member| std::iter::once(member.equilibrium).chain(member.corners).cloned());
    let starts: Vec<_> = all.collect();
    let search = Search {
        pure: wanted.search.pure,
        limits: Limits { profiles: wanted.search.max_trials, ..Limits::default() },
        stop: Some(progress::stop_flag()),
    };
    let line = progress::Progress::new("thresholds", asked.params.len() as u64, wanted.input.quiet);
    let found = thresholds(game, &starts, &asked.params, Goal::Play, &search, &mut |done| {
        line.at(done as u64, "parameters");
    });
    drop(line);
    let numbers = page::look(&wanted.form).numbers;
    for (axis, threshold) in answer.axes.iter_mut().zip(&found) {
        if let Some((low, high)) = &game.params[threshold.param.index()].range {
            axis.thresholds = MapThreshold::all(threshold, (low, high), numbers);
        }
    }
    answer.marked = Some(card.label.clone());
    Ok(())
}
