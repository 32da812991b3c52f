//! Bars: a share as a length, readable without colour.

use detente_game::Rational;
use maud::{Markup, html};

/// Width of a full bar.
const WIDE: f64 = 180.0;
/// Height of a bar.
const HIGH: f64 = 12.0;

/// A bar of a share; a stroke across it shows what the share was before.
pub(super) fn bar(share: &Rational, before: Option<&Rational>, says: &str) -> Markup {
    let place = |share: &Rational| format!("{:.2}", 0.5 + share.to_f64() * WIDE);
    let length = format!("{:.2}", share.to_f64() * WIDE);
    html! {
        svg.bar xmlns="http://www.w3.org/2000/svg" role="img" width=(WIDE + 1.0) height=(HIGH + 4.0)
            viewBox={ "0 0 " (WIDE + 1.0) " " (HIGH + 4.0) } {
            title { (says) }
            rect x="0.5" y="2" width=(WIDE) height=(HIGH) fill="#ffffff" stroke="#767676" {}
            rect x="0.5" y="2" width=(length) height=(HIGH) fill="#3d4f5c" {}
            @if let Some(before) = before {
                @let at = place(before);
                line x1=(at) x2=(at) y1="0" y2=(HIGH + 4.0) stroke="#ffffff" stroke-width="4" {}
                line x1=(at) x2=(at) y1="0" y2=(HIGH + 4.0) stroke="#000000" stroke-width="1.5" {}
            }
        }
    }
}

/// A bar of a share that is known between bounds: dark up to the lower, light up to the upper one.
pub(super) fn bounds(low: &Rational, high: &Rational, says: &str) -> Markup {
    bounded(low.to_f64(), high.to_f64(), says)
}

/// The same for shares that are estimates.
pub(super) fn bounded(low: f64, high: f64, says: &str) -> Markup {
    let length = |share: f64| format!("{:.2}", share.clamp(0.0, 1.0) * WIDE);
    html! {
        svg.bar xmlns="http://www.w3.org/2000/svg" role="img" width=(WIDE + 1.0) height=(HIGH + 4.0)
            viewBox={ "0 0 " (WIDE + 1.0) " " (HIGH + 4.0) } {
            title { (says) }
            rect x="0.5" y="2" width=(WIDE) height=(HIGH) fill="#ffffff" stroke="#767676" {}
            rect x="0.5" y="2" width=(length(high)) height=(HIGH) fill="#b9c5cd" {}
            rect x="0.5" y="2" width=(length(low)) height=(HIGH) fill="#3d4f5c" {}
        }
    }
}

/// A bar of an amount beside others, right of a middle line if it speaks for the choice and left of
/// it if it speaks against.
pub(super) fn balance(amount: &Rational, greatest: &Rational, says: &str) -> Markup {
    let share = amount.checked_div(greatest).map_or(0.0, |share| share.to_f64());
    let (middle, length) = (WIDE / 2.0, share.abs() * WIDE / 2.0);
    let from = if share < 0.0 { middle - length } else { middle };
    let fill = if share < 0.0 { "#ffffff" } else { "#3d4f5c" };
    html! {
        svg.bar xmlns="http://www.w3.org/2000/svg" role="img" width=(WIDE + 1.0) height=(HIGH + 4.0)
            viewBox={ "0 0 " (WIDE + 1.0) " " (HIGH + 4.0) } {
            title { (says) }
            rect x=(format!("{:.2}", from + 0.5)) y="2" width=(format!("{length:.2}"))
                height=(HIGH) fill=(fill) stroke="#3d4f5c" {}
            line x1=(middle + 0.5) x2=(middle + 0.5) y1="0" y2=(HIGH + 4.0) stroke="#000000" {}
        }
    }
}

/// What the ends of a picture stand for.
pub(super) struct Scale {
    /// The left end.
    pub low: f64,
    /// The right end.
    pub high: f64,
}

/// Two bars from a middle stroke: hollow to the first value, dark to the second.
pub(super) fn tornado(scale: &Scale, base: f64, ends: [f64; 2], says: &str) -> Markup {
    let place = |value: f64| 0.5 + (value - scale.low) / (scale.high - scale.low) * WIDE;
    let middle = place(base);
    let bar = |end: f64, fill: &str| {
        let (from, to) = (middle.min(place(end)), middle.max(place(end)));
        html! {
            rect x=(format!("{from:.2}")) y="3" width=(format!("{:.2}", to - from)) height=(HIGH - 2.0)
                fill=(fill) stroke="#3d4f5c" {}
        }
    };
    // Both on the same side: the shorter one lies on top.
    let [hollow, dark] = ends.map(|end| (place(end) - middle).abs());
    html! {
        svg.bar xmlns="http://www.w3.org/2000/svg" role="img" width=(WIDE + 1.0) height=(HIGH + 4.0)
            viewBox={ "0 0 " (WIDE + 1.0) " " (HIGH + 4.0) } {
            title { (says) }
            @if hollow >= dark { (bar(ends[0], "#ffffff")) (bar(ends[1], "#3d4f5c")) }
            @else { (bar(ends[1], "#3d4f5c")) (bar(ends[0], "#ffffff")) }
            line x1=(format!("{middle:.2}")) x2=(format!("{middle:.2}")) y1="0" y2=(HIGH + 4.0)
                stroke="#000000" stroke-width="1.5" {}
        }
    }
}

/// A part of a range, and a point in it.
pub(super) struct Span {
    /// The range.
    pub range: (Rational, Rational),
    /// The part that is filled.
    pub holds: (Rational, Rational),
    /// The point that is marked.
    pub now: Rational,
}

/// A range as a frame, a part of it filled, a point of it marked.
pub(super) fn span(span: &Span, says: &str) -> Markup {
    const NARROW: f64 = 120.0;
    let (low, high) = &span.range;
    let place = |value: &Rational| {
        let share = (value - low).checked_div(&(high - low)).map_or(0.5, |share| share.to_f64());
        0.5 + share.clamp(0.0, 1.0) * NARROW
    };
    let (from, to, now) = (place(&span.holds.0), place(&span.holds.1), place(&span.now));
    html! {
        svg.bar xmlns="http://www.w3.org/2000/svg" role="img" width=(NARROW + 1.0) height=(HIGH + 4.0)
            viewBox={ "0 0 " (NARROW + 1.0) " " (HIGH + 4.0) } {
            title { (says) }
            rect x="0.5" y="2" width=(NARROW) height=(HIGH) fill="#ffffff" stroke="#767676" {}
            rect x=(format!("{from:.2}")) y="2" width=(format!("{:.2}", to - from)) height=(HIGH)
                fill="#8fa1ad" stroke="#3d4f5c" {}
            @let at = format!("{now:.2}");
            line x1=(at) x2=(at) y1="0" y2=(HIGH + 4.0) stroke="#000000" stroke-width="2" {}
        }
    }
}
