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
    gift_choose = "选一件赠品" | "Choose your gift";
    gift_gone = "送完了" | "None left";
    hold = "锁定这个价格 30 分钟" | "Hold this price for 30 minutes";
    hold_why = "价目变了也按现在的价格下单；库存和限量优惠以下单时为准。" | "Even if prices change you order at this one; stock and limited offers count when you order.";
    hold_again = "锁定现在的价格" | "Hold the price now";
    hold_drop = "不锁了" | "Let it go";
    held_until(time) = "价格已锁定到 {time}" | "Price held until {time}";
    held_once = "，可以下一单。" | " for one order.";
    held_other_goods(time) = "锁定到 {time} 的价格是给原来的购物车的，现在的购物车按现在的价格算。" | "The price held until {time} is for the cart as it was; this cart is at the prices of now.";
    held_other_shopper = "锁定价格之后登录状态或门店变了，锁定的价格不再适用，现在按现在的价格算。" | "You signed in or out, or changed store, after the price was held; it does not apply any more, and prices are those of now.";
    held_expired(time) = "锁定的价格在 {time} 到期了，现在按现在的价格算。" | "The held price ended at {time}; prices are those of now.";
    held_restore = "恢复原来的购物车" | "Restore that cart";
    removed(name) = "已拿掉：{name}" | "Taken out: {name}";
}
