//! Persons as the shop's own people see them: found by the whole telephone or the member number, masked until there is a reason.

use super::{
    Need,
    audit::{self, Deed, Subject},
    mask,
};
use crate::{Permission, Result, ServiceError, Services, Staff, Thing, Who, members::phone};
use ids::{MemberId, OrderNumber};
use storage::{members, members::MemberRow, orders, persons};
use wire::{FindPerson, OrderPerson, Person, WithReason};

/// What unmasking a member shows.
const MEMBER_FIELDS: &[&str] = &["name", "phone"];
/// What unmasking an order shows.
const ORDER_FIELDS: &[&str] = &["name", "phone", "email", "address"];

impl Services {
    /// Finds a member by the whole telephone or by number; the name and the telephone are masked. Who looked is written down.
    ///
    /// # Errors
    /// Without [`Permission::MemberSee`]; [`ServiceError::Invalid`] unless exactly one is given; [`ServiceError::NotFound`].
    pub async fn find_person(&self, who: &Who, query: &FindPerson) -> Result<Person> {
        let staff = who.require(Permission::MemberSee)?;
        let row = self.person_row(query).await?;
        let deed =
            Deed { action: "find", subject: Subject::Member(&row.id), member: Some(&row.id), fields: &[], reason: "" };
        self.note(self.db(), who, &deed).await?;
        self.person(staff, Need::Look, row).await
    }

    /// A member's name and telephone in full, for a reason that is written down.
    ///
    /// # Errors
    /// Without [`Permission::MemberUnmask`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`].
    pub async fn unmask_person(&self, who: &Who, member: &MemberId, request: &WithReason) -> Result<Person> {
        let staff = who.require(Permission::MemberUnmask)?;
        let reason = audit::reason(&request.reason)?;
        let row = self.member_row(member).await?;
        let subject = Subject::Member(member);
        let deed = Deed { action: "unmask", subject, member: Some(member), fields: MEMBER_FIELDS, reason };
        self.note(self.db(), who, &deed).await?;
        self.person(staff, Need::Reason, row).await
    }

    /// Whom an order goes to, in full, for a reason that is written down.
    ///
    /// # Errors
    /// Without [`Permission::MemberUnmask`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`].
    pub async fn unmask_order(&self, who: &Who, number: &OrderNumber, request: &WithReason) -> Result<OrderPerson> {
        let staff = who.require(Permission::MemberUnmask)?;
        let reason = audit::reason(&request.reason)?;
        let row = orders::by_number(self.db(), number).await?.ok_or(ServiceError::NotFound(Thing::Order))?;
        let deed = Deed {
            action: "unmask",
            subject: Subject::Order(number),
            member: row.member.as_ref(),
            fields: ORDER_FIELDS,
            reason,
        };
        self.note(self.db(), who, &deed).await?;
        let contact = mask::contact_for(staff.role, Need::Reason, &row.contact);
        Ok(OrderPerson {
            order: number.clone(),
            name: contact.name,
            phone: contact.phone,
            email: contact.email,
            delivery: mask::delivery_for(staff.role, Need::Reason, &row.delivery),
        })
    }

    /// The member whom a telephone or a number names, for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] unless exactly one is given; [`ServiceError::NotFound`].
    pub async fn member_here(&self, query: &FindPerson) -> Result<MemberId> {
        Ok(self.person_row(query).await?.id)
    }

    async fn person_row(&self, query: &FindPerson) -> Result<MemberRow> {
        match (&query.phone, &query.member) {
            (Some(text), None) => {
                let phone = phone::normalise(text);
                let phone = phone.ok_or_else(|| ServiceError::field("phone", phone::WRONG.0, phone::WRONG.1))?;
                let row = members::by_phone(self.db(), &phone).await?;
                row.ok_or(ServiceError::NotFound(Thing::Member))
            }
            (None, Some(member)) => self.member_row(member).await,
            _ => Err(ServiceError::field(
                "phone",
                "请填手机号或会员号，只填一个。",
                "Write a telephone number or a member number, one of them.",
            )),
        }
    }

    pub(super) async fn member_row(&self, member: &MemberId) -> Result<MemberRow> {
        members::by_id(self.db(), member).await?.ok_or(ServiceError::NotFound(Thing::Member))
    }

    async fn person(&self, staff: &Staff, need: Need, row: MemberRow) -> Result<Person> {
        let erased_at = persons::erased_at(self.db(), &row.id).await?;
        Ok(Person {
            name: mask::name_for(staff.role, need, &row.name),
            phone: mask::phone_for(staff.role, need, &row.phone),
            full: need == Need::Reason,
            member: row.id,
            since: row.created_at,
            erased_at,
            orders: row.orders,
        })
    }
}
