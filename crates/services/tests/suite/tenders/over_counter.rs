//! Money over the counter: what is left to pay when goods are handed over, and what somebody hands back.

use super::shop::{Shop, ask, shop};
use testkit::each_database;
use wire::{Order, SellGiftCard};

#[tokio::test]
async fn who_hands_goods_over_reads_what_is_left_to_pay() {
    each_database(|database| async {
        let shop = shop(database).await;
        let admin = shop.administrator().await;
        let due = |order: Order| {
            let (services, admin) = (shop.services().clone(), admin.clone());
            async move {
                let tasks = services.tasks(&admin, &order.fulfilments[0].place).await.unwrap();
                tasks.into_iter().find(|task| task.order == order.number).unwrap().due
            }
        };
        let order = shop.buy("key-due-1", 2, Vec::new()).await;
        assert_eq!(due(order.clone()).await, order.quote.payable);
        shop.cancel(&order, "cancel-due-1", Some(1)).await;
        let back = shop.services().order(&shop.who, &order.number).await.unwrap().returns[0].refund.total;
        assert_eq!(due(order.clone()).await, order.quote.payable - back, "what will not come is not to be paid");

        shop.top_up(1_000_000).await;
        let paid = shop.buy("key-due-2", 1, vec![ask("stored_value", None, None)]).await;
        assert_eq!(due(paid).await, 0);
    })
    .await;
}

/// What is to be handed back of an order, as the clerk reads it.
async fn to_hand_back(shop: &Shop, order: &Order) -> Vec<(String, i64)> {
    let seen = shop.services().staff_order(&shop.clerk, &order.number).await.unwrap();
    seen.hand_back.into_iter().map(|one| (one.tender, one.amount)).collect()
}

#[tokio::test]
async fn cash_is_handed_back_by_somebody_who_says_so() {
    each_database(|database| async {
        let shop = shop(database).await;
        let order = shop.buy("key-cash-1", 2, Vec::new()).await;
        shop.deliver(&order).await;
        let back = shop.back(&order, "back-cash-1", 1);
        let receipt = shop.services().take_back(&shop.clerk, &order.number, &back).await.unwrap();
        assert_eq!(to_hand_back(&shop, &order).await, [("pay_on_delivery".to_owned(), receipt.refund.total)]);
        let called: Vec<&str> = receipt.refund.tenders.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(called, ["pay_on_delivery"], "a receipt calls a tender by its name");
        let own = shop.services().order(&shop.who, &order.number).await.unwrap();
        assert!(own.hand_back.is_empty(), "that is for those who hand it over");
        let id = shop.services().staff_order(&shop.clerk, &order.number).await.unwrap().hand_back[0].refund.clone();
        for _ in 0..2 {
            shop.services().record_refund(&shop.clerk, &id, None).await.unwrap();
        }
        assert_eq!(to_hand_back(&shop, &order).await, []);
        assert_eq!(shop.sums(&order).await[0].2, receipt.refund.total);
        shop.proved().await;
    })
    .await;
}

#[tokio::test]
async fn money_of_a_card_that_is_over_is_handed_back_in_cash() {
    each_database(|database| async {
        let shop = shop(database).await;
        let card = SellGiftCard {
            idempotency_key: "card-short-1".to_owned(),
            amount: 1_000_000,
            tender: "cash".to_owned(),
            expires_at: Some(pricing::Instant(shop.services().now().0 + 86_400_000)),
        };
        let code = shop.services().sell_gift_card(&shop.clerk, &card).await.unwrap().code;
        let order = shop.buy("key-card-over-1", 2, vec![ask("gift_card", None, Some(&code))]).await;
        shop.deliver(&order).await;
        let first = shop.back(&order, "back-card-1", 1);
        let to_card = shop.services().take_back(&shop.clerk, &order.number, &first).await.unwrap().refund.total;
        assert_eq!(to_hand_back(&shop, &order).await, [], "the card has it");
        shop.test.clock.advance_seconds(2 * 86_400);
        let second = shop.back(&order, "back-card-2", 1);
        let receipt = shop.services().take_back(&shop.clerk, &order.number, &second).await.unwrap();
        let seen = shop.services().staff_order(&shop.clerk, &order.number).await.unwrap().hand_back;
        assert_eq!((seen.len(), seen[0].amount), (1, receipt.refund.total));
        shop.proved().await;
        for _ in 0..2 {
            shop.services().record_refund(&shop.clerk, &seen[0].refund, None).await.unwrap();
        }
        assert_eq!(to_hand_back(&shop, &order).await, []);
        assert_eq!(shop.sums(&order).await[0].2, to_card + receipt.refund.total);
        shop.proved().await;
    })
    .await;
}
