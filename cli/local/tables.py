"""What `juxian status` shows."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from cli.local.knock import Running
from cli.local.parts import Readiness


def as_told(running: Sequence[Running], meant: Mapping[str, int], readiness: Readiness) -> dict[str, object]:
    """The state as plain values, for JSON: memory in bytes, ages in seconds."""
    return {
        "ready": readiness.ready,
        "missing": [{"part": each.part, "detail": each.detail} for each in readiness.missing],
        "programs": [
            {
                "name": name,
                "meant": count,
                "processes": [
                    {"pid": each.pid, "age": round(each.age, 1), "memory": each.memory}
                    for each in running
                    if each.program == name
                ],
            }
            for name, count in meant.items()
        ],
    }


def show(running: Sequence[Running], meant: Mapping[str, int], readiness: Readiness) -> None:
    """Prints a line a process, and what the gateway misses."""
    table = Table()
    for column in ("program", "pid", "age", "memory"):
        table.add_column(column, justify="left" if column == "program" else "right")
    for name, count in meant.items():
        mine = [each for each in running if each.program == name]
        for each in mine:
            table.add_row(name, str(each.pid), _duration(each.age), f"{each.memory / 1024**2:.0f} MB")
        for _ in range(count - len(mine)):
            table.add_row(name, "–", "starting", "", style="yellow")
    console = Console()
    console.print(table)
    if readiness.ready:
        console.print("[green]ready[/]")
    elif not readiness.answered:
        console.print("[red]the gateway does not answer[/]")
    for part in readiness.missing:
        console.print(f"[red]not ready[/] {part.part}: {part.detail}", highlight=False)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}"
