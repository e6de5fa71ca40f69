"""The tables of an empty database, made straight from the models.

Migrations are for databases that hold data: walking them from nothing makes Django draw a hundred related models
again at every step, which takes minutes. An empty database gets the same tables in seconds, and every migration is
written down as applied; a test keeps the two ways equal (``makemigrations --check``).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models.signals import post_migrate, pre_migrate

EXTENSIONS = ("btree_gist", "pg_trgm")  # no overlapping validity; accent-blind search


class _NoMigrations:
    """Stands for ``MIGRATION_MODULES``: no app has migrations."""

    def __contains__(self, app: str) -> bool:
        return True

    def __getitem__(self, app: str) -> None:
        return None


def make_extensions(using: str = "default", **_given: Any) -> None:
    """What the tables' constraints and indexes need, before they are made."""
    with connections[using].cursor() as cursor:
        for name in EXTENSIONS:
            cursor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")


def make_history_function(using: str = "default", **_given: Any) -> None:
    """The function that history rows call for who and why; its own migration does not run in an empty database."""
    from pghistory.models import Context

    Context.install_pgh_attach_context_func(using=using)


def make_queue(using: str = "default", app_config: Any = None, **_given: Any) -> None:
    """The tables of the queue of jobs, in a database that did not get them from the queue's own migrations."""
    if app_config is None or app_config.label != "procrastinate":
        return
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regclass('procrastinate_jobs')")
        if cursor.fetchone()[0] is None:
            from procrastinate.schema import SchemaManager

            cursor.execute(SchemaManager.get_schema())


def prepare_migrate() -> None:
    """Have all of them done with every migrate; called once when Django is ready."""
    pre_migrate.connect(make_extensions, dispatch_uid="cancu.core.tables")
    post_migrate.connect(make_history_function, dispatch_uid="cancu.core.tables.history")
    post_migrate.connect(make_queue, dispatch_uid="cancu.core.tables.queue")


def bring_up_to_date() -> None:
    """All tables as the models say, made at once in an empty database, migrated in one that holds data; and the calendar
    of rest days holds what this version ships."""
    from .restdays import seed

    if connection.introspection.table_names():
        call_command("migrate", verbosity=0, interactive=False)
        seed()
        return
    with _without_migrations():
        call_command("migrate", run_syncdb=True, verbosity=0, interactive=False)
    seed()
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in sorted(MigrationLoader(connection).graph.nodes):
        recorder.record_applied(app, name)


@contextmanager
def _without_migrations() -> Iterator[None]:
    kept = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = _NoMigrations()
    try:
        yield
    finally:
        settings.MIGRATION_MODULES = kept
