//! What reads as if it meant something and does not: indices that never happen, words that are
//! nobody's value. Each may be meant, so these are warnings.

use super::scope::Compiler;
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{FileId, Name, Reference, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What was met while names were resolved.
#[derive(Debug, Default)]
pub(crate) struct Slips {
    /// Of each reference with an index: whether it ever found an event, and an index at which it
    /// did not.
    indices: BTreeMap<Span, (bool, i64)>,
    /// The words that each setting is said to have: its value, and those of its description.
    words: BTreeMap<String, BTreeSet<String>>,
    /// Set while a claim about another tree is resolved, where other indices happen.
    pub(crate) elsewhere: bool,
}

impl Slips {
    /// A reference was looked up at an index.
    pub(crate) fn index_met(&mut self, span: Span, index: i64, found: bool) {
        if !self.elsewhere {
            let (ever, example) = self.indices.entry(span).or_insert((found, index));
            *ever |= found;
            if !found {
                *example = index;
            }
        }
    }

    /// The texts that say what a setting can be.
    pub(crate) fn setting_said<'t>(
        &mut self,
        setting: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let words = texts.into_iter().flat_map(super::words).map(str::to_owned);
        self.words.entry(setting.to_owned()).or_default().extend(words);
    }
}

impl Compiler<'_> {
    /// W110: an index at which nothing ever happens.
    pub(crate) fn warn_of_idle_indices(&mut self, text_of: &dyn Fn(Span) -> String) {
        let indices = std::mem::take(&mut self.slips.indices);
        for (span, (ever, index)) in indices {
            if ever {
                continue;
            }
            let written = text_of(span);
            let name = written.split('[').next().unwrap_or(&written).to_owned();
            let bare = name.rsplit('.').next().unwrap_or(&name);
            let known = self.events.get(bare).map(|family| {
                let known: Vec<String> =
                    family.by_index.keys().flatten().map(i64::to_string).collect();
                super::values::listed(&known, ", ")
            });
            let diagnostic = Diagnostic::at(
                Code::W110,
                span,
                format!("'{name}' never happens with the index {index}, so this is never so"),
            );
            self.complain(match known {
                Some(known) if !known.is_empty() => {
                    diagnostic.note(format!("it happens with {known}"))
                }
                _ => diagnostic.note("it has no index"),
            });
        }
    }

    /// W114: definitions and blocks of the scenario itself that nothing uses. A library is not
    /// expected to be used up.
    pub(crate) fn warn_of_unused_names(&mut self) {
        let defined = self.defines.values().map(|define| (&define.name, "definition"));
        let blocks = self.blocks.values().map(|block| (&block.name, "block"));
        let unused: Vec<Diagnostic> = defined
            .chain(blocks)
            .filter(|(name, _)| name.span.file == FileId::MAIN)
            .filter(|(name, _)| !self.used.contains(name.text.as_str()))
            .map(|(name, what)| {
                let message = format!("nothing uses the {what} '{}'", name.text);
                Diagnostic::at(Code::W114, name.span, message)
                    .help("use it, or take it away; a slip in its name elsewhere may be the reason")
            })
            .collect();
        unused.into_iter().for_each(|diagnostic| self.complain(diagnostic));
    }

    /// W115: a line that the story never comes to.
    pub(crate) fn never_reached(&mut self, span: Span, why: &str, help: &str) {
        self.complain(Diagnostic::at(Code::W115, span, why).help(help));
    }

    /// A setting whose value is a word was compared with a word: W111 if nothing says that it can
    /// be that word.
    pub(crate) fn word_compared(&mut self, setting: &str, word: &Name) {
        let Some(words) = self.slips.words.get(setting) else { return };
        if words.contains(&word.text) {
            return;
        }
        let help = did_you_mean(&word.text, words.iter().map(String::as_str));
        self.complain(
            Diagnostic::at(
                Code::W111,
                word.span,
                format!("nothing says that '{setting}' can be '{}'", word.text),
            )
            .help_opt(help)
            .help(format!(
                "name its other values in its description:  {setting} = …  \"… or {}\"",
                word.text
            )),
        );
    }

    /// A word is shown in place of an event: W111 if it looks like one that means something.
    pub(crate) fn word_shown(&mut self, reference: &Reference) {
        let word = &reference.name.text;
        if self.is_text_of_value(word) {
            return;
        }
        let known = std::iter::once("happened").chain(self.events.keys().map(String::as_str));
        if let Some(help) = did_you_mean(word, known) {
            self.complain(
                Diagnostic::at(
                    Code::W111,
                    reference.span,
                    format!("'{word}' names nothing, so the word itself is shown"),
                )
                .help(help)
                .note("a word that is meant to be shown as it stands should look less like a name"),
            );
        }
    }
}
