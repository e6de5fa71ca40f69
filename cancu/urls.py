"""Every address of the house; a folder that has pages brings its own ``urls.py``."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [path("", include(f"cancu.{name}.urls")) for name in ("portal", "desk") if find_spec(f"cancu.{name}")]
