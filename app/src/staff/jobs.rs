//! What the shop does by itself, and what failed.

use super::desk::Desk;
use crate::{api::Ask, ui};
use leptos::prelude::*;
use pricing::Instant;
use wire::JobInfo;

/// `/staff/jobs`
pub fn page(desk: Desk, _rest: &str) -> AnyView {
    let data = ui::load(|| Ask::Path("/staff/jobs".to_owned()));
    view! {
        <div class="desk-top"><h1>{desk.t.jobs()}</h1></div>
        {ui::loaded(desk.front, data, move |jobs: Vec<JobInfo>| table(desk, &jobs))}
    }
    .into_any()
}

fn table(desk: Desk, jobs: &[JobInfo]) -> AnyView {
    let t = desk.t;
    if jobs.is_empty() {
        return view! { <div class="desk-empty"><p>{t.no_jobs()}</p><p class="desk-note">{t.no_jobs_why()}</p></div> }
            .into_any();
    }
    let heads =
        [t.job_name(), t.job_next(), t.job_last(), t.job_runs(), t.job_failures(), t.job_worker(), t.job_error()];
    let heads = heads.map(|name| view! { <th scope="col">{name}</th> });
    view! {
        <div class="table" role="region" aria-label=t.jobs() tabindex="0">
            <table><thead><tr>{heads.collect_view()}</tr></thead><tbody>{jobs.iter().map(|job| row(desk, job)).collect_view()}</tbody></table>
        </div>
    }
    .into_any()
}

fn row(desk: Desk, job: &JobInfo) -> AnyView {
    let (t, front) = (desk.t, desk.front);
    let time = |at: Instant| format!("{} {}", front.day(at), front.clock(at));
    let last = job.last_ended_at.map_or_else(|| t.job_never().to_owned(), time);
    let failed = job.last_error.is_some();
    let error = job.last_error.clone().unwrap_or_else(|| t.job_fine().to_owned());
    view! {
        <tr data-failed=failed>
            <th scope="row">{job.name.clone()}</th>
            <td>{time(job.next_at)}</td>
            <td>{last}</td>
            <td class="amount">{job.runs}</td>
            <td class="amount">{job.failures}</td>
            <td>{job.worker.clone().unwrap_or_default()}</td>
            <td class="job-error">{error}</td>
        </tr>
    }
    .into_any()
}
