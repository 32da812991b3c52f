//! `value`: what is it worth to know, to detect, to be bound?

use crate::arguments::Value as Wanted;
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::names;
use detente::game::{EventId, Game, GameInstance, ParamId, PlayerId};
use detente::lang::diagnostics::did_you_mean;
use detente::report::formats::{json, text};
use detente::report::value::Value;
use detente::road::Solved;
use detente::solve::Limits;
use detente::thresholds::Search;
use detente::value::{self, Learn};
use std::sync::Arc;

/// Works the values out and prints them.
pub fn run(wanted: &Wanted) -> Result<Exit, Failure> {
    let subject = scenario::subject(&wanted.input)?;
    let game = &subject.game;
    let asked = Asked::new(wanted, game)?;
    let instance = scenario::instance(game)?;
    let solved = scenario::solve(&instance, &wanted.search, wanted.input.quiet)?;
    let found = Work { wanted, game, instance: &instance, solved: &solved }.all(&asked)?;
    if wanted.form.json {
        output::print(&super::show::pretty(&json::value(game, &found))?)?;
    } else {
        if found.stopped {
            output::print(text::solve::STOPPED)?;
        }
        output::print(&text::value::screen(&found, &page::look(&wanted.form)))?;
    }
    let told = found.learning.iter().filter_map(|one| one.told.as_ref());
    let ends = found.along.iter().flat_map(|one| &one.ends);
    let ends = ends.filter_map(|(_, found)| found.as_ref().ok());
    let complete = told.chain(ends).all(|one| one.complete) && found.before.complete;
    let missed = wanted.search.require_complete && (found.stopped || !complete);
    Ok(if missed { Exit::Incomplete } else { Exit::Fine })
}

/// What is to be worked out.
struct Asked {
    learning: Vec<(PlayerId, EventId)>,
    commitment: Vec<PlayerId>,
    params: Vec<ParamId>,
    left_out: Vec<String>,
}

impl Asked {
    fn new(wanted: &Wanted, game: &Game) -> Result<Self, Failure> {
        let form = &game.form;
        let players = players(wanted, game)?;
        let about = wanted.about.as_deref().map(|name| event(game, name)).transpose()?;
        let mut asked = Self {
            learning: Vec::new(),
            commitment: Vec::new(),
            params: Vec::new(),
            left_out: Vec::new(),
        };
        let everything = ["information", "detection", "commitment"].map(str::to_owned);
        let only_information = wanted.about.is_some() || wanted.quality.is_some();
        let of: &[String] = match wanted.of.as_slice() {
            [] if only_information => &everything[..1],
            [] => &everything,
            some => some,
        };
        for one in of {
            match one.as_str() {
                "information" => {
                    let all = match about {
                        Some(event) => form.player_ids().map(|player| (player, event)).collect(),
                        None => value::of_others(form),
                    };
                    let fits = |(player, event): &(PlayerId, EventId)| {
                        players.contains(player) && form.event(*event).owner != Some(*player)
                    };
                    asked.learning.extend(all.into_iter().filter(fits));
                }
                "commitment" => asked.commitment.extend(&players),
                "detection" => asked.params.extend(value::of_detection(game)),
                name => asked.params.push(param(game, name)?),
            }
        }
        asked.name_what_is_missing(of);
        let mut seen = Vec::new();
        asked.params.retain(|param| {
            !seen.contains(param) && {
                seen.push(*param);
                true
            }
        });
        Ok(asked)
    }

    fn name_what_is_missing(&mut self, of: &[String]) {
        let asked = |name: &str| of.iter().any(|one| one == name);
        if asked("information") && self.learning.is_empty() {
            self.left_out.push("information: there is nothing that chance decides and another player could be told; --about NAME names an event".to_owned());
        }
        if asked("detection") && self.params.is_empty() {
            self.left_out.push(
                "detection: no parameter sets how likely something is that is seen during the story"
                    .to_owned(),
            );
        }
    }
}

fn players(wanted: &Wanted, game: &Game) -> Result<Vec<PlayerId>, Failure> {
    let form = &game.form;
    let Some(name) = &wanted.player else { return Ok(form.player_ids().collect()) };
    let found = form.player_ids().find(|player| form.player(*player).name == *name);
    found.map(|player| vec![player]).ok_or_else(|| {
        let known: Vec<&str> = form.players().iter().map(|one| one.name.as_str()).collect();
        let all = format!("there are {}", known.join(", "));
        Failure::told(format!("there is no player '{name}'")).help(near(name, &known, &all))
    })
}

fn event(game: &Game, name: &str) -> Result<EventId, Failure> {
    let form = &game.form;
    let all = || (0..form.events().len()).map(EventId::from_index);
    let found = all().find(|event| names::clear_event(form, *event) == name);
    found.ok_or_else(|| {
        let known: Vec<String> = all().map(|event| names::clear_event(form, event)).collect();
        let all = format!("there are {}; a player's name stands for its type", known.join(", "));
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        Failure::told(format!("there is no event '{name}'")).help(near(name, &known, &all))
    })
}

fn param(game: &Game, name: &str) -> Result<ParamId, Failure> {
    game.param(name).ok_or_else(|| {
        let known: Vec<&str> = game.params.iter().map(|param| param.name.as_str()).collect();
        let params = if known.is_empty() {
            "the game has no parameters".to_owned()
        } else {
            format!("parameters: {}", known.join(", "))
        };
        let all = format!("information, detection, commitment; {params}");
        let known = [&["information", "detection", "commitment"], known.as_slice()].concat();
        Failure::told(format!("'{name}' is no parameter, and no word that --of knows"))
            .help(near(name, &known, &all))
    })
}

/// The name that was perhaps meant, and all there are.
fn near(name: &str, known: &[&str], all: &str) -> String {
    match did_you_mean(name, known.iter().copied()) {
        Some(meant) => format!("{meant} {all}"),
        None => all.to_owned(),
    }
}

/// What everything is worked out from.
struct Work<'a> {
    wanted: &'a Wanted,
    game: &'a Game,
    instance: &'a Arc<GameInstance>,
    solved: &'a Solved,
}

impl Work<'_> {
    fn all(&self, asked: &Asked) -> Result<Value, Failure> {
        let form = &self.game.form;
        let mut found = Value {
            title: self.game.meta.title.clone(),
            players: form.players().iter().map(|player| player.name.clone()).collect(),
            before: value::found(form, self.solved),
            learning: Vec::new(),
            commitment: Vec::new(),
            along: Vec::new(),
            left_out: asked.left_out.clone(),
            stopped: false,
        };
        for pair in asked.learning.iter().take_while(|_| !progress::stopped()) {
            let learn = Learn {
                game: self.game,
                before: self.solved,
                player: pair.0,
                event: pair.1,
                accuracy: self.wanted.quality.clone().unwrap_or(detente::game::Rational::ONE),
                max_nodes: self.wanted.input.max_nodes,
            };
            let learning = value::learning(&learn, &mut |instance| self.solve(instance));
            found.learning.push(learning.map_err(|why| self.untold(pair.1, &why))?);
        }
        for player in asked.commitment.iter().take_while(|_| !progress::stopped()) {
            found.commitment.push(self.bound(*player));
        }
        for param in asked.params.iter().take_while(|_| !progress::stopped()) {
            found.along.push(self.along(*param));
        }
        found.stopped = progress::stopped();
        Ok(found)
    }

    fn untold(&self, event: EventId, why: &str) -> Failure {
        let about = value::about(&self.game.form, event);
        Failure::told(format!("nobody can be told {about} so: {why}"))
            .help("--quality 1 tells the truth itself; --about names another event")
    }

    fn solve(&self, instance: &Arc<GameInstance>) -> Solved {
        scenario::found(instance, &self.wanted.search, None, self.wanted.input.quiet)
    }

    fn bound(&self, player: PlayerId) -> detente::report::value::Commitment {
        let mut line = progress::Progress::new("linear programs", 0, self.wanted.input.quiet);
        let mut total = 0;
        let numbers = page::numbers(self.wanted.form.exact, self.wanted.form.decimal);
        value::bound(self.instance, player, numbers, &mut |done, of| {
            if total != of {
                line = progress::Progress::new("linear programs", of, self.wanted.input.quiet);
                total = of;
            }
            line.at(done, "replies");
            !progress::stopped()
        })
    }

    fn along(&self, param: ParamId) -> detente::report::value::Along {
        let search = Search {
            pure: self.wanted.search.pure,
            limits: Limits { profiles: self.wanted.search.max_trials, ..Limits::default() },
            stop: Some(progress::stop_flag()),
        };
        let mut line = None;
        let mut follow = |done, of| {
            let new =
                || progress::Progress::new("ways of play", of as u64, self.wanted.input.quiet);
            line.get_or_insert_with(new).at(done as u64, "followed");
            // What comes next has a line of its own.
            line.take_if(|_| done == of);
        };
        let solve = &mut |instance: &Arc<GameInstance>| self.solve(instance);
        value::along(self.game, self.solved, param, &search, &mut follow, solve)
    }
}
