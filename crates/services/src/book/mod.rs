//! Price books: built from catalogue and settings or published by a merchandiser, never changed, in force from an instant on.

mod build;
mod cancel;
mod follow;
mod publish;
mod versions;

pub use publish::Published;
pub use versions::{Activated, Deed, Version};

pub(crate) use build::{gift_choices, gifts_out, sku_prices};
pub(crate) use follow::follow;

use crate::{Result, ServiceError, Services, secret, windows};
use build::{build, without_empty_gifts};
use ids::PriceBookId;
use pricing::{BookError, CompiledBook, Instant, Slice, book::PriceBook, canonical_json};
use std::sync::Arc;
use storage::{
    Query, Tx,
    books::{self, Activation, ActivationKind, BookRow},
};

/// Who makes books of catalogue and stock, as activations name it.
const SERVER: &str = "concord";

/// Compiling a book of a large shop takes long enough to be kept off the threads that answer requests.
pub(crate) async fn compile(book: PriceBook) -> Result<CompiledBook> {
    let compiled =
        tokio::task::spawn_blocking(move || CompiledBook::new(book)).await.map_err(ServiceError::internal)?;
    compiled.map_err(faults)
}

/// Everything that is wrong with a book.
#[expect(clippy::needless_pass_by_value, reason = "it stands where an error is mapped")]
fn faults(errors: Vec<BookError>) -> ServiceError {
    ServiceError::BadData(errors.iter().map(ToString::to_string).collect())
}

/// A stored book's document, after a look whether it still has the bytes that its id stands for.
pub(crate) async fn stored(on: &impl Query, id: &PriceBookId) -> Result<PriceBook> {
    let text = books::document(on, id).await?;
    let text = text.ok_or_else(|| ServiceError::internal(format!("price book {id} is not stored")))?;
    let hash = secret::hex(&secret::sha256(text.as_bytes()));
    if hash != id.as_str() {
        return Err(ServiceError::internal(format!("what is stored as price book {id} has the hash {hash}")));
    }
    serde_json::from_str(&text).map_err(ServiceError::internal)
}

/// A stored book, compiled under the id it was stored with: a later program may write the same document in other bytes.
pub(crate) async fn load(on: &impl Query, id: &PriceBookId) -> Result<CompiledBook> {
    let slice = Slice { of: id.clone(), part: stored(on, id).await? };
    let compiled = tokio::task::spawn_blocking(move || CompiledBook::from_slice(slice)).await;
    compiled.map_err(ServiceError::internal)?.map_err(faults)
}

/// Compiles a book and stores it; the same book again changes nothing. Also says whether it is new.
async fn store(tx: &Tx, book: PriceBook, now: Instant, deed: Option<&Deed>) -> Result<(Arc<CompiledBook>, bool)> {
    let compiled = Arc::new(compile(book).await?);
    let row = BookRow {
        id: compiled.id().clone(),
        published_at: now,
        published_by: deed.map(|deed| deed.by.clone()),
        note: deed.map(|deed| deed.reason.clone()).filter(|note| !note.is_empty()),
    };
    let is_new = books::insert(tx, &row, &canonical_json(compiled.document())).await?;
    Ok((compiled, is_new))
}

/// Makes a book hold from now on that the server made by itself, without promotions whose gifts have run out, unless just that holds already.
async fn put(tx: &Tx, mut book: PriceBook, now: Instant, reason: &str) -> Result<PriceBookId> {
    windows::expand(&mut book, now)?;
    let (source, _) = store(tx, book, now, None).await?;
    let fit = without_empty_gifts(tx, source.document().clone()).await?;
    let id =
        if fit == *source.document() { source.id().clone() } else { store(tx, fit, now, None).await?.0.id().clone() };
    let held = books::active(tx, now).await?;
    if held.is_none_or(|held| held.book != id || held.source != *source.id()) {
        let (made_by, reason) = (SERVER.to_owned(), reason.to_owned());
        let kind = ActivationKind::Made;
        let source = source.id().clone();
        let one =
            Activation { book: id.clone(), source, from: now, kind, made_at: now, made_by, reason, cancelled: None };
        books::activate(tx, &one).await?;
    }
    Ok(id)
}

/// Builds the book from catalogue and settings and makes it hold from now on.
pub(crate) async fn rebuild(tx: &Tx, now: Instant) -> Result<PriceBookId> {
    put(tx, build(tx).await?, now, "built from catalogue and settings").await
}

impl Services {
    /// Ends the promotions whose gifts have run out, so that shoppers see a quote without them and decide again.
    /// Returns true if the book in force changed.
    pub(crate) async fn retire_empty_gifts(&self) -> Result<bool> {
        let tx = self.db().begin().await?;
        let now = self.now();
        let Some(active) = books::active(&tx, now).await? else { return Ok(false) };
        let id = put(&tx, stored(&tx, &active.source).await?, now, "gifts ran out").await?;
        tx.commit().await?;
        self.reload().await?;
        Ok(id != active.book)
    }
}
