//! The shop's own people: sign-in, what roles may do, and closing an account.

use services::{Permission, Role, ServiceError, Services, Who};
use testkit::{TestShop, each_database};
use wire::{PutStaff, RequestCode, SignIn};

async fn code(shop: &TestShop, phone: &str) -> String {
    shop.clock.advance_seconds(61);
    shop.services.request_code(&Who::default(), &RequestCode { phone: phone.to_owned() }).await.unwrap();
    shop.mailbox.last(&format!("+86{phone}")).unwrap()
}

async fn sign_in(shop: &TestShop, phone: &str) -> Result<Who, ServiceError> {
    let code = code(shop, phone).await;
    let signed = shop.services.staff_sign_in(&Who::default(), &SignIn { phone: phone.to_owned(), code }).await?;
    Ok(who(&shop.services, &signed.token.secret).await.unwrap())
}

async fn who(services: &Services, secret: &str) -> Option<Who> {
    let found = services.session_find(secret).await.unwrap()?;
    Some(Who { session: Some(found.hash), member: found.member, staff: found.staff, ..Who::default() })
}

#[tokio::test]
async fn people_sign_in_and_may_do_what_their_role_may() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let clerk = sign_in(&shop, "13900000001").await.unwrap();
        assert_eq!(clerk.staff.as_ref().map(|staff| staff.role), Some(Role::Clerk));
        assert!(clerk.require(Permission::OrderTake).is_ok());
        assert!(matches!(shop.services.staff(&clerk).await, Err(ServiceError::Forbidden)));
        // A member's number is nobody's here, and the answer does not tell.
        assert!(matches!(sign_in(&shop, "13800000001").await, Err(ServiceError::WrongCode { tries_left: 0 })));
        // The session ends with the working day.
        let admin = sign_in(&shop, "13900000005").await.unwrap();
        assert_eq!(shop.services.staff(&admin).await.unwrap().len(), 6);
        let code = code(&shop, "13900000001").await;
        let request = SignIn { phone: "13900000001".to_owned(), code };
        let token = shop.services.staff_sign_in(&Who::default(), &request).await.unwrap().token;
        shop.clock.advance_seconds(12 * 3600 - 1);
        assert!(who(&shop.services, &token.secret).await.is_some());
        shop.clock.advance_seconds(2);
        assert!(who(&shop.services, &token.secret).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_closed_account_is_out_at_once() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let admin = sign_in(&shop, "13900000005").await.unwrap();
        let code = code(&shop, "13900000003").await;
        let request = SignIn { phone: "13900000003".to_owned(), code };
        let token = shop.services.staff_sign_in(&Who::default(), &request).await.unwrap().token;
        let put = |role: &str, place: Option<&str>, active| PutStaff {
            phone: "13900000003".to_owned(),
            name: "李客服".to_owned(),
            role: role.to_owned(),
            place: place.map(|place| place.parse().unwrap()),
            active,
        };
        for (request, field) in [
            (put("king", None, true), "role"),
            (put("clerk", None, true), "place"),
            (put("clerk", Some("nowhere"), true), "place"),
        ] {
            let Err(ServiceError::Invalid(errors)) = shop.services.put_staff(&admin, &request).await else {
                panic!("taken: {request:?}")
            };
            assert_eq!(errors[0].field, field);
        }
        assert!(who(&shop.services, &token.secret).await.is_some());
        shop.services.put_staff(&admin, &put("service", None, false)).await.unwrap();
        assert!(who(&shop.services, &token.secret).await.is_none());
        assert!(matches!(sign_in(&shop, "13900000003").await, Err(ServiceError::WrongCode { .. })));
    })
    .await;
}

#[tokio::test]
async fn an_administrator_closes_others_and_never_the_own_account() {
    each_database(|database| async {
        let shop = TestShop::new(database).await;
        let admin = sign_in(&shop, "13900000005").await.unwrap();
        let clerk = sign_in(&shop, "13900000001").await.unwrap();
        let id = |who: &Who| who.staff.as_ref().unwrap().id.clone();
        let refused = shop.services.close_staff(&clerk, &id(&admin)).await;
        assert!(matches!(refused, Err(ServiceError::Forbidden)));
        let own = shop.services.close_staff(&admin, &id(&admin)).await;
        assert!(matches!(own, Err(ServiceError::NotNow(_))));
        let closed = shop.services.close_staff(&admin, &id(&clerk)).await.unwrap();
        assert!(!closed.active);
        assert!(matches!(sign_in(&shop, "13900000001").await, Err(ServiceError::WrongCode { .. })));
        let again = shop.services.close_staff(&admin, &id(&clerk)).await.unwrap();
        assert_eq!(again, closed);
    })
    .await;
}
