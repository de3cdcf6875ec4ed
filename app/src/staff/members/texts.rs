//! Texts of the pages about members.

crate::texts::texts! {
    find = "会员码、会员号或手机号" | "Member's code, number or telephone";
    find_go = "查找" | "Find";
    find_hint = "扫会员手机上的码最快。手机号要输全。谁查了谁，都会记下来。" | "Scanning the member's code is quickest. A telephone has to be complete. Who looked is written down.";
    find_empty = "请扫码，或输入会员号、手机号。" | "Scan the code, or type the number or the telephone.";
    back = "查另一位" | "Another member";
    nameless = "会员（未留姓名）" | "A member without a name";
    number(number) = "会员号 {number}" | "No. {number}";
    level = "等级" | "Level";
    no_level = "普通会员" | "Member";
    points = "积分" | "Points";
    pending(n) = "另有 {n} 待生效" | "and {n} to come";
    value = "储值" | "Stored value";
    orders = "订单" | "Orders";
    coupons = "可用的券" | "Coupons that can be used";
    until(day) = "到 {day}" | "until {day}";
    points_moved = "积分流水" | "Points";
    value_moved = "储值流水" | "Stored value";
    nothing_moved = "还没有记录" | "Nothing yet";
    adjust = "更正积分或储值" | "Correct points or stored value";
    adjust_hint = "加写 50，减写 -50。原因会员也看得到。" | "Write 50 to give and -50 to take. The member reads the reason, too.";
    adjust_bad = "请填写数字，例如 50 或 -50。" | "Enter a number, such as 50 or -50.";
    adjust_why = "原因" | "Why";
    adjust_go = "更正" | "Correct it";
    adjusted = "已更正" | "Corrected";
}
