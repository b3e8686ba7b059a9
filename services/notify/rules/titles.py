"""What each letter is called where administrators see it."""

from collections.abc import Mapping

from shared.contracts.texts import _

TITLES: Mapping[str, str] = {
    "account_provisioned": _("帐号已开通"),
    "account_registered": _("注册成功"),
    "announcement": _("通知公告"),
    "case_escalated": _("审核严重超期（致管理员）"),
    "case_overdue": _("审核超期提醒"),
    "case_waiting": _("有申报等待审核"),
    "case_withdrawn": _("申报已被申报人撤回"),
    "change_decided": _("信息变更申请的审核结果"),
    "change_requested": _("有信息变更申请等待审核"),
    "change_withdrawn": _("信息变更申请已被撤销"),
    "daily_digest": _("每日汇总"),
    "email_change_confirmation": _("确认新的电子邮箱"),
    "password_changed": _("密码已修改"),
    "password_reset": _("找回密码"),
    "reviewer_invited": _("邀请审核人员"),
    "scans_need_attention": _("扫描件需要处理"),
    "security_notice": _("帐号安全提醒"),
    "submission_approved": _("申报审核通过"),
    "submission_filed": _("申报已提交"),
    "submission_returned": _("申报被退回"),
    "submission_withdrawn": _("申报已撤回"),
    "tier_approved": _("申报通过一级审核"),
}
