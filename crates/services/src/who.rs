//! Who asks, and from where.

use crate::Staff;
use ids::{MemberId, PlaceId};
use std::net::IpAddr;

/// Who asks, and from where: what the server found out about a request before it calls a use case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The signed-in member, or none for a guest.
    pub member: Option<MemberId>,
    /// The one of the shop's own people who signed in; then the member is the one that they serve, if any.
    pub staff: Option<Staff>,
    /// `web`, `kiosk` or `till`.
    pub channel: String,
    /// The store in which the shopper stands, if any.
    pub store: Option<PlaceId>,
    /// The SHA-256 of the session's secret, where there is a session.
    pub session: Option<[u8; 32]>,
    /// The address that the request came from, for limits; none where it is not known.
    pub ip: Option<IpAddr>,
}

impl Default for Who {
    /// A guest on the web without a session.
    fn default() -> Self {
        Self { member: None, staff: None, channel: "web".to_owned(), store: None, session: None, ip: None }
    }
}

impl Who {
    /// The same shopper in the channel and store of a request; what the request does not name stays.
    #[must_use]
    pub fn at(&self, channel: Option<&str>, store: Option<&PlaceId>) -> Self {
        let mut who = self.clone();
        if let Some(channel) = channel {
            channel.clone_into(&mut who.channel);
        }
        if let Some(store) = store {
            who.store = Some(store.clone());
        }
        who
    }

    /// The session as the database knows it.
    pub(crate) fn session_text(&self) -> Option<String> {
        self.session.map(|hash| crate::secret::hex(&hash))
    }
}
