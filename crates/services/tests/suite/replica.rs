//! Reads that may be a little old go to a server that follows the database, and only those.

use storage::{Db, Query};
use testkit::Database;
use vault::Vault;

async fn named(name: &'static str) -> Option<(Database, Db)> {
    let database = Database::postgres().await?;
    let db = Db::open(database.url(), Vault::closed()).await.unwrap();
    storage::migrate(&db).await.unwrap();
    let sql = "INSERT INTO settings (name, value) VALUES ('who', $1)";
    db.run(sql, vec![name.to_owned().into()]).await.unwrap();
    Some((database, db))
}

async fn who(db: &Db) -> String {
    let row = db.row("SELECT value FROM settings WHERE name = 'who'", vec![]).await.unwrap();
    row.unwrap().text("value").unwrap()
}

#[tokio::test]
async fn only_what_may_be_old_is_read_from_the_replica() {
    // Two databases stand for a primary and a follower that is behind: who answers is seen by what is read.
    let Some((_primary, db)) = named("primary").await else { return };
    let (follower, _open) = named("replica").await.unwrap();
    let db = db.with_replica(follower.url()).unwrap();
    assert_eq!((who(&db).await, who(&db.stale()).await), ("primary".to_owned(), "replica".to_owned()));
    // Writes and transactions never go there.
    let tx = db.stale().begin().await.unwrap();
    let row = tx.row("SELECT value FROM settings WHERE name = 'who'", vec![]).await.unwrap();
    assert_eq!(row.unwrap().text("value").unwrap(), "primary");
    drop(tx);
    db.stale().run("UPDATE settings SET value = 'written' WHERE name = 'who'", vec![]).await.unwrap();
    assert_eq!((who(&db).await, who(&db.stale()).await), ("written".to_owned(), "replica".to_owned()));
}

#[tokio::test]
async fn a_replica_that_is_gone_is_passed_over() {
    let Some((_primary, db)) = named("primary").await else { return };
    let db = db.with_replica("postgres://postgres@127.0.0.1:1/nobody").unwrap();
    assert_eq!(who(&db.stale()).await, "primary");
}

#[tokio::test]
async fn sqlite_has_no_replica() {
    let database = Database::sqlite();
    let db = Db::open(database.url(), Vault::closed()).await.unwrap();
    storage::migrate(&db).await.unwrap();
    assert!(db.stale().row("SELECT 1 AS one", vec![]).await.unwrap().is_some());
    assert!(db.with_replica("postgres://postgres@127.0.0.1/x").is_err());
}
