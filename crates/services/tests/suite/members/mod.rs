//! What members have and how they are served: coupons that are given out singly, gift cards, the code at the till, on SQLite and on PostgreSQL.

mod helpers;
mod service;
mod tenders;

use helpers::*;
use services::{ServiceError, Who};
use std::{collections::HashSet, time::Instant};
use testkit::{TestShop, each_database};
use wire::{CancelOrder, IssueCoupon, MakeCouponBatch, RedeemGiftCard, SellGiftCard, TellBirthday, WalletState};

#[tokio::test]
async fn a_unique_code_is_one_orders_at_a_time_however_many_want_it() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let merchandiser = staff(&shop, MERCHANDISER).await;
        // Before there is a batch the generic code is everybody's.
        let who = guest(&shop.services).await;
        buy(&shop.services, &who, "key-generic-1", &[]).await.unwrap();
        let request = batch(Some("SUMMER"), 50);
        let made = make(&shop, &merchandiser, &request).await;
        assert_eq!(make(&shop, &merchandiser, &request).await.id, made.id, "the same request makes one batch");
        let taken = MakeCouponBatch { idempotency_key: "another-batch".to_owned(), ..request };
        assert_eq!(field(shop.services.make_coupon_batch(&merchandiser, &taken).await), "prefix");
        let codes = codes(&shop, &merchandiser, &made).await;
        assert_eq!(codes.len(), 50);

        let typed = codes[7].to_lowercase().replace('-', " ");
        let known = resolve(&shop.services, &who, &typed).await;
        assert_eq!((known.coupon.as_str(), known.code.as_ref().unwrap().as_str()), ("TEA15", codes[7].as_str()));
        assert!(known.why_not.is_none() && known.name.en.contains("Tea"));
        assert!(resolve(&shop.services, &who, "SUMMER-0000-0000-0000").await.why_not.is_some());
        assert!(resolve(&shop.services, &who, "TEA15").await.why_not.is_some(), "worth nothing alone");
        assert_eq!(field(buy(&shop.services, &who, "key-generic-2", &[]).await), "codes");
        assert_eq!(
            field(buy(&shop.services, &who, "key-generic-3", &[coupon("SUMMER-0000-0000-0000")]).await),
            "codes"
        );

        let code = [coupon(&codes[7])];
        let mut tries = tokio::task::JoinSet::new();
        for at in 0..12 {
            let (services, code) = (shop.services.clone(), code.clone());
            let who = guest(&services).await;
            tries.spawn(async move { (buy(&services, &who, &format!("key-once-{at}"), &code).await, who) });
        }
        let (won, lost): (Vec<_>, Vec<_>) = tries.join_all().await.into_iter().partition(|(result, _)| result.is_ok());
        assert_eq!((won.len(), lost.len()), (1, 11));
        lost.into_iter().for_each(|(result, _)| assert_eq!(field(result), "codes"));
        assert!(resolve(&shop.services, &who, &codes[7]).await.why_not.is_some());
        // The order is cancelled: the code can be used again, once.
        let (order, winner) = won.into_iter().map(|(order, who)| (order.unwrap(), who)).next().unwrap();
        let cancel = CancelOrder { idempotency_key: "cancel-it".to_owned(), ..CancelOrder::default() };
        shop.services.cancel_order(&winner, &order.number, &cancel).await.unwrap();
        assert!(resolve(&shop.services, &who, &codes[7]).await.why_not.is_none());
        buy(&shop.services, &who, "key-after-1", &code).await.unwrap();
        assert_eq!(field(buy(&shop.services, &who, "key-after-2", &code).await), "codes");
        // A closed batch gives nothing.
        shop.services.close_coupon_batch(&merchandiser, &made.id).await.unwrap();
        assert!(resolve(&shop.services, &who, &codes[8]).await.why_not.is_some());
        assert_eq!(field(buy(&shop.services, &who, "key-after-3", &[coupon(&codes[8])]).await), "codes");
        let counts = shop.services.coupon_batches(&merchandiser).await.unwrap()[0].counts.clone();
        assert_eq!((counts.len(), counts[0].state.as_str(), counts[0].count), (1, "used", 1));
    })
    .await;
}

#[tokio::test]
async fn a_million_codes_are_made_exported_and_found() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let merchandiser = staff(&shop, MERCHANDISER).await;
        let began = Instant::now();
        let made = make(&shop, &merchandiser, &batch(Some("MILLION"), 1_000_000)).await;
        let all = codes(&shop, &merchandiser, &made).await;
        eprintln!("a million codes made and exported in {:?}", began.elapsed());
        assert_eq!(all.len(), 1_000_000);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 1_000_000, "no code twice");
        let began = Instant::now();
        for at in [0, 1, 499_999, 999_999] {
            let known = resolve(&shop.services, &Who::default(), &all[at]).await;
            assert!(known.why_not.is_none() && known.batch.as_ref() == Some(&made.id), "{}", all[at]);
        }
        eprintln!("four of them found in {:?}", began.elapsed());
    })
    .await;
}

#[tokio::test]
async fn a_wallet_is_filled_used_and_given_back() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let merchandiser = staff(&shop, MERCHANDISER).await;
        let welcome = MakeCouponBatch { occasion: Some("sign_up".to_owned()), wallet_days: Some(30), ..batch(None, 0) };
        let made = make(&shop, &merchandiser, &welcome).await;
        // Who was a member before has none; who becomes one now is given one.
        let old = member(&shop, "13800000001").await;
        assert_eq!(field(buy(&shop.services, &old, "key-old-1", &[]).await), "codes");
        let new = member(&shop, "13712345678").await;
        let states = |who: Who| {
            let services = shop.services.clone();
            async move {
                let account = services.account(&who).await.unwrap();
                let own = account.coupons.into_iter().filter(|one| one.state != WalletState::Open);
                own.map(|one| (one.state, one.order.is_some())).collect::<Vec<_>>()
            }
        };
        assert_eq!(states(new.clone()).await, [(WalletState::Issued, false)]);
        assert!(resolve(&shop.services, &new, "TEA15").await.why_not.is_none());
        let order = buy(&shop.services, &new, "key-new-1", &[]).await.unwrap();
        assert_eq!(states(new.clone()).await, [(WalletState::Used, true)]);
        assert_eq!(field(buy(&shop.services, &new, "key-new-2", &[]).await), "codes");
        let cancel = CancelOrder { idempotency_key: "cancel-it".to_owned(), ..CancelOrder::default() };
        shop.services.cancel_order(&new, &order.number, &cancel).await.unwrap();
        assert_eq!(states(new.clone()).await, [(WalletState::Returned, true)]);
        // The merchandiser gives the other one, too: once for a cause.
        let id = old.member.clone().unwrap();
        let gift = IssueCoupon { batch: made.id.clone(), cause: "sorry for the delay".to_owned() };
        assert!(shop.services.issue_coupon(&merchandiser, &id, &gift).await.unwrap().id.is_some());
        assert!(shop.services.issue_coupon(&merchandiser, &id, &gift).await.unwrap().id.is_none());
        shop.clock.advance_seconds(31 * 86_400);
        assert_eq!(shop.services.expire_coupons().await.unwrap(), 2);
        assert_eq!(states(old.clone()).await, [(WalletState::Expired, false)]);
        assert_eq!(states(new).await, [(WalletState::Expired, true)]);
    })
    .await;
}

#[tokio::test]
async fn a_birthday_brings_one_coupon_a_year() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let merchandiser = staff(&shop, MERCHANDISER).await;
        make(&shop, &merchandiser, &MakeCouponBatch { occasion: Some("birthday".to_owned()), ..batch(None, 0) }).await;
        let who = member(&shop, "13712345678").await;
        shop.services.tell_birthday(&who, &TellBirthday { month: Some(12) }).await.unwrap();
        let mut given = Vec::new();
        // Days of November, December, and December a year later.
        for days in [0, 10, 1, 364] {
            shop.clock.advance_seconds(days * 86_400);
            given.push(shop.services.give_birthday_coupons().await.unwrap());
        }
        assert_eq!(given, [0, 1, 0, 1]);
    })
    .await;
}

#[tokio::test]
async fn a_gift_card_is_stored_once_and_stored_money_is_proved() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let clerk = staff(&shop, CLERK).await;
        let sell = SellGiftCard {
            idempotency_key: "card-one".to_owned(),
            amount: 20_000,
            tender: "cash".to_owned(),
            expires_at: None,
        };
        let sold = shop.services.sell_gift_card(&clerk, &sell).await.unwrap();
        assert_eq!(
            shop.services.sell_gift_card(&clerk, &sell).await.unwrap(),
            sold,
            "an answer that was lost is answered again"
        );
        let other = SellGiftCard { amount: 5, ..sell.clone() };
        assert!(matches!(shop.services.sell_gift_card(&clerk, &other).await, Err(ServiceError::Conflict)));
        let (one, two) = (member(&shop, "13800000001").await, member(&shop, "13800000002").await);
        let redeem = |who: Who, code: String| {
            let services = shop.services.clone();
            async move { services.redeem_gift_card(&who, &RedeemGiftCard { code }).await }
        };
        let code = sold.code.to_lowercase();
        let (a, b, c) = tokio::join!(
            redeem(one.clone(), code.clone()),
            redeem(two.clone(), code.clone()),
            redeem(one.clone(), code.clone())
        );
        let stored: Vec<i64> =
            [&a, &b, &c].into_iter().filter_map(|one| one.as_ref().ok()).map(|one| one.balance).collect();
        assert!(stored.iter().all(|balance| *balance == 20_000) && !stored.is_empty(), "{a:?} {b:?} {c:?}");
        let balances = [&one, &two].map(|who| shop.services.account(who));
        let [one_has, two_has] = balances;
        let sum = one_has.await.unwrap().value.balance + two_has.await.unwrap().value.balance;
        assert_eq!(sum, 20_000, "the money is with one of them, once");
        // Wrong codes are counted.
        let three = member(&shop, "13800000003").await;
        for _ in 0..10 {
            assert_eq!(field(redeem(three.clone(), "0000-0000-0000-0000".to_owned()).await), "code");
        }
        let more = redeem(three.clone(), "0000-0000-0000-0001".to_owned()).await;
        assert!(matches!(more, Err(ServiceError::RateLimited { .. })));
        assert!(shop.services.prove_ledger(shop.services.now()).await.unwrap().holds());
    })
    .await;
}
