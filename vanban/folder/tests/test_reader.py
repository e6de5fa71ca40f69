"""Files of strangers read one after another by one child."""

import datetime as dt
import os
import signal

import pytest

from vanban.document import Document, Header, Paragraph, Text
from vanban.folder.reader import Reader
from vanban.reading import analyse, text_of
from vanban.write import write

WORDS = "Thực hiện Kế hoạch số 97/KH-UBND ngày 06/5/2024 của UBND tỉnh.\nNăm 2024, Sở đã cấp giấy phép cho 15 cơ sở.\n"


@pytest.fixture
def reader(tmp_path):
    made = Reader(str(tmp_path))
    yield made
    made.close()


def reason(answer):
    assert answer["document"]["status"] == "unreadable"
    assert answer["citations"] == answer["quantities"] == []
    return answer["document"]["reason"]


def test_a_text_gives_what_the_library_gives(reader, tmp_path):
    (tmp_path / "a.txt").write_text(WORDS)
    answer, expected = reader.read("a.txt", len(WORDS)), analyse(WORDS).to_json()
    assert answer["citations"] == expected["citations"]
    assert answer["quantities"] == expected["quantities"]
    assert (
        answer["document"] | {"status": "read", "format": "txt", "citations": 1, "quantities": 1} == answer["document"]
    )


def test_a_word_file_gives_its_header(reader, tmp_path):
    header = Header(
        "UBND TỈNH QUẢNG TRỊ",
        "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
        "215",
        "BC-SKHCN",
        "Quảng Trị",
        dt.date(2024, 11, 29),
        "BÁO CÁO",
        "Năm 2024",
    )
    document = Document(header, blocks=tuple(Paragraph((Text(line),)) for line in WORDS.splitlines()))
    (tmp_path / "a.docx").write_bytes(write(document, "docx"))
    row = reader.read("a.docx", 1)["document"]
    assert (row["format"], row["number"], row["type"], row["citations"]) == ("docx", "215", "BÁO CÁO", 1)
    assert row["characters"] == len(text_of(document))


def test_each_file_that_cannot_be_read_says_why_and_the_next_is_read(reader, tmp_path):
    (tmp_path / "hong.docx").write_bytes(b"PK\x03\x04 cut")
    (tmp_path / "rong.txt").write_bytes(b"")
    (tmp_path / "that.txt").write_text(WORDS)
    (tmp_path / "lien-ket.txt").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "ong-dan.txt")
    assert "hỏng" in reason(reader.read("hong.docx", 9))
    assert "rỗng" in reason(reader.read("rong.txt", 0))
    assert "không phải là tệp thường" in reason(reader.read("lien-ket.txt", 1))
    assert "không phải là tệp thường" in reason(reader.read("ong-dan.txt", 0))
    assert "Không mở được" in reason(reader.read("da-xoa.txt", 1))
    assert reader.read("that.txt", 1)["document"]["status"] == "read"


def test_a_file_past_its_processor_time_is_too_heavy_and_the_next_is_read(tmp_path):
    reader = Reader(str(tmp_path), seconds=2)
    (tmp_path / "nang.txt").write_text(WORDS * 100_000)
    (tmp_path / "nhe.txt").write_text(WORDS)
    assert "quá nặng" in reason(reader.read("nang.txt", 0))
    assert reader.read("nhe.txt", 1)["document"]["status"] == "read"
    reader.close()


def test_a_file_past_the_memory_is_too_heavy(tmp_path):
    reader = Reader(str(tmp_path), memory=256)
    (tmp_path / "to.txt").write_text(WORDS * 300_000)
    assert "quá nặng" in reason(reader.read("to.txt", 0))
    reader.close()


def test_a_child_that_was_killed_is_replaced_and_its_file_read_again(reader, tmp_path):
    (tmp_path / "a.txt").write_text(WORDS)
    first = reader.read("a.txt", 1)
    os.kill(reader._child.pid, signal.SIGKILL)
    assert reader.read("a.txt", 1) == first
