"""Long work of the register of documents."""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils.translation import gettext as _

from cancu.core.attachments import Attachment
from cancu.core.jobs import Job, every, job
from cancu.core.people import User
from cancu.core.refusal import REFUSALS

from .arrivals import Arrival
from .arriving import read_one
from .versions import read_words

_log = logging.getLogger(__name__)


@every("*/5 * * * *")
def exchange() -> None:
    """The worker's turn every five minutes, where the department has an identifier: packets and statuses go out and come in."""
    from .exchange import one_pass

    clerk = User.objects.filter(username=settings.EXCHANGE_CLERK, is_active=True).first()
    if not settings.ORGAN_ID or clerk is None:
        return
    try:
        for one in one_pass(clerk):
            _log.info("exchange: %s%s", one.name, f": {one.refusal}" if one.refusal else "")
    except REFUSALS as error:
        _log.warning("exchange refused: %s", error)


@job("documents.read")
def read_arrivals(job: Job, arrivals: list[int]) -> str:
    """Read files that arrived, one after the other; each is kept as soon as it is read."""
    for done, arrival in enumerate(Arrival.objects.filter(pk__in=arrivals).order_by("pk")):
        job.step(done, len(arrivals), _("đọc %(name)s") % {"name": arrival.name})
        read_one(arrival)
    job.step(len(arrivals), len(arrivals), _("đã đọc"))
    return f"/van-ban-den/{arrivals[0]}/" if len(arrivals) == 1 else "/van-ban-den/"


@job("documents.version")
def read_version(job: Job, version: int) -> str:
    """Read the words of a large version of a draft, so that its page can say what was found."""
    found = Attachment.objects.get(pk=version)
    job.step(0, 1, _("đọc %(name)s") % {"name": found.name})
    read_words(found)
    job.step(1, 1, _("đã đọc"))
    return f"/van-ban-di/{found.record_id}/kiem-tra/?tep={version}"
