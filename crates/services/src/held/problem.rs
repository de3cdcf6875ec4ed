//! Why a held quote is not honoured: a closed list, each with its code and what to do.

use pricing::Text;

/// Why a held quote is not honoured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldProblem {
    /// It is not what the shop signed.
    Tampered,
    /// It was signed with a key that the shop does not know, or no longer.
    UnknownKey,
    /// Its time is over.
    Expired,
    /// It became an order before.
    Used,
    /// It was made for another member, or for a guest.
    OtherMember,
    /// It was made in another channel or store.
    OtherPlace,
    /// The cart is not the one it was made for.
    OtherCart,
    /// Another engine made it; this one can't compute it again.
    OtherEngine,
    /// The uses of a promotion in it have run out since.
    UsedUp,
    /// The member has spent the points since.
    PointsSpent,
}

impl HeldProblem {
    /// The kind as the last part of its address.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Tampered => "held-invalid",
            Self::UnknownKey => "held-unknown-key",
            Self::Expired => "held-expired",
            Self::Used => "held-used",
            Self::OtherMember => "held-other-member",
            Self::OtherPlace => "held-other-place",
            Self::OtherCart => "held-other-cart",
            Self::OtherEngine => "held-other-engine",
            Self::UsedUp => "held-promotion-used-up",
            Self::PointsSpent => "held-points-spent",
        }
    }

    /// The kind in a few words, English.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Tampered => "The held quote is not genuine",
            Self::UnknownKey => "The held quote's key is not known",
            Self::Expired => "The held quote has expired",
            Self::Used => "The held quote was used",
            Self::OtherMember => "The held quote is another shopper's",
            Self::OtherPlace => "The held quote is from another channel or store",
            Self::OtherCart => "The held quote is for another cart",
            Self::OtherEngine => "The held quote was made by another engine",
            Self::UsedUp => "A promotion in the held quote is used up",
            Self::PointsSpent => "The points in the held quote are spent",
        }
    }

    /// What happened and what to do, in both languages.
    pub(crate) fn detail(self) -> Text {
        let (zh, en) = match self {
            Self::Tampered => (
                "这份保价单不是本店签发的原件，请重新保价。",
                "This held quote is not as the shop signed it; ask for a new one.",
            ),
            Self::UnknownKey => (
                "这份保价单的签名密钥已停用，请重新保价。",
                "The key that signed this held quote is no longer in use; ask for a new one.",
            ),
            Self::Expired => (
                "保价已到期，请按现在的价格重新确认。",
                "The held quote has expired; look at the price now and hold it again if you agree.",
            ),
            Self::Used => (
                "这份保价单已经下过单，每份只能用一次。",
                "This held quote became an order already; each can be used once.",
            ),
            Self::OtherMember => (
                "这份保价单是为另一位顾客做的，请用原来的账号登录，或重新保价。",
                "This held quote was made for another shopper; sign in as that member or ask for a new one.",
            ),
            Self::OtherPlace => (
                "这份保价单是在另一个渠道或门店做的，请在原处下单，或重新保价。",
                "This held quote was made in another channel or store; order there or ask for a new one.",
            ),
            Self::OtherCart => (
                "购物车与保价时不同，请改回原来的购物车，或重新保价。",
                "The cart is not the one of the held quote; restore it or ask for a new quote.",
            ),
            Self::OtherEngine => (
                "系统升级后这份保价单无法再核对，请重新保价。",
                "The shop was upgraded since and can't check this held quote any more; ask for a new one.",
            ),
            Self::UsedUp => (
                "保价里的一项优惠已经用完，请重新保价。",
                "A promotion in this held quote has been used up since; ask for a new one.",
            ),
            Self::PointsSpent => (
                "保价里要用的积分已经花掉，请重新保价。",
                "The points in this held quote have been spent since; ask for a new one.",
            ),
        };
        Text::new(zh, en)
    }
}
