//! What can be read, and how texts are set.

use super::frame::STYLE;
use super::words::prose;
use detente_game::exchange::{ImportLimits, read_efg};

/// Relative luminance of `#rrggbb` (WCAG 2.2).
fn luminance(colour: &str) -> f64 {
    let part = |at: usize| {
        let value =
            f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

/// Contrast with white.
fn contrast(colour: &str) -> f64 {
    1.05 / (luminance(colour) + 0.05)
}

#[test]
fn texts_have_contrast() {
    assert!((contrast("#000000") - 21.0).abs() < 1e-9 && (contrast("#ffffff") - 1.0).abs() < 1e-9);
    let texts: Vec<&str> = STYLE
        .match_indices("color: #")
        .filter(|(at, _)| !STYLE[..*at].ends_with('-'))
        .map(|(at, found)| &STYLE[at + found.len() - 1..at + found.len() + 6])
        .collect();
    assert!(texts.len() > 5);
    for colour in texts {
        assert!(contrast(colour) >= 4.5, "{colour}: {}", contrast(colour));
    }
}

#[test]
fn the_style_asks_nothing_of_the_world() {
    for word in ["url(", "@import", "@font-face", "http", "</"] {
        assert!(!STYLE.contains(word), "{word}");
    }
}

#[test]
fn prose_sets_names_and_fractions() {
    let efg = "EFG 2 R \"t\" { \"One\" } \"\" p \"\" 1 1 \"\" { \"hold_back\" \"go\" } 0 t \"\" 1 \"\" { 1 } t \"\" 2 \"\" { 2 }";
    let game = read_efg(efg, &ImportLimits::default()).unwrap().game;
    let set = |text: &str| prose(&game, text).into_string();
    assert_eq!(set("hold_back <now>"), "hold\u{a0}back &lt;now&gt;");
    // What is looked up in a file stays as it is written there.
    assert_eq!(set("new_start/hold_back.dtn, p_firm"), "new_start/hold\u{a0}back.dtn, p_firm");
    assert_eq!(
        set("(+6/89 ≈ 0.067), 3 ≈ x"),
        "(+<span class=\"fraction\">6/89 ≈ </span>0.067), 3 ≈ x"
    );
    assert_eq!(set(""), "");
    // A long fraction is looked up rather than read; signs stay where they belong.
    let long = |minus: &str, rest: &str| {
        format!(
            "<span class=\"rounded\" title=\"exactly {minus}592910/910793\">≈\u{a0}</span>{rest}"
        )
    };
    assert_eq!(set("592910/910793 ≈ 0.651"), long("", "0.651"));
    assert_eq!(set("above 592910/910793 ≈ 0.651"), format!("above {}", long("", "0.651")));
    assert_eq!(set("-592910/910793 ≈ -0.651"), long("-", "-0.651"));
    assert_eq!(set("(+592910/910793 ≈ 0.651)"), format!("({}", long("", "+0.651)")));
}
