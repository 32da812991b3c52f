//! Reading `.nfg`. The strategic form becomes a tree in which the players move one after the
//! other and see nothing.

use super::super::labels::distinct;
use super::super::scan::{Place, Scanner, Token};
use super::super::{IMPORTED_STAKE, ImportError, ImportLimits, Imported};
use crate::form::{Event, EventKind, Player, Stake};
use crate::game::{Game, GameBuilder};
use crate::ids::{InfoSetId, NodeId, OutcomeId, PlayerId, StakeId};
use crate::number::Rational;

/// Reads a game of the format "NFG 1 R" or "NFG 1 D", with a list of payoffs or of outcomes.
///
/// Player 1's strategy varies fastest in the file; in the tree he moves first. Each player has
/// one information set, with his strategies as actions.
///
/// # Errors
/// If the text is no such game, or beyond `limits`.
pub fn read_nfg(text: &str, limits: &ImportLimits) -> Result<Imported, ImportError> {
    let mut scan = Scanner::new(text, limits)?;
    header(&mut scan)?;
    let title = scan.take_text("the game's title")?;
    let mut players = Vec::new();
    scan.take(&Token::Open, "'{' and the players' names")?;
    while *scan.peek() != Token::Close {
        players.push(scan.take_text("a player's name")?);
        scan.take_if(&Token::Comma)?;
    }
    scan.advance()?;
    distinct(&mut players, |position| format!("Player {}", position + 1));
    let place = scan.place();
    let (strategies, relabelled) = strategies(&mut scan, players.len(), limits)?;
    let profiles = check_size(place, &strategies, limits)?;
    let about = scan.take_text_if()?.unwrap_or_default();
    let body = if *scan.peek() == Token::Open {
        outcome_body(&mut scan, players.len(), profiles)?
    } else {
        payoff_body(&mut scan, players.len(), profiles)?
    };
    if *scan.peek() != Token::End {
        return Err(scan.expected("the end of the file"));
    }
    let mut game = tree(&title, &players, &strategies, &body)
        .map_err(|error| place.error(error.to_string()))?;
    game.meta.about = about;
    let mut notes = Vec::new();
    if relabelled {
        notes.push("Empty or repeated names of strategies were numbered.".to_owned());
    }
    Ok(Imported { game, notes })
}

fn header(scan: &mut Scanner<'_>) -> Result<(), ImportError> {
    let hint = "a strategic form's file begins with  NFG 1 R \"title\" { \"player\" … }";
    for (wanted, name) in [
        (&["NFG"][..], "'NFG'"),
        (&["1"][..], "version 1 of the format"),
        (&["R", "D"][..], "R (rational numbers) or D (decimals)"),
    ] {
        if !matches!(scan.peek(), Token::Word(word) if wanted.contains(word)) {
            let error = scan.expected(name);
            return Err(match scan.peek() {
                Token::Word("EFG") => error.with_hint("this is a game tree: read it as .efg"),
                _ => error.with_hint(hint),
            });
        }
        scan.advance()?;
    }
    Ok(())
}

/// The names of all players' strategies: `{ { "a" "b" } { "c" } }`, or their numbers: `{ 2 1 }`.
fn strategies(
    scan: &mut Scanner<'_>,
    players: usize,
    limits: &ImportLimits,
) -> Result<(Vec<Vec<String>>, bool), ImportError> {
    let place = scan.place();
    scan.take(&Token::Open, "'{' and the strategies")?;
    let mut strategies: Vec<Vec<String>> = Vec::new();
    let mut relabelled = false;
    while *scan.peek() != Token::Close {
        let place = scan.place();
        if scan.take_if(&Token::Open)? {
            let mut names = Vec::new();
            while *scan.peek() != Token::Close {
                names.push(scan.take_text("a strategy's name")?);
                scan.take_if(&Token::Comma)?;
            }
            scan.advance()?;
            relabelled |= distinct(&mut names, |position| (position + 1).to_string());
            strategies.push(names);
        } else {
            let count = scan.take_index("the number of strategies")?;
            let count = usize::try_from(count).ok().filter(|count| *count <= limits.nodes);
            let count =
                count.ok_or_else(|| place.error("this is no possible number of strategies"))?;
            strategies.push((1..=count).map(|number| number.to_string()).collect());
        }
        if strategies.last().is_some_and(Vec::is_empty) {
            return Err(place.error("this player has no strategy"));
        }
        if strategies.iter().map(Vec::len).sum::<usize>() > limits.nodes {
            return Err(place.error(format!("there are more than {} strategies", limits.nodes)));
        }
        scan.take_if(&Token::Comma)?;
    }
    scan.advance()?;
    if strategies.len() != players {
        let given = strategies.len();
        return Err(place.error(format!("strategies are given for {given} of {players} players")));
    }
    Ok((strategies, relabelled))
}

/// Number of profiles, if the tree stays within the limits.
fn check_size(
    place: Place,
    strategies: &[Vec<String>],
    limits: &ImportLimits,
) -> Result<usize, ImportError> {
    let too_large = || {
        place
            .error(format!("the tree of this game would have more than {} nodes", limits.nodes))
            .with_hint("the number of profiles is the product of the numbers of strategies")
    };
    let (mut level, mut nodes) = (1_usize, 1_usize);
    for names in strategies {
        level = level.checked_mul(names.len()).ok_or_else(too_large)?;
        nodes = nodes.checked_add(level).ok_or_else(too_large)?;
        if nodes > limits.nodes
            || nodes.saturating_mul(strategies.len()) > limits.nodes_times_players
        {
            return Err(too_large());
        }
    }
    Ok(level)
}

/// What each profile pays, player 1's strategy varying fastest.
struct Body {
    /// Names and payoffs; entry 0 pays nothing.
    outcomes: Vec<(String, Vec<Rational>)>,
    profile: Vec<usize>,
}

fn payoff_body(
    scan: &mut Scanner<'_>,
    players: usize,
    profiles: usize,
) -> Result<Body, ImportError> {
    let mut body = Body { outcomes: vec![(String::new(), Vec::new())], profile: Vec::new() };
    for _ in 0..profiles {
        let mut payoffs = Vec::with_capacity(players);
        for _ in 0..players {
            if *scan.peek() == Token::End {
                return Err(scan
                    .expected("a payoff")
                    .with_hint(&format!("{profiles} profiles of {players} payoffs are needed")));
            }
            payoffs.push(scan.take_number("a payoff")?);
            scan.take_if(&Token::Comma)?;
        }
        body.profile.push(body.outcomes.len());
        body.outcomes.push((String::new(), payoffs));
    }
    Ok(body)
}

fn outcome_body(
    scan: &mut Scanner<'_>,
    players: usize,
    profiles: usize,
) -> Result<Body, ImportError> {
    let mut body = Body { outcomes: vec![(String::new(), Vec::new())], profile: Vec::new() };
    scan.take(&Token::Open, "'{'")?;
    while scan.take_if(&Token::Open)? {
        let name = scan.take_text_if()?.unwrap_or_default();
        let mut payoffs = Vec::with_capacity(players);
        let place = scan.place();
        while scan.at_number() {
            payoffs.push(scan.take_number("a payoff")?);
            scan.take_if(&Token::Comma)?;
        }
        if payoffs.len() != players {
            let given = payoffs.len();
            return Err(place.error(format!("{given} payoffs are given for {players} players")));
        }
        scan.take(&Token::Close, "a payoff or '}'")?;
        scan.take_if(&Token::Comma)?;
        body.outcomes.push((name, payoffs));
    }
    scan.take(&Token::Close, "an outcome or '}'")?;
    for _ in 0..profiles {
        let place = scan.place();
        let number = scan.take_index("the number of an outcome")?;
        let known = usize::try_from(number).ok().filter(|number| *number < body.outcomes.len());
        let count = body.outcomes.len() - 1;
        body.profile.push(known.ok_or_else(|| {
            place.error(format!("outcomes are numbered 1 to {count} (0 for none)"))
        })?);
        scan.take_if(&Token::Comma)?;
    }
    Ok(body)
}

fn tree(
    title: &str,
    players: &[String],
    strategies: &[Vec<String>],
    body: &Body,
) -> Result<Game, crate::form::BuildError> {
    let mut builder = GameBuilder::new(usize::MAX);
    let mut stakes: Vec<StakeId> = Vec::new();
    let mut sets: Vec<InfoSetId> = Vec::new();
    for (name, actions) in players.iter().zip(strategies) {
        let (player, set) = add_player(&mut builder, name, actions)?;
        stakes.push(builder.form.stake(Stake { player, name: IMPORTED_STAKE.to_owned() }));
        sets.push(set);
    }
    let mut ids: Vec<Option<Option<OutcomeId>>> = vec![None; body.outcomes.len()];
    // How much a player's strategy moves the position of the profile in the file.
    let mut strides = vec![1_usize];
    for actions in strategies {
        strides.push(strides[strides.len() - 1] * actions.len());
    }
    let mut open = vec![(NodeId(0), 0_usize, 0_usize)];
    while let Some((node, depth, position)) = open.pop() {
        if let Some(&set) = sets.get(depth) {
            let first = builder.form.decide(node, set)?;
            for choice in (0..strategies[depth].len()).rev() {
                let child = NodeId::from_index(first.index() + choice);
                open.push((child, depth + 1, position + choice * strides[depth]));
            }
            continue;
        }
        let number = body.profile[position];
        let (name, payoffs) = &body.outcomes[number];
        let outcome = *ids[number]
            .get_or_insert_with(|| (!name.is_empty()).then(|| builder.form.outcome(name)));
        let items: Vec<_> = stakes
            .iter()
            .zip(payoffs)
            .map(|(stake, payoff)| (*stake, builder.formulas.number(payoff.clone())))
            .collect();
        let row = builder.row(&items, outcome);
        builder.form.end(node, row)?;
    }
    builder.finish(title)
}

fn add_player(
    builder: &mut GameBuilder,
    name: &str,
    actions: &[String],
) -> Result<(PlayerId, InfoSetId), crate::form::BuildError> {
    let player =
        builder.form.player(Player { name: name.to_owned(), label: String::new(), team: None });
    let question = builder.form.event(Event {
        owner: Some(player),
        name: "strategy".to_owned(),
        index: None,
        kind: EventKind::Choice,
    });
    let values: Vec<_> = actions.iter().map(|action| builder.form.value(action)).collect();
    let set = builder.form.info_set(player, question, &values, None)?;
    Ok((player, set))
}
