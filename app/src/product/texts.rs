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
    near(n) = "附近 {n} 家门店有货" | "In stock at {n} stores near you";
    near_one = "附近 1 家门店有货" | "In stock at 1 store near you";
    stores(n) = "{n} 家门店有货" | "In stock at {n} stores";
    stores_one = "1 家门店有货" | "In stock at 1 store";
    ships_today = "今天发货" | "Leaves today";
    ships_tomorrow = "明天发货" | "Leaves tomorrow";
    ships_on(day) = "在途，{day}发货" | "In transit, leaves {day}";
    comes_today = "今天到店" | "There today";
    comes_tomorrow = "明天到店" | "There tomorrow";
    comes_on(day) = "在途，{day}到店" | "In transit, there {day}";
    km(n) = "{n} 公里" | "{n} km";
    here = "你在这家店" | "You are here";
    see(store) = "看{store}的价格和库存" | "See prices and stock at {store}";
    not_this = "没有这个组合" | "not sold";
}
