//! Facts that promotions ask for, from where people state them to what is charged: brands and costs of imports, the month of a birthday, tenders, gifts.

use pricing::{Cart, CompiledBook, GiftChoice, Quote, book::PriceBook};
use serde_json::{Value, json};
use services::{Deed, ServiceError, Services, Who};
use testkit::{TestShop, cart, each_database, order};
use wire::{QuoteRequest, RequestCode, SignIn, SliceRequest, TellBirthday};

async fn member(shop: &TestShop, phone: &str) -> Who {
    let phone = phone.to_owned();
    shop.services.request_code(&Who::default(), &RequestCode { phone: phone.clone() }).await.unwrap();
    let code = shop.mailbox.last(&format!("+86{phone}")).unwrap();
    let signed = shop.services.sign_in(&Who::default(), &SignIn { phone, code }).await.unwrap();
    Who { member: Some(signed.member), session: Some(signed.token.hash), ..Who::default() }
}

async fn import(services: &Services, csv: &str) {
    let plan = services.plan_products(&[("p.csv".to_owned(), csv.as_bytes().to_vec())]).await.unwrap();
    assert_eq!(plan.faults, []);
    services.commit_products(plan, &mut |_, _| ()).await.unwrap();
}

/// Makes the book in force hold with other promotions, and with what else is changed in it.
async fn publish(services: &Services, promotions: Value, edit: impl FnOnce(&mut Value)) {
    let id = services.version_named("current").await.unwrap();
    let mut book = serde_json::to_value(services.version(&id).await.unwrap()).unwrap();
    book["promotions"] = promotions;
    edit(&mut book);
    let book: PriceBook = serde_json::from_value(book).unwrap();
    let deed = Deed { by: "lin".to_owned(), reason: "a test".to_owned() };
    let id = services.publish(book, &deed).await.unwrap().id;
    services.activate(&id, None, &deed).await.unwrap();
}

/// The server's quote, which the browser's is equal to.
async fn quote(services: &Services, who: &Who, cart: &Cart) -> Quote {
    let skus = cart.lines.iter().map(|line| line.sku.clone()).collect();
    let answer = services.slice(who, &SliceRequest { skus, ..SliceRequest::default() }).await.unwrap();
    let text = serde_json::to_string(&answer.slice).unwrap();
    assert!(!text.contains("\"cost\"") && !text.contains("margin_floor"), "what goods cost the shop stays in the shop");
    let seen = CompiledBook::from_slice(answer.slice).unwrap().quote(cart, &answer.context).unwrap();
    let request = QuoteRequest { cart: cart.clone(), store: None, channel: None };
    assert_eq!(services.quote(who, &request).await.unwrap(), seen);
    seen
}

const HEAD: &str = "Handle,Title,Vendor,Variant SKU,Variant Price,Cost per item\n";

#[tokio::test]
async fn a_brand_and_a_cost_come_from_imports_and_follow_them() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (services, guest) = (&shop.services, Who::default());
        import(services, &format!("{HEAD}cup,Cup,Kiln,CUP,100.00,60.00\nbowl,Bowl,Other,BOWL,100.00,60.00\n")).await;
        let kiln = json!([{"id": "KILN", "class": "product", "then": {"percent": "50", "on": {"brand": ["Kiln"]}}}]);
        publish(services, kiln.clone(), |_| ()).await;
        let both = cart(&[("CUP", 1), ("BOWL", 1)]);
        assert_eq!(quote(services, &guest, &both).await.payable, 15_000);
        // A floor of a tenth over cost: ¥66.00.
        publish(services, kiln, |book| book["margin_floor"] = json!("0.10")).await;
        let limited = quote(services, &guest, &both).await;
        assert_eq!((limited.payable, limited.applied[0].limited), (16_600, true));
        import(services, &format!("{HEAD}cup,Cup,Kiln,CUP,100.00,70.00\nbowl,Bowl,Kiln,BOWL,100.00,30.00\n")).await;
        assert_eq!(quote(services, &guest, &both).await.payable, 7_700 + 5_000);
    })
    .await;
}

#[tokio::test]
async fn a_birthday_month_is_told_once_a_year_and_taken_back_at_any_time() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let offer = json!([{"id": "BIRTHDAY", "class": "order", "if": [{"birthday_month": true}],
            "then": {"percent": "10", "on": "order"}}]);
        publish(services, offer, |_| ()).await;
        let (who, pot) = (member(&shop, "13800000002").await, cart(&[("TEA-POT-120", 1)]));
        let full = quote(services, &who, &pot).await;
        assert!(full.applied.is_empty());
        let now = services.slice(&who, &SliceRequest::default()).await.unwrap().context;
        let month = now.at.month(now.utc_offset_minutes);
        let tell = |month| {
            let (services, who) = (services.clone(), who.clone());
            async move { services.tell_birthday(&who, &TellBirthday { month }).await }
        };
        let told = tell(Some(month)).await.unwrap();
        assert_eq!(told.member.unwrap().birthday_month, Some(month));
        assert_eq!(services.account(&who).await.unwrap().member.birthday_month, Some(month));
        assert_eq!(quote(services, &who, &pot).await.discount, full.payable / 10);
        // The same again changes nothing; another month has to wait, also after the first was taken back.
        tell(Some(month)).await.unwrap();
        let other = month % 12 + 1;
        let refused = |result| assert!(matches!(result, Err(ServiceError::Invalid(_))), "{result:?}");
        refused(tell(Some(other)).await);
        assert_eq!(tell(None).await.unwrap().member.unwrap().birthday_month, None);
        assert!(quote(services, &who, &pot).await.applied.is_empty());
        refused(tell(Some(other)).await);
        shop.clock.advance_seconds(366 * 86_400);
        let who = member(&shop, "13800000002").await;
        let again = services.tell_birthday(&who, &TellBirthday { month: Some(other) }).await.unwrap();
        assert_eq!(again.member.unwrap().birthday_month, Some(other));
        refused(services.tell_birthday(&who, &TellBirthday { month: Some(13) }).await);
        let guest = services.tell_birthday(&Who::default(), &TellBirthday { month: Some(1) }).await;
        assert!(matches!(guest, Err(ServiceError::SignInNeeded)));
    })
    .await;
}

#[tokio::test]
async fn a_tender_and_a_gift_are_chosen_and_kept_with_the_order() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let services = &shop.services;
        let offers = json!([
            {"id": "UNION", "class": "order", "if": [{"tender": ["unionpay"]}], "then": {"amount": "5.00", "on": "order"}},
            {"id": "TAPE", "class": "order", "then": {"gift": {"choose": ["PAP-WA-LAT", "PAP-WA-CLD"]}}}
        ]);
        publish(services, offers, |_| ()).await;
        let who = Who { session: Some(services.session_start().await.unwrap().hash), ..Who::default() };
        let open = Cart { shipping_method: Some("standard".to_owned()), ..cart(&[("TEA-POT-120", 1)]) };
        let chosen = Cart {
            tender: Some("unionpay".to_owned()),
            gifts: vec![GiftChoice { promotion: "TAPE".parse().unwrap(), sku: "PAP-WA-CLD".parse().unwrap() }],
            ..open.clone()
        };
        let (before, after) = (quote(services, &who, &open).await, quote(services, &who, &chosen).await);
        assert_eq!(before.payable - after.payable, 500);
        let context = services.slice(&who, &SliceRequest::default()).await.unwrap().context;
        let placed = services.place_order(&who, &order("key-tender-1", &chosen, &context, &after)).await.unwrap();
        assert_eq!((placed.tender.as_deref(), placed.quote.gifts[0].sku.as_str()), (Some("unionpay"), "PAP-WA-CLD"));
        let unknown = Cart { tender: Some("shells".to_owned()), ..open };
        let request = QuoteRequest { cart: unknown, store: None, channel: None };
        assert!(matches!(services.quote(&who, &request).await, Err(ServiceError::Invalid(_))));
    })
    .await;
}
