//! Texts around labels. What is on a label is in both languages at once.

crate::texts::texts! {
    title = "货架价签" | "Shelf labels";
    store = "门店" | "Store";
    web = "网店" | "Web";
    category = "分类" | "Department";
    all = "全部" | "All";
    show = "显示" | "Show";
    print = "打印" | "Print";
    paper = "A4 标签纸，每张 21 枚（63.5 × 38.1 毫米），打印时选“实际大小”。" | "A4 label sheets, 21 per sheet (63.5 × 38.1 mm); print at actual size.";
    none = "没有符合条件的商品。" | "No products match.";
    qr(name) = "扫码看{name}" | "Scan for {name}";
    barcode(gtin) = "条码 {gtin}" | "Barcode {gtin}";
    per_100g(amount) = "{amount} / 100g" | "{amount} / 100 g";
}
