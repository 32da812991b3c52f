//! The table of all codes, one row each: add a row here, use it as `Code::E0xx`.

use super::Severity;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($code:ident $summary:literal)*) => {
        /// The number of a complaint. `E…` are errors, `W…` are warnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code { $(#[doc = $summary] $code,)* }

        impl Code {
            /// All codes, in order.
            pub const ALL: &'static [Code] = &[$(Code::$code),*];

            /// The code as printed, `E011`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$code => stringify!($code),)* }
            }

            /// One line on what it is about.
            pub fn summary(self) -> &'static str {
                match self { $(Code::$code => $summary,)* }
            }
        }
    };
}

codes! {
    E001 "a character that the language does not use"
    E002 "lines whose indentation does not fit, or tabs"
    E003 "something is missing, or something else stands where it should be"
    E004 "options are separated by '|', not ','"
    E005 "a text whose quotation mark is not closed, or with a stray backslash"
    E006 "a number that cannot be read"
    E007 "a line goes on after it is complete"
    E008 "a line that starts with a word that has no place there"
    E009 "a file that cannot be read as text, or is too large"
    E010 "a name that was never introduced"
    E011 "a value that an event cannot have"
    E012 "nesting too deep to read"
    E013 "indented lines are missing"
    E014 "indented lines below a line that takes none"
    E015 "a word of the language used as a name"
    E016 "a date that does not exist"
    E017 "a file that cannot be included, or includes itself"
    E018 "a scenario that unfolds into too many steps"
    E019 "a name that is introduced twice"
    E020 "nobody said who sees a chance event"
    E021 "a file that says nothing"
    E030 "a definition or block that uses itself"
    E031 "'me' or 'other' where it means nobody"
    E032 "a choice name shared by several players, used without saying whose"
    E033 "an event that happens several times, used without saying which"
    E034 "the type of a player who has no types"
    E035 "something that must be known before play and is not"
    E036 "a number where a condition is wanted, or a condition where a number is wanted"
    E037 "arguments that do not fit"
    E038 "a function that does not exist, or that leaves the exact numbers"
    E040 "probabilities that do not add up to 1"
    E041 "a probability below 0 or above 1"
    E042 "'rest' more than once"
    E043 "a signal without a line for some case"
    E044 "a number read from an event that has not happened"
    E045 "a division by zero, or a number that is not defined"
    E046 "a range that is empty or excludes the base value"
    E047 "a draw from which nothing is left"
    E048 "a table that cannot be read, or has no such row or column"
    E049 "a distribution that does not exist or does not fit its numbers"
    E050 "a private prior of a player about its own type"
    E051 "a player meets the same question twice on one path"
    E052 "a menu without options"
    E060 "a menu that gives away what the player has not seen"
    E061 "a tree with too many nodes"
    E062 "a path that is too long"
    E070 "units that do not fit"
    E071 "a parameter that shapes the tree"
    E072 "a claim that cannot be understood"
    W101 "being asked reveals a hidden event"
    W102 "an option that is never chosen"
    W103 "a stake that cannot influence any choice"
    W104 "an end that no outcome describes"
    W105 "a player sees what cannot matter"
    W106 "a number without a source that matters"
    W107 "an equilibrium that rests on indifference"
    W108 "a stake that is undefined somewhere in the ranges"
    W109 "a player without stakes"
    W110 "an index at which nothing ever happens"
    W111 "a word that looks like a slip of the pen"
    W112 "a value outside the range of its parameter"
    W113 "a probability that could not be checked everywhere in the ranges"
    W114 "a definition or block that nothing uses"
    W115 "lines that the story never comes to"
    W116 "stakes without a story"
    W117 "a question that points to a scenario that is not there"
}

impl Code {
    /// Error for `E…`, warning for `W…`.
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('W') { Severity::Warning } else { Severity::Error }
    }

    /// The code so printed, if there is one: `Code::from_name("E011")`.
    pub fn from_name(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(name))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
