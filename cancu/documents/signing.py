"""Digital signatures on PDF (PAdES, ETSI.CAdES.detached): made with a key that the user brings, checked offline.

The key and its passphrase live only as long as the call. What is seen on the page follows Decree 30/2020/NĐ-CP, Annex I:
the leader's handwritten signature above the name; the agency's seal, red, over a third of it on its left; on a separate
annex three lines of text at the top right of its first page. Revocation is not asked: no call leaves the machine.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cancu.core.calendar import now

LARGEST_PICTURE = 400 * 1024
LARGEST_KEY = 100 * 1024
MM = 72 / 25.4
#: Seen on the page: width, height in millimetres. The seal is drawn in its real size.
SIZES = {"leader": (40, 20), "seal": (36, 36), "annex": (70, 12)}
_LOOK = b"""#let d = json(bytes(sys.inputs.data))
#set page(width: d.width * 1mm, height: d.height * 1mm, margin: 0pt, fill: none)
#set text(font: "Tinos", size: 10pt)
#if d.picture.len() > 0 { image(bytes(d.picture), format: "png", width: 100%, height: 100%, fit: "contain") } else {
  set text(size: 8pt) if d.kind != "annex"
  set par(leading: 3pt)
  align(if d.kind == "annex" { right } else { center } + horizon, d.lines.map(l => text(l)).join(linebreak()))
}"""


class SignatureKind(models.TextChoices):
    LEADER = "leader", _("Chữ ký của người có thẩm quyền")
    SEAL = "seal", _("Chữ ký (con dấu) của cơ quan")
    ANNEX = "annex", _("Chữ ký của cơ quan trên phụ lục rời")


@dataclass(frozen=True, slots=True)
class Checked:
    """One signature of a file. ``intact``: the signed bytes are as they were; ``valid``: and the mathematics agree;
    ``trusted``: the certificate leads to a root that the department trusts; ``whole``: nothing but further signatures
    was added since; ``at`` is the signer's own word."""

    field: str
    signer: str
    at: dt.datetime | None
    valid: bool
    intact: bool
    trusted: bool
    whole: bool


def sign(
    pdf: bytes, key: bytes, passphrase: str, kind: str, name: str = "", picture: bytes = b"", number: str = ""
) -> bytes:
    """The PDF with one signature more, those before it still whole. ``key`` is a PKCS#12 file; ``name`` is the signer's
    printed name, by which the place is found; ``picture`` a PNG with a clear ground. Raises ValidationError naming the field."""
    from pyhanko.pdf_utils import layout
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import fields, signers
    from pyhanko.sign.general import SigningError
    from pyhanko.stamp import StaticStampStyle

    _check_picture(picture)
    signer = _signer(key, passphrase)
    moment = timezone.localtime(now())
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
        taken = len(writer.prev.embedded_signatures)
        page, box = _place(pdf, kind, name)
        field = fields.SigFieldSpec(f"{kind}-{taken + 1}", on_page=page, box=box)
        meta = signers.PdfSignatureMetadata(
            field_name=field.sig_field_name, subfilter=fields.SigSeedSubFilter.PADES, name=signer.subject_name
        )
        with tempfile.NamedTemporaryFile(suffix=".pdf") as look:  # pyHanko takes a picture by its path
            look.write(_look(kind, signer.subject_name, picture, number, moment))
            look.flush()
            real_size = layout.SimpleBoxLayoutRule(
                x_align=layout.AxisAlignment.ALIGN_MID, y_align=layout.AxisAlignment.ALIGN_MID, margins=layout.Margins()
            )
            style = StaticStampStyle.from_pdf_file(
                look.name, border_width=0, background_opacity=1, background_layout=real_size
            )
            made = signers.PdfSigner(meta, signer, stamp_style=style, new_field_spec=field).sign_pdf(writer)
    except (PdfError, SigningError) as error:
        raise ValidationError(
            {"file": _("Không ký được tệp PDF này: tệp hỏng, có mật khẩu hoặc không cho thêm chữ ký.")}
        ) from error
    return bytes(made.getvalue())


def check(pdf: bytes) -> list[Checked]:
    """Every signature of the file, oldest first. Raises ValidationError where the file can't be taken apart."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        found = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_signatures
        return [_checked(one) for one in found]
    except (
        PdfError,
        ValueError,
        KeyError,
        RecursionError,
        TypeError,
        AttributeError,
        IndexError,
    ) as error:  # hostile files break readers anywhere
        raise ValidationError(_("Không kiểm tra được chữ ký số: tệp PDF hỏng.")) from error


def _checked(one: Any) -> Checked:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.general import SigningError
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.errors import SignatureValidationError
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    signer = one.signer_cert.subject.native.get("common_name", "") if one.signer_cert is not None else ""
    try:
        context = ValidationContext(trust_roots=_roots(), allow_fetching=False, revocation_mode="soft-fail")
        status = validate_pdf_signature(
            one,
            context,
            key_usage_settings=KeyUsageConstraints(
                key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
            ),
        )
    except (SignatureValidationError, SigningError, ValueError):
        return Checked(str(one.field_name), str(signer), one.self_reported_timestamp, False, False, False, False)
    whole = status.modification_level in (
        ModificationLevel.NONE,
        ModificationLevel.LTA_UPDATES,
        ModificationLevel.FORM_FILLING,
    )
    return Checked(
        str(one.field_name),
        str(signer),
        one.self_reported_timestamp,
        status.valid and status.intact,
        status.intact,
        status.trusted,
        bool(status.intact and whole),
    )


def _signer(key: bytes, passphrase: str) -> Any:
    from cryptography.hazmat.primitives.serialization import pkcs12
    from pyhanko.sign import signers

    wrong = ValidationError(
        {"key": _("Không mở được tệp khóa: hãy chọn tệp .p12 hoặc .pfx có khóa riêng và kiểm tra mật khẩu.")}
    )
    if len(key) > LARGEST_KEY:
        raise wrong
    secret = passphrase.encode() or None
    try:  # pyHanko logs what it cannot open; a wrong passphrase is found here, unlogged
        private, certificate, _others = pkcs12.load_key_and_certificates(key, secret)
    except (ValueError, TypeError):
        raise wrong from None
    if private is None or certificate is None:
        raise wrong
    if not certificate.not_valid_before_utc <= now() <= certificate.not_valid_after_utc:
        raise ValidationError({"key": _("Chứng thư số chưa có hiệu lực hoặc đã hết hạn; hãy gia hạn trước khi ký.")})
    signer = signers.SimpleSigner.load_pkcs12_data(key, other_certs=[], passphrase=secret)
    if signer is None:
        raise wrong
    return signer


def _roots() -> list[Any]:
    """The certificates of ``CANCU_ROOTS`` (PEM or DER), by default ``var/roots``: what the department trusts."""
    from pyhanko.keys import load_certs_from_pemder

    return list(
        load_certs_from_pemder(
            [str(p) for p in sorted(Path(settings.TRUST_ROOTS).glob("*")) if p.suffix in (".pem", ".crt", ".cer")]
        )
    )


def _check_picture(picture: bytes) -> None:
    if picture and (len(picture) > LARGEST_PICTURE or not picture.startswith(b"\x89PNG\r\n\x1a\n")):
        raise ValidationError({"picture": _("Hình chữ ký, con dấu phải là tệp PNG nền trong, không quá 400 kB.")})


def _look(kind: str, signer: str, picture: bytes, number: str, moment: dt.datetime) -> bytes:
    """What is seen of the signature, as a small PDF: the picture, or words where none is given."""
    from vanban.write.pdf import typeset
    from vanban.write.words import UnwritableDocument

    lines = (
        [number, moment.isoformat(timespec="seconds")]
        if kind == SignatureKind.ANNEX
        else [signer, moment.strftime("%d/%m/%Y %H:%M:%S %z")]
    )
    width, height = SIZES[kind]
    data = {
        "kind": kind,
        "width": width,
        "height": height,
        "picture": list(picture),
        "lines": [line for line in lines if line],
    }
    try:
        return typeset(_LOOK, json.dumps(data, ensure_ascii=False))
    except UnwritableDocument as error:
        raise ValidationError({"picture": _("Không vẽ được hình chữ ký này; hãy lưu lại thành PNG.")}) from error


def _place(pdf: bytes, kind: str, name: str) -> tuple[int, tuple[int, int, int, int]]:
    """Page and box (points). Above the printed name where it stands on its last page, else low on the right."""
    import pypdfium2

    width, height = (int(side * MM) for side in SIZES[kind])
    file = pypdfium2.PdfDocument(pdf)
    try:
        if kind == SignatureKind.ANNEX:
            right, top = file[0].get_size()
            return 0, (int(right) - width - 42, int(top) - height - 14, int(right) - 42, int(top) - 14)
        for number in reversed(range(len(file))):
            box = _above(file[number], name) if name else None
            if box:
                middle, low = box
                if kind == SignatureKind.SEAL:  # over a third of the signature, on its left
                    middle, low = (
                        middle - SIZES["leader"][0] * MM / 2 - width / 2 + SIZES["leader"][0] * MM / 3,
                        low - (height - SIZES["leader"][1] * MM) / 2,
                    )
                left, bottom = int(middle - width / 2), int(low)
                return number, (left, bottom, left + width, bottom + height)
        right = int(file[len(file) - 1].get_size()[0]) - 60 - (100 if kind == SignatureKind.SEAL else 0)
        return len(file) - 1, (right - width, 90, right, 90 + height)
    finally:
        file.close()


def _above(page: Any, name: str) -> tuple[float, float] | None:
    """Middle and lower edge of the room above the last time that ``name`` stands on the page."""
    words = page.get_textpage()
    searcher, found = words.search(name, match_case=True), None
    while (hit := searcher.get_next()) is not None:
        found = hit
    if found is None:
        return None
    boxes = [words.get_charbox(n) for n in range(found[0], found[0] + found[1])]
    return (min(b[0] for b in boxes) + max(b[2] for b in boxes)) / 2, max(b[3] for b in boxes) + 2
