//! The secret that one-time codes are hashed with.

use anyhow::{Context, Result, bail};
use rand::RngExt;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// The environment variable with the secret.
pub const VARIABLE: &str = "CONCORD_SECRET";
const BYTES_MIN: usize = 16;
const FILE: &str = "secret";

/// The secret from the environment, or the one kept in `data_dir`; the first start generates it.
///
/// # Errors
/// If the given one is too short to be secret, or the file can't be read or written.
pub fn load(given: Option<&str>, data_dir: &Path) -> Result<Vec<u8>> {
    match given {
        Some(text) if text.len() < BYTES_MIN => {
            bail!("{VARIABLE} has fewer than {BYTES_MIN} bytes; use `openssl rand -hex 32`")
        }
        Some(text) => Ok(text.as_bytes().to_vec()),
        None => kept(data_dir),
    }
}

fn kept(data_dir: &Path) -> Result<Vec<u8>> {
    let path = data_dir.join(FILE);
    if path.exists() {
        let secret = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        if secret.len() < BYTES_MIN {
            bail!("{} holds no secret; delete it and start again", path.display());
        }
        return Ok(secret);
    }
    std::fs::create_dir_all(data_dir).with_context(|| format!("cannot create {}", data_dir.display()))?;
    let secret: [u8; 32] = rand::rng().random();
    write_private(&path, &secret).with_context(|| format!("cannot write {}", path.display()))?;
    tracing::info!("{VARIABLE} is not set: a secret was generated and kept in {}", path.display());
    Ok(secret.to_vec())
}

/// The file is private from its first byte on.
pub fn write_private(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_secret_is_private_and_stays() {
        let dir = tempfile::tempdir().unwrap();
        let data = dir.path().join("data");
        let first = load(None, &data).unwrap();
        assert_eq!((first.len(), load(None, &data).unwrap()), (32, first.clone()));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(load(Some("short"), &data).is_err());
        assert_eq!(load(Some("0123456789abcdef"), &data).unwrap(), b"0123456789abcdef");
    }
}
