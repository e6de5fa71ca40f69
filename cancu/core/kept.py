"""The history of what administrators keep: names of units, roles, code lists. The same triggers as for records, without
the fields that records share; beside ``record`` because the tables here stand below it."""

from __future__ import annotations

from typing import Any

import pghistory


def kept(model: type[Any], *, exclude: tuple[str, ...] = ()) -> type[Any]:
    """Class decorator: every insert, update and delete of a row is kept, with who and why; not the fields ``exclude``."""
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(),
        obj_field=pghistory.ObjForeignKey(related_name="history", db_index=True), append_only=True, exclude=list(exclude) or None,
    )(model)
