//! Sealing at rest: rows of before, keys that rotate while servers run, and keys that are somebody else's.

use crate::common::{code, member, sent};
use services::{DataKeyRing, FixedDataKeys};
use std::sync::Arc;
use storage::{Db, Query, Value};
use testkit::{TestShop, dump, each_database};
use vault::Vault;

async fn keys(shop: &TestShop) -> Vec<String> {
    shop.services.data_keys_in_use().await.unwrap().into_iter().map(|(id, _)| id).collect()
}

fn ids(shop: &TestShop) -> Vec<String> {
    let vault = Vault::new(shop.data_keys.clone());
    vault.ring().unwrap().ids().into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn keys_rotate_while_the_shop_goes_on() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13900000009").await;
        let buy = |key: &'static str| {
            let (services, who) = (shop.services.clone(), who.clone());
            async move { crate::common::buy_as(&services, &who, &sent(&[("TEA-POT-120", 1)]), key, |_| ()).await.unwrap() }
        };
        let first = buy("key-rotate-1").await;
        let old = ids(&shop)[0].clone();
        assert_eq!(keys(&shop).await, std::slice::from_ref(&old));
        shop.data_keys.change(|ring| ring.rotated(1).unwrap());
        // Orders come and members look while everything is sealed again.
        let (sealed, second) = tokio::join!(shop.services.reseal_data(), buy("key-rotate-2"));
        assert!(sealed.unwrap() > 5);
        shop.services.reseal_data().await.unwrap();
        assert_eq!(shop.services.reseal_data().await.unwrap(), 0, "there is nothing left to do");
        let new = ids(&shop)[0].clone();
        assert_eq!(keys(&shop).await, [new]);
        shop.data_keys.change(|ring| ring.without(&[&old]));
        for order in [first, second] {
            assert_eq!(shop.services.order(&who, &order.number).await.unwrap().contact.name, "林知夏");
        }
        // The telephone is found as before.
        assert_eq!(member(&shop, "13900000009").await.member, who.member);
    })
    .await;
}

#[tokio::test]
async fn rows_of_before_are_sealed_at_the_next_start() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let db = shop.db().await;
        // What a version before sealing would have left, and a start that was interrupted before it came to it.
        let insert = "INSERT INTO members (id, phone, name, tags, points, orders, created_at) VALUES ($1, $2, $3, '[]', 0, 0, 0)";
        for at in 0..450 {
            let values = [format!("plain-{at:04}"), format!("+861360000{at:04}"), format!("旧会员{at}")];
            db.run(insert, values.map(Value::from).to_vec()).await.unwrap();
        }
        db.run("UPDATE sealing SET last = 'plain-0100', done = 0 WHERE name = 'members.phone'", vec![]).await.unwrap();
        db.run("DELETE FROM sealing WHERE name = 'members.name'", vec![]).await.unwrap();
        db.run("UPDATE members SET phone = $1 WHERE id = 'plain-0100'", vec![Value::from("v1.not.sealed")]).await.unwrap();
        let (one, two) = tokio::join!(shop.another(), shop.another());
        let cells = dump(&shop.database).await;
        let plain = cells.iter().filter(|cell| cell.table == "members" && cell.column == "phone");
        let plain: Vec<_> = plain.filter(|cell| vault::key_of(&cell.text).is_none()).collect();
        assert_eq!(plain.len(), 101, "those before the mark were said to be sealed");
        assert!(!cells.iter().any(|cell| cell.text.contains("旧会员")));
        let row = storage::members::by_phone(&db, "+8613600000449").await.unwrap().unwrap();
        assert_eq!((row.id.as_str(), row.name.as_str()), ("plain-0449", "旧会员449"));
        for services in [one, two] {
            services.close().await;
        }
        code(&shop, "13600000449").await;
        db.close().await;
    })
    .await;
}

#[tokio::test]
async fn a_database_is_opened_with_its_own_keys_only() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let other = Vault::new(Arc::new(FixedDataKeys::new(DataKeyRing::generate(0).unwrap())));
        let db = Db::open(shop.database.url(), other).await.unwrap();
        let refused = storage::sealed::check_keys(&db).await.unwrap_err().to_string();
        assert!(refused.contains("--data-dir"), "{refused}");
        let phone = storage::members::by_phone(&db, "+8613800000001").await.unwrap();
        assert_eq!(phone, None, "another key finds nobody");
        db.close().await;
    })
    .await;
}
