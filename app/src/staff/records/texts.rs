//! Texts of messages and of the audit log.

crate::texts::texts! {
    dead = "没发出去" | "Given up";
    waiting = "等待发送" | "Waiting";
    sent = "已发出" | "Sent";
    messages_none = "没有这样的消息" | "No such messages";
    messages_none_why = "没发出去的会试一天半，都不行才出现在“没发出去”里。" | "A message is tried for a day and a half before it is given up.";
    message_kind = "消息" | "Message";
    message_to = "发给" | "To";
    message_way = "途径" | "Way";
    message_written = "写于" | "Written";
    message_left(time) = "{time} 发出" | "left {time}";
    message_next(time) = "{time} 再试" | "tried next {time}";
    message_tries = "试过" | "Tries";
    message_error = "上次的错误" | "Last error";
    action = "操作" | "Action";
    retry = "再发" | "Try again";
    retry_named(kind, to) = "再发：{kind}，{to}" | "Try again: {kind} to {to}";
    retried = "已重新排队" | "On its way again";
    k_placed = "下单通知" | "Order placed";
    k_ready = "可自提通知" | "Ready to collect";
    k_shipped = "发货通知" | "Sent";
    k_refund = "退款通知" | "Refund";
    k_code = "验证码" | "One-time code";
    k_cancelled = "取消通知" | "Cancelled";

    find = "查找" | "Find";
    more = "更早的" | "Earlier";
    audit_member = "会员编号" | "Member's id";
    audit_actor = "谁（编号）" | "By whom (id)";
    audit_none = "没有记录" | "Nothing written down";
    audit_none_why = "换个条件试试。" | "Try other conditions.";
    audit_when = "时间" | "When";
    audit_who = "谁" | "Who";
    audit_what = "做了什么" | "What";
    audit_whose = "谁的" | "Whose";
    audit_fields = "看到的" | "What was shown";
    audit_why = "原因" | "Why";
    audit_where = "在哪里" | "Where";
    a_find = "查找" | "looked up";
    a_see = "查看" | "saw";
    a_unmask = "看全号" | "saw in full";
    a_export = "导出" | "exported";
    a_erase = "删除" | "erased";
    a_consent = "同意变更" | "consent";
    by_member = "会员" | "Member";
    by_system = "系统" | "The shop itself";
}

impl Texts {
    /// Where messages stand.
    pub(crate) fn message_state(self, word: &str) -> &'static str {
        match word {
            "waiting" => self.waiting(),
            "sent" => self.sent(),
            _ => self.dead(),
        }
    }

    /// What a message tells of; its own word where it is none of these.
    pub(crate) fn kind(self, word: &str) -> String {
        match word {
            "order_placed" => self.k_placed(),
            "order_ready" => self.k_ready(),
            "order_shipped" => self.k_shipped(),
            "order_refunded" | "refund" => self.k_refund(),
            "order_cancelled" => self.k_cancelled(),
            "code" | "one_time_code" => self.k_code(),
            other => return other.to_owned(),
        }
        .to_owned()
    }

    /// What somebody did with data.
    pub(crate) fn deed(self, word: &str) -> String {
        match word {
            "find" => self.a_find(),
            "see" => self.a_see(),
            "unmask" => self.a_unmask(),
            "export" => self.a_export(),
            "erase" => self.a_erase(),
            "consent" => self.a_consent(),
            other => return other.to_owned(),
        }
        .to_owned()
    }

    /// Who is not one of the shop's own people.
    pub(crate) fn actor(self, word: &str) -> &'static str {
        if word == "member" { self.by_member() } else { self.by_system() }
    }
}
