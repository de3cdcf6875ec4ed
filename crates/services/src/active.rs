//! What every request needs and seldom changes: the compiled price book and the catalogue's index, in memory.

use crate::{
    Result, ServiceError, Services, book,
    catalog::index::Catalogue,
    setup::{self},
};
use ids::{PriceBookId, PromotionId, Sku};
use pricing::{CompiledBook, Instant};
use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};
use storage::{books, settings};

/// How old what is in memory may be before the database is asked whether it still holds.
const FRESH_MS: i64 = 1_000;
/// A scheduled book is compiled so long before it holds.
const AHEAD_MS: i64 = 60_000;
/// So many compiled books are kept besides the one in force: quotes that are held, and orders that are computed again, need older ones.
const RECENT_MAX: usize = 4;

/// The book and the catalogue of one moment.
#[derive(Clone)]
pub(crate) struct Active {
    pub(crate) book: Arc<CompiledBook>,
    /// Promotions whose uses are counted.
    pub(crate) limited: Arc<[PromotionId]>,
    /// Gifts among which shoppers choose, and how many are given at once.
    pub(crate) gifts: Arc<[(Sku, i64)]>,
    pub(crate) catalogue: Arc<Catalogue>,
    /// When the next book begins to hold, if that is known.
    next: Option<Instant>,
    stamp: String,
}

impl Active {
    /// The same moment with another book: that of a quote which is honoured although the book changed.
    pub(crate) fn with_book(&self, book: Arc<CompiledBook>) -> Self {
        Self { limited: limited(&book), book, ..self.clone() }
    }
}

/// The promotions of a book whose uses are counted.
fn limited(book: &CompiledBook) -> Arc<[PromotionId]> {
    book.document().promotions.iter().filter(|one| !one.limit.is_none()).map(|one| one.id.clone()).collect()
}

/// The latest [`Active`], and when it was looked at last.
#[derive(Default)]
pub(crate) struct Live {
    active: RwLock<Option<Arc<Active>>>,
    checked: AtomicI64,
    loading: tokio::sync::Mutex<()>,
    /// The books that were compiled last, the latest first.
    recent: RwLock<Vec<Arc<CompiledBook>>>,
}

impl Live {
    fn get(&self) -> Option<Arc<Active>> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn recent(&self, id: &PriceBookId) -> Option<Arc<CompiledBook>> {
        let recent = self.recent.read().unwrap_or_else(PoisonError::into_inner);
        recent.iter().find(|book| book.id() == id).cloned()
    }

    fn keep(&self, book: &Arc<CompiledBook>) {
        let mut recent = self.recent.write().unwrap_or_else(PoisonError::into_inner);
        recent.retain(|other| other.id() != book.id());
        recent.insert(0, Arc::clone(book));
        recent.truncate(RECENT_MAX);
    }

    fn set(&self, active: Active) -> Arc<Active> {
        let active = Arc::new(active);
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&active));
        active
    }
}

impl Services {
    /// The book and the catalogue in force. A book whose time has come holds at once; what other processes wrote in the meantime is seen
    /// within a second.
    pub(crate) async fn active(&self) -> Result<Arc<Active>> {
        let live = &self.0.live;
        let now = self.now();
        let age = now.0.wrapping_sub(live.checked.load(Ordering::Acquire));
        let Some(active) = live.get() else { return self.reload().await };
        if active.next.is_some_and(|next| next <= now) {
            return self.switch().await;
        }
        if (0..FRESH_MS).contains(&age) {
            return Ok(active);
        }
        // While one request loads, the others go on with what there is.
        match live.loading.try_lock() {
            Ok(_guard) => self.refresh().await,
            Err(_) => Ok(active),
        }
    }

    /// Hears of what other servers publish and makes it hold here, as long as the process runs. Where the database carries no word, or
    /// while the connection is lost, the look once a second is enough.
    pub async fn follow_changes(&self) {
        loop {
            match storage::changes::listen(self.db()).await {
                Ok(None) => return,
                Ok(Some(mut changes)) => {
                    while changes.next().await.is_ok() {
                        if let Err(error) = self.reload().await {
                            tracing::error!(%error, "a change of the price book could not be taken over");
                        }
                    }
                }
                Err(error) => tracing::warn!(%error, "no word of changes comes from the database"),
            }
            tokio::time::sleep(std::time::Duration::from_millis(FRESH_MS.unsigned_abs())).await;
        }
    }

    /// Looks at the database now: what was just published must hold for the next request.
    pub(crate) async fn reload(&self) -> Result<Arc<Active>> {
        let _guard = self.0.live.loading.lock().await;
        self.refresh().await
    }

    /// The scheduled instant has come: all wait for the one that makes the new book hold.
    async fn switch(&self) -> Result<Arc<Active>> {
        let live = &self.0.live;
        let _guard = live.loading.lock().await;
        match live.get() {
            Some(active) if active.next.is_none_or(|next| next > self.now()) => Ok(active),
            _ => self.refresh().await,
        }
    }

    async fn refresh(&self) -> Result<Arc<Active>> {
        let (now, old) = (self.now(), self.0.live.get());
        let id = books::active(self.db(), now).await?.map(|one| one.book);
        let id = id.ok_or_else(|| ServiceError::internal("no price book is in force"))?;
        let book = self.book_of(&id).await?;
        if old.as_ref().is_none_or(|old| old.book.id() != book.id()) {
            tracing::info!(book = %id, "price book in force");
        }
        let next = self.upcoming(now).await?;
        let stamp: String = settings::get(self.db(), setup::STAMP).await?.unwrap_or_default();
        let catalogue = match &old {
            Some(old) if old.stamp == stamp => Arc::clone(&old.catalogue),
            _ => Arc::new(Catalogue::load(self.db()).await?),
        };
        let gifts = book::gift_choices(book.document()).into();
        let active = self.0.live.set(Active { limited: limited(&book), book, gifts, catalogue, next, stamp });
        self.0.live.checked.store(now.0, Ordering::Release);
        Ok(active)
    }

    /// When the next book begins to hold. Shortly before, it is compiled, so that nobody waits for it then.
    async fn upcoming(&self, now: Instant) -> Result<Option<Instant>> {
        let Some(next) = books::next(self.db(), now).await? else { return Ok(None) };
        if next.from.0 - now.0 <= AHEAD_MS
            && let Err(error) = self.book_of(&next.book).await
        {
            tracing::error!(book = %next.book, %error, "the next price book can't be made ready");
        }
        Ok(Some(next.from))
    }

    /// A stored book, compiled. The last few are kept.
    pub(crate) async fn book_of(&self, id: &PriceBookId) -> Result<Arc<CompiledBook>> {
        let known = self.0.live.get().filter(|active| active.book.id() == id).map(|active| Arc::clone(&active.book));
        if let Some(book) = known.or_else(|| self.0.live.recent(id)) {
            return Ok(book);
        }
        let book = Arc::new(book::load(self.db(), id).await?);
        self.0.live.keep(&book);
        Ok(book)
    }
}
