//! A shop moves from SQLite to PostgreSQL and back, with every row.

use services::Who;
use storage::{Db, copy};
use testkit::{Database, TestShop};
use wire::ProductQuery;

async fn empty(database: &Database) -> Db {
    let db = Db::open(database.url(), vault::Vault::closed()).await.unwrap();
    storage::migrate(&db).await.unwrap();
    db
}

#[tokio::test]
async fn every_table_is_copied_and_compared() {
    let shop = TestShop::new(Database::sqlite()).await;
    let source = shop.db().await;
    let mut known: Vec<String> = copy::TABLES.iter().map(|(table, _)| (*table).to_owned()).collect();
    known.sort();
    assert_eq!(copy::tables(&source).await.unwrap(), known, "a table is missing in storage::copy::TABLES");
    let Some(postgres) = Database::postgres().await else { return };
    let (middle, back) = (empty(&postgres).await, Database::sqlite());
    let target = empty(&back).await;
    let there = copy::copy(&source, &middle, &mut |_| ()).await.unwrap();
    let home = copy::copy(&middle, &target, &mut |_| ()).await.unwrap();
    assert_eq!(there, home);
    assert!(there.iter().map(|one| one.rows).sum::<u64>() > 1_000);
    // It is the same shop.
    let moved = TestShop { database: postgres, ..shop }.another().await;
    let found = moved.products(&Who::default(), &ProductQuery::default()).await.unwrap();
    assert_eq!(found.total, 81);
    // A database in use is not written over.
    let again = copy::copy(&source, &middle, &mut |_| ()).await;
    assert!(again.unwrap_err().to_string().contains("not empty"));
}
