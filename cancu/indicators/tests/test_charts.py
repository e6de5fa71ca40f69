"""A picture is one SVG for page, Word and PDF; its numbers are told in words and in a table too."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from lxml import etree

from cancu.indicators.charts import PALETTE, SHAPES, Chart, shape_of

SVG = "{http://www.w3.org/2000/svg}"
KINDS = Chart("Giấy phép theo loại", ("Cấp mới", "Gia hạn <sửa>", "Cấp lại"), (("", (12, 3, None)),))
TWO_YEARS = Chart("Mẫu theo tháng", ("T1", "T2"), (("Đạt", (10036, 5)), ("Không đạt", (Decimal("15.5"), 0))), "columns")


def words_of(chart: Chart) -> list[str]:
    return [node.text or "" for node in etree.fromstring(chart.svg()).iter(f"{SVG}text")]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_whole_xml_with_a_title_and_its_numbers_in_words(shape):
    root = etree.fromstring(Chart("Mẫu", ("2022", "2023", "2024"), (("", (5, None, 1929)),), shape).svg())
    assert root.find(f"{SVG}title").text == "Mẫu"
    assert root.find(f"{SVG}desc").text == "2022: 5; 2023: —; 2024: 1.929"
    assert not [
        node
        for node in root.iter()
        if "style" in node.attrib or etree.QName(node).localname in ("script", "style", "image", "use")
    ]


def test_each_bar_bears_its_number_as_documents_write_it():
    assert words_of(KINDS) == ["Cấp mới", "12", "Gia hạn <sửa>", "3", "Cấp lại", "—"]
    assert words_of(TWO_YEARS)[:2] == ["10.051,5", "T1"]


def test_the_length_of_a_bar_is_its_share_of_the_longest():
    widths = [float(node.get("width")) for node in etree.fromstring(KINDS.svg()).iter(f"{SVG}rect")]
    assert widths[1] == pytest.approx(widths[0] / 4, abs=0.1)
    assert len(widths) == 2, "nothing is drawn for what was not recorded"


def test_a_year_without_record_breaks_the_line_instead_of_touching_zero():
    chart = Chart("Mẫu", ("2021", "2022", "2023", "2024"), (("", (1, None, 3, 4)),), "line")
    line = [node.get("d") for node in etree.fromstring(chart.svg()).iter(f"{SVG}path") if node.get("fill") == "none"]
    assert [d.count("M") for d in line] == [2]
    assert words_of(chart)[:3] == ["1", "3", "4"]


def test_the_table_beside_a_picture_has_every_number():
    assert cells(TWO_YEARS) == [["", "T1", "T2"], ["Đạt", "10.036", "5"], ["Không đạt", "15,5", "0"]]
    assert cells(KINDS) == [["", "Số liệu"], ["Cấp mới", "12"], ["Gia hạn <sửa>", "3"], ["Cấp lại", "—"]]


def cells(chart: Chart) -> list[list[str]]:
    return [
        [" ".join(i.text for p in cell.paragraphs for i in p.inlines) for cell in row] for row in chart.table().rows
    ]


@pytest.mark.parametrize(
    ("labels", "shape"), [(("2023", "2024"), "line"), (("T1", "T12"), "columns"), (("Cấp mới", "2024"), "bars")]
)
def test_what_the_labels_are_decides_the_shape(labels, shape):
    assert shape_of(labels) == shape


@pytest.mark.parametrize(("shape", "values"), [("pie", (1,)), ("bars", (1, 2))])
def test_a_picture_that_cannot_be_drawn_is_refused(shape, values):
    with pytest.raises(ValueError, match="Mẫu"):
        Chart("Mẫu", ("một",), (("", values),), shape)


#: Machado, Oliveira & Fernandes (2009), severity 1: how eyes that lack one kind of cone see linear RGB.
EYES = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


@pytest.mark.parametrize("eye", EYES)
def test_colours_stay_apart_for_colour_blind_eyes(eye):
    seen = [lab(colour, EYES[eye]) for colour in PALETTE]
    nearest = min(
        sum((a - b) ** 2 for a, b in zip(x, y, strict=True)) ** 0.5 for x, y in itertools.combinations(seen, 2)
    )
    assert nearest > 20  # CIE76; about 2.3 is just noticeable side by side


def lab(colour: str, eye: tuple) -> tuple[float, float, float]:
    linear = [
        (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
        for c in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    r, g, b = (min(max(sum(m * c for m, c in zip(row, linear, strict=True)), 0), 1) for row in eye)
    x, y, z = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883,
    )
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
