//! `compare-concepts`: which equilibria survive which solution concept?

use crate::arguments::{CompareConcepts, ConceptName, Search};
use crate::exit::{Exit, Failure};
use crate::{output, page, progress, scenario};
use detente::analysis::analyses::comparison::{marks, row};
use detente::analysis::analyses::forward_induction::{ForwardInduction, limits};
use detente::game::GameInstance;
use detente::report::cards::{Card, Member, deal};
use detente::report::formats::json;
use detente::report::formats::text::comparison::{Row, screen};
use detente::road::{Solved, Verified};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Searches for Nash equilibria and for those with beliefs, and judges each under every concept.
pub fn run(compare: &CompareConcepts) -> Result<Exit, Failure> {
    let subject = scenario::subject(&compare.input)?;
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let search = |concept| Search {
        concept,
        method: None,
        pure: compare.pure,
        max_trials: compare.max_trials,
        one: false,
        limit: u32::try_from(compare.max_judged.max(1)).ok(),
        require_complete: false,
    };
    let solve = |concept| scenario::solve(&instance, &search(concept), compare.input.quiet);
    let searches = [solve(None)?, solve(Some(ConceptName::Nash))?];
    let titled: Vec<(&Verified, Option<String>)> = searches
        .iter()
        .flat_map(|solved| solved.equilibria.iter().zip(page::titles(game, solved)))
        .collect();
    let members: Vec<Member> = titled
        .iter()
        .map(|(verified, title)| Member {
            equilibrium: &verified.equilibrium,
            corners: &verified.corners,
            title: title.as_deref(),
        })
        .collect();
    let cards = deal(&members);
    let rows = judge(&instance, &cards, compare);
    let searched = searched(&searches);
    if compare.form.json {
        let answer = json::comparison(instance.form(), &rows, &searched);
        output::print(&super::show::pretty(&answer)?)?;
    } else {
        output::print(&screen(instance.form(), &rows, &searched, &page::look(&compare.form)))?;
    }
    Ok(Exit::Fine)
}

/// One sentence for each search, and the verdicts that are open.
fn searched([beliefs, nash]: &[Solved; 2]) -> Vec<String> {
    let mut texts = vec![
        format!("Nash: {}", nash.searched),
        format!("weak PBE and stronger: {}", beliefs.searched),
    ];
    texts.extend([nash, beliefs].into_iter().flat_map(page::undecided));
    texts.dedup();
    texts
}

/// The table's rows, as far as the limit and Ctrl-C allow.
fn judge<'c>(
    instance: &Arc<GameInstance>,
    cards: &'c [Card<'c>],
    compare: &CompareConcepts,
) -> Vec<Row<'c>> {
    let stop = progress::stop_flag();
    let points = |card: &'c Card<'c>| {
        card.members.iter().flat_map(|one| std::iter::once(one.equilibrium).chain(one.corners))
    };
    let all: usize = cards.iter().map(|card| points(card).count()).sum();
    let line = progress::Progress::new("judging", all as u64, compare.input.quiet);
    let go_on = || !stop.load(Ordering::Relaxed);
    let forward = ForwardInduction::new(instance, &limits(), &go_on);
    let (mut done, mut rows) = (0, Vec::new());
    for card in cards {
        let mut answers = Vec::new();
        let mut whole = true;
        for point in points(card) {
            if done >= compare.max_judged || !go_on() {
                whole = false;
                break;
            }
            answers.push(marks(instance, &forward, point.profile()));
            done += 1;
            line.at(done as u64, "profiles");
        }
        rows.push(Row { card, cells: whole.then(|| row(&answers)) });
    }
    drop(line);
    rows
}
