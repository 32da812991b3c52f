//! The catalogue's files, built in for `detente new`.

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn main() {
    let catalog = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../catalog");
    println!("cargo::rerun-if-changed={}", catalog.display());
    let mut files = Vec::new();
    collect(&catalog, &mut files);
    let mut text = String::from("&[\n");
    for file in files {
        let name = file.strip_prefix(&catalog).expect("a file of the catalogue").to_str();
        let name = name.expect("names are plain").replace('\\', "/");
        let path = file.to_str().expect("paths are plain");
        writeln!(text, "    ({name:?}, include_str!({path:?})),").expect("text grows");
    }
    text.push(']');
    let out = std::env::var_os("OUT_DIR").expect("cargo says where to write");
    std::fs::write(Path::new(&out).join("catalog.rs"), text).expect("it can be written");
}

/// The scenarios and tables of a folder and its folders, in the order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = std::fs::read_dir(folder).expect("the catalogue is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "dtn" || end == "csv") {
            files.push(path);
        }
    }
}
