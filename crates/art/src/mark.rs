//! The shop's own mark.

/// 南窗: a window with the sun in one of its panes, square, for icons.
#[must_use]
pub fn brand_mark_svg() -> String {
    let panes = "M14 14h15v15H14zM35 14h15v15H35zM14 35h15v15H14zM35 35h15v15H35z";
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\"><rect width=\"64\" height=\"64\" rx=\"14\" fill=\"#1f1d1a\"/><path d=\"{panes}\" fill=\"#faf7f2\"/><path d=\"M35 29V14h15a15 15 0 0 1-15 15z\" fill=\"#c8371b\"/></svg>"
    )
}
