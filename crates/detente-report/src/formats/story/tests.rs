//! Each sentence is read back and checked against histories and information sets.

use super::*;
use crate::drawing::clear::catalogue;
use crate::drawing::tests::{Dice, any_tree, game};
use detente_game::NodeId;

/// Random trees and the catalogue.
fn games() -> Vec<Game> {
    let mut dice = Dice(11);
    let mut games: Vec<Game> = (0..150).map(|_| any_tree(&mut dice)).collect();
    games.extend(catalogue().into_iter().filter(|game| game.form.end_count() <= 500));
    games
}

type History = Vec<(EventId, ValueId)>;

fn value_in(history: &History, event: EventId) -> Option<ValueId> {
    history.iter().find(|(happened, _)| *happened == event).map(|(_, value)| *value)
}

fn end_histories(form: &GameForm) -> Vec<History> {
    form.ends().map(|end| form.history(end)).collect()
}

fn happens_twice(ends: &[History], event: EventId) -> bool {
    ends.iter().any(|end| end.iter().filter(|(happened, _)| *happened == event).count() > 1)
}

/// What a player knows of an event at his questions, by comparing the histories of members.
fn known_by_histories(
    form: &GameForm,
    event: EventId,
    player: PlayerId,
) -> BTreeMap<String, Knowledge> {
    let mut verdicts: BTreeMap<EventId, Vec<bool>> = BTreeMap::new();
    for set in form.info_set_ids().filter(|set| form.info_set(*set).player == player) {
        let value = |node: &NodeId| value_in(&form.history(*node), event);
        let values: BTreeSet<Option<ValueId>> = form.members(set).iter().map(value).collect();
        let asked = form.info_set(set).question;
        if asked != event && values != BTreeSet::from([None]) {
            verdicts.entry(asked).or_default().push(values.len() == 1);
        }
    }
    let verdict = |known: &[bool]| match (known.contains(&true), known.contains(&false)) {
        (true, true) => Knowledge::Sometimes,
        (true, false) => Knowledge::Always,
        _ => Knowledge::Never,
    };
    verdicts.into_iter().map(|(asked, known)| (question(form, asked), verdict(&known))).collect()
}

/// What a line says that a player knows, by question.
fn told_of(line: &str, who: &str) -> BTreeMap<String, Knowledge> {
    let mut told = BTreeMap::new();
    let Some(sentence) = line.split_inclusive('.').map(str::trim).find(|sentence| {
        ["knows it ", "does not know it "]
            .iter()
            .any(|verb| sentence.starts_with(&format!("{who} {verb}")))
    }) else {
        return told;
    };
    let sentence = sentence.trim_end_matches('.');
    let is_denied = sentence.starts_with(&format!("{who} does not know"));
    let mut rest = &sentence[sentence.find("know").unwrap()..];
    let mut before = "";
    while let Some(start) = rest.find("when choosing ") {
        before = if before.is_empty() { &rest[..start] } else { before };
        let after = &rest[start + "when choosing ".len()..];
        let stop =
            [", in some cases when", ", not when"].iter().filter_map(|mark| after.find(mark)).min();
        let (items, left) = after.split_at(stop.unwrap_or(after.len()));
        let verdict = match before {
            _ if is_denied || before.ends_with("not ") => Knowledge::Never,
            _ if before.ends_with("in some cases ") => Knowledge::Sometimes,
            _ => Knowledge::Always,
        };
        let items = items.replace(" and ", ", ").replace(" or ", ", ");
        told.extend(items.split(", ").map(|item| (item.to_owned(), verdict)));
        let next = left.find("when choosing ").unwrap_or(left.len());
        (before, rest) = (&left[..next], &left[next..]);
    }
    told
}

/// How the clause begins that tells of an event, but for its first letter.
fn clause_of(form: &GameForm, event: EventId) -> String {
    match form.event(event).owner {
        Some(owner) if form.event(event).kind == EventKind::Choice => {
            format!("{} chooses {}: ", form.player(owner).name, question(form, event))
        }
        None => format!("hance decides {}: ", name(form, event)),
        Some(_) => format!("{} is ", name(form, event)),
    }
}

/// The line that tells of an event.
fn line_of<'s>(lines: &[&'s str], form: &GameForm, event: EventId) -> Option<(usize, &'s str)> {
    let clause = clause_of(form, event);
    let is_of = |line: &str| {
        line.starts_with(&clause)
            || line.get(1..).is_some_and(|rest| rest.starts_with(&clause))
            || line.starts_with("If ") && line.contains(&format!(", {clause}"))
            || line.contains(&format!(", c{clause}"))
            || line.starts_with(&format!("At the same time, {clause}"))
    };
    lines.iter().copied().enumerate().find(|(_, line)| is_of(line))
}

#[test]
fn the_story_says_of_knowledge_what_information_sets_say() {
    let mut checked = 0;
    for game in games() {
        let form = &game.form;
        let story = story(&game);
        let lines: Vec<&str> = story.lines().collect();
        let ends = end_histories(form);
        let course = Course::of(form);
        for event in course.in_order() {
            if course.values_of(event).len() < 2 {
                continue;
            }
            let (_, line) =
                line_of(&lines, form, event).unwrap_or_else(|| panic!("{event:?}\n{story}"));
            let recurs = happens_twice(&ends, event);
            assert_eq!(line.contains(" This can happen more than once."), recurs, "{line}");
            for player in form.player_ids() {
                let who = &form.player(player).name;
                let mut expected = known_by_histories(form, event, player);
                let is_own = form.event(event).owner == Some(player);
                let is_told_apart = line.contains(&format!("{who} knows which."));
                let all = expected.values().all(|known| *known == Knowledge::Always);
                assert!(!is_told_apart || is_own && all, "{line}");
                if recurs || is_own && all {
                    expected.clear();
                }
                assert_eq!(told_of(line, who), expected, "{who}: {line}\n{story}");
                checked += expected.len();
            }
        }
    }
    assert!(checked > 500, "{checked}");
}

#[test]
fn the_story_says_when_an_event_happens() {
    let (mut conditions, mut open) = (0, 0);
    for game in games() {
        let form = &game.form;
        let story = story(&game);
        let lines: Vec<&str> = story.lines().collect();
        let ends = end_histories(form);
        let course = Course::of(form);
        let happens = |event: EventId| -> Vec<bool> {
            ends.iter().map(|end| value_in(end, event).is_some()).collect()
        };
        let order = course.in_order();
        for event in order.iter().copied().filter(|event| course.values_of(*event).len() > 1) {
            let (place, line) = line_of(&lines, form, event).unwrap();
            let is_certain = happens(event).iter().all(|happened| *happened);
            if line.starts_with("At the same time, ") {
                let before = order.iter().copied().find(|other| {
                    course.values_of(*other).len() > 1
                        && line_of(&lines, form, *other)
                            .is_some_and(|(above, _)| above + 1 == place)
                });
                assert_eq!(happens(before.unwrap()), happens(event));
                let owner = form.event(event).owner.unwrap();
                let known = known_by_histories(form, before.unwrap(), owner);
                assert_eq!(known.get(&question(form, event)), Some(&Knowledge::Never), "{line}");
            } else if line.starts_with("If it comes to that, ") {
                assert!(!is_certain, "{line}\n{story}");
                open += 1;
            } else if let Some(condition) = line.strip_prefix("If ") {
                let clause = clause_of(form, event);
                let what = &condition[..condition.find(&clause).unwrap()];
                let what = what.trim_end_matches('c').trim_end_matches(", ");
                let is_exact = order.iter().any(|other| {
                    let Some(values) = what.strip_prefix(&format!("{} is ", name(form, *other)))
                    else {
                        return false;
                    };
                    let values = values.replace(" or ", ", ");
                    let values: Vec<&str> = values.split(", ").collect();
                    let given = |end: &History| {
                        let value = value_in(end, *other);
                        value.is_some_and(|value| values.contains(&form.value(value)))
                    };
                    ends.iter().map(given).collect::<Vec<bool>>() == happens(event)
                });
                assert!(is_exact && !is_certain, "{line}\n{story}");
                conditions += 1;
            } else {
                assert!(is_certain, "{line}\n{story}");
            }
        }
    }
    assert!(conditions > 20 && open > 20, "{conditions} {open}");
}

#[test]
fn the_story_tells_every_value() {
    for game in games() {
        let form = &game.form;
        let story = story(&game);
        let lines: Vec<&str> = story.lines().collect();
        let mut values: BTreeMap<EventId, BTreeSet<ValueId>> = BTreeMap::new();
        for (event, value) in form.nodes().flat_map(|node| form.history(node)) {
            values.entry(event).or_default().insert(value);
        }
        for (event, values) in values {
            let texts: Vec<&str> = values.iter().map(|value| form.value(*value)).collect();
            if let [only] = texts.as_slice() {
                let certain = format!("{} is {only}, for certain", name(form, event));
                assert!(story.contains(&certain), "{certain}\n{story}");
            } else {
                let (_, line) = line_of(&lines, form, event).unwrap();
                assert!(texts.iter().all(|text| line.contains(text)), "{texts:?} in {line}");
            }
        }
    }
}

/// All pairs of events of which the first comes before the second on some path.
fn pairs_in_order(form: &GameForm) -> BTreeSet<(EventId, EventId)> {
    let mut pairs = BTreeSet::new();
    for end in end_histories(form) {
        for (place, (later, _)) in end.iter().enumerate() {
            let earlier = end[..place].iter().map(|(event, _)| (*event, *later));
            pairs.extend(earlier.filter(|(earlier, later)| earlier != later));
        }
    }
    pairs
}

fn has_cycle(mut pairs: BTreeSet<(EventId, EventId)>) -> bool {
    loop {
        let later: BTreeSet<EventId> = pairs.iter().map(|(_, later)| *later).collect();
        let before = pairs.len();
        pairs.retain(|(earlier, _)| later.contains(earlier));
        if pairs.len() == before {
            return before > 0;
        }
    }
}

#[test]
fn events_are_told_in_their_order_if_they_have_one() {
    let (mut ordered, mut crosswise) = (0, 0);
    for game in games() {
        let form = &game.form;
        let pairs = pairs_in_order(form);
        let story = story(&game);
        let told = Course::of(form).in_order();
        let place = |event: EventId| told.iter().position(|told| *told == event).unwrap();
        let broken = pairs.iter().filter(|(earlier, later)| place(*later) < place(*earlier));
        let warnings: BTreeSet<String> = broken
            .map(|(earlier, later)| {
                let (earlier, later) = (name(form, *earlier), name(form, *later));
                format!("In some cases {earlier} comes before {later}.")
            })
            .collect();
        let lines = story.lines().filter(|line| line.starts_with("In some cases "));
        assert_eq!(lines.map(str::to_owned).collect::<BTreeSet<_>>(), warnings, "{story}");
        assert!(warnings.is_empty() || has_cycle(pairs), "{story}");
        if warnings.is_empty() { ordered += 1 } else { crosswise += 1 }
    }
    assert!(ordered > 20 && crosswise > 5, "{ordered} {crosswise}");
}

#[test]
fn choices_made_at_once_are_told_so() {
    let nfg = "NFG 1 R \"Both\" { \"A\" \"B\" } { 2 2 }\n\n1 1 2 2 3 3 4 4\n";
    let limits = detente_game::exchange::ImportLimits::default();
    let both = detente_game::exchange::read_nfg(nfg, &limits).unwrap().game;
    let told = story(&both);
    assert!(told.contains("At the same time, B chooses strategy: 1 or 2."), "{told}");
    let seen = game(
        "EFG 2 R \"Seen\" { \"A\" \"B\" } \"\"\np \"\" 1 1 \"a\" { \"x\" \"y\" } 0\n\
         p \"\" 2 1 \"b\" { \"u\" \"v\" } 0\nt \"\" 1 \"\" { 0 0 }\nt \"\" 2 \"\" { 0 0 }\n\
         p \"\" 2 2 \"c\" { \"u\" \"v\" } 0\nt \"\" 3 \"\" { 0 0 }\nt \"\" 4 \"\" { 0 0 }\n",
    );
    let told = story(&seen);
    assert!(!told.contains("At the same time"), "{told}");
    assert!(told.contains("B knows it when choosing at \"b\" and at \"c\"."), "{told}");
}

#[test]
fn stories_of_the_catalogue() {
    let catalogue = catalogue();
    let told = |title: &str| {
        story(catalogue.iter().find(|game| game.meta.title == title).expect("it is there"))
    };
    // A refusal is what a signal shows for certain after an open reply.
    let reply = told("The reply to an offer of restraint");
    assert!(reply.contains("Chance decides news: clean, alarm or refusal, with odds that depend"));
    assert!(reply.contains("Offerer knows it when choosing answer, not when choosing opening."));
    assert!(reply.contains("If news is alarm or refusal, Offerer chooses answer: "));
    let trust = told("Trust by stages");
    assert!(trust.contains("At the same time, East chooses move[1]: cooperate or defect."));
    assert!(told("Selten's horse").contains("If it comes to that, Three chooses third: "));
}

#[test]
fn a_game_without_events_has_a_story() {
    let alone = game("EFG 2 R \"What now?\" { \"A\" } \"\"\nt \"\" 1 \"over\" { 5 }\n");
    assert!(
        story(&alone)
            .starts_with("What now?\nThe only player is A.\nNothing happens and nobody chooses.\n")
    );
}
