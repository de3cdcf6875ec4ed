//! The shop's own people.

use crate::{
    Query, Result, Row,
    sealed::{STAFF_NAME, STAFF_PHONE, phone_index},
    values,
};
use ids::{PlaceId, StaffId};
use pricing::Instant;

/// One of the shop's own people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffRow {
    /// The id that movements, orders and the audit log name.
    pub id: StaffId,
    /// The telephone in E.164 form. It is sealed in the table.
    pub phone: String,
    /// The name that colleagues see. It is sealed in the table.
    pub name: String,
    /// What they may do, as a word that the services know.
    pub role: String,
    /// The store or warehouse where they work; none for all.
    pub place: Option<PlaceId>,
    /// False once the account was closed.
    pub active: bool,
    /// Since when.
    pub created_at: Instant,
}

fn read(on: &impl Query, row: &Row) -> Result<StaffRow> {
    let id: StaffId = row.id("id")?;
    Ok(StaffRow {
        phone: STAFF_PHONE.open(on, id.as_str(), &row.text("phone")?)?,
        name: STAFF_NAME.open(on, id.as_str(), &row.text("name")?)?,
        id,
        role: row.text("role")?,
        place: row.maybe_id("place")?,
        active: row.flag("active")?,
        created_at: row.instant("created_at")?,
    })
}

/// The one with this id.
pub async fn by_id(on: &impl Query, id: &StaffId) -> Result<Option<StaffRow>> {
    on.row("SELECT * FROM staff WHERE id = $1", values![id]).await?.map(|row| read(on, &row)).transpose()
}

/// The one with this telephone in E.164 form.
pub async fn by_phone(on: &impl Query, phone: &str) -> Result<Option<StaffRow>> {
    let index = phone_index(on, phone)?;
    on.row("SELECT * FROM staff WHERE phone_index = $1", values![index]).await?.map(|row| read(on, &row)).transpose()
}

/// All, by the time since when.
pub async fn all(on: &impl Query) -> Result<Vec<StaffRow>> {
    on.rows("SELECT * FROM staff ORDER BY created_at, id", vec![]).await?.iter().map(|row| read(on, row)).collect()
}

/// Adds one, or changes the one with this id.
pub async fn put(on: &impl Query, row: &StaffRow) -> Result<()> {
    let sql = "INSERT INTO staff (id, phone, phone_index, name, role, place, active, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (id) DO UPDATE SET phone = excluded.phone, phone_index = excluded.phone_index, name = excluded.name, role = excluded.role,
        place = excluded.place, active = excluded.active";
    let id = row.id.as_str();
    let mut values = values![id, STAFF_PHONE.seal(on, id, &row.phone)?, phone_index(on, &row.phone)?];
    values.extend(values![STAFF_NAME.seal(on, id, &row.name)?, &row.role, row.place.as_ref(), row.active]);
    values.extend(values![row.created_at]);
    on.run(sql, values).await?;
    Ok(())
}
