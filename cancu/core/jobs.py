"""Long work: asked for by a person, done by a worker, shown with its progress, stopped when asked.

A function takes part by a name; each folder keeps its own in ``jobs.py``::

    @job("sheets.commit")
    def commit(job: Job, sheet: int) -> str:
        with transaction.atomic():
            for done, row in enumerate(rows):
                job.step(done, len(rows), _("ghi dòng"))
                …
        return "/so/radiation/licence/"      # where to go when it is done

    ask("sheets.commit", user, _("Ghi 1.200 dòng"), sheet=7)

A job killed halfway is run again from its beginning, so what it writes belongs in one transaction. Parts that could
not be done while the rest was, it tells in ``job.error``; what came of it, in ``job.words``. The queue is procrastinate's,
in the same database: what is asked in a transaction that does not commit was never asked.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from cancu.logs import at_work

from .calendar import now
from .people import User
from .refusal import REFUSALS, reasons
from .restdays import forget

_log = logging.getLogger(__name__)
JOBS: dict[str, Callable[..., Any]] = {}
SECONDS_BETWEEN_STEPS = 0.3


class JobState(models.TextChoices):
    WAITING = "waiting", _("Đang chờ")
    RUNNING = "running", _("Đang chạy")
    DONE = "done", _("Xong")
    FAILED = "failed", _("Không làm được")
    STOPPED = "stopped", _("Đã dừng")


class Stopped(Exception):  # noqa: N818
    """Whoever asked for the job asked it to stop; what it wrote in its transaction is undone."""


class Job(models.Model):
    """One piece of long work. ``done`` of ``whole`` steps; ``whole`` 0 where it is not known yet."""

    name = models.CharField(_("việc"), max_length=60, help_text=_("Tên hàm làm việc này."))
    label = models.CharField(_("nội dung"), max_length=250, help_text=_("Câu người dùng thấy."))
    asked_by = models.ForeignKey(
        User, models.CASCADE, related_name="+", verbose_name=_("người yêu cầu"), help_text=_("Người giao việc cho máy.")
    )
    arguments = models.JSONField(_("tham số"), default=dict, help_text=_("Tham số của hàm."))
    state = models.CharField(
        _("tình trạng"),
        max_length=8,
        choices=JobState.choices,
        default=JobState.WAITING,
        db_index=True,
        help_text=_("Chờ, chạy, xong, hỏng, dừng."),
    )
    done = models.PositiveIntegerField(_("đã làm"), default=0, help_text=_("Số bước đã làm."))
    whole = models.PositiveIntegerField(_("tất cả"), default=0, help_text=_("Tổng số bước; 0 khi chưa biết."))
    words = models.CharField(_("đang làm"), max_length=250, blank=True, help_text=_("Bước đang làm."))
    error = models.TextField(_("lỗi"), blank=True, help_text=_("Vì sao không làm được."))
    leads_to = models.CharField(_("kết quả ở"), max_length=250, blank=True, help_text=_("Trang mở ra khi xong."))
    stop_asked = models.BooleanField(_("yêu cầu dừng"), default=False, help_text=_("Người giao việc đã bấm dừng."))
    asked_at = models.DateTimeField(_("lúc giao"), default=now, help_text=_("Thời điểm giao việc."))
    ended_at = models.DateTimeField(_("lúc kết thúc"), null=True, blank=True, help_text=_("Thời điểm kết thúc."))

    class Meta:
        verbose_name = _("việc chạy nền")
        verbose_name_plural = _("việc chạy nền")

    def __str__(self) -> str:
        return self.label

    @property
    def ended(self) -> bool:
        return self.ended_at is not None

    @property
    def percent(self) -> int:
        return min(100, 100 * self.done // self.whole) if self.whole else 0

    def step(self, done: int, whole: int, words: Any = "") -> None:
        """Say how far the work is; costs nothing when called often. Raises Stopped when the asker wants it stopped.
        Written over a connection of its own, so that it is seen while the work's transaction is still open."""
        self.done, self.whole, self.words = done, whole, str(words)[:250]
        moment = time.monotonic()
        if moment - self.__dict__.get("_said_at", 0.0) < SECONDS_BETWEEN_STEPS and done < whole:
            return
        self._said_at = moment
        with self._beside().cursor() as cursor:
            cursor.execute(
                "UPDATE core_job SET done = %s, whole = %s, words = %s WHERE id = %s RETURNING stop_asked",
                [self.done, self.whole, self.words, self.pk],
            )
            row = cursor.fetchone()
        if row and row[0]:
            raise Stopped

    def _beside(self) -> Any:
        if "_line" not in self.__dict__:
            self._line = connection.copy()
        return self._line

    def hang_up(self) -> None:
        """Close the connection that told the progress."""
        line = self.__dict__.pop("_line", None)
        if line is not None:
            line.close()

    def ask_to_stop(self) -> None:
        """The job stops at its next step; one that has not begun never begins."""
        type(self).objects.filter(pk=self.pk, state=JobState.WAITING).update(state=JobState.STOPPED, ended_at=now())
        type(self).objects.filter(pk=self.pk).update(stop_asked=True)


def job(name: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Take part under ``name``. The function gets the Job and its arguments, and may return the address of its result."""

    def known(function: Callable[..., Any]) -> Callable[..., Any]:
        JOBS[name] = function
        return function

    return known


def ask(name: str, user: User, label: Any, **arguments: Any) -> Job:
    """Put a job in the queue for ``user``; ``arguments`` are JSON values. Raises KeyError for an unknown name."""
    JOBS[name]
    made = Job.objects.create(name=name, label=str(label)[:250], asked_by=user, arguments=arguments)
    run_job.defer(job=made.pk)
    return made


@app.task(name="cancu.run_job", pass_context=False)
def run_job(job: int) -> None:
    """Do one job that waits, or one whose worker died. One that is over, or unknown, is left alone."""
    found = (
        Job.objects.filter(pk=job, state__in=(JobState.WAITING, JobState.RUNNING)).select_related("asked_by").first()
    )
    if found is not None:
        with at_work(lambda: {"job": job, "user": found.asked_by_id}):
            _do(found)


def _do(found: Job) -> None:
    begun = time.monotonic()
    Job.objects.filter(pk=found.pk).update(state=JobState.RUNNING)
    state, error, leads_to = JobState.DONE, "", ""
    forget()  # the worker lives long; the calendar may have changed since its last job
    try:
        leads_to = JOBS[found.name](found, **found.arguments) or ""
    except Stopped:
        state = JobState.STOPPED
    except REFUSALS as refused:
        state, error = JobState.FAILED, "\n".join(reasons(refused))
    except Exception:
        _log.exception("job %s broke", found.name, extra={"state": JobState.FAILED.value})
        Job.objects.filter(pk=found.pk).update(
            state=JobState.FAILED,
            error=str(_("Lỗi không lường trước; dữ liệu không thay đổi. Hãy báo người quản trị.")),
            ended_at=now(),
        )
        raise  # the queue is to know it too
    finally:
        found.hang_up()
    last = {"done": found.done, "whole": found.whole, "words": found.words, "error": error or found.error}
    Job.objects.filter(pk=found.pk).update(state=state, leads_to=leads_to, ended_at=now(), **last)
    _log.info("job %s ended", found.name, extra={"state": state.value, "ms": round((time.monotonic() - begun) * 1000)})


def run_waiting() -> int:
    """Do all waiting jobs here and now, oldest first; how many there were. For commands and tests without a worker."""
    waiting = list(Job.objects.filter(state=JobState.WAITING).order_by("pk").values_list("pk", flat=True))
    for pk in waiting:
        run_job(job=pk)
    return len(waiting)


def every(cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Have the worker call a function by the clock: ``@every("30 6 * * *")`` is half past six each morning."""

    def known(function: Callable[[], None]) -> Callable[[], None]:
        def called(timestamp: int) -> None:
            function()

        app.periodic(cron=cron)(app.task(name=f"{function.__module__}.{function.__name__}")(called))
        return function

    return known


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else does the work ``name`` now, in any process; it stays so until the block ends or its connection dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [name])
        ours: bool = cursor.fetchone()[0]
    try:
        yield ours
    finally:
        if ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [name])


def take_up_abandoned() -> int:
    """Put jobs whose worker died back in the queue; how many."""
    from asgiref.sync import async_to_sync

    async def again() -> int:
        stalled = list(await app.job_manager.get_stalled_jobs())
        for one in stalled:
            await app.job_manager.retry_job(one)
        return len(stalled)

    return async_to_sync(again)()
