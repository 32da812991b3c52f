//! `qre`: how behaviour changes as players respond more and more precisely.

use crate::arguments::Qre;
use crate::exit::{Exit, Failure};
use crate::{files, output, page, progress, scenario};
use detente::qre::{Asked, Limit, Responses, responses};
use detente::report::course::{Course, CoursePoint};
use detente::report::drawing::draw_branch;
use detente::report::formats::json;
use detente::report::formats::text::qre::{Goal, Shown, screen};

/// Traces the principal branch, proves what is asked, prints and draws.
pub fn run(qre: &Qre) -> Result<Exit, Failure> {
    let subject = scenario::subject(&qre.input)?;
    let game = &subject.game;
    let instance = scenario::instance(game)?;
    let asked = Asked {
        lambda: qre.lambda.clone(),
        to_limit: qre.to_limit,
        stop: Some(progress::stop_flag()),
    };
    let found = responses(&instance, &asked).map_err(|why| {
        Failure::told(format!("no quantal responses: {why}"))
            .help("detente solve FILE  searches equilibria of larger games")
    })?;
    let points: Vec<CoursePoint> = found
        .branch
        .points
        .iter()
        .map(|point| CoursePoint { lambda: point.lambda, probability: point.probability.clone() })
        .collect();
    let course = Course::new(&points).ok_or_else(|| Failure::told("the branch is empty"))?;
    if let Some(path) = &qre.svg {
        files::write(path, draw_branch(game, &course).svg().as_bytes())?;
    }
    let at = found.at.as_ref().map(|at| at.as_ref().map_err(String::as_str));
    let goal = goal(&found);
    if qre.form.json {
        let answer = json::qre(game, &points, found.branch.turns, at, goal);
        output::print(&super::show::pretty(&answer)?)?;
        return Ok(Exit::Fine);
    }
    let lambda = qre.lambda.as_ref().map(ToString::to_string).unwrap_or_default();
    let shown = Shown {
        form: &game.form,
        course: &course,
        turns: found.branch.turns,
        at: at.map(|at| (lambda.as_str(), at)),
        goal,
    };
    output::print(&screen(&shown, &page::look(&qre.form)))?;
    Ok(Exit::Fine)
}

fn goal(found: &Responses) -> Option<Goal<'_>> {
    Some(match found.limit.as_ref()? {
        Limit::Exact(equilibrium) => Goal::Exact(equilibrium),
        Limit::Enclosed(enclosed) => Goal::Enclosed(enclosed),
        Limit::Unknown(why) => Goal::Unknown(why),
    })
}
