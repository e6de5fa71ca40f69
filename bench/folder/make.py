"""A folder of made documents for measuring and testing: txt, md, html and docx by turns, a few of them broken."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from vanban.document import Document, Header, Heading, Paragraph, Signature, Text
from vanban.write import write

FORMATS = ("txt", "md", "html", "docx")
BROKEN_EVERY = 100
_SENTENCE = (
    "Thực hiện Kế hoạch số {a}/KH-UBND ngày {day:02d}/{month:02d}/2024 của UBND tỉnh và Công văn số {b}/UBND-NC ngày "
    "11/11/2024 của UBND tỉnh về việc báo cáo kết quả, trong năm 2024 Sở đã cấp giấy phép cho {c} cơ sở, tổ chức {d} lớp "
    "tập huấn cho trên {e} lượt người với kinh phí {f} triệu đồng, đạt {g}% kế hoạch; đồng thời phối hợp với các địa "
    "phương nâng cao năng suất và chất lượng hàng hóa, góp phần phát triển kinh tế - xã hội, bảo vệ môi trường và sức "
    "khỏe cộng đồng trên địa bàn tỉnh."
)


def make_folder(folder: Path, files: int, paragraphs: int = 20) -> int:
    """Writes ``files`` documents into sub-folders of 500; every hundredth is a Word file cut in the middle.
    The same call makes the same bytes. Returns the number of broken ones."""
    broken = 0
    for index in range(files):
        kind = FORMATS[index % len(FORMATS)]
        path = folder / f"{index // 500:04d}" / f"van-ban-{index:06d}.{kind}"
        path.parent.mkdir(parents=True, exist_ok=True)
        data = bytes_of(index, kind, paragraphs)
        if index % BROKEN_EVERY == BROKEN_EVERY - 1:
            data, broken = data[: len(data) // 2], broken + 1
        path.write_bytes(data)
    return broken


def bytes_of(index: int, kind: str, paragraphs: int) -> bytes:
    """One report; ``index`` makes its numbers its own."""
    document = Document(
        Header(
            "UBND TỈNH QUẢNG TRỊ",
            "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
            str(index + 1),
            "BC-SKHCN",
            "Quảng Trị",
            dt.date(2024, 11, 29),
            "BÁO CÁO",
            "Kết quả công tác năm 2024",
        ),
        blocks=(
            Heading(1, "I.", (Text("KẾT QUẢ"),)),
            *(Paragraph((Text(_sentence(index, n)),)) for n in range(paragraphs)),
        ),
        signature=Signature(("GIÁM ĐỐC",), "Nguyễn Văn A"),
        recipients=("UBND tỉnh", "Lưu: VT"),
    )
    if kind == "txt":
        from vanban.reading import text_of

        return text_of(document).encode()
    return write(document, kind)  # type: ignore[arg-type]


def _sentence(index: int, n: int) -> str:
    return _SENTENCE.format(
        a=index % 900 + n + 1,
        b=index + n + 1,
        c=n + 2,
        d=index % 40 + 2,
        e=100 + n,
        f=200 + index % 700,
        g=50 + n,
        day=n % 28 + 1,
        month=n % 12 + 1,
    )
