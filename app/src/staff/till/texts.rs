//! Texts of the till.

crate::texts::texts! {
    find = "扫码，或输入编号、名称" | "Scan, or type a number or a name";
    find_go = "加入" | "Add";
    found = "找到的商品" | "Products found";
    which = "选规格" | "Which one";
    from(amount) = "{amount} 起" | "from {amount}";
    nothing(text) = "没有找到“{text}”。" | "Nothing found for “{text}”.";
    goods = "这一单" | "This sale";
    none_yet = "扫第一件商品。" | "Scan the first item.";
    remove(name) = "去掉{name}" | "Take out {name}";
    short(n) = "店里账上只有 {n} 件" | "the books say {n} here";
    pay = "付款" | "Payment";
    cash = "现金" | "Cash";
    card = "刷卡机" | "Card terminal";
    given = "收到现金" | "Cash given";
    change(amount) = "找零 {amount}" | "Change: {amount}";
    not_enough(amount) = "不够，应付 {amount}" | "Not enough: {amount} to pay";
    sell(amount) = "收款 {amount}" | "Take {amount}";
    sell_open = "收款" | "Take the money";
    price_changed = "价格刚刚变了，小票已更新。告诉顾客后再收款。" | "The price has just changed; the receipt is up to date. Tell the shopper, then take the money.";
    sold = "已售出" | "Sold";
    paid_cash = "现金，正好" | "Cash, exact";
    paid_card = "已刷卡" | "Paid by card";
    give_back(amount) = "找零 {amount}" | "Give back {amount}";
    next = "下一位" | "Next shopper";
}
