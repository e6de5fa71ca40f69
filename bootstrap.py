"""Set up the project from a bare python3 (≥ 3.11): no pip, no ensurepip, no network tool but Python's own.

Makes ``.venv``, installs exactly the locked wheels (by hash), and two commands: ``.venv/bin/cancu`` and
``.venv/bin/vanban``. Run again it does nothing while the lock is unchanged.

    python3 bootstrap.py            what is needed to run
    python3 bootstrap.py --dev      and to test
"""

import configparser
import hashlib
import html.parser
import os
import pathlib
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
    if sys.version_info < (3, 11):
        sys.exit("Cần Python 3.11 trở lên; máy này có %d.%d." % sys.version_info[:2])
    lock = ROOT / ("requirements-dev.lock" if "--dev" in sys.argv else "requirements.lock")
    stamp = VENV / (lock.stem + ".stamp")
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        make_venv()
    print(f"Cài thư viện theo {lock.name} (khoảng một phút) …", flush=True)
    run(PYTHON, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:", "-r", lock)
    install_commands()
    stamp.write_text(wanted)


def run(*command: object) -> None:
    done = subprocess.run([str(c) for c in command], check=False)
    if done.returncode:
        sys.exit(f"Không cài được ({' '.join(map(str, command[:4]))} …). Xem lỗi ở trên; kiểm tra mạng rồi chạy lại.")


def make_venv() -> None:
    """Try a whole venv; where Debian leaves ensurepip out, fetch one pip wheel and let it install itself."""
    try:
        venv.EnvBuilder(with_pip=True).create(VENV)
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
    with urllib.request.urlopen(page, timeout=60) as answer:
        links.feed(answer.read().decode())
    found = next((link for link in links.found if urllib.parse.unquote(link.split("#")[0]).endswith("/" + name)), None)
    if found is None:
        sys.exit(f"Chỉ mục gói không có {name}.")
    target = folder / name
    with urllib.request.urlopen(urllib.parse.urljoin(page, found), timeout=60) as answer:
        target.write_bytes(answer.read())
    if hashlib.sha256(target.read_bytes()).hexdigest() != digest:
        sys.exit(f"{name} tải về không đúng mã băm đã khóa; dừng lại.")
    return target


class Links(html.parser.HTMLParser):
    """The addresses on an index page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, "str | None"]]) -> None:
        if tag == "a":
            self.found.extend(value for key, value in attrs if key == "href" and value)


def index() -> str:
    """The package index pip would use: the environment, pip's own settings, or the public default."""
    url = os.environ.get("PIP_INDEX_URL")
    for path in ("/etc/pip.conf", "~/.pip/pip.conf", "~/.config/pip/pip.conf"):
        settings = configparser.ConfigParser()
        settings.read(os.path.expanduser(path))
        url = url or settings.get("global", "index-url", fallback=None)
    return (url or "https://" + ".".join(("pypi", "org")) + "/simple").rstrip("/") + "/"


def install_commands() -> None:
    """``.venv/bin/cancu`` and ``.venv/bin/vanban``, and a path file so that both packages are importable."""
    site = next((VENV / "lib").glob("python3*/site-packages"))
    (site / "cancu.pth").write_text(f"{ROOT}\n")
    for name in ("cancu", "vanban"):
        command = VENV / "bin" / name
        command.write_text(f"#!{PYTHON}\nimport sys\nfrom {name}.cli import main\nsys.exit(main())\n")
        command.chmod(0o755)


if __name__ == "__main__":
    main()
