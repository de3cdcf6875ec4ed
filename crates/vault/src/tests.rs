//! Sealed texts against everything that may happen to them, and the algorithms against their standards.

use super::*;
use crate::key::Key;
use proptest::prelude::*;
use secrecy::{ExposeSecret, SecretBox};
use std::sync::Mutex;

const PLACE: (&str, &str, &str) = ("members", "phone", "m-1");

fn vault() -> Vault {
    Vault::new(Arc::new(FixedDataKeys::new(Ring::generate(0).unwrap())))
}

fn seal(vault: &Vault, text: &str) -> String {
    vault.seal(PLACE.0, PLACE.1, PLACE.2, text).unwrap()
}

fn open(vault: &Vault, text: &str) -> Result<String, VaultError> {
    vault.open(PLACE.0, PLACE.1, PLACE.2, text)
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

proptest! {
    #[test]
    fn what_was_sealed_opens_at_its_place_only(text in ".{0,80}", other in "[a-z0-9-]{1,9}") {
        let vault = vault();
        let sealed = seal(&vault, &text);
        prop_assert_eq!(open(&vault, &sealed).unwrap(), text.clone());
        prop_assert!(text.len() < 6 || !sealed.contains(&text));
        for (table, column, row) in [(other.as_str(), PLACE.1, PLACE.2), (PLACE.0, &other, PLACE.2), (PLACE.0, PLACE.1, &other)] {
            prop_assert!(matches!(vault.open(table, column, row, &sealed), Err(VaultError::Tampered)));
        }
    }

    #[test]
    fn no_changed_character_goes_unnoticed(at in 0_usize..200, with in "[A-Za-z0-9._-]") {
        let vault = vault();
        let sealed = seal(&vault, "+8613800000001, 武康路 100 号");
        let at = at % sealed.len();
        let changed = format!("{}{with}{}", &sealed[..at], &sealed[at + 1..]);
        prop_assert!(changed == sealed || open(&vault, &changed).is_err(), "{changed}");
    }
}

#[test]
fn the_same_text_is_sealed_in_other_words_each_time() {
    let vault = vault();
    let (one, two) = (seal(&vault, "same"), seal(&vault, "same"));
    assert_ne!(one, two);
    assert_eq!(open(&vault, &one).unwrap(), open(&vault, &two).unwrap());
    assert_eq!(key_of(&one), vault.ring().unwrap().ids().first().copied());
    for plain in ["", "v1", "v1.", "v1.0123abcd.", "v1.0123abcd.AAAA", "v2.0123abcd.AAAA", "+8613800000001", "v1.KEY.x"]
    {
        assert!(matches!(open(&vault, plain), Err(VaultError::NotSealed)), "{plain}");
        assert_eq!(key_of(plain), None, "{plain}");
    }
}

/// Keys that rotate while the vault is in use.
struct Moving(Mutex<Arc<Ring>>);

impl DataKeys for Moving {
    fn ring(&self) -> Result<Arc<Ring>, BoxError> {
        Ok(Arc::clone(&self.0.lock().unwrap()))
    }
}

#[test]
fn a_key_that_was_put_aside_opens_until_it_is_dropped() {
    let keys = Arc::new(Moving(Mutex::new(Arc::new(Ring::generate(1).unwrap()))));
    let vault = Vault::new(Arc::clone(&keys) as Arc<dyn DataKeys>);
    let (old, index) = (seal(&vault, "old"), vault.index("phone", "+8613800000001").unwrap());
    let first = vault.ring().unwrap().ids()[0].to_owned();
    let rotated = Arc::new(vault.ring().unwrap().rotated(2).unwrap());
    *keys.0.lock().unwrap() = Arc::clone(&rotated);
    let new = seal(&vault, "new");
    assert_ne!(key_of(&new), key_of(&old));
    assert_eq!((open(&vault, &old).unwrap(), open(&vault, &new).unwrap()), ("old".to_owned(), "new".to_owned()));
    assert_eq!(vault.index("phone", "+8613800000001").unwrap(), index, "what was found before is found");
    // The key that seals can't be dropped, whoever asks.
    *keys.0.lock().unwrap() = Arc::new(rotated.without(&rotated.ids()));
    assert_eq!(vault.ring().unwrap().ids().len(), 1);
    assert!(matches!(open(&vault, &old), Err(VaultError::UnknownKey(id)) if id == first));
    assert_eq!(open(&vault, &new).unwrap(), "new");
}

#[test]
fn a_ring_survives_being_written_down() {
    let ring = Ring::generate(7).unwrap().rotated(8).unwrap();
    let sealed = {
        let vault = Vault::new(Arc::new(FixedDataKeys::new(Ring::parse(ring.to_text().expose_secret()).unwrap())));
        seal(&vault, "kept")
    };
    let again = Ring::parse(ring.to_text().expose_secret()).unwrap();
    assert_eq!((again.ids(), again.to_text().expose_secret()), (ring.ids(), ring.to_text().expose_secret()));
    assert_eq!(open(&Vault::new(Arc::new(FixedDataKeys::new(again))), &sealed).unwrap(), "kept");
    assert!(!format!("{ring:?}").contains("secret"));
}

#[test]
fn a_text_that_is_no_ring_is_refused_without_being_repeated() {
    let text = Ring::generate(0).unwrap().to_text().expose_secret().to_owned();
    let other = Ring::generate(0).unwrap();
    let wrong = [
        String::new(),
        "{}".to_owned(),
        text.replace("\"format\": 1", "\"format\": 2"),
        text.replace("\"keys\"", "\"kees\""),
        text.replace(Ring::parse(&text).unwrap().ids()[0], other.ids()[0]),
        format!("{{\"format\":1,\"index\":\"{}\",\"keys\":[]}}", "A".repeat(43)),
    ];
    for wrong in wrong {
        let error = Ring::parse(&wrong).unwrap_err().to_string();
        assert!(error.starts_with("these are no data keys: ") && error.len() < 90, "{error}");
    }
}

#[test]
fn indexes_of_different_kinds_are_not_comparable() {
    let vault = vault();
    let index = |kind: &str, value: &str| vault.index(kind, value).unwrap();
    assert_eq!((index("phone", "1").len(), index("phone", "1")), (32, index("phone", "1")));
    assert_ne!(index("phone", "1"), index("ip", "1"));
    assert_ne!(index("ab", "c"), index("a", "bc"));
    assert_ne!(index("phone", "1"), super::tests::vault().index("phone", "1").unwrap(), "other keys, other indexes");
}

/// RFC 8452, appendix C.2.
#[test]
fn sealing_is_that_of_the_standard() {
    let rows = [
        ("", "", "07f5f4169bbf55a8400cd47ea6fd400f"),
        ("0100000000000000", "", "c2ef328e5c71c83b843122130f7364b761e0b97427e3df28"),
        ("0200000000000000", "01", "1de22967237a813291213f267e3b452f02d01ae33e4ec854"),
    ];
    let secret: [u8; 32] =
        bytes("0100000000000000000000000000000000000000000000000000000000000000").try_into().unwrap();
    let nonce: [u8; 12] = bytes("030000000000000000000000").try_into().unwrap();
    let key = Key::new(SecretBox::new(Box::new(secret)));
    for (plain, place, result) in rows {
        let sealed = key.seal(&nonce, &bytes(place), &bytes(plain));
        assert_eq!(sealed, bytes(result), "{plain}");
        assert_eq!(key.open(&nonce, &bytes(place), &sealed), Some(bytes(plain)));
    }
}

/// What this program wrote once has to be read for ever. These texts were made by another program, with OpenSSL.
#[test]
fn the_format_stays() {
    let ring = "{\"format\":1,\"index\":\"AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgI\",\"keys\":[{\"id\":\"ID\",\"made_ms\":0,\
                \"secret\":\"AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE\"}]}";
    let vault = Vault::new(Arc::new(FixedDataKeys::new(Ring::parse(&ring.replace("ID", KEY_ID)).unwrap())));
    assert_eq!(open(&vault, SEALED).unwrap(), "+8613800000001");
    assert_eq!(vault.index("phone", "+8613800000001").unwrap(), INDEX);
}

const KEY_ID: &str = "ede954b3";
const SEALED: &str = "v1.ede954b3.AAECAwQFBgcICQoLp7VdLmw_X6gT3fv1DWeECIyUyj4gRC66Zuk3zuFB";
const INDEX: &str = "5dd580d8ff55884cfc4f5f6198227160";
