"""The states of a record and the moves between them: who may, who may not, what must be given.

A line declares a ``States`` class; the record keeps the key in a ``StateField``::

    class LicenceStates(States):
        draft = State(_("Soạn thảo"))
        granted = State(_("Đã cấp"), locks=True)
        revoked = State(_("Thu hồi"), tone="bad")
        grant = Move(draft, granted, _("Cấp"), by={Role.DIRECTOR}, not_by_enterer=True)
        revoke = Move(granted, revoked, _("Thu hồi"), by={Role.DIRECTOR}, needs=("reason",))

    LicenceStates.move(licence, "revoke", user, reason="…")
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

import pghistory
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .people import Role, User
from .scope import scope_of


@dataclass(eq=False)
class State:
    """A state. ``locks``: fields may no longer be edited. ``tone``: ok, warn, bad or empty (colour of the badge)."""

    label: Any
    locks: bool = False
    tone: str = ""
    key: str = ""


@dataclass(eq=False)
class Move:
    """A move from one state (or several) to another. ``guard`` returns a sentence why not, or nothing.
    ``needs`` names what must be given: ``reason``, or fields of the record that must be filled.
    ``over`` names the unit the role must be held over, where it is not the record's own."""

    source: State | tuple[State, ...]
    target: State
    label: Any
    by: frozenset[str] | set[str] = field(default_factory=lambda: frozenset({Role.SPECIALIST, Role.UNIT_HEAD}))
    not_by_enterer: bool = False
    needs: tuple[str, ...] = ()
    guard: Callable[[Any], Any] | None = None
    over: Callable[[Any], int] = lambda record: record.owner_unit_id
    key: str = ""

    @property
    def sources(self) -> tuple[State, ...]:
        return self.source if isinstance(self.source, tuple) else (self.source,)


class States:
    """Base of a declaration of states; see the module's text. ``all`` and ``moves`` keep declaration order."""

    all: ClassVar[dict[str, State]] = {}
    moves: ClassVar[dict[str, Move]] = {}

    def __init_subclass__(cls) -> None:
        cls.all, cls.moves = {}, {}
        for name, value in vars(cls).items():
            if isinstance(value, State):
                value.key = name
                cls.all[name] = value
            elif isinstance(value, Move):
                value.key = name
                cls.moves[name] = value

    @classmethod
    def choices(cls) -> list[tuple[str, Any]]:
        return [(key, state.label) for key, state in cls.all.items()]

    @classmethod
    def initial(cls) -> str:
        """The first state declared."""
        return next(iter(cls.all))

    @classmethod
    def open_moves(cls, record: Any, user: User) -> list[Move]:
        """The moves ``user`` may make now, in order (guards not asked: they explain themselves when tried)."""
        scope = scope_of(user)
        return [
            move
            for move in cls.moves.values()
            if record.state in {s.key for s in move.sources}
            and scope.holds(move.by, move.over(record))
            and not (move.not_by_enterer and record.entered_by_id == user.pk)
        ]

    @classmethod
    def move(cls, record: Any, key: str, user: User, reason: str = "", **fields: Any) -> None:
        """Make one move under a row lock and keep it in the history; ``fields`` are written together with it.

        Raises PermissionDenied (who may not) or ValidationError (from which state, what is missing)."""
        with transaction.atomic():
            record.refresh_from_db(from_queryset=type(record)._base_manager.select_for_update(of=("self",)))
            move = cls.moves[key]
            for name, value in fields.items():
                setattr(record, name, value)
            cls._refuse(record, move, user, reason)
            record.state = move.target.key
            with pghistory.context(user=user.pk, action=key, reason=reason):
                record.save(update_fields=["state", *fields])

    @classmethod
    def _refuse(cls, record: Any, move: Move, user: User, reason: str) -> None:
        if record.state not in {s.key for s in move.sources}:
            now_in = cls.all[record.state].label
            raise ValidationError(
                _("Không thể “%(move)s” khi hồ sơ đang ở trạng thái “%(state)s”."),
                params={"move": move.label, "state": now_in},
            )
        if move.not_by_enterer and record.entered_by_id == user.pk:
            raise PermissionDenied(_("Người nhập hồ sơ không được tự thực hiện bước này."))
        if not scope_of(user).holds(move.by, move.over(record)):
            raise PermissionDenied(_("Bạn không giữ vai trò được thực hiện bước này ở đơn vị quản lý hồ sơ."))
        missing = [n for n in move.needs if not (reason.strip() if n == "reason" else getattr(record, n))]
        if missing:
            raise ValidationError({n: _("Phải có trước khi thực hiện bước này.") for n in missing})
        problem = move.guard(record) if move.guard else None
        if problem:
            raise ValidationError(problem)


class StateField(models.CharField):
    """The key of the record's state; only moves change it."""

    def __init__(self, states: type[States] | None = None, **kwargs: Any) -> None:
        self.states = states
        if states is not None:
            kwargs.setdefault("choices", states.choices())
            kwargs.setdefault("default", states.initial())
        kwargs.setdefault("verbose_name", _("trạng thái"))
        kwargs.setdefault("help_text", _("Đổi bằng các bước xử lý, không sửa tay."))
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("db_index", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)  # labels are not schema: a reworded state needs no migration
        return name, "cancu.core.states.StateField", args, kwargs


def states_of(model: type[models.Model]) -> type[States] | None:
    """The states of a model's records; None where they have none."""
    field = next((f for f in model._meta.fields if isinstance(f, StateField)), None)
    return field.states if field else None
