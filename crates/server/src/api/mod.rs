//! The JSON API under `/api/v1`. Every route is registered together with its description, so the document can't forget one.

mod account;
mod catalog;
mod checkout;
mod errors;
mod fulfil;
mod members;
mod messages;
mod orders;
mod payments;
mod privacy;
mod service;
mod shop;
mod staff;
mod stock;

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
        (name = "account", description = "Members"),
        (name = "stock", description = "Stock in all its places: units, movements, transfers, counts, bundles, sourcing"),
        (name = "staff", description = "The shop's own people: what each role may do is checked at every call")
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
        .routes(routes!(payments::tenders))
        .routes(routes!(payments::of_order, payments::otherwise))
        .routes(routes!(payments::start))
        .routes(routes!(payments::record_refund))
        .routes(routes!(payments::retry_refund))
        .routes(routes!(payments::hook))
        .routes(routes!(account::request_code))
        .routes(routes!(account::sign_in))
        .routes(routes!(account::sign_out))
        .routes(routes!(account::account))
        .routes(routes!(account::tell_birthday))
        .routes(routes!(orders::cancel))
        .routes(routes!(orders::change_address))
        .routes(routes!(orders::preview_return))
        .routes(routes!(orders::return_receipt))
        .routes(routes!(fulfil::tasks))
        .routes(routes!(fulfil::by_code))
        .routes(routes!(fulfil::step))
        .routes(routes!(fulfil::orders))
        .routes(routes!(fulfil::order))
        .routes(routes!(fulfil::take_back))
        .routes(routes!(fulfil::exchange))
        .routes(routes!(staff::sign_in))
        .routes(routes!(staff::session))
        .routes(routes!(staff::roster, staff::put))
        .routes(routes!(members::code))
        .routes(routes!(members::redeem_gift_card))
        .routes(routes!(members::gift_card_worth))
        .routes(routes!(members::resolve_coupon))
        .routes(routes!(service::find))
        .routes(routes!(service::member))
        .routes(routes!(service::ledger))
        .routes(routes!(service::top_up))
        .routes(routes!(service::adjust))
        .routes(routes!(service::issue_coupon))
        .routes(routes!(service::sell_gift_card))
        .routes(routes!(service::batches, service::make_batch))
        .routes(routes!(service::close_batch))
        .routes(routes!(service::codes))
        .routes(routes!(staff::jobs))
        .merge(stock_routes())
        .routes(routes!(privacy::privacy, privacy::set_consent))
        .routes(routes!(privacy::export_me))
        .routes(routes!(privacy::request_erase_code))
        .routes(routes!(privacy::erase_me))
        .routes(routes!(privacy::find))
        .routes(routes!(privacy::unmask))
        .routes(routes!(privacy::unmask_order))
        .routes(routes!(privacy::export))
        .routes(routes!(privacy::erase))
        .routes(routes!(privacy::erase_order))
        .routes(routes!(privacy::audit))
        .routes(routes!(messages::messages))
        .routes(routes!(messages::retry))
        .routes(routes!(staff::close));
    OpenApiRouter::with_openapi(Document::openapi()).nest(BASE, routes).split_for_parts()
}

fn stock_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(stock::availability))
        .routes(routes!(stock::stock))
        .routes(routes!(stock::movements))
        .routes(routes!(stock::move_stock))
        .routes(routes!(stock::levels))
        .routes(routes!(stock::proof))
        .routes(routes!(stock::consignments))
        .routes(routes!(stock::consignment))
        .routes(routes!(stock::request_transfer))
        .routes(routes!(stock::announce_purchase))
        .routes(routes!(stock::ship))
        .routes(routes!(stock::receive))
        .routes(routes!(stock::cancel))
        .routes(routes!(stock::counts, stock::begin_count))
        .routes(routes!(stock::count))
        .routes(routes!(stock::enter_count))
        .routes(routes!(stock::post_count))
        .routes(routes!(stock::drop_count))
        .routes(routes!(stock::bundles, stock::put_bundle))
        .routes(routes!(stock::sourcing, stock::put_sourcing))
        .routes(routes!(stock::figures))
        .routes(routes!(stock::export))
        .routes(routes!(stock::export_movements))
}
