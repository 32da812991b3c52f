//! `assumptions` and `compare` on the treaty gesture, whose turns are published.

mod common;

use common::{Folder, ends};
use detente::report::formats::json;

const GESTURE: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/treaty_gesture.dtn");

fn answer<T: serde::de::DeserializeOwned>(arguments: &[&str]) -> T {
    serde_json::from_str(&ends(arguments, 0).0).expect("JSON of this type")
}

fn exact(turning: &Option<json::Turning>) -> String {
    match turning.as_ref().map(|turning| &turning.at) {
        Some(json::Place::Exact { value }) => value.exact.clone(),
        Some(other) => panic!("{other:?}"),
        None => "none".to_owned(),
    }
}

#[test]
fn the_register_has_the_published_turns_in_order() {
    let register: json::Assumptions = answer(&["assumptions", "-q", "--json", GESTURE]);
    let published = [
        ("detect", "1/6", "9/14"),
        ("edge", "62/25", "78/25"),
        ("secret_edge", "47/25", "63/25"),
        ("p_firm", "5/12", "35/44"),
        ("transfer", "25/7", "400/77"),
        ("insight", "5/8", "10/11"),
        ("p_serious", "23/83", "168/193"),
        ("exposure", "88/63", "212/27"),
        ("snub", "1", "31/7"),
        ("false_alarm", "none", "none"),
    ];
    for (name, below, above) in published {
        let found = register.assumptions.iter().find(|one| one.parameter.name == name);
        let found = found.unwrap_or_else(|| panic!("{name} is missing"));
        assert_eq!((exact(&found.below), exact(&found.above)), (below.into(), above.into()));
        assert!([&found.below, &found.above].into_iter().flatten().all(|turn| turn.confirmed));
    }
    let far = |one: &json::AssumptionEntry| one.distance.as_ref().map_or(f64::MAX, |d| d.decimal);
    let order: Vec<(bool, f64)> =
        register.assumptions.iter().map(|one| (!one.thin, far(one))).collect();
    assert!(order.windows(2).all(|pair| pair[0] <= pair[1]), "{order:?}");
    assert_eq!(register.assumptions.len(), 14);
    // (78/25 - 3) / 10 = (2 - 47/25) / 10 = 3/250
    let soonest = &register.soonest;
    assert!(
        soonest.starts_with("3/250 ≈ 1.2% of its range") || soonest.starts_with("1.2%"),
        "{soonest}"
    );
    assert!(soonest.contains("edge (thinly supported): above 78/25 = 3.12"), "{soonest}");
    assert!(
        soonest.contains("equally soon secret_edge (thinly supported): below 47/25"),
        "{soonest}"
    );
}

#[test]
fn a_number_that_crosses_a_turn_is_told() {
    let folder = Folder::new("compare");
    let text = std::fs::read_to_string(GESTURE).expect("the gesture");
    let moved = |to: &str, name: &str| {
        folder.file(name, text.replace("p_firm      = 0.5", &format!("p_firm      = {to}")))
    };
    let beyond: json::Compared =
        answer(&["compare", "-q", "--json", GESTURE, &moved("0.4", "beyond.dtn")]);
    assert_eq!(beyond.parameters.len(), 1);
    assert_eq!(exact(&Some(beyond.crossed[0].turn.clone())), "5/12");
    assert!(beyond.text.is_some_and(|diff| diff.contains("+  p_firm      = 0.4")));
    let within: json::Compared =
        answer(&["compare", "-q", "--json", GESTURE, &moved("0.42", "within.dtn")]);
    assert!(within.crossed.is_empty() && within.parameters.len() == 1);
    let (said, _) = ends(&["compare", "-q", GESTURE, &moved("0.4", "beyond.dtn")], 0);
    assert!(said.contains("p_firm alone crosses 5/12"), "{said}");
}

const BEER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../catalog/journals/cho_kreps_1987_beer_quiche_prior.dtn"
);
const REPLY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/reply_game.dtn");

/// With its probabilities held fast, a mixed equilibrium would end at any step of any parameter. They
/// move along instead: below one half the weak newcomer mixes, duels or not, up to the published end.
#[test]
fn mixed_choices_move_along() {
    let register: json::Assumptions =
        answer(&["assumptions", "-q", "--json", BEER, "--set", "p=1/10"]);
    let [prior] = register.assumptions.as_slice() else { panic!("one parameter") };
    assert_eq!(exact(&prior.above), "1/2");
    assert_eq!(prior.distance.as_ref().map(|one| one.decimal), Some(0.4));
    // A continuum, in which the offerer's mean is all that is determined.
    let set = "p_resolved=3/10";
    let register: json::Assumptions = answer(&["assumptions", "-q", "--json", REPLY, "--set", set]);
    let of = |name: &str| {
        let found = register.assumptions.iter().find(|one| one.parameter.name == name);
        found.unwrap_or_else(|| panic!("{name} is missing"))
    };
    assert_eq!(exact(&of("p_resolved").below), "77/300");
    assert_eq!(exact(&of("secret_share").below), "31/48");
    assert!(!register.soonest.starts_with("0%"), "{}", register.soonest);
    let zero =
        |one: &json::AssumptionEntry| one.distance.as_ref().is_some_and(|d| d.decimal == 0.0);
    assert!(!register.assumptions.iter().any(zero));
}

#[test]
fn a_mixed_equilibrium_is_compared_by_its_own_end() {
    let folder = Folder::new("compare-mixed");
    let text = std::fs::read_to_string(REPLY).expect("the reply game");
    let with = |name: &str, q: &str| {
        let moved = text.replace("p_resolved       = 1/2 ", &format!("p_resolved       = {q} "));
        assert_ne!(moved, text);
        folder.file(name, moved)
    };
    let (mixed, apart) = (with("mixed.dtn", "3/10"), with("apart.dtn", "1/5"));
    let found: json::Compared = answer(&["compare", "-q", "--json", &mixed, &apart]);
    assert_eq!(exact(&Some(found.crossed[0].turn.clone())), "77/300");
}
