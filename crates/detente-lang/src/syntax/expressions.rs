//! Numbers and conditions: recursive descent, one method per level of binding.
//!
//! From loosest to tightest: `if`, `or`, `and`, `not`, comparison / `is` / `happened`, `+ -`, `* /`, `-`, atoms.
//! The methods hand boxes to each other: a box is small on the stack, of which each level of nesting takes some.

use super::ast::{
    Addend, Assignment, Expr, ExprKind, Factor, Name, Owner, Range, Reference, Relation,
};
use super::cursor::Cursor;
use super::lexer::TokenKind;
use super::sink::Parse;
use super::span::Span;
use crate::constructs::keywords::{is_reserved, is_reserved_as_value};
use crate::diagnostics::{Code, Diagnostic};

/// Deepest nesting of an expression. Chains such as `a + b + c` do not nest.
pub const DEEPEST_EXPRESSION: usize = 64;

const RELATIONS: [Relation; 6] = [
    Relation::Equal,
    Relation::NotEqual,
    Relation::Less,
    Relation::LessOrEqual,
    Relation::Greater,
    Relation::GreaterOrEqual,
];

impl Cursor<'_> {
    /// A number or a condition.
    pub(crate) fn expr(&mut self) -> Parse<Expr> {
        self.boxed_expr().map(|expr| *expr)
    }

    fn boxed_expr(&mut self) -> Parse<Box<Expr>> {
        self.deeper()?;
        let result = match self.peek() {
            "if" => self.if_then_else(),
            _ => self.disjunction(),
        };
        self.depth -= 1;
        result
    }

    /// One level deeper, with a complaint when that is too deep for a recursive walk.
    fn deeper(&mut self) -> Parse<()> {
        if self.depth >= DEEPEST_EXPRESSION {
            let message = format!("this expression is nested more than {DEEPEST_EXPRESSION} deep");
            let complaint = Diagnostic::at(Code::E012, self.here(), message)
                .help("give inner parts names of their own with 'define'");
            return Err(self.fail(complaint));
        }
        self.depth += 1;
        Ok(())
    }

    fn finish_expr(&self, first: Span, kind: ExprKind) -> Box<Expr> {
        let span = self.since(first);
        Box::new(Expr { kind, span })
    }

    fn if_then_else(&mut self) -> Parse<Box<Expr>> {
        const EXAMPLE: &str = "if t = 1 then first else 1 - first";
        let first = self.skip();
        let condition = self.disjunction()?;
        self.need("then", EXAMPLE)?;
        let then = self.boxed_expr()?;
        self.need("else", EXAMPLE)?;
        let otherwise = self.boxed_expr()?;
        let kind = ExprKind::If { condition, then, otherwise };
        Ok(self.finish_expr(first, kind))
    }

    fn disjunction(&mut self) -> Parse<Box<Expr>> {
        self.chain("or", Self::conjunction, ExprKind::Or)
    }

    fn conjunction(&mut self) -> Parse<Box<Expr>> {
        self.chain("and", Self::negation, ExprKind::And)
    }

    /// Parts joined by a word; a single part stays itself.
    fn chain(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Parse<Box<Expr>>,
        kind: fn(Vec<Expr>) -> ExprKind,
    ) -> Parse<Box<Expr>> {
        let first = self.here();
        let head = part(self)?;
        if self.peek() != word {
            return Ok(head);
        }
        let mut parts = vec![*head];
        while self.eat(word) {
            parts.push(*part(self)?);
        }
        Ok(self.finish_expr(first, kind(parts)))
    }

    fn negation(&mut self) -> Parse<Box<Expr>> {
        let first = self.here();
        if !self.eat("not") {
            return self.test();
        }
        self.deeper()?;
        let inner = self.negation()?;
        self.depth -= 1;
        Ok(self.finish_expr(first, ExprKind::Not(inner)))
    }

    fn test(&mut self) -> Parse<Box<Expr>> {
        let first = self.here();
        let left = self.boxed_sum()?;
        match self.peek() {
            "is" => self.is_test(first, *left),
            "happened" => {
                let subject = self.subject(*left)?;
                self.skip();
                Ok(self.finish_expr(first, ExprKind::Happened(subject)))
            }
            _ => match self.relation_opt() {
                Some(relation) => self.comparison(first, left, relation),
                None => Ok(left),
            },
        }
    }

    fn comparison(&mut self, first: Span, left: Box<Expr>, relation: Relation) -> Parse<Box<Expr>> {
        let right = self.boxed_sum()?;
        let kind = ExprKind::Compare { left, relation, right };
        Ok(self.finish_expr(first, kind))
    }

    fn is_test(&mut self, first: Span, left: Expr) -> Parse<Box<Expr>> {
        let subject = self.subject(left)?;
        self.skip();
        let negated = self.eat("not");
        let value = self.is_value()?;
        let kind = ExprKind::Is { subject, negated, value };
        Ok(self.finish_expr(first, kind))
    }

    /// A comparison sign, if one is next.
    pub(crate) fn relation_opt(&mut self) -> Option<Relation> {
        let sign = self.peek();
        let found = RELATIONS.into_iter().find(|r| r.sign() == sign)?;
        self.skip();
        Some(found)
    }

    /// The reference that stands before the next word, `is` or `happened`.
    fn subject(&mut self, left: Expr) -> Parse<Reference> {
        let word = self.peek();
        match left.kind {
            ExprKind::Reference(reference) => Ok(reference),
            _ => {
                let message =
                    format!("only the name of an event or a player can stand before '{word}'");
                let complaint = Diagnostic::at(Code::E003, left.span, message)
                    .help("to compare numbers, write '='");
                Err(self.fail(complaint))
            }
        }
    }

    /// What follows `is`: a value, an event, or a number.
    fn is_value(&mut self) -> Parse<Box<Expr>> {
        let first = self.here();
        if self.peek() == "-" && self.nth_is(1, TokenKind::Number) {
            self.skip();
            let number = self.number();
            let number = self.finish_expr(first, ExprKind::Negate(number));
            return Ok(self.fraction(first, number));
        }
        if self.next_is(TokenKind::Number) {
            let number = self.number();
            return Ok(self.fraction(first, number));
        }
        let word = self.peek();
        if is_reserved(word) && !is_reserved_as_value(word) {
            let name = Name { text: word.to_string(), span: self.skip() };
            let reference = Reference::bare(name);
            return Ok(self.finish_expr(first, ExprKind::Reference(reference)));
        }
        let reference = self.reference("a value", "reply is accept")?;
        Ok(self.finish_expr(first, ExprKind::Reference(reference)))
    }

    /// A value that is a number, with what it is divided by if it is a fraction.
    fn fraction(&mut self, start: Span, first: Box<Expr>) -> Box<Expr> {
        if self.peek() != "/" || !self.nth_is(1, TokenKind::Number) {
            return first;
        }
        self.skip();
        let rest = vec![Factor { divide: true, term: *self.number() }];
        self.finish_expr(start, ExprKind::Product { first, rest })
    }

    /// A number or condition without `if`, `and`, `or`, `not` or a comparison at its outermost level.
    pub(crate) fn sum(&mut self) -> Parse<Expr> {
        self.boxed_sum().map(|expr| *expr)
    }

    fn boxed_sum(&mut self) -> Parse<Box<Expr>> {
        let start = self.here();
        let first = self.product()?;
        match self.peek() {
            "+" | "-" => self.addends(start, first),
            _ => Ok(first),
        }
    }

    fn addends(&mut self, start: Span, first: Box<Expr>) -> Parse<Box<Expr>> {
        let mut rest = Vec::new();
        while matches!(self.peek(), "+" | "-") {
            let minus = self.peek() == "-";
            self.skip();
            let term = *self.product()?;
            rest.push(Addend { minus, term });
        }
        Ok(self.finish_expr(start, ExprKind::Sum { first, rest }))
    }

    fn product(&mut self) -> Parse<Box<Expr>> {
        let start = self.here();
        let first = self.unary()?;
        match self.peek() {
            "*" | "/" => self.factors(start, first),
            _ => Ok(first),
        }
    }

    fn factors(&mut self, start: Span, first: Box<Expr>) -> Parse<Box<Expr>> {
        let mut rest = Vec::new();
        while matches!(self.peek(), "*" | "/") {
            let divide = self.peek() == "/";
            self.skip();
            let term = *self.unary()?;
            rest.push(Factor { divide, term });
        }
        Ok(self.finish_expr(start, ExprKind::Product { first, rest }))
    }

    fn unary(&mut self) -> Parse<Box<Expr>> {
        let first = self.here();
        if !self.eat("-") {
            return self.atom();
        }
        self.deeper()?;
        let inner = self.unary()?;
        self.depth -= 1;
        Ok(self.finish_expr(first, ExprKind::Negate(inner)))
    }

    fn number(&mut self) -> Box<Expr> {
        let kind = ExprKind::Number(self.peek().to_string());
        let first = self.skip();
        self.finish_expr(first, kind)
    }

    fn atom(&mut self) -> Parse<Box<Expr>> {
        if self.next_is(TokenKind::Number) {
            return Ok(self.number());
        }
        let is_call = self.next_is(TokenKind::Word) && self.nth(1) == "(";
        match self.peek() {
            "(" => self.parenthesised(),
            "P" if is_call => self.probability(),
            word if is_call && !is_reserved(word) => self.call(),
            _ => self.referring(),
        }
    }

    fn parenthesised(&mut self) -> Parse<Box<Expr>> {
        let first = self.skip();
        let inner = self.boxed_expr()?;
        self.close(")", first)?;
        Ok(self.finish_expr(first, ExprKind::Parenthesised(inner)))
    }

    fn referring(&mut self) -> Parse<Box<Expr>> {
        let first = self.here();
        let reference = self.reference("a number or a name", "0.4, 1/3, trust, move[1]")?;
        Ok(self.finish_expr(first, ExprKind::Reference(reference)))
    }

    /// Steps over a closing bracket; complains about the opening one if it is not there.
    pub(crate) fn close(&mut self, sign: &str, open: Span) -> Parse<()> {
        if self.eat(sign) {
            return Ok(());
        }
        let found = self.describe();
        let complaint = if self.at_end() {
            let opening = self.source_text(open);
            Diagnostic::at(Code::E003, open, format!("this '{opening}' is never closed"))
        } else {
            let message = format!("'{sign}' should stand here, but {found}");
            Diagnostic::at(Code::E003, self.here(), message)
        };
        Err(self.fail(complaint.help(format!("add '{sign}'"))))
    }

    fn probability(&mut self) -> Parse<Box<Expr>> {
        let first = self.skip();
        let open = self.skip();
        let event = self.boxed_expr()?;
        let given = match self.eat("|") {
            true => Some(self.boxed_expr()?),
            false => None,
        };
        self.close(")", open)?;
        Ok(self.finish_expr(first, ExprKind::Probability { event, given }))
    }

    fn call(&mut self) -> Parse<Box<Expr>> {
        let text = self.peek().to_string();
        let span = self.skip();
        let function = Name { text, span };
        let arguments = self.arguments()?;
        let kind = ExprKind::Call { function, arguments };
        Ok(self.finish_expr(span, kind))
    }

    /// `( [expr {, expr}] )`
    pub(crate) fn arguments(&mut self) -> Parse<Vec<Expr>> {
        let open = self.here();
        self.need("(", "share(t)")?;
        let mut arguments = Vec::new();
        if self.eat(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(*self.boxed_expr()?);
            if !self.eat(",") {
                break;
            }
        }
        self.close(")", open)?;
        Ok(arguments)
    }

    /// `[owner.] name [index] [.column]`
    pub(crate) fn reference(&mut self, what: &str, example: &str) -> Parse<Reference> {
        let first = self.here();
        let mut name = self.referred_name(what, example)?;
        let mut owner = None;
        if self.eat(".") {
            owner = Some(owner_of(name));
            name = self.referred_name("the name of an event", "Ann.answer")?;
        }
        let index = self.boxed_index()?;
        let column = match index.is_some() && self.eat(".") {
            true => Some(self.referred_name("the name of a column", "cost[West].low")?),
            false => None,
        };
        Ok(Reference { owner, name, index, column, span: self.since(first) })
    }

    fn referred_name(&mut self, what: &str, example: &str) -> Parse<Name> {
        let text = self.peek();
        let personal = matches!(text, "me" | "other" | "anyone" | "happened");
        if !self.next_is(TokenKind::Word) || (is_reserved(text) && !personal) {
            let mut complaint = self.missing(what);
            if is_reserved(text) {
                complaint = complaint.note(format!("'{text}' is a word of the language"));
            }
            return Err(self.fail(complaint.help(format!("for instance    {example}"))));
        }
        let text = text.to_string();
        let span = self.skip();
        Ok(Name { text, span })
    }

    /// `[expr]`, if it is next.
    pub(crate) fn index_opt(&mut self) -> Parse<Option<Expr>> {
        let index = self.boxed_index()?;
        Ok(index.map(|index| *index))
    }

    fn boxed_index(&mut self) -> Parse<Option<Box<Expr>>> {
        let open = self.here();
        if !self.eat("[") {
            return Ok(None);
        }
        let index = match self.text_opt() {
            Some(text) => self.finish_expr(text.span, ExprKind::Text(text)),
            None => self.boxed_expr()?,
        };
        self.close("]", open)?;
        Ok(Some(index))
    }

    /// `low..high`
    pub(crate) fn range(&mut self, example: &str) -> Parse<Range> {
        let first = self.here();
        let low = self.sum()?;
        self.need("..", example)?;
        let high = self.sum()?;
        let span = self.since(first);
        Ok(Range { low, high, span })
    }

    /// `name = expr`
    pub(crate) fn assignment(&mut self, example: &str) -> Parse<Assignment> {
        let name = self.name("a setting or parameter", example)?;
        self.need("=", example)?;
        let value = self.expr()?;
        Ok(Assignment { name, value })
    }
}

fn owner_of(name: Name) -> Owner {
    match name.text.as_str() {
        "me" => Owner::Me(name.span),
        "other" => Owner::Other(name.span),
        "anyone" => Owner::Anyone(name.span),
        _ => Owner::Player(name),
    }
}
