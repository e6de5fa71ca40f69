"""Documents for the tests: one real-looking report, and any tree at all."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from vanban.document import (
    Appendix,
    Cell,
    Document,
    Header,
    Heading,
    Node,
    Paragraph,
    Picture,
    Signature,
    Table,
    Text,
    joined,
)

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 120"><rect x="10" y="40" width="60" height="60" fill="#0e4a5c"/>'
    '<text x="10" y="115" font-size="12">Năm 2024</text></svg>'
)

# Any words that XML may carry; the control characters that it forbids are dropped on writing.
any_words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t"), max_size=20
) | st.sampled_from(
    ["", " ", "a  b", " đầu", "cuối ", "30/2020/NĐ-CP", "<b>&amp;", "#set x", "a\nb", "\t", "Kính gửi:", "- x;"]
)
refs = (
    any_words
    | any_words.map(lambda w: "figure:" + w)
    | st.sampled_from(["document:155/KH-UBND@2022-08-03", "figure:" + "a" * 90, "ref:0"])
)
links = st.sampled_from(["", "https://a.vn/b?c=d&e=f#g", "/can-cu/1", "mailto:a@b.vn", "#x"])
texts = st.builds(Text, any_words, st.booleans(), st.booleans())
nodes = st.builds(Node, refs, any_words, links, st.booleans(), st.booleans())
inlines = st.lists(texts | nodes, max_size=4).map(lambda runs: joined(tuple(runs)))
paragraphs = st.builds(
    Paragraph, inlines, st.sampled_from(["", "-", "+", "a)"]), st.sampled_from(["justify", "left", "center", "right"])
)
numbers = any_words | st.sampled_from(["I.", "1.", "a)", "Chương II", "Điều 3.", "Mục 1"])
headings = st.builds(Heading, st.integers(1, 4), numbers, inlines)
millimetres = st.integers(1, 160_000).map(lambda thousandths: thousandths / 1000)
pictures = st.builds(Picture, st.just(CHART), any_words, millimetres, millimetres)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A full grid with one merged block anywhere in it."""
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    top, left = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
    rows, columns = draw(st.integers(1, height - top)), draw(st.integers(1, width - left))
    content = st.lists(paragraphs, max_size=2).map(tuple)
    grid: list[tuple[Cell, ...]] = []
    for r in range(height):
        row = []
        for c in range(width):
            inside = top <= r < top + rows and left <= c < left + columns
            if not inside:
                row.append(Cell(draw(content)))
            elif (r, c) == (top, left):
                row.append(Cell(draw(content), columns, rows))
        grid.append(tuple(row))
    return Table(tuple(grid), draw(st.integers(0, height)), draw(any_words))


blocks = st.lists(paragraphs | headings | tables() | pictures, max_size=4).map(tuple)
headers = st.builds(
    Header,
    any_words,
    any_words,
    any_words,
    any_words,
    any_words,
    st.none() | st.dates(dt.date(1, 1, 1)),
    any_words,
    any_words,
)
lines = st.lists(any_words, max_size=3).map(tuple)
documents = st.builds(
    Document,
    headers | st.just(Header()),
    lines,
    st.lists(paragraphs, max_size=2).map(tuple),
    blocks,
    st.builds(Signature, lines, any_words),
    lines,
    st.lists(st.builds(Appendix, any_words, any_words, blocks, any_words), max_size=2).map(tuple),
)


def report() -> Document:
    """A short annual report with every component of the position diagram that a report has."""
    words = (
        Text("Trong năm, Sở cấp giấy phép cho "),
        Node("figure:radiation.facilities_licensed", "15", "https://so.vn/so-lieu/15"),
        Text(" cơ sở, theo "),
        Node("document:30/2020/NĐ-CP@2020-03-05", "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020"),
        Text("."),
    )
    long = tuple(
        Paragraph((Text("Sở Khoa học và Công nghệ đã chủ động triển khai kịp thời các nhiệm vụ được giao. " * 6),))
        for _ in range(12)
    )
    head = tuple(Cell((Paragraph((Text(w),)),)) for w in ("TT", "Chỉ tiêu", "Kết quả"))
    rows = tuple(
        tuple(Cell((Paragraph((Text(w),)),)) for w in (str(n), "Phương tiện đo được kiểm định", "10.036"))
        for n in range(1, 60)
    )
    return Document(
        Header(
            "UBND TỈNH QUẢNG TRỊ",
            "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
            "08",
            "BC-SKHCN",
            "Quảng Trị",
            dt.date(2024, 2, 5),
            "BÁO CÁO",
            "Kết quả thực hiện Chương trình công tác năm 2024 và nhiệm vụ trọng tâm năm 2025",
        ),
        ("UBND tỉnh",),
        (Paragraph((Text("Căn cứ Luật Năng lượng nguyên tử;"),)),),
        (
            Heading(1, "I.", (Text("KẾT QUẢ THỰC HIỆN"),)),
            Heading(2, "1.", (Text("An toàn bức xạ"),)),
            Paragraph(words),
            *long,
            Table((head, *rows), 1, "Bảng 1. Kết quả kiểm định"),
            Picture(CHART, "Biểu đồ kết quả", 120.0, 45.0),
            Paragraph((Text("Trên đây là báo cáo của Sở./."),)),
        ),
        Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Nguyễn Văn A"),
        ("Như trên", "Giám đốc Sở", "Lưu: VT, VP"),
        (Appendix("I", "BẢNG SỐ LIỆU", long, "(Kèm theo Báo cáo số      /BC-SKHCN của Sở Khoa học và Công nghệ)"),),
    )
