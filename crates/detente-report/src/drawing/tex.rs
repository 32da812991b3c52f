//! Texts inside TeX, such that every LaTeX engine sets them: pdfLaTeX knows few letters, and stops
//! at others. Greek letters and the usual signs are set as mathematics; letters of other scripts
//! are written in Latin ones.

use deunicode::deunicode_char;
use std::fmt::Write as _;

/// A text inside TeX.
pub(super) fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for letter in text.chars() {
        // Twice the same would be joined to another sign: -- is a dash.
        if letter == last && "-,'".contains(letter) {
            out.push_str("{}");
        }
        last = letter;
        if let Some(sign) = sign(letter) {
            let _ = write!(out, "\\ensuremath{{{sign}}}");
        } else if letter.is_ascii() || is_set(letter) {
            out.push_str(&escape(letter));
        } else {
            let latin = deunicode_char(letter).unwrap_or("?");
            latin.chars().for_each(|letter| out.push_str(&escape(letter)));
        }
    }
    out
}

/// Whether the T1 fonts have a letter, or LaTeX builds it from theirs.
fn is_set(letter: char) -> bool {
    let missing = "ĦħĸĿŀŉŦŧ";
    match letter {
        '\u{ad}' => false,
        '\u{a1}'..='\u{17e}' => !missing.contains(letter),
        'Ș'..='ț' | '–' | '—' | '‘'..='‚' | '“'..='„' | '†'..='•' | '‰' | '‹' | '›' | '€' | '™' => {
            true
        }
        _ => false,
    }
}

fn escape(letter: char) -> String {
    match letter {
        '\\' => "\\textbackslash{}".to_owned(),
        '{' | '}' | '$' | '&' | '#' | '%' | '_' => format!("\\{letter}"),
        '^' => "\\textasciicircum{}".to_owned(),
        '~' => "\\textasciitilde{}".to_owned(),
        '<' => "\\textless{}".to_owned(),
        '>' => "\\textgreater{}".to_owned(),
        '|' => "\\textbar{}".to_owned(),
        '"' => "\\textquotedbl{}".to_owned(),
        '`' => "\\textasciigrave{}".to_owned(),
        control if control.is_control() => " ".to_owned(),
        other => other.to_string(),
    }
}

/// Signs and Greek letters, as commands of mathematics.
fn sign(letter: char) -> Option<&'static str> {
    Some(match letter {
        '−' => "-",
        '…' => "\\ldots",
        '≈' => "\\approx",
        '≤' => "\\leq",
        '≥' => "\\geq",
        '≠' => "\\neq",
        '∞' => "\\infty",
        '√' => "\\surd",
        '→' => "\\rightarrow",
        '←' => "\\leftarrow",
        '↑' => "\\uparrow",
        '↓' => "\\downarrow",
        '↔' => "\\leftrightarrow",
        '⇒' => "\\Rightarrow",
        '∧' => "\\wedge",
        '∨' => "\\vee",
        '∅' => "\\emptyset",
        '∈' => "\\in",
        '∪' => "\\cup",
        '∩' => "\\cap",
        '∑' => "\\Sigma",
        '∂' => "\\partial",
        '⋅' | '∙' => "\\cdot",
        '★' => "\\star",
        'α' => "\\alpha",
        'β' => "\\beta",
        'γ' => "\\gamma",
        'δ' => "\\delta",
        'ε' | 'ϵ' => "\\epsilon",
        'ζ' => "\\zeta",
        'η' => "\\eta",
        'θ' => "\\theta",
        'ι' => "\\iota",
        'κ' => "\\kappa",
        'λ' => "\\lambda",
        'μ' | 'µ' => "\\mu",
        'ν' => "\\nu",
        'ξ' => "\\xi",
        'ο' => "o",
        'π' => "\\pi",
        'ρ' => "\\rho",
        'σ' => "\\sigma",
        'ς' => "\\varsigma",
        'τ' => "\\tau",
        'υ' => "\\upsilon",
        'φ' | 'ϕ' => "\\phi",
        'χ' => "\\chi",
        'ψ' => "\\psi",
        'ω' => "\\omega",
        'Γ' => "\\Gamma",
        'Δ' | '∆' => "\\Delta",
        'Θ' => "\\Theta",
        'Λ' => "\\Lambda",
        'Ξ' => "\\Xi",
        'Π' | '∏' => "\\Pi",
        'Σ' => "\\Sigma",
        'Φ' => "\\Phi",
        'Ψ' => "\\Psi",
        'Ω' => "\\Omega",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::tex;

    #[test]
    fn texts_are_made_of_what_every_engine_sets() {
        assert_eq!(tex("a_b & 5 % {x} #1 $"), "a\\_b \\& 5 \\% \\{x\\} \\#1 \\$");
        assert_eq!(tex("−1/2"), "\\ensuremath{-}1/2");
        assert_eq!(tex("détente, Łódź"), "détente, Łódź");
        assert_eq!(tex("β-Typ"), "\\ensuremath{\\beta}-Typ");
        assert_eq!(tex("Москва"), "Moskva");
        assert_eq!(tex("a--b"), "a-{}-b");
        assert_eq!(
            tex("\"x\" ~ \\"),
            "\\textquotedbl{}x\\textquotedbl{} \\textasciitilde{} \\textbackslash{}"
        );
    }

    #[test]
    fn no_letter_is_left_that_stops_pdflatex() {
        let all = (32..0x3_0000).filter_map(char::from_u32).filter(|letter| !letter.is_control());
        for letter in all {
            for set in tex(&letter.to_string()).chars() {
                let code = u32::from(set);
                // What inputenc and T1 know, found by setting each of them.
                let is_known = code < 0x17f
                    || (0x218..=0x21b).contains(&code)
                    || "–—‘’‚“”„†‡•‰‹›€™".contains(set);
                assert!(is_known, "{letter} gives {set}");
            }
        }
    }
}
