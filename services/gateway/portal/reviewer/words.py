"""What the reviewers' pages say after a deed, and what reviewers say often."""

from collections.abc import Mapping, Sequence

from shared.contracts.texts import _

PHRASES: Sequence[str] = (
    _("材料齐全，同意上报"),
    _("扫描件不清晰，请重新上传"),
    _("请补充盖章的证明材料"),
    _("与证明材料不一致，请核对"),
)
"""What an office says often, until it has phrases of its own."""

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
