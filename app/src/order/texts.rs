//! Texts of an order.

crate::texts::texts! {
    title(number) = "订单 {number}" | "Order {number}";
    thanks_kiosk = "谢谢！请凭订单号到柜台付款取货。" | "Thank you! Pay and collect at the counter with this number.";

    awaiting_payment = "等待付款" | "Waiting for payment";
    placed = "订单已收到" | "Order placed";
    in_work = "正在准备" | "Being prepared";
    ready = "可以来取了" | "Ready to collect";
    shipped = "已发出" | "On its way";
    completed = "已完成" | "Completed";
    cancelled = "已取消" | "Cancelled";

    say_awaiting_payment = "货已为你留好，请完成付款。" | "Your things are kept for you. Please pay to go on.";
    say_placed = "谢谢，我们这就去准备。" | "Thank you. We are getting it ready.";
    say_in_work = "正在为你准备。" | "We are putting it together.";
    say_ready = "都备好了，等你来取。" | "All set. Come and collect it.";
    say_shipped = "包裹正在路上。" | "Your parcel is on its way.";
    say_completed = "都交到你手上了。" | "You have everything.";
    say_cancelled = "这张订单已取消。" | "This order is cancelled.";

    steps = "进度" | "Progress";
    step_done = "已完成" | "done";
    step_now = "现在" | "now";
    step_placed = "已下单" | "Placed";
    step_in_work = "准备中" | "Preparing";
    step_shipped = "已发出" | "Sent";
    step_delivered = "已送达" | "Delivered";
    step_ready = "可自提" | "Ready";
    step_collected = "已取走" | "Collected";

    allocated = "等待配货" | "Waiting to be gathered";
    picking = "正在配货" | "Being gathered";
    packed = "已打包，等快递" | "Packed, waiting for the carrier";
    delivered = "已送达" | "Delivered";
    ready_here = "已备好，在店里等你" | "Waiting for you in the store";
    collected = "已取走" | "Collected";
    expired = "逾期未取，已退款" | "Not collected in time; refunded";
    refused = "门店无法供货" | "The place could not give it";
    sent_back = "快递退回，已退款" | "Sent back; refunded";

    parcel(n, of) = "包裹 {n} / {of}" | "Parcel {n} of {of}";
    one_parcel = "包裹" | "Your parcel";
    sent_from(place) = "由{place}发出" | "From {place}";
    pick_up_in(place) = "在{place}自提" | "Collect at {place}";
    carrier = "快递" | "Carrier";
    tracking = "运单号" | "Tracking number";
    code = "取货码" | "Pick-up code";
    code_hint = "到柜台出示，或把码读给店员听。" | "Show it at the counter, or read it out.";
    code_qr(code) = "取货码 {code} 的二维码" | "QR code of the pick-up code {code}";
    until(time) = "为你留到 {time}" | "Kept for you until {time}";
    goods = "商品" | "Goods";
    hours(hours) = "营业 {hours}" | "Open {hours}";

    facts = "订单信息" | "Order details";
    number = "订单号" | "Order number";
    when = "下单时间" | "Placed";
    ship_to = "送到" | "Sent to";
    pick_up_at = "自提门店" | "Pick up at";
    pays = "付款方式" | "Paid with";
    contact = "联系人" | "Contact";
    pay_by(time) = "请在 {time} 之前付款，逾时自动取消。" | "Please pay before {time}; after that the order is cancelled.";
    units(n) = "{n} 件" | "{n}";
    gift(n) = "赠品 {n} 件" | "{n}, a gift";
    pay_on_delivery = "收货时付款。" | "You pay on delivery.";
    pay_at_store = "到店自提时付款。" | "You pay when you pick it up.";
    on = "继续逛逛" | "Keep shopping";
    mine = "我的订单" | "My orders";

    needs_script = "修改订单需要打开 JavaScript。" | "Changing an order needs JavaScript.";
    change = "想改一改？" | "Need to change something?";
    cancel_order = "取消订单" | "Cancel the order";
    cancel_hint = "还没开始配货的都可以取消，已付的钱原路退回。" | "What nobody has begun to gather can be cancelled; what you paid goes back the way it came.";
    cancel_all = "全部取消" | "All that is still to come";
    cancel_some = "只取消几件" | "Only some of it";
    cancel_which = "取消哪些" | "What to cancel";
    why = "原因（可不填）" | "Why (if you like)";
    cancel_confirm = "确认取消" | "Cancel it";
    cancel_choose = "请选要取消的件数。" | "Choose how many to cancel.";
    cancelled_now = "已取消。退款小票在下面。" | "Cancelled. The receipt of the refund is on this page.";
    address = "修改收货地址" | "Change the address";
    province = "省 / 直辖市" | "Province";
    city = "市" | "City";
    district = "区 / 县" | "District";
    street = "街道、门牌号" | "Street, house and room";
    address_save = "保存新地址" | "Save the new address";
    address_saved = "收货地址已修改。" | "The address is changed.";
    required = "请填写这一项" | "Fill this in";
    back = "退货试算" | "Bring something back";
    back_hint = "选要退的件数，看看能退多少。退货请带商品到任何一家门店，出示下面的码。" | "Choose what would come back to see what you would get. Then bring it to any of our stores and show this code.";
    back_which = "退哪些" | "What comes back";
    back_nothing = "选了件数，这里就有明细。" | "Choose units to see every amount.";
    back_code = "退货时出示" | "Show this when you bring it back";
    back_qr(number) = "订单号 {number} 的二维码" | "QR code of the order number {number}";
    working = "请稍等…" | "One moment…";

    timeline = "经过" | "What happened";
    timeline_open(n) = "看全部 {n} 条" | "Show all {n}";
    timeline_close = "收起" | "Show less";
    by_shopper = "顾客" | "shopper";
    by_system = "系统" | "the shop itself";
    by_staff = "员工" | "staff";
    receipts = "退款小票" | "Receipts of refunds";
}
