//! Shopify's product CSV: rows of one handle make a product.

use super::{
    cells::Cells,
    draft::{Draft, DraftImage, DraftVariant},
    findings::Findings,
    sku::sku_of,
    table::{Layout, Row, Table},
};
use ids::Handle;
use money::Currency;
use std::collections::{HashMap, HashSet};

pub(super) const LAYOUT: Layout = Layout {
    required: &["Handle", "Title", "Variant Price"],
    known: &[
        "Body (HTML)",
        "Vendor",
        "Product Category",
        "Standard Product Type",
        "Custom Product Type",
        "Type",
        "Tags",
        "Published",
        "Option1 Name",
        "Option1 Value",
        "Option1 Linked To",
        "Option2 Name",
        "Option2 Value",
        "Option2 Linked To",
        "Option3 Name",
        "Option3 Value",
        "Option3 Linked To",
        "Variant SKU",
        "Variant Grams",
        "Variant Inventory Tracker",
        "Variant Inventory Qty",
        "Variant Inventory Policy",
        "Variant Fulfillment Service",
        "Variant Compare At Price",
        "Variant Requires Shipping",
        "Variant Taxable",
        "Unit Price Total Measure",
        "Unit Price Total Measure Unit",
        "Unit Price Base Measure",
        "Unit Price Base Measure Unit",
        "Variant Barcode",
        "Image Src",
        "Image Position",
        "Image Alt Text",
        "Gift Card",
        "SEO Title",
        "SEO Description",
        "Google Shopping / ",
        "Variant Image",
        "Variant Weight Unit",
        "Variant Tax Code",
        "Cost per item",
        "Included / ",
        "Price / ",
        "Compare At Price / ",
        "International / ",
        "Status",
    ],
};

const NAMES: [&str; 3] = ["Option1 Name", "Option2 Name", "Option3 Name"];
const VALUES: [&str; 3] = ["Option1 Value", "Option2 Value", "Option3 Value"];

/// The products of a file in its order; what is wrong with them is in the findings.
pub(super) fn drafts(table: &Table, currency: Currency, findings: &mut Findings) -> Vec<Draft> {
    let mut groups: Vec<Vec<Row<'_>>> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for row in table.rows() {
        let handle = row.get("Handle");
        if handle.is_empty() {
            let en = "the handle is missing; every row names the product that it belongs to";
            findings.fault(&row.spot(), "Handle", "缺少 Handle；每一行都要写明所属商品", en);
            continue;
        }
        let place = *places.entry(handle).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(row);
    }
    groups.iter().filter_map(|rows| draft(rows, currency, findings)).collect()
}

/// A product from its rows; none if it can't be made, which is reported.
fn draft(rows: &[Row<'_>], currency: Currency, findings: &mut Findings) -> Option<Draft> {
    let (&first, rest) = rows.split_first()?;
    let mut cells = Cells::new(first, findings);
    let handle = handle(&mut cells)?;
    let title = first.get("Title").to_owned();
    if title.is_empty() {
        cells.fault("Title", "商品的第一行要写标题", "the first row of a product needs a title");
        return None;
    }
    let (active, options) = (active(&mut cells), option_names(&mut cells));
    let body = ammonia::clean(first.get("Body (HTML)"));
    one_title(&title, rest, findings);
    let mut draft = Draft {
        spot: first.spot(),
        locale: locale(&[&title, &body]),
        vendor: first.get("Vendor").to_owned(),
        type_name: type_name(first).to_owned(),
        tags: tags(first.get("Tags")),
        variants: Vec::new(),
        images: images(rows, findings),
        handle,
        title,
        body,
        active,
        options,
    };
    for (at, &row) in rows.iter().enumerate() {
        if at == 0 || states_variant(row) {
            let made = variant(&draft, Cells::new(row, findings), currency);
            draft.variants.extend(made);
        } else if row.get("Image Src").is_empty() {
            let en = "this row states neither a variant nor a picture; delete it or fill in its price";
            findings.fault(&row.spot(), "Variant Price", "这一行既没有规格也没有图片，请删除或填写价格", en);
        }
    }
    different(&draft, findings);
    Some(draft)
}

fn handle(cells: &mut Cells<'_, '_>) -> Option<Handle> {
    let text = cells.row.get("Handle");
    let plain = !text.contains(['/', '\\', '?', '#', '%']) && !text.contains(char::is_whitespace);
    let handle = Handle::new(text).ok().filter(|_| plain);
    if handle.is_none() {
        let en = format!("“{text}” can't be part of an address; use letters, digits and hyphens, at most 191 bytes");
        cells.fault("Handle", format!("“{text}”不能用作网址，请用字母、数字和连字符，不超过 191 字节"), en);
    }
    handle
}

/// Rows that follow may repeat the title, but another title is another product under the same handle.
fn one_title(title: &str, rest: &[Row<'_>], findings: &mut Findings) {
    for row in rest.iter().filter(|row| !row.get("Title").is_empty() && row.get("Title") != title) {
        let en = format!("the product “{title}” has the same handle; give one of them another");
        findings.fault(&row.spot(), "Handle", format!("商品“{title}”已使用这个 Handle，请换一个"), en);
    }
}

fn active(cells: &mut Cells<'_, '_>) -> bool {
    let published = cells.flag("Published", true);
    let status = cells.row.get("Status");
    match status.to_ascii_lowercase().as_str() {
        "" | "active" => published,
        "draft" | "archived" | "unlisted" => false,
        _ => {
            let en = format!("“{status}” must be active, draft or archived");
            cells.fault("Status", format!("“{status}”应写 active、draft 或 archived"), en);
            published
        }
    }
}

/// The names of the options. `Title` with the one value `Default Title` is how Shopify says that there is nothing to choose.
fn option_names(cells: &mut Cells<'_, '_>) -> Vec<String> {
    let row = cells.row;
    let names: Vec<String> = NAMES.into_iter().map(|column| row.get(column).to_owned()).collect();
    if names[0] == "Title" && row.get(VALUES[0]) == "Default Title" {
        return Vec::new();
    }
    let count = names.iter().take_while(|name| !name.is_empty()).count();
    for (at, name) in names.iter().enumerate() {
        if names[..at].contains(name) && !name.is_empty() {
            let en = format!("two options are called “{name}”; rename one");
            cells.fault(NAMES[at], format!("有两个选项都叫“{name}”，请改名"), en);
        }
        if at > count && !name.is_empty() {
            let en = "an option before this one has no name; move it to the front";
            cells.fault(NAMES[at], "前面的选项没有名称，请把它前移", en);
        }
    }
    names.into_iter().take(count).collect()
}

fn type_name(row: Row<'_>) -> &str {
    let types = ["Type", "Custom Product Type", "Standard Product Type"].map(|column| row.get(column));
    types.into_iter().find(|name| !name.is_empty()).unwrap_or_default()
}

fn tags(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// The language of a product's own texts: Chinese if any of them has a Chinese character.
fn locale(texts: &[&str]) -> &'static str {
    let chinese =
        |c: char| matches!(u32::from(c), 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x3134f);
    if texts.iter().any(|text| text.contains(chinese)) { "zh" } else { "en" }
}

fn states_variant(row: Row<'_>) -> bool {
    let columns = ["Variant Price", "Variant SKU", VALUES[0], VALUES[1], VALUES[2]];
    columns.into_iter().any(|column| !row.get(column).is_empty())
}

fn variant(draft: &Draft, mut cells: Cells<'_, '_>, currency: Currency) -> Option<DraftVariant> {
    if cells.row.get("Variant Price").is_empty() {
        cells.fault("Variant Price", "缺少价格", "the price is missing");
    }
    let options = option_values(draft, &mut cells);
    let sku = sku_of(&draft.handle, &options, &mut cells);
    let price_minor = cells.amount("Variant Price", currency);
    // An export states 0 where there is no former price.
    let compare_at_minor = cells.amount("Variant Compare At Price", currency).filter(|&minor| minor > 0);
    let cost_minor = cells.amount("Cost per item", currency);
    let (grams, units) = (cells.whole("Variant Grams", 0), cells.whole("Variant Inventory Qty", -1_000_000));
    let (taxable, gtin) = (cells.flag("Variant Taxable", true), cells.gtin("Variant Barcode"));
    Some(DraftVariant {
        spot: cells.spot,
        sku: sku?,
        options,
        price_minor: price_minor?,
        compare_at_minor,
        cost_minor,
        gtin,
        grams: grams.unwrap_or(0),
        taxable,
        units,
    })
}

/// One value for each option.
fn option_values(draft: &Draft, cells: &mut Cells<'_, '_>) -> Vec<String> {
    let row = cells.row;
    for (at, column) in VALUES.into_iter().enumerate() {
        let (value, named) = (row.get(column), at < draft.options.len());
        let filler = draft.options.is_empty() && at == 0 && value == "Default Title";
        if named && value.is_empty() {
            let name = &draft.options[at];
            let en = format!("the value of the option “{name}” is missing");
            cells.fault(column, format!("缺少选项“{name}”的值"), en);
        } else if !named && !value.is_empty() && !filler {
            let en = "the option of this value has no name; name it on the product's first row";
            cells.fault(column, "这个值的选项没有名称，请在商品第一行填写", en);
        }
    }
    VALUES.into_iter().take(draft.options.len()).map(|column| row.get(column).to_owned()).collect()
}

fn images(rows: &[Row<'_>], findings: &mut Findings) -> Vec<DraftImage> {
    let mut images: Vec<DraftImage> = Vec::new();
    for &row in rows.iter().filter(|row| !row.get("Image Src").is_empty()) {
        let src = row.get("Image Src");
        let mut cells = Cells::new(row, findings);
        if !["https://", "http://", "/"].iter().any(|start| src.starts_with(start)) {
            let en = format!("“{src}” is no address of a picture; it begins with https://");
            cells.fault("Image Src", format!("“{src}”不是图片网址，应以 https:// 开头"), en);
        }
        let position = cells.whole("Image Position", 0).unwrap_or(i64::MAX);
        if !images.iter().any(|image| image.src == src) {
            images.push(DraftImage { position, src: src.to_owned(), alt: row.get("Image Alt Text").to_owned() });
        }
    }
    images.sort_by_key(|image| image.position);
    images
}

/// Variants of a product have to differ in what can be chosen.
fn different(draft: &Draft, findings: &mut Findings) {
    let mut seen = HashSet::new();
    for variant in draft.variants.iter().filter(|variant| !seen.insert(&variant.options)) {
        let what = variant.options.join(" / ");
        let en = format!("the product has a variant “{what}” already; change the options or delete the row");
        findings.fault(&variant.spot, VALUES[0], format!("这个商品已有规格“{what}”，请修改选项或删除这一行"), en);
    }
}
