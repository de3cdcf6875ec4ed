//! Products, search, shelf codes and labels.

use super::errors;
use crate::extract::{Id, Query};
use crate::labels::Art;
use crate::problem::Failure;
use crate::session::Caller;
use crate::state::AppState;
use axum::Json;
use axum::extract::State;
use ids::{Handle, PlaceId};
use serde::Deserialize;
use utoipa::IntoParams;
use wire::{LabelRequest, Labels, Product, ProductList, ProductQuery, Resolved};

/// Where the shopper is.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Place {
    /// The store whose prices and stock are meant.
    store: Option<PlaceId>,
    /// `web` (default) or `kiosk`.
    channel: Option<String>,
}

/// Products.
///
/// A page of products that match words (Chinese or English), department, tags, price and stock, with facets to narrow further.
#[utoipa::path(
    get, path = "/products", tag = "catalog", params(ProductQuery),
    responses((status = 200, body = ProductList), errors::BadQuery, errors::UnknownPlace, errors::Any)
)]
pub async fn products(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(query): Query<ProductQuery>,
) -> Result<Json<ProductList>, Failure> {
    let who = who.at(query.channel.as_deref(), query.store.as_ref());
    Ok(Json(state.services.products(&who, &query).await?))
}

/// A product.
///
/// Its variants with the price of one unit, computed for the asking shopper, channel and store, and stock by place.
#[utoipa::path(
    get, path = "/products/{handle}", tag = "catalog", params(("handle" = Handle, Path), Place),
    responses((status = 200, body = Product), errors::UnknownPlace, errors::Missing, errors::BadQuery, errors::Any)
)]
pub async fn product(
    State(state): State<AppState>,
    Caller(who): Caller,
    Id(handle): Id<Handle>,
    Query(place): Query<Place>,
) -> Result<Json<Product>, Failure> {
    let who = who.at(place.channel.as_deref(), place.store.as_ref());
    Ok(Json(state.services.product(&who, &handle).await?))
}

/// What a shelf code stands for.
///
/// `code` is a GTIN of 8, 12, 13 or 14 digits, or the shop's own short code.
#[utoipa::path(
    get, path = "/codes/{code}", tag = "catalog", params(("code" = String, Path)),
    responses((status = 200, body = Resolved), errors::Missing, errors::Any)
)]
pub async fn code(State(state): State<AppState>, Id(code): Id<String>) -> Result<Json<Resolved>, Failure> {
    Ok(Json(state.services.resolve_code(&code).await?))
}

/// Shelf labels.
///
/// Name, price in that store, QR code and barcode of at most 200 variants.
#[utoipa::path(
    get, path = "/labels", tag = "catalog", params(LabelRequest),
    responses((status = 200, body = Labels), errors::BadQuery, errors::UnknownPlace, errors::Any)
)]
pub async fn labels(
    State(state): State<AppState>,
    Caller(who): Caller,
    Query(request): Query<LabelRequest>,
) -> Result<Json<Labels>, Failure> {
    Ok(Json(state.services.labels(&who, &request, &Art).await?))
}
