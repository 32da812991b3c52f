//! How the regions and plays of a map are told: one play in full, of every other what is done
//! otherwise, so that a list of plays shows what tells them apart.

use crate::formats::json::{MapRegion, RegionMap};
use std::collections::BTreeSet;

/// A region is told on its own if it may take as many percent of the plane.
const LEAST_PERCENT: f64 = 1.0;
/// And so many regions at most.
const MOST_REGIONS: usize = 16;

/// What is said of outcomes that are those of the play of reference.
pub const SAME: &str = "the same outcomes";

/// Regions that are told one by one, the largest first, and a word on the others.
#[derive(Debug)]
pub struct Told<'m> {
    /// By their places.
    pub regions: Vec<(usize, &'m MapRegion)>,
    /// `5 smaller regions, together 0.40 to 2.10%`, if there are others.
    pub rest: Option<String>,
}

/// Which regions are told: those with an area that is worth it, and that of the base point.
#[must_use]
pub fn told(map: &RegionMap) -> Told<'_> {
    let base = map.base_region();
    let sure = map.regions.iter().enumerate().filter(|(_, region)| region.inside.is_some());
    let (mut regions, mut rest): (Vec<_>, Vec<_>) =
        sure.partition(|(at, one)| Some(*at) == base || one.percent[1] >= LEAST_PERCENT);
    while regions.len() > MOST_REGIONS {
        let smallest = regions.iter().rposition(|(at, _)| Some(*at) != base);
        rest.push(regions.remove(smallest.expect("only one is the base point's")));
    }
    // A single one is told rather than counted.
    if rest.len() == 1 && regions.len() < MOST_REGIONS {
        regions.append(&mut rest);
        regions.sort_by_key(|(at, _)| *at);
    }
    let sum = |end: usize| rest.iter().map(|(_, one)| one.percent[end]).sum::<f64>();
    let rest = match rest.len() {
        0 => None,
        1 => Some(format!("a smaller region, {:.2} to {:.2}%", sum(0), sum(1))),
        many => Some(format!("{many} smaller regions, together {:.2} to {:.2}%", sum(0), sum(1))),
    };
    Told { regions, rest }
}

/// The plays of the regions that are told, by their numbers from 1: that in full first, then the others
/// in order.
#[must_use]
pub fn plays(map: &RegionMap) -> Vec<usize> {
    let told = told(map).regions;
    let all: BTreeSet<usize> =
        told.iter().flat_map(|(_, region)| region.plays.iter().flatten()).copied().collect();
    let others = all.into_iter().filter(|number| map.reference != Some(*number));
    map.reference.into_iter().chain(others).collect()
}

/// What is done in a play, a line for each player and type: all of it in the play of reference, and
/// in any other what is done otherwise than there.
#[must_use]
pub fn lines(map: &RegionMap, number: usize) -> Vec<String> {
    let play = &map.plays[number - 1];
    let reference = map.reference.filter(|reference| *reference != number);
    let known = reference.map_or(&[][..], |reference| &map.plays[reference - 1].deeds);
    let mut lines: Vec<(&str, String)> = Vec::new();
    for deed in play.deeds.iter().filter(|deed| !known.contains(deed)) {
        match lines.last_mut() {
            Some((who, line)) if *who == deed.who => line.push_str(&format!("; {}", deed.does)),
            _ => lines.push((&deed.who, format!("{}: {}", deed.who, deed.does))),
        }
    }
    match (lines.is_empty(), reference) {
        (false, _) => lines.into_iter().map(|(_, line)| line).collect(),
        (true, Some(reference)) => {
            vec![format!("as in {reference}, where other situations come up")]
        }
        (true, None) => vec![play.play.clone()],
    }
}

/// How the play of reference is called.
#[must_use]
pub fn reference(map: &RegionMap) -> &'static str {
    let base = map.base_region().and_then(|at| map.regions[at].plays.as_deref());
    match base {
        Some([_]) => "the play at the base point",
        Some([_, ..]) => "a play at the base point",
        _ => "a play of the largest region that has any",
    }
}

/// Whether plays go by numbers, as some region has several.
#[must_use]
pub fn has_numbers(map: &RegionMap) -> bool {
    let told = told(map).regions;
    told.iter().any(|(_, region)| region.plays.as_ref().is_some_and(|plays| plays.len() > 1))
}

/// `plays 1, 12, 15`.
#[must_use]
pub fn numbered(plays: &[usize]) -> String {
    let texts: Vec<String> = plays.iter().map(ToString::to_string).collect();
    format!("{} {}", if texts.len() == 1 { "play" } else { "plays" }, texts.join(", "))
}

/// What a list of plays is, at its head; with the number of that in full if they are numbered.
#[must_use]
pub fn head(map: &RegionMap, numbered: bool) -> Option<String> {
    let [first, others @ ..] = &*plays(map) else { return None };
    let name = reference(map);
    let number = if numbered { format!("{first}, ") } else { String::new() };
    Some(match others {
        [] => format!("{number}{name}"),
        _ => format!(
            "{number}{name}, in full; of the others what is done otherwise, all else as there or no \
             longer asked"
        ),
    })
}

/// What is done in a play that goes by its number, and what comes of it.
#[must_use]
pub fn told_play(map: &RegionMap, number: usize) -> Vec<String> {
    let mut told = lines(map, number);
    let outcomes = compared(map, &map.plays[number - 1].outcomes, map.reference == Some(number));
    if has_numbers(map) && !outcomes.is_empty() {
        told.push(format!("outcomes: {outcomes}"));
    }
    told
}

/// The outcomes of a region, where its play does not tell them: all, or what is missing and new beside
/// the play of reference.
#[must_use]
pub fn outcomes(map: &RegionMap, region: &MapRegion) -> String {
    if has_numbers(map) {
        return String::new();
    }
    compared(map, &region.outcomes, region.plays == map.reference.map(|number| vec![number]))
}

fn compared(map: &RegionMap, own: &[String], is_reference: bool) -> String {
    let all = own.join("; ");
    let Some(reference) = map.reference.filter(|_| !is_reference) else { return all };
    let known = &map.plays[reference - 1].outcomes;
    let beyond = |some: &[String], others: &[String]| -> Vec<String> {
        some.iter().filter(|one| !others.contains(one)).cloned().collect()
    };
    let (missing, new) = (beyond(known, own), beyond(own, known));
    match (missing.is_empty(), new.is_empty()) {
        _ if missing.len() + new.len() >= own.len() => all,
        (true, true) => SAME.to_owned(),
        (false, true) => format!("without {}", missing.join("; ")),
        (true, false) => format!("also {}", new.join("; ")),
        (false, false) => format!("also {}; without {}", new.join("; "), missing.join("; ")),
    }
}

/// What is an equilibrium in a region, for a legend: `none`, or its plays.
#[must_use]
pub fn name(map: &RegionMap, region: &MapRegion) -> String {
    let Some(plays) = region.plays.as_deref() else { return "no game".to_owned() };
    if plays.is_empty() {
        return if map.mixed { "no equilibrium" } else { "no pure equilibrium" }.to_owned();
    }
    let plays = match plays {
        _ if has_numbers(map) => numbered(plays),
        [only] if map.reference == Some(*only) => reference(map).to_owned(),
        _ => plays.iter().flat_map(|number| lines(map, *number)).collect::<Vec<_>>().join("; "),
    };
    let plays = plays.replace('_', " ");
    let outcomes = outcomes(map, region);
    if outcomes.is_empty() { plays } else { format!("{plays} ({outcomes})") }
}

/// A word for a region inside its own area: its outcomes, if they tell it from the play of reference
/// and are few; empty otherwise.
#[must_use]
pub fn short_name(map: &RegionMap, region: &MapRegion) -> String {
    const FEW: usize = 3;
    if region.plays.as_ref().is_none_or(Vec::is_empty) {
        return name(map, region);
    }
    if (1..=FEW).contains(&region.outcomes.len()) {
        return region.outcomes.join(", ");
    }
    let told = outcomes(map, region);
    let is_short = (1..FEW).contains(&told.split(';').count()) && told != SAME;
    if is_short && told != region.outcomes.join("; ") {
        told.replace(';', ",")
    } else {
        String::new()
    }
}

/// A share of the plane: `12.50%`, or its bounds.
#[must_use]
pub fn share(region: &MapRegion) -> String {
    let [low, high] = region.percent;
    if low == high { format!("{low:.2}%") } else { format!("{low:.2} to {high:.2}%") }
}

/// The play that others are compared with: of the region of the base point, else of the largest one that
/// has a play; of several that in which most is done.
#[must_use]
pub fn choose_reference(map: &RegionMap) -> Option<usize> {
    let longest = |at: usize| {
        let plays = map.regions[at].plays.iter().flatten().rev();
        plays.max_by_key(|number| map.plays[**number - 1].deeds.len()).copied()
    };
    let mut sure = (0..map.regions.len()).filter(|at| map.regions[*at].inside.is_some());
    map.base_region().and_then(longest).or_else(|| sure.find_map(longest))
}
