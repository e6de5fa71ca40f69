"""A draft goes its whole way in a browser: drafted, changed, shown to another unit, checked, submitted, numbered, signed,
sealed, sent; on a desk and on a phone. Văn thư answers another agency that wants its document back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from .browsing import SIZES, opened, picture, serious

#: The sample's people of today: who drafts, who answers, who signs.
DRAFTER, HEAD, OTHER, LEADER, CLERK = "cv.qlcn", "tr.qlcn", "tr.qlkh", "giamdoc", "vanthu"

#: What UBND tỉnh wants back, a document for each size of the screen.
ASKED_BACK = {"may-ban": "771/UBND-VX", "dien-thoai": "772/UBND-VX"}


def paper(words: str, folder: Path, kind: str = "docx") -> Path:
    """A file of the department's plan, with one paragraph of ``words``."""
    from cancu.documents.tests.papers import letter, paragraph
    from vanban.document import Document
    from vanban.write import write

    made = letter(
        issuer="SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        parent="UBND TỈNH QUẢNG TRỊ",
        number="",
        symbol="KH-SKHCN",
        kind="KẾ HOẠCH",
        title="kiểm tra an toàn bức xạ năm 2025",
        date=None,
    )
    blocks = (*made.blocks[:1], paragraph(words))
    path = folder / f"ke-hoach.{kind}"
    path.write_bytes(write(Document(made.header, (), (), blocks, made.signature, made.recipients), kind))
    return path


@pytest.fixture(scope="module")
def exchange(site: Any, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Iterator[Any]:
    """An identifier for us and for UBND tỉnh, which wants documents back; a trusted authority, a folder of exchange."""
    from django.test.utils import override_settings

    from cancu.core.models import User
    from cancu.documents.models import Issuer, Transfer
    from cancu.documents.tests.authority import Authority

    root, authority = tmp_path_factory.mktemp("lien-thong"), Authority()
    authority.trusted_in(root / "roots")
    with django_db_blocker.unblock():
        Issuer.objects.filter(name="UBND tỉnh Quảng Trị", valid_until=None).update(organ_id="H50")
        clerk = User.objects.get(username=CLERK)
        for number in ASKED_BACK.values():
            Transfer.objects.create(
                incoming=True,
                organ="H50",
                organ_name="UBND tỉnh Quảng Trị",
                packet=f"H50,{number}",
                number=number,
                business="1",
                reason="gửi nhầm phụ lục",
                made_by=clerk,
            )
    with override_settings(ORGAN_ID="H50.13", EXCHANGE=root / "exchange", TRUST_ROOTS=root / "roots"):
        yield authority


def drafted(site: Any, page: Any, size: str, folder: Path) -> str:
    """The specialist begins a draft from a Word file and brings a second version; the address of the draft."""
    site.sign_in(page, DRAFTER)
    page.goto(f"{site.url}/van-ban-di/")
    page.click("text=Soạn văn bản")
    page.set_input_files(
        "#id_file", paper("Kiểm tra 15 cơ sở; ngiên cứu kết quả, báo cáo trước ngày 20/12/2024.", folder)
    )
    assert serious(page) == []
    picture(page, f"{size}-soan-van-ban")
    page.click("text=Lập dự thảo")
    page.wait_for_selector("text=Đã lập dự thảo")
    page.wait_for_selector("h1:has-text('Kế hoạch kiểm tra an toàn bức xạ')")
    page.wait_for_selector("#kiem-tra >> text=ngiên")
    page.set_input_files(
        "#phien-ban input[type=file]",
        paper("Kiểm tra 16 cơ sở; nghiên cứu kết quả, báo cáo trước ngày 20/12/2024.", folder),
    )
    page.click("text=Thêm phiên bản")
    page.wait_for_selector("text=Đã thêm phiên bản")
    address = page.url
    page.click("#phien-ban >> text=Đổi gì")
    page.wait_for_selector("ins:has-text('16')")
    assert page.locator("del", has_text="ngiên").count() == 1
    assert serious(page) == []
    picture(page, f"{size}-doi-gi")
    page.goto(address)
    return address


def asked(page: Any, unit: str, due: dt.date) -> None:
    page.check(f"#y-kien label:has-text('{unit}') input")
    page.fill("#y-kien input[name=due]", f"{due:%d/%m/%Y}")
    page.fill("#y-kien input[name=question]", "Danh sách cơ sở")
    page.click("#y-kien button:has-text('Gửi lấy ý kiến')")
    page.wait_for_selector("text=Đã gửi tới 1 đơn vị")


def answered(site: Any, page: Any, size: str, words: str) -> None:
    """The other unit finds the draft where it waits for its opinion, and answers."""
    site.sign_in(page, OTHER)
    page.goto(f"{site.url}/van-ban-di/")
    assert serious(page) == []
    picture(page, f"{size}-cho-y-kien")
    page.locator("#cho-y-kien a").last.click()
    page.check("#y-kien label:has-text('Ý kiến khác') input")
    page.fill("#y-kien textarea", words)
    picture(page, f"{size}-tra-loi-y-kien")
    page.click("#y-kien button:has-text('Trả lời')")
    page.wait_for_selector("text=Đã ghi ý kiến của đơn vị")


def signed(page: Any, kind: str, key: bytes, folder: Path) -> None:
    from cancu.documents.tests.authority import PASSPHRASE

    (folder / "khoa.p12").write_bytes(key)
    page.select_option("#ky select[name=kind]", kind)
    page.set_input_files("#ky input[name=key]", folder / "khoa.p12")
    page.fill("#ky input[name=passphrase]", PASSPHRASE)
    page.click("#ky button")
    page.wait_for_selector("text=bản đã ký là tệp mới")


@pytest.mark.parametrize("size", SIZES)
def test_a_draft_goes_from_the_first_word_to_the_other_agency(
    site: Any, exchange: Any, browser: Any, size: str, tmp_path: Path
) -> None:
    due = dt.date.today() + dt.timedelta(days=7)  # noqa: DTZ011 - as the person who fills in the form
    with opened(browser, size) as page:
        address = drafted(site, page, size, tmp_path)
        asked(page, "Phòng Quản lý Khoa học", due)
        page.wait_for_selector("text=0/1 đơn vị đã trả lời")
    with opened(browser, size) as page:
        answered(site, page, size, "Đề nghị bổ sung hai bệnh viện huyện.")
    with opened(browser, size) as page:
        site.sign_in(page, HEAD)
        page.goto(address)
        page.wait_for_selector("text=1/1 đơn vị đã trả lời")
        page.wait_for_selector("#kiem-tra .fault")
        assert serious(page) == []
        picture(page, f"{size}-du-thao")
        page.set_input_files(
            "#phien-ban input[type=file]",
            paper("Kiểm tra 18 cơ sở; nghiên cứu kết quả, báo cáo trước ngày 20/12/2024.", tmp_path, "pdf"),
        )
        page.click("text=Thêm phiên bản")
        page.wait_for_selector("text=Đã thêm phiên bản")
    with opened(browser, size) as page:
        site.sign_in(page, LEADER)
        page.goto(address)
        page.click("button:has-text('Trình cấp có thẩm quyền')")
        page.wait_for_selector("text=Đã chuyển: Đã trình")
        picture(page, f"{size}-da-trinh")
        signed(page, "leader", exchange.key_of("Nguyễn Văn Bình"), tmp_path)
    with opened(browser, size) as page:
        numbered_and_sent(site, page, size, address, exchange, tmp_path)


def numbered_and_sent(site: Any, page: Any, size: str, address: str, authority: Any, folder: Path) -> None:
    """Văn thư gives the number, puts the seal on, sends; the page says who signed and that all is well."""
    site.sign_in(page, CLERK)
    page.goto(address)
    page.fill("input[name=symbol]", "KH-SKHCN")
    page.click("text=Cấp số, ban hành")
    page.wait_for_selector("text=Đã ban hành, số")
    signed(page, "seal", authority.key_of("Sở Khoa học và Công nghệ"), folder)
    page.wait_for_selector("text=Chứng thư số do tổ chức Sở tin cậy cấp")
    assert page.locator(".signature .badge.ok").count() == 3  # the leader's, and both on the sealed file
    page.check("#gui label:has-text('UBND tỉnh') input")
    page.click("#gui button:has-text('Gửi')")
    page.wait_for_selector("text=Đã xếp gửi tới 1 cơ quan")
    assert serious(page) == []
    picture(page, f"{size}-da-gui")


@pytest.mark.parametrize("size", SIZES)
def test_the_clerk_answers_who_wants_a_document_back(
    site: Any, exchange: Any, browser: Any, django_db_blocker: Any, size: str
) -> None:
    from cancu.documents.models import TransferStatus

    number = ASKED_BACK[size]
    with opened(browser, size) as page:
        site.sign_in(page, CLERK)
        page.click("text=Liên thông")
        page.wait_for_selector("h1:has-text('việc chờ văn thư')")
        assert serious(page) == []
        picture(page, f"{size}-lien-thong")
        row = page.locator("li", has_text=number)
        row.locator("input[name=reason]").fill("đã giải quyết xong")
        row.locator("button:has-text('Từ chối')").click()
        page.wait_for_selector("text=Đã trả lời")
        assert page.locator("li", has_text=number).count() == 0
    with django_db_blocker.unblock():
        assert list(TransferStatus.objects.filter(transfer__number=number).values_list("code", "words")) == [
            ("16", "đã giải quyết xong")
        ]
