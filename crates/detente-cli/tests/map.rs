//! `map`: the plane on the screen, as a drawing and for programs, and what is refused.

mod common;

use common::{Folder, ends, run, text};
use serde_json::Value;

/// Entry pays if the incumbent shares, which he does if `gain` is positive, and if the prize is
/// above the cost.
const SCENARIO: &str = "\
game \"Entry\"

players
  Entrant
  Incumbent

params
  gain  = 1 in -1..3
  prize = 3/4 in 0..1
  cost  = 1/2
  fixed = 2 in 2..2

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market: prize - cost  when reply is share
  market: -fixed        when reply is fight

stakes of Incumbent
  market: gain  when reply is share

outcomes
  \"in\"   when entry is enter
  \"out\"  when entry is stay_out
";

#[test]
fn the_plane_is_divided_exactly() {
    let folder = Folder::new("map-plane");
    let file = folder.file("entry.dtn", SCENARIO);
    let drawing = folder.name("map.svg");
    let (out, _) =
        ends(&["map", &file, "gain", "prize", "--cells", "16", "--pure", "--svg", &drawing], 0);
    assert!(out.contains("only 1: out") || out.contains("only 2: out"), "{out}");
    // 3/4 of one range times half of the other; both ends lie on edges of tiles.
    assert!(out.contains("37.50%  ") && out.contains("62.50%  "), "{out}");
    assert!(out.contains("gain 0") && out.contains("prize 1/2 = 0.5"), "{out}");
    assert!(out.contains("mixed ones were not searched"));
    let svg = std::fs::read_to_string(&drawing).expect("the drawing is there");
    assert!(
        svg.contains("<pattern id=\"hatch1\"") && svg.contains(">Entry: gain and prize</title>")
    );
    let (out, _) = ends(&["map", &file, "gain", "prize", "--cells", "16", "--json"], 0);
    let answer: Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!(answer["undecided"], "0");
    let shares: Vec<&str> = answer["regions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["share"][0].as_str().unwrap())
        .collect();
    assert_eq!(shares, ["5/8", "3/8"]);
    // Of one parameter the shares are told.
    let (out, _) = ends(&["map", &file, "prize", "--cells", "16"], 0);
    assert!(out.contains("50.00%"), "{out}");
}

#[test]
fn what_cannot_be_mapped_is_refused() {
    let folder = Folder::new("map-refused");
    let file = folder.file("entry.dtn", SCENARIO);
    for (asked, complaint) in [
        (&["gain", "price"][..], "there is no parameter 'price'"),
        (&["gain", "gain"], "'gain' is named twice"),
        (&["gain", "cost"], "'cost' has no range"),
        (&["gain", "fixed"], "'fixed' has no range"),
        (&["gain", "--svg", "x.svg"], "a drawing shows two parameters"),
    ] {
        let mut words = vec!["map", &*file];
        words.extend(asked);
        let (_, err) = ends(&words, 2);
        assert!(err.contains(complaint), "{err}");
    }
    let output = run(&["map", &file]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("PARAMETER"));
}

/// The inspected is kept indifferent where a violation costs more than a visit.
#[test]
fn mixed_plays_are_regions_too() {
    let folder = Folder::new("map-mixed");
    let file = folder.file("inspection.dtn", INSPECTION);
    let (out, _) = ends(&["map", &file, "cost", "harm", "--cells", "16"], 0);
    assert!(out.contains("visit mixes inspect and stay"), "{out}");
    assert!(out.contains("conduct mixes comply and violate"), "{out}");
    assert!(out.contains("mixed ones included"), "{out}");
    let (out, _) = ends(&["map", &file, "cost", "harm", "--cells", "16", "--pure"], 0);
    assert!(!out.contains("mixes") && out.contains("mixed ones were not searched"), "{out}");
    // Which concepts go without is said.
    let by = ["map", &file, "cost", "harm", "--cells", "16", "--by", "subgame-perfect"];
    let (out, _) = ends(&by, 0);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(out.contains("not searched: mixed plays are not mapped by subgame"), "{out}");
}

const INSPECTION: &str = "\
game \"Inspection\"

players
  Inspector
  Inspected

params
  cost = 1/4 in 0..1
  harm = 1/2 in 0..1

story
  Inspector secretly chooses visit: inspect | stay
  Inspected chooses conduct: comply | violate

stakes of Inspector
  cost: -cost  when visit is inspect
  harm: -harm  when conduct is violate and visit is stay

stakes of Inspected
  gain:  1/2  when conduct is violate and visit is stay
  fine: -1    when conduct is violate and visit is inspect
";
