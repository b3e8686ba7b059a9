"""Why a letter did not leave, in words for administrators."""

from shared.contracts.texts import _

SAID = {
    "unreachable": _("连接不上邮件服务器，请检查 JUXIAN_SMTP_URL 与网络。"),
    "timeout": _("邮件服务器没有在时限内答复。"),
    "dropped": _("邮件服务器中断了连接。"),
    "expired": _("信中的链接在寄出前已过期，请让收件人重新申请。"),
    "erased": _("收件人的资料已被删除。"),
    "withdrawn": _("公告已撤下，没有寄出的信不再寄出。"),
    "no mail server": _("没有配置邮件服务器（JUXIAN_SMTP_URL）。"),
    "no TLS for the password": _("邮件服务器不支持加密连接，密码没有发出。"),
    "worker died": _("投递时进程意外结束。"),
    "smtp 421": _("邮件服务器暂停服务。"),
    "smtp 450": _("收件邮箱暂时不可用。"),
    "smtp 451": _("邮件服务器暂时无法处理。"),
    "smtp 452": _("邮件服务器空间不足。"),
    "smtp 535": _("邮件服务器不接受用户名或密码，请检查 JUXIAN_SMTP_URL。"),
    "smtp 550": _("收件服务器拒收：邮箱不存在或不可用。"),
    "smtp 552": _("收件邮箱已满。"),
    "smtp 553": _("收件地址的写法不被接受。"),
    "smtp 554": _("收件服务器拒收。"),
}
LATER = _("邮件服务器暂时拒收，会再次投递。")
NEVER = _("邮件服务器拒收这封信。")
OTHERWISE = _("处理时出错，详情见日志。")


def cause_in_words(cause: str | None) -> str | None:
    """The source sentence for a delivery's cause; None where nothing went wrong."""
    if cause is None:
        return None
    known = SAID.get(cause.removesuffix(" before the letter"))
    if known or not cause.startswith("smtp "):
        return known or OTHERWISE
    return LATER if cause.startswith("smtp 4") else NEVER
