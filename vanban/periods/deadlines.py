"""Deadlines with what they bind: “trước ngày 15/12/2024”, “(Thời gian thực hiện: Quý II/2025)”, “trong thời hạn
05 ngày làm việc kể từ ngày …”.

A date or period is a deadline only where its words say so: a cue right before it (chậm nhất, trước, đến hết,
“Thời gian thực hiện:”) or brackets of its own at the end of an item. “trước ngày” leaves that day out; a
quarter, month or year ends on its last day. Years of strategies (“đến năm 2030”) are periods, not deadlines.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from vanban.periods.find import Period, find_periods, lowered
from vanban.workdays import OutsideCalendar, Unit, due_date

_LABEL = (
    r"(?:thời\s(?:gian|hạn|điểm)|tiến\sđộ|lộ\strình|hạn\schót|hạn\scuối|hạn)"
    r"(?:\s(?:thực\shiện|hoàn\sthành|triển\skhai(?:\sthực\shiện)?|tổ\schức|trình|báo\scáo|gửi|ban\shành|nộp)){0,2}\s{0,2}"
)
_CUE = re.compile(
    rf"""(?:
      (?P<label>{_LABEL}:\s{{0,3}}(?:trong\s|vào\s|là\s|đến\shết\s|đến\s|trước\s)?(?:ngày\s)?)
    | (?P<hour>\btrước\s{{1,3}}\d{{1,2}}\s?(?:giờ|h|g)(?:\s?\d{{1,2}})?(?:\sphút)?,?\s{{1,3}})
    | (?P<exclusive>\b(?:(?:chậm|muộn)\snhất\s)?trước\s{{1,3}}(?:hết\s)?)
    | (?P<inclusive>\b(?:(?:chậm|muộn)\snhất|không\s(?:muộn|chậm|quá)(?:\shơn)?|hạn\scuối|hạn\schót|thời\shạn)
        (?:\s(?:là|vào|đến|tới|trong|hết|cuối|ngày)){{0,3}}\s{{1,3}})
    | (?P<within>\b(?:xong\s|hoàn\sthành\s|gửi\s|nộp\s|trình\s|ban\shành\s)?(?:trong|vào|đến\shết|hết|trong\shết)\s{{1,3}})
    | (?P<done>\b(?:hoàn\sthành|xong)\s{{0,2}}:?\s{{1,3}})
    )$""",
    re.VERBOSE,
)
_TERM = re.compile(
    r"""\b(?:trong\s(?:thời\shạn|thời\sgian|vòng)|(?:chậm|muộn)\snhất(?:\slà)?(?:\ssau)?|không\squá|tối\sđa|sau)\s{1,3}
    (?:tối\sđa\s|không\squá\s|là\s)?(?P<n>\d{1,3})(?:\s?\([\w\s]{1,24}\))?\s{1,3}
    (?P<unit>ngày\slàm\sviệc|ngày|tuần|tháng|năm|giờ\slàm\sviệc|giờ)\b
    (?P<after>,?\s{1,3}(?:(?:được\s)?(?:kể|tính)\stừ|kể\stừ|từ|sau)\s{1,3}(?P<event>[^.;:()\n]{2,120}))?""",
    re.VERBOSE,
)
_STANDING = re.compile(
    rf"{_LABEL}:\s{{0,3}}(?P<rule>thường\sxuyên|(?:hằng|hàng)\s(?:ngày|tuần|tháng|quý|năm)(?:\s?[,;]\s?(?:hằng|hàng)\s\w+)?|theo\s[^.;)\n]{{3,80}})"
)
_DAYS = r"(?:ngày\s{1,3})?\d{1,2}(?:/\d{1,2})?(?!/)(?:(?:\s?,|\s(?:và|hoặc))\s(?:trước\s)?(?:ngày\s)?\d{1,2}(?:/\d{1,2})?){0,3}"
_MONTHLY = re.compile(
    rf"\b(?:trước|chậm\snhất(?:\slà|\svào)?|muộn\snhất(?:\slà|\svào)?|vào|trong)\s{{1,3}}{_DAYS}"
    r"\s{1,3}(?:của\s)?(?:(?:hằng|hàng|mỗi)\s(?:tháng|quý|năm)|tháng\s(?:cuối|đầu)\s(?:quý|mỗi\squý|của\s\w+))"
)
_ORDER = re.compile(
    r"\b(?:hoàn\sthành|xong|trình|ban\shành|gửi|nộp|báo\scáo|tham\smưu|đề\snghị|yêu\scầu|giao|phải|thực\shiện|triển\skhai|tổng\shợp|tổ\schức|khắc\sphục|phê\sduyệt|công\skhai|chậm\snhất|khởi\scông|bàn\sgiao|giải\sngân)\b"
)
_STRONG = re.compile(r"\b(?:hoàn\sthành|xong|trình|ban\shành|gửi|nộp|yêu\scầu|đề\snghị|giao|phải)\b[^.;\n]{0,110}$")
_ORDERED_NEXT = re.compile(
    r"[ ]{1,2}(?:phải[ ])?(?:hoàn thành|trình|ban hành|gửi|nộp|báo cáo|tham mưu|tổng hợp|tổ chức|khắc phục|phê duyệt|công khai|khởi công|bàn giao|giải ngân|xong)\b"
)
_PAST = re.compile(r"\b(?:đã|được\s(?:cấp|ban\shành|phê\sduyệt|thành\slập|ký)|có\shiệu\slực)\b")
_SENTENCE_END = re.compile(r"[.;!?](?=\s+[A-ZÀ-ỸĐ]|\s*\n|\s*$)|\n")
_CLAUSE_END = re.compile(r"[;!?\n]|\.(?=\s|$)")
_NUMBERING = re.compile(r"^\s*(?:[-+*•]\s*|\d{1,2}[.)]\s*|[a-zđ]\)\s*)?")
_UNITS: dict[str, Unit] = {"ngày làm việc": "workday", "ngày": "day", "tuần": "week", "tháng": "month", "năm": "year"}
_PLAN_YEAR = re.compile(r"\bNĂM\s{1,3}(?P<year>20\d\d)\b")
_SUBJECT_REACH = 700


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline and the words it binds.

    ``due`` is the last day that is still in time (so the day before “trước ngày”), None where it depends on an
    event or recurs. ``kind``: day, period (quý, tháng, năm), term (n ngày kể từ …), recurring, standing
    (thường xuyên). ``rule`` keeps the words of a term or a repetition; ``event`` what a term counts from."""

    start: int
    end: int
    text: str
    kind: str
    due: dt.date | None
    subject: str
    exclusive: bool = False
    rule: str = ""
    event: str = ""

    def to_json(self) -> dict[str, object]:
        return {
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "kind": self.kind,
            "due": self.due.isoformat() if self.due else None,
            "subject": self.subject,
            "exclusive": self.exclusive,
            "rule": self.rule,
            "event": self.event,
        }


def find_deadlines(
    text: str, today: dt.date | None = None, low: str | None = None, periods: list[Period] | None = None
) -> list[Deadline]:
    """Deadlines of a text in order, ``today`` being the document's date. Linear in the text."""
    low = lowered(text) if low is None else low
    periods = find_periods(text, today, low) if periods is None else periods
    found = [_standing(text, match) for match in _STANDING.finditer(low)]
    found += [_monthly(text, low, match) for match in _MONTHLY.finditer(low) if _is_order(low, match.start())]
    found += [_term(text, low, match, periods) for match in _TERM.finditer(low) if _is_term(low, match)]
    taken = sorted((deadline.start, deadline.end) for deadline in found)
    for period in periods:
        deadline = _dated(text, low, period)
        if deadline and not any(start < deadline.end and deadline.start < end for start, end in taken):
            found.append(deadline)
    found.sort(key=lambda deadline: deadline.start)
    found = _in_plan_year(text, found)
    return [replace(deadline, subject=_subject(text, deadline)) for deadline in found]


def _in_plan_year(text: str, found: list[Deadline]) -> list[Deadline]:
    """“Cả năm”, “Quý II” without a year belong to the year that the heading above them names
    (“III. NHIỆM VỤ … NĂM 2025”), before they belong to the year of the document."""
    headings = [(match.start(), int(match["year"])) for match in _PLAN_YEAR.finditer(text)] if found else []
    out, index, year = [], 0, 0
    for deadline in found:
        while index < len(headings) and headings[index][0] < deadline.start:
            year, index = headings[index][1], index + 1
        due = deadline.due
        if year and due and not re.search(r"\d{4}", deadline.text) and deadline.kind == "period":
            due = due.replace(year=year) if (due.month, due.day) != (2, 29) else due
        out.append(replace(deadline, due=due))
    return out


def _dated(text: str, low: str, period: Period) -> Deadline | None:
    if period.kind in ("same", "now", "relative", "opening", "since") or (period.last is None and period.resolved):
        return None
    before = low[max(0, period.start - 60) : period.start]
    cue = _CUE.search(before)
    if cue is None:
        until = _until(text, low, period)
        return until or _bracketed(text, low, period)
    name = cue.lastgroup or ""
    if name in ("exclusive", "within", "hour", "done") and not (
        _is_order(low, period.start) or _opens_order(text, low, period, cue)
    ):
        return None
    if name == "within" and (
        period.kind == "years"
        or not (_STRONG.search(low[max(0, period.start - 120) : period.start]) or _opens_order(text, low, period, cue))
    ):
        return None
    exclusive = name == "exclusive" or (name == "label" and "trước" in cue.group())
    start = period.start - len(cue.group().lstrip())
    return Deadline(
        start,
        period.end,
        text[start : period.end],
        "day" if period.kind == "day" else "period",
        _due(period, exclusive and "hết" not in cue.group()),
        "",
        exclusive,
    )


def _opens_order(text: str, low: str, period: Period, cue: re.Match[str]) -> bool:
    """“trong tháng 6/2016 trình UBND tỉnh”: the phrase opens its clause and the order follows it."""
    start = period.start - len(cue.group().lstrip())
    return text[max(0, start - 12) : start].rstrip(" ").endswith((";", ",", ".", "-", "+", ")", "\n")) and bool(
        _ORDERED_NEXT.match(low, period.end)
    )


def _due(period: Period, exclusive: bool) -> dt.date | None:
    """Last day in time: the day before the period begins when it is to be done “trước” it, else its last day."""
    if exclusive:
        first = period.first or period.last
        return first - dt.timedelta(days=1) if first else None
    return period.last


def _until(text: str, low: str, period: Period) -> Deadline | None:
    """“gửi báo cáo … đến hết ngày 30/11”: an “until” phrase orders only a dated day under an order verb."""
    if period.kind != "until" or not period.text.lower().startswith(("đến hết ngày", "đến ngày")):
        return None
    if not _is_order(low, period.start):
        return None
    return Deadline(period.start, period.end, period.text, "day", period.last, "")


def _bracketed(text: str, low: str, period: Period) -> Deadline | None:
    """“… (Cả năm).”, “… (Quý II/2025)” at the end of an item."""
    if period.kind in ("day", "until", "span", "years") or low[period.start - 1 : period.start] != "(":
        return None
    closing = low[period.end : period.end + 1] == ")"
    after = low[period.end + 1 : period.end + 5].lstrip(" ./;,")
    if not closing or (after and not after.startswith("\n")):
        return None
    return Deadline(period.start, period.end, period.text, "period", period.last, "")


def _is_order(low: str, at: int) -> bool:
    """Whether the sentence up to ``at`` orders something and does not tell the past."""
    before = low[max(0, at - 260) : at]
    cut = max(before.rfind("\n"), before.rfind(". "), before.rfind("; "))
    before = before[cut + 1 :]
    return bool(_ORDER.search(before)) and not _PAST.search(before)


def _is_term(low: str, match: re.Match[str]) -> bool:
    opening = match.group().split()[0]
    if match["after"]:
        return True
    return opening in ("trong", "chậm", "muộn") and not low.startswith((" qua", " tới", " tiếp"), match.end())


def _term(text: str, low: str, match: re.Match[str], periods: list[Period]) -> Deadline:
    """A length of time from an event; dated when the event names its day."""
    event, end = "", match.end()
    if match["after"]:
        cut = re.search(r",\s|\s(?:thì|phải)\s", text[match.start("event") : match.end("event")])
        end = match.start("event") + cut.start() if cut else match.end("event")
        event = text[match.start("event") : end].strip()
    day = next((p for p in periods if p.kind == "day" and match.start() <= p.start < end), None)
    unit = _UNITS.get(match["unit"])
    due = None
    if day and day.first and unit:
        try:
            due = due_date(day.first, int(match["n"]), unit)
        except OutsideCalendar:
            due = None
    rule = text[match.start("n") : match.end("unit")]
    return Deadline(match.start(), end, text[match.start() : end].rstrip(), "term", due, "", rule=rule, event=event)


def _standing(text: str, match: re.Match[str]) -> Deadline:
    kind = "recurring" if match["rule"].startswith(("hằng", "hàng")) else "standing"
    return Deadline(
        match.start(),
        match.end(),
        text[match.start() : match.end()],
        kind,
        None,
        "",
        rule=text[match.start("rule") : match.end("rule")],
    )


def _monthly(text: str, low: str, match: re.Match[str]) -> Deadline:
    words = text[match.start() : match.end()]
    return Deadline(
        match.start(),
        match.end(),
        words,
        "recurring",
        None,
        "",
        exclusive=words.lower().startswith("trước"),
        rule=words,
    )


def _subject(text: str, deadline: Deadline) -> str:
    """The sentence that the deadline binds, without list number and without the deadline itself; for a
    deadline that is a sentence of its own (“(Cả năm).”) the sentence before it."""
    opening = max(text.rfind("\n", 0, deadline.start) + 1, deadline.start - _SUBJECT_REACH)
    before = text[opening : deadline.start].rstrip(" (–-:")
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    while ends and ends[-1] >= len(before):
        before = before[: ends.pop() - 1].rstrip()
    if _NUMBERING.fullmatch(text[opening : deadline.start]):
        before = ""
    cut = next((end for end in reversed(ends) if end < len(before) and not _NUMBERING.fullmatch(before[:end])), 0)
    numbering = _NUMBERING.match(before[cut:])
    subject = before[cut + (numbering.end() if numbering else 0) :].strip(" ,;(")
    opens_clause = text[opening : deadline.start].rstrip().endswith((";", ","))
    if subject and not (opens_clause and _ORDERED_NEXT.match(text, deadline.end)):
        return subject
    closing = (_CLAUSE_END if opens_clause or not subject else _SENTENCE_END).search(
        text, deadline.end + 1, deadline.end + _SUBJECT_REACH
    )
    return text[deadline.end : closing.start() if closing else deadline.end + _SUBJECT_REACH].strip(" ,;:)(/.")
