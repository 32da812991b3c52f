//! Progress on anything over a second, and Ctrl-C that stops cleanly.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Nothing is shown before this has passed.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error that appears after a second, if that is a terminal.
pub struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    total: u64,
    what: &'static str,
    quiet: bool,
}

impl Progress {
    /// Progress of `what`, out of `total` if that is known (else 0).
    pub fn new(what: &'static str, total: u64, quiet: bool) -> Self {
        let quiet = quiet || !std::io::stderr().is_terminal();
        Self { bar: None, started: Instant::now(), total, what, quiet }
    }

    /// So much is done.
    pub fn at(&mut self, done: u64, remark: &str) {
        if self.quiet || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(self.what, self.total));
        bar.set_position(done);
        bar.set_message(remark.to_owned());
    }

    /// Takes the line away.
    pub fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(what: &'static str, total: u64) -> ProgressBar {
    let template = if total > 0 {
        "{prefix} [{bar:30}] {human_pos}/{human_len}  {eta} left  {msg}"
    } else {
        "{prefix} {spinner} {human_pos}  {per_sec}  {elapsed}  {msg}"
    };
    let style = ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ");
    let bar = if total > 0 { ProgressBar::new(total) } else { ProgressBar::new_spinner() };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    bar.set_style(style);
    bar.set_prefix(what);
    bar
}

/// A flag that Ctrl-C sets; a second Ctrl-C ends the program at once.
pub fn stop_flag() -> Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    Arc::clone(FLAG.get_or_init(|| {
        let flag = Arc::new(AtomicBool::new(false));
        let seen = Arc::clone(&flag);
        // Without a handler Ctrl-C still ends the program; only the partial result is lost.
        let _ = ctrlc::set_handler(move || {
            if seen.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
        });
        flag
    }))
}
