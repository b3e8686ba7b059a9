"""The words for states, tiers and decisions, as pages show them."""

from collections.abc import Mapping

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
    },
    "kind": {"change": _("修改"), "add": _("新增"), "remove": _("删除")},
    "role": {
        "applicant": _("申报人"),
        "reviewer": _("审核人员"),
        "administrator": _("管理员"),
        "operator": _("运维人员"),
    },
    "category": {
        "notice": _("通知"),
        "policy": _("政策"),
        "publicity": _("公示"),
        "guide": _("办事指南"),
        "maintenance": _("系统维护"),
    },
    "audience": {
        "everybody": _("所有人"),
        "applicants": _("申报人"),
        "reviewers": _("审核人员"),
        "administrators": _("管理员"),
    },
    "announcement": {"scheduled": _("定时发布"), "published": _("已发布"), "withdrawn": _("已撤下")},
    "import": {
        "previewed": _("待执行"),
        "running": _("进行中"),
        "done": _("已完成"),
        "undone": _("已撤销"),
    },
    "outcome": {
        "ready": _("可开通"),
        "known": _("已有帐号，将加入项目"),
        "rejected": _("有误"),
        "skipped": _("跳过"),
        "created": _("已开通"),
        "added": _("已加入项目"),
        "failed": _("失败"),
        "undone": _("已撤销"),
    },
    "delivery": {
        "queued": _("等待发送"),
        "sending": _("正在发送"),
        "retry": _("等待重试"),
        "sent": _("已发送"),
        "failed": _("失败"),
        "cancelled": _("已取消"),
    },
}
