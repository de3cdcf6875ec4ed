//! What a page asks for, and the answer as JSON text. One type of question and one of answer keep one copy of all the
//! machinery around fetching in the download, instead of one per kind of page.

use super::{Place, Query, encode};
use ids::OrderNumber;
use leptos::server::codee::{Decoder, Encoder};
use std::sync::Arc;
use wire::{LabelRequest, Problem, ProductQuery};

/// What a page asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A page of products: [`wire::ProductList`].
    Products(ProductQuery),
    /// A product, by the handle in its address, with its prices for a place: [`wire::Product`].
    Product(String, Place),
    /// An order of this shopper: [`wire::Order`].
    Order(OrderNumber),
    /// The member's own page: [`wire::Account`], or null for a guest. A new shopper makes it another question.
    Account(Option<ids::MemberId>),
    /// A sheet of shelf labels: [`wire::Labels`].
    Labels(LabelRequest),
    /// Anything else that can be read, by its path below `/api/v1`: what few pages read, and only those know its type.
    Path(String),
}

impl Ask {
    /// The path below `/api/v1` that answers it; none where nobody needs to be asked.
    #[must_use]
    pub fn path(&self) -> Option<String> {
        Some(match self {
            Self::Products(query) => format!("/products{}", Query::of(query)),
            Self::Product(handle, place) => format!("/products/{}{}", encode(handle), place.query()),
            Self::Order(number) => format!("/orders/{}", encode(number.as_str())),
            Self::Account(Some(_)) => "/account".to_owned(),
            Self::Account(None) => return None,
            Self::Labels(request) => format!("/labels{}", Query::of(request)),
            Self::Path(path) => path.clone(),
        })
    }
}

/// The answer as JSON text, or why there is none.
pub type Answer = Result<Arc<str>, Box<Problem>>;

/// The JSON of no value.
pub const NULL: &str = "null";

/// The status that the API gives to guests.
const SIGN_IN_NEEDED: u16 = 401;

/// Asks, on the server and in the browser.
///
/// # Errors
/// Any problem the server names, or that the network is away.
pub async fn ask(ask: Ask) -> Answer {
    #[cfg(feature = "ssr")]
    let answer = super::server::answer(&ask).await;
    #[cfg(not(feature = "ssr"))]
    let answer = match ask.path() {
        Some(path) => super::browser::get_text(&path).await,
        None => Ok(NULL.to_owned()),
    };
    match answer {
        Ok(text) => Ok(text.into()),
        // A session that ran out makes a guest, not a failure.
        Err(problem) if problem.status == SIGN_IN_NEEDED && matches!(ask, Ask::Account(_)) => Ok(NULL.into()),
        Err(problem) => Err(Box::new(problem)),
    }
}

/// How an answer travels in the page: the JSON as it is, after one character that says which kind it is.
pub struct AsIs;

impl Encoder<Answer> for AsIs {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, serde_json::Error> {
        match answer {
            Ok(text) => Ok(format!("+{text}")),
            Err(problem) => serde_json::to_string(problem).map(|text| format!("-{text}")),
        }
    }
}

impl Decoder<Answer> for AsIs {
    type Error = serde_json::Error;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, serde_json::Error> {
        match text.strip_prefix('+') {
            Some(text) => Ok(Ok(text.into())),
            None => super::parse(text.trim_start_matches('-')).map(Err),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_travels_as_it_is() {
        let problem = Problem { status: 404, ..super::super::browser::unreadable(404) };
        for answer in [Ok("{\"a\":1}".into()), Err(Box::new(problem))] {
            let text = AsIs::encode(&answer).unwrap();
            assert_eq!(AsIs::decode(&text).unwrap(), answer);
        }
    }
}
