//! D1 (Banks and Sobel, Econometrica 55, 1987; Cho and Kreps 1987; Cho and Sobel, Journal of
//! Economic Theory 50, 1990).
//!
//! At an unsent message, take away a type if another one gains strictly by it after every mixed
//! best reply (to any belief) after which the first gains or breaks even, provided the other
//! gains after some. The equilibrium is broken if no belief over the types that are left has a
//! mixed best reply after which nobody gains.

use super::Breach;
use super::temptation::Temptation;
use crate::lp::Broken;

/// How a message (by its position) breaks the equilibrium, if it does.
pub(super) fn breach(test: &Temptation, at: usize) -> Result<Option<Breach>, Broken> {
    let all = test.senders();
    let message = test.message;
    let faces = test.faces(&message.sure(&all))?;
    let mut removed = Vec::new();
    let mut left = Vec::new();
    for &sender in &all {
        let mut dominated = false;
        for &other in all.iter().filter(|other| **other != sender) {
            dominated |= is_keener(test, other, sender, &faces)?;
        }
        if dominated { removed.push(sender) } else { left.push(sender) }
    }
    if left.is_empty() {
        return Ok(None);
    }
    let tempted = test.everywhere(&test.faces(&message.sure(&left))?)?;
    Ok(tempted.map(|(gain, deviator)| Breach {
        message: at,
        deviator: message.type_of(deviator),
        gain,
        meant: message.meant_without(&removed),
    }))
}

/// Whether `other` gains after some best reply, and after every one after which `sender` gains or
/// breaks even.
fn is_keener(
    test: &Temptation,
    other: usize,
    sender: usize,
    faces: &[Vec<usize>],
) -> Result<bool, Broken> {
    let gains = faces.iter().flatten().any(|reply| test.can_gain(other, *reply));
    Ok(gains && !test.parts(faces, &[sender], &[other])?)
}
