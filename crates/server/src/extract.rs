//! Extractors whose refusals are problems.

use crate::problem::Failure;
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::{HeaderMap, StatusCode, header, request::Parts};
use pricing::Text;
use serde::de::DeserializeOwned;
use std::str::FromStr;

/// A JSON body. Refusals: 415 other media type, 413 too large, 400 no JSON, 422 JSON of another shape, each with what to do.
pub struct Input<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Input<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        if !is_json(request.headers()) {
            return Err(wrong_media_type());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| unread(&rejection))?;
        parse(&bytes).map(Self)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

fn wrong_media_type() -> Failure {
    let (zh, en) = (
        "请求体必须是 JSON：请把 Content-Type 设为 application/json。",
        "The body must be JSON: send Content-Type application/json.",
    );
    Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type", "Unsupported media type", zh, en)
}

fn unread(rejection: &BytesRejection) -> Failure {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        let (zh, en) = ("请求体超过 1 MB，请缩小后再发。", "The body is larger than 1 MB; send less.");
        return Failure::new(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large", "Body too large", zh, en);
    }
    let (zh, en) = ("请求体没有收完，请再发一次。", "The body did not arrive in full; please send it again.");
    Failure::new(StatusCode::BAD_REQUEST, "body-incomplete", "Body incomplete", zh, en)
}

fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut json).map_err(|error| {
        let field = error.path().to_string();
        malformed(&field, error.inner())
    })?;
    json.end().map_err(|error| malformed(".", &error))?;
    Ok(value)
}

fn malformed(field: &str, error: &serde_json::Error) -> Failure {
    if !error.is_data() {
        let zh = format!("请求体不是合法的 JSON（第 {} 行第 {} 列）。", error.line(), error.column());
        let en = format!("The body is not valid JSON: {error}.");
        return Failure::new(StatusCode::BAD_REQUEST, "malformed-json", "Malformed JSON", &zh, &en);
    }
    let field = if field == "." { "body" } else { field };
    let zh = format!("请求里的 {field} 不符合要求，请按接口文档 /api/docs 修改。");
    let en = format!("The request's {field} is not as it must be: {error}. See /api/docs.");
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-request", "Invalid request", &zh, &en)
        .with_field(field, Text::new(zh.clone(), error.to_string()))
}

/// A query string. A refusal is a 400 that names the field.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        axum::extract::Query::try_from_uri(&parts.uri).map(|query| Self(query.0)).map_err(|rejection| {
            let en = format!("{}. See /api/docs.", rejection.body_text());
            let zh = "查询参数不符合要求，请按接口文档 /api/docs 修改。";
            Failure::new(StatusCode::BAD_REQUEST, "invalid-query", "Invalid query", zh, &en)
        })
    }
}

/// An id in the path. What can be no id stands for nothing: 404.
pub struct Id<T>(pub T);

impl<S: Send + Sync, T: FromStr> FromRequestParts<S> for Id<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Failure::not_found())?;
        text.parse().map(Self).map_err(|_| Failure::not_found())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wire::SliceRequest;

    #[test]
    fn a_refused_body_names_the_place_and_the_cure() {
        let rows = [
            ("{\"skus\": [", 400, "/problems/malformed-json", None),
            ("{\"skus\": []} x", 400, "/problems/malformed-json", None),
            ("{\"skus\": [\"A\", 5]}", 422, "/problems/invalid-request", Some("skus[1]")),
            ("{\"skus\": [], \"price\": 1}", 422, "/problems/invalid-request", Some("price")),
            ("{}", 422, "/problems/invalid-request", Some("body")),
        ];
        for (body, status, kind, field) in rows {
            let problem = parse::<SliceRequest>(body.as_bytes()).unwrap_err().problem;
            assert_eq!((problem.status, problem.kind.as_str()), (status, kind), "{body}");
            assert_eq!(problem.errors.first().map(|error| error.field.as_str()), field, "{body}");
        }
    }
}
