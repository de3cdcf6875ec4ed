//! Where a payment and a refund may go, as a table without anything else in it.
//!
//! What is known only grows: a notice that is late, repeated or out of order takes nothing back. Money that was seen stays seen, even if the payment had
//! been given up before. What contradicts that is [`Step::Odd`], and somebody is told.

use wire::{PaymentState, RefundStatus};

/// What was heard of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// The gateway did not answer.
    NoAnswer,
    /// The gateway never heard of it.
    NotFound,
    /// The shopper is to pay.
    Pending,
    /// The amount is set aside.
    Authorised,
    /// The money is there.
    Captured,
    /// It was given up or let go.
    Voided,
    /// It was refused for good.
    Failed,
}

/// What was heard of a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RefundHeard {
    /// The gateway did not answer.
    NoAnswer,
    /// The gateway never heard of it.
    NotFound,
    /// The gateway is at it.
    Pending,
    /// The shopper has the money.
    Done,
    /// It was refused for good.
    Failed,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step<T> {
    /// It stands so now.
    To(T),
    /// Nothing new.
    Stay,
    /// It contradicts what is known; nothing changes.
    Odd,
}

/// Where a payment goes when something was heard of it.
pub(crate) fn payment(state: PaymentState, heard: Heard) -> Step<PaymentState> {
    use PaymentState as S;
    use Step::{Odd, Stay, To};
    match (state, heard) {
        // Nobody was asked yet: whatever is heard is new.
        (S::Created, Heard::NoAnswer) => To(S::Unknown),
        (S::Created | S::Unknown, Heard::NotFound) | (S::Unknown, Heard::NoAnswer) => Stay,
        (S::Created | S::Unknown, Heard::Pending) => To(S::Pending),
        // A page that nobody opened is not known to the gateway either.
        (S::Pending, Heard::NoAnswer | Heard::NotFound | Heard::Pending) => Stay,
        (S::Created | S::Unknown | S::Pending | S::Failed, Heard::Authorised) => To(S::Authorised),
        (S::Created | S::Unknown | S::Pending | S::Authorised | S::Failed | S::Voided, Heard::Captured) => {
            To(S::Captured)
        }
        (S::Created | S::Unknown | S::Pending | S::Authorised, Heard::Voided) => To(S::Voided),
        (S::Created | S::Unknown | S::Pending, Heard::Failed) => To(S::Failed),
        // One attempt of several failed before the one that went well.
        (S::Authorised, Heard::NoAnswer | Heard::Pending | Heard::Authorised | Heard::Failed) => Stay,
        (S::Captured | S::PartlyRefunded | S::Refunded, Heard::NotFound) | (S::Authorised, Heard::NotFound) => Odd,
        // A gateway calls a payment closed after all of it went back; our refunds say that better.
        (S::Captured | S::PartlyRefunded | S::Refunded, _) => Stay,
        (S::Voided | S::Failed, _) => Stay,
    }
}

/// Where a refund goes when something was heard of it.
pub(crate) fn refund(state: RefundStatus, heard: RefundHeard) -> Step<RefundStatus> {
    use RefundStatus as S;
    use Step::{Odd, Stay, To};
    match (state, heard) {
        (S::Created, RefundHeard::NoAnswer) => To(S::Unknown),
        (S::Created | S::Unknown, RefundHeard::NotFound) | (S::Unknown, RefundHeard::NoAnswer) => Stay,
        (S::Created | S::Unknown, RefundHeard::Pending) => To(S::Pending),
        (S::Pending, RefundHeard::NoAnswer | RefundHeard::Pending) => Stay,
        // It lost what it had taken on: it is asked again, with the same id.
        (S::Pending, RefundHeard::NotFound) => To(S::Unknown),
        (S::Created | S::Unknown | S::Pending, RefundHeard::Failed) => To(S::Failed),
        // One that was refused may be done after all, when somebody at the gateway has named another account.
        (S::Created | S::Unknown | S::Pending | S::Failed, RefundHeard::Done) => To(S::Done),
        (S::Failed, _) => Stay,
        (S::Done, RefundHeard::Failed | RefundHeard::NotFound) | (S::Dropped, RefundHeard::Done) => Odd,
        (S::Done | S::Dropped, _) => Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use wire::PaymentState::{
        Authorised, Captured, Created, Failed, PartlyRefunded, Pending, Refunded, Unknown, Voided,
    };

    const HEARD: [Heard; 7] = [
        Heard::NoAnswer,
        Heard::NotFound,
        Heard::Pending,
        Heard::Authorised,
        Heard::Captured,
        Heard::Voided,
        Heard::Failed,
    ];

    /// A row of the table: a state, and where it goes at each of [`HEARD`]; `=` is to stay, `!` is odd.
    const PAYMENT: [(PaymentState, [&str; 7]); 9] = [
        (Created, ["Unknown", "=", "Pending", "Authorised", "Captured", "Voided", "Failed"]),
        (Unknown, ["=", "=", "Pending", "Authorised", "Captured", "Voided", "Failed"]),
        (Pending, ["=", "=", "=", "Authorised", "Captured", "Voided", "Failed"]),
        (Authorised, ["=", "!", "=", "=", "Captured", "Voided", "="]),
        (Captured, ["=", "!", "=", "=", "=", "=", "="]),
        (PartlyRefunded, ["=", "!", "=", "=", "=", "=", "="]),
        (Refunded, ["=", "!", "=", "=", "=", "=", "="]),
        (Voided, ["=", "=", "=", "=", "Captured", "=", "="]),
        (Failed, ["=", "=", "=", "Authorised", "Captured", "=", "="]),
    ];

    fn told<T: std::fmt::Debug>(step: Step<T>) -> String {
        match step {
            Step::To(state) => format!("{state:?}"),
            Step::Stay => "=".to_owned(),
            Step::Odd => "!".to_owned(),
        }
    }

    #[test]
    fn every_pair_of_a_payment() {
        for (state, row) in PAYMENT {
            let found = HEARD.map(|heard| told(payment(state, heard)));
            assert_eq!(found, row, "{state:?}");
        }
    }

    #[test]
    fn every_pair_of_a_refund() {
        use RefundStatus as S;
        let rows: [(RefundStatus, [&str; 5]); 6] = [
            (S::Created, ["Unknown", "=", "Pending", "Done", "Failed"]),
            (S::Unknown, ["=", "=", "Pending", "Done", "Failed"]),
            (S::Pending, ["=", "Unknown", "=", "Done", "Failed"]),
            (S::Done, ["=", "!", "=", "=", "!"]),
            (S::Failed, ["=", "=", "=", "Done", "="]),
            (S::Dropped, ["=", "=", "=", "!", "="]),
        ];
        let heard = [
            RefundHeard::NoAnswer,
            RefundHeard::NotFound,
            RefundHeard::Pending,
            RefundHeard::Done,
            RefundHeard::Failed,
        ];
        for (state, row) in rows {
            assert_eq!(heard.map(|heard| told(refund(state, heard))), row, "{state:?}");
        }
    }

    /// How much is known: money counts most.
    fn rank(state: PaymentState) -> u8 {
        match state {
            Created => 0,
            Unknown => 1,
            Pending => 2,
            Failed => 3,
            Authorised => 4,
            Voided => 5,
            Captured => 6,
            PartlyRefunded => 7,
            Refunded => 8,
        }
    }

    proptest! {
        /// Whatever is heard in whatever order, what is known grows, and money that was heard of once stays known.
        #[test]
        fn knowledge_only_grows(heard in prop::collection::vec(0..HEARD.len(), 0..12)) {
            let mut state = Created;
            for at in &heard {
                let before = state;
                if let Step::To(next) = payment(state, HEARD[*at]) {
                    state = next;
                }
                prop_assert!(rank(state) >= rank(before), "{before:?} {:?} {state:?}", HEARD[*at]);
            }
            let was_captured = heard.iter().any(|at| HEARD[*at] == Heard::Captured);
            prop_assert_eq!(was_captured, state == Captured);
        }
    }
}
