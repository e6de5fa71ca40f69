"""How far a title runs, and which citation lies inside the title of which.

A title opens behind the date or issuer with “về”, a verb, a capital verb or a quote, and ends at a semicolon,
a sentence end, a closing quote, or where the main clause takes over (“, Sở … báo cáo như sau”). A citation
inside a running title hangs on the one whose title it is (right-branching); “và” and commas between two
citations make them siblings.
"""

from __future__ import annotations

import re

from vanban.citations.citation import Draft
from vanban.citations.extent import QUOTES, hard_end

_SIBLING = re.compile(
    r"^[ \n)]{0,3}(?:[,;][ \n]{0,3})?(?:(?:và|hoặc|hay|cùng|cũng như|cùng với|&)[ \n]{1,3})?(?:các |những |cả |tại |theo |của )?$"
)
_AND = re.compile(r"(?:[,]|[ \n](?:và|hoặc|cùng với|,))[ \n]{0,3}(?:các |những |tại |theo |của )?$")
_AMENDED = re.compile(
    r"[ ,]{0,3}\(?(?:đã )?(?:được )?(?:sửa đổi|bổ sung|thay thế|hợp nhất)[^;.()\n]{0,80}(?:bởi|bằng|tại|theo)[ \n]{1,2}(?:các )?$"
)
_PLURAL = re.compile(r"(?:các|những|một số điều của)[ \n][^;.]{0,60}:?[ \n]{0,2}$|:[ \n]{0,2}$")
_NOT_TITLE = re.compile(r"[ \n]{0,3}(?:,|và |hoặc |\)|đã |được |là |để |nhằm |tại |trong |còn )")
_PLANNED = re.compile(
    r"(?<![\w“])(?:Chương trình|Đề án|Kế hoạch|Chiến lược|Quy chế|Quy định|Dự án|Quy hoạch|Nội quy|Danh mục|Bộ chỉ số|Bộ tiêu chí)[ ]"
)
_ABOUT = re.compile(r"(?:về việc|về|V/v:?)[ ]", re.IGNORECASE)
_LONGEST_CHAIN = 2000  # a title with the titles nested in it


def nest(clean: str, drafts: list[Draft]) -> None:
    """Fill ``parent``, ``title`` and ``title_end`` of all drafts, which stand in reading order."""
    hard_ends = [hard_end(clean, draft) for draft in drafts]
    children: list[int | None] = [None] * len(drafts)  # the last child, which carries the title's end
    for index in range(1, len(drafts)):
        parent = _parent(clean, drafts, index, hard_ends)
        drafts[index].parent = parent
        if parent is not None:
            children[parent] = index
    for index in range(len(drafts) - 1, -1, -1):
        draft = drafts[index]
        following = drafts[index + 1].start if index + 1 < len(drafts) else len(clean)
        end = hard_ends[index]
        child = children[index]
        if child is not None and end > drafts[child].start:
            end = max(drafts[child].title_end, drafts[child].end)
        elif following < end:
            end = _trimmed(clean, draft.end, following)
        draft.title_end = max(min(end, draft.end + _LONGEST_CHAIN), draft.end)
        if draft.title is None:
            draft.title = _title(clean, draft) or _title_before(clean, draft)


def _parent(clean: str, drafts: list[Draft], index: int, hard_ends: list[int]) -> int | None:
    last, draft = drafts[index - 1], drafts[index]
    if draft.start < last.end:
        return index - 1 if last.start <= draft.start else None
    gap = clean[last.end : draft.start]
    if len(gap) < 40 and _SIBLING.match(gap):
        if ";" in gap and not _keeps_list(clean, drafts, last.parent):
            return None
        return last.parent
    if _AMENDED.match(clean, min(hard_ends[index - 1], draft.start), draft.start):
        return index - 1
    if hard_ends[index - 1] <= draft.start:
        reach = hard_ends[index - 1]
        up = last.parent
        between = clean[reach : draft.start]
        if (
            up is not None
            and len(between) < 24
            and _SIBLING.match(between)
            and ";" not in between
            and "\n" not in between
        ):
            return up
        return None
    if _NOT_TITLE.match(gap):
        return None
    if _AND.search(gap):
        return last.parent
    return index - 1


def _keeps_list(clean: str, drafts: list[Draft], parent: int | None) -> bool:
    """Whether the parent's title opened a list (“các Thông tư: số …; số …”) that a semicolon continues."""
    if parent is None or parent + 1 >= len(drafts):
        return False
    return bool(_PLURAL.search(clean[drafts[parent].end : drafts[parent + 1].start]))


def _trimmed(clean: str, begin: int, end: int) -> int:
    """A title that ran into the next citation gives back the “và”, “,”, “thay thế” before it."""
    gap = clean[begin:end]
    cut = re.search(r"(?:[,;(]|[ \n](?:và|hoặc|theo|tại|thay thế|của|cùng với))[ \n]{0,3}(?:các |những )?$", gap)
    return begin + cut.start() if cut else end


def _title(clean: str, draft: Draft) -> str | None:
    if draft.title_at < 0 or draft.title_end <= draft.end:
        return None
    words = " ".join(clean[draft.title_at : draft.title_end].split())
    words = _unquoted(words.replace("*", "").strip("_ ,."))
    about = _ABOUT.match(words)
    return (words[about.end() :] if about else words).strip() or None


def _unquoted(words: str) -> str:
    for opening, closing in QUOTES.items():
        if words.startswith(opening):
            if words.endswith(closing) and len(words) > 1:
                return words[1:-1]
            if words.count(opening) > words.count(closing) or (opening == closing and words.count(opening) == 1):
                return words[1:]
    return words


def _title_before(clean: str, draft: Draft) -> str | None:
    """“Chương trình … đến năm 2030 (Quyết định số …)”: the noun phrase before the bracket."""
    before = clean[max(0, draft.start - 3) : draft.start]
    bracket = before.rfind("(")
    if bracket < 0:
        return None
    at = draft.start - len(before) + bracket
    window = clean[max(0, at - 300) : at].rstrip()
    sentence = re.split(r"[;\n]|\.(?=[ ][A-ZĐ])", window)[-1]
    named = None
    for candidate in _PLANNED.finditer(sentence):
        named = named or candidate
    if named is None:
        return None
    return " ".join(sentence[named.start() :].split()) or None
