"""Whether the platform is ready: every service, a worker for each queue, and the demo world where asked for."""

import asyncio
from typing import TypedDict

from services.gateway.actions.ask import ask
from services.gateway.actions.desk import Desk, urls_of
from services.gateway.clients import CacheAway
from shared.contracts.identity import ServiceName
from shared.contracts.refusals import Refusal
from shared.contracts.texts import _

QUEUES = (
    "notify.mail", "notify.mail_urgent", "profile.scans", "profile.documents", "auth.imports", "review.clock",
)  # fmt: skip
PULSE = "alive:queue:"
"""Before the keys that workers keep alive for 30 seconds: `alive:queue:<queue>:<node>`."""
DEMO_DONE = "demo.done"
PATIENCE = 3.0


class Part(TypedDict):
    """One part of the platform; `detail` is a Chinese sentence, translated at the door."""

    part: str
    ready: bool
    detail: str


async def readiness(desk: Desk) -> list[Part]:
    """Every part, each asked at the same time, and whether it is ready."""
    services = asyncio.gather(*(_service(desk, name) for name in urls_of(desk.settings)))
    queues, parts = await _queues(desk), await services
    demo = [_demo(desk)] if desk.settings.demo else []
    return [*parts, *queues, *demo]


async def _service(desk: Desk, name: ServiceName) -> Part:
    """Ask one service."""
    try:
        async with asyncio.timeout(PATIENCE):
            status = (await ask(desk, name, "GET", "/readyz")).status
    except (Refusal, TimeoutError):
        return Part(part=name, ready=False, detail=_("服务没有应答。"))
    ready = status == 200  # noqa: PLR2004 - OK
    return Part(part=name, ready=ready, detail="" if ready else _("服务尚未就绪。"))


async def _queues(desk: Desk) -> list[Part]:
    """Redis, and which queues' workers have shown a pulse."""
    try:
        keys = await desk.cache.ask(lambda: _pulses(desk))
    except CacheAway:
        away = _("Redis 没有应答。")
        return [Part(part=name, ready=False, detail=away) for name in ("redis", *(f"queue:{q}" for q in QUEUES))]
    served = {key.removeprefix(PULSE).rpartition(":")[0] for key in keys}
    silent = _("30 秒内没有工作进程应答。")
    return [
        Part(part="redis", ready=True, detail=""),
        *(Part(part=f"queue:{q}", ready=q in served, detail="" if q in served else silent) for q in QUEUES),
    ]


async def _pulses(desk: Desk) -> list[str]:
    """The pulses' keys."""
    return [key.decode() async for key in desk.cache.client.scan_iter(match=f"{PULSE}*", count=1000)]


def _demo(desk: Desk) -> Part:
    """Whether the demo world was made to its end."""
    ready = (desk.settings.data_dir / DEMO_DONE).exists()
    return Part(part="demo", ready=ready, detail="" if ready else _("演示数据正在准备。"))
