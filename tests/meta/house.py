"""The rules of the house that a program can see. Each rule takes a tree of files and names what breaks it."""

import ast
import fnmatch
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

RULES: list[Callable[[Path], Iterator[str]]] = []

FORBIDDEN_WORDS = {"service", "manager", "helper", "util", "utils", "handler", "plugin", "signal"}
TRANSLATE = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext"}
CLOCK = {"now", "today", "utcnow", "localdate"}
LINE_FILES = {
    "README.md",
    "__init__.py",
    "line.py",
    "models.py",
    "models",
    "migrations",
    "states.py",
    "codes.yaml",
    "registers.py",
    "indicators.py",
    "checks.py",
    "section.md",
    "procedures.py",
    "procedures.yaml",
    "sheets.py",
    "reminders.py",
    "tests",
}
#: What every member of the department sees whole.
SEEN_BY_ALL = {"Report"}
LINE_NEEDS = ("README.md", "__init__.py", "line.py", "registers.py", "indicators.py", "tests/figures.yaml")


def rule(check: Callable[[Path], Iterator[str]]) -> Callable[[Path], Iterator[str]]:
    RULES.append(check)
    return check


def files(root: Path) -> list[Path]:
    """The files of the tree, as git would keep them; a tree that is no repository is taken whole."""
    asked = subprocess.run(
        ["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"],
        capture_output=True,
        text=True,
        check=False,
    )
    inside = [root / line for line in asked.stdout.splitlines()] if asked.returncode == 0 else root.rglob("*")
    return sorted(path for path in inside if path.is_file())


def _code(root: Path, *, tests: bool = False) -> Iterator[tuple[Path, ast.Module]]:
    for path in files(root):
        inside = path.relative_to(root).parts
        if path.suffix == ".py" and "migrations" not in inside and (tests or "tests" not in inside):
            yield path.relative_to(root), ast.parse(path.read_text("utf-8"))


@rule
def files_are_short(root: Path) -> Iterator[str]:
    """At most 400 lines a file, 800 a test file; migrations are written by a program."""
    for path in files(root):
        inside = path.relative_to(root)
        if path.suffix in (".py", ".html", ".css", ".js", ".typ") and "migrations" not in inside.parts:
            lines, most = len(path.read_text("utf-8").splitlines()), 800 if "tests" in inside.parts else 400
            if lines > most:
                yield f"{inside}: {lines} lines, at most {most}"


@rule
def functions_are_short(root: Path) -> Iterator[str]:
    for path, tree in _code(root):
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > 40:
                    yield f"{path}:{node.lineno} {node.name}: {lines} lines, at most 40"


@rule
def names_are_of_the_vocabulary(root: Path) -> Iterator[str]:
    for path, tree in _code(root):
        names = [path.stem, *(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))]
        for name in names:
            words = {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+", name)}
            if words & FORBIDDEN_WORDS or {word.rstrip("s") for word in words} & FORBIDDEN_WORDS:
                yield f"{path}: “{name}” is not in the vocabulary (design.md §2)"


@rule
def only_the_calendar_reads_the_clock(root: Path) -> Iterator[str]:
    """``datetime.now``, ``date.today``, ``timezone.now`` anywhere else make a report of 2024 depend on today."""
    for path, tree in _code(root):
        if path.as_posix() == "cancu/core/calendar.py" or path.parts[0] not in ("vanban", "cancu"):
            continue
        for node in ast.walk(tree):
            owner = node.value if isinstance(node, ast.Attribute) else None
            said = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
            if (
                isinstance(node, ast.Attribute)
                and node.attr in CLOCK
                and said in ("datetime", "date", "timezone", "dt")
            ):
                yield f"{path}:{node.lineno} reads the clock; ask cancu.core.calendar"


@rule
def pages_show_only_what_the_user_may_see(root: Path) -> Iterator[str]:
    """A view that begins with ``.objects.all()`` forgets the scope; it begins with ``.objects.seen_by(user)``."""
    for path, tree in _code(root):
        if "views" not in path.stem and "desk" not in path.parts and "portal" not in path.parts:
            continue
        for node in ast.walk(tree):
            owner = node.value if isinstance(node, ast.Attribute) and node.attr == "all" else None
            if (
                isinstance(owner, ast.Attribute)
                and owner.attr == "objects"
                and ast.unparse(owner.value) not in SEEN_BY_ALL
            ):
                yield f"{path}:{node.lineno} shows all rows; use seen_by(user)"


@rule
def words_for_translation_are_constant(root: Path) -> Iterator[str]:
    for path, tree in _code(root, tests=True):
        for node in ast.walk(tree):
            called = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if called in TRANSLATE and any(isinstance(one, ast.JoinedStr) for one in node.args):
                yield f"{path}:{node.lineno} an f-string inside {called}() cannot be translated"


@rule
def every_folder_says_what_it_is(root: Path) -> Iterator[str]:
    """Each folder has a row ``| `folder` | one sentence |`` in docs/develop/folders.md; ``*`` stands for one name."""
    page = root / "docs" / "develop" / "folders.md"
    known = re.findall(r"^\| `([^`]+?)/?` \| (.+?) \|$", page.read_text("utf-8") if page.exists() else "", re.MULTILINE)
    folders = {path.parent.relative_to(root) for path in files(root)} - {Path()}
    for folder in sorted(folders):
        if folder.name not in ("tests", "migrations") and not any(_same(folder, pattern) for pattern, _said in known):
            yield f"{folder}/ has no row in docs/develop/folders.md"
    for pattern, said in known:
        if not any(_same(folder, pattern) for folder in folders):
            yield f"docs/develop/folders.md names {pattern}, which is not there"
        if said.rstrip(".").count(". "):
            yield f"docs/develop/folders.md: {pattern} needs two sentences, so the split is wrong"


def _same(folder: Path, pattern: str) -> bool:
    parts = pattern.split("/")
    return len(parts) == len(folder.parts) and all(map(fnmatch.fnmatch, folder.parts, parts))


@rule
def a_line_is_one_folder_of_known_files(root: Path) -> Iterator[str]:
    """A file of another name is allowed only when the line's README says, in backticks, what it is."""
    lines = root / "cancu" / "lines"
    for line in sorted(path for path in lines.glob("*/") if any(path.glob("*.py")) or any(path.glob("*.md"))):
        missing = [name for name in LINE_NEEDS if not (line / name).exists()]
        if not (line / "models.py").exists() and not (line / "models").is_dir():
            missing.append("models.py")
        yield from (f"cancu/lines/{line.name}: {name} is missing" for name in missing)
        said = (line / "README.md").read_text("utf-8") if (line / "README.md").exists() else ""
        for path in sorted(line.iterdir()):
            if path.name not in LINE_FILES and path.name != "__pycache__" and f"`{path.name}`" not in said:
                yield f"cancu/lines/{line.name}/{path.name}: no such file in the contract, and README.md does not explain it"
