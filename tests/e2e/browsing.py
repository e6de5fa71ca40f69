"""What every browser test looks at: pictures kept as build output, errors of scripts, findings of axe."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PICTURES = Path(os.environ.get("CANCU_PICTURES", "build/pictures"))
#: A desk and a phone, by the words that name their pictures.
SIZES = {"may-ban": (1440, 900), "dien-thoai": (390, 844)}


@contextmanager
def opened(browser: Any, size: str = "may-ban", *, bound: bool = False) -> Iterator[Any]:
    """A fresh browser page of one size (its own cookies); an error in a script fails the test. ``bound`` keeps the
    browser to the page's content security policy, which axe cannot bear; what the policy refuses fails the test."""
    width, height = SIZES[size]
    page = browser.new_page(viewport={"width": width, "height": height}, bypass_csp=not bound)
    errors: list[str] = []
    if bound:
        page.on("console", lambda said: errors.append(said.text) if "Content Security Policy" in said.text else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.context.close()
    assert errors == []


def picture(page: Any, name: str) -> None:
    """Keep what the page shows as ``build/pictures/<name>.png``."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")


def serious(page: Any) -> list[str]:
    """Serious findings of axe on the page."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found if v["impact"] in ("serious", "critical")]


def written(write: Callable[[], Any]) -> Any:
    """What ``write`` gives, written so that the server sees it: a test's own connection never commits."""

    from django.db import connections

    def beside() -> Any:
        try:
            return write()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as one:
        return one.submit(beside).result()
