//! What the keys and words of a price book are called. The order of the keys is the order in which a subject's changes are told.

use money::Locale;

/// Key, Chinese, English. A key that means something else under another key stands with it, the outer one first.
const KEYS: &[(&str, &str, &str)] = &[
    ("name", "名称", "name"),
    ("zh", "（中文）", "(Chinese)"),
    ("en", "（英文）", "(English)"),
    ("coupon", "优惠码", "coupon code"),
    ("starts", "开始", "starts"),
    ("ends", "结束", "ends"),
    ("if", "条件", "condition"),
    ("then", "优惠", "benefit"),
    ("min_subtotal", "门槛", "threshold"),
    ("max_subtotal", "金额上限", "highest subtotal"),
    ("min_quantity", "最少件数", "least quantity"),
    ("max_quantity", "最多件数", "highest quantity"),
    ("member_level", "会员等级", "member level"),
    ("member_tag", "会员标签", "member tag"),
    ("signed_in", "须登录会员", "members only"),
    ("birthday_month", "会员生日月", "member's birthday month"),
    ("nth_order", "第几单", "order number"),
    ("channel", "渠道", "channel"),
    ("store", "门店", "store"),
    ("region", "地区", "region"),
    ("tender", "付款方式", "paid with"),
    ("weekly", "每周时段", "hours of the week"),
    ("weekly.days", "星期", "on"),
    ("weekly.from", "从", "from"),
    ("weekly.to", "到", "until"),
    ("weekly.zone", "时区", "time zone"),
    ("weekly.known", "时段已排到", "hours written out for"),
    ("weekly.instants", "排出的时段", "hours written out"),
    ("shipping_method", "配送方式", "shipping method"),
    ("contains", "购物车含有", "cart holds"),
    ("together", "同时含有", "cart holds together"),
    ("only", "购物车只有", "cart holds only"),
    ("any", "任一", "any of"),
    ("not", "不是", "not"),
    ("measure", "金额按", "measured by"),
    ("from", "满", "from"),
    ("breaks.from", "满件数", "from units"),
    ("from_quantity", "满件数", "from units"),
    ("percent", "折扣率", "percent off"),
    ("amount", "减", "amount off"),
    ("off", "减", "off"),
    ("breaks", "档量价", "quantity break"),
    ("price_list", "价目", "price list"),
    ("fixed_price", "一口价", "fixed price"),
    ("bundle", "样套装", "bundle piece"),
    ("price", "价格", "price"),
    ("cost", "成本", "cost"),
    ("min_price", "最低价", "lowest price"),
    ("max_price", "最高价", "highest price"),
    ("buy", "买", "buy"),
    ("get", "得", "get"),
    ("count", "件数", "units"),
    ("every", "每满", "every full"),
    ("tiers", "档", "tier"),
    ("nth_unit", "第几件", "unit number"),
    ("gift", "赠品", "gift"),
    ("choose", "任选一件", "one of"),
    ("quantity", "数量", "quantity"),
    ("free", "免费", "free"),
    ("points_multiplier", "积分倍数", "points times"),
    ("on", "范围", "on"),
    ("of", "范围", "of"),
    ("sku", "商品", "SKU"),
    ("brand", "品牌", "brand"),
    ("tag", "标签", "tag"),
    ("tags", "标签", "tags"),
    ("category", "分类", "category"),
    ("min_line_quantity", "单行最少件数", "least units of a line"),
    ("on_sale", "特价品", "on sale"),
    ("discountable", "参加优惠", "may be discounted"),
    ("per", "每", "per"),
    ("times", "最多组数", "sets at most"),
    ("max_times", "最多次数", "times at most"),
    ("max_units", "最多件数", "units at most"),
    ("max_units_per_line", "每行最多件数", "units of a line at most"),
    ("pick", "优先", "takes first"),
    ("cap", "每单最多减", "most per order"),
    ("limit", "限制", "limit"),
    ("total", "总次数", "uses in total"),
    ("per_member", "每人次数", "uses per member"),
    ("limit.units", "总件数", "units in total"),
    ("budget", "总额度", "budget"),
    ("class", "阶段", "stage"),
    ("priority", "优先级", "priority"),
    ("base", "计算基础", "base"),
    ("combine", "叠加", "combination"),
    ("combines_with", "可同享的阶段", "given together with"),
    ("after", "排在其后", "applied after"),
    ("group", "互斥组", "group"),
    ("funding", "费用分摊", "funded by"),
    ("platform", "平台", "platform"),
    ("returns", "退货时", "when goods come back"),
    ("margin_floor", "成本之上至少赚", "earned over cost at least"),
    ("resolution", "选择优惠", "choice of promotions"),
    ("rounding", "舍入", "rounding"),
    ("mode", "方式", "mode"),
    ("scope", "单位", "scope"),
    ("tax", "税", "tax"),
    ("included", "价内含税", "included in prices"),
    ("rate", "税率", "rate"),
    ("tax_rate", "税率", "tax rate"),
    ("points", "积分", "points"),
    ("earn", "每 1 元得", "earned per 1.00"),
    ("value", "每分值", "worth of one"),
    ("points.step", "每次用的倍数", "spent in multiples of"),
    ("points.cap", "最多抵总额的", "largest share of the total"),
    ("rank", "级别", "rank"),
    ("currency", "货币", "currency"),
    ("format", "格式", "format"),
    ("applied_in_order", "依次适用", "applied in this order"),
];

/// Key, word, Chinese, English: what a word means depends on where it stands.
const WORDS: &[(&str, &str, &str, &str)] = &[
    ("class", "price", "货架价", "shelf price"),
    ("class", "product", "商品", "product"),
    ("class", "order", "整单", "order"),
    ("class", "shipping", "运费", "shipping"),
    ("class", "total", "合计", "total"),
    ("on", "order", "整单", "the whole order"),
    ("on", "shipping", "运费", "shipping"),
    ("on", "total", "商品和运费", "goods and shipping"),
    ("on", "all", "全部商品", "all goods"),
    ("of", "all", "全部商品", "all goods"),
    ("base", "current", "当前价", "current price"),
    ("base", "shelf", "货架价", "shelf price"),
    ("base", "list", "原价", "list price"),
    ("measure", "current", "当前价", "current price"),
    ("measure", "shelf", "货架价", "shelf price"),
    ("measure", "list", "原价", "list price"),
    ("combine", "stack", "可叠加", "with others"),
    ("combine", "best", "组内取最优", "best of its group"),
    ("combine", "first", "组内取第一个", "first of its group"),
    ("combine", "exclusive", "独享", "alone"),
    ("resolution", "best", "最省", "best for the shopper"),
    ("resolution", "pinned", "固定顺序", "fixed order"),
    ("pick", "cheapest", "最便宜的", "the cheapest"),
    ("pick", "dearest", "最贵的", "the dearest"),
    ("per", "unit", "件", "unit"),
    ("per", "line", "行", "line"),
    ("per", "once", "单", "order"),
    ("scope", "unit", "每件", "each unit"),
    ("scope", "line", "每行", "each line"),
    ("scope", "document", "整单", "the whole order"),
    ("combines_with", "price", "货架价", "shelf price"),
    ("combines_with", "product", "商品", "product"),
    ("combines_with", "order", "整单", "order"),
    ("combines_with", "shipping", "运费", "shipping"),
    ("combines_with", "total", "合计", "total"),
    ("returns", "pro_rata", "按比例退", "each unit takes its share along"),
    ("returns", "re_evaluate", "按留下的重算", "what is kept is priced anew"),
    ("days", "mon", "周一", "Mon"),
    ("days", "tue", "周二", "Tue"),
    ("days", "wed", "周三", "Wed"),
    ("days", "thu", "周四", "Thu"),
    ("days", "fri", "周五", "Fri"),
    ("days", "sat", "周六", "Sat"),
    ("days", "sun", "周日", "Sun"),
    ("channel", "web", "网店", "web shop"),
    ("channel", "kiosk", "自助屏", "kiosk"),
    ("channel", "till", "收银台", "till"),
];

/// Keys whose values are percentages.
pub(super) const PERCENT: &[&str] = &["percent"];

/// Where a key stands in the order of telling; unknown keys come last.
pub(super) fn rank(outer: &str, key: &str) -> usize {
    place(outer, key).unwrap_or(KEYS.len())
}

/// The place of a key, as what it is under another one where that is something of its own.
fn place(outer: &str, key: &str) -> Option<usize> {
    let under = KEYS.iter().position(|one| one.0.split_once('.') == Some((outer, key)));
    under.or_else(|| KEYS.iter().position(|one| one.0 == key))
}

/// Keys under which the merchant's own words are keys.
const OWN: &[&str] = &["price_list", "funding"];

/// What a key is called under another one. One without a name is called by itself.
pub(super) fn key(outer: &str, key: &str, locale: Locale) -> String {
    match place(outer, key).map(|at| KEYS[at]) {
        Some((_, zh, en)) => pick(locale, zh, en).to_owned(),
        None if OWN.contains(&outer) => key.to_owned(),
        None => key.replace('_', " "),
    }
}

/// What a word under a key is called, if it is a word of the format and not the merchant's own.
pub(super) fn word(key: &str, word: &str, locale: Locale) -> Option<&'static str> {
    let known = WORDS.iter().find(|one| one.0 == key && one.1 == word)?;
    Some(pick(locale, known.2, known.3))
}

/// Chooses between two languages.
pub(super) fn pick<'t>(locale: Locale, zh: &'t str, en: &'t str) -> &'t str {
    if locale == Locale::Zh { zh } else { en }
}
