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

/// The currencies of ISO 4217, by how many decimals their smallest unit has. What has no smallest unit, such as gold, is no currency for prices. A test
/// compares the list with that of `iso_currency`, which brings more code than all of this crate.
const KNOWN: [(u8, &str); 4] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (2, CENTS),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
];

const CENTS: &str = "\
    AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY \
    COP COU CRC CUC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HRK HTG HUF IDR \
    ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR \
    MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SLL SOS SRD SSP \
    STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG ZWL";

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
        let known = KNOWN.iter().find(|(_, codes)| codes.split(' ').any(|known| known == code));
        let (exponent, _) = known.ok_or_else(|| UnknownCurrency(code.to_owned()))?;
        Self::with_exponent(code, *exponent)
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
    fn all_currencies_of_iso_4217_are_known() {
        let letters = || b'A'..=b'Z';
        for first in letters() {
            for (second, third) in letters().flat_map(|second| letters().map(move |third| (second, third))) {
                let code = String::from_utf8(vec![first, second, third]).unwrap();
                let expected = iso_currency::Currency::from_code(&code).and_then(|known| known.exponent());
                let known = code.parse::<Currency>().ok().map(|known| known.exponent());
                assert_eq!(known, expected.map(u32::from), "{code}");
            }
        }
    }

    #[test]
    fn exponents_are_those_of_iso_4217() {
        for (code, exponent) in [("CNY", 2), ("JPY", 0), ("KWD", 3), ("CLP", 0), ("USD", 2)] {
            assert_eq!(code.parse::<Currency>().unwrap().exponent(), exponent, "{code}");
        }
        assert_eq!("cny".parse::<Currency>(), Err(UnknownCurrency("cny".into())));
        assert!(["", "CN", "CNY ", "AED AFN"].iter().all(|code| code.parse::<Currency>().is_err()));
        assert_eq!("ZZZ".parse::<Currency>(), Err(UnknownCurrency("ZZZ".into())));
    }
}
