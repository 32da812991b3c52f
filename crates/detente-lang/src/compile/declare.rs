//! Sections that introduce names: players, settings, parameters, sources, scales, definitions.

use super::functions::BUILT_INS;
use super::scope::{Compiler, Setting};
use crate::diagnostics::{Code, Diagnostic, did_you_mean};
use crate::syntax::ast::{
    self, Confidence, DistributionKind, Name, Note, Notes, Range, Span, all_notes,
};
use detente_game::form::Player;
use detente_game::game::{Distribution, Param, Source, Support};
use detente_game::{ParamId, Rational};

impl<'a> Compiler<'a> {
    pub(crate) fn players(&mut self, section: &'a ast::PlayersSection) {
        for line in &section.players {
            let name = &line.name;
            if self.players.contains_key(&name.text) {
                self.twice(name, "player");
                continue;
            }
            let team = line.team.as_ref().map(|team| team.text.clone());
            let id = self.builder.form.player(Player {
                name: name.text.clone(),
                label: line.description.as_ref().map_or(String::new(), |text| text.value.clone()),
                team: team.clone(),
            });
            self.players.insert(name.text.clone(), id);
            if let Some(name) = &line.team {
                self.team_names.push((name.text.clone(), name.span));
            }
            if let Some(team) = team {
                self.teams.entry(team).or_default().push(id);
            }
        }
    }

    /// A team and a player of one name could not be told apart.
    pub(crate) fn teams_differ_from_players(&mut self) {
        for (name, span) in std::mem::take(&mut self.team_names) {
            if self.players.contains_key(&name) {
                self.complain(
                    Diagnostic::at(
                        Code::E019,
                        span,
                        format!("'{name}' is the name of a team and of a player"),
                    )
                    .help("give one of them another name"),
                );
            }
        }
    }

    /// Complains that a name is introduced twice.
    pub(crate) fn twice(&mut self, name: &Name, what: &str) {
        self.complain(
            Diagnostic::at(
                Code::E019,
                name.span,
                format!("the {what} '{}' stands twice", name.text),
            )
            .help("take one away, or give it another name"),
        );
    }

    /// Whether a name is free among settings, parameters, definitions and players.
    fn is_free(&mut self, name: &Name, what: &str) -> bool {
        let taken = self.settings.contains_key(&name.text)
            || self.param_ids.contains_key(&name.text)
            || self.defines.contains_key(name.text.as_str())
            || self.players.contains_key(&name.text);
        if taken {
            self.twice(name, what);
        }
        !taken
    }

    pub(crate) fn sources(&mut self, section: &'a ast::SourcesSection) {
        for line in &section.sources {
            if !self.source_names.insert(&line.name.text) {
                self.twice(&line.name, "source");
                continue;
            }
            self.sources.push(Source {
                name: line.name.text.clone(),
                text: line.description.value.clone(),
                date: line.date.as_ref().map(date_text),
                address: line.link.as_ref().map(|link| link.value.clone()),
            });
        }
    }

    pub(crate) fn settings(&mut self, section: &'a ast::SettingsSection, set: &[(String, String)]) {
        for line in &section.settings {
            if !self.is_free(&line.name, "setting") {
                continue;
            }
            let written = set.iter().rev().find(|(name, _)| *name == line.name.text);
            let text = written.map_or(line.value.text.as_str(), |(_, value)| value.as_str());
            let value = match text.parse::<Rational>() {
                Ok(number) => Setting::Number(number),
                Err(_) => Setting::Name(text.to_owned()),
            };
            self.settings.insert(line.name.text.clone(), value.clone());
            let notes = all_notes(&line.notes).filter_map(|note| match note {
                Note::Note(text) => Some(text.value.as_str()),
                _ => None,
            });
            let said = line.description.iter().map(|text| text.value.as_str()).chain(notes);
            let values = [line.value.text.as_str(), text];
            self.slips.setting_said(&line.name.text, said.chain(values));
            self.support(&line.notes);
            if let Some(range) = &line.range {
                self.setting_in_range(&line.name, &value, range);
            }
        }
    }

    fn setting_in_range(&mut self, name: &Name, value: &Setting, range: &'a Range) {
        let Some((low, high)) = self.range(range) else { return };
        self.setting_ranges.insert(name.text.clone(), (low.clone(), high.clone()));
        let Setting::Number(value) = value else {
            self.complain(Diagnostic::at(
                Code::E046,
                range.span,
                format!("'{}' has a range but is no number", name.text),
            ));
            return;
        };
        if *value < low || *value > high {
            self.outside(name, value, &low, &high, range.span);
        }
    }

    fn outside(
        &mut self,
        name: &Name,
        value: &Rational,
        low: &Rational,
        high: &Rational,
        span: Span,
    ) {
        self.complain(
            Diagnostic::at(
                Code::E046,
                span,
                format!("{} = {value} lies outside its range {low}..{high}", name.text),
            )
            .help("widen the range or change the value"),
        );
    }

    /// The ends of a range, in order.
    pub(crate) fn range(&mut self, range: &'a Range) -> Option<(Rational, Rational)> {
        let low = self.base_value(&range.low, &None);
        let high = self.base_value(&range.high, &None);
        let (low, high) = (low?, high?);
        if low > high {
            self.complain(
                Diagnostic::at(Code::E046, range.span, format!("the range {low}..{high} is empty"))
                    .help(format!("write  {high}..{low}")),
            );
            return None;
        }
        Some((low, high))
    }

    pub(crate) fn params(&mut self, section: &'a ast::ParamsSection, set: &[(String, String)]) {
        for line in &section.params {
            if !self.is_free(&line.name, "parameter") {
                continue;
            }
            let written = set.iter().rev().find(|(name, _)| *name == line.name.text);
            let base = match written.map(|(_, value)| value.parse::<Rational>()) {
                Some(Ok(value)) => Some(value),
                Some(Err(error)) => {
                    self.complain(
                        Diagnostic::at(Code::E006, line.name.span, error.to_string())
                            .help(format!("set {} to a number", line.name.text)),
                    );
                    None
                }
                None => self.base_value(&line.value, &None),
            };
            let range = line.range.as_ref().and_then(|range| self.range(range));
            if let (Some(base), Some((low, high)), Some(written)) = (&base, &range, &line.range)
                && (base < low || base > high)
            {
                self.outside(&line.name, base, low, high, written.span);
            }
            let distribution = line.distribution.as_ref();
            let distribution =
                distribution.and_then(|written| self.distribution(written, range.as_ref()));
            let support = self.support(&line.notes);
            let id = ParamId::from_index(self.params.len());
            self.param_ids.insert(line.name.text.clone(), id);
            self.has_units |= line.unit.is_some();
            self.params.push(Param {
                name: line.name.text.clone(),
                base: base.unwrap_or_default(),
                range,
                distribution,
                unit: line.unit.as_ref().map(|unit| unit.text.clone()),
                label: line.description.as_ref().map_or(String::new(), |text| text.value.clone()),
                support,
            });
        }
    }

    fn distribution(
        &mut self,
        written: &'a ast::Distribution,
        range: Option<&(Rational, Rational)>,
    ) -> Option<Distribution> {
        let (name, arguments, span) = match &written.kind {
            DistributionKind::Named { name, arguments } => {
                let all: Vec<Option<Rational>> =
                    arguments.iter().map(|argument| self.base_value(argument, &None)).collect();
                (name.text.as_str(), all.into_iter().collect::<Option<Vec<_>>>()?, name.span)
            }
            DistributionKind::Column { table, column } => {
                return self.drawn_column(table, column, range, written.span);
            }
            DistributionKind::Percentiles { low, high } => {
                let (low, high) = (self.base_value(low, &None), self.base_value(high, &None));
                ("to", vec![low?, high?], written.span)
            }
        };
        let Some((_, count, words)) = DISTRIBUTIONS.iter().find(|(known, ..)| *known == name)
        else {
            self.complain(
                Diagnostic::at(Code::E049, span, format!("no distribution is called '{name}'"))
                    .help_opt(did_you_mean(name, DISTRIBUTIONS.iter().map(|(known, ..)| *known)))
                    .note("there are beta, uniform, normal, lognormal, triangular, a to b,  and  table.column"),
            );
            return None;
        };
        if arguments.len() != *count || !plausible(name, &arguments) {
            self.complain(
                Diagnostic::at(
                    Code::E049,
                    written.span,
                    format!("'{name}' does not fit these numbers"),
                )
                .help(format!("it is written  {words}")),
            );
            return None;
        }
        Some(Distribution::Family { name: name.to_owned(), arguments })
    }

    /// What supports an assumption; checks that its sources are declared.
    pub(crate) fn support(&mut self, notes: &'a Notes) -> Support {
        let mut support = Support::default();
        for note in all_notes(notes) {
            match note {
                Note::Source { name, place } => {
                    self.known_source(name);
                    let place = place.as_ref().map(|place| place.value.clone());
                    support.sources.push((name.text.clone(), place));
                }
                Note::Confidence { level, .. } => {
                    let word = match level {
                        Confidence::Low => "low",
                        Confidence::Medium => "medium",
                        Confidence::High => "high",
                    };
                    support.confidence = Some(word.to_owned());
                }
                Note::Note(text) => support.notes.push(text.value.clone()),
                Note::Checked(date) => support.checked.push(date_text(date)),
            }
        }
        support
    }

    /// Complains unless a source of this name is declared.
    pub(crate) fn known_source(&mut self, name: &Name) {
        if self.is_full() || self.source_names.contains(name.text.as_str()) {
            return;
        }
        let known = self.source_names.iter().copied();
        self.complain(
            Diagnostic::at(Code::E010, name.span, format!("no source called '{}'", name.text))
                .help_opt(did_you_mean(&name.text, known))
                .help(format!("add a line  {} \"…\"  to 'sources'", name.text)),
        );
    }

    pub(crate) fn define(&mut self, define: &'a ast::Define) {
        self.parameters_differ(&define.parameters);
        // A library counts on the functions of the language being what they are.
        if define.name.text == "P" || BUILT_INS.contains(&define.name.text.as_str()) {
            let name = &define.name.text;
            self.complain(
                Diagnostic::at(
                    Code::E019,
                    define.name.span,
                    format!("'{name}' is a function of the language and cannot be defined anew"),
                )
                .help(format!("use another name, such as 'my_{name}'")),
            );
            return;
        }
        if self.is_free(&define.name, "definition") {
            self.defines.insert(&define.name.text, define);
        }
    }

    /// Complains of a definition or block with two parameters of one name.
    fn parameters_differ(&mut self, parameters: &[Name]) {
        for (place, name) in parameters.iter().enumerate() {
            if parameters[..place].iter().any(|earlier| earlier.text == name.text) {
                self.twice(name, "parameter");
            }
        }
    }

    pub(crate) fn block(&mut self, block: &'a ast::BlockDefinition) {
        self.parameters_differ(&block.parameters);
        if self.blocks.insert(&block.name.text, block).is_some() {
            self.twice(&block.name, "block");
        }
    }
}

/// Distributions: name, number of arguments, how they are written.
const DISTRIBUTIONS: &[(&str, usize, &str)] = &[
    ("beta", 2, "beta(a, b)  with a, b > 0"),
    ("uniform", 2, "uniform(low, high)  with low < high"),
    ("normal", 2, "normal(mean, standard deviation)  with a positive deviation"),
    ("lognormal", 2, "lognormal(mu, sigma)  with sigma > 0"),
    ("triangular", 3, "triangular(low, mode, high)  in this order"),
    ("to", 2, "low to high  with low < high: 5th and 95th percentile"),
];

fn plausible(name: &str, arguments: &[Rational]) -> bool {
    match name {
        "beta" => arguments.iter().all(Rational::is_positive),
        "uniform" | "to" => arguments[0] < arguments[1],
        "normal" | "lognormal" => arguments[1].is_positive(),
        _ => {
            arguments[0] <= arguments[1]
                && arguments[1] <= arguments[2]
                && arguments[0] < arguments[2]
        }
    }
}

/// A date as `2025-09-22`.
pub(crate) fn date_text(date: &ast::Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)
}
