//! The gate: an equilibrium leaves this crate only through [`admit`], which looks at nothing but
//! the profile and the certificate.

use crate::best_response::{self, Plan};
use crate::certificate::{Certificate, Saved};
use crate::concepts::{nash, pbe, sequential, subgame_perfect, weak_pbe};
use crate::equilibrium::{Equilibrium, Margin, SetBelief};
use crate::reach::{View, is_absent_minded};
use crate::refinements;
use crate::strategic::{self, Strategic};
use crate::verdict::{Failure, Verdict};
use crate::words;
use detente_game::claim::Concept;
use detente_game::{GameForm, GameInstance, InfoSetId, Profile, Rational};
use std::sync::Arc;

/// Checks a saved equilibrium from its certificate alone: no search, no linear program (but for
/// a refinement the test of the signalling stage is run again).
///
/// A profile from which somebody gains *fails*; a certificate that does not prove what it should
/// leaves the matter undecided, with the reason. Bounds of unreached beliefs are not computed.
#[must_use]
pub fn recheck(instance: &Arc<GameInstance>, saved: &Saved) -> Verdict {
    let admitted = admit(instance, &saved.concept, &saved.profile, saved.certificate.clone());
    let equilibrium = match admitted {
        Ok(equilibrium) => equilibrium,
        Err(refusal) => return refusal.verdict(),
    };
    if equilibrium.values != saved.values {
        return Refusal::Certificate("the saved payoffs are not those of the profile".to_owned())
            .verdict();
    }
    if saved.concept.is_refinement() {
        return refinements::survives(instance, &equilibrium, &saved.concept);
    }
    Verdict::Holds(Box::new(equilibrium))
}

/// Why something is not let through.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The profile is no equilibrium, whatever the certificate.
    Fails(Failure),
    /// The certificate proves nothing.
    Certificate(String),
    /// The question has no answer here.
    Senseless(String),
}

impl Refusal {
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Fails(failure) => Verdict::Fails(failure),
            Self::Certificate(why) => {
                Verdict::Undecided(format!("the certificate does not prove it: {why}"))
            }
            Self::Senseless(why) => Verdict::Undecided(why),
        }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self::Fails(failure)
    }
}

/// What a verdict on a game without perfect recall does not cover.
pub(crate) fn caveat(form: &GameForm) -> Option<String> {
    let text = "some player forgets what he knew or did (no perfect recall); only departures at \
                one information set at a time were judged (agent form)";
    (!form.has_perfect_recall()).then(|| text.to_owned())
}

/// Why no box of profiles can be judged in a game.
pub(crate) fn is_beyond_judging(form: &GameForm) -> Option<&'static str> {
    if form.players().is_empty() {
        return Some("the game has no players");
    }
    let forgets = "a player forgets what he knew or did, and boxes are judged under perfect recall";
    (!form.has_perfect_recall()).then_some(forgets)
}

/// Refuses what no check can be made of.
pub(crate) fn sensible(
    form: &GameForm,
    concept: &Concept,
    profile: &Profile,
) -> Result<(), Refusal> {
    let refuse = |why: &str| Err(Refusal::Senseless(why.to_owned()));
    if !profile.fits(form) {
        return refuse("this is no behaviour strategy profile of the game");
    }
    if form.players().is_empty() {
        return refuse("the game has no players");
    }
    match concept {
        Concept::Qre(_) => refuse(
            "quantal-response equilibria are hardly ever fractions; they are proved by enclosures, \
             not profile by profile",
        ),
        Concept::Perfect | Concept::Proper if !form.has_perfect_recall() => refuse(
            "perfect and proper equilibria are judged in games of perfect recall, in which \
             behaviour and mixed strategies come to the same",
        ),
        Concept::Nash | Concept::SubgamePerfect | Concept::Perfect | Concept::Proper => Ok(()),
        _ if !form.has_perfect_recall() && is_absent_minded(form) => {
            refuse("an information set is met twice on one path, so beliefs at it are not defined")
        }
        _ => Ok(()),
    }
}

/// Checks profile and certificate and makes the equilibrium.
pub(crate) fn admit(
    instance: &Arc<GameInstance>,
    concept: &Concept,
    profile: &Profile,
    certificate: Certificate,
) -> Result<Equilibrium, Refusal> {
    let form = instance.form();
    sensible(form, concept, profile)?;
    let views = View::all(instance, profile);
    let beliefs = match (concept, &certificate) {
        (Concept::Nash, Certificate::Nash { best }) => {
            if nash::check(&views)? != *best {
                return Err(Refusal::Certificate("a player's best value is another".to_owned()));
            }
            bayes_where_reached(&views)
        }
        (Concept::SubgamePerfect, Certificate::SubgamePerfect { roots }) => {
            if subgame_perfect::roots(form) != *roots {
                return Err(Refusal::Certificate("the subgames are others".to_owned()));
            }
            subgame_perfect::check(&views, roots)?;
            bayes_where_reached(&views)
        }
        (
            Concept::Perfect | Concept::Proper,
            Certificate::Trembles { .. } | Certificate::Regular,
        ) => {
            nash::check(&views)?;
            let strategic = Strategic::of(instance, profile).map_err(Refusal::Senseless)?;
            match &certificate {
                Certificate::Trembles { layers } => {
                    strategic::check_trembles(&strategic, concept, layers)
                }
                _ => strategic::check_regular(&strategic),
            }
            .map_err(Refusal::Certificate)?;
            bayes_where_reached(&views)
        }
        (Concept::WeakPbe, Certificate::WeakPbe { beliefs }) => beliefs.clone(),
        (concept, Certificate::Pbe { plausibility, beliefs })
            if *concept == Concept::Pbe || concept.is_refinement() =>
        {
            let derived = pbe::derive(&views, plausibility).map_err(Refusal::Certificate)?;
            compare(&views, beliefs, &derived)?;
            beliefs.clone()
        }
        (
            concept,
            Certificate::Sequential { order, weight, branch_order, branch_weight, beliefs },
        ) if *concept == Concept::Sequential || concept.is_refinement() => {
            let trembles = sequential::Trembles { order, weight, branch_order, branch_weight };
            let derived = sequential::derive(&views, &trembles).map_err(Refusal::Certificate)?;
            compare(&views, beliefs, &derived)?;
            beliefs.clone()
        }
        _ => {
            return Err(Refusal::Certificate(format!(
                "it is not of the kind that '{}' needs",
                concept.word()
            )));
        }
    };
    if !form.has_perfect_recall() && is_absent_minded(form) {
        // Payoffs are not linear in what is done at such a set, so mixing could still gain.
        return Err(Refusal::Senseless(
            "no departure to one action gains, but an information set is met twice on one path, \
             and whether mixing at it gains is not judged"
                .to_owned(),
        ));
    }
    let strict = !matches!(
        concept,
        Concept::Nash | Concept::SubgamePerfect | Concept::Perfect | Concept::Proper
    );
    let (beliefs, margins) = rational(&views, beliefs, strict)?;
    Ok(Equilibrium {
        instance: Arc::clone(instance),
        concept: concept.clone(),
        profile: profile.clone(),
        values: views.iter().map(|view| view.total().clone()).collect(),
        beliefs,
        certificate,
        margins,
        caveat: caveat(form),
    })
}

/// Beliefs by Bayes' rule; none at unreached sets.
fn bayes_where_reached(views: &[View]) -> Vec<Vec<Rational>> {
    let Some(first) = views.first() else { return Vec::new() };
    first
        .form
        .info_set_ids()
        .map(|set| weak_pbe::view_of(views, set).bayes(set).unwrap_or_default())
        .collect()
}

fn compare(
    views: &[View],
    claimed: &[Vec<Rational>],
    derived: &[Vec<Rational>],
) -> Result<(), Refusal> {
    if claimed.len() != derived.len() {
        return Err(Refusal::Certificate("beliefs are missing".to_owned()));
    }
    for (at, (left, right)) in claimed.iter().zip(derived).enumerate() {
        if left != right {
            let set = InfoSetId::from_index(at);
            let place = words::situation(views[0].form, set);
            let why = format!("the beliefs at {place} do not follow from the rest of it");
            return Err(Refusal::Certificate(why));
        }
    }
    Ok(())
}

/// Bayes where reached and best plans everywhere, given the beliefs.
fn rational(
    views: &[View],
    beliefs: Vec<Vec<Rational>>,
    everywhere: bool,
) -> Result<(Vec<SetBelief>, Vec<Margin>), Refusal> {
    let sets = views.first().map_or(0, |view| view.form.info_sets().len());
    if beliefs.len() != sets {
        return Err(Refusal::Certificate("beliefs are missing".to_owned()));
    }
    let mut judged = Vec::with_capacity(sets);
    let mut margins = Vec::new();
    for (at, belief) in beliefs.into_iter().enumerate() {
        let set = InfoSetId::from_index(at);
        let view = weak_pbe::view_of(views, set);
        let bayes = view.bayes(set);
        let reached = bayes.is_some();
        if view.form.members(set).is_empty() || (!reached && !everywhere) {
            judged.push(unknown());
            continue;
        }
        distribution(view, set, &belief, bayes.as_deref())?;
        let plan = best_response::at_set(view, set, &belief);
        if let Some(failure) = weak_pbe::gains(view, set, &belief, &plan) {
            // At a reached set the belief is no choice, so the profile itself is at fault.
            let unproved = Refusal::Certificate(format!("with its beliefs, {}", failure.reason));
            return Err(if reached { Refusal::Fails(failure) } else { unproved });
        }
        margins.extend(margins_of(view, set, reached, &plan));
        let bounds = belief.iter().map(|value| (value.clone(), value.clone()));
        let bounds = if reached || belief.len() == 1 { bounds.collect() } else { Vec::new() };
        judged.push(SetBelief { reached, belief, bounds, knife_edge: false });
    }
    Ok((judged, margins))
}

fn unknown() -> SetBelief {
    SetBelief { reached: false, belief: Vec::new(), bounds: Vec::new(), knife_edge: false }
}

fn distribution(
    view: &View,
    set: InfoSetId,
    belief: &[Rational],
    bayes: Option<&[Rational]>,
) -> Result<(), Refusal> {
    let place = || words::situation(view.form, set);
    let fits = belief.len() == view.form.members(set).len()
        && belief.iter().all(|value| !value.is_negative())
        && belief.iter().sum::<Rational>().is_one();
    if !fits {
        let why = format!("what it says about {} is no belief over its members", place());
        return Err(Refusal::Certificate(why));
    }
    if bayes.is_some_and(|bayes| bayes != belief) {
        let why = format!("the belief at {} is not Bayes' rule's, and it is reached", place());
        return Err(Refusal::Certificate(why));
    }
    Ok(())
}

fn margins_of(view: &View, set: InfoSetId, reached: bool, plan: &Plan) -> Vec<Margin> {
    let chosen = view.played(set).next().expect("some action of a set is played");
    let first = view.form.info_set(set).first_action.index();
    let worth = |action: detente_game::ActionId| &plan.actions[action.index() - first];
    view.form
        .actions(set)
        .filter(|action| *action != chosen)
        .map(|against| Margin {
            set,
            reached,
            chosen,
            against,
            margin: worth(chosen) - worth(against),
        })
        .collect()
}
