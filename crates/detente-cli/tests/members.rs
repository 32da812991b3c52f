//! Members of an ensemble on disk: what a Parquet file holds, and that neither threads, nor a run
//! that was killed, change a byte.

mod common;

use common::{Folder, detente, ends, text};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Beer or quiche, its prior a parameter: below one half no pure equilibrium, above two.
const BEER: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../catalog/journals/cho_kreps_1987_beer_quiche_prior.dtn"
);

/// The extension of a treaty, with several dozens of uncertain numbers.
const EXTENSION: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../catalog/new_start/extension_2025.dtn");

/// Its parameter is called like a column, an outcome has a comma in its name, another is called like
/// all ends without one, and there is no game where the parameter is negative.
const ODD: &str = "\
game \"Entry, oddly named\"

players
  Entrant
  Incumbent

params
  found = 1 in -1..3 ~ uniform(-1, 3)

story
  Entrant chooses entry: enter | stay_out
  if entry is enter
    Incumbent chooses reply: fight | share

stakes of Entrant
  market:  1  when reply is share
  market: -1  when reply is fight

stakes of Incumbent
  market: 1 / max(found, 0)  when reply is share
  market: found - 1  when reply is fight

outcomes
  \"in, \u{fc}ber\"   when reply is share
  \"other\"  when reply is fight
";

fn opened(path: &str) -> SerializedFileReader<std::fs::File> {
    let file = std::fs::File::open(path).expect("the Parquet file");
    SerializedFileReader::new(file).expect("it is Parquet")
}

fn facts(path: &str) -> BTreeMap<String, String> {
    let reader = opened(path);
    let facts = reader.metadata().file_metadata().key_value_metadata().expect("facts");
    facts.iter().map(|fact| (fact.key.clone(), fact.value.clone().expect("a value"))).collect()
}

fn told(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Long(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        Field::Bool(value) => value.to_string(),
        Field::Str(value) => value.clone(),
        other => panic!("{other:?}"),
    }
}

/// Compares a Parquet file with a CSV file, row by row; how many rows there are.
fn agree(parquet: &str, csv: &str) -> usize {
    let lines = std::fs::read_to_string(csv).expect("the CSV file");
    let mut lines = lines.lines().skip(1);
    let reader = opened(parquet);
    let fields = reader.metadata().file_metadata().schema_descr().columns().to_vec();
    let names: Vec<String> = fields
        .iter()
        .map(|field| match field.name() {
            name if name.chars().all(|one| one.is_alphanumeric() || one == '_') => name.to_owned(),
            name => format!("\"{name}\""),
        })
        .collect();
    assert_eq!(lines.next(), Some(names.join(",").as_str()));
    assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
    let mut count = 0;
    for row in reader.get_row_iter(None).expect("rows") {
        let row = row.expect("a row");
        let fields: Vec<String> = row.get_column_iter().map(|(_, field)| told(field)).collect();
        assert_eq!(lines.next(), Some(fields.join(",").as_str()));
        count += 1;
    }
    assert_eq!(lines.next(), None);
    count
}

/// What is learnt of the treaty's extension takes long, so that a signal comes before the first
/// draws are done. It ends the run soon, the record is whole, and the run goes on to the same bytes.
#[cfg(unix)]
#[test]
fn signals_stop_the_learning() {
    let folder = Folder::new("members-learning");
    let (whole, part) = (folder.name("whole.parquet"), folder.name("part.parquet"));
    let record = folder.0.join("part.parquet.progress");
    let ask = ["ensemble", EXTENSION, "-n", "20", "--quiet", "--parquet"];
    let (screen, _) = ends(&[&ask[..], &[&whole]].concat(), 0);
    for signal in ["-INT", "-TERM"] {
        let _ = std::fs::remove_file(&record);
        let mut command = detente();
        command.args(ask).arg(&part).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().expect("the command starts");
        while !record.exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let killed = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(killed.expect("kill is everywhere").success());
        let asked = Instant::now();
        let output = child.wait_with_output().expect("it ends");
        // A few seconds, on a machine that is slow and busy.
        assert!(asked.elapsed() < Duration::from_secs(30), "{:?}", asked.elapsed());
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(130), "{said}");
        assert!(
            said.contains("stopped: 0 of 20 draws are in") && said.contains("--resume"),
            "{said}"
        );
        assert!(!folder.0.join("part.parquet").exists());
    }
    let (resumed, _) = ends(&[&ask[..], &[&part, "--resume"]].concat(), 0);
    assert_eq!(resumed, screen);
    assert!(bytes(&whole) == bytes(&part));
}

fn bytes(path: &str) -> Vec<u8> {
    std::fs::read(path).expect("the file")
}

#[test]
fn parquet_has_the_rows_of_the_csv() {
    let folder = Folder::new("members-rows");
    let odd = folder.file("odd.dtn", ODD);
    let (csv, parquet) = (folder.name("m.csv"), folder.name("m.parquet"));
    let files = ["--csv", &csv, "--parquet", &parquet, "--quiet"];
    let select = ["ensemble", BEER, "--uniform", "p", "-n", "200", "--select", "intuitive"];
    ends(&[&select[..], &files].concat(), 0);
    assert_eq!(agree(&parquet, &csv), 200);
    let kinds = |name: &str| {
        let reader = opened(&parquet);
        let mut columns = reader.metadata().file_metadata().schema_descr().columns().iter();
        let column = columns.find(|column| column.name() == name).expect("the column");
        (column.physical_type().to_string(), column.self_type().is_optional())
    };
    assert_eq!(kinds("draw"), ("INT64".to_owned(), false));
    assert_eq!(kinds("p"), ("DOUBLE".to_owned(), false));
    assert_eq!(kinds("plays"), ("BYTE_ARRAY".to_owned(), true));
    assert_eq!(kinds("open"), ("BOOLEAN".to_owned(), false));
    assert_eq!(kinds("payoff(Sender) least"), ("DOUBLE".to_owned(), true));
    let lines = std::fs::read_to_string(&csv).expect("the CSV file");
    assert!(lines.contains(",2,1 2,2,false,solved,") && lines.contains(",0,,,false,solved,,"));

    ends(&[&["ensemble", &odd, "-n", "1000"], &files[..]].concat(), 0);
    assert_eq!(agree(&parquet, &csv), 1000);
    let lines = std::fs::read_to_string(&csv).expect("the CSV file");
    let names = lines.lines().nth(1).expect("names");
    assert!(
        names.starts_with("draw,\"found (parameter)\",found,plays,kept,open,state,"),
        "{names}"
    );
    assert!(
        names.contains(",\"P(other) least\",")
            && names.contains(",\"P(ends without an outcome) least\",")
    );
    let without = lines.matches(",,,,false,no game,,").count();
    assert!((240..=260).contains(&without), "{without}");
}

#[test]
fn parquet_says_what_was_asked() {
    let folder = Folder::new("members-facts");
    let parquet = folder.name("m.parquet");
    let ask = ["ensemble", BEER, "--uniform", "p", "-n", "50", "--seed", "7", "--random"];
    let rule = ["--select", "best-for:Sender", "--parquet", &parquet, "--json", "--quiet"];
    let (out, _) = ends(&[&ask[..], &rule].concat(), 0);
    let answer: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let facts = facts(&parquet);
    let fact = |name: &str| facts[&format!("detente.{name}")].as_str();
    assert_eq!(fact("scenario_hash"), answer["scenario_hash"]);
    assert_eq!((fact("seed"), fact("points")), ("7", "pseudo-random"));
    assert_eq!(fact("concept"), answer["concept"]);
    assert_eq!((fact("select"), fact("draws")), ("best-for:Sender", "50"));
    assert_eq!(fact("version"), env!("CARGO_PKG_VERSION"));
    assert_eq!((fact("parameters"), fact("uniform"), fact("set")), ("[\"p\"]", "[\"p\"]", "[]"));
    let plays: Vec<String> = serde_json::from_str(fact("plays")).expect("a list");
    let known = answer["plays"].as_array().expect("plays");
    assert_eq!(plays.len(), known.len());
    assert!(plays.iter().zip(known).all(|(play, known)| known["play"] == play.as_str()));
    assert!(!folder.0.join("m.parquet.rows").exists());
}

#[test]
fn threads_change_no_byte() {
    let folder = Folder::new("members-threads");
    let odd = folder.file("odd.dtn", ODD);
    let made = ["1", "3"].map(|threads| {
        let parquet = folder.name(&format!("{threads}.parquet"));
        let mut command = detente();
        command.env("RAYON_NUM_THREADS", threads);
        let arguments = ["ensemble", &odd, "-n", "140000", "--parquet", &parquet, "--quiet"];
        let output = command.args(arguments).output().expect("the command starts");
        assert!(output.status.success(), "{}", text(&output.stderr));
        parquet
    });
    assert!(bytes(&made[0]) == bytes(&made[1]));
    assert_eq!(opened(&made[0]).metadata().num_row_groups(), 2);
}

/// Killed again and again, each time after some more chunks of 64 draws.
#[test]
fn killed_runs_go_on() {
    let folder = Folder::new("members-killed");
    let (whole, part) = (folder.name("whole.parquet"), folder.name("part.parquet"));
    let ask =
        ["ensemble", BEER, "--uniform", "p", "-n", "1000", "--select", "intuitive", "--quiet"];
    ends(&[&ask[..], &["--parquet", &whole]].concat(), 0);
    let noted = folder.0.join("part.parquet.progress");
    let mut kills = 0;
    let mut resume: &[&str] = &[];
    loop {
        let before = std::fs::read(&noted).ok();
        let mut command = detente();
        command.args(ask).args(["--parquet", &part]).args(resume);
        let mut child = command.spawn().expect("the command starts");
        let ended = loop {
            if let Some(status) = child.try_wait().expect("a child") {
                assert!(status.success(), "{status}");
                break true;
            }
            if std::fs::read(&noted).ok() != before {
                std::thread::sleep(Duration::from_millis(5));
                child.kill().expect("it can be killed");
                break child.wait().expect("a child").success();
            }
            std::thread::sleep(Duration::from_millis(1));
        };
        if ended {
            break;
        }
        kills += 1;
        resume = &["--resume"];
    }
    assert!(kills > 2, "{kills}");
    assert!(bytes(&whole) == bytes(&part));
    assert!(!folder.0.join("part.parquet.rows").exists());
}

/// What a run leaves that was killed at a moment of its end: with lines behind those on record,
/// and with the Parquet file in its place but the lines still there.
#[test]
fn the_last_steps_are_made_again() {
    let folder = Folder::new("members-steps");
    let odd = folder.file("odd.dtn", ODD);
    let (csv, whole, part) =
        (folder.name("m.csv"), folder.name("whole.parquet"), folder.name("part.parquet"));
    let ask = ["ensemble", &odd, "-n", "2000", "--quiet"];
    let resume = |draws: &str, code: i32| {
        ends(&["ensemble", &odd, "-n", draws, "--quiet", "--parquet", &part, "--resume"], code)
    };
    let (screen, _) = ends(&[&ask[..], &["--csv", &csv, "--parquet", &whole]].concat(), 0);
    let rows = folder.0.join("part.parquet.rows");
    let mut torn = bytes(&csv);
    torn.extend(b"2000,0.1,,");
    std::fs::write(&rows, torn).expect("torn rows");
    let noted = folder.name("part.parquet.progress");
    std::fs::copy(folder.name("m.csv.progress"), noted).expect("a record");
    resume("2000", 0);
    assert!(bytes(&whole) == bytes(&part) && !rows.exists());
    std::fs::copy(&csv, &rows).expect("the rows");
    resume("2000", 0);
    assert!(bytes(&whole) == bytes(&part) && !rows.exists());
    // Finished: the same again, and no other number of draws.
    let (again, _) = resume("2000", 0);
    assert_eq!(again, screen);
    assert!(resume("3000", 2).1.contains("is finished, with 2000 draws"));
    assert!(resume("1000", 2).1.contains("2000 draws are there, more than 1000"));
    std::fs::write(&rows, "# a comment\n").expect("cut rows");
    assert!(resume("3000", 2).1.contains("is shorter than it was"));
    assert!(bytes(&whole) == bytes(&part));
}

/// Beside a CSV file that stays, a Parquet file can be made later, and both can grow.
#[test]
fn beside_a_csv_it_grows() {
    let folder = Folder::new("members-grow");
    let odd = folder.file("odd.dtn", ODD);
    let (csv, parquet, whole) =
        (folder.name("m.csv"), folder.name("m.parquet"), folder.name("whole.parquet"));
    ends(&["ensemble", &odd, "-n", "100", "--csv", &csv, "--quiet"], 0);
    let more = ["--csv", &csv, "--parquet", &parquet, "--resume", "--quiet"];
    ends(&[&["ensemble", &odd, "-n", "300"], &more[..]].concat(), 0);
    ends(&["ensemble", &odd, "-n", "300", "--parquet", &whole, "--quiet"], 0);
    assert_eq!(agree(&parquet, &csv), 300);
    assert!(bytes(&parquet) == bytes(&whole));
}

#[test]
fn what_cannot_be_written_is_said_first() {
    let folder = Folder::new("members-refused");
    let odd = folder.file("odd.dtn", ODD);
    let same = folder.name("same");
    let ask = ["ensemble", &odd, "-n", "10", "--quiet"];
    let said = ends(&[&ask[..], &["--csv", &same, "--parquet", &same]].concat(), 2).1;
    assert!(said.contains("name the same file"), "{said}");
    let nowhere = folder.name("nowhere/m.parquet");
    assert!(
        ends(&[&ask[..], &["--parquet", &nowhere]].concat(), 2).1.contains("cannot be written")
    );
    ends(&[&ask[..], &["--resume"]].concat(), 2);
    // Rows that were changed by hand are no table any more.
    let (csv, parquet) = (folder.name("m.csv"), folder.name("m.parquet"));
    ends(&[&ask[..], &["--csv", &csv]].concat(), 0);
    let rows = std::fs::read_to_string(&csv).expect("the rows").replace("solved", "sol,ed");
    std::fs::write(&csv, rows).expect("changed rows");
    let resume = ["--csv", &csv, "--parquet", &parquet, "--resume"];
    let said = ends(&[&ask[..], &resume].concat(), 2).1;
    assert!(said.contains("is not as it was written"), "{said}");
    assert!(!folder.0.join("m.parquet").exists());
}

/// A second run that is to write the file of a first one is refused, also to go on with it; what a
/// killed run left half-written is gone afterwards.
#[cfg(unix)]
#[test]
fn two_runs_never_share_a_file() {
    let folder = Folder::new("members-shared");
    let (csv, noted) = (folder.name("m.csv"), folder.0.join("m.csv.progress"));
    let ask = ["ensemble", BEER, "--uniform", "p", "--quiet", "--csv", &csv, "-n"];
    let endless = [&ask[..], &["1000000000"]].concat();
    let mut command = detente();
    command.args(&endless).stdout(Stdio::null()).stderr(Stdio::null());
    let mut first = command.spawn().expect("the command starts");
    while !noted.exists() && first.try_wait().is_ok_and(|ended| ended.is_none()) {
        std::thread::sleep(Duration::from_millis(1));
    }
    for second in
        [[&ask[..], &["10", "--seed", "2"]].concat(), [&endless[..], &["--resume"]].concat()]
    {
        let (_, said) = ends(&second, 2);
        assert!(said.contains("another run is writing"), "{said}");
    }
    first.kill().and_then(|()| first.wait()).expect("it is killed");
    let (left, kept) = (folder.0.join("m.csv.progress.4711.part"), folder.0.join("m.csv.old.part"));
    for file in [&left, &kept] {
        std::fs::write(file, "{").expect("a file");
    }
    ends(&[&ask[..], &["10"]].concat(), 0);
    assert!(!left.exists() && kept.exists());
    let lines = std::fs::read_to_string(&csv).expect("the CSV file");
    assert_eq!(lines.lines().count(), 12);
}

/// A slip of the hand must not cost the analyst the scenario, its table, or what they are links to.
#[cfg(unix)]
#[test]
fn what_was_read_is_not_written_over() {
    let folder = Folder::new("members-read");
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/examples");
    for name in ["views.dtn", "views.csv"] {
        std::fs::copy(format!("{examples}/{name}"), folder.name(name)).expect("an example");
    }
    let (scenario, table) = (folder.name("views.dtn"), folder.name("views.csv"));
    let link = folder.name("link.csv");
    std::os::unix::fs::symlink(&table, &link).expect("a link");
    let texts = || [&scenario, &table].map(|file| std::fs::read(file).expect("the file"));
    let before = texts();
    for goal in [&scenario, &table, &link] {
        for option in ["--csv", "--parquet"] {
            let ask = ["ensemble", &scenario, "-n", "10", "--quiet", option, goal];
            assert!(ends(&ask, 2).1.contains("was read and would be lost"));
        }
        let ask = ["report", &scenario, "--quiet", "-o", goal];
        assert!(ends(&ask, 2).1.contains("was read and would be lost"));
    }
    assert!(texts() == before);
    let both =
        ["ensemble", &scenario, "--csv", &folder.name("x"), "--parquet", &folder.name("./x")];
    assert!(ends(&both, 2).1.contains("the same file"));
    for goal in ["/dev/null", "-"] {
        let ask = ["ensemble", &scenario, "-n", "10", "--csv", goal];
        assert!(ends(&ask, 2).1.contains("name a plain file"));
    }
}
