//! Random deeds against a model that knows only what each person has.

#![allow(clippy::unwrap_used, reason = "a test stops where something is not as it must be, in its helpers too")]

use ids::{GiftCardId, MemberId, PaymentId};
use members::ledger::{Account, Books, Deed, Entry, Purse, Short, Unit};
use money::Currency;
use proptest::prelude::*;

const CNY: Currency = Currency::CNY;

fn member(at: u8) -> MemberId {
    MemberId::new(format!("m{at}")).unwrap()
}

fn card(at: u8) -> GiftCardId {
    GiftCardId::new(format!("c{at}")).unwrap()
}

fn purse(at: u8) -> Purse {
    if at < 2 { Purse::Member(member(at)) } else { Purse::Card(card(at - 2)) }
}

/// A deed by number, of a member, a purse and an amount.
fn entry(kind: u8, who: u8, at: u8, amount: i64) -> Entry {
    let (member, card, purse, payment) =
        (member(who), card(at % 2), purse(at), PaymentId::new(format!("p{who}")).unwrap());
    let reference = format!("{kind}");
    let deed = match kind {
        0 => Deed::Opening(&member),
        1 => Deed::Earn(&member),
        2 => Deed::Release(&member),
        3 => Deed::ClawBack { member: &member, pending: amount / 2 },
        4 => Deed::Spend(&member),
        5 => Deed::GiveBack(&member),
        6 => Deed::Expire(&member),
        7 => Deed::Adjust(&member),
        _ => {
            let deed = match kind {
                8 => Deed::TopUp { member: &member, tender: "cash" },
                9 => Deed::IssueCard { card: &card, tender: "card" },
                10 => Deed::RedeemCard { card: &card, member: &member },
                11 => Deed::Hold { purse: &purse, payment: &payment },
                12 => Deed::Capture { payment: &payment },
                13 => Deed::Free { purse: &purse, payment: &payment },
                14 => Deed::Refund { purse: &purse },
                15 => Deed::Break(&card),
                _ => Deed::AdjustValue(&member),
            };
            return deed.money(reference, amount, CNY).unwrap();
        }
    };
    deed.points(reference, amount).unwrap()
}

proptest! {
    #[test]
    fn whatever_happens_the_books_balance_and_nobody_is_below_zero(
        deeds in prop::collection::vec((0_u8..17, 0_u8..2, 0_u8..4, 1_i64..50), 1..80)
    ) {
        let mut books = Books::default();
        let mut posted: Vec<Entry> = Vec::new();
        for (kind, who, at, amount) in deeds {
            let entry = entry(kind, who, at, amount);
            let before = books.clone();
            match books.apply(&entry) {
                Ok(()) => posted.push(entry),
                Err(Short { account, balance }) => {
                    prop_assert_eq!(&books, &before, "nothing is written by halves");
                    let wanted: i64 = entry.postings().iter().filter(|one| one.account == account).map(|one| one.amount).sum();
                    prop_assert!(account.is_guarded() && balance + wanted < 0, "{} is refused for a reason", account);
                }
            }
            prop_assert_eq!(books.sum(Unit::Points), Ok(0));
            prop_assert_eq!(books.sum(Unit::Money(CNY)), Ok(0));
            prop_assert!(books.iter().all(|(account, _, balance)| balance >= 0 || !account.is_guarded()));
        }
        // Derived in any order, balances are the same.
        for (account, unit, balance) in books.iter() {
            let of = |entry: &Entry| -> i64 {
                let own = entry.postings().iter().filter(|one| one.account == *account && one.unit == unit);
                own.map(|one| one.amount).sum()
            };
            prop_assert_eq!(posted.iter().rev().map(of).sum::<i64>(), balance);
        }
    }

    #[test]
    fn names_of_accounts_are_read_back(kind in 0_u8..17, who in 0_u8..2, at in 0_u8..4) {
        for posting in entry(kind, who, at, 2).postings() {
            prop_assert_eq!(posting.account.to_string().parse::<Account>(), Ok(posting.account.clone()));
            prop_assert_eq!(posting.unit.to_string().parse::<Unit>(), Ok(posting.unit));
        }
    }
}

#[test]
fn what_is_no_account_is_refused() {
    for text in ["", "points", "points-available", "points-available:", "redeemed:x", "value: x", "held:"] {
        assert!(text.parse::<Account>().is_err(), "{text}");
    }
    assert!("Points".parse::<Unit>().is_err());
    // Nothing, less than nothing, and more that waits than in all.
    let who = member(0);
    assert!(Deed::Spend(&who).points("1", 0).is_err());
    assert!(Deed::Spend(&who).points("1", -5).is_err());
    assert!(Deed::ClawBack { member: &who, pending: 6 }.points("1", 5).is_err());
    assert!(Deed::Adjust(&who).points("1", -5).is_ok());
}
