"""The announcements of the demo world: what the two programmes have put up for their applicants."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from cli.demo.cast import POOL, TITLES
from cli.demo.desk import Desk

NOTICES: tuple[Mapping[str, Any], ...] = (
    MappingProxyType(
        {
            "title": "关于开展 2026 年德州市高层次人才库申报工作的通知",
            "programme": POOL,
            "category": "notice",
            "audience": "everybody",
            "body": """各县（市、区）用人单位，市直有关单位：

2026 年德州市高层次人才库申报工作现已开始，有关事项如下。

## 一、申报范围

在德州市行政区域内的用人单位全职工作，或以柔性引进方式工作的各类人才，外国人和港澳台人士同样适用。

## 二、申报程序

1. 个人注册帐号，逐项填写档案，上传证明材料的扫描件或照片；
2. 提交所在单位审核，通过后依次报县（市、区）人社局、人才办，市人才综合服务中心和市人才办；
3. 市属单位的申报直接报市人才综合服务中心。

## 三、材料要求

- 身份证件须正反两面，学历、学位和工作证明每段一份；
- 照片为近期免冠正面彩色照片；
- 扫描件须清晰完整，单个文件不超过 20 MB，可以用手机直接拍照。

填写中有疑问的，请致电申报页面上的服务电话。
""",
        }
    ),
    MappingProxyType(
        {
            "title": "专业技术人员基础信息采集须知",
            "programme": TITLES,
            "category": "guide",
            "audience": "everybody",
            "body": """各用人单位、各位专业技术人员：

- 帐号由管理员统一分配，首次登录须修改初始密码；
- 基本信息提交后由所在单位审核，审核通过后不能直接修改；
- 审核通过的信息有变化的，请在“信息变更申请”中提出，附上证明材料，由所在单位审核后生效。
""",
        }
    ),
)


async def put_up(administrator: Desk) -> None:
    """Put up each announcement that does not hang there yet."""
    known = await administrator.get("notify", "/admin/announcements")
    titles = {one["title"] for one in known["items"]}
    for notice in NOTICES:
        if notice["title"] not in titles:
            await administrator.call("notify", "POST", "/admin/announcements", dict(notice))
