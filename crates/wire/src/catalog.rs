//! Products, search and shelf labels.

use crate::stock::{Arrival, PlaceStock};
use ids::{CategorySlug, CouponCode, Handle, PlaceId, PromotionId, Sku};
use pricing::{Instant, Text};
use serde::{Deserialize, Serialize};

/// How a list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match for a search, else the shop's own order.
    #[default]
    Relevance,
    /// Cheapest first.
    PriceUp,
    /// Dearest first.
    PriceDown,
    /// Newest first.
    Newest,
    /// The departments in turn, so that a few products show all that the shop is about.
    Mixed,
}

/// Which products to list. As a query string: `?q=tea&category=tea&tag=gift&sort=price_up&page=2`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct ProductQuery {
    /// Words to search for, Chinese or English.
    pub q: Option<String>,
    /// Only this department.
    pub category: Option<CategorySlug>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only of this vendor.
    pub vendor: Option<String>,
    /// List price at least, in minor units.
    pub min_price: Option<i64>,
    /// List price at most, in minor units.
    pub max_price: Option<i64>,
    /// Only what can be had now (at `store` if one is named).
    pub in_stock: Option<bool>,
    /// The order.
    pub sort: Option<Sort>,
    /// The page, from 1.
    pub page: Option<i64>,
    /// Products on a page, 24 by default and 100 at the most.
    pub size: Option<i64>,
    /// The store whose prices and stock are meant.
    pub store: Option<PlaceId>,
    /// `web` (default) or `kiosk`.
    pub channel: Option<String>,
}

/// A page of products.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductList {
    /// The products.
    pub items: Vec<ProductCard>,
    /// How many match in all.
    pub total: i64,
    /// This page, from 1.
    pub page: i64,
    /// Products on a page.
    pub size: i64,
    /// How the matches could be narrowed.
    pub facets: Vec<Facet>,
}

/// One way to narrow a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Facet {
    /// The query key: `category`, `tag`, `vendor`.
    pub key: String,
    /// Its values, the most frequent first.
    pub values: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FacetValue {
    /// What goes into the query.
    pub value: String,
    /// What people read.
    pub name: Text,
    /// How many products have it.
    pub count: i64,
}

/// A product in a list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductCard {
    /// Its address part.
    pub handle: Handle,
    /// Its name.
    pub title: Text,
    /// The brand.
    pub vendor: String,
    /// The department.
    pub category: Option<CategorySlug>,
    /// The picture's address.
    pub image: String,
    /// The price of its cheapest variant.
    pub price: ShelfPrice,
    /// True if variants have different prices ("from").
    pub from: bool,
    /// How many variants.
    pub variants: i64,
    /// True if some variant can be had now.
    pub in_stock: bool,
}

/// What one unit costs by itself, computed by the pricing core for the asking shopper, channel and store.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShelfPrice {
    /// Of which SKU.
    pub sku: Sku,
    /// The list price.
    pub list: i64,
    /// What one unit costs.
    pub price: i64,
    /// The promotions that lowered it, in order; list price less their amounts is the price.
    pub reasons: Vec<PriceReason>,
    /// The seller's former price, where one is stated.
    pub compare_at: Option<i64>,
}

/// A promotion that lowered the price of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PriceReason {
    /// Its name.
    pub name: Text,
    /// What it took off, in minor units.
    pub amount: i64,
}

/// A product page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Product {
    /// Its address part.
    pub handle: Handle,
    /// Its name.
    pub title: Text,
    /// The description as sanitised HTML, per language.
    pub body_html: Text,
    /// The brand.
    pub vendor: String,
    /// The department.
    pub category: Option<CategorySlug>,
    /// Tags.
    pub tags: Vec<String>,
    /// Pictures, at least one.
    pub images: Vec<ProductImage>,
    /// What can be chosen; empty for a product with one variant.
    pub options: Vec<ProductOption>,
    /// What can be bought.
    pub variants: Vec<Variant>,
    /// Promotions that could apply to this product, best first.
    pub promotions: Vec<PromotionNote>,
    /// Other products of the department.
    pub related: Vec<ProductCard>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductImage {
    /// Its address.
    pub src: String,
    /// What it shows.
    pub alt: Text,
}

/// Something that can be chosen: a size, a colour.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProductOption {
    /// Its name.
    pub name: Text,
    /// Its values in order.
    pub values: Vec<Text>,
}

/// A stock keeping unit of a product.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Variant {
    /// What.
    pub sku: Sku,
    /// The GTIN as 14 digits, if it has one.
    pub gtin: Option<String>,
    /// Our own short code for shelf labels.
    pub short_code: String,
    /// One value per option, in the product's order.
    pub options: Vec<Text>,
    /// What one unit costs.
    pub price: ShelfPrice,
    /// The weight of one unit in grams; 0 if unknown.
    pub grams: i64,
    /// Units that the web can promise now.
    pub available: i64,
    /// When a unit leaves for whoever orders one now.
    #[serde(default)]
    pub delivery: Arrival,
    /// Units at each place that has or had some, stores first.
    pub stock: Vec<PlaceStock>,
}

/// A value of an option, for lines of carts and orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OptionValue {
    /// The option.
    pub name: Text,
    /// Its value.
    pub value: Text,
}

/// A promotion in words, and how it stands for a single unit of the product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromotionNote {
    /// Which.
    pub promotion: PromotionId,
    /// Its name.
    pub name: Text,
    /// The code it needs, where the code is public.
    pub coupon: Option<CouponCode>,
    /// Until when.
    pub ends: Option<Instant>,
    /// True if it already applies to one unit alone.
    pub applies: bool,
    /// Why not yet, in words.
    pub why_not: Option<Text>,
}

/// What a shelf code stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Resolved {
    /// The product.
    pub handle: Handle,
    /// The variant.
    pub sku: Sku,
}

/// Which labels to print.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::IntoParams), into_params(parameter_in = Query))]
#[serde(default)]
pub struct LabelRequest {
    /// The store whose shelf it is.
    pub store: Option<PlaceId>,
    /// Only this department.
    pub category: Option<CategorySlug>,
    /// Only this product.
    pub handle: Option<Handle>,
}

/// A sheet of shelf labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Labels {
    /// The labels, at most 200.
    pub labels: Vec<Label>,
}

/// A shelf label.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Label {
    /// The product's name.
    pub title: Text,
    /// The variant's options.
    pub options: Vec<Text>,
    /// Its price in that store.
    pub price: ShelfPrice,
    /// The price per 100 g, where the weight is known.
    pub per_100g: Option<i64>,
    /// The GTIN as 14 digits, if it has one.
    pub gtin: Option<String>,
    /// The address that the QR code opens.
    pub url: String,
    /// The QR code as SVG.
    pub qr_svg: String,
    /// The EAN-13 barcode as SVG, where there is a GTIN.
    pub barcode_svg: Option<String>,
}
