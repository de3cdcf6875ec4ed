//! What every picture promises, whatever the product.

use art::{banner_svg, brand_mark_svg, product_svg};
use std::collections::BTreeSet;

/// Handles for the drawings, one or two each, and a few that name no known thing.
const HANDLES: [(&str, &str); 74] = [
    ("tea", "longjing-tea-tin"),
    ("tea", "jasmine-tea-packet"),
    ("tea", "aged-white-tea-cake"),
    ("tea", "chrysanthemum-tea-jar"),
    ("tea", "four-tea-sampler-box"),
    ("tea", "spring-tea-gift-box"),
    ("tea", "yunnan-coffee-bag"),
    ("tea", "drip-coffee-box"),
    ("tea", "gooseneck-kettle"),
    ("tea", "pour-over-dripper"),
    ("tea", "zhuni-clay-teapot"),
    ("tea", "celadon-teacup"),
    ("tea", "sku-1"),
    ("tea", "sku-2"),
    ("kitchen", "daily-rice-bowl"),
    ("kitchen", "deep-noodle-bowl"),
    ("kitchen", "shallow-round-plate"),
    ("kitchen", "long-fish-plate"),
    ("kitchen", "chestnut-chopsticks"),
    ("kitchen", "long-wooden-spoon"),
    ("kitchen", "enamel-iron-pot"),
    ("kitchen", "hand-forged-iron-wok"),
    ("kitchen", "cherry-cutting-board"),
    ("kitchen", "santoku-kitchen-knife"),
    ("kitchen", "first-press-soy-sauce-bottle"),
    ("kitchen", "bamboo-steamer-basket"),
    ("kitchen", "glass-water-carafe"),
    ("kitchen", "linen-kitchen-apron"),
    ("kitchen", "sku-3"),
    ("textile", "waffle-bath-towel"),
    ("textile", "gauze-hand-towel"),
    ("textile", "lambswool-throw-blanket"),
    ("textile", "washed-cotton-quilt"),
    ("textile", "linen-cushion-cover"),
    ("textile", "rush-floor-cushion"),
    ("textile", "linen-bedding-set"),
    ("textile", "buckwheat-pillow"),
    ("textile", "canvas-tote-bag"),
    ("textile", "drawstring-cotton-pouch"),
    ("textile", "indigo-door-curtain"),
    ("textile", "linen-table-runner"),
    ("textile", "merino-wool-socks"),
    ("textile", "double-gauze-robe"),
    ("textile", "tufted-bath-mat"),
    ("textile", "checked-wool-scarf"),
    ("textile", "ocean-blue-shirt"),
    ("stationery", "thread-bound-notebook"),
    ("stationery", "pocket-notebook"),
    ("stationery", "weekly-planner-2027"),
    ("stationery", "brass-fountain-pen"),
    ("stationery", "cedar-pencil-set"),
    ("stationery", "gel-pen"),
    ("stationery", "botanical-ink-bottle"),
    ("stationery", "mixed-hair-writing-brush"),
    ("stationery", "she-inkstone"),
    ("stationery", "bamboo-letter-set"),
    ("stationery", "pattern-washi-tape"),
    ("stationery", "brass-ruler"),
    ("stationery", "walnut-desk-tray"),
    ("stationery", "paper-scissors"),
    ("stationery", "solar-terms-desk-calendar"),
    ("body", "mugwort-soap-bar"),
    ("body", "yuzu-hand-wash-bottle"),
    ("body", "hand-wash-refill-pouch"),
    ("body", "ginger-shampoo-bottle"),
    ("body", "osmanthus-hand-cream-tube"),
    ("body", "beeswax-lip-balm"),
    ("body", "green-sandalwood-comb"),
    ("body", "soy-wax-candle"),
    ("body", "temple-incense-sticks"),
    ("body", "camellia-body-oil-dropper"),
    ("body", "boar-bristle-bath-brush"),
    ("grocery", "tomato-puree"),
    ("grocery", "oat-drink"),
];

fn pictures() -> Vec<(&'static str, String)> {
    let plain = HANDLES.iter().map(|(category, handle)| (*handle, product_svg(category, handle, handle, &[])));
    let new = HANDLES.iter().map(|(category, handle)| (*handle, product_svg(category, handle, handle, &["新品"])));
    plain.chain(new).collect()
}

/// The names after each `mark`, up to the closing quote or bracket.
fn names<'a>(svg: &'a str, mark: &str) -> BTreeSet<&'a str> {
    svg.split(mark).skip(1).filter_map(|rest| rest.split(['"', ')']).next()).collect()
}

#[track_caller]
fn check_markup(what: &str, svg: &str) {
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 "), "{what}");
    assert!(!svg.contains("<text") && !svg.contains("NaN") && !svg.contains("--"), "{what}");
    let mut open = Vec::new();
    for tag in svg.split('<').skip(1) {
        let (inside, _) = tag.split_once('>').expect("a tag ends");
        let name = inside.split(' ').next().unwrap_or_default();
        match name.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{what}"),
            None if inside.ends_with('/') => {}
            None => open.push(name),
        }
    }
    assert!(open.is_empty(), "{what}: {open:?}");
    let used: BTreeSet<&str> = names(svg, "url(#").into_iter().chain(names(svg, "href=\"#")).collect();
    assert!(used.is_subset(&names(svg, " id=\"")), "{what}: {used:?}");
}

#[test]
fn pictures_are_sound_and_small() {
    for (handle, svg) in pictures() {
        check_markup(handle, &svg);
        assert!(svg.len() <= 4000, "{handle} takes {} bytes", svg.len());
    }
}

#[test]
fn the_same_product_is_always_the_same_picture() {
    assert_eq!(pictures(), pictures());
    let cup = product_svg("tea", "celadon-teacup", "Celadon Teacup", &["茶器"]);
    assert_eq!(cup, product_svg("tea", "celadon-teacup", "Celadon Teacup", &["新版", "茶器"]));
}

#[test]
fn different_products_are_different_pictures() {
    let distinct: BTreeSet<String> = pictures().into_iter().map(|(_, svg)| svg).collect();
    assert_eq!(distinct.len(), 2 * HANDLES.len());
}

#[test]
fn definitions_of_two_pictures_do_not_clash_in_one_page() {
    let pictures: Vec<String> =
        HANDLES.iter().map(|(category, handle)| product_svg(category, handle, "", &[])).collect();
    let ids: Vec<&str> = pictures.iter().flat_map(|svg| names(svg, " id=\"")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len());
}

#[test]
fn a_new_product_has_a_vermilion_sun() {
    let shampoo = |tags: &[&str]| product_svg("body", "ginger-shampoo-bottle", "", tags).contains("#c8371b");
    assert!(shampoo(&["洗护", "新品"]));
    assert!(!shampoo(&["洗护"]));
}

#[test]
fn a_title_helps_when_the_handle_says_nothing() {
    let by_title = |title: &str| product_svg("kitchen", "item-7", title, &[]);
    assert_eq!(by_title("Big Bread Knife"), by_title("厨刀"));
    assert_ne!(by_title("Big Bread Knife"), by_title("Soup bowl"));
    assert_eq!(by_title("Mugwort"), by_title("Nothing known"), "a mug is a whole word");
}

#[test]
fn any_text_gives_a_picture() {
    for text in ["", "-", "<script>\"&'", "名前", &"x".repeat(5000)] {
        check_markup(text, &product_svg(text, text, text, &[text]));
    }
}

#[test]
fn banners_and_the_mark_are_sound() {
    for (width, height) in [(1600, 640), (1920, 1080), (1080, 1920), (720, 720), (0, 0), (u32::MAX, 1)] {
        let svg = banner_svg("home", width, height);
        check_markup("banner", &svg);
        assert!(svg.len() < 10_000, "{}", svg.len());
        assert_eq!(svg, banner_svg("home", width, height));
    }
    check_markup("mark", &brand_mark_svg());
}
