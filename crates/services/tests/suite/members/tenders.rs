//! What a person may pay with, what a gift card is worth, and what those who serve a member see of the member's money.

use super::helpers::*;
use ids::PlaceId;
use services::{ServiceError, Who};
use testkit::{TestShop, each_database};
use wire::{
    Adjust, FindMember, PlaceOrder, RedeemGiftCard, SellGiftCard, SliceRequest, TenderOffer, TenderQuery, TenderWay,
    TopUp,
};

async fn offers(shop: &TestShop, who: &Who, channel: &str) -> Vec<TenderOffer> {
    shop.services.tenders(who, &TenderQuery { channel: Some(channel.to_owned()) }).await.unwrap()
}

fn ways(offers: &[TenderOffer]) -> Vec<TenderWay> {
    let mut ways: Vec<TenderWay> = offers.iter().map(|one| one.way).collect();
    ways.sort_unstable();
    ways.dedup();
    ways
}

#[tokio::test]
async fn each_place_has_its_tenders_and_a_balance_is_told_to_its_member_only() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, clerk) = (member(&shop, "13800000001").await, staff(&shop, CLERK).await);
        let top_up = TopUp { idempotency_key: "top-up-12345".to_owned(), amount: 4_200, tender: "cash".to_owned() };
        shop.services.top_up(&clerk, who.member.as_ref().unwrap(), &top_up).await.unwrap();
        let online = offers(&shop, &who, "web").await;
        assert!(!ways(&online).contains(&TenderWay::Counter), "{online:?}");
        assert!(ways(&online).contains(&TenderWay::OnDelivery));
        for one in &online {
            let expected = (one.way == TenderWay::StoredValue).then_some(4_200);
            assert_eq!(one.balance, expected, "{one:?}");
        }
        let by_guest = offers(&shop, &guest(&shop.services).await, "web").await;
        assert!(by_guest.iter().all(|one| one.balance.is_none() && one.way != TenderWay::StoredValue), "{by_guest:?}");
        let till = offers(&shop, &clerk, "till").await;
        let counter: Vec<&str> =
            till.iter().filter(|one| one.way == TenderWay::Counter).map(|one| one.tender.as_str()).collect();
        assert_eq!(counter, ["cash", "card_terminal"]);
        assert!(!ways(&till).contains(&TenderWay::OnDelivery) && till.iter().all(|one| one.balance.is_none()));
    })
    .await;
}

#[tokio::test]
async fn a_gift_card_is_worth_what_is_left_on_it() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, clerk) = (member(&shop, "13800000001").await, staff(&shop, CLERK).await);
        let sell = SellGiftCard {
            idempotency_key: "a-gift-card-1".to_owned(),
            amount: 10_000,
            tender: "cash".to_owned(),
            expires_at: None,
        };
        let sold = shop.services.sell_gift_card(&clerk, &sell).await.unwrap();
        let asked = |code: &str| RedeemGiftCard { code: code.to_owned() };
        let typed = sold.code.to_lowercase().replace('-', " ");
        let worth = shop.services.gift_card_worth(&asked(&typed)).await.unwrap();
        assert_eq!(
            (worth.balance, worth.ending.as_str(), worth.expires_at),
            (10_000, &sold.code[sold.code.len() - 4..], None)
        );
        for wrong in ["", "AAAA-BBBB-CCCC-DDDD", "x"] {
            assert_eq!(field(shop.services.gift_card_worth(&asked(wrong)).await), "code", "{wrong}");
        }
        shop.services.redeem_gift_card(&who, &asked(&sold.code)).await.unwrap();
        assert_eq!(field(shop.services.gift_card_worth(&asked(&sold.code)).await), "code", "its money is elsewhere");
        let short = SellGiftCard {
            idempotency_key: "a-gift-card-2".to_owned(),
            expires_at: Some(pricing::Instant(shop.services.now().0 + 60_000)),
            ..sell
        };
        let sold = shop.services.sell_gift_card(&clerk, &short).await.unwrap();
        shop.clock.advance_seconds(61);
        assert_eq!(field(shop.services.gift_card_worth(&asked(&sold.code)).await), "code", "its time is over");
    })
    .await;
}

#[tokio::test]
async fn those_who_serve_a_member_see_what_moved_and_others_do_not() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13800000001").await;
        let id = who.member.clone().unwrap();
        let (clerk, admin) = (staff(&shop, CLERK).await, staff(&shop, ADMINISTRATOR).await);
        let adjust = Adjust {
            idempotency_key: "adjust-12345".to_owned(),
            points: 50,
            value: 300,
            reason: "an apology".to_owned(),
        };
        shop.services.adjust_member(&admin, &id, &adjust).await.unwrap();
        let ledger = shop.services.member_ledger(&clerk, &id).await.unwrap();
        assert_eq!((ledger.points[0].points, ledger.value[0].amount), (50, 300));
        let refused = shop.services.member_ledger(&staff(&shop, MERCHANDISER).await, &id).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "{refused:?}");
        assert!(shop.services.member_ledger(&who, &id).await.is_err(), "a member has an account page");
        let log = shop.services.audit_log(&admin, &wire::AuditQuery::default()).await.unwrap();
        assert!(log.iter().any(|one| one.action == "see" && one.member.as_ref() == Some(&id)));
    })
    .await;
}

#[tokio::test]
async fn a_till_prices_for_the_member_whom_it_serves_and_nobody_else_may() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, clerk) = (member(&shop, "13800000002").await, staff(&shop, CLERK).await);
        let store: PlaceId = "sh-wukang".parse().unwrap();
        let asked = SliceRequest {
            skus: vec!["TEA-POT-120".parse().unwrap()],
            store: Some(store),
            channel: Some("till".to_owned()),
            member: who.member.clone(),
            ..SliceRequest::default()
        };
        let answer = shop.services.slice(&clerk, &asked).await.unwrap();
        assert_eq!(answer.context.member.and_then(|member| member.id), who.member);
        let stranger = guest(&shop.services).await;
        assert!(shop.services.slice(&stranger, &asked).await.is_err(), "a guest asks for nobody's prices");
        let other = SliceRequest { member: Some(who.member.clone().unwrap()), ..asked };
        assert!(shop.services.slice(&member(&shop, "13800000003").await, &other).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn stored_value_and_points_are_spent_at_the_till_by_who_shows_the_code() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, clerk) = (member(&shop, "13800000002").await, staff(&shop, CLERK).await);
        let id = who.member.clone().unwrap();
        let adjust =
            Adjust { idempotency_key: "adjust-present".to_owned(), points: 0, value: 100_000, reason: "x".to_owned() };
        shop.services.adjust_member(&staff(&shop, ADMINISTRATOR).await, &id, &adjust).await.unwrap();
        let sale = |key: &'static str, points: i64, tender: &'static str| {
            let (shop, clerk, id) = (&shop, clerk.clone(), id.clone());
            async move {
                shop.services.place_order(&clerk, &over_counter(shop, &clerk, &id, (key, points, tender)).await).await
            }
        };
        sale("till-number-1", 0, "cash").await.unwrap();
        for (key, points, tender) in [("till-number-2", 0, "stored_value"), ("till-number-3", 100, "cash")] {
            assert_eq!(field(sale(key, points, tender).await), "member", "{key}");
        }
        let shown = shop.services.member_code(&who, &NoArt).await.unwrap();
        shop.services.find_member(&clerk, &FindMember { text: shown.code }).await.unwrap();
        let request = over_counter(&shop, &clerk, &id, ("till-code-1", 100, "stored_value")).await;
        let paid = shop.services.place_order(&clerk, &request).await.unwrap();
        assert_eq!(paid.quote.points_spent, 100);
        assert!(shop.services.account(&who).await.unwrap().value.balance < 100_000);
        shop.clock.advance_seconds(16 * 60);
        assert_eq!(field(sale("till-code-2", 0, "stored_value").await), "member", "that is another visit");
        let again = shop.services.place_order(&clerk, &request).await.unwrap();
        assert_eq!(again.number, paid.number, "what is done is done");
    })
    .await;
}

/// A sale over the counter for a member: a teapot, handed over at once.
async fn over_counter(
    shop: &TestShop,
    clerk: &Who,
    member: &ids::MemberId,
    (key, points, tender): (&str, i64, &str),
) -> PlaceOrder {
    let store: PlaceId = "sh-wukang".parse().unwrap();
    let cart = pricing::Cart { points, ..testkit::cart(&[("TEA-POT-120", 1)]) };
    let asked = SliceRequest {
        skus: vec!["TEA-POT-120".parse().unwrap()],
        store: Some(store.clone()),
        channel: Some("till".to_owned()),
        member: Some(member.clone()),
        ..SliceRequest::default()
    };
    let answer = shop.services.slice(clerk, &asked).await.unwrap();
    let quote = pricing::CompiledBook::from_slice(answer.slice).unwrap().quote(&cart, &answer.context).unwrap();
    let payments = vec![wire::TenderAsk { tender: tender.to_owned(), amount: None, reference: None }];
    PlaceOrder {
        payments,
        channel: Some("till".to_owned()),
        delivery: wire::Delivery::PickUp { store: store.clone() },
        store: Some(store),
        member: Some(member.clone()),
        hand_over: true,
        ..testkit::order(key, &cart, &answer.context, &quote)
    }
}
