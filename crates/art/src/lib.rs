//! Pictures for products that have none, drawn like mid-century posters: flat inks, one light, a little paper grain.
//!
//! A picture is a function of its product. The same product is the same picture on the web, the kiosk and the label,
//! today and after the next restart; nothing is stored and nothing is random.
#![forbid(unsafe_code)]

mod banner;
mod canvas;
mod mark;
mod motif;
mod palette;
mod pattern;
mod scene;
mod seed;
mod shape;

pub use banner::banner_svg;
pub use mark::brand_mark_svg;

use canvas::Canvas;
use scene::Stage;
use seed::Seed;

const SIDE: u32 = 600;

/// Tags that give a picture its vermilion sun.
const NEW_TAGS: [&str; 2] = ["新品", "new"];

/// The picture of a product, a square SVG.
#[must_use]
pub fn product_svg(category_slug: &str, handle: &str, title: &str, tags: &[&str]) -> String {
    let mut seed = Seed::of(handle);
    let hues = palette::choose(category_slug, handle, &mut seed);
    let (stage, draw) = motif::find(category_slug, handle, title, &mut seed);
    let mut canvas = Canvas::new(hues, seed);
    scene::paint(&mut canvas, stage, tags.iter().any(|tag| NEW_TAGS.contains(tag)));
    let proportions = proportions(&mut canvas.seed, stage);
    canvas.moved(&proportions, draw);
    canvas.finish(SIDE, SIDE)
}

/// Stretches a drawing a little, from where it stands, so that two bowls are not one bowl twice.
fn proportions(seed: &mut Seed, stage: Stage) -> String {
    let (foot, largest) = match stage {
        Stage::Stand => (486, 112),
        Stage::Wide => (486, 106),
        Stage::Flat => (300, 108),
        Stage::Hang => (84, 106),
    };
    let (wide, high) = (seed.between(98, largest), seed.between(96, largest.min(107)));
    let (dx, dy) = (300 * (100 - wide) / 100, foot * (100 - high) / 100);
    format!("matrix({} 0 0 {} {dx} {dy})", decimal(wide), decimal(high))
}

fn decimal(hundredths: i32) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}
