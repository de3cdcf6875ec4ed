//! Texts of the receipt.

crate::texts::texts! {
    title = "小票" | "Receipt";
    items = "商品" | "Items";
    discounts = "优惠" | "Savings";
    each(n, amount) = "{n} × {amount}" | "{n} × {amount}";
    pays = "优惠后" | "After savings";
    run(n, amount) = "{n} 件各 {amount}" | "{n} at {amount} each";
    gift = "赠品" | "Gift";
    free = "赠送" | "Free";
    extra_points = "多得积分" | "More points";
    units(n) = "{n} 件" | "{n}";
    subtotal = "商品小计" | "Items";
    saved = "共省" | "You save";
    shipping = "运费" | "Shipping";
    shipping_open = "结算时选择" | "chosen at checkout";
    tax = "税" | "Tax";
    tax_in(amount) = "含税 {amount}" | "includes {amount} tax";
    points_used(n) = "使用 {n} 积分" | "{n} points";
    to_pay = "应付" | "To pay";
    total_now(amount) = "应付 {amount}" | "To pay: {amount}";
    earns(n) = "这单可得 {n} 积分" | "Earns {n} points";
    hints = "还可以更省" | "You could save more";
    missed(n) = "没有用上的优惠（{n}）" | "Offers not used ({n})";
    sign_in = "登录" | "Sign in";
    refused(code, why) = "{code} 没有用上：{why}" | "{code} was not used: {why}";
    seal = "价目" | "Price book";
    seal_of(digits) = "价目编号 {digits}" | "Price book {digits}";
}
