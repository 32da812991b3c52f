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
