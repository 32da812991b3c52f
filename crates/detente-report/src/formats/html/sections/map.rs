//! The plane of the two numbers nearest to a turn, divided by what is an equilibrium where.

use crate::drawing::{Legend, draw_map};
use crate::formats::html::prepared::Prepared;
use crate::formats::json::{MapRegion, RegionMap};
use crate::formats::text::region_map::{kind, searched};
use crate::maps;
use maud::{Markup, PreEscaped, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let map = match prepared.report.map? {
        Ok(map) => map,
        Err(why) => return Some(super::left_out(why)),
    };
    let [x, y] = map.axes.as_slice() else { return None };
    let mut scene = draw_map(map, Legend::Letters);
    scene.title = format!("Map of {} and {}", x.name, y.name);
    let told = maps::told(map);
    let has_numbers = maps::has_numbers(map);
    Some(html! {
        p {
            "What is played where " code { (x.name) } " and " code { (y.name) } ", the two numbers "
            "nearest to a turn, move together and the others stay. Signs are proved for whole tiles, so shares "
            "are bounds; grey is undecided. Searched: " (searched(map)) "."
            @if map.base_region().is_none() {
                " The base point lies where it is undecided, or between several regions."
            }
        }
        figure.map { (PreEscaped(scene.svg())) }
        table.register {
            caption {
                "Regions of the map"
                @if let Some(head) = maps::head(map, false).filter(|_| !has_numbers) { ". Plays: " (head) }
            }
            thead { tr {
                th scope="col" { "region" } th.number scope="col" { "share" }
                th scope="col" { "which " (kind(map)) " are equilibria" }
            } }
            tbody { @for (at, region) in &told.regions { (row(prepared, map, *at, region)) } }
        }
        @if let Some(rest) = told.rest { p.remark { "and " (rest) } }
        @if has_numbers { (plays(prepared, map)) }
    })
}

fn row(prepared: &Prepared, map: &RegionMap, at: usize, region: &MapRegion) -> Markup {
    let outcomes = maps::outcomes(map, region);
    html! {
        tr {
            th scope="row" {
                (region.letter)
                @if map.base_region() == Some(at) { " (base point)" }
            }
            td.number { (maps::share(region)) }
            td {
                @match region.plays.as_deref() {
                    None => "there is no game",
                    Some([]) if map.mixed => "none",
                    Some([]) => "no pure one",
                    Some([only]) if !maps::has_numbers(map) => (deeds(prepared, map, *only)),
                    Some(plays) => (maps::numbered(plays)),
                }
                @if outcomes == maps::SAME { p.remark { "The same outcomes" } }
                @else if !outcomes.is_empty() { p.remark { "Outcomes: " (outcomes) } }
            }
        }
    }
}

/// The plays by their numbers.
fn plays(prepared: &Prepared, map: &RegionMap) -> Markup {
    html! {
        table.register {
            caption { "Plays" @if let Some(head) = maps::head(map, true) { ": " (head) } }
            thead { tr { th scope="col" { "play" } th scope="col" { "what is done" } } }
            tbody {
                @for number in maps::plays(map) {
                    tr { th scope="row" { (number) } td { (deeds(prepared, map, number)) } }
                }
            }
        }
    }
}

fn deeds(prepared: &Prepared, map: &RegionMap, play: usize) -> Markup {
    html! { ul.plays { @for line in maps::told_play(map, play) { li { (prepared.prose(&line)) } } } }
}
