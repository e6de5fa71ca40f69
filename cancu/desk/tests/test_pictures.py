"""A live picture: drawn from the words kept in the text, the same on the page, in Word and in the PDF."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
import struct
import zipfile

import pytest

from cancu.core.people import Role
from cancu.core.tests.rows import make, person
from cancu.desk import paper
from cancu.indicators.windows import year_to_date
from cancu.lines.radiation.models import Licence
from cancu.reports import nodes
from cancu.reports.body import parse, restate, shown
from cancu.reports.freeze import confirm, drifts
from cancu.reports.models import Report, Section
from vanban.document import Document, Paragraph, Picture, Table
from vanban.write import write

BODY = (
    "Trong năm:\n\n![Theo loại: Cấp mới 12; Gia hạn 3; Cấp lại —](chart:radiation.licences_issued?split=kind)\n\nHết."
)


def test_the_words_of_a_picture_are_what_is_drawn():
    before, picture, table, after = parse(BODY)
    assert isinstance(before, Paragraph)
    assert isinstance(after, Paragraph)
    assert isinstance(picture, Picture)
    assert picture.alt == "Theo loại: Cấp mới: 12; Gia hạn: 3; Cấp lại: —"
    assert isinstance(table, Table)
    assert len(table.rows) == 4


@pytest.mark.parametrize("words", ["", "Theo loại", "Theo loại: chưa có", "Theo loại: Cấp mới mười hai"])
def test_words_without_numbers_are_a_picture_not_drawn_yet(words):
    (block,) = parse(f"![{words}](chart:radiation.licences_issued?split=kind)") or (Paragraph(()),)
    assert isinstance(block, Paragraph)


@pytest.mark.django_db
def test_one_picture_stands_on_the_page_in_word_and_in_the_pdf():
    document = Document(blocks=parse(BODY))
    picture = next(b for b in document.blocks if isinstance(b, Picture))
    on_page = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', paper.opening(document, Report(pk=1))).group(1)
    in_html = re.search(r'src="data:image/svg\+xml;base64,([^"]+)"', write(document, "html").decode()).group(1)
    with zipfile.ZipFile(io.BytesIO(write(document, "docx"))) as word:
        in_word = {
            name.rpartition(".")[2]: word.read(name) for name in word.namelist() if name.startswith("word/media/")
        }
    assert (
        base64.b64decode(on_page).decode()
        == base64.b64decode(in_html).decode()
        == in_word["svg"].decode()
        == picture.svg
    )
    assert in_word["png"].startswith(b"\x89PNG")
    import pypdfium2

    page = pypdfium2.PdfDocument(write(document, "pdf"))[0]
    assert "Cấp mới" in page.get_textpage().get_text_range()
    width, height = struct.unpack(">II", in_word["png"][16:24])
    assert (width, height) == (
        pytest.approx(picture.width / 25.4 * 192, abs=1),
        pytest.approx(picture.height / 25.4 * 192, abs=1),
    )


@pytest.mark.django_db
def test_a_picture_is_told_anew_from_the_register_and_keeps_its_authors_title():
    for n, kind in enumerate(("new", "new", "renewal")):
        make(
            Licence,
            number=f"{n}/GP",
            facility="A",
            issued_on="2024-03-01",
            expires_on="2027-03-01",
            kind=kind,
            state="granted",
            owner_unit="QLCN",
        )
    context = nodes.Context(year_to_date(dt.date(2024, 11, 15)))
    for typed, said in (("Cơ cấu", "Cơ cấu: "), ("", "Giấy phép")):
        body = f"![{typed}](chart:radiation.licences_issued?split=kind)"
        ground = nodes.resolve([r for r, _s in shown(body)], context)
        told = restate(body, lambda r, w, g=ground: nodes.say(r, w, g[r]))
        assert told.startswith(f"![{said}")
        picture = next(b for b in parse(told) if isinstance(b, Picture))
        assert picture.alt.count("2") == 1
        assert (
            nodes.say(
                "chart:radiation.licences_issued?split=kind",
                shown(told)[0][1],
                ground["chart:radiation.licences_issued?split=kind"],
            )
            == shown(told)[0][1]
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("chart:radiation.nothing?split=kind", "B1"),
        ("chart:radiation.licences_issued?split=colour", "B1"),
        ("chart:radiation.licences_issued?split=kind", ""),
    ],
)
def test_a_picture_without_ground_or_with_a_wrong_split_stops_the_issuing(reference, code):
    make(Licence, number="1/GP", facility="A", issued_on="2024-03-01", expires_on="2027-03-01", state="granted")
    ground = nodes.resolve([reference], nodes.Context(year_to_date(dt.date(2024, 11, 15))))[reference]
    assert [p.code for p in nodes.problems(reference, "", ground)] == ([code] if code else [])


@pytest.mark.django_db
def test_a_confirmed_picture_stays_and_a_row_that_moved_is_named():
    for n, kind in enumerate(("new", "new", "renewal")):
        make(
            Licence,
            number=f"{n}/GP",
            facility="A",
            issued_on="2024-03-01",
            expires_on="2027-03-01",
            kind=kind,
            state="granted",
            owner_unit="QLCN",
        )
    report = make(
        Report,
        kind="annual",
        title="Thử",
        window_name="year_to_date",
        window_start="2024-01-01",
        window_end="2024-11-15",
        owner_unit="QLCN",
        entered_by="cv",
    )
    section = make(
        Section,
        report=report,
        order=1,
        code="I.6",
        number="6.",
        heading="Bức xạ",
        owner_unit="QLCN",
        entered_by="cv",
        state="drafted",
        body="![Cơ cấu](chart:radiation.licences_issued?split=kind)",
    )
    confirmed = confirm(section, person("tr.qlcn", "QLCN", Role.UNIT_HEAD))
    words = shown(confirmed.body)[0][1]
    assert words.startswith("Cơ cấu: ")
    assert [node.rows.count() for node in confirmed.frozen.all()] == [3]
    assert not drifts([confirmed])
    Licence.objects.filter(number="1/GP").update(kind="renewal")
    (moved,) = drifts([confirmed])
    assert "1/GP" in moved.say(), "the sum is the same; the picture is not"
    confirmed.refresh_from_db()
    assert shown(confirmed.body)[0][1] == words
