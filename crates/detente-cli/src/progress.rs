//! Progress on anything over a second, and signals that stop cleanly.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// Nothing is shown before this has passed.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on standard error that appears after a second, if that is a terminal.
pub struct Progress {
    bar: ProgressBar,
    started: Instant,
    total: u64,
    /// Done before it started.
    before: u64,
}

impl Progress {
    /// Progress of `what`, out of `total` if that is known (else 0).
    pub fn new(what: &'static str, total: u64, quiet: bool) -> Self {
        let bar = bar(what, total);
        if !quiet && std::io::stderr().is_terminal() {
            appear_later(&bar);
        }
        Self { bar, started: Instant::now(), total, before: 0 }
    }

    /// The same, of work that so much of was done before.
    pub fn gone_on_with(mut self, before: u64) -> Self {
        self.bar.set_position(before);
        self.before = before;
        self
    }

    /// So much is done.
    pub fn at(&self, done: u64, remark: &str) {
        let elapsed = self.started.elapsed();
        self.bar.set_position(done);
        let pace = match self.total {
            0 => rate(done, elapsed),
            total => {
                let (now, all) =
                    (done.saturating_sub(self.before), total.saturating_sub(self.before));
                let pace = rate(now, elapsed).zip(time_left(now, all, elapsed));
                pace.map(|(rate, left)| format!("{rate}, {left}"))
            }
        };
        let count = match self.total {
            0 => format!("{} ", indicatif::HumanCount(done)),
            _ => String::new(),
        };
        let pace = pace.map(|pace| format!("  {pace}")).unwrap_or_default();
        self.bar.set_message(format!("{count}{remark}{pace}"));
    }

    /// Does something that prints while the line is away.
    pub fn aside<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Progress {
    /// Takes the line away.
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// So many a second, once that can be told.
fn rate(done: u64, elapsed: Duration) -> Option<String> {
    let known = elapsed >= PATIENCE && done > 0;
    known.then(|| {
        let seconds = elapsed.as_secs_f64();
        match done as f64 / seconds {
            many if many >= 10.0 => {
                format!("{}/s", indicatif::HumanCount(many.round() as u64))
            }
            few => format!("{few:.2}/s"),
        }
    })
}

/// How long the rest takes at the pace so far.
fn time_left(done: u64, total: u64, elapsed: Duration) -> Option<String> {
    let known = elapsed >= PATIENCE && done > 0 && done <= total;
    let left = || elapsed.mul_f64((total - done) as f64 / done as f64);
    known.then(|| format!("about {:#} left", indicatif::HumanDuration(left())))
}

fn bar(what: &'static str, total: u64) -> ProgressBar {
    let template = if total > 0 {
        "{prefix} [{bar:10}] {human_pos}/{human_len}  {elapsed}  {wide_msg}"
    } else {
        "{prefix} {spinner} {elapsed}  {wide_msg}"
    };
    let style = ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .progress_chars("=> ");
    let length = (total > 0).then_some(total);
    let bar = ProgressBar::with_draw_target(length, ProgressDrawTarget::hidden());
    bar.set_style(style);
    bar.set_prefix(what);
    bar
}

/// Shows the bar after a while, whether or not there is news by then.
fn appear_later(bar: &ProgressBar) {
    let bar = bar.downgrade();
    std::thread::spawn(move || {
        std::thread::sleep(PATIENCE);
        if let Some(bar) = bar.upgrade().filter(|bar| !bar.is_finished()) {
            bar.set_draw_target(ProgressDrawTarget::stderr());
            bar.enable_steady_tick(Duration::from_millis(250));
        }
    });
}

fn flag() -> &'static Arc<AtomicBool> {
    static FLAG: OnceLock<Arc<AtomicBool>> = OnceLock::new();
    FLAG.get_or_init(Arc::default)
}

/// A flag that Ctrl-C and the other signals to end set; a second one ends the program at once.
pub fn stop_flag() -> Arc<AtomicBool> {
    static HANDLER: OnceLock<()> = OnceLock::new();
    HANDLER.get_or_init(|| {
        // Without a handler Ctrl-C still ends the program; only the partial result is lost.
        let _ = ctrlc::set_handler(|| {
            if flag().swap(true, Ordering::SeqCst) {
                crate::files::sweep();
                std::process::exit(130);
            }
        });
    });
    Arc::clone(flag())
}

/// A flag that is set by a signal too, and by the clock after a while.
pub fn flag_after(patience: Duration) -> Arc<AtomicBool> {
    let flag = Arc::new(AtomicBool::new(false));
    let watched = Arc::downgrade(&flag);
    let started = Instant::now();
    std::thread::spawn(move || {
        while let Some(flag) = watched.upgrade() {
            if stopped() || started.elapsed() >= patience {
                flag.store(true, Ordering::SeqCst);
                break;
            }
            drop(flag);
            std::thread::sleep(Duration::from_millis(50));
        }
    });
    flag
}

/// Whether a signal asked to stop.
pub fn stopped() -> bool {
    flag().load(Ordering::SeqCst)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pace_is_told_once_it_is_known() {
        let (soon, later) = (Duration::from_millis(900), Duration::from_secs(4));
        assert_eq!((rate(10, soon), time_left(10, 20, soon), rate(0, later)), (None, None, None));
        assert_eq!(rate(8000, later).as_deref(), Some("2,000/s"));
        assert_eq!(rate(3, later).as_deref(), Some("0.75/s"));
        assert_eq!(time_left(100, 400, later).as_deref(), Some("about 12s left"));
    }
}
