"""A line of work and its registers, as folders declare them. Nothing is registered by hand elsewhere.

``cancu/lines/radiation/line.py``::

    line = Line(name=_("An toàn bức xạ"), order=60, unit="QLCN")

``cancu/lines/radiation/registers.py``::

    class Licences(Register):
        model = Licence
        columns = ("number", "facility", "activity", "issued_on", "expires_on", "state")
        filters = ("activity", "issued_on", "state")
        search = ("number", "facility__folded")
        order = "-issued_on"
        figures = ("radiation.facilities_licensed",)
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from .record import Record

#: The files of a folder that declare something; imported when present, once all models are loaded.
DECLARATIONS = ("line", "states", "registers", "indicators", "checks", "procedures", "sheets", "reminders", "jobs")

LINES: dict[str, Line] = {}
REGISTERS: dict[str, type[Register]] = {}


@dataclass
class Line:
    """One line of work = one folder. ``unit`` is the code of the unit that owns it; ``order`` sorts the menu;
    ``public``: some of its registers are shown on the portal. ``folder`` is filled in from the module's place."""

    name: Any
    order: int
    unit: str
    public: bool = False
    folder: str = field(default="")

    def __post_init__(self) -> None:
        module = sys._getframe(2).f_globals["__name__"]
        self.folder = self.folder or folder_of(module)
        LINES[self.folder] = self

    @property
    def registers(self) -> list[type[Register]]:
        return [r for r in REGISTERS.values() if r.folder == self.folder]


class Register:
    """How a list of records looks: a class a register, declared in ``registers.py``; see the module's text.

    ``columns``, ``filters`` and ``search`` name fields (``__`` follows relations); ``search`` fields are
    accent-blind when they hold folded text; ``figures`` are indicator codes of the head strip; ``related``
    names reverse relations shown as rows inside the record (device rows of a licence), and ``rows`` those that are written
    on the record's own form (the lines of a delivery); ``page`` names the address
    (``"task"``) where a record has a page of its own; ``by_form`` is False where rows come only from a page of their
    own that asks who may."""

    model: ClassVar[type[Record]]
    columns: ClassVar[tuple[str, ...]]
    filters: ClassVar[tuple[str, ...]] = ()
    search: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[str] = "-pk"
    figures: ClassVar[tuple[str, ...]] = ()
    related: ClassVar[tuple[str, ...]] = ()
    rows: ClassVar[tuple[str, ...]] = ()
    page: ClassVar[str] = ""
    by_form: ClassVar[bool] = True
    folder: ClassVar[str] = ""
    code: ClassVar[str] = ""
    do_not_call_in_templates: ClassVar[bool] = True

    def __init_subclass__(cls) -> None:
        cls.folder = folder_of(cls.__module__)
        cls.code = f"{cls.folder}.{cls.model._meta.model_name}"
        REGISTERS[cls.code] = cls


def folder_of(module: str) -> str:
    """The folder that owns a module: ``cancu.lines.radiation.line`` → ``radiation``; ``cancu.documents.x`` → ``documents``."""
    parts = module.split(".")
    return parts[2] if parts[:2] == ["cancu", "lines"] else parts[1]


def discover() -> None:
    """Import every declaration file of every installed folder; called once when Django is ready."""
    autodiscover_modules(*DECLARATIONS)


def lines() -> list[Line]:
    """All lines in the order of the menu."""
    return sorted(LINES.values(), key=lambda line: line.order)


def register_of(model: type[Any]) -> type[Register] | None:
    """The register that lists a model, or None."""
    return REGISTERS.get(f"{folder_of(model.__module__)}.{model._meta.model_name}") if apps.ready else None
