//! The shop's own people: who they are, and how they sign in.

mod roster;
mod sign_in;

pub use sign_in::StaffSignedIn;

use crate::{Permission, Role, Staff};
use storage::staff::StaffRow;
use wire::StaffInfo;

/// Who a row stands for; none if the account was closed, or its role is unknown to this program.
pub(crate) fn of_row(row: StaffRow) -> Option<Staff> {
    let role = Role::of(&row.role).filter(|_| row.active)?;
    Some(Staff { id: row.id, name: row.name, role, place: row.place })
}

/// What pages show of the one who signed in, with what the role may do.
pub(crate) fn info(staff: &Staff) -> StaffInfo {
    let may = Permission::ALL.into_iter().filter(|permission| staff.role.may(*permission));
    let word = |permission| match serde_json::to_value(permission) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    };
    StaffInfo {
        id: staff.id.clone(),
        name: staff.name.clone(),
        role: staff.role.word().to_owned(),
        place: staff.place.clone(),
        may: may.map(word).collect(),
    }
}
