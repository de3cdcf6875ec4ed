//! Texts of the first page and of coupons.

crate::texts::texts! {
    look_around = "随便逛逛" | "Look around";
    departments = "分类" | "Departments";
    products(n) = "{n} 件" | "{n} products";
    offers = "正在进行的优惠" | "On offer now";
    selection = "先从这些看起" | "To begin with";
    all = "全部商品" | "All products";
    automatic = "自动生效" | "Applied by itself";
    code(code) = "优惠码 {code}" | "Code {code}";
    take = "用这张" | "Use it";
    more(n) = "还有 {n} 个优惠" | "{n} more offers";
    take_named(name) = "用这张：优惠码“{name}”" | "Use it: the code for “{name}”";
    taken(code) = "优惠码 {code} 已放进购物车" | "The code {code} is in your cart";
    until(day) = "到 {day} 为止" | "until {day}";
    applies = "已生效" | "Applies";
}
