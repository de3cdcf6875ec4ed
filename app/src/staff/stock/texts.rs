//! Texts of the pages of stock.

crate::texts::texts! {
    levels = "库存" | "Levels";
    moves = "进出" | "Moves";
    transfers = "调拨" | "Transfers";
    purchases = "采购" | "Purchases";
    counts = "盘点" | "Counts";
    back = "回库存" | "All stock";
    back_transfers = "回调拨" | "All transfers";
    back_counts = "回盘点" | "All counts";
    find = "查找" | "Find";
    more = "下一页" | "More";

    sku = "编号" | "SKU";
    sku_begins = "编号（开头几位）" | "SKU, or how it begins";
    low = "只看快没有的（5 件以内）" | "Only what is low (5 or less)";
    on_hand = "在手" | "On hand";
    reserved = "订单占用" | "Reserved";
    available = "可售" | "Available";
    in_transit = "在途" | "In transit";
    quarantine = "隔离" | "Put aside";
    safety = "安全库存" | "Safety";
    keep_back = "留给到店顾客" | "Kept for walk-ins";
    levels_none = "这里没有这样的货" | "Nothing like that here";
    levels_none_why = "换个编号或地点试试。" | "Try another SKU or another place.";
    export = "导出库存 CSV" | "Export the stock (CSV)";
    export_movements = "导出流水 CSV" | "Export all movements (CSV)";
    import_hint = "改好的库存 CSV 由管理员用 concord stock import 导入，先试跑再写入。" | "An edited stock CSV is read by concord stock import: a dry run first, then for good.";

    movements = "流水" | "Movements";
    movements_none = "还没有动过" | "Nothing has moved yet";
    movements_none_why = "收货、盘点、销售都会记在这里。" | "Receiving, counting and selling are written down here.";
    when = "时间" | "When";
    what = "什么事" | "What";
    about = "订单、说明" | "Order, note";
    plan = "留货" | "What is kept";
    plan_hint = "安全库存谁也不卖；留给到店顾客的，网上不卖。" | "Safety stock is never sold; what is kept for walk-ins is not sold online.";
    plan_go = "保存" | "Save";
    plan_done(n) = "已保存，可售 {n} 件" | "Saved: {n} available";

    units = "货" | "Goods";
    units_code = "扫码，或输入编号" | "Scan, or type a SKU";
    units_quantity = "件数" | "Units";
    units_add = "加上" | "Add";
    units_none = "先加上货，再提交。" | "Add goods first.";
    units_bad = "请填写件数，例如 3。" | "Enter a number of units, such as 3.";
    units_unknown(text) = "没有编号“{text}”。" | "There is no SKU “{text}”.";
    units_drop(sku) = "去掉 {sku}" | "Take out {sku}";
    note = "说明（可不填）" | "Note (may stay empty)";

    deed_what = "做什么" | "What happens";
    receive_deed = "收货（没有预告的）" | "Receive goods that nobody announced";
    damage = "报损（货架上的）" | "Damaged or gone from the shelf";
    quarantine_deed = "放进隔离区" | "Put aside to be looked at";
    restock = "隔离区放回货架" | "Back on the shelf";
    write_off = "隔离区报废" | "Throw away what was put aside";
    move_go = "记下" | "Write it down";
    moved = "已记下" | "Written down";
    now_there(on_hand, available) = "在手 {on_hand}，可售 {available}" | "{on_hand} on hand, {available} available";

    transfers_none = "没有在途的货" | "Nothing is under way";
    transfers_none_why = "向别的地点要货，就会出现在这里。" | "Ask another place for goods and it shows up here.";
    transfer_ask = "向别的地点要货" | "Ask another place for goods";
    transfer_hint = "对方发货后才算在途；到货时逐件清点。" | "It is under way once the other place sends it; count it when it arrives.";
    transfer_from = "从哪里" | "From";
    transfer_go = "要货" | "Ask for it";
    transfer_asked = "已向对方要货" | "They are asked";
    purchase = "预告供应商的货" | "Announce goods of a supplier";
    purchase_hint = "预告后算在途，商品页会写哪天到；到货时逐件清点。" | "It is under way from now on, and product pages say when it comes; count it when it arrives.";
    purchase_from = "供应商" | "Supplier";
    purchase_from_needed = "请填写供应商。" | "Name the supplier.";
    purchase_days = "几天后到（可不填）" | "Days until it comes (may stay empty)";
    purchase_days_bad = "请填写天数，例如 3。" | "Enter a number of days, such as 3.";
    purchase_go = "预告" | "Announce it";
    purchase_done = "已预告" | "Announced";
    sourcing = "分单" | "Sourcing";
    sourced = "各策略的结果" | "What each strategy came to";
    sourced_none = "还没有分过单" | "Nothing was sourced yet";
    sourced_none_why = "有了要发的订单，这里会比较各策略。" | "Once there are orders to send, strategies are compared here.";
    strategy = "策略" | "Strategy";
    sourced_orders = "订单" | "Orders";
    sourced_parcels = "包裹/单" | "Parcels an order";
    sourced_split = "拆行/单" | "Split lines an order";
    sourced_km = "公里/单" | "Kilometres an order";
    sourced_cost = "成本/单" | "Cost an order";
    sourced_bounded = "未证明最优" | "Not proved best";
    sourcing_choose = "用哪种策略" | "Which strategy serves orders";
    sourcing_hint = "试验按订单号分组，同一张订单总用同一种。改权重和规则用接口 PUT /api/v1/staff/stock/sourcing。" | "An experiment deals orders by their number, so one order always has one strategy. Weights and rules are changed by PUT /api/v1/staff/stock/sourcing.";
    sourcing_holds = "平时用" | "Usually";
    experiment_with = "试验对比" | "Tried beside it";
    experiment_none = "不试验" | "None";
    experiment_name = "试验名称（换名重新分组）" | "The experiment's name (another name deals anew)";
    experiment_name_bad = "请给试验起个名字。" | "Name the experiment.";
    experiment_share = "占订单的百分之几" | "Per cent of the orders";
    experiment_share_bad = "请填写 1 到 99。" | "Enter 1 to 99.";
    sourcing_saved = "已保存，新订单照此分单" | "Saved: new orders are sourced like that";
    expected(time) = "预计 {time} 到" | "expected {time}";
    lines = "明细" | "Lines";
    requested = "要" | "Asked for";
    shipped = "发" | "Sent";
    received = "收" | "Received";
    ship = "发货" | "Send all of it";
    cancel = "取消" | "Call it off";
    receive = "收货" | "Receive";
    receive_go = "收下" | "Take it in";
    under_way(n) = "在途 {n} 件" | "{n} under way";
    close_short = "不会再有了：缺的按短收关单" | "No more will come: close what is missing as short";
    said_shipped = "已发出" | "Sent";
    said_received = "已收下" | "Received";
    said_cancelled = "已取消" | "Called off";

    counts_none = "还没有盘点" | "No counts yet";
    counts_none_why = "开始一次盘点，数一数货架。" | "Begin one and count the shelves.";
    count_note = "盘什么（可不填）" | "What is counted (may stay empty)";
    count_begin = "开始盘点" | "Begin a count";
    count_of(place) = "盘点：{place}" | "Count at {place}";
    count_hint = "数到几件就填几件；再数一次会换掉前面的。" | "Enter what is there; counting again replaces what was entered.";
    count_enter = "记下数目" | "Enter it";
    count_empty = "还没有数" | "Nothing counted yet";
    count_empty_why = "扫一件，填件数。" | "Scan something and enter its units.";
    expected_units = "账上" | "In the books";
    counted = "实数" | "Counted";
    difference = "差" | "Difference";
    count_post = "按实数入账" | "Post the differences";
    count_drop = "作废" | "Drop the count";
    said_posted = "已入账" | "Posted";
    said_dropped = "已作废" | "Dropped";

    requested_now = "等发货" | "Asked for";
    shipped_now = "在途" | "Under way";
    closed = "已完成" | "Closed";
    cancelled = "已取消" | "Called off";
    open = "进行中" | "Open";
    posted = "已入账" | "Posted";
    dropped = "已作废" | "Dropped";

    m_count = "盘点" | "Count";
    m_expect = "预告" | "Announced";
    m_call_off = "取消预告" | "Called off";
    m_receive = "收货" | "Received";
    m_reserve = "订单占用" | "Reserved";
    m_release = "释放占用" | "Released";
    m_issue = "出货" | "Given out";
    m_return_in = "退货回架" | "Came back";
    m_quarantine_in = "进隔离区" | "Put aside";
    m_quarantine_out = "出隔离区" | "Judged";
    m_damage = "报损" | "Damaged";
    m_transfer_out = "调出" | "Transfer out";
    m_transfer_in = "调入" | "Transfer in";
    m_short = "短收" | "Short receipt";
    m_adjust = "调整" | "Adjusted";
}

impl Texts {
    /// What people do with goods.
    pub(crate) fn deed(self, word: &str) -> &'static str {
        match word {
            "receive" => self.receive_deed(),
            "damage" => self.damage(),
            "quarantine" => self.quarantine_deed(),
            "restock" => self.restock(),
            _ => self.write_off(),
        }
    }

    /// Where a consignment or a count stands.
    pub(crate) fn status(self, word: &str) -> &'static str {
        match word {
            "requested" => self.requested_now(),
            "shipped" => self.shipped_now(),
            "closed" => self.closed(),
            "open" => self.open(),
            "posted" => self.posted(),
            "dropped" => self.dropped(),
            _ => self.cancelled(),
        }
    }

    /// What happened to goods.
    pub(crate) fn kind(self, word: &str) -> &'static str {
        match word {
            "count" => self.m_count(),
            "expect" => self.m_expect(),
            "call_off" => self.m_call_off(),
            "receive" => self.m_receive(),
            "reserve" => self.m_reserve(),
            "release" => self.m_release(),
            "issue" => self.m_issue(),
            "return_in" => self.m_return_in(),
            "quarantine_in" => self.m_quarantine_in(),
            "quarantine_out" => self.m_quarantine_out(),
            "damage" => self.m_damage(),
            "transfer_out" => self.m_transfer_out(),
            "transfer_in" => self.m_transfer_in(),
            "short_receipt" => self.m_short(),
            _ => self.m_adjust(),
        }
    }
}
