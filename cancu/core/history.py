"""The history of every table that must tell who changed what, when and why: triggers of the database write it, so that
``update()``, bulk writes, COPY and a hand at psql are kept as well."""

from __future__ import annotations

from typing import Any

import pghistory
import pgtrigger
from pghistory import trigger


def recorded(model: type[Any] | None = None, *, exclude: tuple[str, ...] = ()) -> Any:
    """Class decorator, ``@recorded`` or ``@recorded(exclude=…)``: every insert, update and delete of a row is kept with the
    context (who, why, which request) of the moment; not the fields ``exclude``. An update that changes no kept field is not.

    One trigger a statement, not a row: 100,000 rows of an import look up their context once (decision 0023)."""

    def tracked(model: type[Any]) -> type[Any]:
        level = pghistory.Statement
        return pghistory.track(
            pghistory.InsertEvent(level=level),
            _UpdateEvent(level=level),
            pghistory.DeleteEvent(level=level),
            obj_field=pghistory.ObjForeignKey(related_name="history", db_index=True),
            append_only=True,
            exclude=list(exclude) or None,
        )(model)

    return tracked if model is None else tracked(model)


class _PlannedAnew(trigger.Event):
    """The old and new rows of an update are joined by a plan made for this statement. PostgreSQL would keep the plan of a
    session's first update, mostly of one row, for all later ones: a nested loop, 30 seconds for 4,000 rows."""

    def get_func(self, model: Any) -> pgtrigger.Func:
        statement = str(super().get_func(model).func).removesuffix("RETURN NULL;").strip().removesuffix(";")
        return pgtrigger.Func(f"EXECUTE $statement${statement}$statement$; RETURN NULL;")


class _UpdateEvent(pghistory.UpdateEvent):
    """pghistory's own, with that trigger."""

    def add_event_trigger(self, event_model: Any) -> None:
        pgtrigger.register(
            _PlannedAnew(
                event_model=event_model,
                label=self.label,
                name=self.trigger_name,
                row=self.row,
                operation=self.operation,
                condition=self.condition,
                level=self.level,
            )
        )(event_model.pgh_tracked_model)
