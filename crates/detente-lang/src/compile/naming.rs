//! Names inside blocks and definitions: a parameter stands for the argument of the call, also
//! where it names an event, an option or a stake.

use super::scope::{Compiler, Local, Locals, bound};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{Expr, ExprKind, Name, Reference, Span, Value};
use detente_game::{PlayerId, ValueId};

impl<'a> Compiler<'a> {
    /// The name that is meant by a name of an event or stake: itself, or the argument that it
    /// stands for, which must be a bare name.
    pub(crate) fn meant(&mut self, name: &'a Name, locals: &Locals<'a>) -> Option<&'a Name> {
        let (what, span) = match bound(locals, &name.text).cloned() {
            None | Some(Local::Player(_)) => return Some(name),
            Some(Local::Number(number)) => (number.to_string(), name.span),
            Some(Local::Argument(argument, outer, _)) => {
                let (argument, outer) = self.through_arguments(argument.unparenthesised(), &outer);
                let inner = match &argument.kind {
                    ExprKind::Reference(reference) => reference.as_bare_name(),
                    _ => None,
                };
                let what = match (inner, &argument.kind) {
                    (Some(inner), _) => match bound(&outer, &inner.text) {
                        Some(Local::Number(number)) => number.to_string(),
                        _ => return Some(inner),
                    },
                    (None, ExprKind::Number(number)) => number.clone(),
                    (None, _) => "an expression".to_owned(),
                };
                (what, argument.span)
            }
        };
        self.complain(
            Diagnostic::at(
                Code::E037,
                span,
                format!("'{}' stands for {what} here, which cannot be a name", name.text),
            )
            .help("give the block a bare name there, or use another name for the counter"),
        );
        None
    }

    /// The name of the event that a reference means.
    pub(crate) fn event_meant(
        &mut self,
        reference: &'a Reference,
        locals: &Locals<'a>,
    ) -> Option<&'a Name> {
        self.meant(&reference.name, locals)
    }

    /// The name that a name stands for if it is bound to an argument that is a bare name; itself
    /// otherwise.
    pub(crate) fn argument_name(&self, name: &'a Name, locals: &Locals<'a>) -> &'a Name {
        let Some(Local::Argument(argument, outer, _)) = bound(locals, &name.text).cloned() else {
            return name;
        };
        let (argument, _) = self.through_arguments(argument.unparenthesised(), &outer);
        match &argument.kind {
            ExprKind::Reference(reference) => reference.as_bare_name().unwrap_or(name),
            _ => name,
        }
    }

    /// The value that is meant by an option or a branch: itself, or the argument or counter that
    /// it stands for.
    pub(crate) fn value_meant(&mut self, value: &'a Value, locals: &Locals<'a>) -> Option<ValueId> {
        if value.is_number {
            if let Err(error) = value.text.parse::<detente_game::Rational>() {
                let complaint = Diagnostic::at(Code::E006, value.span, error.to_string());
                self.complain(complaint.help("write a number such as  2,  0.5  or  1/2"));
                return None;
            }
            return Some(self.value(&value.text));
        }
        let (argument, outer) = match bound(locals, &value.text).cloned() {
            None | Some(Local::Player(_)) => return Some(self.value(&value.text)),
            Some(Local::Number(number)) => return Some(self.value(&number.to_string())),
            Some(Local::Argument(argument, outer, _)) => {
                self.through_arguments(argument.unparenthesised(), &outer)
            }
        };
        if let ExprKind::Reference(reference) = &argument.kind
            && let Some(name) = reference.as_bare_name()
            && bound(&outer, &name.text).is_none()
        {
            return Some(self.value(&name.text));
        }
        let number = self.number(argument, &outer)?;
        if let Some(known) = self.known(&number) {
            return Some(self.value(&known.to_string()));
        }
        self.complain(
            Diagnostic::at(
                Code::E037,
                value.span,
                format!(
                    "'{}' stands for something that is neither a name nor a known number",
                    value.text
                ),
            )
            .help("give the block a bare name, or a number that is known before play"),
        );
        None
    }

    /// Complains of names in an argument that mean nothing. What is used is checked where it is
    /// used; this is for arguments that the block or definition never looks at.
    pub(crate) fn unused_argument(&mut self, argument: &'a Expr, locals: &Locals<'a>) {
        let mut names = Vec::new();
        super::lints::names_in(argument, &mut names);
        for name in names {
            if bound(locals, &name.text).is_none() && !self.is_known(&name.text) {
                self.unknown_name(name);
            }
        }
    }

    fn is_known(&self, name: &str) -> bool {
        self.means_a_number(name)
            || self.events.contains_key(name)
            || self.players.contains_key(name)
            || self.teams.contains_key(name)
            || self.tables.contains_key(name)
            || super::functions::BUILT_INS.contains(&name)
            || matches!(name, "me" | "other")
            || self.is_text_of_value(name)
    }

    /// Whether a name is a setting, parameter or definition.
    pub(crate) fn means_a_number(&self, name: &str) -> bool {
        self.param_ids.contains_key(name)
            || self.settings.contains_key(name)
            || self.defines.contains_key(name)
    }

    /// Complains that nothing has this name.
    pub(crate) fn unknown_name(&mut self, name: &Name) {
        let text = &name.text;
        let known: Vec<&str> = self
            .param_ids
            .keys()
            .chain(self.settings.keys())
            .chain(self.events.keys())
            .map(String::as_str)
            .chain(self.defines.keys().copied())
            .collect();
        let twin = known.iter().copied().find(|other| look_alike(text, other));
        let help = match twin {
            Some(twin) => {
                Some(format!("'{twin}' looks the same but is written with other letters"))
            }
            None => did_you_mean(text, known),
        };
        let diagnostic =
            Diagnostic::at(Code::E010, name.span, format!("nothing is called '{text}'"))
                .help_opt(help);
        let diagnostic = if diagnostic.helps.is_empty() {
            diagnostic
                .help(format!("introduce it in 'params', 'settings' or by  define {text} = …"))
        } else {
            diagnostic
        };
        self.complain(super::scope::with_script_note(diagnostic, text));
    }

    /// Complains, where the argument stands, that a name does not stand for a player.
    fn no_player_here(&mut self, name: &Name, what: &str, span: Span) {
        self.complain(
            Diagnostic::at(
                Code::E010,
                span,
                format!("'{}' stands for {what} here, which is not a player", name.text),
            )
            .help("give the block a player's name there"),
        );
    }

    /// The player of this name.
    pub(crate) fn player(&mut self, name: &'a Name, locals: &Locals<'a>) -> Option<PlayerId> {
        match bound(locals, &name.text).cloned() {
            Some(Local::Player(player)) => return Some(player),
            Some(Local::Number(number)) => {
                self.no_player_here(name, &number.to_string(), name.span);
                return None;
            }
            Some(Local::Argument(argument, outer, _)) => {
                let (argument, outer) = self.through_arguments(argument.unparenthesised(), &outer);
                if let ExprKind::Reference(reference) = &argument.kind
                    && let Some(inner) = reference.as_bare_name()
                {
                    return self.player(inner, &outer);
                }
                let what = match &argument.kind {
                    ExprKind::Number(number) => number.as_str(),
                    _ => "an expression",
                };
                self.no_player_here(name, what, argument.span);
                return None;
            }
            None => {}
        }
        if name.text == "other" && bound(locals, "me").is_some() {
            return self.other(name.span, locals);
        }
        if let Some(&player) = self.players.get(&name.text) {
            return Some(player);
        }
        self.unknown_player(name);
        None
    }

    fn unknown_player(&mut self, name: &Name) {
        if let Some(team) = self.teams.get(&name.text) {
            let form = self.builder.form.form();
            let members: Vec<&str> =
                team.iter().map(|player| form.player(*player).name.as_str()).collect();
            let help = format!("write  {}", members.join("  or  "));
            self.complain(
                Diagnostic::at(
                    Code::E010,
                    name.span,
                    format!("'{}' is a team; here one of its players is wanted", name.text),
                )
                .help(help),
            );
            return;
        }
        let names: Vec<&str> = self.players.keys().map(String::as_str).collect();
        let mut diagnostic =
            Diagnostic::at(Code::E010, name.span, format!("no player called '{}'", name.text))
                .help_opt(did_you_mean(&name.text, names.iter().copied()));
        if diagnostic.helps.is_empty() {
            diagnostic = match names.is_empty() {
                true => diagnostic.help("add a section  players  with a line for each"),
                false => diagnostic.note(format!("the players are {}", names.join(", "))),
            };
        }
        self.complain(super::scope::with_script_note(diagnostic, &name.text));
    }
}

/// Letters of other scripts, each with the Latin letter that it looks like.
const TWINS: &[(&str, char)] = &[
    ("аα", 'a'),
    ("еε", 'e'),
    ("оο", 'o'),
    ("рρ", 'p'),
    ("с", 'c'),
    ("уγ", 'y'),
    ("хχ", 'x'),
    ("іι", 'i'),
    ("ј", 'j'),
    ("ѕ", 's'),
    ("ԁ", 'd'),
    ("һ", 'h'),
    ("νѵ", 'v'),
    ("κк", 'k'),
    ("АΑ", 'A'),
    ("ВΒ", 'B'),
    ("ЕΕ", 'E'),
    ("Ζ", 'Z'),
    ("НΗ", 'H'),
    ("ІΙ", 'I'),
    ("КΚ", 'K'),
    ("МΜ", 'M'),
    ("Ν", 'N'),
    ("ОΟ", 'O'),
    ("РΡ", 'P'),
    ("С", 'C'),
    ("ТΤ", 'T'),
    ("ХΧ", 'X'),
    ("УΥ", 'Y'),
    ("Ѕ", 'S'),
    ("Ј", 'J'),
];

/// Whether two different names are alike to the eye: letters of other scripts taken for the Latin
/// ones they look like.
fn look_alike(a: &str, b: &str) -> bool {
    a != b && !(a.is_ascii() && b.is_ascii()) && as_seen(a) == as_seen(b)
}

fn as_seen(name: &str) -> String {
    let latin = |letter: char| {
        let twin = TWINS.iter().find(|(twins, _)| twins.contains(letter));
        twin.map_or(letter, |(_, latin)| *latin)
    };
    name.chars().map(latin).collect()
}
