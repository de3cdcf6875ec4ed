//! How much one client, and all together, may ask for.

use crate::client::{address, limit_key};
use crate::config::LimitOptions;
use crate::pages;
use crate::problem::Failure;
use crate::state::AppState;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The counters of this process. Limits per telephone number are the services' and live in the database.
pub struct Limits {
    auth: DefaultKeyedRateLimiter<IpAddr>,
    orders: DefaultKeyedRateLimiter<IpAddr>,
    in_work: Arc<Semaphore>,
    request_max: Duration,
}

impl Limits {
    /// Fresh counters.
    #[must_use]
    pub fn new(options: &LimitOptions) -> Self {
        Self {
            auth: RateLimiter::keyed(Quota::per_minute(options.auth_per_minute)),
            orders: RateLimiter::keyed(Quota::per_minute(options.orders_per_minute)),
            in_work: Arc::new(Semaphore::new(options.concurrency_max)),
            request_max: Duration::from_secs(options.request_seconds_max),
        }
    }

    /// Forgets clients that have been quiet for long; call it now and then, or the tables only grow.
    pub fn forget_quiet_clients(&self) {
        for limiter in [&self.auth, &self.orders] {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }
}

fn check(limiter: &DefaultKeyedRateLimiter<IpAddr>, state: &AppState, parts: &Parts) -> Result<(), Failure> {
    let client = limit_key(address(&parts.extensions, &parts.headers, state.trusted_proxies));
    limiter.check_key(&client).map_err(|until| {
        let seconds = until.wait_time_from(DefaultClock::default().now()).as_secs() + 1;
        Failure::too_many(i64::try_from(seconds).unwrap_or(i64::MAX))
    })
}

/// As a handler's first argument: bounds codes and sign-ins per client, before the body is read.
pub struct AuthLimit;

impl FromRequestParts<AppState> for AuthLimit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        check(&state.limits.auth, state, parts).map(|()| Self)
    }
}

/// As a handler's first argument: bounds orders per client, before the body is read.
pub struct OrderLimit;

impl FromRequestParts<AppState> for OrderLimit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        check(&state.limits.orders, state, parts).map(|()| Self)
    }
}

/// Bounds how many requests are in work and how long one may take. What is too much is turned away at once: a queue would
/// only make everybody slow. A service that is dropped in the middle rolls its transaction back.
pub async fn all(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let for_people = !request.uri().path().starts_with("/api/");
    let Ok(_permit) = state.limits.in_work.try_acquire() else {
        return turned_away(Failure::busy(1), for_people);
    };
    match tokio::time::timeout(state.limits.request_max, next.run(request)).await {
        Ok(response) => response,
        Err(_) => turned_away(Failure::busy(5), for_people),
    }
}

fn turned_away(failure: Failure, for_people: bool) -> Response {
    if for_people { pages::of(&failure) } else { failure.into_response() }
}
