//! RSA keys as the providers hand them out, and signatures by them (PKCS #1 v1.5 with SHA-256).

use crate::SetupError;
use base64::{Engine, engine::general_purpose::STANDARD};
use rsa::pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey};
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey};
use rsa::signature::{RandomizedSigner, SignatureEncoding, Verifier};
use rsa::traits::PublicKeyParts;
use rsa::{RsaPrivateKey, RsaPublicKey};
use sha2::Sha256;
use x509_cert::der::{DecodePem, Encode};

const BITS_MIN: usize = 2048;

/// A key that a platform signs with, and the serial number by which its messages name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformKey {
    /// A certificate's serial number in capital hexadecimal digits, or a public key's id.
    pub serial: String,
    /// The key.
    pub key: RsaPublicKey,
}

/// Reads a private key: PKCS #8 or PKCS #1, in PEM or as bare base64.
///
/// # Errors
/// If it is none, or has fewer than 2048 bits.
pub fn private_key(text: &str) -> Result<RsaPrivateKey, SetupError> {
    let text = text.trim();
    let key = if text.starts_with("-----BEGIN RSA PRIVATE KEY-----") {
        RsaPrivateKey::from_pkcs1_pem(text).ok()
    } else if text.starts_with("-----BEGIN") {
        RsaPrivateKey::from_pkcs8_pem(text).ok()
    } else {
        let der = bare(text);
        der.and_then(|der| RsaPrivateKey::from_pkcs8_der(&der).or_else(|_| RsaPrivateKey::from_pkcs1_der(&der)).ok())
    };
    let key = key.ok_or_else(|| SetupError("this is no RSA private key in PEM or base64".to_owned()))?;
    long_enough(key.size())?;
    Ok(key)
}

/// Reads a public key: as such in PEM or as bare base64, or out of a certificate in PEM.
///
/// # Errors
/// If it is none, or has fewer than 2048 bits.
pub fn public_key(text: &str) -> Result<RsaPublicKey, SetupError> {
    let text = text.trim();
    let key = if text.starts_with("-----BEGIN CERTIFICATE-----") {
        return PlatformKey::of_certificate(text).map(|platform| platform.key);
    } else if text.starts_with("-----BEGIN RSA PUBLIC KEY-----") {
        RsaPublicKey::from_pkcs1_pem(text).ok()
    } else if text.starts_with("-----BEGIN") {
        RsaPublicKey::from_public_key_pem(text).ok()
    } else {
        bare(text).and_then(|der| RsaPublicKey::from_public_key_der(&der).ok())
    };
    let key = key.ok_or_else(|| SetupError("this is no RSA public key or certificate in PEM or base64".to_owned()))?;
    long_enough(key.size())?;
    Ok(key)
}

fn bare(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_whitespace().collect();
    STANDARD.decode(text).ok()
}

fn long_enough(bytes: usize) -> Result<(), SetupError> {
    if bytes * 8 >= BITS_MIN { Ok(()) } else { Err(SetupError(format!("the RSA key has fewer than {BITS_MIN} bits"))) }
}

impl PlatformKey {
    /// The key of a certificate in PEM, under the certificate's serial number.
    ///
    /// # Errors
    /// If it is no certificate of an RSA key.
    pub fn of_certificate(pem: &str) -> Result<Self, SetupError> {
        let bad = || SetupError("this is no certificate of an RSA key".to_owned());
        let certificate = x509_cert::Certificate::from_pem(pem.trim()).map_err(|_| bad())?;
        let certificate = certificate.tbs_certificate();
        let der = certificate.subject_public_key_info().to_der().map_err(|_| bad())?;
        let key = RsaPublicKey::from_public_key_der(&der).map_err(|_| bad())?;
        long_enough(key.size())?;
        let bytes = certificate.serial_number().as_bytes();
        // DER puts a zero before a number whose first bit is set.
        let bytes = if bytes.first() == Some(&0) { &bytes[1..] } else { bytes };
        Ok(Self { serial: bytes.iter().map(|byte| format!("{byte:02X}")).collect(), key })
    }

    /// The keys of a file: certificates, or one public key with its id.
    ///
    /// # Errors
    /// If something in it is neither, or a public key has no id.
    pub fn all_of(text: &str, id: Option<&str>) -> Result<Vec<Self>, SetupError> {
        const END: &str = "-----END CERTIFICATE-----";
        if text.contains(END) {
            let parts = text.split_inclusive(END).filter_map(|part| part.find("-----BEGIN").map(|at| &part[at..]));
            return parts.map(Self::of_certificate).collect();
        }
        let id = id.ok_or_else(|| SetupError("a platform's public key needs its id (PUB_KEY_ID_…)".to_owned()))?;
        Ok(vec![Self { serial: id.to_owned(), key: public_key(text)? }])
    }
}

/// Signs with SHA-256; base64.
pub(crate) fn sign(key: &RsaPrivateKey, message: &[u8]) -> String {
    // With randomness the computation is blinded: its time says nothing of the key.
    let signature = SigningKey::<Sha256>::new(key.clone()).sign_with_rng(&mut rand::rng(), message);
    STANDARD.encode(signature.to_bytes())
}

/// True if the base64 signature is the key's.
pub(crate) fn verify(key: &RsaPublicKey, message: &[u8], signature: &str) -> bool {
    let Ok(bytes) = STANDARD.decode(signature) else { return false };
    let Ok(signature) = Signature::try_from(bytes.as_slice()) else { return false };
    VerifyingKey::<Sha256>::new(key.clone()).verify(message, &signature).is_ok()
}
