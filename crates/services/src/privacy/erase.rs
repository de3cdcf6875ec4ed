//! Forgetting a person. The books keep their figures: orders, points and payments stay, by number; who it was can't be had any more, not
//! even with the keys.

use super::audit::{self, Deed, Subject};
use crate::{Permission, Result, ServiceError, Services, Thing, Who, members::Desk};
use ::members::ledger::{Account, Unit};
use ids::{MemberId, OrderNumber};
use money::Locale;
use pricing::Text;
use storage::{Query, Tx, audit as log, codes, ledger, members, orders, outbox, persons, sessions};
use wire::{CodeSent, EraseMe, ErasePerson, Erased, RequestCode, SignIn};

/// Orders that are named in a refusal at the most.
const NAMED: usize = 5;

impl Services {
    /// Sends the one-time code that erasing one's own data asks for, to the member's own telephone.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest, [`ServiceError::RateLimited`].
    pub async fn request_erase_code(&self, who: &Who) -> Result<CodeSent> {
        let phone = self.own_phone(who).await?;
        self.request_code(who, &RequestCode { phone }).await
    }

    /// Erases the data of the member who asks; the member's sessions end.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest; [`ServiceError::WrongCode`]; [`ServiceError::NotNow`] while orders are open or value is left.
    pub async fn erase_me(&self, who: &Who, request: &EraseMe) -> Result<Erased> {
        let member = who.member.as_ref().ok_or(ServiceError::SignInNeeded)?;
        let (phone, now) = (self.own_phone(who).await?, self.now());
        self.hindrance(member, request.give_up_points).await?;
        let sign_in = SignIn { phone, code: request.code.clone() };
        let (phone, code_hash) = self.checked_code(who, &sign_in, now).await?;
        let tx = self.db().begin().await?;
        if !codes::consume(&tx, &phone, &code_hash, now).await? {
            return Err(ServiceError::WrongCode { tries_left: 0 });
        }
        let erased = self.erase(&tx, who, member, (request.give_up_points, "")).await?;
        tx.commit().await?;
        Ok(erased)
    }

    /// Erases a member's data because the member asked for it.
    ///
    /// # Errors
    /// Without [`Permission::PersonData`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`];
    /// [`ServiceError::NotNow`] while orders are open or value is left.
    pub async fn erase_person(&self, who: &Who, member: &MemberId, request: &ErasePerson) -> Result<Erased> {
        who.require(Permission::PersonData)?;
        self.erase_by(who, member, request).await
    }

    /// [`Services::erase_person`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// As [`Services::erase_person`].
    pub async fn erase_person_here(&self, member: &MemberId, request: &ErasePerson) -> Result<Erased> {
        self.erase_by(&Who::default(), member, request).await
    }

    /// Forgets whom a guest's order went to.
    ///
    /// # Errors
    /// Without [`Permission::PersonData`]; [`ServiceError::Invalid`] without a reason; [`ServiceError::NotFound`] also for a member's
    /// order; [`ServiceError::NotNow`] while the order is open.
    pub async fn erase_guest_order(&self, who: &Who, number: &OrderNumber, reason: &str) -> Result<Erased> {
        who.require(Permission::PersonData)?;
        let reason = audit::reason(reason)?;
        let tx = self.db().begin().await?;
        let row = orders::by_number(&tx, number).await?.filter(|row| row.member.is_none());
        let row = row.ok_or(ServiceError::NotFound(Thing::Order))?;
        if !persons::is_closed(&tx, number).await? {
            return Err(still_open(std::slice::from_ref(number)));
        }
        let words = words_of(&row.contact.phone, &row.contact.name);
        persons::erase_order(&tx, number, &row.delivery, &words).await?;
        let messages = outbox::delete_of_order(&tx, number).await?;
        let deed = Deed { action: "erase", subject: Subject::Order(number), member: None, fields: &["all"], reason };
        self.note(&tx, who, &deed).await?;
        tx.commit().await?;
        Ok(Erased { orders: 1, messages, sessions: 0 })
    }

    async fn own_phone(&self, who: &Who) -> Result<String> {
        let member = who.member.as_ref().filter(|_| who.staff.is_none()).ok_or(ServiceError::SignInNeeded)?;
        Ok(self.member_row(member).await?.phone)
    }

    async fn erase_by(&self, who: &Who, member: &MemberId, request: &ErasePerson) -> Result<Erased> {
        let reason = audit::reason(&request.reason)?;
        let tx = self.db().begin().await?;
        let erased = self.erase(&tx, who, member, (request.give_up_points, reason)).await?;
        tx.commit().await?;
        Ok(erased)
    }

    /// Refuses at once what [`Services::erase`] would refuse, before a code is spent on it.
    async fn hindrance(&self, member: &MemberId, give_up_points: bool) -> Result<()> {
        let row = self.member_row(member).await?;
        let open = persons::open_orders(self.db(), member).await?;
        check(&open, row.points + pending(self.db(), member).await?, give_up_points)?;
        self.check_value(self.db(), member).await
    }

    /// Refuses while there is stored money, which nobody gives up by closing an account.
    async fn check_value(&self, on: &impl Query, member: &MemberId) -> Result<()> {
        let currency = self.active().await?.book.currency();
        let left = ledger::balance(on, &Account::Value(member.clone()), Unit::Money(currency)).await?;
        if left == 0 {
            return Ok(());
        }
        let amount = |locale| money::format_amount(left, currency, locale);
        let (zh, en) = (amount(Locale::Zh), amount(Locale::En));
        Err(ServiceError::NotNow(Text::new(
            format!("账户里还有储值余额 {zh}。请先用掉，或到门店退回。"),
            format!("There is stored money left, {en}. Spend it first, or have it paid back in a store."),
        )))
    }

    async fn erase(
        &self,
        tx: &Tx,
        who: &Who,
        member: &MemberId,
        (give_up_points, reason): (bool, &str),
    ) -> Result<Erased> {
        // From here on no order of this member comes between.
        if !persons::take(tx, member).await? {
            return Err(ServiceError::NotFound(Thing::Member));
        }
        let row = members::by_id(tx, member).await?.ok_or(ServiceError::NotFound(Thing::Member))?;
        let points = row.points + pending(tx, member).await?;
        check(&persons::open_orders(tx, member).await?, points, give_up_points)?;
        self.check_value(tx, member).await?;
        let now = self.now();
        Desk::new(tx, &*self.active().await?, now).forget(member).await?;
        let mut erased = Erased {
            messages: outbox::delete_of_member(tx, member).await?,
            sessions: sessions::delete_of_member(tx, member).await?,
            orders: 0,
        };
        let mut words = words_of(&row.phone, &row.name);
        for number in persons::orders_of(tx, member).await? {
            if let Some(order) = orders::by_number(tx, &number).await? {
                words.extend(words_of(&order.contact.phone, &order.contact.name));
                words.extend(order.contact.email);
                persons::erase_order(tx, &number, &order.delivery, &words).await?;
                erased.orders += 1;
            }
        }
        log::redact(tx, member, &words).await?;
        codes::forget(tx, &row.phone).await?;
        persons::erase_member(tx, member, now).await?;
        let deed =
            Deed { action: "erase", subject: Subject::Member(member), member: Some(member), fields: &["all"], reason };
        self.note(tx, who, &deed).await?;
        Ok(erased)
    }
}

/// What an employee may have written of a person, the longest first.
fn words_of(phone: &str, name: &str) -> Vec<String> {
    let digits = phone.strip_prefix("+86").unwrap_or(phone);
    [phone, digits, name].map(str::to_owned).to_vec()
}

/// Points that wait: they are the member's, too.
async fn pending(on: &impl Query, member: &MemberId) -> Result<i64> {
    Ok(ledger::balance(on, &Account::PointsPending(member.clone()), Unit::Points).await?)
}

fn check(open: &[OrderNumber], points: i64, give_up_points: bool) -> Result<()> {
    if !open.is_empty() {
        return Err(still_open(open));
    }
    if points > 0 && !give_up_points {
        return Err(ServiceError::NotNow(Text::new(
            format!("账户里还有 {points} 积分。请先用掉，或选择放弃。"),
            format!("There are {points} points in the account. Spend them first, or say that they are given up."),
        )));
    }
    Ok(())
}

fn still_open(open: &[OrderNumber]) -> ServiceError {
    let named: Vec<&str> = open.iter().take(NAMED).map(OrderNumber::as_str).collect();
    ServiceError::NotNow(Text::new(
        format!("还有 {} 张订单没有完成：{}。请等订单完成，或先取消。", open.len(), named.join("、")),
        format!(
            "{} orders are still open: {}. Wait until they are done, or cancel them first.",
            open.len(),
            named.join(", ")
        ),
    ))
}
