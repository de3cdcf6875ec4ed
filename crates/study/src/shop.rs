//! The kinds of shops: what they sell, and at which prices.

use crate::draw::Draw;
use serde_json::{Value, json};

/// A kind of shop.
pub struct Shop {
    /// Its name in Chinese and English.
    pub name: (&'static str, &'static str),
    /// Each category with its median price in yuan.
    pub categories: &'static [(&'static str, u64)],
    /// How many SKUs it sells.
    pub skus: usize,
    /// What a usual order is worth, in yuan: thresholds lie around it.
    pub order: u64,
}

/// The shops of the study.
pub const SHOPS: [Shop; 3] = [
    Shop {
        name: ("超市", "supermarket"),
        categories: &[
            ("fruit", 15),
            ("vegetables", 8),
            ("meat", 36),
            ("dairy", 22),
            ("snacks", 12),
            ("drinks", 8),
            ("staples", 42),
            ("household", 26),
        ],
        skus: 240,
        order: 99,
    },
    Shop {
        name: ("茶叶", "tea"),
        categories: &[("green", 98), ("black", 88), ("oolong", 118), ("puer", 148), ("teaware", 69), ("snacks", 28)],
        skus: 90,
        order: 299,
    },
    Shop {
        name: ("美妆", "beauty"),
        categories: &[("cleanser", 79), ("serum", 239), ("cream", 199), ("mask", 99), ("makeup", 139), ("tools", 39)],
        skus: 120,
        order: 399,
    },
];

/// Brands of every shop, as tags; a smaller one is sold more.
pub const BRANDS: usize = 8;

/// The id of a SKU by its rank in popularity.
pub fn sku_id(rank: usize) -> String {
    format!("S{rank:03}")
}

impl Shop {
    /// The SKUs with their prices, the most popular first.
    pub fn skus(&self, draw: &mut Draw) -> Vec<Value> {
        (0..self.skus).map(|rank| self.sku(draw, rank)).collect()
    }

    fn sku(&self, draw: &mut Draw, rank: usize) -> Value {
        let (category, median) = *draw.pick(self.categories);
        let price = shelf_ending(draw, median * 100);
        let brand = format!("brand{}", draw.zipf(BRANDS));
        json!({"sku": sku_id(rank), "price": yuan(price), "category": category, "tags": [brand]})
    }
}

/// A price as shops write it: to ten fen below five yuan, `.90` or `.80` up to a hundred, whole yuan ending in 8 or 9 above.
fn shelf_ending(draw: &mut Draw, median: u64) -> u64 {
    let price = draw.log_normal(median).max(100);
    match price {
        0..500 => price / 10 * 10,
        500..10_000 => price / 100 * 100 + draw.pick(&[90, 80, 50]),
        _ => price / 1_000 * 1_000 + draw.pick(&[800, 900]),
    }
}

/// Minor units as a decimal number.
pub fn yuan(minor: u64) -> String {
    format!("{}.{:02}", minor / 100, minor % 100)
}
