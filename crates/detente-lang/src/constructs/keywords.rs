//! All words of the language, in groups. The editors' grammar is tested against these lists.

/// Words that cannot be names, since they give expressions and lines their shape.
pub const RESERVED: &[&str] = &[
    "and", "or", "not", "if", "then", "else", "is", "happened", "when", "in", "as", "seen", "by",
    "for", "each", "me", "other", "anyone", "rest", "always", "after",
];

/// Reserved words that can still be values, where no line is in doubt: entry games have the choices `in` and `out`.
pub const VALUES_TOO: &[&str] = &["in", "as", "by", "for", "each", "always", "after", "rest"];

/// Words that start a section.
pub const SECTIONS: &[&str] = &[
    "game", "players", "sources", "settings", "params", "table", "scale", "types", "define",
    "block", "story", "stakes", "outcomes", "expect", "observed", "whatif", "question", "include",
];

/// Words that start a line of a story; players and blocks cannot have such a name.
pub const STATEMENTS: &[&str] =
    &["chance", "draw", "signal", "reveal", "if", "else", "repeat", "together", "stop"];

/// Words that say what a player does.
pub const VERBS: &[&str] = &["chooses", "choose", "secretly", "gains", "loses"];

/// Words that start a line of `game`.
pub const GAME_ENTRIES: &[&str] = &["about", "cite", "author", "licence"];

/// Words that start a note below a parameter, setting, type or stake.
pub const NOTES: &[&str] = &["source", "confidence", "note", "checked"];

/// Words that start a line of `whatif`.
pub const CHANGES: &[&str] = &["set", "lock", "nobody"];

/// Words that start a line of `question`; a number and `belief of` may start one too.
pub const ANSWERS: &[&str] = &["payoff", "thresholds", "assumptions", "see"];

/// Solution concepts.
pub const CONCEPTS: &[&str] = &[
    "nash",
    "subgame_perfect",
    "perfect",
    "proper",
    "weak_pbe",
    "pbe",
    "sequential",
    "intuitive",
    "divine",
    "d1",
    "universally_divine",
    "qre",
];

/// How many equilibria a claim speaks of.
pub const QUANTIFIERS: &[&str] = &["exists", "none", "all"];

/// Words that start a claim that is not about a concept.
pub const CLAIMS: &[&str] =
    &["nodes", "ends", "information", "situations", "value", "that", "with"];

/// Words inside lines, with a meaning at their place only.
pub const CONNECTIVES: &[&str] = &[
    "of",
    "the",
    "are",
    "opposite",
    "from",
    "to",
    "except",
    "unit",
    "team",
    "believes",
    "weighted",
    "sets",
    "player",
    "all",
    "nobody",
    "otherwise",
    "belief",
    "holds",
    "at",
    "knows",
    "low",
    "medium",
    "high",
];

/// Every word of the language, group by group.
pub const ALL: &[&[&str]] = &[
    RESERVED,
    SECTIONS,
    STATEMENTS,
    VERBS,
    GAME_ENTRIES,
    NOTES,
    CHANGES,
    ANSWERS,
    CONCEPTS,
    QUANTIFIERS,
    CLAIMS,
    CONNECTIVES,
];

/// Whether the word cannot be a name.
pub fn is_reserved(word: &str) -> bool {
    RESERVED.contains(&word)
}

/// Whether the word can be neither a name nor a value.
pub fn is_reserved_as_value(word: &str) -> bool {
    is_reserved(word) && !VALUES_TOO.contains(&word)
}
