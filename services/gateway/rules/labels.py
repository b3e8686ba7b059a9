"""The words for states, tiers and decisions, as pages show them."""

from collections.abc import Mapping

from services.gateway.rules.administration_labels import ADMINISTRATION_LABELS
from shared.contracts.texts import _

LABELS: Mapping[str, Mapping[str, str]] = {
    "status": {
        "draft": _("未提交"),
        "in_review": _("审核中"),
        "returned": _("已退回，待修改"),
        "approved": _("已通过"),
        "withdrawn": _("已撤回"),
    },
    "change_status": {
        "waiting": _("等待审核"),
        "approved": _("已通过"),
        "rejected": _("未通过"),
        "withdrawn": _("已撤回"),
    },
    "progress": {"done": _("已完成"), "current": _("正在审核"), "todo": _("等待中")},
    "decision": {"approve": _("通过"), "return": _("退回"), "reject": _("不通过")},
    "event": {
        "filed": _("提交申报"),
        "withdrawn": _("已撤回"),
        "change_applied": _("信息变更生效"),
        "handed_over": _("移交"),
    },
    "kind": {"change": _("修改"), "add": _("新增"), "remove": _("删除")},
    "role": {
        "applicant": _("申报人"),
        "reviewer": _("审核人员"),
        "administrator": _("管理员"),
        "operator": _("运维人员"),
    },
    **ADMINISTRATION_LABELS,
}
