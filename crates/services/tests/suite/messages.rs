//! Messages: written with the order or not at all, sent once by one of several servers, tried again, given up.

use crate::common::{guest, member, sent, staff};
use services::{Notice, Relayed, ServiceError, Who};
use std::collections::BTreeMap;
use testkit::{TestShop, each_database, order};
use wire::{MessageState, PlaceOrder};

async fn buy(shop: &TestShop, who: &Who, key: &str, language: Option<&str>) -> wire::Order {
    crate::common::buy_as(&shop.services, who, &sent(&[("TEA-POT-120", 1)]), key, |order| {
        order.contact.language = language.map(str::to_owned);
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn an_order_and_its_message_come_together_or_not_at_all() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = guest(&shop.services).await;
        let placed = buy(&shop, &who, "key-told-1", Some("en")).await;
        // An order that is refused tells nobody.
        let cart = sent(&[("TEA-POT-120", 1)]);
        let (context, quote) = crate::common::seen(&shop.services, &who, &cart).await;
        let forged = PlaceOrder { quote_hash: "0".repeat(32), ..order("key-told-2", &cart, &context, &quote) };
        assert!(shop.services.place_order(&who, &forged).await.is_err());
        assert_eq!(shop.mailbox.messages().len(), 0, "nothing leaves within the order");
        let relayed = shop.services.relay_messages().await.unwrap();
        assert_eq!(relayed, Relayed { sent: 1, put_off: 0, dead: 0 });
        let told = &shop.mailbox.messages()[0];
        assert_eq!((told.to.phone.as_str(), told.to.name.as_str()), ("+8613912345678", "林知夏"));
        assert!(told.subject.contains(&format!("Order {} received", placed.number)), "{}", told.subject);
        assert!(told.text.ends_with(&format!("http://shop.test/orders/{}", placed.number)), "{}", told.text);
        let expected = Notice::OrderPlaced {
            order: placed.number,
            payable: placed.quote.payable,
            currency: placed.quote.currency,
        };
        assert_eq!(told.notice, expected);
        assert_eq!(shop.services.relay_messages().await.unwrap(), Relayed::default());
    })
    .await;
}

#[tokio::test]
async fn several_servers_send_each_message_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = guest(&shop.services).await;
        for at in 0..40 {
            buy(&shop, &who, &format!("key-many-{at}"), None).await;
        }
        let mut relays = tokio::task::JoinSet::new();
        for at in 0..4 {
            let services = if at == 0 { shop.services.clone() } else { shop.another().await };
            relays.spawn(async move { services.relay_messages().await.unwrap().sent });
        }
        assert_eq!(relays.join_all().await.into_iter().sum::<u64>(), 40);
        let mut ids: Vec<String> = shop.mailbox.messages().into_iter().map(|one| one.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((ids.len(), shop.mailbox.messages().len()), (40, 40));
    })
    .await;
}

#[tokio::test]
async fn what_fails_is_tried_again_given_up_and_revived() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = guest(&shop.services).await;
        buy(&shop, &who, "key-again-1", None).await;
        shop.mailbox.refuse(Some(false));
        let put_off = Relayed { put_off: 1, ..Relayed::default() };
        assert_eq!(shop.services.relay_messages().await.unwrap(), put_off);
        assert_eq!(shop.services.relay_messages().await.unwrap(), Relayed::default(), "it waits");
        let mut rounds = BTreeMap::new();
        for round in 0..20 {
            shop.clock.advance_seconds(6 * 3600);
            let relayed = shop.services.relay_messages().await.unwrap();
            *rounds.entry((relayed.put_off, relayed.dead)).or_insert(0) += 1;
            if relayed.dead == 1 {
                assert_eq!(round, 14, "the sixteenth try is the last");
                break;
            }
        }
        assert_eq!(rounds, BTreeMap::from([((1, 0), 14), ((0, 1), 1)]));
        let operator = staff(&shop, "13900000005").await;
        let dead = shop.services.messages(&operator, MessageState::Dead).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts, dead[0].to.as_str()), (1, 16, "139****5678"));
        assert_eq!(dead[0].last_error, "**** is not taken", "an error does not repeat the telephone");
        let clerk = staff(&shop, "13900000001").await;
        assert!(matches!(shop.services.messages(&clerk, MessageState::Dead).await, Err(ServiceError::Forbidden)));
        assert!(matches!(shop.services.retry_message(&clerk, &dead[0].id).await, Err(ServiceError::Forbidden)));
        shop.mailbox.refuse(None);
        shop.services.retry_message(&operator, &dead[0].id).await.unwrap();
        assert!(matches!(shop.services.retry_message(&operator, &dead[0].id).await, Err(ServiceError::NotFound(_))));
        assert_eq!(shop.services.relay_messages().await.unwrap().sent, 1);
        assert_eq!(shop.mailbox.messages()[0].id, dead[0].id);
        // What will never be taken is not tried again.
        buy(&shop, &who, "key-again-2", None).await;
        shop.mailbox.refuse(Some(true));
        assert_eq!(shop.services.relay_messages().await.unwrap().dead, 1);
        // What was sent is kept for 90 days.
        assert_eq!(shop.services.forget_sent_messages().await.unwrap(), 0);
        shop.clock.advance_seconds(90 * 86_400 + 1);
        assert_eq!(shop.services.forget_sent_messages().await.unwrap(), 1);
    })
    .await;
}

/// A server that goes away between taking a message and noting that it left: another one sends it again, with the same id.
#[tokio::test]
async fn a_server_that_goes_away_loses_no_message() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13900000009").await;
        buy(&shop, &who, "key-gone-1", None).await;
        let db = shop.db().await;
        let now = shop.services.now();
        let taken = storage::outbox::take(&db, "gone", now, pricing::Instant(now.0 + 60_000), 10).await.unwrap();
        assert_eq!(taken.len(), 1);
        assert_eq!(shop.services.relay_messages().await.unwrap(), Relayed::default(), "it is taken");
        shop.clock.advance_seconds(61);
        assert_eq!(shop.services.relay_messages().await.unwrap().sent, 1);
        let told = &shop.mailbox.messages()[0];
        assert_eq!((&told.id, told.attempt), (&taken[0].id, 2));
        // The first one comes back and notes a failure: it is too late.
        storage::outbox::failed(&db, &taken[0].id, "gone", "too late", None).await.unwrap();
        let sent = storage::outbox::in_state(&db, "sent", 10).await.unwrap();
        assert_eq!((sent.len(), sent[0].last_error.as_str()), (1, ""));
        db.close().await;
    })
    .await;
}
