//! What becomes of an order's payments, while the order is taken for a change: nobody else changes them at the same time, and no gateway is called here.

use super::{
    port::{GatewayState, Seen},
    schedule,
    state::{self, Heard, Step},
    tenders::{Kind, ON_DELIVERY, POINTS},
};
use crate::{Result, ServiceError, Thing, orders::Change};
use ids::PaymentId;
use orders::{Event, Standing, stands};
use storage::{
    payments::{self, PaymentRow, Wanted},
    refunds,
};
use wire::{PayNext, PaymentState, RefundStatus};

/// What came of a look at a payment.
#[derive(Clone, Debug)]
pub(crate) enum News {
    /// The gateway told this.
    Seen(Seen),
    /// It did not tell.
    NoAnswer,
}

impl News {
    fn heard(&self) -> Heard {
        match self {
            Self::NoAnswer => Heard::NoAnswer,
            Self::Seen(seen) => match seen.state {
                GatewayState::NotFound => Heard::NotFound,
                GatewayState::Pending => Heard::Pending,
                GatewayState::Authorised { .. } => Heard::Authorised,
                GatewayState::Captured { .. } => Heard::Captured,
                GatewayState::Voided => Heard::Voided,
                GatewayState::Failed { .. } => Heard::Failed,
            },
        }
    }
}

/// True if what is to be paid by it is set aside or there, or comes with the goods.
pub(super) fn is_secured(row: &PaymentRow) -> bool {
    match row.state {
        PaymentState::Authorised => row.authorised_minor >= row.amount_minor,
        PaymentState::Captured | PaymentState::PartlyRefunded | PaymentState::Refunded => {
            row.captured_minor >= row.amount_minor
        }
        PaymentState::Pending => row.tender == ON_DELIVERY,
        _ => false,
    }
}

/// True if a gateway may still tell something new.
pub(crate) fn is_open(state: PaymentState) -> bool {
    use PaymentState as S;
    matches!(state, S::Created | S::Unknown | S::Pending | S::Authorised)
}

impl Change<'_> {
    /// The payments of the order, in their order.
    pub(crate) async fn payments(&self) -> Result<Vec<PaymentRow>> {
        Ok(payments::of_order(self.tx, &self.order.number).await?)
    }

    pub(crate) async fn payment(&self, id: &PaymentId) -> Result<PaymentRow> {
        let row = payments::by_id(self.tx, id).await?.filter(|row| row.order == self.order.number);
        row.ok_or(ServiceError::NotFound(Thing::Payment))
    }

    /// True if nothing of the order reaches the shopper any more.
    fn is_called_off(&self) -> bool {
        stands(self.order.paid, &self.stages()) == Standing::Cancelled
    }

    /// A gateway is about to be told to begin: should its answer get lost, the payment is looked at.
    pub(crate) async fn begin_payment(&mut self, id: &PaymentId) -> Result<()> {
        let mut row = self.payment(id).await?;
        if let Step::To(state) = state::payment(row.state, Heard::NoAnswer) {
            row.state = state;
        }
        row.check_at = Some(schedule::while_open(2, self.now, self.order.pay_by));
        row.changed_at = self.now;
        Ok(payments::save(self.tx, &row).await?)
    }

    /// Keeps what the shopper does next.
    pub(crate) async fn keep_next(&mut self, id: &PaymentId, next: Option<PayNext>) -> Result<()> {
        let mut row = self.payment(id).await?;
        row.next = next.filter(|_| is_open(row.state));
        Ok(payments::save(self.tx, &row).await?)
    }

    /// Something was heard of a payment: it is written down as far as it is new, and what follows from it is begun.
    pub(crate) async fn hear_payment(&mut self, id: &PaymentId, news: &News) -> Result<()> {
        let mut row = self.payment(id).await?;
        let was_called_off = self.is_called_off() || row.replaced;
        if let News::Seen(seen) = news {
            learn(&mut row, seen);
        }
        row.tries = row.tries.saturating_add(1);
        match state::payment(row.state, news.heard()) {
            Step::To(state) => {
                let dropped = is_dropped(&row, state) && !was_called_off;
                (row.state, row.tries, row.changed_at) = (state, 0, self.now);
                if dropped { self.alert_dropped(&row) } else { self.tell_payment(&row, was_called_off) }
            }
            Step::Stay => {}
            Step::Odd => tracing::error!(payment = %row.id, state = ?row.state, ?news, "a gateway contradicts itself"),
        }
        if !is_open(row.state) {
            (row.wanted, row.next) = (None, None);
        }
        let open = matches!(row.state, PaymentState::Unknown | PaymentState::Pending) || row.wanted.is_some();
        row.check_at = open.then(|| schedule::while_open(row.tries, self.now, self.order.pay_by));
        payments::save(self.tx, &row).await?;
        self.follow_money().await
    }

    /// Money that was set aside is gone, and nobody of ours let it go: the order may be on its way already, so people have to look.
    fn alert_dropped(&mut self, row: &PaymentRow) {
        tracing::error!(payment = %row.id, order = %row.order, tender = row.tender, amount = row.amount_minor,
            "a provider dropped an authorisation: the order is not paid any more");
        let (payment, tender) = (row.id.clone(), row.tender.clone());
        self.tell(Event::Payment { payment, tender, state: "dropped".to_owned(), amount: row.amount_minor });
    }

    pub(super) fn tell_payment(&mut self, row: &PaymentRow, called_off: bool) {
        let (state, amount) = match row.state {
            PaymentState::Captured if called_off => ("late", row.captured_minor),
            PaymentState::Captured => ("captured", row.captured_minor),
            PaymentState::Voided => ("voided", row.amount_minor),
            PaymentState::Failed => ("failed", row.amount_minor),
            _ => return,
        };
        let (payment, tender) = (row.id.clone(), row.tender.clone());
        self.tell(Event::Payment { payment, tender, state: state.to_owned(), amount });
    }

    /// What follows from where the payments stand: the order is paid, what was set aside is taken, what nobody owes is let go or goes back.
    pub(crate) async fn follow_money(&mut self) -> Result<()> {
        let rows = self.payments().await?;
        if self.is_called_off() {
            for row in rows {
                self.let_go(row).await?;
            }
            return Ok(());
        }
        if !self.order.paid && rows.iter().filter(|row| !row.replaced).all(is_secured) {
            self.order.paid = true;
            self.tell(Event::Paid);
            self.confirm().await?;
        }
        for row in rows {
            if row.replaced { self.let_go(row).await? } else { self.follow_payment(row).await? }
        }
        Ok(())
    }

    async fn follow_payment(&mut self, mut row: PaymentRow) -> Result<()> {
        let is_held = self.order.paid && row.state == PaymentState::Authorised && row.wanted.is_none();
        if is_held && self.is_purse(&row) {
            self.take_value(&mut row).await?;
        } else if is_held {
            (row.wanted, row.check_at) = (Some(Wanted::Capture), Some(self.now));
            payments::save(self.tx, &row).await?;
        }
        self.wake_refunds(&row).await
    }

    /// Refunds that waited for the money to come are begun, or dropped if it never comes.
    async fn wake_refunds(&mut self, row: &PaymentRow) -> Result<()> {
        if row.refunding_minor == 0 || is_open(row.state) {
            return Ok(());
        }
        let kind = self.services.kind_of(&row.tender);
        for mut refund in refunds::of_order(self.tx, &self.order.number).await? {
            if refund.payment != row.id || refund.state != RefundStatus::Created {
                continue;
            }
            if row.captured_minor == 0 {
                (refund.state, refund.check_at, refund.changed_at) = (RefundStatus::Dropped, None, self.now);
                payments::release_refund(self.tx, &row.id, refund.amount_minor).await?;
            } else if kind == Some(Kind::Purse) {
                self.refund_value(row, &mut refund).await?;
                continue;
            } else if kind == Some(Kind::Gateway) && refund.check_at.is_none() {
                refund.check_at = Some(self.now);
            } else {
                continue;
            }
            refunds::save(self.tx, &refund).await?;
        }
        Ok(())
    }

    /// Nobody owes this payment any more: it is given up, or what came goes back.
    async fn let_go(&mut self, mut row: PaymentRow) -> Result<()> {
        let left = row.captured_minor - row.refunding_minor - row.refunded_minor;
        match row.state {
            // No gateway knows of these.
            PaymentState::Created => self.void_now(&mut row).await?,
            PaymentState::Pending if row.tender == ON_DELIVERY => self.void_now(&mut row).await?,
            PaymentState::Authorised if self.is_purse(&row) => {
                self.free_value(&row.id, row.amount_minor).await?;
                self.void_now(&mut row).await?;
            }
            PaymentState::Unknown | PaymentState::Pending | PaymentState::Authorised
                if row.wanted != Some(Wanted::Void) =>
            {
                (row.wanted, row.check_at, row.next) = (Some(Wanted::Void), Some(self.now), None);
                payments::save(self.tx, &row).await?;
            }
            PaymentState::Unknown | PaymentState::Pending | PaymentState::Authorised => {}
            // Points are given back with the goods.
            _ if row.tender != POINTS && left > 0 => self.refund_rest(&row, left).await?,
            _ => {}
        }
        self.wake_refunds(&row).await
    }

    async fn void_now(&mut self, row: &mut PaymentRow) -> Result<()> {
        (row.state, row.wanted, row.check_at, row.changed_at) = (PaymentState::Voided, None, None, self.now);
        self.tell_payment(row, true);
        Ok(payments::save(self.tx, row).await?)
    }

    /// All goods were handed over: what was to be paid with them is there, less what will not come.
    pub(crate) async fn collect_payments(&mut self) -> Result<()> {
        for mut row in self.payments().await? {
            if row.tender != ON_DELIVERY || row.state != PaymentState::Pending {
                continue;
            }
            let due = row.amount_minor - row.refunding_minor;
            for mut refund in refunds::of_order(self.tx, &self.order.number).await? {
                if refund.payment == row.id && refund.state == RefundStatus::Created {
                    (refund.state, refund.changed_at) = (RefundStatus::Dropped, self.now);
                    refunds::save(self.tx, &refund).await?;
                    payments::release_refund(self.tx, &row.id, refund.amount_minor).await?;
                }
            }
            row.state = if due > 0 { PaymentState::Captured } else { PaymentState::Voided };
            (row.authorised_minor, row.captured_minor, row.changed_at) = (due, due, self.now);
            payments::save(self.tx, &row).await?;
            self.tell_payment(&row, false);
        }
        Ok(())
    }
}

/// True if a gateway lets go what was set aside though nobody asked it to.
fn is_dropped(row: &PaymentRow, to: PaymentState) -> bool {
    let was_there = row.state == PaymentState::Authorised && row.wanted != Some(Wanted::Void);
    was_there && matches!(to, PaymentState::Voided | PaymentState::Failed)
}

/// What a gateway told goes into the row; amounts that are known already never become less.
fn learn(row: &mut PaymentRow, seen: &Seen) {
    row.provider_ref = row.provider_ref.take().or_else(|| seen.provider_ref.clone());
    let (authorised, captured) = match seen.state {
        GatewayState::Authorised { minor } => (minor, 0),
        GatewayState::Captured { minor } => (minor, minor),
        _ => (0, 0),
    };
    row.authorised_minor = row.authorised_minor.max(authorised);
    row.captured_minor = row.captured_minor.max(captured);
}
