//! What is drawn, free of any file format.

use detente_game::NodeId;

/// A place; x to the right, y downwards, in units of a CSS pixel.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A place from its coordinates.
pub(super) const fn at(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// A colour of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Text and what is neutral.
    Dark,
    /// What matters less.
    Grey,
    /// Guides for the eye.
    Faint,
    /// A player's colour.
    Player(usize),
}

/// How strong a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Not played, or a guide.
    Thin,
    /// An edge of a tree without a profile.
    Normal,
    /// Played where it is not reached.
    Medium,
    /// Played and reached.
    Thick,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// Its colour.
    pub ink: Ink,
    /// Its strength.
    pub weight: Weight,
    /// Whether it is dashed, in the manner of its ink.
    pub dashed: bool,
}

/// A mark at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A decision of a player: his shape.
    Player(usize),
    /// Chance: a small hollow circle.
    Chance,
    /// An end.
    End,
    /// A part of the tree that is folded.
    Folded,
    /// A point of a plane: a ring round a dot.
    Here,
}

/// Which part of a text is at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its beginning.
    Start,
    /// Its middle.
    Middle,
    /// Its end.
    End,
}

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The title.
    Title,
    /// The line below the title.
    Caption,
    /// Who decides what, at the head of a column or row.
    Head,
    /// An action or branch on an edge.
    Edge,
    /// A name at a node.
    Name,
    /// A payoff.
    Payoff,
    /// An outcome's name, or how much is folded.
    Remark,
    /// The legend.
    Legend,
}

impl Role {
    /// Size of the letters.
    #[must_use]
    pub fn size(self) -> f64 {
        match self {
            Self::Title => 15.0,
            Self::Legend => 11.0,
            _ => 12.0,
        }
    }

    /// Whether the letters are bold.
    #[must_use]
    pub fn is_bold(self) -> bool {
        matches!(self, Self::Title | Self::Head)
    }

    /// Whether the letters are slanted.
    #[must_use]
    pub fn is_italic(self) -> bool {
        matches!(self, Self::Remark | Self::Name)
    }
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A line through points.
    Line {
        /// The points, at least two.
        points: Vec<Point>,
        /// Whether the line is a cubic Bézier curve with these four points.
        curved: bool,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A mark.
    Mark {
        /// Its middle.
        at: Point,
        /// Its shape.
        mark: Mark,
        /// The node it stands for; none in heads and legends.
        node: Option<NodeId>,
        /// What a reader who points at it is told.
        hover: String,
    },
    /// Boxes filled alike.
    Area {
        /// The boxes.
        boxes: Vec<Bounds>,
        /// Which filling of the palette; none for what is undecided.
        hatch: Option<usize>,
    },
    /// A text on one line.
    Text {
        /// Where its anchor is, on the base line.
        at: Point,
        /// Which part of it is there.
        anchor: Anchor,
        /// What it is.
        role: Role,
        /// Its colour.
        ink: Ink,
        /// The text.
        text: String,
    },
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// Left.
    pub left: f64,
    /// Top.
    pub top: f64,
    /// Right.
    pub right: f64,
    /// Bottom.
    pub bottom: f64,
}

impl Bounds {
    /// Whether two rectangles share an area.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

impl Item {
    /// The rectangle a text takes, by the widths of the usual sans-serif letters.
    #[must_use]
    pub fn text_bounds(&self) -> Option<Bounds> {
        let Item::Text { at, anchor, role, text, .. } = self else { return None };
        let width = super::text::text_width(text, *role);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        let size = role.size();
        Some(Bounds {
            left,
            right: left + width,
            top: at.y - size * 0.76,
            bottom: at.y + size * 0.22,
        })
    }
}

/// A drawing: its items from the back to the front.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// Its title, for readers who do not see it too.
    pub title: String,
    /// What it shows, in words.
    pub description: String,
    /// What is drawn.
    pub items: Vec<Item>,
}

impl Scene {
    pub(super) fn new() -> Self {
        Self {
            width: 0.0,
            height: 0.0,
            title: String::new(),
            description: String::new(),
            items: Vec::new(),
        }
    }

    pub(super) fn line(&mut self, points: Vec<Point>, stroke: Stroke) {
        self.items.push(Item::Line { points, curved: false, stroke });
    }

    pub(super) fn curve(&mut self, points: [Point; 4], stroke: Stroke) {
        self.items.push(Item::Line { points: points.to_vec(), curved: true, stroke });
    }

    pub(super) fn mark(&mut self, at: Point, mark: Mark) {
        self.items.push(Item::Mark { at, mark, node: None, hover: String::new() });
    }

    pub(super) fn area(&mut self, boxes: Vec<Bounds>, hatch: Option<usize>) {
        self.items.push(Item::Area { boxes, hatch });
    }

    pub(super) fn text(&mut self, at: Point, anchor: Anchor, role: Role, ink: Ink, text: &str) {
        if !text.is_empty() {
            self.items.push(Item::Text { at, anchor, role, ink, text: text.to_owned() });
        }
    }

    /// Sets width and height to hold everything, with a margin at the right and below.
    pub(super) fn close(&mut self, margin: f64) {
        let (mut right, mut bottom) = (0.0_f64, 0.0_f64);
        for item in &self.items {
            let (x, y) = match item {
                Item::Line { points, .. } => points
                    .iter()
                    .fold((0.0_f64, 0.0_f64), |(x, y), point| (x.max(point.x), y.max(point.y))),
                Item::Mark { at, .. } => (at.x + 5.0, at.y + 5.0),
                Item::Area { boxes, .. } => boxes
                    .iter()
                    .fold((0.0_f64, 0.0_f64), |(x, y), one| (x.max(one.right), y.max(one.bottom))),
                Item::Text { .. } => {
                    item.text_bounds().map_or((0.0, 0.0), |bounds| (bounds.right, bounds.bottom))
                }
            };
            right = right.max(x);
            bottom = bottom.max(y);
        }
        self.width = (right + margin).ceil();
        self.height = (bottom + margin).ceil();
    }
}

/// A coordinate as written: two decimals at most, no negative zero.
pub(super) fn coordinate(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}
