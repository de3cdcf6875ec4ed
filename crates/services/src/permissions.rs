//! Who of the shop's own people may do what: one table, looked at by every use case before it does anything.

use crate::{Result, ServiceError, Who};
use ids::{PlaceId, StaffId};
use serde::{Deserialize, Serialize};

/// What somebody of the shop's own people is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sells, hands over, packs and takes back at one place.
    Clerk,
    /// A clerk who also decides at that place.
    StoreManager,
    /// Answers shoppers for the whole shop.
    Service,
    /// Plans promotions, coupons and stock.
    Merchandiser,
    /// May do everything.
    Administrator,
}

/// What a use case asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Permission {
    /// See units and movements.
    StockSee,
    /// Receive, count, transfer, report damage at one's place.
    StockMove,
    /// Set safety stock, what is kept back, and how orders are sourced.
    StockPlan,
    /// See orders at one's place, or all of them where the role is not bound to a place.
    OrderSee,
    /// Take orders at the till.
    OrderTake,
    /// Pick, pack, send and hand over.
    OrderFulfil,
    /// Change and cancel orders for shoppers.
    OrderService,
    /// Take goods back.
    ReturnTake,
    /// Give money back beyond what the rules give.
    RefundApprove,
    /// See payments and settle what is in doubt.
    PaymentSee,
    /// Record cash and card terminals.
    PaymentRecord,
    /// Look members up; personal data are masked.
    MemberSee,
    /// See personal data in full, for a reason that is written down.
    MemberUnmask,
    /// Correct points and stored value, for a reason that is written down.
    MemberAdjust,
    /// Export or erase a person's data.
    PersonData,
    /// Issue coupons and make batches of codes.
    CouponIssue,
    /// Change promotions and publish price books.
    PriceBook,
    /// Read the audit log.
    AuditSee,
    /// Add, change and close accounts of the shop's own people.
    StaffManage,
    /// See messages, jobs and their faults, and try them again.
    Operate,
}

use Permission as P;

impl Permission {
    /// All of them.
    pub const ALL: [Self; 20] = [
        P::StockSee,
        P::StockMove,
        P::StockPlan,
        P::OrderSee,
        P::OrderTake,
        P::OrderFulfil,
        P::OrderService,
        P::ReturnTake,
        P::RefundApprove,
        P::PaymentSee,
        P::PaymentRecord,
        P::MemberSee,
        P::MemberUnmask,
        P::MemberAdjust,
        P::PersonData,
        P::CouponIssue,
        P::PriceBook,
        P::AuditSee,
        P::StaffManage,
        P::Operate,
    ];
}

const CLERK: [P; 8] = [
    P::StockSee,
    P::StockMove,
    P::OrderSee,
    P::OrderTake,
    P::OrderFulfil,
    P::ReturnTake,
    P::PaymentRecord,
    P::MemberSee,
];
const MANAGER: [P; 3] = [P::StockPlan, P::RefundApprove, P::PaymentSee];
const SERVICE: [P; 9] = [
    P::StockSee,
    P::OrderSee,
    P::OrderService,
    P::ReturnTake,
    P::RefundApprove,
    P::PaymentSee,
    P::MemberSee,
    P::MemberUnmask,
    P::PersonData,
];
const MERCHANDISER: [P; 5] = [P::StockSee, P::StockMove, P::StockPlan, P::CouponIssue, P::PriceBook];

impl Role {
    /// All roles, from the least to the most.
    pub const ALL: [Self; 5] =
        [Self::Clerk, Self::StoreManager, Self::Service, Self::Merchandiser, Self::Administrator];

    /// True if the role may do it, somewhere.
    #[must_use]
    pub fn may(self, permission: Permission) -> bool {
        match self {
            Self::Clerk => CLERK.contains(&permission),
            Self::StoreManager => CLERK.contains(&permission) || MANAGER.contains(&permission),
            Self::Service => SERVICE.contains(&permission),
            Self::Merchandiser => MERCHANDISER.contains(&permission),
            Self::Administrator => true,
        }
    }

    /// True if people of this role work at one place and may act there only.
    #[must_use]
    pub fn is_bound(self) -> bool {
        matches!(self, Self::Clerk | Self::StoreManager)
    }

    /// The word that is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::StoreManager => "store_manager",
            Self::Service => "service",
            Self::Merchandiser => "merchandiser",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Who of the shop's own people asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Staff {
    /// Who.
    pub id: StaffId,
    /// The name that colleagues see.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// The place where they act; none for the whole shop.
    pub place: Option<PlaceId>,
}

impl Who {
    /// The asker, if the asker's role may do it.
    ///
    /// # Errors
    /// [`ServiceError::SignInNeeded`] for a guest, [`ServiceError::Forbidden`] for everybody else.
    pub fn require(&self, permission: Permission) -> Result<&Staff> {
        match &self.staff {
            Some(staff) if staff.role.may(permission) => Ok(staff),
            None if self.member.is_none() => Err(ServiceError::SignInNeeded),
            _ => Err(ServiceError::Forbidden),
        }
    }

    /// The asker, if the asker's role may do it at this place.
    ///
    /// # Errors
    /// As [`Who::require`]; [`ServiceError::Forbidden`] for somebody who works at another place.
    pub fn require_at(&self, permission: Permission, place: &PlaceId) -> Result<&Staff> {
        let staff = self.require(permission)?;
        let elsewhere = staff.role.is_bound() && staff.place.as_ref() != Some(place);
        if elsewhere { Err(ServiceError::Forbidden) } else { Ok(staff) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_bound_to_its_place_and_its_permissions() {
        let at = |role, place: &str| Who {
            staff: Some(Staff {
                id: StaffId::new("s1").unwrap(),
                name: String::new(),
                role,
                place: PlaceId::new(place).ok(),
            }),
            ..Who::default()
        };
        let store = PlaceId::new("store-1").unwrap();
        let rows = [
            (at(Role::Clerk, "store-1"), P::StockMove, true),
            (at(Role::Clerk, "store-2"), P::StockMove, false),
            (at(Role::Clerk, "store-1"), P::StockPlan, false),
            (at(Role::StoreManager, "store-1"), P::StockPlan, true),
            (at(Role::Merchandiser, "store-2"), P::StockPlan, true),
            (at(Role::Service, ""), P::MemberUnmask, true),
            (at(Role::Administrator, ""), P::StaffManage, true),
        ];
        for (who, permission, may) in rows {
            assert_eq!(who.require_at(permission, &store).is_ok(), may, "{who:?} {permission:?}");
        }
        assert!(matches!(Who::default().require(P::StockSee), Err(ServiceError::SignInNeeded)));
        let words = Role::ALL.map(|role| Role::of(role.word()));
        assert_eq!(words, Role::ALL.map(Some));
    }

    #[test]
    fn every_permission_is_listed_and_somebodys_besides_the_administrators() {
        let least = |permission| Role::ALL.into_iter().filter(|role| role.may(permission)).count();
        let alone: Vec<_> = P::ALL.into_iter().filter(|one| least(*one) == 1).collect();
        assert_eq!(alone, [P::MemberAdjust, P::AuditSee, P::StaffManage, P::Operate]);
    }
}
