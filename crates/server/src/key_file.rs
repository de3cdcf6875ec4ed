//! Keys in a private file of the data folder, which running servers read again whenever it was changed.

use crate::secret::write_private;
use anyhow::{Context, Result, anyhow};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// Keys of a kind in a file.
pub struct KeyFile<T> {
    path: PathBuf,
    parse: fn(&str) -> Result<T>,
    last: Mutex<Option<(SystemTime, u64, Arc<T>)>>,
}

impl<T> KeyFile<T> {
    /// The keys of the file at `path`, which have to be there.
    ///
    /// # Errors
    /// If the file can't be read or holds no keys.
    pub fn open(path: PathBuf, parse: fn(&str) -> Result<T>) -> Result<Self> {
        let keys = Self { path, parse, last: Mutex::new(None) };
        keys.read()?;
        Ok(keys)
    }

    /// The keys now.
    ///
    /// # Errors
    /// If the file can't be read or holds no keys.
    pub fn read(&self) -> Result<Arc<T>> {
        let facts = std::fs::metadata(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        let (changed, length) = (facts.modified()?, facts.len());
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, bytes, keys)) = &*last
            && (*at, *bytes) == (changed, length)
        {
            return Ok(Arc::clone(keys));
        }
        let keys = Arc::new(load(&self.path, self.parse)?);
        *last = Some((changed, length, Arc::clone(&keys)));
        Ok(keys)
    }
}

/// Reads the keys of a file.
///
/// # Errors
/// If it can't be read or holds no keys.
pub fn load<T>(path: &Path, parse: fn(&str) -> Result<T>) -> Result<T> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    parse(&text).with_context(|| format!("{} is of no use", path.display()))
}

/// Makes the file if it is missing. Another server that starts at the same time may be first; then its keys are used.
///
/// # Errors
/// If it can't be written.
pub fn make(path: &Path, text: &str) -> Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    match write_private(path, text.as_bytes()) {
        Err(error) if !path.exists() => Err(anyhow!("cannot write {}: {error}", path.display())),
        _ => Ok(()),
    }
}

/// Puts other keys in the place of those in the file: a reader sees the old file or the new one, never half of one.
///
/// # Errors
/// If it can't be written.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let fresh = path.with_extension("json.new");
    if fresh.exists() {
        std::fs::remove_file(&fresh).with_context(|| format!("cannot remove {}", fresh.display()))?;
    }
    write_private(&fresh, text.as_bytes()).with_context(|| format!("cannot write {}", fresh.display()))?;
    std::fs::rename(&fresh, path).with_context(|| format!("cannot replace {}", path.display()))
}
