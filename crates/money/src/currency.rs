//! Currencies and their smallest unit.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A currency: its ISO 4217 code and how many decimals its smallest unit has (JPY 0, CNY 2, KWD 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency {
    code: [u8; 3],
    exponent: u8,
}

/// The text is no ISO 4217 code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownCurrency(pub String);

impl fmt::Display for UnknownCurrency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is not an ISO 4217 currency code; write three capital letters such as CNY", self.0)
    }
}

impl std::error::Error for UnknownCurrency {}

impl Currency {
    /// The renminbi, Concord's first currency.
    pub const CNY: Self = Self { code: *b"CNY", exponent: 2 };

    /// A currency with an exponent of the caller's, for data that defines its own smallest unit.
    ///
    /// Returns an error unless the code is three capital ASCII letters and the exponent at most 4.
    pub fn with_exponent(code: &str, exponent: u8) -> Result<Self, UnknownCurrency> {
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(bytes) if bytes.iter().all(u8::is_ascii_uppercase) && exponent <= 4 => {
                Ok(Self { code: bytes, exponent })
            }
            _ => Err(UnknownCurrency(code.to_owned())),
        }
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).expect("the constructors admit ASCII capitals only")
    }

    /// Decimals of the smallest unit.
    #[must_use]
    pub fn exponent(self) -> u32 {
        u32::from(self.exponent)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(code: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency(code.to_owned());
        let known = iso_currency::Currency::from_code(code).ok_or_else(unknown)?;
        let exponent = known.exponent().ok_or_else(unknown)?;
        Self::with_exponent(code, u8::try_from(exponent).map_err(|_| unknown())?)
    }
}

impl TryFrom<String> for Currency {
    type Error = UnknownCurrency;
    fn try_from(code: String) -> Result<Self, UnknownCurrency> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// In documents a currency is its code.
#[cfg(feature = "openapi")]
mod schema {
    use utoipa::openapi::{ObjectBuilder, RefOr, Type, schema::Schema};

    impl utoipa::PartialSchema for super::Currency {
        fn schema() -> RefOr<Schema> {
            let code = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[A-Z]{3}$"));
            code.description(Some("An ISO 4217 code.")).examples(["CNY"]).into()
        }
    }

    impl utoipa::ToSchema for super::Currency {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponents_are_those_of_iso_4217() {
        for (code, exponent) in [("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0), ("USD", 2)] {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
        assert_eq!("cny".parse::<Currency>(), Err(UnknownCurrency("cny".into())));
        assert_eq!("ZZZ".parse::<Currency>(), Err(UnknownCurrency("ZZZ".into())));
    }
}
