//! Personal data: not to be read in the tables, seen by few, taken along and forgotten.

use crate::common::{code, guest, member, sent, staff};
use services::{Permission, Role, ServiceError, Staff, Who};
use testkit::{Cell, TestShop, dump, each_database};
use vault::Vault;
use wire::{
    Address, AuditQuery, CancelOrder, Contact, Delivery, EraseMe, ErasePerson, FindPerson, Purpose, PutStaff,
    SetConsent, TellBirthday, WithReason,
};

const PHONE: &str = "13712340099";
const NAME: &str = "司徒青梧";
const STREET: &str = "梧桐里 77 弄 3 号";
const EMAIL: &str = "qingwu@example.org";
/// Whatever would give the person away, in the clear or with the keys.
const TRACES: [&str; 4] = ["13712340099", "司徒青梧", "梧桐里", "qingwu"];
/// Traces of an employee.
const STAFF: [&str; 2] = ["13712340098", "端木客服"];

fn reason(text: &str) -> WithReason {
    WithReason { reason: text.to_owned() }
}

/// A member with an order, a message that waits, consents and looks that were taken.
async fn story(shop: &TestShop) -> (Who, wire::Order) {
    let who = member(shop, PHONE).await;
    let order = crate::common::buy_as(&shop.services, &who, &sent(&[("TEA-POT-120", 1)]), "key-person-1", |order| {
        order.contact = Contact {
            name: NAME.to_owned(),
            phone: PHONE.to_owned(),
            email: Some(EMAIL.to_owned()),
            ..Contact::default()
        };
        let (province, city, district) = ("上海市".to_owned(), "上海市".to_owned(), "长宁区".to_owned());
        order.delivery = Delivery::Ship { address: Address { province, city, district, street: STREET.to_owned() } };
    })
    .await
    .unwrap();
    shop.mailbox.refuse(Some(false));
    shop.services.relay_messages().await.unwrap();
    shop.mailbox.refuse(None);
    let admin = staff(shop, "13900000005").await;
    let put = PutStaff {
        phone: "13712340098".to_owned(),
        name: STAFF[1].to_owned(),
        role: "service".to_owned(),
        place: None,
        active: true,
    };
    shop.services.put_staff(&admin, &put).await.unwrap();
    let service = staff(shop, "13712340098").await;
    let find = FindPerson { phone: Some(PHONE.to_owned()), member: None };
    let id = who.member.clone().unwrap();
    assert_eq!(shop.services.find_person(&service, &find).await.unwrap().member, id);
    shop.services.unmask_person(&service, &id, &reason(&format!("{NAME} called from {PHONE}"))).await.unwrap();
    code(shop, PHONE).await;
    (who, order)
}

fn found(cells: &[Cell], traces: &[&str]) -> Vec<Cell> {
    let has = |cell: &&Cell| traces.iter().any(|trace| cell.text.contains(trace));
    cells.iter().filter(has).cloned().collect()
}

#[tokio::test]
async fn no_table_holds_a_person_in_the_clear() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, order) = story(&shop).await;
        let cells = dump(&shop.database).await;
        assert!(cells.iter().any(|cell| cell.text == order.number.as_str()), "the dump holds the order");
        assert_eq!(found(&cells, &[&TRACES[..], &STAFF, &["137****0099"]].concat()), []);
        // All is there for who has the keys.
        let me = shop.services.export_me(&who).await.unwrap();
        assert_eq!((me.profile.phone.as_str(), me.orders[0].name.as_str()), ("+8613712340099", NAME));
    })
    .await;
}

/// Opens every sealed text of a dump, wherever it could have been sealed.
fn opened(cells: &[Cell], vault: &Vault) -> Vec<Cell> {
    let open = |cell: &Cell| {
        vault::key_of(&cell.text)?;
        let rows = cells.iter().filter(|row| row.table == cell.table && vault::key_of(&row.text).is_none());
        let mut rows = rows.map(|row| row.text.as_str());
        let plain = rows.find_map(|row| vault.open(&cell.table, &cell.column, row, &cell.text).ok());
        Some(Cell { text: plain.expect("what is sealed can be opened with the keys"), ..cell.clone() })
    };
    cells.iter().filter_map(open).collect()
}

#[tokio::test]
async fn who_is_erased_is_not_to_be_found_even_with_the_keys() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, order) = story(&shop).await;
        let vault = Vault::new(shop.data_keys.clone());
        let before = opened(&dump(&shop.database).await, &vault);
        for trace in &TRACES {
            assert!(
                !found(&before, &[trace]).is_empty(),
                "{trace} can be read with the keys while the person is there"
            );
        }
        let service = staff(&shop, "13900000003").await;
        let id = who.member.clone().unwrap();
        let erase = |give_up_points| ErasePerson { reason: "asked by letter".to_owned(), give_up_points };
        let Err(ServiceError::NotNow(why)) = shop.services.erase_person(&service, &id, &erase(true)).await else {
            panic!("erased while an order is open")
        };
        assert!(why.en.contains(order.number.as_str()), "{}", why.en);
        let cancel = CancelOrder {
            idempotency_key: "key-person-2".to_owned(),
            reason: format!("{NAME} has moved away"),
            ..CancelOrder::default()
        };
        shop.services.cancel_order(&who, &order.number, &cancel).await.unwrap();
        let points = shop.services.account(&who).await.unwrap().member.points;
        assert_eq!(points, 0, "what the order earned went with it");
        let adjust = wire::Adjust {
            idempotency_key: "key-person-3".to_owned(),
            points: 40,
            value: 0,
            reason: format!("{NAME} waited long"),
        };
        let admin = staff(&shop, "13900000005").await;
        assert_eq!(shop.services.adjust_member(&admin, &id, &adjust).await.unwrap().points, 40);
        let refused = shop.services.erase_person(&service, &id, &erase(false)).await;
        assert!(matches!(refused, Err(ServiceError::NotNow(_))), "{refused:?}");
        let erased = shop.services.erase_person(&service, &id, &erase(true)).await.unwrap();
        assert_eq!((erased.orders, erased.sessions), (1, 1));
        assert!(erased.messages >= 2, "the order was told of when it was placed and when it was cancelled");
        let again = shop.services.erase_person(&service, &id, &erase(true)).await;
        assert!(matches!(again, Err(ServiceError::NotFound(_))));

        let cells = dump(&shop.database).await;
        let mut all = opened(&cells, &vault);
        all.extend(cells);
        assert_eq!(found(&all, &TRACES), []);
        assert!(!found(&all, &["**** called from ****"]).is_empty(), "the log keeps who looked, without the name");
        // The books stay.
        let export = shop.services.export_person(&service, &id, &reason("after erasure")).await.unwrap();
        assert_eq!((export.profile.phone.as_str(), export.profile.name.as_str()), ("", ""));
        assert_eq!(export.orders[0].summary.payable, order.quote.payable);
        assert_eq!(export.points.last().map(|entry| entry.points), Some(-40), "what is given up is in the books");
        assert_eq!(export.profile.points, 0);
        // The telephone is free: whoever has it now begins anew.
        let next = member(&shop, PHONE).await;
        assert_ne!(next.member, who.member);
        assert_eq!(shop.services.account(&next).await.unwrap().orders.len(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_member_takes_the_data_along_and_leaves() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13800000001").await;
        let export = shop.services.export_me(&who).await.unwrap();
        assert_eq!((export.profile.phone.as_str(), export.sessions.len()), ("+8613800000001", 1));
        assert_eq!((export.accesses.len(), export.accesses[0].action.as_str()), (1, "export"));
        assert_eq!(shop.services.relay_messages().await.unwrap().sent, 1);
        let told = shop.mailbox.messages().remove(0);
        assert_eq!((told.notice, told.to.phone.as_str()), (services::Notice::DataExported, "+8613800000001"));
        shop.clock.advance_seconds(61);
        assert!(matches!(shop.services.request_erase_code(&Who::default()).await, Err(ServiceError::SignInNeeded)));
        shop.services.request_erase_code(&who).await.unwrap();
        let right = shop.mailbox.last("+8613800000001").unwrap();
        let wrong = if right == "000000" { "000001" } else { "000000" };
        let erase = |code: &str, give_up_points| EraseMe { code: code.to_owned(), give_up_points };
        let kept = shop.services.erase_me(&who, &erase(&right, false)).await;
        assert!(matches!(kept, Err(ServiceError::NotNow(_))), "points are left, and the code is not spent: {kept:?}");
        let refused = shop.services.erase_me(&who, &erase(wrong, true)).await;
        assert!(matches!(refused, Err(ServiceError::WrongCode { tries_left: 4 })), "{refused:?}");
        let erased = shop.services.erase_me(&who, &erase(&right, true)).await.unwrap();
        assert_eq!(erased.sessions, 1);
        let admin = staff(&shop, "13900000005").await;
        let query = AuditQuery { member: who.member.clone(), ..AuditQuery::default() };
        let log = shop.services.audit_log(&admin, &query).await.unwrap();
        assert_eq!(log.iter().map(|one| one.action.as_str()).collect::<Vec<_>>(), ["erase", "export"]);
    })
    .await;
}

#[tokio::test]
async fn looks_are_masked_reasoned_and_written_down() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13800000001").await;
        let id = who.member.clone().unwrap();
        let (clerk, service) = (staff(&shop, "13900000001").await, staff(&shop, "13900000003").await);
        let query = FindPerson { phone: Some("138 0000 0001".to_owned()), member: None };
        let seen = shop.services.find_person(&clerk, &query).await.unwrap();
        assert_eq!((seen.phone.as_str(), seen.full), ("138****0001", false));
        assert!(seen.name.ends_with('*'), "{}", seen.name);
        let unmask = |who: Who, why: &'static str| {
            let (services, id) = (shop.services.clone(), id.clone());
            async move { services.unmask_person(&who, &id, &reason(why)).await }
        };
        assert!(matches!(unmask(clerk.clone(), "curious").await, Err(ServiceError::Forbidden)));
        assert!(matches!(unmask(service.clone(), " x ").await, Err(ServiceError::Invalid(_))));
        let full = unmask(service.clone(), "calls back").await.unwrap();
        assert_eq!((full.phone.as_str(), full.full), ("+8613800000001", true));
        for none in [FindPerson::default(), FindPerson { member: Some(id.clone()), ..query.clone() }] {
            assert!(matches!(shop.services.find_person(&clerk, &none).await, Err(ServiceError::Invalid(_))));
        }
        assert!(matches!(shop.services.find_person(&who, &query).await, Err(ServiceError::Forbidden)));
        assert!(matches!(shop.services.find_person(&Who::default(), &query).await, Err(ServiceError::SignInNeeded)));

        let admin = staff(&shop, "13900000005").await;
        for other in [&clerk, &service] {
            assert!(other.require(Permission::AuditSee).is_err());
            assert!(shop.services.audit_log(other, &AuditQuery::default()).await.is_err());
        }
        let log =
            shop.services.audit_log(&admin, &AuditQuery { member: Some(id), ..AuditQuery::default() }).await.unwrap();
        let told: Vec<_> =
            log.iter().map(|one| (one.action.as_str(), one.role.as_str(), one.reason.as_str())).collect();
        assert_eq!(told, [("unmask", "service", "calls back"), ("find", "clerk", "")]);
        assert_eq!((log[0].ip.as_deref(), log[0].fields.join(",")), (Some("192.0.2.77"), "name,phone".to_owned()));
        let actor = clerk.staff.unwrap().id.to_string();
        let by =
            shop.services.audit_log(&admin, &AuditQuery { actor: Some(actor), ..AuditQuery::default() }).await.unwrap();
        assert_eq!((by.len(), by[0].action.as_str()), (1, "find"));
        let before = AuditQuery { before: Some(by[0].at), ..AuditQuery::default() };
        assert!(shop.services.audit_log(&admin, &before).await.unwrap().iter().all(|one| one.at < by[0].at));
        // The person reads who looked and why, but not from where.
        let accesses = shop.services.export_me(&who).await.unwrap().accesses;
        assert_eq!((accesses[1].reason.as_str(), &accesses[1].ip), ("calls back", &None));
    })
    .await;
}

#[tokio::test]
async fn an_order_shows_its_person_to_who_packs_it() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let (who, order) = story(&shop).await;
        let (service, admin) = (staff(&shop, "13900000003").await, staff(&shop, "13900000005").await);
        let seen = shop.services.staff_order(&service, &order.number).await.unwrap();
        assert_eq!((seen.contact.name.as_str(), seen.contact.phone.as_str()), ("司**", "137****0099"));
        assert_eq!(seen.contact.email.as_deref(), Some("q***@example.org"));
        let Delivery::Ship { address } = &seen.delivery else { panic!("it is sent") };
        assert_eq!((address.district.as_str(), address.street.as_str()), ("长宁区", "****"));
        // Who works where the goods lie needs name and address for the parcel, and no telephone.
        let place = seen.fulfilments[0].place.clone();
        let packer = Who {
            staff: service.staff.clone().map(|one| Staff { role: Role::Clerk, place: Some(place), ..one }),
            ..service
        };
        let packed = shop.services.staff_order(&packer, &order.number).await.unwrap();
        assert_eq!((packed.contact.name.as_str(), packed.contact.phone.as_str()), (NAME, "137****0099"));
        let Delivery::Ship { address } = &packed.delivery else { panic!("it is sent") };
        assert_eq!(address.street, STREET);
        let full = shop.services.unmask_order(&admin, &order.number, &reason("the carrier asks")).await.unwrap();
        assert_eq!((full.phone.as_str(), full.email.as_deref()), ("+8613712340099", Some(EMAIL)));
        let query = AuditQuery { member: who.member.clone(), limit: Some(3), ..AuditQuery::default() };
        let log = shop.services.audit_log(&admin, &query).await.unwrap();
        let told: Vec<_> = log.iter().map(|one| (one.action.as_str(), one.fields.join(","))).collect();
        let expected = [("unmask", "name,phone,email,address"), ("see", "name,address"), ("see", "")];
        assert_eq!(told, expected.map(|(action, fields)| (action, fields.to_owned())));
        // The member's own look is nobody's business.
        let own = shop.services.order(&who, &order.number).await.unwrap();
        assert_eq!(own.contact.name, NAME);
        assert_eq!(shop.services.audit_log(&admin, &query).await.unwrap(), log);
    })
    .await;
}

#[tokio::test]
async fn consent_is_asked_for_kept_with_its_history_and_taken_back() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let who = member(&shop, "13800000002").await;
        let before = shop.services.privacy(&who).await.unwrap();
        assert!(before.consents.iter().all(|one| !one.given && one.since.is_none()) && before.history.is_empty());
        let version = before.consents[0].text_version.clone();
        let set = |purpose, given, version: &str| SetConsent { purpose, given, text_version: version.to_owned() };
        let stale = shop.services.set_consent(&who, &set(Purpose::MarketingSms, true, "1999")).await;
        assert!(matches!(stale, Err(ServiceError::Invalid(_))));
        let answers = [(true, 1), (true, 1), (false, 2), (true, 3)];
        for (given, entries) in answers {
            shop.clock.advance_seconds(1);
            let after = shop.services.set_consent(&who, &set(Purpose::MarketingSms, given, &version)).await.unwrap();
            let now = after.consents.iter().find(|one| one.purpose == Purpose::MarketingSms).unwrap();
            assert_eq!((now.given, after.history.len()), (given, entries), "the same answer is no new one");
            assert!(after.consents.iter().filter(|one| one.given).all(|one| one.purpose == Purpose::MarketingSms));
        }
        // To tell the month is to allow it, and to take the consent back forgets the month.
        shop.services.tell_birthday(&who, &TellBirthday { month: Some(5) }).await.unwrap();
        let birthday = |privacy: wire::Privacy| {
            privacy.consents.into_iter().find(|one| one.purpose == Purpose::Birthday).unwrap().given
        };
        assert!(birthday(shop.services.privacy(&who).await.unwrap()));
        assert!(!birthday(shop.services.set_consent(&who, &set(Purpose::Birthday, false, "any")).await.unwrap()));
        assert_eq!(shop.services.account(&who).await.unwrap().member.birthday_month, None);
        let guest = guest(&shop.services).await;
        assert!(matches!(shop.services.privacy(&guest).await, Err(ServiceError::SignInNeeded)));
    })
    .await;
}
