"""Named places where a test may kill the process: FAULT_POINT names one, and the process dies there at once."""

import os
import signal

POINTS = ("before_commit", "after_commit", "after_xadd", "before_xack", "before_send", "after_send")


def fault_point(name: str) -> None:
    """Die here by SIGKILL where the environment says so; otherwise do nothing.

    `FAULT_POINT=name` kills at each passage, `FAULT_POINT=name:/path` only while that file exists, which is
    removed first: so that the process that takes the dead one's place lives.
    """
    wanted = os.environ.get("FAULT_POINT")
    if wanted is None:
        return
    point, _, once = wanted.partition(":")
    if point != name or (once and not os.path.exists(once)):  # noqa: PTH110 - read on each passage, kept cheap
        return
    if once:
        os.unlink(once)  # noqa: PTH108 - as above
    os.kill(os.getpid(), signal.SIGKILL)
