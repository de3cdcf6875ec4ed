//! RSA2 signatures of Alipay: over sorted parameters, and over the bytes of an answer.

use crate::keys;
use rsa::{RsaPrivateKey, RsaPublicKey};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// Parameters by name, as they are sorted to be signed.
pub(super) type Params = BTreeMap<String, String>;

/// What is signed: `a=1&b=2`, without the signature itself and without what is empty.
fn content(params: &Params, without: &[&str]) -> String {
    let signed = params.iter().filter(|(name, value)| !value.is_empty() && !without.contains(&name.as_str()));
    signed.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
}

/// The signature of a request.
pub(super) fn of_request(key: &RsaPrivateKey, params: &Params) -> String {
    keys::sign(key, content(params, &["sign"]).as_bytes())
}

/// True if a notice is signed by the key; there the kind of signature is not part of what is signed.
pub(super) fn is_of(key: &RsaPublicKey, params: &Params) -> bool {
    let signature = params.get("sign").map_or("", String::as_str);
    params.get("sign_type").is_some_and(|kind| kind == "RSA2")
        && keys::verify(key, content(params, &["sign", "sign_type"]).as_bytes(), signature)
}

/// An answer: the object under a name that depends on the call, and the signature over its bytes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Envelope<'a> {
    #[serde(borrow)]
    parts: BTreeMap<String, &'a RawValue>,
}

impl<'a> Envelope<'a> {
    /// The object's bytes, if they are signed by the key; else why not.
    pub(super) fn opened(&self, key: &RsaPublicKey, method: &str) -> Result<&'a str, String> {
        let name = format!("{}_response", method.replace('.', "_"));
        let object = self.parts.get(&name).ok_or_else(|| format!("there is no {name}"))?.get();
        let signature = self.parts.get("sign").and_then(|sign| serde_json::from_str::<String>(sign.get()).ok());
        let signature = signature.ok_or("the answer is not signed")?;
        if keys::verify(key, object.as_bytes(), &signature) {
            Ok(object)
        } else {
            Err("the signature does not hold".to_owned())
        }
    }
}
