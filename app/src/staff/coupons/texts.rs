//! Texts of the page about coupons.

crate::texts::texts! {
    none = "还没有批次" | "No batches yet";
    none_why = "在下面做一批单独发放的券。" | "Make one below: coupons that are given out singly.";
    coupon = "优惠码" | "Coupon";
    codes = "码" | "Codes";
    times = "时间" | "Time";
    counts = "用量" | "Use";
    state = "状态" | "State";
    action = "操作" | "Action";
    open = "可用" | "Open";
    closed = "已收回" | "Revoked";
    from(day) = "{day}起" | "from {day}";
    to(day) = "到{day}" | "to {day}";
    codes_of(prefix, n) = "{prefix}…，{n} 个" | "{n} beginning {prefix}";
    by_hand = "按需发放" | "Given by hand or by code";
    export = "导出码" | "Export codes";
    export_named(coupon) = "导出码：{coupon}" | "Export codes: {coupon}";
    close = "收回" | "Revoke";
    close_named(coupon) = "收回 {coupon} 这一批" | "Revoke this batch of {coupon}";
    close_yes = "确定收回" | "Yes, revoke it";
    keep = "不收回" | "Keep it";
    said_closed = "已收回，这批不能再用" | "Revoked: nothing of it can be used any more";
    make = "做一批" | "Make a batch";
    make_hint = "从此这个优惠码不能单独用，只认这批里的码或会员券包里的券。" | "From then on the code alone is worth nothing: only codes of a batch and coupons in wallets count.";
    coupon_code = "促销的优惠码" | "The promotion's code";
    coupon_bad = "请填写价目里的优惠码，例如 TEA15。" | "Enter a code of the price book, such as TEA15.";
    occasion_label = "怎么发" | "How it is given";
    prefix = "码的开头（3–10 位）" | "What codes begin with (3 to 10)";
    codes_many = "多少个码" | "How many codes";
    per_member = "每位会员限用（可不填）" | "Uses per member (may stay empty)";
    note = "说明（可不填）" | "Note (may stay empty)";
    number_bad = "请填写数字。" | "Enter a number.";
    make_go = "做出来" | "Make it";
    said_made = "已做好" | "Made";
    sign_up = "注册时自动发" | "To every new member";
    birthday = "生日月自动发" | "In the month of the birthday";
    c_issued = "已发" | "given";
    c_reserved = "占用" | "set apart";
    c_used = "已用" | "used";
    c_returned = "退回" | "returned";
    c_expired = "过期" | "expired";
    c_void = "作废" | "void";
}

impl Texts {
    /// On which occasion coupons are given by themselves.
    pub(crate) fn occasion(self, word: &str) -> &'static str {
        if word == "birthday" { self.birthday() } else { self.sign_up() }
    }

    /// Where coupons stand.
    pub(crate) fn count(self, word: &str) -> &'static str {
        match word {
            "issued" => self.c_issued(),
            "reserved" => self.c_reserved(),
            "used" => self.c_used(),
            "returned" => self.c_returned(),
            "expired" => self.c_expired(),
            _ => self.c_void(),
        }
    }
}
