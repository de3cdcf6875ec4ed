//! A shop made ready for a trial, by the same commands that a merchant uses.

use crate::cluster::Setup;
use anyhow::{Context, Result, bail, ensure};
use ids::Sku;
use serde_json::Value;
use std::process::Command;

/// How often a promotion may give, for a trial.
#[derive(Clone, Copy, Debug)]
pub struct Most {
    /// Orders over all.
    pub total: i64,
    /// Orders per member.
    pub per_member: Option<i64>,
}

impl Setup {
    /// Runs `concord` on the shop's database and gives what it printed.
    ///
    /// # Errors
    /// With what it said, if it failed.
    pub fn concord(&self, arguments: &[&str]) -> Result<String> {
        let mut command = Command::new(&self.binary);
        command.args(arguments).env("CONCORD_DATABASE_URL", &self.database_url).env("CONCORD_DATA_DIR", &self.folder);
        let output = command.output().with_context(|| format!("cannot run {}", self.binary.display()))?;
        if !output.status.success() {
            bail!("concord {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Sets the units of SKUs at places by importing a sheet.
    ///
    /// # Errors
    /// If it is refused.
    pub fn set_stock(&self, rows: &[(Sku, String, i64)]) -> Result<()> {
        let mut sheet = "SKU,Location,On hand,Safety\n".to_owned();
        rows.iter().for_each(|(sku, place, units)| sheet.push_str(&format!("{sku},{place},{units},0\n")));
        let file = self.folder.join("stock.csv");
        std::fs::write(&file, sheet)?;
        let file = file.display().to_string();
        self.concord(&["import", "stock", &file, "--commit"]).map(drop)
    }

    /// Publishes and activates a price book in which the promotion of a coupon may give so often.
    ///
    /// # Errors
    /// If there is no such promotion, or the book is refused.
    pub fn limit_coupon(&self, coupon: &str, most: Most) -> Result<()> {
        let mut book: Value = serde_json::from_str(&self.concord(&["book", "show", "--json"])?)?;
        let promotions = book["promotions"].as_array_mut().context("a book has promotions")?;
        let one = promotions.iter_mut().find(|one| one["coupon"] == coupon).context("no promotion has this coupon")?;
        one["limit"] = serde_json::json!({ "total": most.total });
        if let Some(per_member) = most.per_member {
            one["limit"]["per_member"] = per_member.into();
        }
        let file = self.folder.join("book.json");
        std::fs::write(&file, book.to_string())?;
        let file = file.display().to_string();
        let told = self.concord(&["book", "publish", &file, "--by", "trial", "--reason", "a limit", "--lang", "en"])?;
        let id = told.split_whitespace().next().context("publishing names the version")?.to_owned();
        self.concord(&["book", "activate", &id, "--by", "trial", "--reason", "a limit", "--lang", "en"])?;
        let held: Value = serde_json::from_str(&self.concord(&["book", "show", "--json"])?)?;
        let limits = held["promotions"].as_array().into_iter().flatten().find(|one| one["coupon"] == coupon);
        ensure!(limits.is_some_and(|one| one["limit"]["total"] == most.total), "the new book does not hold");
        Ok(())
    }
}
