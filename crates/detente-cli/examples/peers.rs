//! Compiles every scenario of a folder, or reads every `.nfg` and every `.efg` that stands alone, and
//! writes, beside it, what other programs are to confirm: the tree as `.efg` and, as `.json`, what is
//! claimed of it. Used by `tests/peers`.
//!
//! `cargo run --release --example peers -- FOLDER [WORD]`; the word asks for more:
//!
//! | word | claims |
//! |---|---|
//! | `pure` | the outcomes of all pure Nash equilibria, and the strategic form as `.nfg` |
//! | `value` | the value of a two-player zero-sum game, and optimal strategies |
//! | `mixed` | all Nash equilibria of a two-stage game, mixed ones too |
//! | `nash` | all Nash equilibria, each verified; of two players in both forms, which have to agree |
//! | `judge` | the verdict on every profile in `.profiles` (JSON), a file written by the other |

use detente::game::claim::Concept;
use detente::game::exchange::{
    EfgOptions, ImportLimits, StrategicLimits, read_efg, read_nfg, write_efg, write_nfg,
};
use detente::game::form::{GameForm, NodeKind};
use detente::game::{ActionId, Game, GameInstance, NodeId, PlayerId, Profile, Rational};
use detente::lang::Options;
use detente::road::{self, Asked, Verified, VerifiedPiece};
use detente::solve::solvers::pure::Prepared;
use detente::solve::solvers::zero_sum;
use detente::solve::{Candidate, Found, Limits, Question};
use detente::verify::{Enclosed, Equilibrium};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

/// Far above what the games of these tests need, so that a runaway search ends.
const LIMITS: Limits = Limits { profiles: 20_000_000, candidates: 100_000 };

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (folder, word) = match arguments.as_slice() {
        [folder] => (folder, ""),
        [folder, word] => (folder, word.as_str()),
        _ => {
            eprintln!("usage: peers FOLDER [pure | value | mixed | nash | judge]");
            std::process::exit(2);
        }
    };
    if let Err(why) = all(Path::new(folder), word) {
        eprintln!("error: {why}");
        std::process::exit(1);
    }
}

fn all(folder: &Path, word: &str) -> Result<(), String> {
    // What a file was written from goes before it.
    const ENDINGS: [&str; 3] = ["dtn", "nfg", "efg"];
    let mut stems = BTreeSet::new();
    for entry in std::fs::read_dir(folder).map_err(text)? {
        let path = entry.map_err(text)?.path();
        if path.extension().is_some_and(|ending| ENDINGS.iter().any(|one| ending == *one)) {
            stems.insert(path.with_extension(""));
        }
    }
    for stem in stems {
        let mut paths = ENDINGS.iter().map(|ending| stem.with_added_extension(ending));
        let path = paths.find(|path| path.exists()).ok_or("a file has gone")?;
        one(&path, word).map_err(|why| format!("{}: {why}", path.display()))?;
    }
    Ok(())
}

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

/// Writes the tree of a scenario, and what is claimed of it.
fn one(path: &Path, word: &str) -> Result<(), String> {
    let game = match path.extension().and_then(|ending| ending.to_str()) {
        Some("dtn") => compiled(path)?,
        ending => {
            let source = std::fs::read_to_string(path).map_err(text)?;
            let read = if ending == Some("nfg") { read_nfg } else { read_efg };
            read(&source, &ImportLimits::default()).map_err(text)?.game
        }
    };
    let instance = Arc::new(game.base().map_err(text)?);
    let efg = write_efg(&game, &instance, &EfgOptions::default()).map_err(text)?.text;
    let mut about = sizes(&game);
    match word {
        "pure" => {
            let nfg = write_nfg(&game, &instance, &StrategicLimits::default());
            // A strategic form can be too large to be written; it is then not compared.
            if let Ok(nfg) = nfg {
                std::fs::write(path.with_extension("nfg"), nfg.text).map_err(text)?;
            }
            about["pure"] = pure(&instance)?;
        }
        "value" => about["value"] = value(&instance)?,
        "mixed" => about["mixed"] = mixed(&instance, "signalling")?,
        "nash" => about["nash"] = nash(&instance)?,
        "judge" => about["verdicts"] = verdicts(&instance, &path.with_extension("profiles"))?,
        _ => {}
    }
    std::fs::write(path.with_extension("efg"), efg).map_err(text)?;
    std::fs::write(path.with_extension("json"), about.to_string()).map_err(text)
}

fn compiled(path: &Path) -> Result<Game, String> {
    let source = std::fs::read_to_string(path).map_err(text)?;
    let name = path.display().to_string();
    let mut reader = |file: &str| Err(format!("'{file}' is not to be read"));
    let opened = road::open(&name, &source, &mut reader, &Options::default(), &mut |_| true);
    opened.game().cloned().ok_or_else(|| {
        let said: Vec<&str> =
            opened.diagnostics().iter().filter(|d| d.is_error()).map(|d| &*d.message).collect();
        said.join("; ")
    })
}

/// The sizes of a tree, and which information set each decision belongs to, in the order of the
/// written tree: profiles speak of sets by these numbers.
fn sizes(game: &Game) -> Value {
    let form = &game.form;
    let situations: Vec<usize> = form
        .player_ids()
        .map(|player| form.info_sets().iter().filter(|set| set.player == player).count())
        .collect();
    let (mut open, mut sets) = (vec![GameForm::ROOT], Vec::new());
    while let Some(node) = open.pop() {
        if let NodeKind::Decision(set) = form.kind(node) {
            sets.push(set.index());
        }
        open.extend(form.children(node).rev());
    }
    json!({
        "nodes": form.node_count(),
        "ends": form.end_count(),
        "players": form.players().len(),
        "situations": situations,
        "perfect_recall": form.has_perfect_recall(),
        "sets": sets,
    })
}

fn searched(instance: &Arc<GameInstance>, method: &str, mixed: bool) -> Found {
    let limit = match method {
        // Trials cost more here, and another program could not follow.
        "sequence" | "bimatrix" => Limits { profiles: 5_000, ..LIMITS },
        _ => LIMITS,
    };
    let question =
        Question { method: Some(method.to_owned()), mixed, limit, ..Question::pure(Concept::Nash) };
    detente::solve::solve(instance, &question, &mut |_| {})
}

fn is_nash(instance: &Arc<GameInstance>, profile: &Profile) -> bool {
    detente::verify::verify(instance, &Concept::Nash, profile).holds()
}

/// Every pure Nash equilibrium as the probabilities of the ends, in the order of the written tree;
/// nothing if the search did not come to its end.
fn pure(instance: &Arc<GameInstance>) -> Result<Value, String> {
    let found = searched(instance, "pure", false);
    if !found.all_pure {
        return Ok(Value::Null);
    }
    let mut seen = BTreeSet::new();
    for candidate in &found.candidates {
        let Candidate::Point(profile) = candidate else {
            return Err("pure search listed a continuum".to_owned());
        };
        if !is_nash(instance, profile) {
            return Err("the verifier refuses a pure Nash equilibrium".to_owned());
        }
        seen.insert(reached(instance, profile));
    }
    Ok(json!(seen))
}

/// The value of a zero-sum game to the first player, with optimal strategies.
fn value(instance: &Arc<GameInstance>) -> Result<Value, String> {
    let prepared = Prepared::new(instance.shared_form());
    let solution = zero_sum::solve(&prepared, instance, None).map_err(|r| r.reason().to_owned())?;
    if !is_nash(instance, &solution.profile) {
        return Err("the verifier refuses optimal strategies".to_owned());
    }
    Ok(json!({
        "value": solution.values[PlayerId(0).index()].to_string(),
        "profile": by_set(instance.form(), &solution.profile),
    }))
}

/// All Nash equilibria by one method: for each connected component its corners and a point
/// inside; nothing if the search did not come to its end.
fn mixed(instance: &Arc<GameInstance>, method: &str) -> Result<Value, String> {
    let found = searched(instance, method, true);
    if !found.complete {
        return Ok(Value::Null);
    }
    let mut components = Vec::new();
    for candidate in &found.candidates {
        let corners = candidate.corners();
        let inside = candidate.inside().ok_or("the method for two stages lists fractions only")?;
        if !corners.iter().chain([&inside]).all(|profile| is_nash(instance, profile)) {
            return Err("the verifier refuses a mixed Nash equilibrium".to_owned());
        }
        let form = instance.form();
        let corners: Vec<Value> = corners.iter().map(|corner| by_set(form, corner)).collect();
        components.push(json!({ "corners": corners, "inside": by_set(form, inside) }));
    }
    Ok(json!(components))
}

/// All Nash equilibria on the main road: for each connected component its convex pieces, each with
/// its corners and a point inside; boxes that hold one each; and whether these are all.
fn nash(instance: &Arc<GameInstance>) -> Result<Value, String> {
    forms_agree(instance)?;
    let limits = Limits { profiles: 20_000, ..LIMITS };
    let asked = Asked { concept: Some(Concept::Nash), limits, ..Asked::default() };
    let solved = road::equilibria(instance, &asked, &mut |_| {});
    let boxes: Vec<Value> = solved.enclosed.iter().map(box_by_set).collect();
    Ok(json!({
        "complete": solved.complete,
        "method": solved.method.name,
        "components": solved.equilibria.iter().map(pieces).collect::<Vec<_>>(),
        "boxes": boxes,
    }))
}

/// The sequence form and the strategic form have to give the same list, where both do.
fn forms_agree(instance: &Arc<GameInstance>) -> Result<(), String> {
    if instance.form().players().len() != 2 {
        return Ok(());
    }
    let (tree, strategic) = (mixed(instance, "sequence")?, mixed(instance, "bimatrix")?);
    if !tree.is_null() && !strategic.is_null() && tree != strategic {
        return Err("sequence form and strategic form differ".to_owned());
    }
    Ok(())
}

/// The convex pieces of a component; one with a single corner if it is a point.
fn pieces(verified: &Verified) -> Value {
    let form = verified.equilibrium.instance().form();
    let told = |equilibrium: &Equilibrium| by_set(form, equilibrium.profile());
    if verified.pieces.is_empty() {
        let point = told(&verified.equilibrium);
        return json!([{ "corners": [point], "inside": point }]);
    }
    let piece = |piece: &VerifiedPiece| {
        let corners = piece.corners.iter().map(|&at| told(&verified.corners[at]));
        json!({ "corners": corners.collect::<Vec<_>>(), "inside": told(&piece.inside) })
    };
    json!(verified.pieces.iter().map(piece).collect::<Vec<_>>())
}

/// The middle of the box of an enclosed equilibrium, set by set.
fn box_by_set(enclosed: &Enclosed) -> Value {
    let form = enclosed.instance().form();
    let middle = |action: ActionId| enclosed.probability()[action.index()].middle().to_string();
    let of_set = |set| form.actions(set).map(middle).collect::<Vec<_>>();
    json!(form.info_set_ids().map(of_set).collect::<Vec<_>>())
}

/// Whether each profile of a file is a Nash equilibrium.
fn verdicts(instance: &Arc<GameInstance>, path: &Path) -> Result<Value, String> {
    let profiles = std::fs::read_to_string(path).map_err(text)?;
    let profiles: Vec<Vec<Vec<String>>> = serde_json::from_str(&profiles).map_err(text)?;
    let mut verdicts = Vec::new();
    for sets in profiles {
        let numbers = sets.into_iter().flatten().map(|number| number.parse::<Rational>());
        let probability = numbers.collect::<Result<_, _>>().map_err(text)?;
        verdicts.push(is_nash(instance, &Profile { probability }));
    }
    Ok(json!(verdicts))
}

/// The probabilities of a profile's actions, set by set.
fn by_set(form: &GameForm, profile: &Profile) -> Value {
    let of_set = |set| -> Vec<String> {
        form.actions(set).map(|action| profile.of(action).to_string()).collect()
    };
    json!(form.info_set_ids().map(of_set).collect::<Vec<_>>())
}

fn reached(instance: &GameInstance, profile: &Profile) -> Vec<(usize, String)> {
    let form = instance.form();
    let mut open: Vec<(NodeId, Rational)> = vec![(GameForm::ROOT, Rational::ONE)];
    let (mut found, mut end) = (Vec::new(), 0);
    while let Some((node, probability)) = open.pop() {
        let kind = form.kind(node);
        if matches!(kind, NodeKind::End(_)) {
            if !probability.is_zero() {
                found.push((end, probability.to_string()));
            }
            end += 1;
            continue;
        }
        for (position, child) in form.children(node).enumerate().rev() {
            let share = match kind {
                NodeKind::Decision(set) => {
                    let first = form.info_set(set).first_action.index();
                    &profile.probability[first + position]
                }
                NodeKind::Chance(_) => {
                    let branch = form.branch_into(child).expect("a child of a lottery");
                    instance.branch(branch)
                }
                NodeKind::End(_) => unreachable!("ends have no children"),
            };
            open.push((child, &probability * share));
        }
    }
    found
}
