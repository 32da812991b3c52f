//! Game trees as figures for papers: SVG and TikZ.
//!
//! [`draw_tree`] lays a tree out as a [`Scene`], a list of lines, marks and texts at fixed
//! places; [`Scene::svg`] and [`Scene::tikz`] write it down. A figure shows
//!
//! - one column (or, in small trees, one row) per step, headed by who decides what;
//! - situations as dashed lines in the player's colour, led round the nodes between members;
//! - chance as hollow circles, with probabilities on the branches;
//! - payoffs at the ends in the players' colours; numbers as fractions or, where a fraction would
//!   be long, all of them as decimals, never mixed;
//! - with a profile: what is chosen thicker, what is reached darker, mixed choices with their
//!   probabilities, and beyond a number of ends the unreached parts folded, except members of
//!   situations that are shown.
//!
//! Players differ in colour, in the mark at their nodes and in the dashes of their situations,
//! so that a figure is readable in grey. Underscores in names are drawn as spaces.

mod bands;
mod branch;
mod columns;
mod figures;
mod fold;
mod heads;
mod palette;
mod record;
mod region_map;
mod scene;
mod steps;
mod svg;
mod tex;
mod text;
mod tikz;
mod top_down;
mod view;

pub use branch::draw_branch;
pub use record::draw_record;
pub use region_map::{Legend, draw_map};
pub use scene::{Anchor, Bounds, Ink, Item, Mark, Point, Role, Scene, Stroke, Weight};
pub use text::text_width;

use crate::cards::Card;
use crate::formats::text::words::kind;
use crate::numbers::Numbers;
use detente_game::game::Game;
use detente_game::{GameInstance, Profile};

/// Which way a tree grows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Direction {
    /// Top-down for small trees whose situations need no detour and whose labels keep clear of
    /// each other and of edges, else left to right.
    #[default]
    Auto,
    /// Left to right, payoffs as a table at the right.
    LeftToRight,
    /// Top-down, as small trees are drawn in textbooks. In trees that are not small, labels may
    /// meet edges.
    TopDown,
}

/// How to draw a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeOptions {
    /// Which way it grows.
    pub direction: Direction,
    /// The title above; the game's own if `None`, none if empty.
    pub title: Option<String>,
    /// What stands below the title, such as which equilibrium is marked; none if empty.
    pub caption: String,
    /// How numbers are written: fractions, decimals, or (the default) fractions if all are short.
    pub numbers: Numbers,
    /// With a profile, parts that are not reached are folded if there are more ends than this.
    pub fold_beyond: usize,
    /// If more rows than this are left, the tree is cut at a depth.
    pub rows_at_most: usize,
    /// Whether the names of outcomes stand beside the payoffs.
    pub outcomes: bool,
    /// Whether a legend stands below.
    pub legend: bool,
}

impl Default for TreeOptions {
    fn default() -> Self {
        Self {
            direction: Direction::Auto,
            title: None,
            caption: String::new(),
            numbers: Numbers::Both,
            fold_beyond: 48,
            rows_at_most: 200,
            outcomes: true,
            legend: true,
        }
    }
}

/// Draws a game's tree at a point, with a profile's play marked if one is given.
///
/// The scene depends on nothing but the arguments; all coordinates are rounded to two decimals.
///
/// # Panics
/// If `instance` is not of `game`, or `profile` has not one probability per action.
#[must_use]
pub fn draw_tree(
    game: &Game,
    instance: &GameInstance,
    profile: Option<&Profile>,
    options: &TreeOptions,
) -> Scene {
    let view = view::View::new(game, instance, profile, options);
    let top_down = match options.direction {
        Direction::Auto => top_down::suits(&view),
        Direction::LeftToRight => false,
        Direction::TopDown => true,
    };
    let mut scene = if top_down { top_down::draw(&view) } else { columns::draw(&view) };
    scene.title = view.title.clone();
    scene.description = view.description();
    scene
}

/// The caption of a drawing that marks the lead of a card: its letter, the author's name for it,
/// the concept it was verified for, and whether others are played alike.
#[must_use]
pub fn caption(card: &Card<'_>) -> String {
    let name = card.title.as_ref().map(|title| format!(": {title}")).unwrap_or_default();
    let mut text = format!("Equilibrium {} ({}", card.label, kind(card.lead()));
    if card.members.len() > 1 {
        text.push_str(&format!("; one of {} that lead to this play", card.members.len()));
    }
    if card.members.first().is_some_and(|lead| !lead.corners.is_empty()) {
        text.push_str("; a point of a continuum");
    }
    format!("{text}){name}")
}

#[cfg(test)]
pub(crate) mod clear;
#[cfg(test)]
pub(crate) mod tests;
