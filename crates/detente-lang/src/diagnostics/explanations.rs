//! What the commoner complaints mean: why the language insists, and an example wrong and right.
//!
//! The examples are sections of a scenario of two players, Ann and Bob; a test reads each.

use super::Code;

/// What a code is about, at length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Why it matters, one or two sentences.
    pub why: &'static str,
    /// Sections that are complained about.
    pub wrong: &'static str,
    /// The same without the mistake.
    pub right: &'static str,
}

impl Code {
    /// What it is about at length; `None` where the one line says all.
    ///
    /// ```
    /// let explained = detente_lang::Code::E020.explanation().expect("it is a common one");
    /// assert!(explained.right.contains("seen by"));
    /// ```
    pub fn explanation(self) -> Option<Explanation> {
        let found = EXPLANATIONS.iter().find(|(code, ..)| *code == self)?;
        let (_, why, wrong, right) = *found;
        Some(Explanation { why, wrong, right })
    }

    /// The codes that have an explanation.
    pub fn explained() -> impl Iterator<Item = Code> {
        EXPLANATIONS.iter().map(|(code, ..)| *code)
    }
}

/// Code, why, wrong, right.
const EXPLANATIONS: &[(Code, &str, &str, &str)] = &[
    (
        Code::E002,
        "What belongs together is indented alike; a line that is indented otherwise could belong to either block.",
        "story\n  Ann chooses m: l | r\n   Bob chooses k: a | b\n",
        "story\n  Ann chooses m: l | r\n  Bob chooses k: a | b\n",
    ),
    (
        Code::E004,
        "Commas separate players and events; options are alternatives, so a bar stands between them.",
        "story\n  Ann chooses m: l, r\n",
        "story\n  Ann chooses m: l | r\n",
    ),
    (
        Code::E008,
        "Every line begins with a keyword or a player's name, so that a mistake has one place and does not spread.",
        "story\n  Ann chooses m: l | r\n  revael m to Bob\n",
        "story\n  Ann chooses m: l | r\n  reveal m to Bob\n",
    ),
    (
        Code::E010,
        "A name means something only if some section introduces it: players, params, settings, define, or the story.",
        "params\n  price = 3\nstakes of Ann\n  g: prize when m is l\n",
        "params\n  price = 3\nstakes of Ann\n  g: price when m is l\n",
    ),
    (
        Code::E011,
        "A condition on a value that never occurs would silently be false.",
        "stakes of Ann\n  g: 1 when m is left\n",
        "stakes of Ann\n  g: 1 when m is l\n",
    ),
    (
        Code::E019,
        "One name has one meaning, also the names of the language's own functions.",
        "define sum = 3\n",
        "define total = 3\nstakes of Ann\n  g: total when m is l\n",
    ),
    (
        Code::E020,
        "Choices are public unless they say 'secretly'. For chance there is no such habit, so it must be said who sees it.",
        "story\n  chance rain: yes 1/2 | no rest\n  Ann chooses m: l | r\n",
        "story\n  chance rain: yes 1/2 | no rest  seen by nobody\n  Ann chooses m: l | r\n",
    ),
    (
        Code::E030,
        "A definition stands for what is written in it; one that stands for itself never ends.",
        "define a = a + 1\n",
        "define a = 1 + 1\nstakes of Ann\n  g: a when m is l\n",
    ),
    (
        Code::E032,
        "When several players choose under one name, the bare name could silently mean the wrong one.",
        "story\n  Ann chooses m: l | r\n  Bob chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\n",
        "story\n  Ann chooses m: l | r\n  Bob chooses m: l | r\nstakes of Ann\n  g: 1 when Bob.m is l\n",
    ),
    (
        Code::E036,
        "A condition is true or false, an amount is a number; where one is wanted the other has no meaning.",
        "stakes of Ann\n  g: 1 when 3\n",
        "stakes of Ann\n  g: 3 when m is l\n",
    ),
    (
        Code::E038,
        "Numbers are exact fractions. Functions that leave them stand inside approx( ), and what depends on them is marked.",
        "stakes of Ann\n  g: sqrt(2) when m is l\n",
        "stakes of Ann\n  g: approx(sqrt(2)) when m is l\n",
    ),
    (
        Code::E040,
        "The branches of a chance event are all that can happen, so their probabilities add up to 1.",
        "story\n  chance rain: yes 1/2 | no 2/3  seen by all\n  Ann chooses m: l | r\n",
        "story\n  chance rain: yes 1/2 | no rest  seen by all\n  Ann chooses m: l | r\n",
    ),
    (
        Code::E041,
        "Probabilities must lie between 0 and 1 wherever the parameters may lie, not only at their base values.",
        "params\n  p = 0.5 in 0..1\nstory\n  chance rain: yes p + 0.2 | no rest  seen by all\n  Ann chooses m: l | r\n",
        "params\n  p = 0.5 in 0..0.8\nstory\n  chance rain: yes p + 0.2 | no rest  seen by all\n  Ann chooses m: l | r\n",
    ),
    (
        Code::E043,
        "A signal needs a line for every case in which it is sent; where none fits, its probabilities are unknown.",
        "story\n  Ann chooses m: l | r\n  signal s seen by Bob\n    if m is l: high 1\n",
        "story\n  Ann chooses m: l | r\n  signal s seen by Bob\n    if m is l: high 1\n    otherwise: low 1\n",
    ),
    (
        Code::E044,
        "An event that has not happened has no number; taking 0 instead would be a guess.",
        "story\n  Ann chooses m: l | r\n  if m is l\n    Bob chooses bid: 1 | 2\nstakes of Ann\n  g: bid\n",
        "story\n  Ann chooses m: l | r\n  if m is l\n    Bob chooses bid: 1 | 2\nstakes of Ann\n  g: bid when bid happened\n",
    ),
    (
        Code::E045,
        "What is divided by zero, or a function where it is not defined, has no value.",
        "params\n  x = 0\nstakes of Ann\n  g: 1 / x when m is l\n",
        "params\n  x = 0\nstakes of Ann\n  g: if x = 0 then 0 else 1 / x when m is l\n",
    ),
    (
        Code::E046,
        "The range of a parameter is where its value may lie, so the base value lies in it.",
        "params\n  p = 3 in 0..1\n",
        "params\n  p = 3 in 0..5\n",
    ),
    (
        Code::E051,
        "The answer to a question is one event. Asked again on the same path, it needs another name or an index.",
        "story\n  Ann chooses m: l | r\n  Ann chooses m: l | r\n",
        "story\n  Ann chooses m: l | r\n  Ann chooses n: l | r\n",
    ),
    (
        Code::E060,
        "Two points of decision that look alike to a player must offer the same options, or the menu tells what is hidden.",
        "story\n  Ann secretly chooses m: l | r\n  Bob chooses k: a | b if m is l\n",
        "story\n  Ann chooses m: l | r\n  Bob chooses k: a | b if m is l\n",
    ),
    (
        Code::E061,
        "Every path of the story is a branch of the tree; its size is multiplied by the options of every choice.",
        "story\n  repeat t in 1..30\n    Ann chooses m[t]: l | r\nstakes of Ann\n  g: 1 when m[1] is l\n",
        "story\n  repeat t in 1..3\n    Ann chooses m[t]: l | r\nstakes of Ann\n  g: 1 when m[1] is l\n",
    ),
    (
        Code::E070,
        "Amounts in different units cannot be added or compared.",
        "params\n  p = 1/2 in 0..1\n  v = 3 in 0..9 unit points\nstakes of Ann\n  g: p + v when m is l\n",
        "params\n  p = 1/2 in 0..1\n  v = 3 in 0..9 unit points\nstakes of Ann\n  g: p * v when m is l\n",
    ),
    (
        Code::E071,
        "The shape of the tree is the same for all values of the parameters; only probabilities and payoffs depend on them.",
        "params\n  p = 1/2 in 0..1\nstory\n  if p > 1/3\n    Ann chooses m: l | r\n",
        "settings\n  rounds = 1\nstory\n  if rounds > 0\n    Ann chooses m: l | r\n",
    ),
    (
        Code::E072,
        "A claim about a belief or a probability that no situation of the story fits would hold, or fail, of nothing.",
        "expect pbe none: belief of Bob in m is l > 1/2 after m is r\n",
        "story\n  Ann secretly chooses m: l | r\n  Bob chooses k: a | b\nstakes of Bob\n  h: 1 when k is a\nexpect pbe none: belief of Bob in m is l > 1\n",
    ),
    (
        Code::W101,
        "If a player is asked only in some cases, being asked tells him which, although the event was hidden from him.",
        "story\n  Ann secretly chooses m: l | r\n  if m is l\n    Bob chooses k: a | b\n",
        "story\n  Ann chooses m: l | r\n  if m is l\n    Bob chooses k: a | b\n",
    ),
    (
        Code::W103,
        "A stake that is paid alike whatever its owner does shifts its level and explains none of its choices.",
        "stakes of Ann\n  g: 1\n",
        "stakes of Ann\n  g: 1 when m is l\n",
    ),
    (
        Code::W104,
        "If a file names outcomes, every end should have one; what has none is missing in tables of outcomes.",
        "outcomes\n  \"left\" when m is l\n",
        "outcomes\n  \"left\" when m is l\n  \"right\" when m is r\n",
    ),
    (
        Code::W110,
        "An event that happens with the indices 1 to 3 never happens with 4, so a condition on that is never true.",
        "story\n  repeat t in 1..3\n    Ann chooses m[t]: l | r\nstakes of Ann\n  g: 1 when m[4] is l\n",
        "story\n  repeat t in 1..3\n    Ann chooses m[t]: l | r\nstakes of Ann\n  g: 1 when m[3] is l\n",
    ),
    (
        Code::W114,
        "A definition that nothing uses is often one whose name is misspelt elsewhere.",
        "define bonus = 2\n",
        "define bonus = 2\nstakes of Ann\n  g: bonus when m is l\n",
    ),
    (
        Code::W115,
        "Lines after 'stop', and in a loop that counts down, are never come to.",
        "story\n  Ann chooses m: l | r\n  if m is l\n    stop\n    Bob chooses k: a | b\n",
        "story\n  Ann chooses m: l | r\n  if m is l\n    stop\n  Bob chooses k: a | b\n",
    ),
];
