//! Stock and movements as CSV. What is exported of the stock can be imported again.

use crate::{Permission, Result, ServiceError, Services, Who};
use storage::{
    postings::{self, MovementRow},
    stock::{self, StockFilter, StockRow},
};

/// Rows that are read at once.
const ROWS: i64 = 2_000;

fn text(writer: csv::Writer<Vec<u8>>) -> Result<String> {
    let bytes = writer.into_inner().map_err(|error| ServiceError::internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(ServiceError::internal)
}

fn stock_cells(row: &StockRow) -> [String; 9] {
    let units = [row.on_hand, row.safety, row.keep_back, row.reserved, row.available(), row.quarantine, row.in_transit];
    let [on_hand, safety, keep_back, reserved, available, quarantine, in_transit] =
        units.map(|units| units.to_string());
    let (sku, place) = (row.sku.to_string(), row.place.to_string());
    [sku, place, on_hand, safety, keep_back, reserved, available, quarantine, in_transit]
}

const STOCK_HEAD: [&str; 9] =
    ["SKU", "Location", "On hand", "Safety", "Keep back", "Reserved", "Available", "Quarantine", "In transit"];

const MOVEMENT_HEAD: [&str; 13] = [
    "Id",
    "At",
    "SKU",
    "Location",
    "Kind",
    "On hand",
    "Reserved",
    "Quarantine",
    "In transit",
    "Order",
    "Reference",
    "By",
    "Note",
];

fn movement_cells(row: &MovementRow) -> [String; 13] {
    let (movement, delta) = (&row.movement, row.movement.delta);
    let units = [delta.on_hand, delta.reserved, delta.quarantine, delta.in_transit].map(|units| units.to_string());
    let [on_hand, reserved, quarantine, in_transit] = units;
    let or_empty = |text: &Option<String>| text.clone().unwrap_or_default();
    [
        row.id.clone(),
        row.at.to_string(),
        movement.sku.to_string(),
        movement.place.to_string(),
        movement.kind.word().to_owned(),
        on_hand,
        reserved,
        quarantine,
        in_transit,
        row.order.as_ref().map(ToString::to_string).unwrap_or_default(),
        or_empty(&row.reference),
        or_empty(&row.actor),
        or_empty(&row.note),
    ]
}

impl Services {
    /// The whole stock as CSV, with the columns that [`Services::plan_stock`] reads.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`].
    pub async fn export_stock(&self, who: &Who) -> Result<String> {
        who.require(Permission::StockSee)?;
        self.export_stock_here().await
    }

    /// [`Services::export_stock`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn export_stock_here(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(STOCK_HEAD).map_err(ServiceError::internal)?;
        let mut filter = StockFilter { rows_max: ROWS, ..StockFilter::default() };
        loop {
            let rows = stock::find(&self.stale(), &filter).await?;
            let Some(last) = rows.last() else { return text(writer) };
            filter.after = Some((last.sku.clone(), last.place.clone()));
            for row in &rows {
                writer.write_record(stock_cells(row)).map_err(ServiceError::internal)?;
            }
        }
    }

    /// Every movement as CSV, the first first.
    ///
    /// # Errors
    /// Without [`Permission::StockSee`].
    pub async fn export_movements(&self, who: &Who) -> Result<String> {
        who.require(Permission::StockSee)?;
        self.export_movements_here().await
    }

    /// [`Services::export_movements`] for whoever may run a command on the shop's own machine.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn export_movements_here(&self) -> Result<String> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(MOVEMENT_HEAD).map_err(ServiceError::internal)?;
        let mut after = String::new();
        loop {
            let rows = postings::all(&self.stale(), &after, ROWS).await?;
            let Some(last) = rows.last() else { return text(writer) };
            after.clone_from(&last.id);
            for row in &rows {
                writer.write_record(movement_cells(row)).map_err(ServiceError::internal)?;
            }
        }
    }
}
