//! Answering the questions that a scenario's author asks: every line of a question is worked out on
//! the game as it is set for that line, from verified equilibria.

mod number;
mod turns;
mod worth;

use crate::claims;
use crate::road::{Opened, Solved};
use crate::thresholds::Search;
use crate::value::counted;
use detente_game::claim::Override;
use detente_game::question::{Ask, AskKind};
use detente_game::{Game, GameInstance};
use detente_lang::Options;
use detente_report::cards::{Card, Member, deal};
use detente_report::formats::text::words;
use detente_report::numbers::Numbers;
use detente_report::question::{Answer, Answered, Figure};
use detente_report::sentences::question::{Face, standing};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How questions are answered.
#[derive(Debug, Clone)]
pub struct Asked {
    /// How the scenario was compiled.
    pub options: Options,
    /// The scenario as it is named in commands.
    pub file: String,
    /// The options of a search, as they stand in commands; empty, or with a space before them.
    pub flags: String,
    /// How numbers are written.
    pub numbers: Numbers,
    /// How equilibria are searched for beyond a threshold.
    pub search: Search,
}

/// Another scenario that a question points to.
pub struct Sister {
    /// The scenario.
    pub opened: Opened,
    /// As it is named in commands.
    pub file: String,
}

/// What else is needed: equilibria, and other files.
pub struct Help<'h> {
    /// Finds the equilibria of an instance.
    pub solve: &'h mut dyn FnMut(&Arc<GameInstance>) -> Solved,
    /// Opens another scenario, or says why it cannot be opened.
    pub open: &'h mut dyn FnMut(&str) -> Result<Sister, String>,
}

/// The points that were solved, by what is set there; or why they could not be.
type Points = BTreeMap<Vec<(String, String)>, Result<Arc<Point>, String>>;

/// Answers questions one after the other, sharing what they have in common.
pub struct Asker<'o> {
    opened: &'o Opened,
    asked: Asked,
    points: Points,
    is_sister: bool,
}

/// The game as it is set for a line, and its equilibria.
struct Point {
    game: Game,
    instance: Arc<GameInstance>,
    solved: Solved,
    titles: Vec<Option<String>>,
}

/// What a line came to, or why it came to nothing.
type Said = Result<Told, String>;

#[derive(Default)]
struct Told {
    stands: Option<String>,
    sentences: Vec<String>,
    figures: Vec<Figure>,
}

impl<'o> Asker<'o> {
    /// An asker of a scenario that was compiled as `asked` says.
    #[must_use]
    pub fn new(opened: &'o Opened, asked: Asked) -> Self {
        Self { opened, asked, points: Points::new(), is_sister: false }
    }

    /// The same where the equilibria of the scenario as it is are known.
    ///
    /// # Panics
    /// If the scenario has errors.
    #[must_use]
    pub fn knowing(mut self, instance: &Arc<GameInstance>, solved: &Solved) -> Self {
        let game = self.opened.game().expect("equilibria are known of scenarios without errors");
        let point = Point::new(game.clone(), Arc::clone(instance), solved.clone());
        self.points.insert(Vec::new(), Ok(Arc::new(point)));
        self
    }

    /// Answers the question at a position of the game's list.
    ///
    /// # Panics
    /// If the scenario has errors or the position is not one of its questions.
    pub fn answer(&mut self, position: usize, help: &mut Help<'_>) -> Answered {
        let base = self.opened.game().expect("questions are answered for scenarios without errors");
        let question = &base.questions[position];
        let mut answers = Vec::new();
        for (line, ask) in question.asks.iter().enumerate() {
            match &ask.kind {
                AskKind::See(file) => answers.extend(self.sister(&question.title, ask, file, help)),
                _ => answers.push(self.line((position, line), ask, help)),
            }
        }
        Answered { title: question.title.clone(), answers }
    }

    fn line(&mut self, (question, line): (usize, usize), ask: &Ask, help: &mut Help<'_>) -> Answer {
        let mut answer = Answer {
            asked: ask.text.clone(),
            with: ask.with.iter().map(|one| format!("{} = {}", one.name, one.value)).collect(),
            file: self.is_sister.then(|| self.asked.file.clone()),
            stands: None,
            sentences: Vec::new(),
            figures: Vec::new(),
            searched: Vec::new(),
            complete: false,
            command: self.command(question, ask),
            is_answered: false,
        };
        let point = match self.point(&ask.with, help) {
            Ok(point) => point,
            Err(why) => {
                answer.sentences.push(format!("There is no answer: {why}."));
                return answer;
            }
        };
        answer.searched.push(point.searched());
        answer.complete = point.is_complete();
        // Under other settings the line speaks of another tree, so it is taken from there.
        let kind = point.game.questions.get(question).and_then(|one| one.asks.get(line));
        let kind = kind.map_or(&AskKind::Elsewhere, |ask| &ask.kind);
        match self.said(kind, &point, &mut answer, help) {
            Ok(told) => {
                answer.is_answered = true;
                answer.stands = told.stands;
                answer.sentences = told.sentences;
                answer.figures = told.figures;
            }
            Err(why) => answer.sentences.push(format!("There is no answer: {why}.")),
        }
        answer
    }

    fn said(
        &self,
        kind: &AskKind,
        point: &Point,
        answer: &mut Answer,
        help: &mut Help<'_>,
    ) -> Said {
        if matches!(kind, AskKind::Elsewhere) {
            return Err("with these settings the file does not say what is asked".to_owned());
        }
        if let Some(number) =
            number::of_numbers_alone(kind, point, &answer.asked, self.asked.numbers)
        {
            answer.complete = true;
            answer.searched.clear();
            return number;
        }
        if point.solved.equilibria.is_empty() {
            return Err("no equilibrium is known exactly".to_owned());
        }
        let numbers = self.asked.numbers;
        match kind {
            AskKind::Number { quantity, of } => {
                Ok(number::number(point, quantity, (of.as_ref(), &answer.asked), numbers))
            }
            AskKind::Belief { player, about, after, of } => {
                number::belief(point, *player, (about, after), of, numbers)
            }
            AskKind::Payoff(player) => Ok(number::payoff(point, *player, numbers)),
            AskKind::Thresholds { param, claim } => {
                turns::thresholds(point, *param, claim.as_deref(), &self.asked)
            }
            AskKind::Assumptions => turns::assumptions(point, &self.asked),
            AskKind::Information(player) => worth::information(point, *player, &self.asked, help),
            AskKind::WhatIf(title) => worth::what_if(self, point, title, answer, help),
            AskKind::See(_) | AskKind::Elsewhere => Err("it is answered elsewhere".to_owned()),
        }
    }

    /// The answers of the question of the same title in another file.
    fn sister(&self, title: &str, ask: &Ask, file: &str, help: &mut Help<'_>) -> Vec<Answer> {
        let none = |at: &str, why: String| {
            vec![Answer {
                asked: ask.text.clone(),
                with: Vec::new(),
                file: Some(at.to_owned()),
                stands: None,
                sentences: vec![format!("There is no answer: {why}.")],
                figures: Vec::new(),
                searched: Vec::new(),
                complete: false,
                command: format!("detente ask {}", quoted(at)),
                is_answered: false,
            }]
        };
        if self.is_sister {
            return none(file, format!("it would stand in a third file, '{file}'"));
        }
        let sister = match (help.open)(file) {
            Ok(sister) => sister,
            Err(why) => return none(file, format!("'{file}' cannot be used: {why}")),
        };
        let Some(game) = sister.opened.game() else {
            return none(&sister.file, format!("'{file}' has errors"));
        };
        let Some(position) = game.questions.iter().position(|one| one.title == title) else {
            return none(&sister.file, format!("'{file}' does not ask this question"));
        };
        let options = Options { max_nodes: self.asked.options.max_nodes, ..Options::default() };
        let asked = Asked { options, file: sister.file.clone(), ..self.asked.clone() };
        let mut asker = Asker::new(&sister.opened, asked);
        asker.is_sister = true;
        asker.answer(position, help).answers
    }

    /// The game under some settings, and its equilibria.
    fn point(&mut self, with: &[Override], help: &mut Help<'_>) -> Result<Arc<Point>, String> {
        let set: Vec<(String, String)> =
            with.iter().map(|one| (one.name.clone(), one.value.to_string())).collect();
        if let Some(known) = self.points.get(&set) {
            return known.clone();
        }
        let made = self.compiled(&set).and_then(|game| {
            let instance = Arc::new(game.base().map_err(|error| error.to_string())?);
            let solved = (help.solve)(&instance);
            Ok(Arc::new(Point::new(game, instance, solved)))
        });
        self.points.insert(set, made.clone());
        made
    }

    /// The scenario compiled with more numbers set.
    fn compiled(&self, set: &[(String, String)]) -> Result<Game, String> {
        if set.is_empty() {
            return self.opened.game().cloned().ok_or_else(|| "the scenario has errors".to_owned());
        }
        let mut options = self.asked.options.clone();
        options.set.retain(|(name, _)| set.iter().all(|(own, _)| own != name));
        options.set.extend(set.iter().cloned());
        let compiled = self.opened.again(&options);
        compiled.game.ok_or_else(|| "the scenario has errors with these settings".to_owned())
    }

    /// The command that works a line out again.
    fn command(&self, question: usize, ask: &Ask) -> String {
        let file = quoted(&self.asked.file);
        let mut set: Vec<(String, String)> = self.asked.options.set.clone();
        let own = || ask.with.iter();
        set.retain(|(name, _)| own().all(|one| one.name != *name));
        set.extend(own().map(|one| (one.name.clone(), one.value.to_string())));
        let all: String =
            set.iter().map(|(name, value)| format!(" --set {name}={value}")).collect();
        let flags = &self.asked.flags;
        let game = self.opened.game().expect("questions are answered for scenarios without errors");
        match &ask.kind {
            AskKind::Thresholds { param, claim } => {
                let claim = claim.as_ref().map(|title| format!(" --claim {}", quoted(title)));
                let claim = claim.unwrap_or_default();
                let param = &game.params[param.index()].name;
                format!("detente thresholds {file}{all}{flags} {param}{claim}")
            }
            AskKind::Assumptions => format!("detente assumptions {file}{all}{flags}"),
            AskKind::Information(player) => {
                let player = quoted(&game.form.player(*player).name);
                format!("detente value {file}{all}{flags} --of information --player {player}")
            }
            AskKind::WhatIf(title) => {
                format!("detente whatif {file}{all}{flags} {}", quoted(title))
            }
            _ => {
                let own = &self.asked.options.set;
                let set: String =
                    own.iter().map(|(name, value)| format!(" --set {name}={value}")).collect();
                format!("detente ask {file}{set}{flags} {}", question + 1)
            }
        }
    }
}

impl Point {
    fn new(game: Game, instance: Arc<GameInstance>, solved: Solved) -> Self {
        let titles = solved.equilibria.iter().map(|one| claims::title(&game, one)).collect();
        Self { game, instance, solved, titles }
    }

    /// The ways of play of the strongest concept, with their titles.
    fn cards(&self) -> Vec<Card<'_>> {
        let counted = counted(&self.solved);
        let titled = self.solved.equilibria.iter().zip(&self.titles);
        let members: Vec<Member<'_>> = titled
            .filter(|(one, _)| counted.iter().any(|other| std::ptr::eq(*one, *other)))
            .map(|(verified, title)| Member {
                equilibrium: &verified.equilibrium,
                corners: &verified.corners,
                title: title.as_deref(),
            })
            .collect();
        deal(&members)
    }

    fn is_complete(&self) -> bool {
        let solved = &self.solved;
        solved.complete && solved.undecided.is_empty() && solved.enclosed.is_empty()
    }

    /// What was and was not searched, and what is known of what no answer counts.
    fn searched(&self) -> String {
        let mut text = self.solved.searched.clone();
        let open = self.solved.undecided.len();
        let enclosed = self.solved.enclosed.len();
        if enclosed > 0 {
            let count = words::count(enclosed, "equilibrium");
            text.push_str(&format!(" {count} known by enclosures only, not counted."));
        }
        if open > 0 {
            text.push_str(&format!(" {} undecided.", words::count(open, "candidate")));
        }
        text
    }

    /// The ways of play as a whole, in words.
    fn standing(&self, cards: &[Card<'_>]) -> String {
        let labels: Vec<&str> = cards.iter().map(|card| card.label.as_str()).collect();
        let kind = cards.first().map_or(String::new(), |card| words::kind(card.lead()));
        standing(&labels, &kind, self.is_complete())
    }
}

/// A word of a command as a shell takes it.
#[must_use]
pub fn quoted(word: &str) -> String {
    let plain = |letter: char| letter.is_alphanumeric() || "/._-+=,:@%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}

/// How amounts are written.
fn amounts(numbers: Numbers) -> Face {
    Face { numbers, is_share: false }
}

#[cfg(test)]
mod tests {
    #[test]
    fn words_of_commands() {
        assert_eq!(super::quoted("a/b-c.dtn"), "a/b-c.dtn");
        assert_eq!(super::quoted("two words"), "'two words'");
        assert_eq!(super::quoted("it's"), "'it'\\''s'");
        assert_eq!(super::quoted(""), "''");
    }
}
