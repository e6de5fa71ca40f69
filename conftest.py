"""Tests run on a real PostgreSQL, started by our own supervisor."""

import os

from cancu import postgres

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cancu.settings")
postgres.ensure()
