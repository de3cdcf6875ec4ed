//! One typed id per entity, so that a store can't be passed where a SKU is meant.
//!
//! Every id is a short non-empty string without control characters, at most [`ID_BYTES_MAX`] bytes. Parsing is the only
//! way in: serde and the database go through the same constructor. The text is shared, so that a quote, which repeats ids on every line, clones none.

use serde::{Deserialize, Serialize, Serializer};
use std::{borrow::Borrow, fmt, str::FromStr, sync::Arc};

/// The longest id that is accepted, in bytes of UTF-8.
pub const ID_BYTES_MAX: usize = 191;

/// Why a text is not an id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdError {
    /// The text is empty.
    Empty,
    /// The text is longer than [`ID_BYTES_MAX`] bytes.
    TooLong,
    /// The text holds a control character, or starts or ends with white space.
    BadCharacter,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an id may not be empty",
            Self::TooLong => "an id may have at most 191 bytes",
            Self::BadCharacter => "an id may not hold control characters or outer white space",
        })
    }
}

impl std::error::Error for IdError {}

fn check(text: &str) -> Result<(), IdError> {
    if text.is_empty() {
        return Err(IdError::Empty);
    }
    if text.len() > ID_BYTES_MAX {
        return Err(IdError::TooLong);
    }
    if text.chars().any(char::is_control) || text.trim() != text {
        return Err(IdError::BadCharacter);
    }
    Ok(())
}

macro_rules! ids {
    ($($(#[$doc:meta])+ $name:ident;)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
        #[serde(try_from = "String")]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = String))]
        pub struct $name(Arc<str>);

        impl $name {
            /// Parses an id; the text is kept as it is.
            pub fn new(text: impl Into<String>) -> Result<Self, IdError> {
                let text = text.into();
                check(&text)?;
                Ok(Self(text.into()))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0.as_ref().to_owned()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// A category of the catalogue, by its address part (`tea`).
    CategorySlug;
    /// Unique coupon codes that were made together.
    CouponBatchId;
    /// A coupon code as the shopper types it.
    CouponCode;
    /// A gift card; not its secret code.
    GiftCardId;
    /// A product's address part (`longjing-tea`), Shopify's "Handle".
    Handle;
    /// A member level (`gold`).
    LevelId;
    /// A line of a cart.
    LineId;
    /// Points that were earned together.
    LotId;
    /// A member.
    MemberId;
    /// Goods of an order that one place sends or hands over at once.
    FulfilmentId;
    /// An order's public number.
    OrderNumber;
    /// A payment of an order by one tender.
    PaymentId;
    /// A place that holds stock: warehouse or store.
    PlaceId;
    /// A published price book: the hash of its canonical bytes.
    PriceBookId;
    /// A promotion.
    PromotionId;
    /// A refund of a payment.
    RefundId;
    /// Goods of an order that come back at once.
    ReturnId;
    /// A stock keeping unit.
    Sku;
    /// One of the shop's own people.
    StaffId;
    /// A coupon in a member's wallet.
    WalletCouponId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_checked_on_every_way_in() {
        for (text, error) in [("", IdError::Empty), (" a", IdError::BadCharacter), ("a\n", IdError::BadCharacter)] {
            assert_eq!(Sku::new(text).unwrap_err(), error);
        }
        assert_eq!(Sku::new("x".repeat(192)).unwrap_err(), IdError::TooLong);
        assert_eq!(Sku::new("TEA-1").unwrap().to_string(), "TEA-1");
    }
}
