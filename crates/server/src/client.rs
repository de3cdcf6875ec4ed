//! Which address a request comes from, as far as it can be trusted.

use axum::extract::ConnectInfo;
use axum::http::{Extensions, HeaderMap};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// The client's address: the socket's peer, or, with `proxies` trusted hops in front, the address that the outermost of
/// them saw. Each proxy appends the address it saw to X-Forwarded-For, so the entry counted from the right is the one that
/// no client can forge.
#[must_use]
pub fn address(extensions: &Extensions, headers: &HeaderMap, proxies: usize) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |info| info.0.ip());
    forwarded(headers, proxies).unwrap_or(peer)
}

fn forwarded(headers: &HeaderMap, proxies: usize) -> Option<IpAddr> {
    let from_the_right = proxies.checked_sub(1)?;
    let values = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    hops.iter().rev().nth(from_the_right)?.parse().ok()
}

/// What a client is known by for limits: an IPv4 address, or the /64 network of an IPv6 address, which one household owns whole.
#[must_use]
pub fn limit_key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_header_changes_nothing() {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.2".parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(SocketAddr::from(([192, 0, 2, 1], 4000))));
        let seen = |proxies| address(&extensions, &headers, proxies).to_string();
        assert_eq!((seen(0), seen(1), seen(2)), ("192.0.2.1".into(), "10.0.0.2".into(), "203.0.113.9".into()));
        assert_eq!(seen(9), "192.0.2.1", "fewer hops than proxies: the peer");
    }

    #[test]
    fn a_household_is_one_client() {
        let key = |text: &str| limit_key(text.parse().unwrap()).to_string();
        assert_eq!(key("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(key("::ffff:192.0.2.1"), "192.0.2.1");
    }
}
