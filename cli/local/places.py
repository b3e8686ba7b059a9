"""Where a local installation keeps its things."""

import hashlib
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]

# The address of a Unix socket has at most 107 bytes on Linux and 103 on macOS; names need a few.
_SOCKET_ROOM = 80


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of one installation, all below its data folder (`JUXIAN_DATA_DIR`)."""

    data: Path

    @classmethod
    def of(cls, data_dir: str | None = None) -> "Places":
        """The places below `data_dir`, by default `.data`; a relative one counts from the checkout."""
        return cls((CHECKOUT / (data_dir or os.environ.get("JUXIAN_DATA_DIR") or ".data")).absolute())

    @property
    def logs(self) -> Path:
        """One file a process, rotated."""
        return self.data / "logs"

    @property
    def files(self) -> Path:
        """Scans and other files of persons."""
        return self.data / "files"

    @property
    def valkey(self) -> Path:
        """Valkey's configuration and append-only file."""
        return self.data / "valkey"

    @property
    def postgres(self) -> Path:
        """PostgreSQL's cluster, or a link to where it had to go."""
        return self.data / "postgres"

    @property
    def run(self) -> Path:
        """What belongs to the present run alone: the lock, the supervisor's door."""
        return self.data / "run"

    @property
    def mark(self) -> str:
        """A short name for this installation, the same as long as it stays where it is."""
        return hashlib.sha256(os.fsencode(self.data)).hexdigest()[:10]

    @property
    def door(self) -> str:
        """The address at which the supervisor takes commands; only this user can open it."""
        return f"ipc://{self.door_folder}/door"

    @property
    def door_folder(self) -> Path:
        """Where Unix sockets are: in the data folder, or in one with a shorter name."""
        folder = self.run
        if len(os.fsencode(folder)) > _SOCKET_ROOM:
            folder = Path(tempfile.gettempdir()) / f"juxian-{os.getuid()}-{self.mark}"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if folder.stat().st_uid != os.getuid():
            message = f"{folder} belongs to someone else"
            raise PermissionError(message)
        folder.chmod(0o700)
        return folder

    @property
    def is_ours(self) -> bool:
        """Whether a platform has kept its data here: nothing else is ever deleted."""
        return (self.data / "ports.json").is_file() and self.run.is_dir()

    def remove(self) -> None:
        """Delete the whole installation, and what of it had to lie elsewhere."""
        for folder in {self.postgres.resolve(), self.door_folder, self.data}:
            shutil.rmtree(folder, ignore_errors=True)

    def make(self) -> None:
        """Makes the folders, private to this user.

        The data folder itself can be passed through, not listed: as root, PostgreSQL runs as another user.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        if self.data.stat().st_uid == os.getuid():
            self.data.chmod(0o711)
        for folder in (self.logs, self.files, self.valkey, self.run):
            folder.mkdir(mode=0o700, exist_ok=True)
