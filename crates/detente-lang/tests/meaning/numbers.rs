//! Numbers: probabilities over the ranges, degrees, domains.

use super::{TWO, complaints, one};
use detente_lang::Code;

#[test]
fn a_probability_of_many_parameters_is_checked_at_its_extremes() {
    let params: String = (0..9).map(|k| format!("  p{k} = 0.1 in 0..0.1\n")).collect();
    let sum = (0..9).map(|k| format!("p{k}")).collect::<Vec<_>>().join(" + ");
    let text = |weight: &str| {
        format!(
            "{TWO}params\n{params}  q = 0.05 in 0..0.2\nstory\n  chance x: a {weight} | b rest seen by all\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\nstakes of Bob\n  h: 1\n"
        )
    };
    assert!(complaints(&text(&sum)).iter().all(|d| !d.is_error()));
    let complaint = one(&text(&format!("{sum} + q")), Code::E041);
    assert!(complaint.message.contains("q = 1/5"), "{}", complaint.message);
    // Some must be low and some high.
    let complaint =
        one(&text("0.1 + p0 + p1 + p2 + p3 + p4 + p5 - (p6 + p7 + p8) * q / 0.1"), Code::E041);
    assert!(
        complaint.message.contains("p0 = 0") && complaint.message.contains("p8 = 1/10"),
        "{}",
        complaint.message
    );
}

#[test]
fn a_probability_that_cannot_be_checked_everywhere_is_warned_of() {
    let params: String = (0..10).map(|k| format!("  p{k} = 1/20 in 0..1/10\n")).collect();
    let sum = (0..10).map(|k| format!("p{k}")).collect::<Vec<_>>().join(" + ");
    let text = |weight: &str| {
        format!(
            "{TWO}params\n{params}story\n  chance x: a {weight} | b 1/2 | c rest seen by all\n  Ann chooses m: l | r\nstakes of Ann\n  g: 1 when m is l\nstakes of Bob\n  h: 1\n"
        )
    };
    let weight = format!("({sum}) / 8 + 10 * (p0 - 1/20) * (p0 - 1/20)");
    let complaints = complaints(&text(&weight));
    assert!(complaints.iter().any(|d| d.code == Code::W113), "{complaints:?}");
    let proved = super::complaints(&text(&format!("({sum}) / 8")));
    assert!(proved.iter().all(|d| d.code != Code::W113), "{proved:?}");
}

#[test]
fn powers_of_zero_and_of_integers_are_defined() {
    let text = |amount: &str| {
        format!(
            "players\n  Ann\nparams\n  p = 0 in 0..1\nstory\n  Ann chooses m: l | r\nstakes of Ann\n  g: {amount} when m is l\n"
        )
    };
    let first = |amount: &str| super::payoffs(&text(amount))[0].to_string();
    assert_eq!(first("approx(power(0, 2))"), "0");
    assert_eq!(first("approx(power(-2, 3))"), "-8");
    assert_eq!(first("approx(power(p, 1/2))"), "0");
    for amount in ["approx(power(0, -1))", "approx(log(0))", "approx(exp(1e6))"] {
        one(&text(amount), Code::E045);
    }
}

#[test]
fn fractions_are_values() {
    let text = "players\n  Ann\nstory\n  Ann chooses m: 1/2 | -1/3 | 2\nstakes of Ann\n  g: 1 when m is 0.5\n  g: 1/2*2*m when m is -1/3 and m is not 1/2\n";
    assert_eq!(super::payoffs(text), super::rationals(&[(1, 1), (-1, 3), (0, 1)]));
    one(&text.replace("-1/3 |", "1/0 |"), Code::E006);
}
