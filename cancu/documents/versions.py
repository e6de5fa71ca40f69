"""The files of a draft as its versions: the words of each, read once in vanban's guarded child and kept beside the
store, and what a careful reader would find in them."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError

from cancu.core.attachments import TYPES, Attachment, attach
from cancu.core.people import User
from vanban.read.guard import MiB, UnreadableFile

from .models import Document, canonical
from .outside import PAPERS, Opened, opened
from .standing import ended_by
from .transfers import keep_signatures

if TYPE_CHECKING:
    from vanban.checks import Finding
    from vanban.checks.beside import DocumentRegister
    from vanban.layout.measures import Page

READABLE = frozenset(TYPES[kind] for kind in PAPERS)
#: A file up to this size is read while the page waits; a larger one by a job.
AT_ONCE = 2 * MiB


@dataclass(frozen=True)
class Words:
    """The words of a version and its page's measures. ``text`` is empty for a scan; ``refusal`` says why nothing was read."""

    text: str = ""
    page: Page | None = None
    refusal: str = ""


def add_version(document: Document, name: str, data: bytes, user: User) -> Attachment:
    """Keep a file that ``user`` brought as the newest version. Raises ValidationError with the reason of a refusal;
    nothing is kept then."""
    found = open_paper(data, name)
    made = attach(document, name, data, user, found.kind)
    _keep(made.sha256, _words(found))
    keep_signatures(made)
    return made


def open_paper(data: bytes, name: str) -> Opened:
    """``opened`` for Word and PDF, refusing as forms do."""
    try:
        return opened(data, name, PAPERS)
    except UnreadableFile as error:
        raise ValidationError({"file": str(error)}) from error


def known_words(version: Attachment) -> Words | None:
    """The words of a version; None where it is large and was not read yet (``read_words`` does, in a job)."""
    path = _path(version.sha256)
    if path.exists():
        return _kept(path)
    return read_words(version) if version.size <= AT_ONCE else None


def read_words(version: Attachment) -> Words:
    """Read a version in the guarded child, and keep its words."""
    try:
        found = _words(opened(version.read(), version.name, PAPERS))
    except UnreadableFile as error:
        found = Words(refusal=str(error))
    _keep(version.sha256, found)
    return found


def _words(found: Opened) -> Words:
    from vanban.reading import text_of

    return Words(text_of(found.tree) if found.tree else "", found.page)


def _path(sha256: str) -> Path:
    return Path(settings.VAR) / "words" / f"{sha256}.json"


def _keep(sha256: str, words: Words) -> None:
    from vanban.write.atomic import write_file

    path = _path(sha256)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, json.dumps(asdict(words), ensure_ascii=False).encode())


def _kept(path: Path) -> Words:
    from vanban.layout.measures import Page

    data = json.loads(path.read_bytes())
    return Words(data["text"], Page(**data["page"]) if data["page"] else None, data["refusal"])


def findings(words: Words, day: dt.date, draft: bool = True) -> list[Finding]:
    """What ``vanban check`` finds, judged by the law of ``day``, against the department's register. That a ``draft`` has
    no number and day yet is no fault."""
    from vanban.checks import Beside, check

    return check(
        words.text,
        day,
        ignore=("F3",) if draft else (),
        from_tree=True,
        beside=Beside(_register(words.text, day), page=words.page),
    )


def _register(text: str, day: dt.date) -> DocumentRegister:
    """The documents of the register that the text cites, and until when each holds."""
    from vanban.checks.beside import DocumentRegister, Known
    from vanban.citations import cited_in
    from vanban.text import CleanText

    numbers = {canonical(one.canonical) for one in cited_in(CleanText(text), day) if one.canonical}
    cited = list(Document.objects.filter(canonical__in=numbers))
    ended = ended_by([one.pk for one in cited], day)
    return DocumentRegister(
        tuple(
            Known(
                one.canonical,
                one.issued_on,
                one.effective_on,
                _last_day(one, ended.get(one.pk, [])),
                next((e.canonical for e in ended.get(one.pk, [])), ""),
            )
            for one in cited
        )
    )


def _last_day(document: Document, ending: list[Document]) -> dt.date | None:
    """Its own last day, or the day before a document that ends it takes effect."""
    days = [one.effective_on - dt.timedelta(days=1) for one in ending if one.effective_on]
    return min([*days, *([document.ended_on] if document.ended_on else [])], default=None)
