//! Texts of the cart.

crate::texts::texts! {
    title = "购物车" | "Cart";
    empty_title = "购物车是空的" | "Your cart is empty";
    empty_sentence = "去挑几件喜欢的，价格和优惠会在这里算清楚。" | "Pick something you like; prices and savings are worked out here.";
    look_around = "去逛逛" | "Look around";
    needs_script = "购物车在你的浏览器里计算，需要打开 JavaScript。" | "The cart is worked out in your browser and needs JavaScript.";
    items = "购物车里的商品" | "Things in the cart";
    remove(name) = "拿掉{name}" | "Take {name} out";
    gone = "这件商品已经下架，不会计入订单。" | "This is no longer sold and won't be ordered.";
    short(n) = "目前只有 {n} 件能发货" | "Only {n} can be sent now";
    short_here(n) = "这家店现在有 {n} 件" | "{n} in this store now";
    before = "原价" | "List price";
    savings = "这件商品的优惠" | "Savings on this item";
    code = "优惠码" | "Coupon code";
    code_enter = "使用" | "Use";
    code_bad = "优惠码不对，请看看有没有多余的空格。" | "That is no coupon code; look for stray characters.";
    code_again = "这个优惠码已经在购物车里了。" | "This code is in the cart already.";
    code_drop(code) = "拿掉优惠码 {code}" | "Take the code {code} out";
    code_used = "已使用" | "Used";
    code_saves(amount) = "已使用 · 省 {amount}" | "Used · saves {amount}";
    code_unused = "没用上" | "Not used";
    code_waiting = "正在核对" | "Checking";
    checkout(amount) = "去结算 {amount}" | "Check out {amount}";
    checkout_open = "去结算" | "Check out";
    removed(name) = "已拿掉：{name}" | "Taken out: {name}";
}
