//! Texts of the frame.

crate::texts::texts! {
    skip = "跳到正文" | "Skip to the page";
    search = "搜索商品" | "Search products";
    search_go = "搜索" | "Search";
    departments = "商品分类" | "Departments";
    cart = "购物车" | "Cart";
    cart_units(units) = "购物车 {units} 件" | "Cart, {units} in it";
    account = "我的" | "Account";
    sign_in = "登录" | "Sign in";
    at_store(store) = "在 {store}" | "At {store}";
    leave_store = "不看这家店的价格和库存" | "Stop showing this store's prices and stock";
    stores = "门店" | "Stores";
    visit(store) = "{store}：看这里的价格和库存" | "{store}: see prices and stock";
    one_price = "同一份价目：网店、货架、自助机、小票" | "One price book: web, shelf, kiosk and receipt";
    offline = "网络断开了。价格照最近一次的价目在本机计算，恢复后自动更新。" | "The network is away. Prices are worked out on this device from the last price book, and updated when it is back.";
    offline_kiosk = "网络断开了，价格照常计算。可以继续选购，也可以拿到柜台结账。" | "The network is away; prices still work. Keep shopping, or take your things to the till.";
    to_cart = "去购物车" | "Open the cart";
}
