//! Values of events: texts, of which equal numbers are one value (`1` and `1.0`).

use super::scope::Compiler;
use detente_game::{FormulaId, Rational, ValueId};
use std::collections::{HashMap, HashSet};

/// Different values, in the order in which they were first met.
#[derive(Debug, Clone, Default)]
pub(crate) struct Domain {
    list: Vec<ValueId>,
    set: HashSet<ValueId>,
}

impl Domain {
    /// Adds a value; whether it is new.
    pub(crate) fn insert(&mut self, value: ValueId) -> bool {
        let new = self.set.insert(value);
        if new {
            self.list.push(value);
        }
        new
    }

    pub(crate) fn contains(&self, value: ValueId) -> bool {
        self.set.contains(&value)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = ValueId> + '_ {
        self.list.iter().copied()
    }
}

impl FromIterator<ValueId> for Domain {
    fn from_iter<I: IntoIterator<Item = ValueId>>(values: I) -> Self {
        let mut domain = Self::default();
        for value in values {
            domain.insert(value);
        }
        domain
    }
}

/// Which texts are which values.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    by_text: HashMap<String, ValueId>,
    by_number: HashMap<Rational, ValueId>,
    /// The numbers that values are.
    pub(crate) numbers: HashMap<ValueId, FormulaId>,
}

impl Compiler<'_> {
    /// The id of a value's text; equal numbers are one value, with the text that came first.
    pub(crate) fn value(&mut self, text: &str) -> ValueId {
        if let Some(known) = self.texts.by_text.get(text) {
            return *known;
        }
        let number = text.parse::<Rational>().ok();
        let known = number.as_ref().and_then(|number| self.texts.by_number.get(number)).copied();
        let id = known.unwrap_or_else(|| self.builder.form.value(text));
        self.texts.by_text.insert(text.to_owned(), id);
        if let (Some(number), None) = (number, known) {
            self.texts.by_number.insert(number.clone(), id);
            let formula = self.builder.formulas.number(number);
            self.texts.numbers.insert(id, formula);
        }
        id
    }

    /// The value of this text, if it is one of the domain.
    pub(crate) fn value_named(&self, domain: &Domain, text: &str) -> Option<ValueId> {
        let known = self.texts.by_text.get(text).copied();
        known.filter(|value| domain.contains(*value))
    }

    /// The value that is this number, if it is one of the domain.
    pub(crate) fn value_numbered(&self, domain: &Domain, number: &Rational) -> Option<ValueId> {
        let known = self.texts.by_number.get(number).copied();
        known.filter(|value| domain.contains(*value))
    }

    /// Whether some text of the scenario is a value so called.
    pub(crate) fn is_text_of_value(&self, text: &str) -> bool {
        self.texts.by_text.contains_key(text)
    }

    /// Texts of values, as a message lists them: the first few, and how many more there are.
    pub(crate) fn value_texts(&self, domain: &Domain) -> Vec<String> {
        let form = self.builder.form.form();
        domain.iter().map(|value| form.value(value).to_owned()).collect()
    }
}

/// Most values that a message lists.
const MOST_LISTED: usize = 20;

/// `a, b, c`, or with how many more there are if they are many.
pub(crate) fn listed(texts: &[String], between: &str) -> String {
    let shown = texts[..texts.len().min(MOST_LISTED)].join(between);
    match texts.len().checked_sub(MOST_LISTED) {
        Some(more) if more > 0 => format!("{shown}{between}… ({more} more)"),
        _ => shown,
    }
}
