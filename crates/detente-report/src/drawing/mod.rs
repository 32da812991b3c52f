//! Game trees as figures for papers: SVG and TikZ.
//!
//! [`draw_tree`] lays a tree out as a [`Scene`], a list of lines, marks and texts at fixed
//! places; [`Scene::svg`] and [`Scene::tikz`] write it down. A figure shows
//!
//! - one column (or, in small trees, one row) per step, headed by who decides what;
//! - situations as dashed lines in the player's colour, led round the nodes between members;
//! - chance as hollow circles, with probabilities as fractions on the branches;
//! - payoffs at the ends in the players' colours;
//! - with a profile: what is chosen thicker, what is reached darker, mixed choices with their
//!   probabilities, and beyond a number of ends the unreached parts folded.
//!
//! Players differ in colour, in the mark at their nodes and in the dashes of their situations,
//! so that a figure is readable in grey. Underscores in names are drawn as spaces.

mod bands;
mod branch;
mod columns;
mod heads;
mod palette;
mod scene;
mod svg;
mod text;
mod tikz;
mod top_down;
mod view;

pub use branch::draw_branch;
pub use scene::{Anchor, Bounds, Ink, Item, Mark, Point, Role, Scene, Stroke, Weight};
pub use text::text_width;

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

#[cfg(test)]
mod tests;
