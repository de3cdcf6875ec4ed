//! The JSON API under `/api/v1`. Every route is registered together with its description, so the document can't forget one.

mod account;
mod catalog;
mod checkout;
mod errors;
mod shop;

use crate::state::AppState;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// Where the API is.
pub const BASE: &str = "/api/v1";
/// Where its document is.
pub const DOCUMENT: &str = "/api/v1/openapi.json";
/// Where its browsable documentation is.
pub const DOCUMENTATION: &str = "/api/docs";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Concord",
        description = "The shop's API. Amounts are integers in minor units of the shop's currency (分 for CNY); texts come in \
                       Chinese and English; instants are RFC 3339 in UTC. Errors are RFC 9457 problems: `type` names the kind, \
                       `detail` says in both languages what happened and what to do, `errors` names wrong fields.\n\n\
                       A session is a cookie, set at sign-in and when a guest places an order."
    ),
    components(schemas(wire::Problem, wire::Sort)),
    tags(
        (name = "shop", description = "The shop and who is looking"),
        (name = "catalog", description = "Products, search, shelf codes and labels"),
        (name = "checkout", description = "Prices of carts, and orders"),
        (name = "account", description = "Members")
    )
)]
struct Document;

/// The API's routes under [`BASE`], and the document that describes them.
pub fn router() -> (axum::Router<AppState>, utoipa::openapi::OpenApi) {
    let routes = OpenApiRouter::new()
        .routes(routes!(shop::shop))
        .routes(routes!(shop::session, checkout::begin_session))
        .routes(routes!(catalog::products))
        .routes(routes!(catalog::product))
        .routes(routes!(catalog::code))
        .routes(routes!(catalog::labels))
        .routes(routes!(checkout::slice))
        .routes(routes!(checkout::quote))
        .routes(routes!(checkout::hold_quote))
        .routes(routes!(checkout::place_order))
        .routes(routes!(checkout::order))
        .routes(routes!(account::request_code))
        .routes(routes!(account::sign_in))
        .routes(routes!(account::sign_out))
        .routes(routes!(account::account))
        .routes(routes!(account::tell_birthday));
    OpenApiRouter::with_openapi(Document::openapi()).nest(BASE, routes).split_for_parts()
}
