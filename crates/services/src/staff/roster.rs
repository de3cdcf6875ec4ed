//! Adding, changing and closing the accounts of the shop's own people.

use super::of_row;
use crate::{Permission, Result, Role, ServiceError, Services, Thing, Who, members::phone};
use ids::StaffId;
use storage::{
    sessions,
    staff::{self, StaffRow},
};
use wire::{PutStaff, StaffMember};

fn wire(row: StaffRow) -> StaffMember {
    StaffMember {
        phone: phone::masked(&row.phone),
        id: row.id,
        name: row.name,
        role: row.role,
        place: row.place,
        active: row.active,
    }
}

impl Services {
    /// All accounts, telephones masked.
    ///
    /// # Errors
    /// Without [`Permission::StaffManage`].
    pub async fn staff(&self, who: &Who) -> Result<Vec<StaffMember>> {
        who.require(Permission::StaffManage)?;
        Ok(staff::all(self.db()).await?.into_iter().map(wire).collect())
    }

    /// Adds an account, or changes the one with this telephone. Its sessions end, so that what it may do holds at once.
    ///
    /// # Errors
    /// Without [`Permission::StaffManage`]; [`ServiceError::Invalid`] with every wrong field.
    pub async fn put_staff(&self, who: &Who, request: &PutStaff) -> Result<StaffMember> {
        who.require(Permission::StaffManage)?;
        self.put_staff_here(request).await
    }

    /// [`Services::put_staff`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// [`ServiceError::Invalid`] with every wrong field.
    pub async fn put_staff_here(&self, request: &PutStaff) -> Result<StaffMember> {
        let row = self.checked(request).await?;
        let tx = self.db().begin().await?;
        staff::put(&tx, &row).await?;
        sessions::delete_of_staff(&tx, &row.id).await?;
        tx.commit().await?;
        Ok(wire(row))
    }

    /// Closes an account and ends its sessions. Telephones are masked in the list, so it is named by its id. Nobody closes the own one: the shop
    /// must not be left without an administrator by one press.
    ///
    /// # Errors
    /// Without [`Permission::StaffManage`]; [`ServiceError::NotFound`] if there is none; [`ServiceError::NotNow`] for the asker's own.
    pub async fn close_staff(&self, who: &Who, id: &StaffId) -> Result<StaffMember> {
        let asker = who.require(Permission::StaffManage)?;
        if asker.id == *id {
            let (zh, en) =
                ("不能停用自己的账号，请让另一位管理员来做。", "Another administrator has to close your account.");
            return Err(ServiceError::NotNow(pricing::Text::new(zh, en)));
        }
        let row = staff::by_id(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Staff))?;
        let row = StaffRow { active: false, ..row };
        let tx = self.db().begin().await?;
        staff::put(&tx, &row).await?;
        sessions::delete_of_staff(&tx, &row.id).await?;
        tx.commit().await?;
        Ok(wire(row))
    }

    async fn checked(&self, request: &PutStaff) -> Result<StaffRow> {
        let mut wrong = Vec::new();
        let mut say = |field: &str, zh: &str, en: &str| {
            wrong.push(wire::FieldError { field: field.to_owned(), message: pricing::Text::new(zh, en) });
        };
        let normal = phone::normalise(&request.phone);
        if normal.is_none() {
            say("phone", phone::WRONG.0, phone::WRONG.1);
        }
        if request.name.trim().is_empty() || request.name.chars().count() > 60 {
            say("name", "请填写姓名，最多 60 个字。", "Write a name of at most 60 characters.");
        }
        let role = Role::of(&request.role);
        if role.is_none() {
            let roles = Role::ALL.map(Role::word).join(", ");
            say("role", &format!("角色只能是：{roles}。"), &format!("A role is one of: {roles}."));
        }
        let active = self.active().await?;
        match &request.place {
            None if role.is_some_and(Role::is_bound) => {
                say("place", "这个角色要选一个门店或仓库。", "This role works at one place: name it.");
            }
            Some(place) if active.catalogue.place(place).is_none() => {
                say("place", &format!("没有门店 {place}。"), &format!("There is no place {place}."));
            }
            _ => {}
        }
        let Some(phone) = normal.filter(|_| wrong.is_empty()) else { return Err(ServiceError::Invalid(wrong)) };
        let known = staff::by_phone(self.db(), &phone).await?;
        let new_id = || StaffId::new(storage::new_id()).expect("a UUID is an id");
        Ok(StaffRow {
            id: known.as_ref().map_or_else(new_id, |row| row.id.clone()),
            phone,
            name: request.name.trim().to_owned(),
            role: request.role.clone(),
            place: request.place.clone(),
            active: request.active,
            created_at: known.map_or_else(|| self.now(), |row| row.created_at),
        })
    }

    /// The one of the shop's own people with this id, to act as on the command line and in tests.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`] if there is none, or the account was closed.
    pub async fn staff_who(&self, id: &StaffId) -> Result<Who> {
        let row = staff::by_id(self.db(), id).await?;
        let staff = row.and_then(of_row).ok_or(ServiceError::NotFound(Thing::Staff))?;
        Ok(Who { store: staff.place.clone(), staff: Some(staff), ..Who::default() })
    }
}
