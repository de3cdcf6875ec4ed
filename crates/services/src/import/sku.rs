//! Stock keeping units of a file, stated or made.

use super::cells::Cells;
use crate::secret;
use ids::{Handle, Sku};

/// A made SKU that is longer is cut, so that it still fits on labels and into addresses.
const MADE_BYTES_MAX: usize = 120;

/// The SKU of a row; one is made from handle and options if none is stated, the same in each import.
pub(super) fn sku_of(handle: &Handle, options: &[String], cells: &mut Cells<'_, '_>) -> Option<Sku> {
    let text = cells.row.get("Variant SKU");
    let text = if text.is_empty() { made(handle, options) } else { text.to_owned() };
    match Sku::new(text) {
        Ok(sku) => Some(sku),
        Err(error) => {
            let zh = "SKU 不能含控制字符，且不超过 191 字节";
            cells.fault("Variant SKU", zh, format!("this can't be a SKU: {error}"));
            None
        }
    }
}

fn made(handle: &Handle, options: &[String]) -> String {
    let parts = std::iter::once(handle.as_str()).chain(options.iter().map(String::as_str));
    let whole = parts.collect::<Vec<_>>().join("/");
    if whole.len() <= MADE_BYTES_MAX {
        return whole;
    }
    let hash = secret::hex(&secret::sha256(whole.as_bytes()));
    let cut = (0..=MADE_BYTES_MAX).rev().find(|&at| whole.is_char_boundary(at)).unwrap_or(0);
    format!("{}-{}", &whole[..cut].trim_end(), &hash[..12])
}

/// Letters and digits that nobody mixes up on a shelf label: Crockford's base 32.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The short code of a SKU: from its hash, so that a shop that is imported anew keeps its labels; `taken` says which
/// codes others have.
pub(super) fn short_code(sku: &Sku, taken: impl Fn(&str) -> bool) -> String {
    let code = |round: u32| {
        let hash = secret::sha256(format!("{round} {sku}").as_bytes());
        hash[..6].iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect::<String>()
    };
    let free = (0..u32::MAX).map(code).find(|code| !taken(code));
    free.expect("a shop has fewer than a thousand million variants")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skus_are_made_from_handle_and_options() {
        let handle = Handle::new("shirt").unwrap();
        assert_eq!(made(&handle, &[]), "shirt");
        assert_eq!(made(&handle, &["S".into(), "红".into()]), "shirt/S/红");
        let long = made(&handle, &["红".repeat(100)]);
        assert!(long.len() <= 140 && Sku::new(long.clone()).is_ok(), "{long}");
        assert_ne!(long, made(&handle, &["红".repeat(101)]));
    }

    #[test]
    fn codes_step_aside() {
        let sku = Sku::new("A").unwrap();
        let first = short_code(&sku, |_| false);
        assert_eq!((first.len(), &first), (6, &short_code(&sku, |_| false)));
        assert_ne!(short_code(&sku, |code| code == first), first);
    }
}
