"""``vanban convert IN OUT``: an official document from one format into another."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from vanban.translation import _

HELP = _("chuyển văn bản sang định dạng khác")
_FORMATS = {".docx": "docx", ".pdf": "pdf", ".html": "html", ".htm": "html", ".md": "md"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to read and the file to write; the ending of the second chooses the format."""
    parser.add_argument("source", metavar=_("VÀO"), help=_("tệp .docx, .doc, .pdf, .html, .md, .txt hoặc edXML"))
    parser.add_argument("target", metavar=_("RA"), help=_("tệp .docx, .pdf, .html hoặc .md"))
    parser.add_argument("--trusted", action="store_true", help=_("đọc ngay trong tiến trình này (tệp của chính mình)"))


def run(args: argparse.Namespace) -> int:
    """0: written; 2: could not read or write, with the reason on the error stream."""
    from vanban.read import UnreadableFile, read, read_untrusted
    from vanban.write import write
    from vanban.write.atomic import UnwrittenFile, write_file
    from vanban.write.words import UnwritableDocument

    format = _FORMATS.get(Path(args.target).suffix.lower())
    if format is None:
        known = ", ".join(sorted(_FORMATS))
        return _failed(
            _("Không biết ghi {target}: đuôi tệp phải là một trong {known}.").format(target=args.target, known=known)
        )
    try:
        document = (read if args.trusted else read_untrusted)(args.source)
        write_file(args.target, write(document, format))  # type: ignore[arg-type]
    except (UnreadableFile, UnwritableDocument) as error:
        return _failed(str(error))
    except UnwrittenFile as error:
        return _failed(str(error.strerror))
    return 0


def _failed(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 2
