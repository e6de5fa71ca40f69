"""Two hundred papers of all kinds in Word, PDF and old Word arrive, half through the page and half through a folder:
each form is prefilled, each is registered, and the share of values that văn thư keeps as they were read is printed."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cancu.core.calendar import replayed
from cancu.core.jobs import run_waiting
from cancu.core.numbering import gaps
from cancu.core.tests.people import signed_in
from cancu.core.tests.rows import make
from cancu.documents.arrivals import Arrival
from cancu.documents.arriving import share_unchanged
from cancu.documents.folder import one_pass
from cancu.documents.models import Document, Issuer
from cancu.documents.tests.many import papers
from cancu.documents.tests.papers import office
from vanban.read.tests.files import old_word
from vanban.reading import text_of
from vanban.write import write

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
COUNT = 200
DAY = dt.date(2024, 12, 20)
#: The least share of values kept; what was measured is told in docs/user/van-ban.md.
LEAST = 0.95
FORMS = ("docx", "pdf", "doc")


@pytest.fixture
def made(tmp_path):
    """(file, its paper) in three formats by turns; old Word by LibreOffice where it is installed, by hand elsewhere."""
    folder = tmp_path / "ban-goc"
    folder.mkdir()
    out, old = [], []
    for n, paper in enumerate(papers(COUNT)):
        form = FORMS[n % len(FORMS)]
        path = folder / f"{n + 1:03d}.{form}"
        if form == "doc":
            old.append((path, paper))
        else:
            path.write_bytes(write(paper.tree, form))
        out.append((path, paper))
    _write_old(old, folder)
    return out


def _write_old(old, folder: Path) -> None:
    if shutil.which("soffice"):
        for path, paper in old:
            path.with_suffix(".docx").write_bytes(write(paper.tree, "docx"))
        words = [str(path.with_suffix(".docx")) for path, _paper in old]
        subprocess.run(
            [
                "soffice",
                "--headless",
                f"-env:UserInstallation=file://{folder}/lo",
                "--convert-to",
                "doc",
                "--outdir",
                str(folder),
                *words,
            ],
            check=True,
            capture_output=True,
            timeout=600,
        )
    else:
        for path, paper in old:
            path.write_bytes(old_word(text_of(paper.tree).replace("\n", "\r")))


def test_two_hundred_papers_arrive_by_page_and_by_folder(made, tmp_path, settings, capsys):
    settings.VAR = tmp_path / "var"
    clerk = office()["clerk"]
    for name, symbol in (("HĐND tỉnh Quảng Trị", "HĐND"), ("Sở Tài chính tỉnh Quảng Trị", "STC")):
        make(Issuer, code=symbol, name=name, symbol=symbol, level="province_body", valid_from="1989-07-01")
    client, watched = signed_in("vanthu"), tmp_path / "den"
    watched.mkdir()
    for path, _paper in made[COUNT // 2 :]:
        shutil.copy(path, watched / path.name)
    with replayed(DAY):
        client.post(
            reverse("arrivals"),
            {"files": [SimpleUploadedFile(path.name, path.read_bytes()) for path, _paper in made[: COUNT // 2]]},
        )
        run_waiting()
        refused = [o for o in one_pass(watched, clerk, 0) if o.refusal]
        wrong = register_all(client, {path.name: paper for path, paper in made})
    assert refused == []
    assert Document.objects.filter(direction="incoming").count() == COUNT
    assert gaps("ĐẾN/VP", 2024) == []
    kept, read = share_unchanged()
    with capsys.disabled():
        print(f"\n{kept}/{read} giá trị giữ nguyên = {kept / read:.1%}; phải sửa: {dict(wrong) or 'không'}")
    assert kept / read >= LEAST


def register_all(client, known) -> Counter[str]:
    """Do as văn thư would: correct what is wrong, send the form. The fields corrected, by format."""
    wrong: Counter[str] = Counter()
    for arrival in Arrival.objects.order_by("pk"):
        paper, address = known[arrival.name], reverse("arrival", args=[arrival.pk])
        assert arrival.fields, f"{arrival.name}: the form is not prefilled"
        form = client.get(address).context["form"]
        sent = {name: form[name].value() or "" for name in form.fields}
        meant = {name: form.fields[name].to_python for name in paper.truth}
        other = [name for name, value in paper.truth.items() if meant[name](sent[name]) != meant[name](value)]
        wrong.update(f"{name} ({arrival.kind})" for name in other)
        answer = client.post(address, {**sent, **paper.truth, "same": "1"})
        assert answer.status_code == 302, answer.context["form"].errors
    return wrong
