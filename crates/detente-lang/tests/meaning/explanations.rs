//! The examples of `explain` are what they say: wrong with that code, and right without it.

use super::complaints;
use detente_lang::Code;

/// A scenario of two players with these sections; those it lacks are the plainest there are.
fn scenario(sections: &str) -> String {
    let mut text = format!("players\n  Ann\n  Bob\n{sections}");
    if !sections.contains("story\n") {
        text.push_str("story\n  Ann chooses m: l | r\n");
    }
    if !sections.contains("stakes of Ann") && !sections.contains("chooses m: l, r") {
        text.push_str("stakes of Ann\n  g: 1 when Ann.m is l\n");
    }
    text
}

#[test]
fn examples_are_wrong_and_right_as_they_say() {
    for code in Code::explained() {
        let explained = code.explanation().expect("it is explained");
        let said = |sections: &str| complaints(&scenario(sections));
        let wrong = said(explained.wrong);
        assert!(wrong.iter().any(|found| found.code == code), "{code}: {wrong:#?}");
        let right = said(explained.right);
        let mistaken = right.iter().any(|found| found.code == code || found.is_error());
        assert!(!mistaken, "{code}: {right:#?}");
    }
}
