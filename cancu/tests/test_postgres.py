"""The supervisor of the database, on real clusters of its own under /tmp."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from cancu import postgres
from cancu.postgres import Cluster, DatabaseUnavailable

AS_ROOT = os.getuid() == 0


@pytest.fixture(scope="module")
def shelf():
    """A folder that every system user may enter, as short as a socket path needs."""
    folder = Path(tempfile.mkdtemp(prefix="cc-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def _cluster(home: Path) -> Cluster:
    user = postgres.SYSTEM_USER if AS_ROOT else pwd.getpwuid(os.getuid()).pw_name
    return Cluster(home, postgres._binaries(), user)


@pytest.fixture(scope="module")
def cluster(shelf):
    made = _cluster(shelf / "a")
    made.start()
    yield made
    made.stop()


@pytest.fixture
def fresh(shelf):
    made = _cluster(Path(tempfile.mkdtemp(dir=shelf)) / "b")
    made.home.parent.chmod(0o755)
    yield made
    made.stop()


def _ask(cluster: Cluster, question: str):
    with psycopg.connect(
        host=str(cluster.socket), user=postgres.ROLE, dbname=postgres.ROLE, autocommit=True
    ) as connection:
        return connection.execute(question).fetchall()


def _everyone(cluster: Cluster) -> list[int]:
    """The postmaster and all its children."""
    postmaster = int((cluster.data / "postmaster.pid").read_text().split()[0])
    found = subprocess.run(["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True, check=False)
    return [postmaster, *map(int, found.stdout.split())]


def test_it_speaks_vietnamese_and_only_over_its_socket(cluster):
    assert _ask(cluster, "SELECT lower('ĐIỀU'), initcap('nguyễn ái quốc')") == [("điều", "Nguyễn Ái Quốc")]
    assert _ask(
        cluster,
        "SELECT name, setting FROM pg_settings WHERE name IN ('listen_addresses', 'data_checksums', 'server_encoding') ORDER BY 1",
    ) == [("data_checksums", "on"), ("listen_addresses", ""), ("server_encoding", "UTF8")]


def test_nobody_is_trusted(cluster):
    assert _ask(cluster, "SELECT type, auth_method FROM pg_hba_file_rules") == [("local", "peer")]
    assert cluster.socket.stat().st_mode & 0o077 == 0


def test_starting_again_is_nothing(cluster):
    before = _everyone(cluster)[0]
    cluster.start()
    assert _everyone(cluster)[0] == before


def test_what_was_written_survives_kill_9_of_every_process(cluster):
    with psycopg.connect(
        host=str(cluster.socket), user=postgres.ROLE, dbname=postgres.ROLE, autocommit=True
    ) as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    for pid in _everyone(cluster):
        with suppress(ProcessLookupError):  # a worker of the moment, gone by itself
            os.kill(pid, signal.SIGKILL)
    cluster.start()
    assert _ask(cluster, "SELECT count(*) FROM kept") == [(1000,)]


def test_it_survives_kill_9_of_the_postmaster_alone(cluster):
    os.kill(_everyone(cluster)[0], signal.SIGKILL)
    cluster.start()
    assert _ask(cluster, "SELECT 1") == [(1,)]


def test_a_zombie_postmaster_is_dead(cluster):
    """A container without a reaping init keeps the dead process in the table for ever."""
    cluster.stop()
    zombie = subprocess.Popen(["/bin/true"])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    (cluster.data / "postmaster.pid").write_text(f"{zombie.pid}\n{cluster.data}\n")
    (cluster.socket / ".s.PGSQL.5432.lock").write_text(f"{zombie.pid}\n")
    assert not cluster.running()
    cluster.start()
    zombie.wait()
    assert _ask(cluster, "SELECT 1") == [(1,)]


def test_a_number_that_another_program_got_since_is_not_a_postmaster(cluster):
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n")
    assert not cluster.running()
    cluster.start()
    assert _ask(cluster, "SELECT 1") == [(1,)]


def test_a_lost_socket_is_made_again(cluster):
    for left in cluster.socket.glob(".s.PGSQL.*"):
        left.unlink()
    cluster.start()
    assert _ask(cluster, "SELECT 1") == [(1,)]


def test_an_initdb_killed_half_way_leaves_nothing_behind(fresh):
    fresh.home.mkdir()
    making = fresh.home / f"making-{fresh.major}"
    making.mkdir()
    (making / "PG_VERSION").write_text(f"{fresh.major}\n")
    if AS_ROOT:
        postgres._make_system_user(fresh.user)
        shutil.chown(fresh.home, fresh.user)
    fresh.start()
    assert _ask(fresh, "SELECT 1") == [(1,)]
    assert not making.exists()


def test_processes_that_start_at_once_share_one_server(fresh):
    code = (
        "import sys; from pathlib import Path; from cancu.postgres import Cluster;"
        "Cluster(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]).start()"
    )
    several = [
        subprocess.Popen(
            [sys.executable, "-c", code, fresh.home, fresh.found, fresh.user], cwd=postgres.ROOT, stderr=subprocess.PIPE
        )
        for _ in range(4)
    ]
    assert [(one.communicate()[1], one.returncode) for one in several] == [(b"", 0)] * 4
    assert _ask(fresh, "SELECT count(*) FROM pg_database WHERE datname = 'cancu'") == [(1,)]


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(fresh):
    far = replace(fresh, home=fresh.home.parent / ("một-thư-mục-rất-dài-" * 5))
    try:
        far.start()
        assert _ask(far, "SELECT 1") == [(1,)]
        assert len(os.fsencode(far.socket / ".s.PGSQL.5432")) <= 107
        assert far.socket.stat().st_mode & 0o077 == 0
    finally:
        far.stop()
        shutil.rmtree(far.socket, ignore_errors=True)


def test_permissions_outside_its_folder_stay_as_they_were(fresh):
    def modes():
        return [(p, p.stat().st_mode, p.stat().st_uid) for p in fresh.home.parents]

    before = modes()
    fresh.start()
    assert modes() == before


@pytest.mark.skipif(not AS_ROOT, reason="only root can make a stranger's folder")
def test_a_strangers_folder_is_refused_not_taken_over(fresh):
    fresh.home.mkdir()
    os.chown(fresh.home, pwd.getpwnam("nobody").pw_uid, -1)
    with pytest.raises(DatabaseUnavailable, match="thuộc về người dùng nobody"):
        fresh.start()
    shutil.chown(fresh.home, "root")


@pytest.mark.skipif(not AS_ROOT, reason="only root runs the server as somebody else")
def test_binaries_that_its_user_cannot_reach_are_copied(fresh, monkeypatch):
    monkeypatch.setattr(postgres, "_reachable", lambda path, user: False)
    fresh.start()
    assert fresh.home in fresh.binaries.parents
    assert _ask(fresh, "SELECT 1") == [(1,)]


@pytest.mark.parametrize(
    "address, says",
    [
        ("mysql://a@b/c", "DATABASE_URL phải có dạng"),
        ("postgresql://a@127.0.0.1:1/c", "không trả lời"),
    ],
)
def test_a_wrong_address_is_said_in_vietnamese(monkeypatch, address, says):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(DatabaseUnavailable, match=says):
        postgres.ensure()


def test_a_wrong_choice_of_binaries_is_said(monkeypatch):
    monkeypatch.setenv("CANCU_POSTGRES", "docker")
    with pytest.raises(DatabaseUnavailable, match="system hoặc wheel"):
        postgres._binaries()


def test_an_address_becomes_settings_whole(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://so:m%C3%A2t%40@db:5433/can_cu?sslmode=require")
    given = postgres.settings()
    assert (given["HOST"], given["PORT"], given["NAME"], given["USER"], given["PASSWORD"], given["OPTIONS"]) == (
        "db",
        "5433",
        "can_cu",
        "so",
        "mât@",
        {"sslmode": "require"},
    )
