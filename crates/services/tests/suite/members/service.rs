//! What the shop's own people do with members.

use super::helpers::*;
use services::{ServiceError, Who};
use testkit::{TestShop, each_database};
use wire::{Adjust, FindMember, IssueCoupon, MemberView, TopUp};

#[tokio::test]
async fn a_member_is_known_at_the_till_by_a_code_that_is_good_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (clerk, manager) = (staff(&shop, CLERK).await, staff(&shop, "13900000002").await);
        let who = member(&shop, "13800000002").await;
        let find = |staff: &Who, text: &str| {
            let (services, staff, text) = (shop.services.clone(), staff.clone(), text.to_owned());
            async move { services.find_member(&staff, &FindMember { text }).await }
        };
        let missing = |result: Result<MemberView, ServiceError>| matches!(result, Err(ServiceError::NotFound(_)));
        let shown = shop.services.member_code(&who, &NoArt).await.unwrap();
        assert!(shown.qr_svg.contains(&shown.code) && shown.code.starts_with(&shown.number));
        let view = find(&clerk, &shown.code).await.unwrap();
        assert_eq!((&view.phone[..], &view.name[..], view.points, view.shown), ("138****0002", "周**", 2680, true));
        assert_eq!(find(&clerk, &shown.code).await.unwrap().id, view.id, "who scanned it may scan again");
        assert!(missing(find(&manager, &shown.code).await), "nobody else may");
        shop.clock.advance_seconds(30);
        let next = shop.services.member_code(&who, &NoArt).await.unwrap();
        assert_ne!(next.code, shown.code);
        shop.clock.advance_seconds(30);
        assert!(find(&manager, &next.code).await.unwrap().shown, "a step later it is still good");
        let last = shop.services.member_code(&who, &NoArt).await.unwrap();
        shop.clock.advance_seconds(60);
        assert!(missing(find(&clerk, &last.code).await), "two steps later it is not");
        assert!(find(&clerk, &shown.number).await.unwrap().shown, "who showed the code is present for a sale");
        shop.clock.advance_seconds(900);
        // What the member says is enough to be found, not to be shown as present.
        for text in [shown.number.as_str(), "138 0000 0002"] {
            let found = find(&clerk, text).await.unwrap();
            assert_eq!((found.id, found.shown), (view.id.clone(), false));
        }
        for text in ["13800009999", "123", "", "周知夏"] {
            assert!(missing(find(&clerk, text).await), "{text}");
        }
        assert!(matches!(find(&who, &shown.number).await, Err(ServiceError::Forbidden)));
        assert!(matches!(find(&Who::default(), &shown.number).await, Err(ServiceError::SignInNeeded)));
        assert!(shop.services.forget_member_codes().await.unwrap() > 0);
    })
    .await;
}

#[tokio::test]
async fn money_and_points_are_corrected_by_those_who_may_and_never_below_zero() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (clerk, admin) = (staff(&shop, CLERK).await, staff(&shop, ADMINISTRATOR).await);
        let who = member(&shop, "13800000001").await;
        let id = who.member.clone().unwrap();
        let top_up = TopUp { idempotency_key: "top-up-one".to_owned(), amount: 10_000, tender: "cash".to_owned() };
        for _ in 0..2 {
            assert_eq!(shop.services.top_up(&clerk, &id, &top_up).await.unwrap().value, 10_000);
        }
        let other = TopUp { amount: 5, ..top_up.clone() };
        assert!(matches!(shop.services.top_up(&clerk, &id, &other).await, Err(ServiceError::Conflict)));
        let bad = TopUp { amount: 0, tender: "gold".to_owned(), ..top_up.clone() };
        assert_eq!(field(shop.services.top_up(&clerk, &id, &bad).await), "amount");
        let adjust = |key: &str, points, value| Adjust {
            idempotency_key: key.to_owned(),
            points,
            value,
            reason: "送错了商品".to_owned(),
        };
        let refused = shop.services.adjust_member(&clerk, &id, &adjust("adjust-1", 5, 0)).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)), "a clerk may not");
        assert_eq!(field(shop.services.adjust_member(&admin, &id, &adjust("adjust-2", -321, 0)).await), "points");
        assert_eq!(field(shop.services.adjust_member(&admin, &id, &adjust("adjust-3", -20, -10_001)).await), "value");
        for _ in 0..2 {
            let view = shop.services.adjust_member(&admin, &id, &adjust("adjust-4", -20, -4_000)).await.unwrap();
            assert_eq!((view.points, view.value), (300, 6_000), "of two corrections one that fails leaves both");
        }
        let account = shop.services.account(&who).await.unwrap();
        assert_eq!((account.member.points, account.value.balance), (300, 6_000));
        assert_eq!(account.value.history[0].reason.zh, "送错了商品");
        let level = account.level.unwrap();
        assert_eq!(level.next.unwrap().missing.en, "¥5,000.00 more until Gold member");
        assert_eq!((level.reached, level.until), (0, None), "the shop gave the level");
        assert!(shop.services.prove_ledger(shop.services.now()).await.unwrap().holds());
    })
    .await;
}

#[tokio::test]
async fn who_is_erased_has_no_card_no_coupons_and_no_points_and_the_books_still_agree() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (clerk, admin) = (staff(&shop, CLERK).await, staff(&shop, ADMINISTRATOR).await);
        let who = member(&shop, "13800000001").await;
        let id = who.member.clone().unwrap();
        let batch = make(&shop, &admin, &batch(None, 0)).await;
        let gift = IssueCoupon { batch: batch.id, cause: "林一安 asked for it".to_owned() };
        shop.services.issue_coupon(&admin, &id, &gift).await.unwrap();
        let number = shop.services.member_code(&who, &NoArt).await.unwrap().number;
        let top_up = TopUp { idempotency_key: "top-up-one".to_owned(), amount: 500, tender: "cash".to_owned() };
        shop.services.top_up(&clerk, &id, &top_up).await.unwrap();
        let erase = wire::ErasePerson { reason: "asked for it".to_owned(), give_up_points: true };
        let refused = shop.services.erase_person(&admin, &id, &erase).await;
        assert!(matches!(refused, Err(ServiceError::NotNow(_))), "stored money is not given up");
        let pay_back = Adjust {
            idempotency_key: "pay-back".to_owned(),
            points: 7,
            value: -500,
            reason: "林一安 was paid back".to_owned(),
        };
        shop.services.adjust_member(&admin, &id, &pay_back).await.unwrap();
        let export = shop.services.export_me(&who).await.unwrap();
        assert_eq!((export.value.len(), export.coupons.len(), export.points[0].points), (2, 1, 7));
        shop.services.erase_person(&admin, &id, &erase).await.unwrap();
        let found = shop.services.find_member(&clerk, &FindMember { text: number }).await;
        assert!(matches!(found, Err(ServiceError::NotFound(_))));
        let db = shop.db().await;
        let account = members::ledger::Account::PointsAvailable(id.clone());
        let notes = storage::ledger::history(&db, &account, members::ledger::Unit::Points, 9).await.unwrap();
        assert!(notes.iter().all(|one| one.why.is_none()));
        let told = storage::points::all(&db, &id).await.unwrap();
        assert!(
            told.iter().all(|one| !one.reason.zh.contains("林一安"))
                && told.iter().map(|one| one.points).sum::<i64>() == -320
        );
        let wallet = storage::wallet::of_member(&db, &id, 9).await.unwrap();
        assert!(wallet.iter().all(|one| !one.state.is_free() && !one.cause.contains("林一安")));
        assert!(storage::proofs::all(&db).await.unwrap().is_empty());
        db.close().await;
        assert!(shop.services.prove_ledger(shop.services.now()).await.unwrap().holds());
    })
    .await;
}
