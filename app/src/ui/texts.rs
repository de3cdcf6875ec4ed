//! Texts of the shared pieces.

crate::texts::texts! {
    you_pay = "现价" | "Price";
    list_price = "原价" | "List price";
    from(amount) = "{amount} 起" | "from {amount}";
    former = "厂商原价" | "Former price";
    per_100g(amount) = "{amount} / 100 克" | "{amount} per 100 g";
    sold_out = "暂时缺货" | "Out of stock";
    add_named(name) = "把{name}加入购物车" | "Add {name} to the cart";
    added(name) = "已加入购物车：{name}" | "In your cart: {name}";
    choose_named(name) = "选择{name}的规格" | "Choose an option of {name}";
    again = "再试一次" | "Try again";
    home = "回首页" | "Go to the first page";
    fewer(name) = "{name}少一件" | "One {name} less";
    more(name) = "{name}多一件" | "One {name} more";
    quantity_of(name) = "{name}的数量" | "Quantity of {name}";
    loading = "正在取来…" | "Fetching…";
}
