"""A command line that speaks Vietnamese: the standard parser, with its own words and refusals translated."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from .translation import _

#: What the standard parser says → what we say; ``{0}``, ``{1}`` are the parts between.
_WORDS = (
    (r"argument (.+?): (.+)", _("tham số {0}: {1}")),
    (r"the following arguments are required: (.+)", _("còn thiếu {0}")),
    (r"one of the arguments (.+) is required", _("cần một trong các tham số {0}")),
    (r"unrecognized arguments: (.+)", _("không có tham số {0}")),
    (r"ambiguous option: (.+) could match (.+)", _("{0} có thể là {1}; hãy viết rõ")),
    (r"invalid choice: '?(.+?)'? \(choose from (.+)\)", _("không có “{0}”; hãy chọn một trong: {1}")),
    (r"invalid (?:int|float) value: '?(.+?)'?", _("“{0}” không phải là số")),
    (r"invalid \w+ value: '?(.+?)'?", _("“{0}” không đúng dạng")),
    (r"not allowed with argument (.+)", _("không dùng cùng {0}")),
    (
        r"expected one argument|expected at least one argument|expected at most one argument|expected \d+ arguments?",
        _("thiếu hoặc thừa giá trị"),
    ),
    (r"ignored explicit argument (.+)", _("không nhận giá trị {0}")),
)


class Parser(argparse.ArgumentParser):
    """``ArgumentParser`` in Vietnamese; sub-parsers made from it are too."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**{**given, "add_help": False, "formatter_class": _Formatter})
        self.add_argument("-h", "--help", action="help", help=_("xem hướng dẫn này"))
        self._positionals.title, self._optionals.title = _("tham số"), _("tùy chọn")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and how to see the right form; exit status 2."""
        self.exit(
            2,
            _("Lệnh chưa đúng: {what}.\nXem cách dùng: {command} --help\n").format(
                what=said(message), command=self.prog
            ),
        )


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: Any = None) -> None:
        super().add_usage(usage, actions, groups, _("cách dùng: ") if prefix is None else prefix)


def said(message: str) -> str:
    """A refusal of the standard parser in Vietnamese; one that is not known stays as it is."""
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return words.format(*(said(part) for part in found.groups()))
    return message
