//! The study as a page of the pricing crate's docs.

use crate::{shop::SHOPS, tally::Tally, ways::Way};
use pricing::ENGINE_VERSION;
use std::fmt::Write;

/// What a way is called in the table.
pub fn name(way: Way) -> &'static str {
    match way {
        Way::Single => "one promotion",
        Way::SingleOnShelf => "one promotion, shelf prices and shipping apart",
        Way::Listed => "first by priority",
        Way::Greedy => "greedy",
    }
}

/// The page.
pub fn markdown(tallies: &[Tally], carts: u64, seed: u64) -> String {
    let mut page = String::new();
    let shops: Vec<&str> = SHOPS.iter().map(|shop| shop.name.1).collect();
    let proved: u64 = tallies.iter().map(|tally| tally.proved).sum();
    let bounded: u64 = tallies.iter().map(|tally| tally.bounded).sum();
    let beaten: u64 = tallies.iter().map(|tally| tally.beaten).sum();
    let intro = format!(
        "# How often simpler ways miss the best price\n\n\
        A till that applies promotions one after another is simple, and so is one that allows a single discount. What does that cost shoppers?\n\
        This study fills {carts} carts for each number of promotions in force and prices each of them in several ways, all with engine {ENGINE_VERSION}\n\
        and the same rules, rounding and spreading: only the choice of promotions and of their order differs.\n\n\
        `cargo xtask study --carts {carts} --seed {seed}` writes this page and its chart again, the same to the byte.\n\n\
        <img src=\"study.svg\" alt=\"Chart: carts that miss the best price, and how much they pay too much\" onerror=\"this.remove()\">\n\n"
    );
    page.push_str(&intro);
    page.push_str(HEADLINE);
    tallies.iter().for_each(|tally| headline(&mut page, tally));
    page.push_str(TABLE);
    tallies.iter().for_each(|tally| rows(&mut page, tally));
    let counted = format!(
        "\n{proved} carts have a proved best price (`optimal`) and count. {bounded} were `bounded` and do not count: their search ended before its proof, so what the\n\
        others miss there can't be told (they are the carts with most to choose from, so the shares above are rather too small); in {beaten} of them a simpler way was cheaper than what the search had found by then. With {carts} carts\na share is sure to \
        about ±{:.1} points (95 %).\n\n",
        196.0 * (0.25 / carts as f64).sqrt()
    );
    page.push_str(&counted);
    page.push_str(&WAYS.replace("{shops}", &shops.join(", ")));
    page
}

const HEADLINE: &str = "| promotions in force | carts proved | bounded | order matters |\n|--:|--:|--:|--:|\n";

fn headline(page: &mut String, tally: &Tally) {
    let order = tally.percent(tally.order_matters);
    let row = format!("| {} | {} | {} | {order:.1}\u{a0}% |\n", tally.density, tally.proved, tally.bounded);
    page.push_str(&row);
}

const TABLE: &str = "\nOverpaid, against the best price; mean and 95th percentile among the carts missed, “all carts” over every cart together:\n\n\
    | promotions | way | carts missed | mean | 95th | mean | 95th | all carts |\n|--:|---|--:|--:|--:|--:|--:|--:|\n";

fn rows(page: &mut String, tally: &Tally) {
    for way in Way::ALL {
        let of = tally.figures(way);
        writeln!(
            page,
            "| {} | {} | {:.1}\u{a0}% | ¥{:.2} | ¥{:.2} | {:.1}\u{a0}% | {:.1}\u{a0}% | {:.2}\u{a0}% |",
            tally.density,
            name(way),
            of.missed,
            of.mean,
            of.p95,
            of.mean_percent,
            of.p95_percent,
            of.overall_percent
        )
        .expect("a text takes every text");
    }
}

const WAYS: &str = "## The ways\n\n\
- **first by priority**: every promotion as its turn comes, in the book's own order (`\"resolution\": \"pinned\"`).\n\
- **one promotion**: the cheapest of using none or one. The second row of the kind lets shelf prices (member and flash prices) and\n  \
  shipping offers apply anyway and chooses one promotion on top, as many shops mean it.\n\
- **greedy**: class by class, always the promotion that takes off most now, until none takes off anything.\n\
- **best**: `\"resolution\": \"best\"`, where the engine chooses promotions, order and units.\n\
- **order matters**: the promotions of the book, applied one after another in one of 24 random orders inside their classes, give another price\n  \
  than in the book's own order. More orders could find more such carts.\n\n\
The study stops with an error if a way is ever cheaper than a price that is called `optimal`, or by more than a `bounded` one allows.\n\n\
## The shops\n\n\
Three kinds of shops take turns ({shops}), with a new catalogue and a new book every 20 carts. All of it is assumed, none of it measured in\n\
a shop; `crates/study/src` has every number in one place each (`shop.rs`, `offers.rs`, `carts.rs`).\n\n\
- **Prices** are log-normal around each category's median (sigma 0.63), with endings as shops write them.\n\
- **Carts** have 1 to 15 lines (4.8 on average) by Zipf's law over the catalogue, quantities 1 to 6 (mostly 1 to 3), 0 to 3 coupon codes of the\n  \
  book; three fifths of the shoppers are members, four fifths have the goods sent.\n\
- **Promotions**, of 100: 17 shelf prices (member, flash), 11 percentages of a category, brand or list of goods, 8 thresholds of such goods, 8 quantity\n  \
  tiers, 8 n-th units (第二件半价), 3 buy two get one, 5 any three for a price, 3 pairs, 3 add-ons (加价购), 11 order thresholds (满减), 3 every-full (每满减),\n  \
  5 order tiers, 10 coupons, 5 free shipping. Three of five offers on the same category, brand or list shut each other out (a group of which only the\n  \
  best applies); two of three shops take only one offer on the order, half of them only one coupon. Half of the promotions have priority 0, the\n  \
  others 0 to 3, as merchants leave them.\n";
