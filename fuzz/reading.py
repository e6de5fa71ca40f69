"""Throw damaged files at the readers: a document or ``UnreadableFile``, anything else is a defect.

    python fuzz/reading.py KIND [libFuzzer options]      KIND: docx word doc pdf html edxml md txt zip

See docs/develop/fuzz.md.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import warnings
from pathlib import Path

import atheris  # type: ignore[import-untyped]

sys.path.insert(0, str(Path(__file__).parents[1]))
with atheris.instrument_imports(include=["vanban"]):
    from vanban.read import UnreadableFile, read
    from vanban.read.tests.files import old_word, package, paragraph, word
    from vanban.read.tests.test_other_formats import EDXML
    from vanban.write import write
    from vanban.write.tests.documents import report

# In a zip the fuzzer can't pass the check sums: it mutates the part and we pack it.
SEEDS = {
    "docx": write(report(), "docx"),
    "word": word(paragraph("Chữ") + "<w:tbl><w:tr><w:tc>" + paragraph("a") + "</w:tc></w:tr></w:tbl>"),
    "doc": old_word("SỞ KHOA HỌC\rBáo cáo\rTT\x07Số\x07\x071\x075\x07\x07Hết\r"),
    "pdf": write(report(), "pdf"),
    "html": write(report(), "html"),
    "edxml": EDXML.encode(),
    "md": write(report(), "md"),
    "txt": write(report(), "md"),
    "zip": b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>',
}


def main() -> None:
    """Read the kind, leave the rest to libFuzzer."""
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind not in SEEDS:
        sys.exit(f"KIND: {' '.join(SEEDS)}")
    warnings.simplefilter("ignore")

    def one(data: bytes) -> None:
        with contextlib.suppress(UnreadableFile):
            read(package({"word/document.xml": data}) if kind == "zip" else data, f"x.{kind}")

    with tempfile.TemporaryDirectory() as corpus:
        (Path(corpus) / "seed").write_bytes(SEEDS[kind])
        atheris.Setup([sys.argv[0], *sys.argv[2:], corpus], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
