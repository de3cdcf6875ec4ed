//! Texts of the kiosk.

crate::texts::texts! {
    touch = "轻触开始" | "Touch to begin";
    welcome(store) = "欢迎来到{store}" | "Welcome to {store}";
    scan = "也可以直接扫描商品条码，看价格和优惠" | "Or scan a barcode to see its price and offers";
    still_there = "还在吗？" | "Still there?";
    clearing(seconds) = "{seconds} 秒后清空购物车，回到开始画面。" | "In {seconds} seconds the cart is cleared for the next shopper.";
    stay = "我还在" | "I am still here";
    start_over = "重新开始" | "Start over";
    unknown(code) = "没有找到条码 {code}，请试试别的商品，或问问店员。" | "The code {code} is not known here. Try another, or ask us.";
    looking(code) = "正在查 {code}" | "Looking up {code}";
}
