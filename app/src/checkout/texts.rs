//! Texts of the checkout.

crate::texts::texts! {
    title = "结算" | "Checkout";
    how = "怎么拿到" | "How you get it";
    ship = "送货上门" | "Delivered";
    ship_hint = "快递送到你的地址" | "Sent to your address";
    pick_up = "到店自提" | "Pick up in a store";
    pick_up_hint = "备好后电话通知" | "We call when it is ready";
    store = "自提门店" | "Which store";
    address = "收货地址" | "Address";
    province = "省 / 直辖市" | "Province";
    city = "市" | "City";
    district = "区 / 县" | "District";
    street = "街道、门牌、房号" | "Street, house and room";
    method = "配送方式" | "Shipping";
    contact = "联系人" | "Contact";
    name = "姓名" | "Name";
    phone = "手机号" | "Mobile number";
    points = "积分" | "Points";
    points_have(n) = "有 {n} 积分可用" | "You have {n} points";
    points_use = "使用积分" | "Points to spend";
    points_all = "全部使用" | "Use all";
    points_none = "不用" | "Use none";
    sign_in_hint = "会员可以用积分，还有会员价。" | "Members spend points and have their own prices.";
    sign_in = "登录会员" | "Sign in";
    place(amount) = "下单，{amount}" | "Place the order, {amount}";
    place_open = "下单" | "Place the order";
    placing = "正在下单…" | "Placing the order…";
    pay_later = "收货或自提时付款。" | "You pay on delivery or at pick-up.";
    back = "回购物车" | "Back to the cart";
    required = "请填写这一项" | "Please fill this in";
    bad_phone = "请填 11 位手机号" | "A mobile number has 11 digits";
    choose_store = "请选一家门店" | "Please choose a store";
    look_again = "还有几处需要补充，已在下面标出。" | "A few things are missing; they are marked below.";
    no_price = "价格还没算好，请稍等一下再试。" | "The price is not worked out yet; please try again in a moment.";
    taken_before = "刚才断线前，这一单已经下好了，会员可在“我的”里查看。想再下一单，请再按一次提交。" | "This order was already taken before the connection broke; members find it in their account. Press again to place another one.";
    empty_title = "购物车是空的" | "Your cart is empty";
    empty_sentence = "先挑几件，再来结算。" | "Pick something first, then check out.";
    look_around = "去逛逛" | "Look around";
    needs_script = "结算在你的浏览器里核对价格，需要打开 JavaScript。" | "The checkout verifies the price in your browser and needs JavaScript.";
    changed_title = "价格有变动" | "The price has changed";
    changed_sentence = "下单前价目更新了。这些地方和刚才不一样：" | "The price book was updated before you ordered. This is different now:";
    changed_same = "金额没有变，只是优惠的组成不同了。" | "The amount is the same; only how it is made up differs.";
    was(amount) = "原来 {amount}" | "was {amount}";
    accept(amount) = "接受新价格，{amount}" | "Accept {amount}";
}
