//! The page that leads to the reports of many scenarios.

use super::frame;
use crate::formats::text::words::count;
use maud::html;

/// One scenario of a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The scenario's file, as the folder names it.
    pub file: String,
    /// The report's address beside the index, and the scenario's title; or why there is none.
    pub report: Result<Link, String>,
}

/// Where a report stands and what it comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Its address, as it stands in a link.
    pub address: String,
    /// The scenario's title.
    pub title: String,
    /// What it comes to, a line.
    pub conclusion: String,
    /// How many expectations are met, not met and not decided.
    pub expectations: [usize; 3],
}

/// The page. `left` scenarios were not come to, as the work was stopped.
#[must_use]
pub fn index(folder: &str, entries: &[Entry], left: usize) -> String {
    let failed = entries.iter().filter(|entry| entry.report.is_err()).count();
    let body = html! {
        header {
            p.kicker { "Reports" }
            h1 { "Scenarios in " (folder) }
            p {
                (count(entries.len() - failed, "report"))
                @if failed > 0 { "; " (count(failed, "file")) " with errors" }
                @if left > 0 { "; stopped before " (left) " more" }
                "."
            }
        }
        main {
            table {
                caption { "One line for each scenario" }
                thead { tr {
                    th scope="col" { "scenario" }
                    th scope="col" { "comes to" }
                    th scope="col" { "expectations" }
                } }
                tbody { @for entry in entries { (row(entry)) } }
            }
        }
    };
    frame::page(&format!("Scenarios in {folder}"), &body)
}

fn row(entry: &Entry) -> maud::Markup {
    html! {
        tr {
            @match &entry.report {
                Ok(link) => {
                    th scope="row" {
                        a href=(link.address) { (link.title) } " " span.file { (entry.file) }
                    }
                    td { (link.conclusion) }
                    td { (counted(link.expectations)) }
                }
                Err(why) => {
                    th scope="row" { span.file { (entry.file) } }
                    td { strong { "No report: " } (why) }
                    td { "–" }
                }
            }
        }
    }
}

fn counted([met, unmet, open]: [usize; 3]) -> String {
    if met + unmet + open == 0 {
        return "none".to_owned();
    }
    let mut text = format!("{met} of {} met", met + unmet + open);
    if unmet > 0 {
        text.push_str(&format!(", {unmet} not met"));
    }
    if open > 0 {
        text.push_str(&format!(", {open} not decided"));
    }
    text
}
