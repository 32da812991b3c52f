//! Exit codes, and failures that end a command.

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
  1  an expectation is not met, or a saved result does not hold
  2  an error in the scenario, in a file or on the command line
  3  the search was not complete, under --require-complete
  130  stopped by Ctrl-C";

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
    /// The scenario has errors, which have been printed.
    Scenario,
    /// The reader of our output went away.
    ClosedPipe,
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

    /// Prints the failure and gives the exit code.
    pub fn report(self) -> ExitCode {
        match self {
            Self::Told { message, help } => {
                crate::output::complain(&format!("error: {message}"));
                if let Some(help) = help {
                    crate::output::complain(&format!("  = help: {help}"));
                }
                ExitCode::from(2)
            }
            Self::Scenario => ExitCode::from(2),
            // As `yes | head` does: the reader has seen enough.
            Self::ClosedPipe => ExitCode::SUCCESS,
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            Self::ClosedPipe
        } else {
            Self::told(error.to_string())
        }
    }
}
