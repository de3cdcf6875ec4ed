//! The pages of the shop's own people. [`ENTRIES`] says what there is: a page more is a row there and a file here. What a role may do is
//! checked by the services at every call; the table only keeps what would be refused out of sight.

mod coupons;
mod desk;
mod frame;
mod hand_back;
mod jobs;
mod members;
mod order;
mod orders;
mod people;
mod person;
mod pick_up;
mod records;
mod start;
mod steps;
mod stock;
mod table;
mod take_back;
mod tasks;
mod texts;
mod till;
mod units;
mod work;

use crate::{account, front::front, ui};
use desk::Desk;
use leptos::prelude::*;
use leptos_meta::{Meta, Title};
use leptos_router::hooks::use_location;
use texts::Texts;

/// Where the staff's pages begin.
pub const BASE: &str = "/staff";

/// A page, or a page with pages below it.
pub struct Entry {
    /// The segment after [`BASE`].
    path: &'static str,
    /// What the role must be allowed, as the API calls it.
    permission: &'static str,
    /// Its name in the navigation and as the page's title.
    name: fn(Texts) -> &'static str,
    /// What it is for, on the start page.
    about: fn(Texts) -> &'static str,
    /// The page. It is handed what follows the segment in the address, such as an order's number, or nothing.
    page: fn(Desk, &str) -> AnyView,
}

/// All pages, in the order of the navigation.
const ENTRIES: [Entry; 11] = [
    Entry {
        path: "tasks",
        permission: "order_fulfil",
        name: Texts::tasks,
        about: Texts::tasks_about,
        page: tasks::page,
    },
    Entry {
        path: "pick-up",
        permission: "order_fulfil",
        name: Texts::pick_up,
        about: Texts::pick_up_about,
        page: pick_up::page,
    },
    Entry { path: "till", permission: "order_take", name: Texts::till, about: Texts::till_about, page: till::page },
    Entry {
        path: "orders",
        permission: "order_see",
        name: Texts::orders,
        about: Texts::orders_about,
        page: orders::page,
    },
    Entry { path: "stock", permission: "stock_see", name: Texts::stock, about: Texts::stock_about, page: stock::page },
    Entry {
        path: "members",
        permission: "member_see",
        name: Texts::members,
        about: Texts::members_about,
        page: members::page,
    },
    Entry {
        path: "coupons",
        permission: "coupon_issue",
        name: Texts::coupons,
        about: Texts::coupons_about,
        page: coupons::page,
    },
    Entry {
        path: "messages",
        permission: "operate",
        name: Texts::messages,
        about: Texts::messages_about,
        page: records::messages::page,
    },
    Entry {
        path: "audit",
        permission: "audit_see",
        name: Texts::audit,
        about: Texts::audit_about,
        page: records::audit::page,
    },
    Entry {
        path: "people",
        permission: "staff_manage",
        name: Texts::people,
        about: Texts::people_about,
        page: people::page,
    },
    Entry { path: "jobs", permission: "operate", name: Texts::jobs, about: Texts::jobs_about, page: jobs::page },
];

/// `/staff` and all below it.
#[component]
pub fn StaffPage() -> impl IntoView {
    let front = front();
    let body = match Desk::open(front) {
        Some(desk) => whole(desk),
        None => view! { <Title text=Texts(front.locale).sign_in()/>{account::staff_sign_in(front)} }.into_any(),
    };
    view! { <Meta name="robots" content="noindex"/>{body} }.into_any()
}

/// The head, and the page that the address names.
fn whole(desk: Desk) -> AnyView {
    let path = use_location().pathname;
    let address = Memo::new(move |_| path.with(|path| split(path)));
    let page = move || {
        let (segment, rest) = address.get();
        match ENTRIES.iter().find(|entry| entry.path == segment) {
            Some(entry) if desk.may(entry.permission) => {
                view! { <Title text=(entry.name)(desk.t)/>{(entry.page)(desk, &rest)} }.into_any()
            }
            Some(_) => not_yours(desk),
            None if segment.is_empty() => start::page(desk),
            None => crate::lost::page(),
        }
    };
    view! { {frame::head(desk)}<div class="desk">{page}</div> }.into_any()
}

/// The segment after [`BASE`], and what follows it.
fn split(path: &str) -> (String, String) {
    let below = path.strip_prefix(BASE).unwrap_or_default().trim_matches('/');
    let (segment, rest) = below.split_once('/').unwrap_or((below, ""));
    (segment.to_owned(), rest.to_owned())
}

fn not_yours(desk: Desk) -> AnyView {
    crate::api::set_status(403);
    let next = view! { <a class="button" href=BASE>{desk.t.to_start()}</a> }.into_any();
    view! { <Title text=desk.t.not_yours()/>{ui::empty(desk.t.not_yours(), desk.t.not_yours_why(), next)} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn an_address_names_a_page_and_what_it_shows() {
        let of = |path| {
            let (segment, rest) = split(path);
            format!("{segment}|{rest}")
        };
        assert_eq!(of("/staff"), "|");
        assert_eq!(of("/staff/"), "|");
        assert_eq!(of("/staff/tasks"), "tasks|");
        assert_eq!(of("/staff/orders/C-1"), "orders|C-1");
    }
}
