"""What an operator may turn, the same in every service; secrets of a demo are refused anywhere else."""

import base64
from functools import cache
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SECRETS = Path("/run/secrets")
DEMO_KEY = base64.b64encode(b"juxian demo key: never in use!!!").decode()
DEMO_SECRETS = {"master_keys": f"demo:{DEMO_KEY}", "index_key": DEMO_KEY, "identity_key": f"demo:{DEMO_KEY}"}
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Settings(BaseSettings):
    """The settings that all services know; each service adds its own in its `settings.py`.

    Every one is read from the environment as `JUXIAN_<NAME>`, or from a file of that name in /run/secrets.
    """

    model_config = SettingsConfigDict(
        env_prefix="JUXIAN_",
        frozen=True,
        extra="ignore",
        populate_by_name=True,
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
    )

    installation: Literal["local", "server"] = Field(
        default="server",
        description="local: one machine for trying out, demo secrets allowed; server: the real thing.",
    )
    host: str = Field(default="127.0.0.1", description="The address that the gateway binds.")
    port: int = Field(default=8000, description="The port of portal and API.")
    base_url: str = Field(
        default="",
        description="How people reach the portal; links in letters start with it. http://localhost:PORT.",
    )
    data_dir: Path = Field(default=Path(".data"), description="Where a local installation keeps its data.")
    redis_url: str = Field(default="redis://127.0.0.1:6379/0", description="Redis or Valkey: streams, queues, caches.")
    storage_url: str = Field(
        default="", description="Where scans are kept: file:///folder or s3://bucket/prefix. DATA_DIR/files."
    )
    smtp_url: str = Field(
        default="",
        description="smtp://user:password@host:port or smtps://…; empty: the built-in mailbox (local only).",
    )
    captcha: bool = Field(default=True, description="off: no captchas (local installation only).")
    limits: bool = Field(default=True, description="off: no throttles per address and account (local only).")
    demo: bool = Field(default=False, description="Make the demo world at start (local only).")
    clock: Literal["system", "adjustable"] = Field(
        default="system", description="adjustable: POST /dev/clock moves the platform's clock (local only)."
    )
    default_programme: str = Field(
        default="dezhou-talent-pool", description="The programme of a registration that names none."
    )
    programmes_path: str = Field(default="", description="Folders with further programmes, separated by colons.")
    auth_url: str = Field(default="http://127.0.0.1:8101", description="Where the auth service answers.")
    profile_url: str = Field(default="http://127.0.0.1:8102", description="Where the profile service answers.")
    review_url: str = Field(default="http://127.0.0.1:8103", description="Where the review service answers.")
    notify_url: str = Field(default="http://127.0.0.1:8104", description="Where the notify service answers.")
    master_keys: str = Field(
        default=DEMO_SECRETS["master_keys"],
        description="Keys that wrap the keys of persons: id:base64 of 32 bytes, the newest first, separated by commas.",
    )
    index_key: str = Field(
        default=DEMO_SECRETS["index_key"], description="Key of the search indexes: base64 of 32 bytes."
    )
    identity_key: str = Field(
        default=DEMO_SECRETS["identity_key"],
        description="This service's signing key: id:base64 of an Ed25519 seed.",
    )
    identity_public_keys: str = Field(
        default="", description="service/id:base64 of every service's public key, separated by commas."
    )
    pool_size: int = Field(default=20, description="Database connections of one process.")
    log_level: str = Field(default="info", description="debug, info, warning or error.")
    metrics_port: int = Field(default=0, description="Port of /metrics of processes without a web door; 0: none.")

    @field_validator("captcha", "limits", "demo", mode="before")
    @classmethod
    def _switch(cls, value: object) -> object:
        """Take on and off besides true and false."""
        return {"on": True, "off": False, "": False}.get(value, value) if isinstance(value, str) else value

    @model_validator(mode="after")
    def _refuse_what_only_a_trial_may(self) -> Self:
        """Refuse demo secrets and switched-off guards outside a local installation that binds loopback."""
        if self.installation == "local":
            return self
        unsafe = [f"JUXIAN_{name.upper()}" for name, demo in DEMO_SECRETS.items() if getattr(self, name) == demo]
        unsafe += [f"JUXIAN_{name.upper()}=off" for name in ("captcha", "limits") if not getattr(self, name)]
        unsafe += ["JUXIAN_DEMO"] * self.demo + ["JUXIAN_CLOCK=adjustable"] * (self.clock == "adjustable")
        if unsafe:
            message = f"Refused outside JUXIAN_INSTALLATION=local: {', '.join(unsafe)}."
            raise ValueError(message)
        return self

    @property
    def public_url(self) -> str:
        """The address that links start with, without a slash at its end."""
        return (self.base_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def is_loopback(self) -> bool:
        """Whether the gateway can be reached from this machine alone."""
        return self.host in LOOPBACK

    @property
    def has_mailbox(self) -> bool:
        """Whether letters go to the built-in mailbox."""
        return self.installation == "local" and self.is_loopback and not self.smtp_url

    @property
    def files_url(self) -> str:
        """Where scans are kept."""
        return self.storage_url or f"file://{(self.data_dir / 'files').resolve()}"


@cache
def common() -> Settings:
    """The common settings, for parts of the kit that are not handed any."""
    return Settings()
