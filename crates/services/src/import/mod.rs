//! Imports: files are read as a whole, compared with the database and shown as a plan; a plan without faults is written in
//! one transaction, with search index and price book.

mod categories;
mod cells;
mod commit;
mod demo;
mod diff;
mod draft;
mod findings;
mod plan;
mod sheet;
mod sku;
mod stock;
mod table;
mod terms;
mod texts;

pub use demo::DemoFiles;
pub use findings::Fault;
pub use plan::{Change, ImportPlan, ImportReport, PlanItem, Tally};

use crate::{Result, ServiceError, Services, book, setup};
use findings::{Findings, Spot, refuse};
use money::Currency;
use plan::{Progress, Work};
use storage::{Query, Tx, settings};
use table::{Layout, Table};

/// A file: its name, for messages, and its bytes.
type File = (String, Vec<u8>);

/// What the files are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Products,
    Translations,
    Stock,
}

impl Kind {
    fn layout(self) -> &'static Layout {
        match self {
            Self::Products => &sheet::LAYOUT,
            Self::Translations => &texts::LAYOUT,
            Self::Stock => &stock::LAYOUT,
        }
    }
}

fn tables(kind: Kind, files: &[File], findings: &mut Findings) -> Vec<Table> {
    let read = |(name, bytes): &File| {
        let table = Table::read(name, bytes, kind.layout(), findings)?;
        if table.len() == 0 {
            let top = Spot { file: name.clone(), line: 1 };
            findings.warn(&top, "", "文件没有数据行", "the file has no rows");
        }
        Some(table)
    };
    files.iter().filter_map(read).collect()
}

async fn plan_of(on: &impl Query, kind: Kind, files: &[File]) -> Result<ImportPlan> {
    let mut findings = Findings::default();
    let tables = tables(kind, files, &mut findings);
    match kind {
        Kind::Products => products(on, &tables, findings).await,
        Kind::Translations => texts::plan(on, &tables, findings).await,
        Kind::Stock => stock::plan(on, &tables, findings).await,
    }
}

async fn products(on: &impl Query, tables: &[Table], mut findings: Findings) -> Result<ImportPlan> {
    let facts: Option<setup::ShopFacts> = settings::get(on, setup::FACTS).await?;
    let currency = facts.map_or(Currency::CNY, |facts| facts.currency);
    let drafts = tables.iter().flat_map(|table| sheet::drafts(table, currency, &mut findings)).collect::<Vec<_>>();
    let mut plan = ImportPlan::new(Work::Products(Vec::new()));
    plan.rows = tables.iter().map(Table::len).sum();
    diff::compare(on, &drafts, findings, &mut plan).await?;
    plan.work = Work::Products(drafts);
    Ok(plan)
}

impl Services {
    /// Says what Shopify product CSVs, given by name and bytes, would change, and everything that is wrong in them.
    ///
    /// # Errors
    /// If the database can't be read; what is wrong in the files is in the plan.
    pub async fn plan_products(&self, files: &[(String, Vec<u8>)]) -> Result<ImportPlan> {
        plan_of(self.db(), Kind::Products, files).await
    }

    /// The same for Shopify's translation CSVs.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn plan_translations(&self, files: &[(String, Vec<u8>)]) -> Result<ImportPlan> {
        plan_of(self.db(), Kind::Translations, files).await
    }

    /// The same for stock counts, `SKU,Location,On hand,Safety`.
    ///
    /// # Errors
    /// If the database can't be read.
    pub async fn plan_stock(&self, files: &[(String, Vec<u8>)]) -> Result<ImportPlan> {
        plan_of(self.db(), Kind::Stock, files).await
    }

    /// Imports the products of a plan; `progress` is told how many of how many are written.
    ///
    /// # Errors
    /// [`ServiceError::BadData`] with every fault, those of the plan or such as came up since it was made; then nothing is
    /// imported.
    pub async fn commit_products(
        &self,
        plan: ImportPlan,
        progress: &mut (dyn FnMut(usize, usize) + Send),
    ) -> Result<ImportReport> {
        self.commit(plan, Kind::Products, progress).await
    }

    /// The same for translations.
    ///
    /// # Errors
    /// As [`Services::commit_products`].
    pub async fn commit_translations(
        &self,
        plan: ImportPlan,
        progress: &mut (dyn FnMut(usize, usize) + Send),
    ) -> Result<ImportReport> {
        self.commit(plan, Kind::Translations, progress).await
    }

    /// The same for stock.
    ///
    /// # Errors
    /// As [`Services::commit_products`].
    pub async fn commit_stock(
        &self,
        plan: ImportPlan,
        progress: &mut (dyn FnMut(usize, usize) + Send),
    ) -> Result<ImportReport> {
        self.commit(plan, Kind::Stock, progress).await
    }

    async fn commit(&self, plan: ImportPlan, kind: Kind, progress: Progress<'_>) -> Result<ImportReport> {
        refuse(&plan.faults)?;
        if plan.work.kind() != kind {
            return Err(ServiceError::internal("the plan is of another kind of import"));
        }
        let tx = self.db().begin().await?;
        let before = if kind == Kind::Products { Some(book::sku_prices(&tx).await?) } else { None };
        let report = self.write(&tx, &plan.work, progress).await?;
        if report.is_idle() {
            return Ok(report);
        }
        book::follow(&tx, self.now(), before).await?;
        self.finish(tx).await?;
        Ok(report)
    }

    async fn write(&self, tx: &Tx, work: &Work, progress: Progress<'_>) -> Result<ImportReport> {
        match work {
            Work::Products(drafts) => commit::write(tx, self.now(), drafts, progress).await,
            Work::Texts(rows) => texts::write(tx, rows, progress).await,
            Work::Stock(counts) => stock::write(tx, self.now(), counts, progress).await,
        }
    }

    /// Tells all servers that there is something new, and looks at it here.
    async fn finish(&self, tx: Tx) -> Result<()> {
        setup::stamp(&tx).await?;
        tx.commit().await?;
        self.reload().await?;
        Ok(())
    }
}

impl Work {
    fn kind(&self) -> Kind {
        match self {
            Self::Products(_) => Kind::Products,
            Self::Texts(_) => Kind::Translations,
            Self::Stock(_) => Kind::Stock,
        }
    }
}

impl ImportReport {
    /// True if everything was already as the files state it.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        [self.products, self.variants, self.texts, self.stock].iter().all(|tally| tally.added + tally.changed == 0)
    }
}
