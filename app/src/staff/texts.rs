//! Texts of the staff's pages.

crate::texts::texts! {
    area = "工作台" | "Concord at work";
    sign_in = "员工登录" | "Sign in to work";
    nav = "工作台" | "Work";
    whole_shop = "全店" | "the whole shop";
    sign_out = "退出" | "Sign out";
    hello(name) = "{name}，你好" | "Hello, {name}";
    nothing_yet = "你的角色在这里还没有页面。" | "There are no pages for your role yet.";
    not_yours = "这一页不归你的角色" | "This page is not for your role";
    not_yours_why = "需要用的话，请找管理员调整角色。" | "If you need it, ask an administrator for another role.";
    to_start = "回工作台" | "Back to the start";
    place = "地点" | "Place";
    needs_script = "工作台需要打开 JavaScript。" | "Working here needs JavaScript.";
    working = "请稍等…" | "One moment…";
    print = "打印" | "Print";

    clerk = "店员" | "Clerk";
    store_manager = "店长" | "Store manager";
    service = "客服" | "Service";
    merchandiser = "商品" | "Merchandiser";
    administrator = "管理员" | "Administrator";

    tasks = "配货" | "To do";
    tasks_about = "配货、打包、发货、备好自提。" | "Gather, pack, send, make ready.";
    gather = "要配货" | "To gather";
    send = "要发货" | "To send";
    hand = "等顾客取" | "To hand over";
    under_way = "在路上" | "On the way";
    refresh = "刷新" | "Refresh";
    refreshed(time) = "更新于 {time}" | "Updated {time}";
    pick_list = "打印配货单" | "Print the list";
    no_gather = "没有要配的货。" | "Nothing to gather.";
    no_send = "没有等着发出的包裹。" | "No parcel waits to be sent.";
    no_hand = "没有等着被取走的货。" | "Nothing waits to be collected.";
    no_way = "没有在路上的包裹。" | "No parcel is on the way.";
    no_tasks_why = "有新的单会自己出现在这里。" | "New work shows up here by itself.";
    placed_at(time) = "{time} 下单" | "placed {time}";
    by_parcel = "快递" | "Parcel";
    by_pick_up = "自提" | "Pick-up";
    due(amount) = "还要收 {amount}" | "{amount} still to pay";
    paid = "不用再收钱" | "Nothing left to pay";

    start_picking = "开始配货" | "Start gathering";
    pack = "打包好了" | "It is packed";
    make_ready = "备好了" | "It is ready";
    ship = "交给快递" | "Hand to the carrier";
    deliver = "已送达" | "It was delivered";
    collect = "交给顾客" | "Hand over";
    missing = "缺货" | "Something is missing";
    missing_which = "缺几件" | "What is missing";
    missing_hint = "缺的会先问别的店和仓库；都没有才取消并退款。" | "Other places are asked first; what nobody has is cancelled and refunded.";
    missing_pack = "其余的打包好了" | "The rest is packed";
    missing_ready = "其余的备好了" | "The rest is ready";
    missing_choose = "请选缺了几件。" | "Choose what is missing.";
    refuse = "供不了" | "We can't give it";
    refuse_why = "为什么供不了" | "Why not";
    refuse_confirm = "退回这一单" | "Give it back";
    send_back = "快递退回" | "It came back";
    send_back_why = "为什么退回" | "Why it came back";
    send_back_confirm = "收下退回并退款" | "Take it and refund";
    why_needed = "请写一句原因。" | "Write a word about why.";
    carrier = "快递公司（可不填）" | "Carrier (may stay empty)";
    tracking = "运单号（可不填）" | "Tracking number (may stay empty)";
    ship_confirm = "已交给快递" | "The carrier has it";
    code = "取货码" | "Pick-up code";
    code_needed = "请扫或输入取货码。" | "Scan or type the pick-up code.";
    collected_by = "谁来取（不是本人时填）" | "Who takes it (if somebody else)";
    said_picking = "开始配货了" | "Being gathered";
    said_packed = "已打包" | "Packed";
    said_ready = "已备好，顾客会收到取货码" | "Ready; the shopper gets the code";
    said_shipped = "已发出" | "Sent";
    said_delivered = "已送达" | "Delivered";
    said_collected = "已交给顾客" | "Handed over";
    said_refused = "已退回，会问别的地点" | "Given back; other places are asked";
    said_sent_back = "已收下退回的包裹，钱会退给顾客" | "Taken back; the shopper is refunded";

    person_why = "为什么要看或要做" | "Why";
    unmask = "看完整的姓名、电话和地址" | "Name, telephone and address in full";
    unmask_about = "看了什么、为什么看，会记进日志，本人也查得到。" | "Who looked and why is written down; the person can read it.";
    unmask_go = "显示" | "Show";
    copy = "给本人一份资料副本" | "A copy of the person's data";
    copy_about = "本店保存的全部资料，做成一个文件交给本人。" | "All that the shop keeps of the person, as one file for them.";
    copy_go = "生成文件" | "Make the file";
    copy_file = "下载文件" | "Download the file";
    erase = "应本人要求删除资料" | "Forget the person, as they asked";
    erase_about = "姓名、电话、地址会永久删除，账目保留。不能恢复。" | "Name, telephone and addresses are gone for good; the books keep their figures. There is no way back.";
    erase_points = "本人放弃剩下的积分" | "The person gives up the points that are left";
    erase_go = "永久删除" | "Delete for good";
    erased(n) = "已删除，涉及 {n} 张订单" | "Forgotten, in {n} orders too";
    hand_back = "要退给顾客的钱" | "Money to hand back";
    hand_back_by(name) = "原付款方式：{name}" | "Was paid by: {name}";
    hand_back_slip = "刷卡机退款凭证号（可不填）" | "The terminal's slip (may stay empty)";
    hand_back_go(amount) = "已退给顾客 {amount}" | "{amount} handed back";
    hand_back_done(amount) = "已记下：退 {amount}" | "Written down: {amount} handed back";
    refund_failed(name, amount) = "{name}没有退成 {amount}" | "{name} refused to give {amount} back";
    refund_again = "再退一次" | "Try again";
    refund_again_said = "已再次申请退款" | "Asked for again";

    pick_up = "自提" | "Pick-up";
    pick_up_about = "扫取货码，核对，交给顾客。" | "Scan the code, check, hand over.";
    pick_up_field = "取货码" | "Pick-up code";
    pick_up_hint = "扫顾客手机上的码，或者输入 8 位取货码。" | "Scan the code on the shopper's phone, or type its eight characters.";
    pick_up_find = "查找" | "Find";
    pick_up_all = "核对商品，然后交给顾客。" | "Check the goods, then hand them over.";

    orders = "订单" | "Orders";
    orders_about = "查订单、改订单、收退货。" | "Find, change, take goods back.";
    orders_number = "订单号（开头几位也行）" | "Number, or how it begins";
    orders_status = "状态" | "Status";
    orders_any = "全部" | "Any";
    orders_find = "查找" | "Find";
    orders_none = "没有找到订单" | "No order found";
    orders_none_why = "换个号码或状态试试；退货时请输入完整的订单号。" | "Try another number or status. For a return, type the whole number.";
    orders_count(n) = "{n} 张订单" | "{n} orders";
    order(number) = "订单 {number}" | "Order {number}";
    back_to_orders = "回订单列表" | "All orders";
    channel_web = "网店" | "Web";
    channel_kiosk = "自助机" | "Kiosk";
    channel_till = "收银台" | "Till";
    placed_in = "渠道" | "Channel";
    goods_of(place) = "{place}的货" | "Goods of {place}";
    units(n) = "{n} 件" | "{n}";
    nothing_back = "顾客手上没有这张订单的货。" | "The shopper has nothing of this order.";

    cancel = "替顾客取消" | "Cancel for the shopper";
    cancel_hint = "一件不选就是全部取消；已经发出的只能退货。" | "Choose nothing to cancel all; what has left can only come back.";
    cancel_which = "取消哪些" | "What to cancel";
    cancel_why = "原因" | "Why";
    cancel_confirm = "确认取消" | "Cancel it";
    cancel_done = "已取消" | "Cancelled";

    take_back = "收退货" | "Take goods back";
    take_back_which = "退回哪些" | "What comes back";
    take_back_shelf = "能再卖，回货架" | "As new: back on the shelf";
    take_back_aside = "有问题，放隔离区" | "Not as new: put aside";
    take_back_state = "货的状态" | "State of the goods";
    take_back_why = "原因（顾客的话）" | "Why, in the shopper's words";
    take_back_fault = "是店里的责任（运费也退）" | "Our fault: shipping is given back too";
    take_back_where = "收在" | "Taken at";
    take_back_choose = "先选退回的件数，再看能退多少。" | "Choose what comes back to see every amount.";
    take_back_confirm(amount) = "收下，退 {amount}" | "Take back and give {amount}";
    take_back_exchange = "换货，到收银台选" | "Exchange: choose at the till";
    take_back_open = "收下" | "Take back";
    take_back_done(amount) = "已收下，退 {amount}" | "Taken back: {amount} to give";
    take_back_print = "打印退货小票" | "Print the receipt";

    stock = "库存" | "Stock";
    stock_about = "看库存、收货、盘点、调拨。" | "Levels, receiving, counting, transfers.";
    members = "会员" | "Members";
    members_about = "查会员，看积分和储值。" | "Look members up; points and stored value.";
    coupons = "优惠券" | "Coupons";
    coupons_about = "做一批、导出、收回。" | "Make batches, export, revoke.";
    messages = "消息" | "Messages";
    messages_about = "发给顾客的消息，没发出去的再发。" | "What shoppers are told; try again what failed.";
    audit = "查看记录" | "Audit log";
    audit_about = "谁看了谁的资料，为什么。" | "Who saw whose data, and why.";

    people = "员工" | "People";
    people_about = "加人、换角色、停用账号。" | "Add, change and close accounts.";
    people_list = "所有账号" | "All accounts";
    people_add = "加一位，或改一位" | "Add somebody, or change somebody";
    people_add_hint = "手机号已登记的，会改成这里的姓名、角色和地点。" | "A number that is known already gets this name, role and place.";
    person_name = "姓名" | "Name";
    person_phone = "手机号" | "Mobile number";
    person_role = "角色" | "Role";
    person_place = "地点" | "Place";
    person_any = "全店" | "The whole shop";
    person_state = "状态" | "State";
    person_active = "在用" | "Open";
    person_closed = "已停用" | "Closed";
    person_do = "操作" | "Action";
    person_save = "保存" | "Save";
    person_saved(name) = "已保存：{name}" | "Saved: {name}";
    person_close = "停用" | "Close";
    person_close_named(name) = "停用{name}的账号" | "Close the account of {name}";
    person_close_sure(name) = "确定停用{name}？" | "Close the account of {name}?";
    person_close_yes = "确定停用" | "Yes, close it";
    person_keep = "不停用" | "Keep it";
    person_was_closed(name) = "已停用：{name}" | "Closed: {name}";

    jobs = "后台任务" | "Jobs";
    jobs_about = "店铺自己按时做的事，和出错的事。" | "What the shop does by itself, and what failed.";
    job_name = "任务" | "Job";
    job_next = "下次" | "Next";
    job_last = "上次完成" | "Ended last";
    job_runs = "次数" | "Runs";
    job_failures = "失败" | "Failures";
    job_worker = "服务器" | "Server";
    job_error = "上次的错误" | "Last error";
    job_fine = "正常" | "Fine";
    job_never = "还没有" | "Not yet";
    no_jobs = "还没有任务" | "No jobs yet";
    no_jobs_why = "服务器跑起来几秒后就会有。" | "They appear a few seconds after the server started.";

    till = "收银" | "Till";
    till_about = "扫码、收钱、打小票。" | "Scan, take the money, print the receipt.";
}

impl Texts {
    /// A role's name.
    pub(crate) fn role(self, word: &str) -> &'static str {
        match word {
            "clerk" => self.clerk(),
            "store_manager" => self.store_manager(),
            "service" => self.service(),
            "merchandiser" => self.merchandiser(),
            _ => self.administrator(),
        }
    }

    /// A channel's name.
    pub(crate) fn channel(self, word: &str) -> &'static str {
        match word {
            "till" => self.channel_till(),
            "kiosk" => self.channel_kiosk(),
            _ => self.channel_web(),
        }
    }
}
