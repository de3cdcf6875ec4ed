//! The keys that seal personal data: in the environment, or in a private file of the data folder that the first start makes. Who loses them
//! loses the telephones, names and addresses in the database; who has both reads them.

use crate::key_file::{self, KeyFile};
use anyhow::{Context, Result, anyhow, bail};
use pricing::Instant;
use secrecy::ExposeSecret;
use services::{BoxError, DataKeyRing, DataKeys, FixedDataKeys};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The environment variable with the text of the keys.
pub const VARIABLE: &str = "CONCORD_DATA_KEYS";
const FILE: &str = "data-keys.json";

fn parse(text: &str) -> Result<DataKeyRing> {
    Ok(DataKeyRing::parse(text)?)
}

struct FileKeys(KeyFile<DataKeyRing>);

impl DataKeys for FileKeys {
    fn ring(&self) -> Result<Arc<DataKeyRing>, BoxError> {
        self.0.read().map_err(Into::into)
    }
}

/// The keys of the environment, or of the file in `data_dir`; the first start makes it.
///
/// # Errors
/// If they are no keys, or the file can't be read or written.
pub fn open(given: Option<&str>, data_dir: &Path, now: Instant) -> Result<Arc<dyn DataKeys>> {
    if let Some(text) = given {
        let ring = parse(text).with_context(|| format!("{VARIABLE} is of no use"))?;
        return Ok(Arc::new(FixedDataKeys::new(ring)));
    }
    let path = data_dir.join(FILE);
    if !path.exists() {
        key_file::make(&path, DataKeyRing::generate(now.0)?.to_text().expose_secret())?;
        tracing::info!(
            "keys for personal data were made and kept in {}: keep a copy apart from the database's",
            path.display()
        );
    }
    Ok(Arc::new(FileKeys(KeyFile::open(path, parse)?)))
}

/// Lets another key seal from now on; the others still open. Returns the new keys.
///
/// # Errors
/// If the file is missing or can't be written.
pub fn rotate(data_dir: &Path, now: Instant) -> Result<DataKeyRing> {
    let path = existing(data_dir)?;
    let ring = key_file::load(&path, parse)?.rotated(now.0)?;
    key_file::replace(&path, ring.to_text().expose_secret())?;
    Ok(ring)
}

/// Drops the keys that were put aside and are not in `used`; returns the ids of those that went.
///
/// # Errors
/// If the file is missing or can't be written.
pub fn drop_unused(data_dir: &Path, used: &[String]) -> Result<Vec<String>> {
    let path = existing(data_dir)?;
    let ring = key_file::load(&path, parse)?;
    let unused: Vec<&str> = ring.ids().into_iter().skip(1).filter(|id| !used.iter().any(|one| one == id)).collect();
    if !unused.is_empty() {
        key_file::replace(&path, ring.without(&unused).to_text().expose_secret())?;
    }
    Ok(unused.into_iter().map(str::to_owned).collect())
}

fn existing(data_dir: &Path) -> Result<PathBuf> {
    if std::env::var_os(VARIABLE).is_some() {
        bail!(
            "the data keys come from {VARIABLE}: put a new first key into it on every server (it may be made by `concord keys new-data-key`), then \
             run `concord keys reseal-data`"
        );
    }
    let path = data_dir.join(FILE);
    if path.exists() {
        return Ok(path);
    }
    Err(anyhow!(
        "there are no data keys at {}; the first `concord serve` makes them, or name the folder with --data-dir",
        path.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_server_sees_a_rotation_and_unused_keys_go() {
        let dir = tempfile::tempdir().unwrap();
        assert!(rotate(dir.path(), Instant(0)).is_err(), "there is nothing to rotate yet");
        let keys = open(None, dir.path(), Instant(0)).unwrap();
        let first = keys.ring().unwrap().ids()[0].to_owned();
        let rotated = rotate(dir.path(), Instant(1)).unwrap();
        let now = keys.ring().unwrap();
        assert_eq!((now.ids(), now.ids()[1]), (rotated.ids(), first.as_str()));
        assert_eq!(drop_unused(dir.path(), std::slice::from_ref(&first)).unwrap(), Vec::<String>::new());
        assert_eq!(drop_unused(dir.path(), &[]).unwrap(), [first]);
        assert_eq!(keys.ring().unwrap().ids(), rotated.ids()[..1]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(dir.path().join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn the_environment_comes_first_and_must_hold_keys() {
        let dir = tempfile::tempdir().unwrap();
        let ring = DataKeyRing::generate(0).unwrap();
        let keys = open(Some(ring.to_text().expose_secret()), dir.path(), Instant(0)).unwrap();
        assert_eq!(keys.ring().unwrap().ids(), ring.ids());
        assert!(!dir.path().join(FILE).exists());
        assert!(open(Some("{}"), dir.path(), Instant(0)).is_err());
    }
}
