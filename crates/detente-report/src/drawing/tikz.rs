//! TikZ: a document that compiles by itself; the picture inside can be pasted into a paper. Plain
//! `tikz` only.

use super::palette::{RADIUS, Shape, colour, corners, dashes, filling, shape, width};
use super::scene::{Anchor, Bounds, Ink, Item, Mark, Point, Role, Scene, Stroke, coordinate};
use super::tex::tex;
use std::fmt::Write as _;

impl Scene {
    /// The drawing as a standalone LaTeX document with one TikZ picture.
    #[must_use]
    pub fn tikz(&self) -> String {
        let mut out = String::from("\\documentclass[border=4pt]{standalone}\n");
        out.push_str(
            "\\usepackage[T1]{fontenc}\n\\usepackage[utf8]{inputenc}\n\\usepackage{textcomp}\n",
        );
        out.push_str("\\usepackage{tikz}\n\\begin{document}\n");
        for comment in [&self.title, &self.description] {
            let _ = writeln!(out, "% {}", comment.replace(['\n', '\r'], " "));
        }
        for (name, ink) in self.inks() {
            let _ = writeln!(
                out,
                "\\definecolor{{{name}}}{{HTML}}{{{}}}",
                &colour(ink)[1..].to_uppercase()
            );
        }
        out.push_str("\\begin{tikzpicture}[x=0.75pt,y=-0.75pt,line join=round,\n");
        out.push_str("  every node/.style={inner sep=0pt,outer sep=0pt,font=\\sffamily}]\n");
        for item in &self.items {
            match item {
                Item::Line { points, curved, stroke } => line(&mut out, points, *curved, *stroke),
                Item::Mark { at, mark, .. } => mark_at(&mut out, *at, *mark),
                Item::Area { boxes, hatch } => area(&mut out, boxes, *hatch),
                Item::Text { at, anchor, role, ink, text } => {
                    label(&mut out, *at, *anchor, *role, *ink, text);
                }
            }
        }
        out.push_str("\\end{tikzpicture}\n\\end{document}\n");
        out
    }

    /// The colours used, by name.
    fn inks(&self) -> Vec<(String, Ink)> {
        let mut inks = vec![Ink::Dark, Ink::Grey, Ink::Faint];
        for item in &self.items {
            let ink = match item {
                Item::Line { stroke, .. } => stroke.ink,
                Item::Mark { mark: Mark::Player(player), .. } => Ink::Player(*player),
                Item::Mark { .. } | Item::Area { .. } => Ink::Dark,
                Item::Text { ink, .. } => *ink,
            };
            if !inks.contains(&ink) {
                inks.push(ink);
            }
        }
        inks.into_iter().map(|ink| (name(ink), ink)).collect()
    }
}

fn name(ink: Ink) -> String {
    match ink {
        Ink::Dark => "treedark".to_owned(),
        Ink::Grey => "treegrey".to_owned(),
        Ink::Faint => "treefaint".to_owned(),
        Ink::Player(player) => format!("treeplayer{}", player + 1),
    }
}

fn pair(point: Point) -> String {
    format!("({},{})", coordinate(point.x), coordinate(point.y))
}

/// A length on paper: a unit of the drawing is 0.75 pt.
fn length(value: f64) -> String {
    format!("{}pt", coordinate(value * 0.75))
}

fn line(out: &mut String, points: &[Point], curved: bool, stroke: Stroke) {
    let mut style =
        format!("draw={},line width={}", name(stroke.ink), length(width(stroke.weight)));
    if stroke.dashed {
        style.push_str(",dash pattern=");
        let parts: Vec<String> = dashes(stroke.ink)
            .chunks(2)
            .map(|pair| format!("on {} off {}", length(pair[0]), length(pair[1])))
            .collect();
        style.push_str(&parts.join(" "));
    }
    let places: Vec<String> = points.iter().map(|point| pair(*point)).collect();
    let path = match places.as_slice() {
        [from, one, two, to] if curved => format!("{from} .. controls {one} and {two} .. {to}"),
        _ => places.join(" -- "),
    };
    let _ = writeln!(out, "\\path[{style}] {path};");
}

/// Boxes in the colour of their ground; plain `tikz` has no hatches.
fn area(out: &mut String, boxes: &[Bounds], hatch: Option<usize>) {
    let ground = filling(hatch).ground[1..].to_uppercase();
    let _ = writeln!(out, "\\definecolor{{ground}}{{HTML}}{{{ground}}}");
    for one in boxes {
        let from = pair(Point { x: one.left, y: one.top });
        let to = pair(Point { x: one.right, y: one.bottom });
        let _ = writeln!(out, "\\fill[ground] {from} rectangle {to};");
    }
}

fn mark_at(out: &mut String, at: Point, mark: Mark) {
    let place = pair(at);
    let ink = match mark {
        Mark::Player(player) => name(Ink::Player(player)),
        _ => name(Ink::Dark),
    };
    let polygon = |corners: &[(f64, f64)]| {
        let places: Vec<String> =
            corners.iter().map(|(dx, dy)| pair(Point { x: at.x + dx, y: at.y + dy })).collect();
        places.join(" -- ")
    };
    let _ = match mark {
        Mark::Chance => {
            let radius = length(RADIUS.1);
            writeln!(
                out,
                "\\path[draw={ink},fill=white,line width=0.9pt] {place} circle[radius={radius}];"
            )
        }
        Mark::End => writeln!(out, "\\path[fill={ink}] {place} circle[radius=1.2pt];"),
        Mark::Here => writeln!(
            out,
            "\\path[draw={ink},fill=white,line width=1.5pt] {place} circle[radius={}];\n\
             \\path[fill={ink}] {place} circle[radius={}];",
            length(6.2),
            length(2.4)
        ),
        Mark::Folded => {
            let corners = polygon(&[(0.0, 0.0), (7.0, -4.5), (7.0, 4.5)]);
            writeln!(out, "\\path[draw=treegrey,fill=white,line width=0.75pt] {corners} -- cycle;")
        }
        Mark::Player(player) if shape(player) == Shape::Circle => {
            writeln!(out, "\\path[fill={ink}] {place} circle[radius={}];", length(RADIUS.0))
        }
        Mark::Player(player) => {
            writeln!(out, "\\path[fill={ink}] {} -- cycle;", polygon(corners(shape(player))))
        }
    };
}

fn label(out: &mut String, at: Point, anchor: Anchor, role: Role, ink: Ink, text: &str) {
    let side = match anchor {
        Anchor::Start => "base west",
        Anchor::Middle => "base",
        Anchor::End => "base east",
    };
    let points = coordinate(role.size() * 0.75);
    let mut letters = format!("\\fontsize{{{points}}}{{{points}}}\\selectfont ");
    if role.is_bold() {
        letters.push_str("\\bfseries ");
    }
    if role.is_italic() {
        letters.push_str("\\itshape ");
    }
    let (place, ink) = (pair(at), name(ink));
    let _ =
        writeln!(out, "\\node[anchor={side},text={ink}] at {place} {{{letters}{}}};", tex(text));
}
