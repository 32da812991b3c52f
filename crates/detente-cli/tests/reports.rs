//! `report` and `batch` as commands.

mod common;

use common::{Folder, GOOD, detente, ends};

#[test]
fn a_report_goes_to_a_file_or_to_standard_output() {
    let folder = Folder::new("report");
    let file = &folder.file("good.dtn", GOOD);
    let (page, _) = ends(&["report", file], 0);
    assert!(page.starts_with("<!DOCTYPE html>") && page.contains("<h1>Entry</h1>"), "{page}");
    let target = &folder.name("page.html");
    let (out, _) = ends(&["report", file, "-o", target], 0);
    assert!(out.trim().is_empty(), "{out}");
    assert_eq!(std::fs::read_to_string(target).unwrap().trim_end(), page.trim_end());
}

#[test]
fn an_unmet_expectation_is_in_the_report_and_in_the_code() {
    let folder = Folder::new("report-unmet");
    let text = format!("{GOOD}\nexpect pbe exists: entry always stay_out\n");
    let (page, _) = ends(&["report", &folder.file("unmet.dtn", text)], 1);
    assert!(page.contains("✗ not met") && page.contains("0 of 1 met."), "{page}");
}

#[test]
fn a_report_that_cannot_be_written_is_refused_before_the_work() {
    let folder = Folder::new("report-refused");
    let file = &folder.file("good.dtn", GOOD);
    let nowhere = &folder.name("none/page.html");
    let (_, said) = ends(&["report", file, "-o", nowhere], 2);
    assert!(said.contains("cannot be written"), "{said}");
    ends(&["report", &folder.file("bad.dtn", "game"), "-o", &folder.name("bad.html")], 2);
    assert!(!std::path::Path::new(&folder.name("bad.html")).exists());
}

/// Two players move in turn, each taking or passing on, `stages` times.
fn take_or_pass(stages: usize) -> String {
    let mut text = "game \"Take or pass\"\nplayers\n  One\n  Two\nparams\n  early = 1 in 0..4\n  \
                    late = 3 in 0..4\nstory\n"
        .to_owned();
    for stage in 0..stages {
        let who = ["One", "Two"][stage % 2];
        let indent = "  ".repeat(stage + 1);
        text += &format!("{indent}{who} chooses m{stage}: take | pass\n");
        if stage + 1 < stages {
            text += &format!("{indent}if m{stage} is pass\n");
        }
    }
    let last = stages - 1;
    text + &format!(
        "stakes of One\n  first: early  when m0 is take\n  end: late  when m{last} is pass\nstakes of Two\n  \
         end: late - early  when m{last} is pass\n  second: 1  when m1 is take\n"
    )
}

#[test]
fn the_map_of_a_small_game_has_mixtures_and_that_of_a_larger_one_says_why_not() {
    let folder = Folder::new("report-map");
    let page = |stages: usize, more: &[&str]| {
        let file = folder.file(&format!("stages-{stages}.dtn"), take_or_pass(stages));
        let words: Vec<&str> = ["report", &file].into_iter().chain(more.iter().copied()).collect();
        let (page, _) = ends(&words, 0);
        let from = page.find("<section id=\"map\"").expect("a map");
        let section = &page[from..];
        (section[..section.find("</section>").unwrap()].to_owned(), page)
    };
    let (small, whole) = page(3, &[]);
    assert!(small.contains("mixed ones included"), "{small}");
    assert!(small.contains("one number moves alone"), "turns are marked: {small}");
    assert!(whole.contains("<dt>Command</dt>") && whole.contains("detente report "), "{whole}");
    let (pure, whole) = page(3, &["--pure", "--set", "early=2", "--most", "3"]);
    assert!(pure.contains("mixed ones were not searched.") && !pure.contains("situations"));
    assert!(whole.contains(" --set early=2 --pure --most 3</dd>"), "{whole}");
    let (large, _) = page(13, &[]);
    assert!(large.contains("mixed ones were not searched: there are 13 situations"), "{large}");
}

#[test]
fn a_pdf_needs_a_browser_and_says_so() {
    let folder = Folder::new("report-pdf");
    let file = folder.file("good.dtn", GOOD);
    let pdf = folder.name("page.pdf");
    let command = |path: &str| {
        let mut command = detente();
        command.env("PATH", path).args(["report", &file, "--pdf", &pdf]);
        command.output().expect("the command starts")
    };
    // Where browsers are known by their place, not by the search path, there may be one.
    if cfg!(target_os = "linux") {
        let output = command("");
        assert_eq!(output.status.code(), Some(2));
        let said = common::text(&output.stderr);
        assert!(said.contains("-o report.html"), "{said}");
        assert!(!std::path::Path::new(&pdf).exists());
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let browser = folder.file(
            "chromium",
            "#!/bin/sh\nfor a; do case $a in --print-to-pdf=*) echo '%PDF-made' > \
             \"${a#--print-to-pdf=}\";; esac; done\n",
        );
        std::fs::set_permissions(&browser, std::fs::Permissions::from_mode(0o755)).unwrap();
        let output = command(&folder.name(""));
        assert!(output.status.success(), "{}", common::text(&output.stderr));
        assert!(output.stdout.is_empty());
        assert_eq!(std::fs::read(&pdf).unwrap(), b"%PDF-made\n");
    }
}

#[test]
fn one_bad_file_does_not_keep_the_others_of_a_folder() {
    let folder = Folder::new("batch");
    std::fs::create_dir_all(folder.0.join("in/part")).unwrap();
    folder.file("in/index.dtn", GOOD);
    folder.file("in/bad.dtn", "game \"Bad\"\nplayers\n");
    folder.file("in/part/a b.dtn", GOOD.replace("Entry", "Part <two>"));
    let out = folder.name("out");
    let (said, error) = ends(&["batch", &folder.name("in"), "-o", &out], 2);
    assert!(said.contains("2 reports, 1 file with errors"), "{said}");
    assert!(error.contains("bad.dtn"), "{error}");
    let read = |name: &str| std::fs::read_to_string(folder.0.join("out").join(name)).unwrap();
    assert!(read("index.dtn.html").contains("<h1>Entry</h1>"));
    assert!(read("part/a b.html").contains("<h1>Part &lt;two&gt;</h1>"));
    let index = read("index.html");
    assert!(index.contains("href=\"part/a%20b.html\"") && index.contains("No report: "), "{index}");
    assert!(index.contains("href=\"index.dtn.html\"") && !index.contains("href=\"bad"), "{index}");
    let mut left: Vec<String> = std::fs::read_dir(folder.0.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    assert_eq!(left, ["index.dtn.html", "index.html", "part"]);
}

#[test]
fn a_folder_of_good_scenarios_is_fine_and_an_empty_one_is_not() {
    let folder = Folder::new("batch-fine");
    std::fs::create_dir_all(folder.0.join("in")).unwrap();
    let (folder_in, out) = (folder.name("in"), folder.name("out"));
    ends(&["batch", &folder_in, "-o", &out], 2);
    folder.file("in/good.dtn", GOOD);
    ends(&["batch", &folder_in, "-o", &out], 0);
    folder.file("in/unmet.dtn", format!("{GOOD}\nexpect pbe exists: entry always stay_out\n"));
    ends(&["batch", &folder_in, "-o", &out], 1);
}

/// A link to a folder in which it lies would lead round and round.
#[cfg(unix)]
#[test]
fn links_do_not_lead_in_circles() {
    let folder = Folder::new("batch-circle");
    let inside = folder.0.join("in");
    std::fs::create_dir(&inside).expect("a folder");
    folder.file("in/good.dtn", GOOD);
    std::os::unix::fs::symlink(&inside, inside.join("round")).expect("a link");
    let (said, _) = ends(&["batch", &folder.name("in"), "-o", &folder.name("out"), "-q"], 0);
    assert!(said.contains("1 report, 0 files with errors"), "{said}");
}
