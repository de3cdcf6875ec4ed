//! Everything that stands in a database, to look for what must not stand there.

use crate::Database;
use storage::{Db, Query};

/// A text that stands somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The table.
    pub table: String,
    /// The column.
    pub column: String,
    /// What stands there, numbers as texts.
    pub text: String,
}

/// Every value of every column of every table; NULLs are left out.
///
/// # Panics
/// If the database can't be read.
pub async fn dump(database: &Database) -> Vec<Cell> {
    let db = Db::open(database.url(), vault::Vault::closed()).await.expect("the database opens");
    let columns = if db.is_postgres() {
        "SELECT table_name AS t, column_name AS c FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1, 2"
    } else {
        "SELECT m.name AS t, p.name AS c FROM sqlite_master m, pragma_table_info(m.name) p WHERE m.type = 'table' ORDER BY 1, 2"
    };
    let mut cells = Vec::new();
    for row in db.rows(columns, vec![]).await.expect("the tables can be listed") {
        let (table, column) = (row.text("t").expect("a name"), row.text("c").expect("a name"));
        // Names can't be bound; these are those of our own migrations.
        let sql = format!("SELECT CAST(\"{column}\" AS TEXT) AS text FROM \"{table}\" WHERE \"{column}\" IS NOT NULL");
        let sql: &'static str = Box::leak(sql.into_boxed_str());
        for row in db.rows(sql, vec![]).await.expect("a table can be read") {
            cells.push(Cell { table: table.clone(), column: column.clone(), text: row.text("text").expect("a text") });
        }
    }
    db.close().await;
    cells
}
