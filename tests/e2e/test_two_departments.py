"""Two departments as they run: two databases, two servers, each with its identifier. One sends a letter, the other
registers it, and what became of it comes back; all of it seen on their pages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import urlopen

import pytest
from django.db import connection
from django.test.utils import override_settings

from .browsing import opened, picture, serious
from .conftest import PASSWORD, Databases, Site

ROOT = Path(__file__).parents[2]
SECRET = "khoa-chung-hai-so"  # noqa: S105
#: The longest that a server may take to answer for the first time.
SECONDS = 90


@dataclass
class Department:
    """One department: its name, identifier, database, folder and port; running once ``served``."""

    name: str
    organ: str
    database: str
    var: Path
    port: int
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        return Site(f"http://127.0.0.1:{self.port}", None)

    def knows(self, other: Department) -> None:
        self.environment = {
            **os.environ,
            "DATABASE_URL": url_of(self.database),
            "CANCU_VAR": str(self.var),
            "CANCU_ORGAN_ID": self.organ,
            "CANCU_PEER_TOKENS": f"{other.organ}={SECRET}",
            "CANCU_PEER_ADDRESSES": f"{other.organ}={other.site.url}/lien-thong/",
            "NO_PROXY": "127.0.0.1,localhost",
            "no_proxy": "127.0.0.1,localhost",
            "CANCU_URL": self.site.url,
        }

    def run(self, word: str) -> str:
        """What a command of this department says; it must succeed."""
        done = subprocess.run(
            [sys.executable, "-m", "cancu", word],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[None]:
        with (self.var / "log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "cancu", "serve", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
            try:
                self._wait(process)
                yield
            finally:
                process.terminate()
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    os.killpg(process.pid, signal.SIGKILL)
                    process.wait()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + SECONDS
        while time.monotonic() < until and process.poll() is None:
            try:
                urlopen(f"{self.site.url}/suc-khoe", timeout=5).close()  # noqa: S310 - our own server
                return
            except HTTPError:  # it answers, whatever it says of the disk
                return
            except (URLError, OSError):
                time.sleep(0.3)
        raise AssertionError((self.var / "log").read_text(errors="replace")[-2000:])


def url_of(database: str) -> str:
    given = os.environ.get("DATABASE_URL")
    if given:
        return urlsplit(given)._replace(path=f"/{database}").geturl()
    own = connection.settings_dict
    return f"postgresql://{own['USER']}@/{database}?host={quote(own['HOST'])}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def people_of(department: Department, other: Department) -> None:
    """The office of a department, its own name, and the other among the agencies it writes to."""
    from django.contrib.auth.hashers import make_password

    from cancu.core.models import UnitName, User
    from cancu.core.tests.rows import make
    from cancu.documents.models import Issuer
    from cancu.documents.tests.papers import office

    office()
    User.objects.update(password=make_password(PASSWORD))
    UnitName.objects.filter(unit__code="SKHCN").update(name=department.name, short_name=department.name[:60])
    make(
        Issuer,
        code="KIA",
        name=other.name,
        level="department",
        symbol="KIA",
        valid_from="2003-01-01",
        organ_id=other.organ,
    )


def letter_of(department: Department) -> None:
    """A letter that was issued today, with its Word file, ready to be sent."""
    from cancu.core.attachments import attach
    from cancu.core.calendar import today
    from cancu.core.models import User
    from cancu.core.tests.rows import make
    from cancu.documents.models import Document, Issuer
    from cancu.documents.tests.papers import letter
    from vanban.write import write

    issuer = make(Issuer, code="TA", name=department.name, level="department", symbol="SKHCN", valid_from="2003-01-01")
    document = make(
        Document,
        number="97/SKHCN-VP",
        issued_on=today(),
        direction="outgoing",
        type="letter",
        title="đề nghị cử người tham gia đoàn kiểm tra",
        issuer=issuer,
        owner_unit="VP",
        signer="Nguyễn Văn Bình",
    )
    made = letter(
        issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        parent="UBND TỈNH QUẢNG TRỊ",
        number="97",
        symbol="SKHCN-VP",
        date=today(),
        title="đề nghị cử người tham gia đoàn kiểm tra",
    )
    with override_settings(VAR=department.var):
        attach(document, "cong-van-97.docx", write(made, "docx"), User.objects.get(username="vanthu"), "docx")


@pytest.fixture(scope="module")
def departments(
    databases: Databases, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Department, Department]]:
    folder = tmp_path_factory.mktemp("hai-so")
    ours = Department(
        "Sở Khoa học và Công nghệ tỉnh Quảng Trị", "H50.13", f"{databases.name}_a", folder / "a", free_port()
    )
    theirs = Department("Sở Nội vụ tỉnh Quảng Trị", "H50.06", f"{databases.name}_b", folder / "b", free_port())
    with django_db_blocker.unblock():
        for one, other in ((ours, theirs), (theirs, ours)):
            one.var.mkdir()
            one.knows(other)
            databases.copy(databases.empty, databases.name)
            people_of(one, other)
            if one is ours:
                letter_of(one)
            databases.copy(databases.name, one.database)
        databases.copy(databases.empty, databases.name)
    try:
        with ours.served(), theirs.served():
            yield ours, theirs
    finally:
        with django_db_blocker.unblock():
            for one in (ours, theirs):
                databases.drop(one.database)


@pytest.mark.slow
def test_a_letter_goes_from_one_department_to_the_other_and_its_statuses_come_back(
    departments: Any, browser: Any
) -> None:
    ours, theirs = departments
    with opened(browser) as sender, opened(browser, "dien-thoai") as receiver:
        ours.site.sign_in(sender, "vanthu")
        sender.goto(f"{ours.site.url}/so-van-ban/di/")
        sender.click("td a:has-text('97/SKHCN-VP')")
        sender.click("text=Phiên bản, ký, gửi")
        sender.wait_for_selector("#gui")
        address = sender.url
        sender.check("#gui label:has-text('Sở Nội vụ') input")
        sender.click("#gui button:has-text('Gửi')")
        sender.wait_for_selector("text=Đã xếp gửi tới 1 cơ quan")
        sender.wait_for_selector("text=chờ lượt gửi")
        assert "97/SKHCN-VP" in ours.run("exchange")

        theirs.site.sign_in(receiver, "vanthu")
        receiver.goto(f"{theirs.site.url}/van-ban-den/")
        receiver.click("td a")
        receiver.wait_for_selector("#o-number:has-text('97/SKHCN-VP')")
        receiver.click("text=Vào sổ, lấy số đến")
        receiver.wait_for_selector("text=Đã vào sổ: số đến 1")
        receiver.wait_for_selector("a:has-text('cong-van-97.docx')")
        assert serious(receiver) == []
        picture(receiver, "hai-so-noi-nhan")
        theirs.run("exchange")

        sender.goto(address)
        row = sender.locator("#gui tr", has_text="Sở Nội vụ")
        assert row.locator(".badge").all_inner_texts() == ["Đã đến", "Đã tiếp nhận"]
        assert "Số đến 1" in row.inner_text()
        picture(sender, "hai-so-noi-gui")
        for one in (ours, theirs):  # nothing goes twice
            one.run("exchange")
        receiver.goto(f"{theirs.site.url}/van-ban-den/")
        receiver.wait_for_selector("text=Không còn văn bản nào chờ vào sổ")
