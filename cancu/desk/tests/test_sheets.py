"""Excel at the desk: who brings what, what a wrong file is told, and that what goes out comes in again."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cancu.core import codes
from cancu.core.jobs import run_waiting
from cancu.core.models import Party, Sheet
from cancu.core.people import Role
from cancu.core.reading import Reading
from cancu.core.sheets.workbook import cells_of
from cancu.core.tests.rows import make, person
from cancu.desk.tests.test_pages import signed_in
from cancu.lines.inspection.models import Reception
from cancu.lines.radiation.models import Certificate, Facility, Licence

pytestmark = pytest.mark.django_db
LICENCE = ["radiation", "licence"]
HEADINGS = "Số GP\tTên cơ sở\tCông việc\tHình thức cấp\tNgày ký\tNgày hết hạn"


@pytest.fixture
def office():
    import pathlib

    from django.apps import apps

    for line in ("radiation", "inspection"):
        codes.load(pathlib.Path(apps.get_app_config(line).path) / "codes.yaml")
    for username, unit, role in (
        ("cv.qlcn", "QLCN", Role.SPECIALIST),
        ("cv.qlkh", "QLKH", Role.SPECIALIST),
        ("giamdoc", "QLCN", Role.DIRECTOR),
        ("quantri", "QLCN", Role.ADMINISTRATOR),
    ):
        person(username, unit, role)
    yield make(Facility, code="CS-1", party=make(Party, name="Phòng khám Đông Hà"), owner_unit="QLCN")
    codes.forget()


def line(number, issued="05/02/2024", facility="CS-1"):
    activity, kind = (next(iter(codes.labels(f"radiation.{name}").values())) for name in ("activity", "licence_kind"))
    return f"{number}\t{facility}\t{activity}\t{kind}\t{issued}\t04/02/2029"


def bring(client, **given):
    unit = Facility.objects.get(code="CS-1").owner_unit_id
    return client.post(reverse("bring-sheet", args=LICENCE), {"unit": unit, **given})


def test_the_page_says_that_cells_of_an_old_font_were_turned(office):
    client, heading, note = signed_in("cv.qlcn"), f"{HEADINGS}\tGhi chó", "§· nép ®ñ hå s¬, chê thÈm ®Þnh"
    sheet = Sheet.objects.get(
        pk=bring(client, cells="\n".join([heading, line("1/GP") + f"\t{note}"])).url.split("/")[-2]
    )
    page = client.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert (
        "2 ô gõ bằng phông chữ cũ TCVN3 (.VnTime) đã được chuyển sang Unicode" in page
        and "Đã nộp đủ hồ sơ, chờ thẩm định" in page
    )


def test_cells_pasted_from_excel_are_tried_mended_written_and_undone(office):
    client = signed_in("cv.qlcn")
    sheet = Sheet.objects.get(
        pk=bring(client, cells="\n".join([HEADINGS, line("1/GP"), line("2/GP", "31/02/2024")])).url.split("/")[-2]
    )
    client.post(reverse("join-sheet", args=[sheet.pk]), {f"cot_{p}": f for p, f in sheet.mapping.items()})
    run_waiting()
    page = client.get(reverse("sheet", args=[sheet.pk])).content.decode()
    assert "31/02/2024” không phải một ngày" in page and 'name="o_2_4"' in page
    client.post(reverse("mend-sheet", args=[sheet.pk]), {"o_2_4": "28/02/2024"})
    run_waiting()
    client.post(reverse("write-sheet", args=[sheet.pk]))
    run_waiting()
    assert [row.number for row in Licence.objects.order_by("number")] == ["1/GP", "2/GP"]
    client.post(reverse("undo-sheet", args=[sheet.pk]))
    assert not Licence.objects.exists()


def test_a_list_taken_out_comes_in_again_as_it_was(office):
    for n in range(3):
        make(
            Licence,
            number=f"{n}/GP",
            facility=office,
            issued_on=f"2024-02-0{n + 1}",
            expires_on="2029-01-01",
            fee=1000 * n,
            owner_unit="QLCN",
            confirmed_by=None,
            activity=next(iter(codes.labels("radiation.activity"))),
            kind=next(iter(codes.labels("radiation.licence_kind"))),
        )
    client = signed_in("cv.qlcn")
    for kind in ("xlsx", "csv"):
        answer = client.get(reverse("export", args=[*LICENCE, kind]))
        file = SimpleUploadedFile(f"so.{kind}", b"".join(answer.streaming_content))
        sheet = Sheet.objects.get(pk=bring(client, file=file).url.split("/")[-2])
        client.post(reverse("join-sheet", args=[sheet.pk]), {f"cot_{p}": f for p, f in sheet.mapping.items()})
        run_waiting()
        sheet.refresh_from_db()
        assert (sheet.found["rows"], sheet.found["same"], sheet.found["bad"]) == (3, 3, 0), sheet.errors


def test_an_export_holds_what_the_reader_sees_and_the_filters_let_through(office):
    make(Licence, number="1/GP", facility=office, issued_on="2024-02-01", expires_on="2029-01-01", owner_unit="QLCN")
    make(Licence, number="2/GP", facility=office, issued_on="2023-02-01", expires_on="2029-01-01", owner_unit="QLCN")
    make(Licence, number="3/GP", issued_on="2024-03-01", expires_on="2029-01-01", owner_unit="QLKH")
    words = b"".join(
        signed_in("cv.qlcn")
        .get(reverse("export", args=[*LICENCE, "csv"]) + "?issued_on_tu=2024-01-01")
        .streaming_content
    ).decode("utf-8-sig")
    assert "1/GP" in words and "2/GP" not in words and "3/GP" not in words


def test_a_cell_that_looks_like_a_formula_stays_text(office):
    make(Licence, number="=1+1", facility=office, issued_on="2024-02-01", expires_on="2029-01-01", owner_unit="QLCN")
    client = signed_in("cv.qlcn")
    book = b"".join(client.get(reverse("export", args=[*LICENCE, "xlsx"])).streaming_content)
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert "'=1+1" in b"".join(client.get(reverse("export", args=[*LICENCE, "csv"])).streaming_content).decode()


def test_the_form_that_the_law_prescribes_is_written_with_its_columns(office):
    make(Reception, code="01/2024", received_on="2024-03-05", people=2, matter="Hỏi về thủ tục", owner_unit="QLCN")
    book = b"".join(
        signed_in("cv.qlcn").get(reverse("export", args=["inspection", "reception", "mau.xlsx"])).streaming_content
    )
    cells = cells_of(book, "so.xlsx").cells
    assert [c for c in cells[1] if c] == ["Sổ tiếp công dân"]
    head = next(row for row in cells if row[0] == "STT")
    assert head[:4] == ["STT", "Số trong sổ", "Ngày tiếp", "Lãnh đạo tiếp"]
    assert cells[cells.index(head) + 1][:4] == [1, "01/2024", "\x00day:2024-03-05", "không"]
    assert signed_in("cv.qlcn").get(reverse("export", args=[*LICENCE, "mau.xlsx"])).status_code == 404


def test_taking_out_personal_data_is_kept(office):
    certificate = make(Certificate, number="1/CC", holder="Học viên số 1", issued_on="2024-05-05", owner_unit="QLCN")
    b"".join(signed_in("cv.qlcn").get(reverse("export", args=["radiation", "certificate", "csv"])).streaming_content)
    assert [(r.reader.username, r.record) for r in Reading.objects.all()] == [("cv.qlcn", certificate.pk)]


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("rong.xlsx", b"  ", "Tệp rỗng"),
        ("hong.xlsx", b"PK\x03\x04" + b"x" * 500, ""),
        ("anh.xls", b"\xd0\xcf\x11\xe0" + b"x" * 500, "Không đọc được bảng tính"),
        ("nhi-phan.csv", bytes(range(256)) * 20, ""),
        ("trang.csv", b";;;\n;;;\n", "không có ô nào có chữ"),
    ],
)
def test_a_hostile_or_broken_file_is_refused_with_nothing_kept(office, name, content, says):
    answer = bring(signed_in("cv.qlcn"), file=SimpleUploadedFile(name, content))
    assert answer.status_code == 422
    assert says in answer.context["refused"] and len(answer.context["refused"]) > 15
    assert not Sheet.objects.exists()


def test_a_zip_bomb_is_refused_with_nothing_kept(office):
    answer = bring(signed_in("cv.qlcn"), file=SimpleUploadedFile("bom.xlsx", bomb()))
    assert answer.status_code == 422
    assert not Sheet.objects.exists()


def test_who_brought_a_sheet_alone_writes_it_for_the_rows_bear_that_name(office):
    person("tr.qlcn", "QLCN", Role.UNIT_HEAD)
    pk = bring(signed_in("cv.qlcn"), cells="\n".join([HEADINGS, line("1/GP")])).url.split("/")[-2]
    head = signed_in("tr.qlcn")
    assert head.get(reverse("sheet", args=[pk])).status_code == 200
    assert {
        head.post(reverse(name, args=[pk])).status_code for name in ("join-sheet", "mend-sheet", "write-sheet")
    } == {403}


@pytest.mark.parametrize("cells", ["o_1_999999999", "o_²_1", "cot_abc", "cot_999999999"])
def test_a_made_up_field_is_passed_over(office, cells):
    client = signed_in("cv.qlcn")
    pk = bring(client, cells="\n".join([HEADINGS, line("1/GP")])).url.split("/")[-2]
    for name in ("mend-sheet", "join-sheet"):
        assert client.post(reverse(name, args=[pk]), {cells: "number"}).status_code == 302
    assert "999999999" not in str(Sheet.objects.get(pk=pk).mended) + str(Sheet.objects.get(pk=pk).mapping)


def test_a_cell_without_end_is_refused(office):
    answer = bring(signed_in("cv.qlcn"), cells='Số GP\t"' + "x" * 140_000)
    assert answer.status_code == 422
    assert "ngoặc kép" in answer.context["refused"]


#: page → what each person gets: 200 shown, 403 refused, 404 hidden.
TABLE = {
    "bring-sheet": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 403, "quantri": 403},
    "sheet": {"cv.qlcn": 200, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
    "marked-sheet": {"cv.qlcn": 200, "cv.qlkh": 404, "giamdoc": 404, "quantri": 404},
    "export": {"cv.qlcn": 200, "cv.qlkh": 200, "giamdoc": 200, "quantri": 200},
}


def test_each_person_gets_each_page_as_the_table_says(office):
    pk = bring(signed_in("cv.qlcn"), cells="\n".join([HEADINGS, line("1/GP", facility="CS-9")])).url.split("/")[-2]
    signed_in("cv.qlcn").post(
        reverse("join-sheet", args=[pk]), {f"cot_{p}": f for p, f in Sheet.objects.get().mapping.items()}
    )
    run_waiting()
    pages = {
        "bring-sheet": reverse("bring-sheet", args=LICENCE),
        "sheet": reverse("sheet", args=[pk]),
        "marked-sheet": reverse("marked-sheet", args=[pk]),
        "export": reverse("export", args=[*LICENCE, "csv"]),
    }
    got = {name: {who: signed_in(who).get(pages[name]).status_code for who in people} for name, people in TABLE.items()}
    assert got == TABLE
    assert signed_in("cv.qlkh").post(reverse("write-sheet", args=[pk])).status_code == 404
    assert signed_in("cv.qlkh").post(reverse("undo-sheet", args=[pk])).status_code == 404
