//! The manual's tables of methods and concepts, made from their cards.

use detente_game::Card;

/// A page in Markdown: what each method finds, and what each concept asks for.
///
/// ```
/// let page = detente_report::formats::methods::page(&[], detente_verify::cards());
/// assert!(page.contains("| `sequential` | beliefs are the limit of vanishing trembles |"));
/// ```
#[must_use]
pub fn page(methods: &[&Card], concepts: &[Card]) -> String {
    let concepts: Vec<&Card> = concepts.iter().collect();
    format!(
        "# Methods and concepts\n\nMade from the cards in the code by `cargo run --example \
         methods`; a test compares.\n\n## How equilibria are found\n\n`detente solve` chooses \
         among these by the game and the question; `--method NAME` takes one of \
         them.\n\n{}\n## What is asked of them\n\nWhatever was found is judged by a part of the \
         program that does not know how it was found. `--concept NAME` asks for one of \
         these.\n\n{}",
        table(methods),
        table(&concepts)
    )
}

fn table(cards: &[&Card]) -> String {
    let mut text = "| name | what it is | accepts | numbers | in full | cost | source |\n\
                    |---|---|---|---|---|---|---|\n"
        .to_owned();
    for card in cards {
        let numbers = if card.exact { "exact" } else { "approximate, certified" };
        let line = format!(
            "| `{}` | {} | {} | {numbers} | {} | {} | {} |\n",
            card.name,
            cell(card.line),
            cell(card.accepts),
            cell(card.complete.unwrap_or("–")),
            cell(card.cost),
            cell(card.source),
        );
        text.push_str(&line);
    }
    text
}

/// A bar would end the cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
