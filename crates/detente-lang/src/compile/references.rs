//! References to events: which of them `me.move[t]`, `answer` or `Partner` means.

use super::scope::{Compiler, Declared, Local, Locals, bound, with_script_note};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{ExprKind, Name, Owner, Reference, Span};
use detente_game::PlayerId;

/// Which events a reference may mean.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    /// The events; none if the index is one that never happens.
    pub(crate) found: Vec<Declared>,
}

/// Whether a reference without an index may mean all indices (`count(check is visit)`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Indices {
    One,
    All,
}

/// Whose events a reference means.
enum Whose {
    Anyone,
    One(PlayerId),
    Unsaid,
}

impl<'a> Compiler<'a> {
    /// The events a reference means; complains and gives `None` if there are none of that name.
    pub(crate) fn events(
        &mut self,
        reference: &'a Reference,
        locals: &Locals<'a>,
        indices: Indices,
    ) -> Option<Events> {
        if let Some(events) = self.through_local(reference, locals, indices) {
            return events;
        }
        if reference.owner.is_none()
            && reference.index.is_none()
            && let Some(player) = self.type_owner(reference, locals)
        {
            return self.type_of(player, reference.span);
        }
        let name = self.event_meant(reference, locals)?;
        if !self.events.contains_key(&name.text) {
            self.unknown_event(name);
            return None;
        }
        let whose = self.owner_meant(reference, locals)?;
        let index = match &reference.index {
            Some(index) => Some(self.integer(index, locals)?),
            None => None,
        };
        let family = self.events.get(&name.text)?;
        let theirs = |event: &&Declared| match whose {
            Whose::One(player) => event.owner == Some(player),
            Whose::Anyone | Whose::Unsaid => true,
        };
        let owners = &family.owners;
        let is_theirs = match whose {
            Whose::One(player) => owners.contains(&Some(player)),
            Whose::Anyone | Whose::Unsaid => !owners.is_empty(),
        };
        if !is_theirs {
            self.not_theirs(reference, name, locals);
            return None;
        }
        if matches!(whose, Whose::Unsaid) && owners.len() > 1 {
            self.several_owners(name);
            return None;
        }
        let found: Vec<Declared> = match index {
            Some(_) => {
                let here = family.by_index.get(&index).into_iter().flatten();
                here.filter(theirs).cloned().collect()
            }
            None => family.all().filter(theirs).cloned().collect(),
        };
        if let Some(index) = index {
            self.slips.index_met(reference.span, index, !found.is_empty());
        }
        if index.is_none() {
            self.spend_many(found.len(), reference.span)?;
            self.one_index(reference, name, indices, &found)?;
        }
        Some(Events { found })
    }

    /// A bare name bound to an argument that is itself a reference.
    fn through_local(
        &mut self,
        reference: &'a Reference,
        locals: &Locals<'a>,
        indices: Indices,
    ) -> Option<Option<Events>> {
        let name = reference.as_bare_name()?;
        let Local::Argument(argument, outer, _) = bound(locals, &name.text)?.clone() else {
            return None;
        };
        match &argument.unparenthesised().kind {
            ExprKind::Reference(inner) => Some(self.events(inner, &outer, indices)),
            _ => None,
        }
    }

    /// `Partner`, `me` or `other` as the name of a type.
    fn type_owner(&mut self, reference: &Reference, locals: &Locals<'a>) -> Option<PlayerId> {
        let name = &reference.name;
        match name.text.as_str() {
            "me" => self.me(name.span, locals),
            "other" => self.other(name.span, locals),
            text => match bound(locals, text) {
                Some(Local::Player(player)) => Some(*player),
                _ => self.players.get(text).copied().filter(|_| !self.events.contains_key(text)),
            },
        }
    }

    fn type_of(&mut self, player: PlayerId, span: Span) -> Option<Events> {
        if let Some(declared) = self.types.get(&player) {
            return Some(Events { found: vec![declared.clone()] });
        }
        let name = self.builder.form.form().player(player).name.clone();
        self.complain(
            Diagnostic::at(Code::E034, span, format!("{name} has no types"))
                .help(format!("write a section  types of {name}")),
        );
        None
    }

    /// The player a section about each player is about just now.
    pub(crate) fn me(&mut self, span: Span, locals: &Locals<'a>) -> Option<PlayerId> {
        if let Some(Local::Player(player)) = bound(locals, "me") {
            return Some(*player);
        }
        self.complain(
            Diagnostic::at(Code::E031, span, "'me' means nobody here")
                .help("'me' and 'other' stand in sections and lines about each player"),
        );
        None
    }

    /// The other of two players.
    pub(crate) fn other(&mut self, span: Span, locals: &Locals<'a>) -> Option<PlayerId> {
        let me = self.me(span, locals)?;
        if self.players.len() == 2 {
            return Some(PlayerId(1 - me.0));
        }
        self.complain(
            Diagnostic::at(Code::E031, span, "'other' needs a game of two players")
                .help("name the player"),
        );
        None
    }

    fn owner_meant(&mut self, reference: &'a Reference, locals: &Locals<'a>) -> Option<Whose> {
        Some(match &reference.owner {
            None => Whose::Unsaid,
            Some(Owner::Anyone(_)) => Whose::Anyone,
            Some(Owner::Me(span)) => Whose::One(self.me(*span, locals)?),
            Some(Owner::Other(span)) => Whose::One(self.other(*span, locals)?),
            Some(Owner::Player(name)) => Whose::One(self.player(name, locals)?),
        })
    }

    fn several_owners(&mut self, name: &Name) {
        let owners = self.events.get(&name.text).map(|family| family.owners.clone());
        let form = self.builder.form.form();
        let mut ways: Vec<String> = owners
            .into_iter()
            .flatten()
            .flatten()
            .map(|owner| format!("{}.{}", form.player(owner).name, name.text))
            .collect();
        ways.push(format!("anyone.{}", name.text));
        self.complain(
            Diagnostic::at(
                Code::E032,
                name.span,
                format!("more than one player chooses '{}'; say whose", name.text),
            )
            .help(format!("write  {}", ways.join("  or  "))),
        );
    }

    fn not_theirs(&mut self, reference: &'a Reference, name: &Name, locals: &Locals<'a>) {
        let whose = match &reference.owner {
            Some(Owner::Player(name)) => self.argument_name(name, locals).text.clone(),
            Some(Owner::Other(span)) => {
                self.other(*span, locals).map_or("other".into(), |player| {
                    self.builder.form.form().player(player).name.clone()
                })
            }
            Some(Owner::Me(span)) => self
                .me(*span, locals)
                .map_or("me".into(), |player| self.builder.form.form().player(player).name.clone()),
            _ => "that player".to_owned(),
        };
        self.complain(
            Diagnostic::at(
                Code::E010,
                reference.name.span,
                format!("{whose} never chooses '{}'", name.text),
            )
            .help("leave out the player's name, or name the one who chooses it"),
        );
    }

    /// Complains if an event that happens several times is used as if it happened once.
    fn one_index(
        &mut self,
        reference: &'a Reference,
        name: &Name,
        indices: Indices,
        found: &[Declared],
    ) -> Option<()> {
        let example = found.iter().find_map(|event| event.index);
        match (example, indices) {
            (Some(example), Indices::One) if found.iter().all(|event| event.index.is_some()) => {
                let name = &name.text;
                self.complain(
                    Diagnostic::at(
                        Code::E033,
                        reference.span,
                        format!("'{name}' happens several times; say which"),
                    )
                    .help(format!("write  {name}[{example}]  or  count({name} is …)")),
                );
                None
            }
            _ => Some(()),
        }
    }

    fn unknown_event(&mut self, name: &Name) {
        let known: Vec<&str> = self
            .events
            .keys()
            .chain(self.players.keys())
            .chain(self.settings.keys())
            .chain(self.param_ids.keys())
            .map(String::as_str)
            .collect();
        let help = did_you_mean(&name.text, known);
        let diagnostic = Diagnostic::at(
            Code::E010,
            name.span,
            format!("nothing in the story is called '{}'", name.text),
        )
        .help_opt(help);
        self.complain(with_script_note(diagnostic, &name.text));
    }
}
