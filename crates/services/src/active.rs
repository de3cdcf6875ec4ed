//! What every request needs and seldom changes: the compiled price book and the catalogue's index, in memory.

use crate::{
    Result, ServiceError, Services, book,
    catalog::index::Catalogue,
    setup::{self},
};
use ids::{PromotionId, Sku};
use pricing::{CompiledBook, Instant};
use std::sync::{
    Arc, PoisonError, RwLock,
    atomic::{AtomicI64, Ordering},
};
use storage::{books, settings};

/// How old what is in memory may be before the database is asked whether it still holds.
const FRESH_MS: i64 = 1_000;

/// The book and the catalogue of one moment.
#[derive(Clone)]
pub(crate) struct Active {
    pub(crate) book: Arc<CompiledBook>,
    /// Promotions whose uses are counted.
    pub(crate) limited: Arc<[PromotionId]>,
    /// Gifts among which shoppers choose, and how many are given at once.
    pub(crate) gifts: Arc<[(Sku, i64)]>,
    pub(crate) catalogue: Arc<Catalogue>,
    stamp: String,
}

/// The latest [`Active`], and when it was looked at last.
#[derive(Default)]
pub(crate) struct Live {
    active: RwLock<Option<Arc<Active>>>,
    checked: AtomicI64,
    loading: tokio::sync::Mutex<()>,
}

impl Live {
    fn get(&self) -> Option<Arc<Active>> {
        self.active.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set(&self, active: Active) -> Arc<Active> {
        let active = Arc::new(active);
        *self.active.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&active));
        active
    }
}

impl Services {
    /// The book and the catalogue in force, at most a second old.
    pub(crate) async fn active(&self) -> Result<Arc<Active>> {
        let live = &self.0.live;
        let age = self.now().0.wrapping_sub(live.checked.load(Ordering::Acquire));
        let Some(active) = live.get() else { return self.reload().await };
        if (0..FRESH_MS).contains(&age) {
            return Ok(active);
        }
        // While one request loads, the others go on with what there is.
        match live.loading.try_lock() {
            Ok(_guard) => self.refresh().await,
            Err(_) => Ok(active),
        }
    }

    /// Looks at the database now: what was just published must hold for the next request.
    pub(crate) async fn reload(&self) -> Result<Arc<Active>> {
        let _guard = self.0.live.loading.lock().await;
        self.refresh().await
    }

    async fn refresh(&self) -> Result<Arc<Active>> {
        let (now, old) = (self.now(), self.0.live.get());
        let book = self.book_at(now, old.as_deref()).await?;
        let stamp: String = settings::get(self.db(), setup::STAMP).await?.unwrap_or_default();
        let catalogue = match &old {
            Some(old) if old.stamp == stamp => Arc::clone(&old.catalogue),
            _ => Arc::new(Catalogue::load(self.db()).await?),
        };
        let limited = book.document().promotions.iter().filter(|one| !one.limit.is_none()).map(|one| one.id.clone());
        let (limited, gifts) = (limited.collect(), book::gift_choices(book.document()).into());
        let active = self.0.live.set(Active { book, limited, gifts, catalogue, stamp });
        self.0.live.checked.store(now.0, Ordering::Release);
        Ok(active)
    }

    async fn book_at(&self, now: Instant, old: Option<&Active>) -> Result<Arc<CompiledBook>> {
        let id = books::active(self.db(), now).await?;
        let id = id.ok_or_else(|| ServiceError::internal("no price book is in force"))?;
        if let Some(old) = old
            && *old.book.id() == id
        {
            return Ok(Arc::clone(&old.book));
        }
        let text = books::document(self.db(), &id).await?;
        let text = text.ok_or_else(|| ServiceError::internal(format!("price book {id} is not stored")))?;
        let document = serde_json::from_str(&text).map_err(ServiceError::internal)?;
        tracing::info!(book = %id, "price book in force");
        Ok(Arc::new(book::compile(document).await?))
    }
}
