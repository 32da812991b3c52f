//! The plane of the two numbers nearest to a turn, divided by what is an equilibrium where.

use crate::drawing::draw_map;
use crate::formats::html::prepared::Prepared;
use crate::formats::json::{MapRegion, RegionMap};
use crate::formats::text::region_map::{kind, searched};
use maud::{Markup, PreEscaped, html};

pub(super) fn body(prepared: &Prepared) -> Option<Markup> {
    let map = match prepared.report.map? {
        Ok(map) => map,
        Err(why) => return Some(super::left_out(why)),
    };
    let [x, y] = map.axes.as_slice() else { return None };
    let scene = draw_map(map);
    let sure = map.regions.iter().filter(|region| region.inside.is_some());
    Some(html! {
        p {
            "What changes when " (prepared.prose(&x.name)) " and " (prepared.prose(&y.name)) ", the two numbers "
            "nearest to a turn, move together and the others stay. Signs are proved for whole tiles, so shares "
            "are bounds; grey is undecided. Searched: " (searched(map)) "."
        }
        figure { (PreEscaped(scene.svg())) }
        table.register {
            caption { "Regions of the map" }
            thead { tr {
                th scope="col" { "region" } th.number scope="col" { "share" }
                th scope="col" { "which " (kind(map)) " are equilibria" }
            } }
            tbody { @for region in sure { (row(prepared, map, region)) } }
        }
    })
}

fn row(prepared: &Prepared, map: &RegionMap, region: &MapRegion) -> Markup {
    let [low, high] = region.percent;
    let plays: Vec<&str> =
        region.plays.iter().flatten().map(|number| map.plays[number - 1].play.as_str()).collect();
    html! {
        tr {
            th scope="row" { (region.letter) }
            td.number { (format!("{low:.2} to {high:.2}%")) }
            td {
                @match (&region.plays, plays.as_slice()) {
                    (None, _) => "there is no game",
                    (_, []) if map.mixed => "none",
                    (_, []) => "no pure one",
                    (_, plays) => {
                        ul { @for play in plays { li { (prepared.prose(&play.replace('\n', "; "))) } } }
                    }
                }
            }
        }
    }
}
