use super::record::{Implementation, digest};
use crate::project::Failure;
use crate::report::{CaseResult, Run};
use mimicheck::adapter::Answer;
use mimicheck::vector::{Outcome, StepRef, Verdict};
use std::collections::BTreeMap;

/// What a run under the strict profile says of the cases. What is unsupported was not asked.
///
/// # Errors
/// A case came to nothing by a fault of this tool.
pub fn testimony(run: &Run) -> Result<Implementation, Failure> {
    let (mut confirms, mut refutes) = (BTreeMap::new(), BTreeMap::new());
    for result in &run.results {
        let said = match &result.outcome {
            Outcome::Unsupported(_) => continue,
            Outcome::HarnessError(what) => return Err(Failure::harness(format!("{}: {what}", result.case.id))),
            Outcome::Pass | Outcome::Contested { agrees: true, .. } if exactly(result) => &mut confirms,
            _ => &mut refutes,
        };
        said.insert(result.case.id.clone(), digest(&result.case));
    }
    Ok(Implementation {
        name: run.hello.name.clone(),
        version: run.hello.version.clone(),
        language: run.hello.language.clone(),
        asked: confirms.len() + refutes.len(),
        confirms,
        refutes,
    })
}

/// Where both answers are right, whether it gave the one that the case spells out.
fn exactly(result: &CaseResult) -> bool {
    let spelt_out = |(step, answer): (StepRef<'_>, &Answer)| match (answer, step.expect.verdict) {
        (Answer::Ok(_), Verdict::Either) => step.expect.out.is_some() || step.expect.reason.is_none(),
        (Answer::Reject(_), Verdict::Either) => step.expect.reason.is_some() || step.expect.out.is_none(),
        _ => true,
    };
    !result.answers.is_empty() && result.case.steps().zip(&result.answers).all(spelt_out)
}
