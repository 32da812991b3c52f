//! An installed browser of the Chromium family, which makes a PDF of a page or a picture of
//! a drawing. détente does not need one for anything else.

use crate::exit::Failure;
use crate::progress;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Names under which such browsers are installed.
const NAMES: [&str; 7] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
];

/// Where they are if the search path does not say.
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// A browser that hangs is given up.
const PATIENCE: Duration = Duration::from_secs(120);

/// A browser that was found.
pub struct Browser(PathBuf);

impl Browser {
    /// Looks for one, to make what is named.
    pub fn find(what: &str) -> Result<Self, Failure> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let named = std::env::split_paths(&path).flat_map(|folder| {
            NAMES.map(|name| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
        });
        let mut known = named.chain(PLACES.map(PathBuf::from));
        known.find(|path| path.is_file()).map(Self).ok_or_else(|| {
            Failure::told(format!(
                "{what} needs a browser, and no Chromium, Chrome or Edge was found"
            ))
            .help(
                "install Chromium, or write the page with -o report.html or the drawing with --svg, and \
                 open it in any browser",
            )
        })
    }

    /// The page as a PDF.
    pub fn print(&self, page: &str) -> Result<Vec<u8>, Failure> {
        self.make(("page.html", page), "page.pdf", "--print-to-pdf=", b"%PDF", &[])
    }

    /// An SVG drawing of this size as a PNG, at twice the size.
    pub fn picture(&self, drawing: &str, [wide, high]: [f64; 2]) -> Result<Vec<u8>, Failure> {
        let size = format!("--window-size={:.0},{:.0}", wide.ceil(), high.ceil());
        let page = format!(
            "<!doctype html><meta charset=\"utf-8\"><style>body{{margin:0}}svg{{display:block}}</style>{drawing}"
        );
        let more = [size.as_str(), "--force-device-scale-factor=2", "--hide-scrollbars"];
        self.make(("page.html", &page), "page.png", "--screenshot=", b"\x89PNG", &more)
    }

    /// Has the browser make one file of another; `begins` is how such a file begins.
    fn make(
        &self,
        (name, text): (&str, &str),
        out: &str,
        option: &str,
        begins: &[u8],
        more: &[&str],
    ) -> Result<Vec<u8>, Failure> {
        let place = Place::new()?;
        let (from, to) = (place.0.join(name), place.0.join(out));
        std::fs::write(&from, text)?;
        let mut command = self.command(&place.0);
        command.args(more).arg(with(option, &to)).arg(from);
        let mut child = command.spawn().map_err(|error| {
            Failure::told(format!("'{}' cannot be started: {error}", self.0.display()))
        })?;
        wait(&mut child)?;
        std::fs::read(&to).ok().filter(|bytes| bytes.starts_with(begins)).ok_or_else(|| {
            let kind = out.trim_start_matches("page.").to_uppercase();
            Failure::told(format!("'{}' made no {kind}", self.0.display()))
                .help("write the page with -o report.html or the drawing with --svg, and open it in the browser")
        })
    }

    fn command(&self, place: &Path) -> Command {
        let mut command = Command::new(&self.0);
        command
            .args(["--headless", "--disable-gpu", "--no-pdf-header-footer", "--no-first-run"])
            .arg(with("--user-data-dir=", &place.join("profile")))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // Chromium refuses to start its sandbox for the superuser. The page is ours and has no
        // scripts.
        if is_superuser(place) {
            command.arg("--no-sandbox");
        }
        command
    }
}

/// An option with a path.
fn with(name: &str, path: &Path) -> OsString {
    let mut text = OsString::from(name);
    text.push(path);
    text
}

/// Waits for the browser's end, a signal, or the end of patience.
fn wait(child: &mut Child) -> Result<(), Failure> {
    let started = Instant::now();
    loop {
        if child.try_wait()?.is_some() {
            return Ok(());
        }
        if progress::stopped() || started.elapsed() > PATIENCE {
            let _ = child.kill();
            let _ = child.wait();
            let why = if progress::stopped() { "stopped" } else { "the browser did not end" };
            return Err(Failure::told(format!("{why}, so no file was written")));
        }
        std::thread::sleep(Duration::from_millis(30));
    }
}

/// Whoever made the folder owns it.
#[cfg(unix)]
fn is_superuser(place: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(place).is_ok_and(|about| about.uid() == 0)
}

#[cfg(not(unix))]
fn is_superuser(_: &Path) -> bool {
    false
}

/// A folder of our own among the temporary ones, removed afterwards.
struct Place(PathBuf);

impl Place {
    fn new() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("detente-report-{}", std::process::id()));
        progress::stop_flag();
        std::fs::create_dir(&path).map_err(|error| {
            Failure::told(format!("'{}' cannot be made: {error}", path.display()))
        })?;
        Ok(Self(path))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
