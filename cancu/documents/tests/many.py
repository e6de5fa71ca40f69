"""Two hundred papers of all kinds, each with what it truly says: made, not random, so that two runs measure the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cancu.documents.tests.papers import paragraph
from vanban.document import Document, Header, Heading, Signature, Text


@dataclass(frozen=True)
class Paper:
    """One paper: its tree, and the values that văn thư would register."""

    tree: Document
    truth: dict[str, Any]


#: head of the paper (parent, issuer), the issuer's name in the register, letters of its numbers, place, head's title.
PROVINCE = (
    "",
    "ỦY BAN NHÂN DÂN TỈNH QUẢNG TRỊ",
    "UBND tỉnh Quảng Trị",
    "UBND",
    "Quảng Trị",
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
)
COUNCIL = ("", "HỘI ĐỒNG NHÂN DÂN TỈNH QUẢNG TRỊ", "HĐND tỉnh Quảng Trị", "HĐND", "Quảng Trị", ("CHỦ TỊCH",))
MINISTRY = (
    "",
    "BỘ KHOA HỌC VÀ CÔNG NGHỆ",
    "Bộ Khoa học và Công nghệ",
    "BKHCN",
    "Hà Nội",
    ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
)
FINANCE = ("UBND TỈNH QUẢNG TRỊ", "SỞ TÀI CHÍNH", "Sở Tài chính tỉnh Quảng Trị", "STC", "Quảng Trị", ("GIÁM ĐỐC",))
HOME = (
    "UBND TỈNH QUẢNG TRỊ",
    "SỞ NỘI VỤ",
    "Sở Nội vụ tỉnh Quảng Trị",
    "SNV",
    "Quảng Trị",
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
)
PREMIER = ("", "THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ", "TTg", "Hà Nội", ("KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG"))
NEIGHBOUR = (
    "",
    "ỦY BAN NHÂN DÂN TỈNH QUẢNG NGÃI",
    "UBND tỉnh Quảng Ngãi",
    "UBND",
    "Quảng Ngãi",
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
)
POSITIONS = {
    "PHÓ CHỦ TỊCH": "Phó Chủ tịch",
    "CHỦ TỊCH": "Chủ tịch",
    "THỨ TRƯỞNG": "Thứ trưởng",
    "GIÁM ĐỐC": "Giám đốc",
    "PHÓ GIÁM ĐỐC": "Phó Giám đốc",
    "PHÓ THỦ TƯỚNG": "Phó Thủ tướng",
}

#: type, its word in capitals, how the number goes on after the sequence, nature, who issues it.
KINDS = (
    ("letter", "", "/{c}-NC", "administrative", PROVINCE),
    ("letter", "", "/{c}-KHTC", "administrative", MINISTRY),
    ("letter", "", "/{c}-NS", "administrative", FINANCE),
    ("plan", "KẾ HOẠCH", "/KH-{c}", "administrative", PROVINCE),
    ("decision", "QUYẾT ĐỊNH", "/QĐ-{c}", "individual", PROVINCE),
    ("decision", "QUYẾT ĐỊNH", "/2024/QĐ-{c}", "normative", NEIGHBOUR),
    ("resolution", "NGHỊ QUYẾT", "/2024/NQ-{c}", "normative", COUNCIL),
    ("circular", "THÔNG TƯ", "/2024/TT-{c}", "normative", MINISTRY),
    ("announcement", "THÔNG BÁO", "/TB-{c}", "administrative", HOME),
    ("report", "BÁO CÁO", "/BC-{c}", "administrative", FINANCE),
    ("directive", "CHỈ THỊ", "/CT-{c}", "administrative", PREMIER),
    ("guidance", "HƯỚNG DẪN", "/HD-{c}", "administrative", HOME),
    ("submission", "TỜ TRÌNH", "/TTr-{c}", "administrative", HOME),
)
SUBJECTS = (
    "triển khai Chương trình phát triển tài sản trí tuệ trên địa bàn tỉnh",
    "báo cáo kết quả thực hiện nhiệm vụ khoa học và công nghệ năm 2024",
    "tăng cường quản lý nhà nước về tiêu chuẩn, đo lường, chất lượng",
    "rà soát cơ sở sử dụng thiết bị X-quang chẩn đoán trong y tế",
    "thực hiện Nghị quyết số 20-NQ/TW ngày 01/11/2012 của Ban Chấp hành Trung ương Đảng",
    "hỗ trợ doanh nghiệp khởi nghiệp đổi mới sáng tạo giai đoạn 2024 - 2026",
    "kiểm tra phương tiện đo nhóm 2 tại các chợ, cửa hàng xăng dầu",
    "xây dựng dự toán kinh phí sự nghiệp khoa học và công nghệ năm 2025",
)
NAMES = ("Nguyễn Văn Bình", "Trần Thị Thu Hà", "Lê Đức Thịnh", "Hoàng Nam", "Võ Thị Ngọc Ánh")
ORDERS = (
    "Yêu cầu Sở Khoa học và Công nghệ báo cáo kết quả, gửi về cơ quan ban hành trước ngày {day:%d/%m/%Y}.",
    "Giao Sở Khoa học và Công nghệ chủ trì, hoàn thành chậm nhất ngày {day:%d/%m/%Y}.",
    "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao tổ chức thực hiện.",
)


def papers(count: int) -> Iterator[Paper]:
    """``count`` papers; every kind, issuer, subject and way of ordering comes up in turn."""
    for n in range(count):
        yield _paper(n)


def _paper(n: int) -> Paper:
    type_, word, form, nature, (parent, issuer, name, letters, place, authority) = KINDS[n % len(KINDS)]
    number = f"{n + 1:02d}{form.format(c=letters)}"
    sequence, _slash, symbol = (
        number.partition("/")
        if "/2024/" not in number
        else (number[: number.index("/2024/") + 5], "/", number[number.index("/2024/") + 6 :])
    )
    on = dt.date(2024, 1, 8) + dt.timedelta(days=n)
    title, signer = SUBJECTS[(n + n // len(KINDS)) % len(SUBJECTS)], NAMES[n % len(NAMES)]
    order, due = n % len(ORDERS), on + dt.timedelta(days=20)
    effective = on + dt.timedelta(days=45) if nature == "normative" else on
    blocks = [
        paragraph(
            "Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh, cơ quan ban hành thông báo các nội dung sau."
        ),
        Heading(1, "I.", (Text("NỘI DUNG"),)),
        paragraph("Bám sát mục tiêu, nhiệm vụ của năm; bảo đảm tiết kiệm, hiệu quả và đúng quy định của pháp luật."),
        Heading(1, "II.", (Text("TỔ CHỨC THỰC HIỆN"),)),
        paragraph(ORDERS[order].format(day=due)),
    ]
    if nature == "normative":
        blocks.append(
            paragraph(
                f"Văn bản này có hiệu lực thi hành kể từ ngày {effective.day:02d} tháng {effective.month:02d} năm {effective.year}."
            )
        )
    recipients = ("Như trên", f"Lưu: VT, {letters}")
    tree = Document(
        Header(parent, issuer, sequence, symbol, place, on, word, title),
        ("Sở Khoa học và Công nghệ",) if not word else (),
        (paragraph("Căn cứ Luật Khoa học và Công nghệ ngày 18 tháng 6 năm 2013;"),)
        if word in ("QUYẾT ĐỊNH", "NGHỊ QUYẾT", "THÔNG TƯ")
        else (),
        tuple(blocks),
        Signature(authority, signer),
        recipients,
    )
    truth = {
        "type": type_,
        "number": number,
        "issued_on": on.isoformat(),
        "issuer": name,
        "title": title,
        "nature": nature,
        "signer": signer,
        "signer_position": POSITIONS[authority[-1]],
        "effective_on": effective.isoformat(),
        "recipients": "; ".join(recipients),
        "due_on": "" if order == 2 else (due - dt.timedelta(days=order == 0)).isoformat(),
    }
    return Paper(tree, truth)
