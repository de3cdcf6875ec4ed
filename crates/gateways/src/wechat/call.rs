//! Signed calls of WeChat Pay, whose answers are believed only when they are signed, too.

use super::{WechatPay, api::Problem, sign::Signed};
use crate::http::{self, Answer};
use reqwest::{Method, header};
use serde::de::DeserializeOwned;
use serde_json::Value;
use services::payments::GatewayError;

impl WechatPay {
    /// A call; `path` begins with `/v3/` and has the query string, too.
    pub(super) async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Result<Answer, GatewayError> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let authorization = self.config.merchant().authorization(method.as_str(), path, &body, self.config.clock.now());
        let unusable = |error: url::ParseError| GatewayError::Unknown(format!("the address of WeChat Pay: {error}"));
        let url = self.config.url.join(path).map_err(unusable)?;
        let mut request = self.client.request(method, url).header(header::AUTHORIZATION, authorization);
        request = request.header(header::ACCEPT, "application/json").header(header::CONTENT_TYPE, "application/json");
        // Names the key whose signature we can check, while the platform changes from certificates to keys.
        if let Some(key) = self.config.platform_keys.first().filter(|key| key.serial.starts_with("PUB_KEY_ID_")) {
            request = request.header("Wechatpay-Serial", &key.serial);
        }
        let answer = http::send(request.body(body)).await?;
        self.checked(answer)
    }

    /// Turns an answer that is no success into what it means. Refusals need no signature, since they change nothing that we know.
    fn checked(&self, answer: Answer) -> Result<Answer, GatewayError> {
        if answer.is_unclear() {
            return Err(answer.unclear());
        }
        if !answer.status.is_success() {
            let problem: Problem = serde_json::from_slice(&answer.body).unwrap_or_default();
            // The system errors of WeChat Pay come with statuses of the client's, too.
            return Err(match problem.code.as_str() {
                "SYSTEM_ERROR" | "SYSTEMERROR" | "BANK_ERROR" | "" => GatewayError::Unknown(problem.message),
                _ => GatewayError::Refused { code: problem.code, message: problem.message },
            });
        }
        let signed = Signed {
            timestamp: answer.header("wechatpay-timestamp"),
            nonce: answer.header("wechatpay-nonce"),
            signature: answer.header("wechatpay-signature"),
            serial: answer.header("wechatpay-serial"),
        };
        let now = self.config.clock.now();
        signed.check(&self.config.platform_keys, &answer.body, now).map_err(GatewayError::Unknown)?;
        Ok(answer)
    }
}

pub(super) fn read<T: DeserializeOwned>(answer: &Answer) -> Result<T, GatewayError> {
    serde_json::from_slice(&answer.body).map_err(|error| GatewayError::Unknown(error.to_string()))
}
