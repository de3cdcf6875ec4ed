//! `concord serve`.

use crate::config::ServeOptions;
use crate::start::{Ports, open};
use crate::state::AppState;
use crate::{messages, router, telemetry};
use anyhow::{Context, Result};
use services::Who;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use wire::{LabelRequest, PlaceKind};

/// Requests in work get so long to end when the server is told to stop.
const FAREWELL: Duration = Duration::from_secs(10);
/// Counters of clients that have been quiet are dropped so often.
const TIDY_EVERY: Duration = Duration::from_secs(60);
/// Jobs that are due are looked for so often.
const JOBS_EVERY: Duration = Duration::from_secs(1);

/// Serves until the process is told to stop.
pub async fn run(options: &ServeOptions) -> Result<ExitCode> {
    telemetry::start(options.log);
    // The address is taken before anything is written: a second server must not touch the first one's database.
    let listener =
        TcpListener::bind(options.addr).await.with_context(|| format!("cannot listen on {}", options.addr))?;
    let bound = listener.local_addr()?;
    let clock = crate::clock::open(options.clock_file.as_deref());
    let gateways = gateways::from_environment(&|name| std::env::var(name).ok(), &clock)?;
    let secret = std::env::var(messages::WEBHOOK_SECRET).ok();
    let messages = messages::open(&options.messages, secret)?;
    let ports = Ports { clock, messages, gateways };
    let state = open(options, ports, bound).await?;
    announce(&state, bound).await;
    serve(listener, state).await?;
    Ok(ExitCode::SUCCESS)
}

async fn serve(listener: TcpListener, state: AppState) -> Result<()> {
    let (tell, mut told) = watch::channel(false);
    tokio::spawn(tidy(state.clone()));
    tokio::spawn(do_jobs(state.clone()));
    let services = state.services.clone();
    tokio::spawn(async move { services.follow_changes().await });
    let service = router(&state).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        asked_to_stop().await;
        // Nobody listens only if the server has ended already.
        let _ = tell.send(true);
    });
    tokio::select! {
        result = serving.into_future() => result?,
        () = async { let _ = told.changed().await; tokio::time::sleep(FAREWELL).await } => {
            tracing::warn!("some requests did not end in time");
        }
    }
    state.services.close().await;
    tracing::info!("stopped");
    Ok(())
}

async fn tidy(state: AppState) {
    let mut ticks = tokio::time::interval(TIDY_EVERY);
    loop {
        ticks.tick().await;
        state.limits.forget_quiet_clients();
    }
}

/// Does what is due, as long as the server runs. Other servers on the same database do what this one leaves.
async fn do_jobs(state: AppState) {
    let worker = format!("{}-{}", std::process::id(), ids_of_this_start());
    let mut ticks = tokio::time::interval(JOBS_EVERY);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        if let Err(error) = state.services.run_jobs(&worker).await {
            tracing::error!(%error, "the jobs could not be looked at");
        }
    }
}

/// Process ids come again; this does not.
fn ids_of_this_start() -> String {
    use rand::RngExt;
    format!("{:08x}", rand::rng().random::<u32>())
}

async fn asked_to_stop() {
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = terminated => tracing::info!("SIGTERM: stopping"),
        result = tokio::signal::ctrl_c() => match result {
            Ok(()) => tracing::info!("SIGINT: stopping"),
            Err(_) => std::future::pending().await,
        },
    }
}

/// Says on standard output where everything is, plainly.
async fn announce(state: &AppState, bound: SocketAddr) {
    let base = state.public_url.as_str().trim_end_matches('/').to_owned();
    println!("Concord listens on {bound}");
    println!("  shop        {base}/");
    if let Some(store) = first_store(state).await {
        println!("  kiosk       {base}/kiosk/{}", app::api::encode(store.as_str()));
        if let Some(address) = shelf_code(state, store).await {
            println!("  shelf code  {address}");
        }
    }
    println!("  API         {base}{}", crate::api::DOCUMENTATION);
}

async fn first_store(state: &AppState) -> Option<ids::PlaceId> {
    let shop = state.services.shop().await.ok()?;
    shop.places.into_iter().find(|place| place.kind == PlaceKind::Store).map(|place| place.id)
}

async fn shelf_code(state: &AppState, store: ids::PlaceId) -> Option<String> {
    let request = LabelRequest { store: Some(store), ..LabelRequest::default() };
    let labels = state.services.labels(&Who::default(), &request, &crate::labels::Art).await.ok()?;
    labels.labels.into_iter().next().map(|label| label.url)
}
