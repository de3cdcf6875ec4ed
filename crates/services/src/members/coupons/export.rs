//! All unique codes of a batch, as a file for the printer or the sender of messages.

use super::code::Coder;
use crate::{Permission, Result, ServiceError, Services, Thing, Who};
use ids::CouponBatchId;
use storage::coupons;

/// Codes in one piece of the file.
const PIECE: usize = 10_000;

/// The file, piece by piece, so that nobody has to hold a million codes at once.
pub struct CodeExport {
    coder: Option<Coder>,
    next: i64,
    codes: i64,
}

impl Services {
    /// All unique codes of a batch as CSV with one column, `code`.
    ///
    /// # Errors
    /// Without [`Permission::CouponIssue`]; [`ServiceError::NotFound`].
    pub async fn coupon_codes(&self, who: &Who, id: &CouponBatchId) -> Result<CodeExport> {
        who.require(Permission::CouponIssue)?;
        let batch = coupons::batch(self.db(), id).await?.ok_or(ServiceError::NotFound(Thing::Coupon))?;
        let coder = Coder::new(&batch)?;
        let codes = if coder.is_some() { batch.codes } else { 0 };
        Ok(CodeExport { coder, next: -1, codes })
    }
}

impl Iterator for CodeExport {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        if self.next < 0 {
            self.next = 0;
            return Some("code\n".to_owned());
        }
        let coder = self.coder.as_ref().filter(|_| self.next < self.codes)?;
        let last = self.codes.min(self.next + PIECE as i64);
        let mut piece = String::with_capacity(PIECE * 26);
        for number in self.next..last {
            piece.push_str(&coder.code(number));
            piece.push('\n');
        }
        self.next = last;
        Some(piece)
    }
}
