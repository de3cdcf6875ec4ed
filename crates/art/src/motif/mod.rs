//! Which drawing a product gets: the first word of its handle, tags or title that names a thing.

mod body;
mod cloth;
mod desk;
mod emblem;
mod hung;
mod kitchen;
mod paper;
mod parcel;
mod table;
mod tea;

pub(crate) use tea::{coffee_bag, cup, kettle, teapot, tin};

use crate::canvas::Canvas;
use crate::scene::Stage::{self, Flat, Hang, Stand, Wide};
use crate::seed::Seed;

/// A drawing and the stage it needs.
pub(crate) type Motif = (Stage, fn(&mut Canvas));

/// Words in two languages and the drawing they stand for; longer, more exact words come first.
const WORDS: &[(&[&str], Motif)] = &[
    (&["gift-box", "gift-set", "hamper", "礼盒"], (Stand, parcel::gift_box)),
    (&["sampler", "茶样"], (Flat, tea::sampler)),
    (&["tea-cake", "茶饼"], (Stand, tea::cake)),
    (&["teacup", "mug", "tumbler", "cup", "杯"], (Stand, tea::cup)),
    (&["teapot", "茶壶", "小壶"], (Stand, tea::teapot)),
    (&["kettle", "手冲壶"], (Stand, tea::kettle)),
    (&["dripper", "pour-over", "滤杯"], (Stand, tea::dripper)),
    (&["coffee-bag", "coffee-beans", "espresso", "咖啡豆"], (Stand, tea::coffee_bag)),
    (&["drip-coffee", "capsule", "挂耳"], (Stand, tea::carton)),
    (&["tea-tin", "canister", "茶罐"], (Stand, tea::tin)),
    (&["packet", "sachet", "loose-leaf"], (Stand, tea::packet)),
    (&["noodle-bowl", "soup-bowl", "面碗", "大碗"], (Wide, table::noodle_bowl)),
    (&["bowl", "碗"], (Stand, table::bowl)),
    (&["fish-plate", "鱼盘"], (Flat, table::fish_plate)),
    (&["chopstick", "筷"], (Flat, table::chopsticks)),
    (&["carafe", "decanter", "jug", "冷水壶"], (Stand, table::carafe)),
    (&["runner", "tablecloth", "placemat", "桌旗"], (Flat, table::runner)),
    (&["inkstone", "砚"], (Flat, desk::inkstone)),
    (&["ink-bottle", "fountain-ink", "墨水", "彩墨"], (Stand, desk::ink_bottle)),
    (&["soap", "手工皂", "香皂"], (Wide, body::soap)),
    (&["refill", "补充装"], (Stand, body::refill)),
    (&["hand-wash", "lotion", "pump", "洗手液"], (Stand, body::pump)),
    (&["dropper", "serum", "body-oil", "essential-oil"], (Stand, body::dropper)),
    (&["shampoo", "body-wash", "conditioner", "洗发", "沐浴露"], (Stand, body::bottle)),
    (&["tube", "hand-cream", "toothpaste", "护手霜"], (Stand, body::tube)),
    (&["lip-balm", "lipstick", "润唇"], (Wide, body::lip_balm)),
    (&["comb", "hairbrush", "木梳"], (Flat, body::wooden_comb)),
    (&["candle", "蜡烛"], (Stand, body::candle)),
    (&["incense", "线香"], (Wide, body::incense)),
    (&["bath-brush", "浴刷"], (Flat, body::bath_brush)),
    (&["hand-towel", "handkerchief", "手巾"], (Hang, hung::hand_towel)),
    (&["towel", "毛巾"], (Hang, hung::towel)),
    (&["apron", "围裙"], (Hang, kitchen::apron)),
    (&["curtain", "noren", "门帘"], (Hang, hung::curtain)),
    (&["robe", "kimono", "coat", "浴袍"], (Hang, hung::robe)),
    (&["blanket", "throw", "盖毯"], (Wide, cloth::blanket)),
    (&["quilt", "duvet", "夏被"], (Stand, cloth::stack)),
    (&["floor-cushion", "zafu", "坐垫", "蒲团"], (Wide, cloth::floor_cushion)),
    (&["cushion", "抱枕"], (Stand, cloth::cushion)),
    (&["bedding", "bed-sheet", "bed-clothes", "四件套"], (Wide, cloth::bedding)),
    (&["pillow", "枕"], (Wide, cloth::pillow)),
    (&["tote", "handbag", "backpack", "帆布袋"], (Stand, cloth::tote)),
    (&["pouch", "purse", "小袋"], (Stand, cloth::pouch)),
    (&["sock", "袜"], (Flat, cloth::socks)),
    (&["mat", "rug", "地垫"], (Flat, cloth::mat)),
    (&["scarf", "围巾"], (Hang, hung::scarf)),
    (&["bound-notebook", "线装"], (Flat, paper::bound_book)),
    (&["planner", "diary", "计划本"], (Flat, paper::planner)),
    (&["notebook", "journal", "sketchbook", "口袋本", "笔记本"], (Flat, paper::notebook)),
    (&["fountain-pen", "钢笔"], (Flat, desk::fountain_pen)),
    (&["pencil", "crayon", "铅笔"], (Wide, desk::pencils)),
    (&["brush", "毛笔"], (Flat, desk::brush)),
    (&["letter", "envelope", "postcard", "信笺"], (Flat, paper::letters)),
    (&["tape", "胶带"], (Wide, paper::tape)),
    (&["ruler", "直尺"], (Flat, desk::ruler)),
    (&["desk-tray", "tray", "文具盘"], (Flat, desk::tray)),
    (&["scissors", "剪刀"], (Flat, desk::scissors)),
    (&["calendar", "台历"], (Stand, paper::calendar)),
    (&["gel-pen", "ballpoint", "marker", "pen", "中性笔"], (Flat, desk::gel_pens)),
    (&["wok", "frying-pan", "skillet", "炒锅"], (Wide, kitchen::wok)),
    (&["pot", "casserole", "saucepan", "锅"], (Wide, kitchen::pot)),
    (&["cutting-board", "chopping-board", "砧板"], (Flat, kitchen::board)),
    (&["knife", "knives", "刀"], (Flat, kitchen::knife)),
    (&["spoon", "ladle", "spatula", "勺"], (Flat, kitchen::spoon)),
    (&["steamer", "蒸笼"], (Wide, kitchen::steamer)),
    (&["jar", "honey", "jam", "罐"], (Stand, tea::jar)),
    (&["sauce", "vinegar", "bottle", "wine", "beer", "juice", "酱油", "瓶"], (Stand, kitchen::sauce_bottle)),
    (&["plate", "dish", "saucer", "盘"], (Flat, table::plate)),
    (&["shirt", "blouse", "jacket", "jumper", "top", "tee", "dress"], (Hang, hung::shirt)),
    (&["tea", "茶"], (Stand, tea::packet)),
    (&["coffee", "咖啡"], (Stand, tea::coffee_bag)),
];

/// What a department shows for a product whose words say nothing.
fn usual(category: &str, seed: &mut Seed) -> Motif {
    match category {
        "tea" => seed.pick([(Stand, tea::tin as fn(&mut Canvas)), (Stand, tea::packet), (Stand, tea::carton)]),
        "kitchen" => seed.pick([(Stand, table::bowl as fn(&mut Canvas)), (Flat, table::plate), (Stand, tea::jar)]),
        "textile" => seed.pick([(Stand, cloth::stack as fn(&mut Canvas)), (Stand, cloth::cushion)]),
        "stationery" => seed.pick([(Flat, paper::notebook as fn(&mut Canvas)), (Flat, paper::letters)]),
        "body" => seed.pick([(Stand, body::bottle as fn(&mut Canvas)), (Stand, body::dropper), (Stand, body::tube)]),
        _ => grocery(seed),
    }
}

fn grocery(seed: &mut Seed) -> Motif {
    seed.pick([
        (Stand, parcel::can as fn(&mut Canvas)),
        (Stand, parcel::grocery_box),
        (Stand, kitchen::sauce_bottle),
        (Stand, parcel::grocery_bag),
    ])
}

/// The drawing for a product: its handle speaks first, then its title, then its department.
pub(crate) fn find(category: &str, handle: &str, title: &str, seed: &mut Seed) -> Motif {
    let named = |text: &str| WORDS.iter().find(|(words, _)| words.iter().any(|word| mentions(text, word)));
    let found = named(&slug(handle)).or_else(|| named(&slug(title)));
    found.map_or_else(|| usual(category, seed), |(_, motif)| *motif)
}

/// Lower case, with a hyphen around and between words.
fn slug(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("-{}-", words.join("-"))
}

/// Latin words count whole, in singular or plural: a mug is not mugwort. Chinese has no spaces to go by.
fn mentions(slug: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return slug.contains(word);
    }
    let after = |start: usize| &slug[start + word.len()..];
    slug.match_indices(word).any(|(start, _)| {
        slug[..start].ends_with('-') && ["-", "s-", "es-"].iter().any(|ending| after(start).starts_with(ending))
    })
}
