"""Set up the project from a bare python3 (≥ 3.11): no pip, no ensurepip, no network tool but Python's own.

Makes ``.venv``, installs exactly the locked wheels (by hash), and two commands: ``.venv/bin/cancu`` and
``.venv/bin/vanban``. Run again it does nothing while the lock is unchanged.

    python3 bootstrap.py            what is needed to run
    python3 bootstrap.py --dev      and to test
    python3 bootstrap.py --bench    and to measure beside others
"""

import base64
import configparser
import fcntl
import hashlib
import html.parser
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
PIP_FILE = ROOT / "pip.lock"


def main() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(f"Cần Python 3.11 trở lên; máy này có {sys.version_info[0]}.{sys.version_info[1]}.")
    names = {"--bench": "requirements-bench.lock", "--dev": "requirements-dev.lock"}
    lock = ROOT / next((names[word] for word in sys.argv if word in names), "requirements.lock")
    stamp = VENV / (lock.stem + ".stamp")
    wanted = f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {sys.version_info[:2]} {ROOT}"
    with (ROOT / "bootstrap.py").open() as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two `make` at once: the second waits and finds the work done
        if stamp.exists() and stamp.read_text() == wanted:
            return
        if not has_pip():
            make_venv()
        print(f"Cài thư viện theo {lock.name} (khoảng một phút) …", flush=True)
        run(
            PYTHON,
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "--no-input",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "-r",
            lock,
        )
        install_commands()
        stamp.write_text(wanted)


def has_pip() -> bool:
    """Whether ``.venv`` is whole and of this Python; an interrupted or moved one is made anew."""
    try:
        asked = "import pip, sys; print(sys.version_info[:2], sys.prefix)"
        said = subprocess.run([PYTHON, "-c", asked], capture_output=True, text=True, check=False).stdout.strip()
    except OSError:
        return False
    return said == f"{sys.version_info[:2]} {VENV}"


def run(*command: object) -> None:
    done = subprocess.run([str(c) for c in command], check=False)
    if done.returncode:
        sys.exit(f"Không cài được ({' '.join(map(str, command[:4]))} …). Xem lỗi ở trên; kiểm tra mạng rồi chạy lại.")


def make_venv() -> None:
    """Try a whole venv; where Debian leaves ensurepip out, fetch one pip wheel and let it install itself."""
    try:
        venv.EnvBuilder(with_pip=True, clear=True).create(VENV)
        return
    except (subprocess.CalledProcessError, ImportError):
        venv.EnvBuilder(with_pip=False, clear=True).create(VENV)
    with tempfile.TemporaryDirectory() as folder:
        wheel = fetch_pip(pathlib.Path(folder))
        run(PYTHON, f"{wheel}/pip", "install", "-q", "--no-index", wheel)


def fetch_pip(folder: pathlib.Path) -> pathlib.Path:
    """Download the pip wheel named in ``pip.lock`` from the configured index, and refuse another hash."""
    name, digest = PIP_FILE.read_text().split()
    page = index() + "pip/"
    links = Links()
    try:
        links.feed(get(page).decode())
        found = next((one for one in links.found if urllib.parse.unquote(one.split("#")[0]).endswith("/" + name)), None)
        if found is None:
            sys.exit(f"Chỉ mục gói không có {name}.")
        content = get(urllib.parse.urljoin(page, found))
    except OSError as error:
        sys.exit(f"Không tải được pip từ chỉ mục gói: {error}. Kiểm tra mạng hoặc PIP_INDEX_URL rồi chạy lại.")
    if hashlib.sha256(content).hexdigest() != digest:
        sys.exit(f"{name} tải về không đúng mã băm đã khóa; dừng lại.")
    target = folder / name
    target.write_bytes(content)
    return target


def get(url: str) -> bytes:
    """The content behind an address; a name and password in it go into the header, as pip does."""
    parts = urllib.parse.urlsplit(url)
    request = urllib.request.Request(urllib.parse.urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    certificates = setting("cert")
    context = ssl.create_default_context(cafile=certificates) if certificates else None
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        return answer.read()


class Links(html.parser.HTMLParser):
    """The addresses on an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, "str | None"]]) -> None:
        if tag == "a":
            self.found.extend(value for key, value in attrs if key == "href" and value)


def setting(name: str) -> "str | None":
    """One of pip's own settings: from the environment, else from its files (the later file wins)."""
    given = os.environ.get("PIP_" + name.upper().replace("-", "_"))
    if given:
        return given
    files = configparser.RawConfigParser()
    files.read(
        os.path.expanduser(path)
        for path in (
            "/etc/xdg/pip/pip.conf",
            "/etc/pip.conf",
            "~/.pip/pip.conf",
            os.path.join(os.environ.get("XDG_CONFIG_HOME") or "~/.config", "pip/pip.conf"),
            os.environ.get("PIP_CONFIG_FILE", os.devnull),
        )
    )
    return files.get("install", name, fallback=None) or files.get("global", name, fallback=None)


def index() -> str:
    """The package index pip would use: the environment, pip's own settings, or the public default."""
    url = setting("index-url") or "https://" + ".".join(("pypi", "org")) + "/simple"
    return url.rstrip("/") + "/"


def install_commands() -> None:
    """``.venv/bin/cancu`` and ``.venv/bin/vanban``, and a path file so that both packages are importable."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "cancu.pth").write_text(f"{ROOT}\n")
    for name in ("cancu", "vanban"):
        command = VENV / "bin" / name
        command.write_text(
            '#!/bin/sh\nexec "$(dirname "$(readlink -f "$0")")/python" -P '
            f"-c 'import sys; from {name}.cli import main; sys.exit(main())' \"$@\"\n"
        )
        command.chmod(0o755)


if __name__ == "__main__":
    main()
