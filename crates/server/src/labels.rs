//! What a shelf label carries for scanners: a QR code that opens the product in the store's context, and an EAN-13 barcode.

use crate::codes::ean_13;
use barcoders::sym::ean13::EAN13;
use fast_qr::{ECL, QRBuilder};
use services::LabelArt;

/// Quiet zone of an EAN-13 symbol in modules, left and right, after the GS1 General Specifications.
const QUIET: (usize, usize) = (11, 7);
/// Quiet zone of a QR code in modules, on each side.
const QR_QUIET: usize = 4;
/// Bars of a barcode are this high, in modules.
const BAR_HEIGHT: usize = 60;

/// Draws what labels need.
pub struct Art;

impl LabelArt for Art {
    fn qr_svg(&self, text: &str) -> String {
        qr_svg(text).unwrap_or_default()
    }

    fn ean13_svg(&self, gtin: &str) -> Option<String> {
        barcode_svg(gtin)
    }
}

/// The text as a QR code in SVG with its quiet zone, or none if it is too long for one (some 2,000 bytes).
#[must_use]
pub fn qr_svg(text: &str) -> Option<String> {
    let code = QRBuilder::new(text).ecl(ECL::M).build().ok()?;
    let width = code.size + 2 * QR_QUIET;
    let rows = (0..code.size).map(|row| {
        let modules: Vec<u8> = code[row].iter().map(|module| u8::from(module.value())).collect();
        runs(&modules, QR_QUIET, row + QR_QUIET, 1)
    });
    Some(svg(width, width, "", &rows.collect::<String>()))
}

/// The GTIN as an EAN-13 barcode in SVG, with its quiet zone; none for what is no GTIN of a trade item.
#[must_use]
pub fn barcode_svg(gtin: &str) -> Option<String> {
    let digits = ean_13(gtin)?;
    let modules = EAN13::new(&digits).ok()?.encode();
    let width = QUIET.0 + modules.len() + QUIET.1;
    let attributes = format!(" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"{digits}\"");
    Some(svg(width, BAR_HEIGHT, &attributes, &runs(&modules, QUIET.0, 0, BAR_HEIGHT)))
}

/// Dark shapes on a white ground, so that a code is readable on any colour of paper and screen.
fn svg(width: usize, height: usize, attributes: &str, dark: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" shape-rendering=\"crispEdges\"{attributes}>\
         <path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/><path d=\"{dark}\"/></svg>"
    )
}

/// One rectangle per run of dark modules: neighbouring modules drawn singly would show hairlines in print, and weigh much.
fn runs(modules: &[u8], left: usize, top: usize, height: usize) -> String {
    let mut path = String::new();
    let mut at = left;
    for run in modules.chunk_by(|a, b| a == b) {
        if run[0] == 1 {
            path.push_str(&format!("M{at} {top}h{}v{height}h-{}z", run.len(), run.len()));
        }
        at += run.len();
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_barcode_has_guards_digits_and_a_quiet_zone() {
        let svg = barcode_svg("06901234100112").unwrap();
        assert!(svg.contains("viewBox=\"0 0 113 60\""), "{svg}");
        // 3 guards with 2 dark runs each, 12 digits with 2 dark runs each.
        assert_eq!(svg.matches('M').count() - 1, 30);
        assert!(svg.contains("M11 0h1v60"), "the first bar follows the quiet zone");
        assert_eq!(barcode_svg("06901234100113"), None);
        assert_eq!(barcode_svg("16901234100119"), None);
    }

    #[test]
    fn a_qr_code_is_an_svg_picture_without_scripts() {
        let svg = qr_svg("http://127.0.0.1:3000/01/06901234100112?s=sh-01").unwrap();
        assert!(svg.starts_with("<svg") && !svg.contains("script") && svg.len() < 6000, "{svg}");
        assert!(svg.contains("M4 4h7v1h-7z"), "the finder's upper edge follows the quiet zone");
        assert_eq!(qr_svg(&"x".repeat(5000)), None);
    }
}
