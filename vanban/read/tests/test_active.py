"""What runs or fetches when a file is opened is found wherever it hides; files without it pass."""

from __future__ import annotations

import datetime as dt
import zlib

import pytest

from vanban.packet import Attachment, Named, Organ, Packet, Trace
from vanban.read import UnreadableFile, read_untrusted
from vanban.read.active import refuse_active
from vanban.read.guard import ScannedFile, kind
from vanban.read.tests.files import compound, old_word, package, paragraph, word
from vanban.read.tests.test_guard import BLANK_PDF
from vanban.write import write
from vanban.write.edxml import edxml
from vanban.write.tests.documents import report

ACTION = b"<</S/JavaScript/JS(app.alert(1))>>"
RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://x/attachedTemplate" Target="{}" TargetMode="External"/></Relationships>'


def pdf_with(action: bytes) -> bytes:
    """A blank page whose opening does ``action``."""
    return BLANK_PDF.replace(b"/Catalog", b"/Catalog/OpenAction " + action)


def packed(action: bytes, name: bytes = b"/ObjStm") -> bytes:
    """The same, the action inside a packed object."""
    inside = zlib.compress(b"5 0 " + action)
    return BLANK_PDF.replace(
        b"trailer",
        b"4 0 obj<</Type"
        + name
        + b"/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream endobj\ntrailer" % (len(inside), inside),
    )


def with_template(target: str) -> bytes:
    return package({"word/document.xml": "<a/>", "word/_rels/settings.xml.rels": RELATIONS.format(target)})


def message(name: str, data: bytes) -> bytes:
    return edxml(
        Packet(
            Organ("H50"),
            (Organ("H50.13"),),
            Named("H50", "1", "UBND", dt.date(2024, 11, 11), "H50,1"),
            "x",
            "Công văn",
            traces=(Trace("H50", dt.datetime.fromisoformat("2024-11-11T08:00")),),
            files=(Attachment(name, "application/octet-stream", data),),
        )
    )


MACROS = package({"word/document.xml": "<a/>", "word/vbaProject.bin": b"\0"})
HIDDEN = {
    "macro của Word": (MACROS, "macro"),
    "ActiveX": (package({"word/document.xml": "<a/>", "word/activeX/activeX1.xml": "<a/>"}), "macro"),
    "macro của Word cũ": (compound({"WordDocument": bytes(4096), "_VBA_PROJECT": bytes(4096)}), "macro"),
    "mẫu tải từ mạng": (with_template("http://x.example/a.dotm"), "máy khác"),
    "mẫu trên máy lạ": (with_template("\\\\x.example\\a.dotm"), "máy khác"),
    "mã trong PDF": (pdf_with(ACTION), "JavaScript"),
    "tên viết lẩn": (pdf_with(ACTION.replace(b"JavaScript", b"J#61vaScr#69pt")), "JavaScript"),
    "mở chương trình": (pdf_with(b"<</S/Launch/F(a.exe)>>"), "JavaScript hoặc lệnh mở"),
    "mã trong phần nén": (packed(ACTION), "JavaScript"),
    "phần nén viết lẩn": (packed(ACTION, b"/Obj#53tm"), "JavaScript"),
    "PDF khóa": (BLANK_PDF.replace(b"/Root", b"/Encrypt 9 0 R/Root"), "khóa"),
    "phần nén hỏng": (packed(ACTION).replace(zlib.compress(b"5 0 " + ACTION)[:4], b"xxxx"), "hỏng"),
    "macro trong gói tin": (message("a.docx", MACROS), "macro"),
    "macro trong bảng tính của gói tin": (
        message("a.xlsm", package({"xl/workbook.xml": "<a/>", "xl/vbaProject.bin": b"\0"})),
        "macro",
    ),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_what_runs_is_refused_with_its_cure(name: str) -> None:
    data, words = HIDDEN[name]
    with pytest.raises(UnreadableFile, match=words):
        refuse_active(data, kind(data))


STILL = {
    "Word": write(report(), "docx"),
    "PDF": write(report(), "pdf"),
    "Word cũ": old_word("SỞ KHOA HỌC"),
    "mẫu trên chính máy": with_template("file:///C:\\Users\\a\\Normal.dotm"),
    "PDF có chữ JavaScript": write(report(), "pdf") + b"\n% JavaScript",
    "gói tin có bảng tính": message("a.xlsx", package({"xl/workbook.xml": "<a/>"})),
    "gói tin có ảnh": message("a.png", b"\x89PNG\r\n\x1a\n"),
}


@pytest.mark.parametrize("name", STILL)
def test_what_only_holds_words_passes(name: str) -> None:
    refuse_active(STILL[name], kind(STILL[name]))


def test_the_guarded_child_refuses_it_only_when_asked() -> None:
    data = word(paragraph("Chữ"), numbering="")
    assert read_untrusted(data, inert=True) == read_untrusted(data)
    with pytest.raises(UnreadableFile, match="JavaScript"):
        read_untrusted(pdf_with(ACTION), inert=True)


def test_a_scan_is_told_apart_from_a_fault() -> None:
    with pytest.raises(ScannedFile, match="bản quét"):
        read_untrusted(BLANK_PDF, inert=True)


def test_a_message_whose_file_is_a_scan_still_says_what_it_is_about() -> None:
    assert read_untrusted(message("a.pdf", BLANK_PDF), inert=True).header.title == "x"
