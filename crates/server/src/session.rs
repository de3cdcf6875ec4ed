//! The session cookie, and who a request comes from.

use crate::client;
use crate::problem::Failure;
use crate::state::AppState;
use axum::extract::FromRequestParts;
use axum::http::{HeaderValue, header, request::Parts};
use axum::response::{IntoResponseParts, ResponseParts};
use axum_extra::extract::cookie::CookieJar;
use services::{FoundSession, SessionToken, Who};

/// The cookie's name. With the prefix `__Host-` browsers take it only over https, for this host and the whole of it.
#[must_use]
pub fn cookie_name(https: bool) -> &'static str {
    if https { "__Host-session" } else { "session" }
}

/// Who a request comes from: its session, its member and its address. Channel and store are the web's: requests name theirs.
pub struct Caller(pub Who);

impl FromRequestParts<AppState> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Failure> {
        let ip = Some(client::address(&parts.extensions, &parts.headers, state.trusted_proxies));
        let jar = CookieJar::from_headers(&parts.headers);
        let found = match jar.get(cookie_name(state.https())) {
            // A secret is 43 characters; what is much longer is not worth a look into the database.
            Some(cookie) if cookie.value().len() <= 100 => state.services.session_find(cookie.value()).await?,
            _ => None,
        };
        Ok(Self(match found {
            Some(FoundSession { hash, member, staff }) => {
                Who { session: Some(hash), member, staff, ip, ..Who::default() }
            }
            None => Who { ip, ..Who::default() },
        }))
    }
}

/// A change of the session cookie that goes with a response.
pub struct SetSession(HeaderValue);

impl SetSession {
    /// The browser keeps the new secret; an old one is gone.
    #[must_use]
    pub fn start(token: &SessionToken, https: bool) -> Self {
        Self::of(&token.secret, token.max_age_seconds, https)
    }

    /// The browser forgets the secret.
    #[must_use]
    pub fn end(https: bool) -> Self {
        Self::of("", 0, https)
    }

    fn of(value: &str, max_age_seconds: i64, https: bool) -> Self {
        let secure = if https { "; Secure" } else { "" };
        let name = cookie_name(https);
        let cookie = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}");
        Self(HeaderValue::try_from(cookie).expect("a cookie of plain ASCII"))
    }
}

impl IntoResponseParts for SetSession {
    type Error = std::convert::Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Self::Error> {
        parts.headers_mut().append(header::SET_COOKIE, self.0);
        Ok(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_out_of_scripts_and_of_other_sites_reach() {
        let token = SessionToken { secret: "s3cret".into(), hash: [0; 32], max_age_seconds: 3600 };
        let plain = SetSession::start(&token, false).0;
        assert_eq!(plain, "session=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600");
        let secure = SetSession::start(&token, true).0;
        assert_eq!(secure, "__Host-session=s3cret; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure");
        assert_eq!(SetSession::end(false).0, "session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    }
}
