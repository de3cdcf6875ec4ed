//! Stock: what the shop's own people see of it and do with it, and where a product can be had.

use super::errors;
use crate::extract::{Id, Input, Query};
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ids::{Handle, Sku};
use wire::{
    AnnouncePurchase, Availability, AvailabilityQuery, BeginCount, Bundle, Consignment, EnterCount, FiguresQuery,
    LedgerProof, MoveStock, Moved, MovementPage, MovementQuery, ReceiveConsignment, RequestTransfer, SetStockLevels,
    ShipConsignment, SourcingFigures, SourcingSettings, StockCount, StockKey, StockLevel, StockListQuery, StockPage,
    StockQuery,
};

/// Where a product can be had, and when.
///
/// For each variant the stores near a point or a store, what the web can promise, and when goods leave: today, tomorrow, or on the day on which
/// what is under way arrives.
#[utoipa::path(
    get, path = "/products/{handle}/availability", tag = "catalog", params(("handle" = Handle, Path), AvailabilityQuery),
    responses((status = 200, body = Availability), errors::UnknownPlace, errors::BadQuery, errors::Any)
)]
pub async fn availability(
    State(state): State<AppState>,
    Id(handle): Id<Handle>,
    Query(query): Query<AvailabilityQuery>,
) -> Result<Json<Availability>, Failure> {
    Ok(Json(state.services.availability(&handle, &query).await?))
}

/// The stock, by SKU and place.
///
/// With `available_max` only what is low.
#[utoipa::path(
    get, path = "/staff/stock", tag = "stock", params(StockQuery),
    responses((status = 200, body = StockPage), errors::BadQuery, errors::Unfit, errors::Staff, errors::Any)
)]
pub async fn stock(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<StockQuery>,
) -> Result<Json<StockPage>, Failure> {
    Ok(Json(state.services.stock(&who, &query).await?))
}

/// What happened to a SKU, the latest first.
#[utoipa::path(
    get, path = "/staff/stock/{sku}/movements", tag = "stock", params(("sku" = Sku, Path), MovementQuery),
    responses((status = 200, body = MovementPage), errors::BadQuery, errors::Unfit, errors::Staff, errors::Any)
)]
pub async fn movements(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(sku): Id<Sku>,
    Query(query): Query<MovementQuery>,
) -> Result<Json<MovementPage>, Failure> {
    Ok(Json(state.services.stock_movements(&who, &sku, &query).await?))
}

/// Moves goods at a place: all lines or none.
///
/// Received, damaged, quarantined, restocked or written off.
#[utoipa::path(
    post, path = "/staff/stock/moves", tag = "stock",
    request_body = MoveStock,
    responses((status = 200, body = Moved), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn move_stock(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<MoveStock>,
) -> Result<Json<Moved>, Failure> {
    Ok(Json(state.services.move_stock(&who, &request).await?))
}

/// Sets what is kept of a SKU at a place.
#[utoipa::path(
    put, path = "/staff/stock/levels", tag = "stock",
    request_body = SetStockLevels,
    responses((status = 200, body = StockLevel), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn levels(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SetStockLevels>,
) -> Result<Json<StockLevel>, Failure> {
    Ok(Json(state.services.set_stock_levels(&who, &request).await?))
}

/// Whether every balance is what its movements come to.
#[utoipa::path(
    get, path = "/staff/stock/proof", tag = "stock",
    responses((status = 200, body = LedgerProof), errors::Staff, errors::Any)
)]
pub async fn proof(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<LedgerProof>, Failure> {
    Ok(Json(state.services.prove_stock(&who).await?))
}

/// Goods under way, from places and from suppliers, the latest first.
#[utoipa::path(
    get, path = "/staff/stock/consignments", tag = "stock", params(StockListQuery),
    responses((status = 200, body = Vec<Consignment>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn consignments(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<StockListQuery>,
) -> Result<Json<Vec<Consignment>>, Failure> {
    Ok(Json(state.services.consignments(&who, &query).await?))
}

/// A consignment with its lines.
#[utoipa::path(
    get, path = "/staff/stock/consignments/{id}", tag = "stock", params(("id" = String, Path)),
    responses((status = 200, body = Consignment), errors::Missing, errors::Staff, errors::Any)
)]
pub async fn consignment(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.consignment(&who, &id).await?))
}

/// Asks for goods from another place.
#[utoipa::path(
    post, path = "/staff/stock/transfers", tag = "stock",
    request_body = RequestTransfer,
    responses((status = 200, body = Consignment), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn request_transfer(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<RequestTransfer>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.request_transfer(&who, &request).await?))
}

/// Announces goods of a supplier: they are under way from now on.
#[utoipa::path(
    post, path = "/staff/stock/purchases", tag = "stock",
    request_body = AnnouncePurchase,
    responses((status = 200, body = Consignment), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn announce_purchase(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<AnnouncePurchase>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.announce_purchase(&who, &request).await?))
}

/// Sends a transfer that was asked for.
#[utoipa::path(
    post, path = "/staff/stock/consignments/{id}/ship", tag = "stock", params(("id" = String, Path)),
    request_body = ShipConsignment,
    responses((status = 200, body = Consignment), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn ship(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<ShipConsignment>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.ship_transfer(&who, &id, &request).await?))
}

/// Receives goods that are under way.
///
/// With `close` what is missing is closed as a short receipt.
#[utoipa::path(
    post, path = "/staff/stock/consignments/{id}/receive", tag = "stock", params(("id" = String, Path)),
    request_body = ReceiveConsignment,
    responses((status = 200, body = Consignment), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn receive(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<ReceiveConsignment>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.receive_consignment(&who, &id, &request).await?))
}

/// Calls off a transfer that nobody has sent yet.
#[utoipa::path(
    post, path = "/staff/stock/consignments/{id}/cancel", tag = "stock", params(("id" = String, Path)),
    request_body = StockKey,
    responses((status = 200, body = Consignment), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn cancel(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<StockKey>,
) -> Result<Json<Consignment>, Failure> {
    Ok(Json(state.services.cancel_transfer(&who, &id, &request).await?))
}

/// Counts, the latest first.
#[utoipa::path(
    get, path = "/staff/stock/counts", tag = "stock", params(StockListQuery),
    responses((status = 200, body = Vec<StockCount>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn counts(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<StockListQuery>,
) -> Result<Json<Vec<StockCount>>, Failure> {
    Ok(Json(state.services.stock_counts(&who, &query).await?))
}

/// A count with its lines.
#[utoipa::path(
    get, path = "/staff/stock/counts/{id}", tag = "stock", params(("id" = String, Path)),
    responses((status = 200, body = StockCount), errors::Missing, errors::Staff, errors::Any)
)]
pub async fn count(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
) -> Result<Json<StockCount>, Failure> {
    Ok(Json(state.services.stock_count(&who, &id).await?))
}

/// Begins a count.
#[utoipa::path(
    post, path = "/staff/stock/counts", tag = "stock",
    request_body = BeginCount,
    responses((status = 200, body = StockCount), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn begin_count(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<BeginCount>,
) -> Result<Json<StockCount>, Failure> {
    Ok(Json(state.services.begin_count(&who, &request).await?))
}

/// Enters what was found; a SKU that was entered before is replaced.
#[utoipa::path(
    put, path = "/staff/stock/counts/{id}/lines", tag = "stock", params(("id" = String, Path)),
    request_body = EnterCount,
    responses((status = 200, body = StockCount), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn enter_count(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<EnterCount>,
) -> Result<Json<StockCount>, Failure> {
    Ok(Json(state.services.enter_count(&who, &id, &request).await?))
}

/// Posts the differences of a count: all or none.
#[utoipa::path(
    post, path = "/staff/stock/counts/{id}/post", tag = "stock", params(("id" = String, Path)),
    request_body = StockKey,
    responses((status = 200, body = StockCount), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn post_count(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<StockKey>,
) -> Result<Json<StockCount>, Failure> {
    Ok(Json(state.services.post_count(&who, &id, &request).await?))
}

/// Ends a count without posting anything.
#[utoipa::path(
    post, path = "/staff/stock/counts/{id}/drop", tag = "stock", params(("id" = String, Path)),
    request_body = StockKey,
    responses((status = 200, body = StockCount), errors::Missing, errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn drop_count(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(id): Id<String>,
    Input(request): Input<StockKey>,
) -> Result<Json<StockCount>, Failure> {
    Ok(Json(state.services.drop_count(&who, &id, &request).await?))
}

/// All bundles with their components.
#[utoipa::path(
    get, path = "/staff/stock/bundles", tag = "stock",
    responses((status = 200, body = Vec<Bundle>), errors::Staff, errors::Any)
)]
pub async fn bundles(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<Vec<Bundle>>, Failure> {
    Ok(Json(state.services.bundles(&who).await?))
}

/// Sets what a SKU is made of when it is sold.
#[utoipa::path(
    put, path = "/staff/stock/bundles", tag = "stock",
    request_body = Bundle,
    responses((status = 200, body = Bundle), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn put_bundle(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<Bundle>,
) -> Result<Json<Bundle>, Failure> {
    Ok(Json(state.services.put_bundle(&who, &request).await?))
}

/// How orders are sourced.
#[utoipa::path(
    get, path = "/staff/stock/sourcing", tag = "stock",
    responses((status = 200, body = SourcingSettings), errors::Staff, errors::Any)
)]
pub async fn sourcing(State(state): State<AppState>, Caller(who): Caller) -> Result<Json<SourcingSettings>, Failure> {
    Ok(Json(state.services.sourcing(&who).await?))
}

/// Sets how orders are sourced.
#[utoipa::path(
    put, path = "/staff/stock/sourcing", tag = "stock",
    request_body = SourcingSettings,
    responses((status = 200, body = SourcingSettings), errors::BadBody, errors::Stock, errors::Staff, errors::Any)
)]
pub async fn put_sourcing(
    State(state): State<AppState>,
    Caller(who): Caller,
    Input(request): Input<SourcingSettings>,
) -> Result<Json<SourcingSettings>, Failure> {
    Ok(Json(state.services.put_sourcing(&who, &request).await?))
}

/// What each strategy came to.
#[utoipa::path(
    get, path = "/staff/stock/sourcing/figures", tag = "stock", params(FiguresQuery),
    responses((status = 200, body = Vec<SourcingFigures>), errors::BadQuery, errors::Staff, errors::Any)
)]
pub async fn figures(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<FiguresQuery>,
) -> Result<Json<Vec<SourcingFigures>>, Failure> {
    Ok(Json(state.services.sourcing_figures(&who, &query).await?))
}

/// A CSV file for whoever asked.
fn file(name: &'static str, text: String) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (header::CONTENT_DISPOSITION, disposition)], text)
        .into_response()
}

/// The whole stock as CSV, which `concord stock import` reads.
#[utoipa::path(
    get, path = "/staff/stock/export", tag = "stock",
    responses((status = 200, body = String, content_type = "text/csv"), errors::Staff, errors::Any)
)]
pub async fn export(State(state): State<AppState>, Caller(who): Caller) -> Result<Response, Failure> {
    Ok(file("stock.csv", state.services.export_stock(&who).await?))
}

/// Every movement as CSV, the first first.
#[utoipa::path(
    get, path = "/staff/stock/movements/export", tag = "stock",
    responses((status = 200, body = String, content_type = "text/csv"), errors::Staff, errors::Any)
)]
pub async fn export_movements(State(state): State<AppState>, Caller(who): Caller) -> Result<Response, Failure> {
    Ok(file("movements.csv", state.services.export_movements(&who).await?))
}
