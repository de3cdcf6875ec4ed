//! A clock that a test may move: the machine's own, and so many milliseconds more as a file says.

use pricing::Instant;
use services::{Clock, SystemClock};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

/// How often the file is read.
const EVERY: Duration = Duration::from_millis(50);

struct Moved(Arc<AtomicI64>);

impl Clock for Moved {
    fn now(&self) -> Instant {
        Instant(SystemClock.now().0.saturating_add(self.0.load(Ordering::Relaxed)))
    }
}

/// The machine's clock; where a file is named, moved by the milliseconds in it, as long as the process runs.
pub fn open(file: Option<&Path>) -> Arc<dyn Clock> {
    let Some(file) = file.map(PathBuf::from) else { return Arc::new(SystemClock) };
    let moved = Arc::new(AtomicI64::new(read(&file).unwrap_or(0)));
    let shared = Arc::clone(&moved);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(EVERY);
            // A file that is just being written is read the next time.
            if let Some(offset) = read(&file) {
                shared.store(offset, Ordering::Relaxed);
            }
        }
    });
    Arc::new(Moved(moved))
}

fn read(file: &Path) -> Option<i64> {
    std::fs::read_to_string(file).ok()?.trim().parse().ok()
}
