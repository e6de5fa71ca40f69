"""A PDF is signed with a key that the user brings, the agency signs over it, and every change is found."""

from __future__ import annotations

import datetime as dt
import logging

import pypdfium2
import pytest
from django.core.exceptions import ValidationError

from cancu.documents.signing import check, sign
from cancu.documents.tests.authority import PASSPHRASE, Authority
from cancu.documents.tests.papers import letter
from vanban.write import write
from vanban.write.pdf import typeset

SEAL = typeset(
    b"#set page(width: 36mm, height: 36mm, margin: 1mm, fill: none)\n#circle(width: 100%, stroke: 2pt + red)",
    "{}",
    format="png",
    ppi=150,
)


@pytest.fixture(autouse=True)
def authority(tmp_path, settings):
    made = Authority()
    settings.TRUST_ROOTS = tmp_path / "roots"
    made.trusted_in(settings.TRUST_ROOTS)
    return made


@pytest.fixture
def pdf():
    return write(letter(), "pdf")


def test_a_leader_signs_and_the_agency_over_it_and_both_hold(authority, pdf):
    once = sign(pdf, authority.key_of("Nguyễn Văn Bình"), PASSPHRASE, "leader", "Nguyễn Văn Bình")
    twice = sign(once, authority.key_of("UBND tỉnh Quảng Trị"), PASSPHRASE, "seal", "Nguyễn Văn Bình", SEAL)
    assert [(s.signer, s.valid, s.intact, s.trusted, s.whole) for s in check(twice)] == [
        ("Nguyễn Văn Bình", True, True, True, True),
        ("UBND tỉnh Quảng Trị", True, True, True, True),
    ]
    assert twice.startswith(once), "a second signature is added, nothing before it is rewritten"


@pytest.mark.parametrize("place", [200, 1000, 5000])
def test_one_changed_byte_is_found(authority, pdf, place):
    signed = bytearray(sign(pdf, authority.key_of("A"), PASSPHRASE, "leader"))
    signed[place] ^= 1
    try:
        found = check(bytes(signed))
    except ValidationError:
        return  # so broken that it isn't a PDF any more
    assert [(s.valid, s.intact, s.whole) for s in found] in ([], [(False, False, False)])


def test_words_added_after_signing_are_found(authority, pdf):
    from io import BytesIO

    from pypdf import PdfReader, PdfWriter

    signed = sign(pdf, authority.key_of("A"), PASSPHRASE, "leader")
    writer = PdfWriter(BytesIO(signed), incremental=True)
    writer.add_blank_page(200, 200)
    made = BytesIO()
    writer.write(made)
    assert len(PdfReader(made).pages) == len(PdfReader(BytesIO(signed)).pages) + 1
    assert [(s.intact, s.whole) for s in check(made.getvalue())] == [(True, False)]


def test_a_signature_of_an_unknown_authority_is_whole_but_not_trusted(pdf):
    (found,) = check(sign(pdf, Authority("CA lạ").key_of("A"), PASSPHRASE, "leader"))
    assert (found.valid, found.intact, found.trusted) == (True, True, False)


def test_a_file_without_signatures_has_none(pdf):
    assert check(pdf) == []


def test_the_seal_covers_a_third_of_the_signature_on_its_left_above_the_name(authority, pdf):
    key = authority.key_of("A")
    signed = sign(
        sign(pdf, key, PASSPHRASE, "leader", "Nguyễn Văn Bình", SEAL), key, PASSPHRASE, "seal", "Nguyễn Văn Bình", SEAL
    )
    leader, seal = _boxes(signed)
    assert leader[0] < seal[2] < leader[2] and seal[0] < leader[0]
    assert abs((seal[2] - leader[0]) / (leader[2] - leader[0]) - 1 / 3) < 0.03
    pixels, width, height = _seen(signed)
    red = [
        1
        for x in range(int(seal[0]), int(seal[2]))
        for y in range(int(height - seal[3]), int(height - seal[1]))
        if pixels[3 * (y * width + x) + 1] < 120 < pixels[3 * (y * width + x) + 2]
    ]
    assert len(red) > 100, "the seal is seen, in red"


def test_a_separate_annex_bears_number_and_time_as_text_at_the_top_right(authority, pdf):
    signed = sign(pdf, authority.key_of("Sở"), PASSPHRASE, "annex", number="215/BC-SKHCN")
    (box,) = _boxes(signed)
    assert box[0] > 595 / 2 and box[3] > 800
    assert _seen(signed) != _seen(pdf)


def _seen(data):
    """The first page as pixels (blue, green, red), with what is drawn for signatures."""
    file = pypdfium2.PdfDocument(data)
    file.init_forms()
    bitmap = file[0].render(scale=1, rev_byteorder=False, may_draw_forms=True)
    assert bitmap.n_channels == 3
    rows = bytes(bitmap.buffer)
    lines = [rows[y * bitmap.stride : y * bitmap.stride + 3 * bitmap.width] for y in range(bitmap.height)]
    return b"".join(lines), bitmap.width, bitmap.height


def _boxes(signed):
    from io import BytesIO

    from pypdf import PdfReader

    return [
        [float(n) for n in a.get_object()["/Rect"]]
        for p in PdfReader(BytesIO(signed)).pages
        for a in p.get("/Annots", [])
        if a.get_object().get("/FT") == "/Sig"
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"passphrase": "sai"}, "key"),
        ({"key": b"khong phai khoa"}, "key"),
        ({"key": b"0" * 200_000}, "key"),
        ({"picture": b"GIF89a"}, "picture"),
        ({"picture": b"\x89PNG\r\n\x1a\n" + b"0" * 100}, "picture"),
        ({"pdf": b"khong phai pdf"}, "file"),
        ({"pdf": b"%PDF-1.7\n"}, "file"),
    ],
)
def test_what_cannot_be_signed_is_refused_with_its_field_and_nothing_secret_is_logged(
    authority, pdf, caplog, changes, field
):
    caplog.set_level(logging.DEBUG)
    given = {
        "pdf": pdf,
        "key": authority.key_of("A"),
        "passphrase": PASSPHRASE,
        "kind": "leader",
        "picture": b"",
        **changes,
    }
    with pytest.raises(ValidationError) as refused:
        sign(**given)
    assert list(refused.value.message_dict) == [field]
    assert PASSPHRASE not in caplog.text


def test_an_expired_certificate_does_not_sign(authority, pdf):
    with pytest.raises(ValidationError, match="hết hạn"):
        sign(pdf, authority.key_of("A", until=dt.datetime(2021, 1, 1, tzinfo=dt.UTC)), PASSPHRASE, "leader")
