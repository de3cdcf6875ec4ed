//! The keys of held quotes: in the environment, or in a private file of the data folder that the first start makes.

use crate::key_file::{self, KeyFile};
use anyhow::{Context, Result, anyhow, bail};
use pricing::Instant;
use services::{BoxError, FixedKeys, KeyRing, KeyStore};
use std::path::Path;
use std::sync::Arc;

/// The environment variable with the text of a key ring.
pub const VARIABLE: &str = "CONCORD_HELD_KEYS";
const FILE: &str = "held-keys.json";

/// The keys of the environment, or of the file in `data_dir`; the first start makes it.
///
/// # Errors
/// If they are no key ring, or the file can't be read or written.
pub fn open(given: Option<&str>, data_dir: &Path, now: Instant) -> Result<Arc<dyn KeyStore>> {
    if let Some(text) = given {
        return Ok(Arc::new(FixedKeys::new(KeyRing::parse(text).with_context(|| format!("{VARIABLE} is of no use"))?)));
    }
    let path = data_dir.join(FILE);
    if !path.exists() {
        let ring = KeyRing::generate(now).map_err(|error| anyhow!("cannot make a key: {error}"))?;
        key_file::make(&path, &ring.to_text())?;
        tracing::info!("a key for held quotes was generated and kept in {}", path.display());
    }
    Ok(Arc::new(FileKeys(KeyFile::open(path, parse)?)))
}

/// Lets another key sign; returns the new ring. With `forget` no other key is known any more.
///
/// # Errors
/// If the keys come from the environment, or the file is missing or can't be written.
pub fn rotate(data_dir: &Path, now: Instant, forget: bool) -> Result<KeyRing> {
    let path = data_dir.join(FILE);
    if !path.exists() {
        bail!(
            "there are no keys at {}; the first `concord serve` makes them, or name the folder with --data-dir",
            path.display()
        );
    }
    let ring = key_file::load(&path, parse)?.rotated(now, forget);
    let ring = ring.map_err(|error| anyhow!("cannot make a key: {error}"))?;
    key_file::replace(&path, &ring.to_text())?;
    Ok(ring)
}

fn parse(text: &str) -> Result<KeyRing> {
    Ok(KeyRing::parse(text)?)
}

struct FileKeys(KeyFile<KeyRing>);

impl KeyStore for FileKeys {
    fn ring(&self) -> Result<Arc<KeyRing>, BoxError> {
        self.0.read().map_err(Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_server_sees_a_rotation() {
        let dir = tempfile::tempdir().unwrap();
        assert!(rotate(dir.path(), Instant(0), false).is_err(), "there is nothing to rotate yet");
        let keys = open(None, dir.path(), Instant(0)).unwrap();
        let first = keys.ring().unwrap().ids()[0].to_owned();
        assert_eq!(open(None, dir.path(), Instant(0)).unwrap().ring().unwrap().ids(), [first.as_str()]);
        let rotated = rotate(dir.path(), Instant(1), false).unwrap();
        assert_eq!(keys.ring().unwrap().ids(), rotated.ids());
        assert_eq!(rotated.ids()[1], first);
        assert_eq!(rotate(dir.path(), Instant(2), true).unwrap().ids().len(), 1);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn the_environment_comes_first_and_must_be_a_ring() {
        let dir = tempfile::tempdir().unwrap();
        let ring = KeyRing::generate(Instant(0)).unwrap();
        let keys = open(Some(&ring.to_text()), dir.path(), Instant(0)).unwrap();
        assert_eq!(keys.ring().unwrap().ids(), ring.ids());
        assert!(!dir.path().join(FILE).exists());
        assert!(open(Some("{}"), dir.path(), Instant(0)).is_err());
    }
}
