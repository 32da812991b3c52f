//! Exit codes, and failures that end a command.

use detente::report::formats::json::{Message, Problem};
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Fine,
    /// An expectation is not met, or a saved result does not hold.
    NotMet,
    /// The search was not complete although that was required.
    Incomplete,
}

/// What the exit codes mean, for help and the manual.
pub const CODES: &str = "\
Exit codes:
  0  fine
  1  an expectation is not met, a saved result does not hold, a file is not
     formatted (fmt --check), or there is a warning (check --strict)
  2  an error in the scenario, in a file or on the command line
  3  the search was not complete, under --require-complete
  130  stopped by Ctrl-C or another signal to end; what was printed is partial";

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Self::Fine => 0,
            Self::NotMet => 1,
            Self::Incomplete => 3,
        })
    }
}

/// What went wrong.
#[derive(Debug)]
pub enum Failure {
    /// Something to be told: a sentence and what would mend it.
    Told { message: String, help: Option<String> },
    /// The scenario has errors, which have been printed to standard error.
    Scenario(Vec<Message>),
    /// All of it, including its errors, has been printed.
    Known,
}

impl Failure {
    /// A failure with a sentence.
    pub fn told(message: impl Into<String>) -> Self {
        Self::Told { message: message.into(), help: None }
    }

    /// The same with a way to mend it.
    pub fn help(self, help: impl Into<String>) -> Self {
        match self {
            Self::Told { message, .. } => Self::Told { message, help: Some(help.into()) },
            other => other,
        }
    }

    /// Prints the failure, for programs also to standard output, and gives the exit code.
    pub fn report(self, as_json: bool) -> ExitCode {
        self.complain();
        if let (true, Some(problem)) = (as_json, self.problem()) {
            let text = serde_json::to_string_pretty(&problem).unwrap_or_default();
            let _ = crate::output::print(&text);
        }
        ExitCode::from(2)
    }

    /// Prints to standard error what has not been printed there.
    pub fn complain(&self) {
        if let Self::Told { message, help } = self {
            crate::output::complain(&format!("error: {message}"));
            if let Some(help) = help {
                crate::output::complain(&format!("  = help: {help}"));
            }
        }
    }

    /// The failure for programs.
    pub fn problem(self) -> Option<Problem> {
        match self {
            Self::Told { message, help } => {
                Some(Problem { error: message, help, messages: Vec::new() })
            }
            Self::Scenario(messages) => {
                Some(Problem { error: "the scenario has errors".to_owned(), help: None, messages })
            }
            Self::Known => None,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::told(error.to_string())
    }
}
