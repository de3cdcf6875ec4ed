//! The problems that endpoints answer with, for the document.

use std::collections::BTreeMap;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, ResponseBuilder, response::Response};

/// Describes a set of problems by status and cause.
macro_rules! problems {
    ($($(#[$doc:meta])+ $name:ident: $($status:literal $cause:literal),+;)+) => {$(
        $(#[$doc])+
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                [$(($status, $cause)),+].into_iter().map(described).collect()
            }
        }
    )+};
}

fn described((status, cause): (&str, &str)) -> (String, RefOr<Response>) {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    let response = ResponseBuilder::new().description(cause).content(crate::problem::PROBLEM_JSON, content);
    (status.to_owned(), response.build().into())
}

problems! {
    /// Of every endpoint.
    Any: "500" "Something broke; nothing was changed.", "503" "Too busy, or it took too long; see Retry-After.";
    /// Of endpoints with a query string.
    BadQuery: "400" "A query parameter is not as it must be.";
    /// Of endpoints with a JSON body.
    BadBody:
        "400" "The body is no JSON.",
        "403" "The request comes from a page of another site.",
        "413" "The body is larger than 1 MB.",
        "415" "The body's media type is not application/json.",
        "422" "Fields are wrong; `errors` names them.";
    /// Of endpoints that look something up.
    Missing: "404" "There is no such thing, or it is not the asker's.";
    /// Of endpoints that name a store or a department in the query string.
    UnknownPlace: "404" "There is no such department.", "422" "There is no such store, or a parameter is out of its range.";
    /// Of endpoints for members.
    Guest: "401" "Only for members: sign in first.";
    /// Of endpoints for the shop's own people.
    Staff:
        "401" "Only for the shop's own people: sign in first.",
        "403" "The asker's role may not do this, or not at this place; or the request comes from a page of another site.";
    /// Of endpoints whose parameters have ranges.
    Unfit: "422" "A parameter is out of its range.";
    /// Of endpoints that move goods.
    Stock:
        "409" "`stock-refused`: there are not so many units, fewer would be on hand than are reserved, or what they belong to is in another \
               state. `key-reused`: the key stands for another deed.";
    /// Of endpoints that change what has a course of its own.
    NotNow: "409" "`not-now`: that makes no sense where the thing stands; the text says where. `key-reused`: the key stands for another request.";
    /// Of endpoints with a limit per client.
    TooMany: "429" "Too many requests; see Retry-After.";
    /// Of an order.
    NotAsSeen:
        "409" "`price-changed`: the quote that the shopper saw holds no more, `changed` has the new one. `out-of-stock`: too few \
               units. `stale-page`: the page's engine is not the server's. `key-reused`: the key stands for another order. Of a held \
               quote: `held-expired`, `held-used`, `held-other-place`, `held-other-cart`, `held-other-engine`, \
               `held-promotion-used-up`, `held-points-spent`. Of stored value and gift cards: `value-too-little`, `other-currency`.",
        "403" "`foreign-origin`: the request comes from a page of another site. `held-other-member`: the held quote is another shopper's.",
        "422" "Fields are wrong; `errors` names them. `held-invalid`: the held quote is not as the shop signed it. `held-unknown-key`: \
               the key that signed it is no longer in use.";
    /// Of beginning a payment.
    NotPaid:
        "409" "`payment-closed`: it was paid or given up. `payment-too-late`: the order's time to pay is over. `payment-refused`: the provider \
               refuses. `tender-not-offered`: the shop does not take it any more. `value-too-little`: stored value or a gift card has less than is to be paid \
               by it. `other-currency`: it is money of another currency.",
        "503" "`payment-no-answer`: the provider does not answer, try again in a moment; or too busy, see Retry-After.";
    /// Of writing endpoints without a body.
    Foreign: "403" "The request comes from a page of another site.";
}
