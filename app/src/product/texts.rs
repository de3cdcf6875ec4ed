//! Texts of the product page.

crate::texts::texts! {
    pictures = "商品图片" | "Pictures";
    about = "关于这件商品" | "About this product";
    offers = "可用的优惠" | "Offers";
    related = "同类还有" | "More like this";
    sold_out = "暂时缺货" | "Out of stock";
    beside(amount) = "和购物车里的一起买，这一件 {amount}" | "In your cart this one would cost {amount}";
    beside_saves(amount) = "和购物车里的一起买，这一件不要钱，还再省 {amount}" | "In your cart this one would cost nothing and save you another {amount}";
    why = "为什么是这个价" | "Why this price";
    list = "标价" | "List price";
    now = "现价" | "Price now";
    alone = "单买一件" | "Just this one";
    together = "和购物车里的一起买" | "Together with your cart";
    why_alone = "只买这一件就是这个价，运费另算。" | "A cart with just this one costs this; delivery is extra.";
    in_cart(n) = "购物车里已有 {n} 件" | "{n} in your cart";
    add = "加入购物车" | "Add to cart";
    added(name) = "已加入购物车：{name}" | "In your cart: {name}";
    stock = "门店库存" | "In the stores";
    web = "网店" | "By post";
    plenty = "有货" | "In stock";
    few(n) = "只剩 {n} 件" | "Only {n} left";
    none = "没有货" | "None left";
    here = "你在这家店" | "You are here";
    see(store) = "看{store}的价格和库存" | "See prices and stock at {store}";
    not_this = "没有这个组合" | "not sold";
}
