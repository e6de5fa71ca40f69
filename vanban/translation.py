"""Words that users see pass through ``_``: Vietnamese is the source language, gettext may add others."""

from __future__ import annotations

import gettext
from pathlib import Path

_ = gettext.translation("vanban", Path(__file__).parent / "locale", fallback=True).gettext
