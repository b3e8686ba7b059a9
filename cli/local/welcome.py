"""What the runner says when the platform is up: the addresses, and who can log in."""

from rich.console import Console
from rich.table import Table

from cli.local.environment import Installation

PASSWORD = "Juxian-demo-2026"  # noqa: S105 - the demo world's password is public, and made nowhere else
ACCOUNTS = (
    ("zhang.wei", "applicant, Dezhou: profile complete, nothing filed", "鲁北新材料有限公司"),
    ("li.na", "applicant, Dezhou: returned with remarks", "德州市应用技术研究院"),
    ("wang.fang", "applicant, Dezhou: approved, category C", "鲁北新材料有限公司"),
    ("chen.jing", "applicant, Hebei: approved, one change request waiting", "河北示范工程设计院"),
    ("zhao.lei", "applicant, Hebei: assigned account, never logged in", "河北示范工程设计院"),
    ("unit-lubei", "reviewer, tier 1: employer in 德城区", "鲁北新材料有限公司"),
    ("unit-lingcheng", "reviewer, tier 1: employer in 陵城区", "陵城精密制造有限公司"),
    ("unit-institute", "reviewer, tier 1: municipal employer", "德州市应用技术研究院"),
    ("unit-hebei", "reviewer, Hebei: employer", "河北示范工程设计院"),
    ("hr-371402 …", "reviewers, tier 2: one per county", "县（市、区）人社局"),
    ("office-371402 …", "reviewers, tier 3: one per county", "县（市、区）人才办"),
    ("centre-371400", "reviewer, tier 4", "市人才综合服务中心"),
    ("office-371400", "reviewer, tier 5", "市人才办"),
    ("admin", "platform administrator", ""),
)


def say(console: Console, installation: Installation) -> None:
    """Prints the table of addresses, then the demo accounts or how to make the first administrator."""
    console.print(_addresses(installation))
    if installation.wants_demo:
        console.print(_accounts())
        console.print(f"Every demo account has the password [bold]{PASSWORD}[/].")
    else:
        console.print("No demo world. Make the first administrator: [bold].venv/bin/juxian accounts create-admin[/]")
    console.print("Ctrl-C stops everything; the data stay.", style="dim")


def addresses(installation: Installation) -> dict[str, str]:
    """The addresses of a running installation, by what is there."""
    base = installation.base_url.rstrip("/")
    there = {"portal": base, "API": f"{base}/api/v1/docs", "state": f"{base}/readyz"}
    if not installation.said.get("JUXIAN_SMTP_URL") and installation.is_loopback:
        there["mailbox"] = f"{base}/dev/mailbox"
    return there


def _addresses(installation: Installation) -> Table:
    table = Table(title="Juxian is up", title_justify="left", title_style="bold green")
    table.add_column("what")
    table.add_column("where")
    for what, where in addresses(installation).items():
        table.add_row(what, where)
    table.add_row("data", str(installation.places.data))
    table.add_row("logs", str(installation.places.logs))
    return table


def _accounts() -> Table:
    table = Table(title="Demo accounts", title_justify="left", title_style="bold")
    for column in ("username", "who", "organization"):
        table.add_column(column)
    for row in ACCOUNTS:
        table.add_row(*row)
    return table
