"""Bounded load on one server of this machine: so many at once, for so many seconds, each answer read to its end."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable

#: (method, path, body) of the nth request.
Page = Callable[[int], tuple[str, str, str]]
MOST = 20_000


def asked(port: int, cookie: str, page: Page, together: int, seconds: float) -> tuple[list[float], float]:
    """Seconds of every answer, and how long it all lasted. Raises RuntimeError where an answer is not what was asked for."""
    taken: list[float] = []
    wrong: list[str] = []
    numbers = iter(range(MOST))
    lock = threading.Lock()
    began = time.perf_counter()

    def one() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=900)
        while time.perf_counter() - began < seconds and not wrong:
            with lock:
                number = next(numbers, None)
            if number is None:
                return
            start = time.perf_counter()
            method, path, body = page(number)
            status = _answer(line, cookie, method, path, body)
            taken.append(time.perf_counter() - start)
            if status != (302 if method == "POST" else 200):
                wrong.append(f"{method} {path}: {status}")
        line.close()

    threads = [threading.Thread(target=one) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise RuntimeError(wrong[0])
    return taken, time.perf_counter() - began


def _answer(line: http.client.HTTPConnection, cookie: str, method: str, path: str, body: str) -> int:
    headers = {"Cookie": cookie}
    if method == "POST":
        headers |= {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": cookie.partition("csrftoken=")[2],
            "Referer": "http://127.0.0.1/",
        }
    line.request(method, path, body or None, headers)
    answer = line.getresponse()
    answer.read()
    return answer.status


def read_whole(port: int, cookie: str, path: str) -> int:
    """The lines of a long answer, read in pieces; its heading not counted."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=600)
    line.request("GET", path, headers={"Cookie": cookie})
    answer = line.getresponse()
    if answer.status != 200:
        raise RuntimeError(f"{path}: {answer.status}")
    lines = 0
    while piece := answer.read(65_536):
        lines += piece.count(b"\n")
    line.close()
    return lines - 1
