"""What a person may see and do: one answer behind lists, search, evidence, exports and pages.

Leaders, văn thư and the people of the office see the whole department; everybody else sees the units where
they hold a role (and the units below). An administrator has no say over content and sees no record.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .calendar import today
from .dated import valid_on
from .people import Membership, Role, User
from .units import UnitTree

if TYPE_CHECKING:
    from .record import Record

#: Roles that see every unit of the department, wherever they are held.
SEE_ALL = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.CLERK, Role.ONE_STOP})
#: Roles that confirm what others entered.
CONFIRM = frozenset({Role.DIRECTOR, Role.DEPUTY, Role.UNIT_HEAD})
#: Roles that enter and change records of their units.
WORK = frozenset({Role.SPECIALIST, Role.UNIT_HEAD, Role.INSPECTOR, Role.LABORATORY, Role.ONE_STOP, Role.CLERK})


@dataclass(frozen=True)
class Scope:
    """The reach of one person on one day: unit ids by role, whether all units are seen, the name of the department."""

    units_by_role: dict[str, frozenset[int]]
    sees_all: bool
    department: str = ""

    @property
    def unit_ids(self) -> frozenset[int]:
        """Every unit whose records the person may see (meaningless when ``sees_all``)."""
        content = (units for role, units in self.units_by_role.items() if role != Role.ADMINISTRATOR)
        return frozenset().union(*content)

    @property
    def works_in(self) -> frozenset[int]:
        """Every unit for which the person enters records."""
        return frozenset().union(*(units for role, units in self.units_by_role.items() if role in WORK))

    def holds(self, roles: set[str] | frozenset[str], unit_id: int) -> bool:
        """Whether the person holds one of ``roles`` over the unit; leaders hold theirs over all units."""
        return any(
            role in roles and (unit_id in units or role in (Role.DIRECTOR, Role.DEPUTY))
            for role, units in self.units_by_role.items()
        )


def scope_of(user: User, day: dt.date | None = None) -> Scope:
    """The scope of ``user`` on ``day`` (today). Remembered on the user object, so a page asks once."""
    day = day or today()
    known = user.__dict__.setdefault("_scopes", {})
    if day not in known:
        known[day] = _scope(user, day)
    return known[day]


def _scope(user: User, day: dt.date) -> Scope:
    if not user.is_active:
        return Scope({}, sees_all=False)
    units: dict[str, set[int]] = {}
    tree = UnitTree(day)
    for membership in Membership.objects.filter(valid_on(day), user_id=user.pk):
        units.setdefault(membership.role, set()).update(
            tree.with_children(membership.unit_id) if membership.with_children else {membership.unit_id}
        )
    frozen = {role: frozenset(ids) for role, ids in units.items()}
    return Scope(frozen, sees_all=not SEE_ALL.isdisjoint(frozen), department=tree.department)


def may_confirm(user: User, record: Record) -> bool:
    """Whether ``user`` may confirm ``record``: a head over its unit who did not enter it."""
    return record.entered_by_id != user.pk and scope_of(user).holds(CONFIRM, record.owner_unit_id)


def works_on(user: User, record: Record) -> bool:
    """Whether ``user`` works in the unit that keeps ``record``."""
    return scope_of(user).holds(WORK, record.owner_unit_id)


def may_edit(user: User, record: Record) -> bool:
    """Whether ``user`` may change ``record``: someone who works in its unit, and it is not yet confirmed."""
    return record.confirmed_by_id is None and works_on(user, record)
