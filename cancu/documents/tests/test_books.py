"""The printed books: the columns that the law names, in its order, for a period."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.documents.books import BOOKS, heads, lines, rows_of, tree, workbook
from cancu.documents.models import Document, Relation
from cancu.documents.tests.papers import office
from vanban.read import read
from vanban.reading import text_of
from vanban.write import write

pytestmark = pytest.mark.django_db
YEAR = (date(2024, 1, 1), date(2024, 12, 31))


@pytest.fixture
def clerk():
    return office()["clerk"]


@pytest.fixture
def letter(clerk):
    return make(
        Document,
        number="4986/UBND-NC",
        issued_on="2024-11-11",
        issuer="UBND",
        type="letter",
        title="về việc báo cáo",
        direction="incoming",
        owner_unit="VP",
        arrived_on="2024-11-12",
        arrival_number=7,
        due_on="2024-11-20",
        forwarded_to="QLCN",
        forwarded_on="2024-11-13",
        note="khẩn",
    )


@pytest.mark.parametrize(
    ("book", "columns"),
    [
        (
            "den",
            [
                "Ngày đến",
                "Số đến",
                "Tác giả",
                "Số, ký hiệu",
                "Ngày, tháng",
                "Tên loại và trích yếu nội dung",
                "Đơn vị hoặc người nhận",
                "Ngày chuyển",
                "Ký nhận",
                "Ghi chú",
            ],
        ),
        (
            "di",
            [
                "Số, ký hiệu",
                "Ngày, tháng",
                "Tên loại và trích yếu nội dung",
                "Người ký",
                "Nơi nhận",
                "Đơn vị, người nhận bản lưu",
                "Số lượng bản",
                "Ngày chuyển",
                "Ký nhận",
                "Ghi chú",
            ],
        ),
        (
            "theo-doi",
            [
                "Số đến",
                "Tên loại, số và ký hiệu, ngày tháng và tác giả",
                "Đơn vị hoặc người nhận",
                "Thời hạn giải quyết",
                "Tiến độ giải quyết",
                "Số, ký hiệu văn bản trả lời",
                "Ghi chú",
            ],
        ),
    ],
)
def test_a_book_has_the_columns_of_the_annex(book, columns):
    assert heads(BOOKS[book]) == columns


def test_a_line_of_the_incoming_book(clerk, letter):
    assert lines(BOOKS["den"], rows_of(BOOKS["den"], clerk, *YEAR)) == [
        [
            "12/11/2024",
            "7",
            "UBND tỉnh Quảng Trị",
            "4986/UBND-NC",
            "11/11/2024",
            "Công văn về việc báo cáo",
            "Phòng Quản lý công nghệ",
            "13/11/2024",
            "",
            "khẩn",
        ]
    ]


@pytest.mark.parametrize(
    ("until", "answered", "said"),
    [
        ("2024-11-20", None, "Đang giải quyết"),
        ("2024-11-21", None, "Quá hạn"),
        ("2024-11-21", "2024-11-19", "Đã trả lời"),
        ("2024-11-21", "2024-11-30", "Quá hạn"),
    ],
)
def test_the_book_of_settling_tells_how_it_stood_on_its_last_day(clerk, letter, until, answered, said):
    if answered:
        make(
            Relation,
            source=make(Document, number="215/BC-SKHCN", issued_on=answered, direction="outgoing"),
            target=letter,
            kind="answers",
        )
    (row,) = lines(BOOKS["theo-doi"], rows_of(BOOKS["theo-doi"], clerk, date(2024, 1, 1), date.fromisoformat(until)))
    assert row[:5] == [
        "7",
        "Công văn số 4986/UBND-NC ngày 11/11/2024 của UBND tỉnh Quảng Trị",
        "Phòng Quản lý công nghệ",
        "20/11/2024",
        said,
    ]
    assert row[5] == ("215/BC-SKHCN" if said == "Đã trả lời" else "")


@pytest.mark.parametrize(
    ("due", "until", "said"),
    [
        ("2024-11-17", "2024-11-18", "Đang giải quyết"),
        ("2024-11-17", "2024-11-19", "Quá hạn"),
        (None, "2024-12-31", ""),
    ],
    ids=["hạn Chủ nhật chạy đến thứ Hai", "qua thứ Hai", "không hỏi gì"],
)
def test_a_term_runs_past_rest_days_and_a_letter_that_asks_for_nothing_is_not_being_settled(
    clerk, letter, due, until, said
):
    Document.objects.filter(pk=letter.pk).update(due_on=due)
    (row,) = lines(BOOKS["theo-doi"], rows_of(BOOKS["theo-doi"], clerk, date(2024, 1, 1), date.fromisoformat(until)))
    assert row[4] == said


def test_a_line_of_the_outgoing_book_and_no_draft_in_it(clerk):
    make(
        Document,
        number="215/BC-SKHCN",
        issued_on="2024-11-15",
        type="report",
        title="năm 2024",
        direction="outgoing",
        signer="Nguyễn Văn A",
        recipients="UBND tỉnh; Lưu: VT",
        kept_by="Văn thư",
        copies=3,
        forwarded_on="2024-11-15",
    )
    make(Document, number="", title="dự thảo", direction="outgoing", state="drafting")
    assert lines(BOOKS["di"], rows_of(BOOKS["di"], clerk, *YEAR)) == [
        [
            "215/BC-SKHCN",
            "15/11/2024",
            "Báo cáo năm 2024",
            "Nguyễn Văn A",
            "UBND tỉnh; Lưu: VT",
            "Văn thư",
            "3",
            "15/11/2024",
            "",
            "",
        ]
    ]


@pytest.mark.parametrize("format", ["docx", "pdf"])
def test_the_printed_book_lies_across_and_is_read_back(clerk, letter, format):
    made = write(
        tree(BOOKS["den"], rows_of(BOOKS["den"], clerk, *YEAR), "Sở Khoa học và Công nghệ", *YEAR),
        format,
        landscape=True,
    )
    words = text_of(read(made))
    assert "4986/UBND-NC" in "".join(words.split())
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN" in words


def test_a_cell_of_the_excel_file_is_never_a_formula(clerk, letter):
    from python_calamine import CalamineWorkbook

    Document.objects.update(title='=HYPERLINK("http://a")', note="=1+1")
    made = CalamineWorkbook.from_filelike(
        io.BytesIO(workbook(BOOKS["den"], rows_of(BOOKS["den"], clerk, *YEAR), *YEAR))
    )
    cells = made.get_sheet_by_index(0).to_python()
    assert cells[4][5] == 'Công văn =HYPERLINK("http://a")'
    assert cells[4][9] == "=1+1"
    assert cells[3] == heads(BOOKS["den"])


def test_a_book_shows_only_what_one_may_see(letter):
    other = person("cv.qlkh", "QLKH", Role.SPECIALIST)
    received = person("cv.qlcn", "QLCN", Role.SPECIALIST)
    assert [len(rows_of(BOOKS["den"], who, *YEAR)) for who in (other, received)] == [0, 1]


def test_a_period_that_ends_before_it_begins_is_refused(clerk):
    with pytest.raises(ValidationError, match="Ngày cuối"):
        rows_of(BOOKS["den"], clerk, *reversed(YEAR))
