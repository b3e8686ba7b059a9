"""What the reviewers' pages say after a deed."""

from collections.abc import Mapping

from shared.contracts.texts import _

TOLD: Mapping[str, str] = {
    "approve": _("已通过，申报已转至下一层级，相关人员会收到通知。"),
    "return": _("已退回，申报人会收到您的意见。"),
    "change-approve": _("变更申请已通过，新内容已生效。"),
    "change-reject": _("变更申请未通过，申请人会收到您的意见。"),
    "phrases": _("常用意见已保存。"),
    "delegated": _("委托已保存，期间同事会收到您的通知。"),
    "ended": _("委托已取消。"),
    "keys": _("快捷键设置已保存。"),
    "mails": _("邮件设置已保存。"),
}
