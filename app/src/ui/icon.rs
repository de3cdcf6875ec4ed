//! Line icons, drawn on a 24 unit grid; one type of view for all of them keeps the download small.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A basket.
    Cart,
    /// A magnifying glass.
    Search,
    /// A person.
    Person,
    /// A place on a map.
    Pin,
    /// A cross.
    Close,
    /// Sliders.
    Filter,
    /// A tick.
    Check,
    /// A plus.
    Plus,
    /// A minus.
    Minus,
    /// A coupon.
    Ticket,
    /// A cloud that is crossed out.
    Away,
    /// An arrow to the right.
    Next,
    /// An arrow to the left.
    Back,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Self::Cart => {
                "<path d='M4 9h16l-1.6 9.2a2 2 0 0 1-2 1.8H7.6a2 2 0 0 1-2-1.8L4 9Z'/><path d='m8 9 3-5m5 5-3-5M9.5 13v3m5-3v3'/>"
            }
            Self::Search => "<circle cx='11' cy='11' r='6.5'/><path d='m16 16 4.5 4.5'/>",
            Self::Person => "<circle cx='12' cy='8' r='4'/><path d='M4.5 20.5c.8-4 3.6-6 7.5-6s6.7 2 7.5 6'/>",
            Self::Pin => {
                "<path d='M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11Z'/><circle cx='12' cy='10' r='2.4'/>"
            }
            Self::Close => "<path d='m6 6 12 12M18 6 6 18'/>",
            Self::Filter => {
                "<path d='M4 7h9m5 0h2M4 17h3m5 0h8'/><circle cx='15.5' cy='7' r='2.2'/><circle cx='9.5' cy='17' r='2.2'/>"
            }
            Self::Check => "<path d='m5 12.5 4.5 4.5L19 7.5'/>",
            Self::Plus => "<path d='M12 5v14M5 12h14'/>",
            Self::Minus => "<path d='M5 12h14'/>",
            Self::Ticket => {
                "<path d='M4 7h16v3.2a2 2 0 0 0 0 3.6V17H4v-3.2a2 2 0 0 0 0-3.6V7Z'/><path d='M14 7.5v1.5m0 2.2v1.6m0 2.2v1.5'/>"
            }
            Self::Away => {
                "<path d='M8 18.5h9a4 4 0 0 0 1.5-7.7M14.5 6.3A6 6 0 0 0 6.2 11 3.9 3.9 0 0 0 6 18.3M4 4l16 16'/>"
            }
            Self::Next => "<path d='m9 5 7 7-7 7'/>",
            Self::Back => "<path d='m15 5-7 7 7 7'/>",
        }
    }
}

/// The icon as decoration: what it means is said in words beside it or by its button's label.
#[must_use]
pub fn icon(icon: Icon) -> AnyView {
    view! { <svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" inner_html=icon.path()></svg> }
        .into_any()
}
