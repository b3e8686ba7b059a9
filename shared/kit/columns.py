"""Columns that every service's tables are made of: instants, JSON, sealed bytes."""

from typing import Any

from sqlalchemy import Boolean, DateTime, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

NOW = text("juxian_now()")


def instant(*, default: bool = False, nullable: bool = False, index: bool = False) -> Any:  # noqa: ANN401 - as Field
    """A moment in time with its zone; `default` lets the database write the present one."""
    args: dict[str, Any] = {"sa_type": DateTime(timezone=True), "nullable": nullable, "index": index}
    if default:
        args["sa_column_kwargs"] = {"server_default": NOW}
    if default or nullable:
        args["default"] = None
    return Field(**args)


def jsonb(*, nullable: bool = False, server_default: str | None = None) -> Any:  # noqa: ANN401 - as Field
    """JSON kept in binary; `server_default` is its text, such as '[]'."""
    kwargs = {"server_default": text(f"'{server_default}'")} if server_default else {}
    args: dict[str, Any] = {"sa_type": JSONB, "nullable": nullable, "sa_column_kwargs": kwargs}
    if nullable or server_default:
        args["default"] = None
    return Field(**args)


def sealed(*, nullable: bool = False) -> Any:  # noqa: ANN401 - as Field
    """Bytes that only the vault can open."""
    args: dict[str, Any] = {"sa_type": LargeBinary, "nullable": nullable}
    if nullable:
        args["default"] = None
    return Field(**args)


def switch(*, on: bool = False) -> Any:  # noqa: ANN401 - as Field
    """Yes or no, with a default that the database knows too."""
    return Field(
        default=on,
        sa_type=Boolean,
        nullable=False,
        sa_column_kwargs={"server_default": text(str(on).lower())},
    )
