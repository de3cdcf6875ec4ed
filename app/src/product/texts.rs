//! Texts of the product page.

crate::texts::texts! {
    pictures = "商品图片" | "Pictures";
    about = "关于这件商品" | "About this product";
    offers = "可用的优惠" | "Offers";
    related = "同类还有" | "More like this";
    sold_out = "暂时缺货" | "Out of stock";
    one_more(amount) = "现在再加一件 {amount}" | "{amount} with one more";
    one_more_cheaper(amount, saving) = "现在再加一件只要 {amount}，购物车里的优惠又省 {saving}" | "{amount} with one more: your cart saves another {saving}";
    why = "为什么是这个价" | "Why this price";
    list = "标价" | "List price";
    now = "现价" | "Price now";
    why_alone = "这是单买一件的价格；整单的优惠会在购物车里再算。" | "This is the price of one by itself; offers on the whole order come on top in the cart.";
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
