//! Exact ends of intervals, against published closed forms.
#![allow(clippy::disallowed_methods)]

use detente::analysis::algebra::Root;
use detente::analysis::analyses::ends::Limit;
use detente::analysis::analyses::thresholds::Threshold;
use detente::game::claim::{ClaimKind, Quantifier};
use detente::game::{Game, Rational};
use detente::road;
use detente::thresholds::{Goal, Search, thresholds};
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn catalogue() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    let mut files = Vec::new();
    for folder in ["books", "journals", "new_start", "reports"] {
        let entries = std::fs::read_dir(root.join(folder)).expect("the catalogue");
        files.extend(entries.map(|entry| entry.expect("readable").path()));
    }
    files.retain(|file| file.extension().is_some_and(|ending| ending == "dtn"));
    files.sort();
    files
}

fn open(path: &Path, set: &[(&str, &str)]) -> Game {
    let text = std::fs::read_to_string(path).expect("readable");
    let folder = path.parent().expect("a folder").to_owned();
    let mut reader =
        |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let set = set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let options = detente::Options { set, ..detente::Options::default() };
    let name = path.display().to_string();
    let opened = road::open(&name, &text, &mut reader, &options, &mut |_| true);
    opened.game().expect("no errors").clone()
}

/// The claims of a scenario that say where they hold, with equilibria that satisfy them.
struct Case {
    game: Game,
    name: String,
    low: Rational,
    high: Rational,
    found: Threshold,
}

fn cases(path: &Path) -> Vec<Case> {
    let game = open(path, &[]);
    let mut cases = Vec::new();
    for claim in &game.claims {
        let ClaimKind::Equilibria { concept, quantifier, queries, holds_for, .. } = &claim.kind
        else {
            continue;
        };
        // Settings change the tree; `holds for` under them is checked by the catalogue itself.
        if *quantifier != Quantifier::Exists || claim.with.iter().any(|with| with.param.is_none()) {
            continue;
        }
        let mut point = game.base_point();
        for with in &claim.with {
            point[with.param.expect("no setting").index()] = with.value.clone();
        }
        for holds in holds_for {
            let instance = Arc::new(game.at(&point).expect("defined"));
            let search = Search::default();
            let mut starts = search.at(&instance, concept).equilibria;
            starts.retain(|start| detente::claims::is_witness(&game, start, queries));
            starts.truncate(8);
            assert!(!starts.is_empty(), "{}: {}", path.display(), claim.text);
            let goal = Goal::Queries(queries);
            let found = thresholds(&game, &starts, &[holds.param], goal, &search, &mut |_| {});
            let value =
                |formula| game.formulas.interval_at(formula, &point).expect("a number").middle();
            cases.push(Case {
                name: format!("{}: {}", path.display(), claim.text),
                low: value(holds.low),
                high: value(holds.high),
                found: found.into_iter().next().expect("one parameter"),
                game: game.clone(),
            });
        }
    }
    cases
}

/// How an end agrees with a published value.
#[derive(Debug, PartialEq, Eq)]
enum Agrees {
    Exactly,
    Within,
    No,
}

fn agrees(limit: &Limit, published: &Rational) -> Agrees {
    match limit {
        Limit::At(Root::Exact(at)) | Limit::Range(at) if at == published => Agrees::Exactly,
        Limit::Between(interval) if interval.low <= *published && *published <= interval.high => {
            Agrees::Within
        }
        _ => Agrees::No,
    }
}

fn agreement(folder: &str) -> (usize, usize) {
    let (mut exactly, mut within) = (0, 0);
    for path in catalogue().iter().filter(|path| path.parent().unwrap().ends_with(folder)) {
        for case in cases(path) {
            let sides = [(&case.found.below, &case.low), (&case.found.above, &case.high)];
            for (side, published) in sides {
                let end = &side.as_ref().expect("it can be followed").end;
                match agrees(&end.limit, published) {
                    Agrees::Exactly => exactly += 1,
                    Agrees::Within => within += 1,
                    Agrees::No => panic!("{}: {:?} is not {published}", case.name, end.limit),
                }
                assert!(end.is_sure(), "{}: {end:?}", case.name);
                let range = &case.game.params[case.found.param.index()].range;
                let (least, most) = range.as_ref().expect("a range");
                assert_eq!(end.is_inside(), published != least && published != most);
            }
        }
    }
    (exactly, within)
}

/// Every closed form of the reply game, the offer stage, the repeated offers and the treaty
/// gesture that the catalogue states as an interval comes out of the tree.
#[test]
fn the_closed_forms_of_the_treaty_models() {
    let (exactly, within) = agreement("new_start");
    assert!(exactly >= 90 && within <= 1, "{exactly} exactly, {within} within");
}

#[test]
fn the_published_thresholds_of_books_and_journals() {
    let books = agreement("books");
    let (exactly, within) = agreement("journals");
    assert!(books.0 + exactly >= 40 && books.1 + within <= 2, "{books:?} {exactly} {within}");
}
