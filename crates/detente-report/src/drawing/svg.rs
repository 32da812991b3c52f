//! SVG: text stays text, marks carry a title each, and nothing outside the file is needed.

use super::palette::{RADIUS, Shape, colour, corners, dashes, filling, shape, width};
use super::scene::{Anchor, Bounds, Ink, Item, Mark, Point, Role, Scene, Stroke, coordinate};
use super::text::xml;
use std::fmt::Write as _;

impl Scene {
    /// The drawing as a complete SVG document.
    #[must_use]
    pub fn svg(&self) -> String {
        let (wide, high) = (coordinate(self.width), coordinate(self.height));
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{wide}\" height=\"{high}\" \
             viewBox=\"0 0 {wide} {high}\" role=\"img\" \
             font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n"
        );
        let _ = writeln!(out, "<title>{}</title>", xml(&self.title));
        let _ = writeln!(out, "<desc>{}</desc>", xml(&self.description));
        let _ = writeln!(out, "<rect width=\"{wide}\" height=\"{high}\" fill=\"#ffffff\"/>");
        for item in &self.items {
            match item {
                Item::Line { points, curved, stroke } => line(&mut out, points, *curved, *stroke),
                Item::Mark { at, mark, hover, .. } => mark_at(&mut out, *at, *mark, hover),
                Item::Area { boxes, hatch } => area(&mut out, boxes, *hatch),
                Item::Text { at, anchor, role, ink, text } => {
                    label(&mut out, *at, *anchor, *role, *ink, text);
                }
            }
        }
        out.push_str("</svg>\n");
        out
    }
}

fn pair(point: Point) -> String {
    format!("{} {}", coordinate(point.x), coordinate(point.y))
}

fn line(out: &mut String, points: &[Point], curved: bool, stroke: Stroke) {
    let mut path = String::new();
    for (index, point) in points.iter().enumerate() {
        let command = match index {
            0 => "M",
            1 if curved => "C",
            _ if curved => " ",
            _ => "L",
        };
        path.push_str(command);
        path.push_str(&pair(*point));
    }
    let _ = write!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\"",
        colour(stroke.ink),
        width(stroke.weight)
    );
    if stroke.dashed {
        let lengths: Vec<String> = dashes(stroke.ink).iter().map(ToString::to_string).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", lengths.join(" "));
    }
    out.push_str("/>\n");
}

/// Boxes as one path; a hatched filling is defined where it is used first, which browsers find
/// wherever it is.
fn area(out: &mut String, boxes: &[Bounds], hatch: Option<usize>) {
    let filling = filling(hatch);
    let mut fill = filling.ground.to_owned();
    if filling.distance > 0.0 {
        let name = format!("hatch{}", hatch.unwrap_or_default());
        fill = format!("url(#{name})");
        if !out.contains(&format!("id=\"{name}\"")) {
            let side = filling.distance;
            let across = if filling.is_crossed { format!("M0 0V{side}") } else { String::new() };
            let _ = writeln!(
                out,
                "<pattern id=\"{name}\" width=\"{side}\" height=\"{side}\" \
                 patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate({})\"><rect \
                 width=\"{side}\" height=\"{side}\" fill=\"{}\"/><path d=\"M0 0H{side}{across}\" stroke=\"{}\" \
                 stroke-width=\"1.4\"/></pattern>",
                filling.angle, filling.ground, filling.line
            );
        }
    }
    let one = |b: &Bounds| {
        let corner = pair(Point { x: b.left, y: b.top });
        let (wide, high) = (coordinate(b.right - b.left), coordinate(b.bottom - b.top));
        format!("M{corner}h{wide}v{high}h-{wide}z")
    };
    let path: String = boxes.iter().map(one).collect();
    let _ = writeln!(out, "<path d=\"{path}\" fill=\"{fill}\" shape-rendering=\"crispEdges\"/>");
}

fn mark_at(out: &mut String, at: Point, mark: Mark, hover: &str) {
    if hover.is_empty() {
        shape_of(out, at, mark);
        out.push('\n');
        return;
    }
    out.push_str("<g>");
    let _ = write!(out, "<title>{}</title>", xml(hover));
    shape_of(out, at, mark);
    out.push_str("</g>\n");
}

fn shape_of(out: &mut String, at: Point, mark: Mark) {
    let (x, y) = (coordinate(at.x), coordinate(at.y));
    let _ = match mark {
        Mark::Chance => write!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"1.2\"/>",
            RADIUS.1,
            colour(Ink::Dark)
        ),
        Mark::End => {
            write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"1.6\" fill=\"{}\"/>", colour(Ink::Dark))
        }
        Mark::Folded => write!(
            out,
            "<path d=\"M{x} {y}l7 -4.5v9z\" fill=\"#ffffff\" stroke=\"{}\" stroke-width=\"1\"/>",
            colour(Ink::Grey)
        ),
        Mark::Here => write!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"6.2\" fill=\"#ffffff\" stroke=\"{ink}\" \
             stroke-width=\"2\"/><circle cx=\"{x}\" cy=\"{y}\" r=\"2.4\" fill=\"{ink}\"/>",
            ink = colour(Ink::Dark)
        ),
        Mark::Player(player) if shape(player) == Shape::Circle => write!(
            out,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{}\"/>",
            RADIUS.0,
            colour(Ink::Player(player))
        ),
        Mark::Player(player) => {
            let corners: Vec<String> = corners(shape(player))
                .iter()
                .map(|(dx, dy)| pair(Point { x: at.x + dx, y: at.y + dy }))
                .collect();
            let fill = colour(Ink::Player(player));
            write!(out, "<path d=\"M{}z\" fill=\"{fill}\"/>", corners.join("L"))
        }
    };
}

fn label(out: &mut String, at: Point, anchor: Anchor, role: Role, ink: Ink, text: &str) {
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"",
        coordinate(at.x),
        coordinate(at.y),
        role.size(),
        colour(ink)
    );
    match anchor {
        Anchor::Start => {}
        Anchor::Middle => out.push_str(" text-anchor=\"middle\""),
        Anchor::End => out.push_str(" text-anchor=\"end\""),
    }
    if role.is_bold() {
        out.push_str(" font-weight=\"bold\"");
    }
    if role.is_italic() {
        out.push_str(" font-style=\"italic\"");
    }
    let _ = writeln!(out, ">{}</text>", xml(text));
}
