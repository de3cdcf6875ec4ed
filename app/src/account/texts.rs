//! Texts for members.

crate::texts::texts! {
    sign_in = "登录" | "Sign in";
    sign_in_word = "用手机号登录，第一次会自动成为会员。" | "Sign in by your mobile number; the first time makes you a member.";
    needs_script = "登录需要打开 JavaScript。" | "Signing in needs JavaScript.";
    phone = "手机号" | "Mobile number";
    send = "获取验证码" | "Send a code";
    sending = "正在发送…" | "Sending…";
    code = "6 位验证码" | "Six-digit code";
    sent_to(phone) = "验证码已发到 {phone}，几分钟内有效。" | "A code was sent to {phone}; it is valid for a few minutes.";
    enter = "登录" | "Sign in";
    entering = "正在登录…" | "Signing in…";
    again = "重新发送" | "Send again";
    again_in(seconds) = "{seconds} 秒后可重新发送" | "Send again in {seconds} s";
    other_phone = "换一个号码" | "Use another number";
    bad_phone = "请填 11 位手机号" | "A mobile number has 11 digits";
    bad_code = "验证码是 6 位数字" | "A code has six digits";
    account = "我的" | "Account";
    hello(name) = "{name}，你好" | "Hello, {name}";
    hello_member = "你好" | "Hello";
    guest_title = "登录后看订单、积分和优惠券" | "Sign in to see your orders, points and coupons";
    guest_sentence = "不登录也可以购物。" | "You can shop without signing in, too.";
    level = "会员等级" | "Level";
    no_level = "普通会员" | "Member";
    points = "积分" | "Points";
    orders = "订单" | "Orders";
    no_orders = "还没有订单。" | "No orders yet.";
    coupons = "优惠券" | "Coupons";
    no_coupons = "现在没有可用的优惠券。" | "No coupons right now.";
    history = "积分明细" | "Points so far";
    no_points = "还没有积分记录。" | "No points yet.";
    order_units(n) = "共 {n} 件" | "{n} in all";
    order_named(number, day) = "{day} 的订单 {number}" | "Order {number} of {day}";
    use_code = "放进购物车" | "Add to cart";
    use_named(name) = "把“{name}”放进购物车" | "Add “{name}” to the cart";
    used(code) = "优惠码 {code} 已放进购物车" | "The code {code} is in your cart";
    until(day) = "到 {day} 为止" | "until {day}";
    sign_out = "退出登录" | "Sign out";
    look_around = "去逛逛" | "Look around";
}
