//! Texts of an order.

crate::texts::texts! {
    title(number) = "订单 {number}" | "Order {number}";
    taken = "订单已收到" | "Your order is in";
    thanks = "谢谢，我们这就去准备。" | "Thank you. We are getting it ready.";
    thanks_kiosk = "谢谢！请凭订单号到柜台付款取货。" | "Thank you! Pay and collect at the counter with this number.";
    number = "订单号" | "Order number";
    when = "下单时间" | "Placed";
    ship_to = "送到" | "Sent to";
    pick_up_at = "自提门店" | "Pick up at";
    pays = "付款方式" | "Paid with";
    contact = "联系人" | "Contact";
    items = "买了这些" | "What you ordered";
    units(n) = "{n} 件" | "{n}";
    gift(n) = "赠品 {n} 件" | "{n}, a gift";
    pay_on_delivery = "收货时付款。" | "You pay on delivery.";
    pay_at_store = "到店自提时付款。" | "You pay when you pick it up.";
    on = "继续逛逛" | "Keep shopping";
    mine = "我的订单" | "My orders";
}
