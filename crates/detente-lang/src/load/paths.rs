//! Paths of included files: with `/`, relative to the scenario.

/// What follows the last `/`.
pub(super) fn base_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The path `written` as seen from the file `from`, with `.` and `..` followed as far as they go.
pub(super) fn beside(from: &str, written: &str) -> String {
    let folder = from.rfind('/').map_or("", |end| &from[..=end]);
    let joined =
        if written.starts_with('/') { written.to_owned() } else { format!("{folder}{written}") };
    let mut parts: Vec<&str> = Vec::new();
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let root = if joined.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_followed() {
        assert_eq!(beside("a.dtn", "./b.dtn"), "b.dtn");
        assert_eq!(beside("sub/c.dtn", "x.csv"), "sub/x.csv");
        assert_eq!(beside("sub/c.dtn", "../b.dtn"), "b.dtn");
        assert_eq!(beside("b.dtn", "../../b.dtn"), "../../b.dtn");
        assert_eq!(beside("/home/a.dtn", "x//y.csv"), "/home/x/y.csv");
        assert_eq!(beside("sub/c.dtn", "/b.dtn"), "/b.dtn");
        assert_eq!(base_name("/home/a.dtn"), "a.dtn");
    }
}
