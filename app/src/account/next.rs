//! Where to go after signing in.

/// The page that `?next=` names, if it is one of this shop; else the account. A link must not lead people who have just
/// signed in to somebody else's site.
pub fn next_page(next: Option<&str>) -> String {
    let next = next.unwrap_or_default();
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/sign-in");
    // Browsers read a backslash as a slash and skip control characters.
    let clean = !next.chars().any(|one| one == '\\' || one.is_control());
    if ours && clean { next.to_owned() } else { "/account".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::next_page;

    #[test]
    fn only_pages_of_this_shop_are_followed() {
        assert_eq!(next_page(Some("/checkout?a=1")), "/checkout?a=1");
        for bad in [
            None,
            Some(""),
            Some("https://x.example"),
            Some("//x.example"),
            Some("/\\x.example"),
            Some("/\t/x.example"),
            Some("/sign-in"),
        ] {
            assert_eq!(next_page(bad), "/account", "{bad:?}");
        }
    }
}
