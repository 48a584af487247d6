"""What programs on a student's server try, and what they get."""

import contextlib
import os
import sqlite3
import subprocess
import uuid

import pytest
import requests

from cnnedu.classroom import roster, walls
from cnnedu.classroom.folder import Folder
from harness.classroom import Member, until

NAME = "01_convolution_by_hand"
SECRET = uuid.uuid4().hex

# All names of files that a program can find, the system's and Python's own aside.
LOOK = """
import os, sys
skipped = {"/usr", "/proc", "/sys", sys.prefix, sys.base_prefix}
for above, folders, files in os.walk("/"):
    folders[:] = [name for name in folders if os.path.join(above, name) not in skipped]
    print(*(os.path.join(above, name) for name in files), sep="\\n")
"""

# What the student's own token gets.
ASK = """
import os, requests
token = os.environ["JUPYTERHUB_API_TOKEN"]
def ask(method, url, **more):
    return requests.request(method, url, headers={"Authorization": f"token {token}"}, **more)
"""


@pytest.fixture(scope="module")
def inside(classroom):
    """{name: `Member`} of two students and the teacher on their servers."""
    people = {name: classroom.member(name).enter() for name in ("ada", "alan", "emmy")}
    people["emmy"].shell(
        f"nbgrader generate_assignment {NAME} --force; nbgrader release_assignment {NAME}"
    )
    people["alan"].execute(
        "import os\n"
        f'for place in ("~", "/tmp", "/dev/shm"):\n'
        f'    path = os.path.expanduser(f"{{place}}/{SECRET}.txt")\n'
        f'    open(path, "w").write("mine"); os.chmod(path, 0o666)'
    )
    people["alan"].shell(f"nbgrader fetch_assignment {NAME}; nbgrader submit {NAME}")
    return people


@pytest.fixture(scope="module")
def found(inside):
    """The files that ada's programs can find, and those that alan's can."""
    return [inside[name].execute(LOOK).splitlines() for name in ("ada", "alan")]


def test_a_student_finds_only_the_own_files(found):
    by_ada, by_alan = found
    assert sum(SECRET in path for path in by_alan) == 3
    assert not any(SECRET in path or "alan" in path for path in by_ada)
    assert "/home/ada/lessons/00_start_here.ipynb" in by_ada


def test_a_student_sees_what_is_released_and_no_solution_and_no_gradebook(found):
    by_ada, _ = found
    exchange = [path for path in by_ada if path.startswith("/srv/")]
    exchange = [path for path in exchange if "/inbound/ada+" not in path]
    exchange = [path for path in exchange if "/feedback/" not in path]  # hers alone: see below
    assert exchange == [f"/srv/exchange/cnnedu/outbound/{NAME}/{NAME}.ipynb"]
    assert f"/home/ada/lessons/{NAME}.ipynb" in by_ada
    words = ("solutions", "gradebook", "passwords.csv", "jupyterhub.sqlite", "sources/", "/hub/")
    assert not [path for path in by_ada if any(word in path for word in words)]


def test_a_student_sees_no_other_processes(inside):
    told = inside["ada"].shell("cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ | tr '\\0' ' '")
    assert "/home/ada" in told
    assert "alan" not in told
    assert "CONFIGPROXY" not in told


def test_a_student_writes_only_to_the_own_part_of_the_exchange(inside):
    for name in ("outbound", "feedback", f"outbound/{NAME}"):
        told = inside["ada"].shell(f"touch /srv/exchange/cnnedu/{name}/x")
        assert "Read-only file system" in told
    inside["ada"].shell(f"nbgrader fetch_assignment {NAME}; nbgrader submit {NAME}")
    for name in ("ada", "alan"):
        own = inside[name].shell("ls /srv/exchange/cnnedu/inbound").splitlines()
        assert own
        assert all(line.startswith(f"{name}+{NAME}+") for line in own)


@pytest.mark.parametrize(
    ("method", "path", "refused"),
    [
        ("GET", "users", (403,)),
        ("GET", "users/alan", (403, 404)),
        ("POST", "users/alan/server", (403, 404)),
        ("DELETE", "users/alan/server", (403, 404)),
        ("POST", "users/emmy/tokens", (403, 404)),
        ("PATCH", "users/ada", (403, 404)),
        ("POST", "users/mallory", (403,)),
        ("GET", "proxy", (403,)),
        ("GET", "services", (403,)),
        ("GET", "groups", (403,)),
        ("POST", "shutdown", (403,)),
    ],
)
def test_the_hub_refuses_a_students_token(inside, classroom, method, path, refused):
    url = f"{classroom.hub_url}/api/{path}"
    code = f'{ASK}\nprint(ask("{method}", "{url}", json={{"admin": True}}).status_code)'
    assert int(inside["ada"].execute(code)) in refused


def test_a_students_token_opens_no_other_server(inside, classroom):
    url = f"{classroom.url}/user/ada/api"
    own = inside["ada"].execute(f'{ASK}\nprint(ask("GET", "{url}").status_code)')
    assert int(own) == 200
    for path in ("alan/api/contents", "emmy/api/contents", "emmy/formgrader"):
        url = f"{classroom.url}/user/{path}"
        told = inside["ada"].execute(f'{ASK}\nprint(ask("GET", "{url}").status_code)')
        assert int(told) in (403, 404)


def test_nothing_of_the_class_that_listens_gives_a_student_more(inside, classroom):
    """Other servers, past the proxy; the hub; the proxy's API. A scan would find their ports."""
    urls = (classroom.url, classroom.hub_url[: -len("/hub")], classroom.api_url)
    with contextlib.closing(sqlite3.connect(classroom.folder.hub / "jupyterhub.sqlite")) as book:
        servers = [port for (port,) in book.execute("SELECT port FROM servers")]
    ports = {int(url.rpartition(":")[2]) for url in urls} | set(servers)
    assert len(ports) >= 6
    code = f"""{ASK}
for port in {ports}:
    for path in ("/user/alan/api/contents", "/user/emmy/api/contents", "/api/routes"):
        url = f"http://127.0.0.1:{{port}}{{path}}"
        for done in (ask("GET", url, allow_redirects=False), requests.get(url)):
            print(done.status_code, done.url.partition("?")[0])
"""
    told = inside["ada"].execute(code)
    assert len(told.splitlines()) == 6 * len(ports), told
    # Who isn't signed in is led to the page that asks for a password.
    opened = [line for line in told.splitlines() if line.startswith("200 ")]
    assert all(line.endswith("/hub/login") for line in opened), told


def test_no_kernel_can_be_listened_to_from_outside(inside):
    told = inside["alan"].shell("cat $JUPYTER_RUNTIME_DIR/kernel-*.json")
    assert '"transport": "ipc"' in told
    assert '"transport": "tcp"' not in told


def test_a_signed_in_student_enters_no_other_server(inside):
    ada = inside["ada"]
    assert ada.server("GET", "api/contents").status_code == 200
    for of in ("alan", "emmy"):
        assert ada.server("GET", "api/contents", of=of).status_code == 403
    assert ada.server("GET", "formgrader/", of="emmy").status_code == 403
    assert ada.server("GET", "formgrader/").status_code == 404
    assert inside["emmy"].server("GET", "formgrader/").status_code == 200


def test_the_instructors_commands_show_a_student_nobody_else(inside):
    commands = (f"nbgrader collect {NAME}", "nbgrader db student list", "nbgrader list --inbound")
    assert "alan" not in inside["ada"].shell("; ".join(commands))


def test_a_teacher_sees_the_course_and_not_the_hubs_files(inside):
    emmy = inside["emmy"]
    assert "gradebook.db" in emmy.shell("ls ~/course/grading")
    assert NAME in emmy.shell("ls ~/course/solutions")
    assert emmy.shell("ls -A ~/course/classroom") == ""
    assert not [path for path in emmy.execute(LOOK).splitlines() if SECRET in path]
    assert emmy.server("GET", "api/contents", of="alan").status_code == 403
    assert emmy.hub("GET", "users/alan").json()["servers"][""]["ready"]
    assert emmy.hub("PATCH", "users/emmy", json={"admin": True}).status_code == 403


def test_only_those_on_the_roster_sign_in(classroom):
    password = classroom.folder.first_passwords()["alan"]
    assert Member(classroom, "alan", password).signed_in
    for name, guess in (("alan", "wrong"), ("mallory", password), ("alan", ""), ("root", "root")):
        assert not Member(classroom, name, guess).signed_in
    for page in ("signup", "authorize"):
        assert Member(classroom, "alan", password).web.get(
            f"{classroom.url}/hub/{page}"
        ).status_code in (403, 404)


def test_a_student_who_ends_all_processes_ends_only_their_own_server(inside, classroom):
    grace = classroom.member("grace").enter()
    with contextlib.suppress(Exception):  # the connection ends as well
        grace.execute("import os; os.kill(-1, 9)")
    until(lambda: not grace.hub("GET", "users/grace").json()["servers"])
    assert inside["alan"].shell("echo fine") == "fine\n"


def test_only_the_owner_reads_the_class(classroom):
    assert classroom.folder.path.stat().st_mode & 0o777 == 0o700
    assert classroom.folder.passwords.stat().st_mode & 0o777 == 0o600


def test_a_teacher_cannot_change_what_the_hub_runs(confined, tmp_path):
    """As in a clone, whose environment looks for modules in the clone itself."""
    for name in (".venv", "cnnedu", ".git", "solutions"):
        (tmp_path / name).mkdir()
    (tmp_path / "nbgrader_config.py").touch()
    folder = Folder(tmp_path / "classroom")
    folder.set_up([roster.Person("emmy", teacher=True)], tmp_path)

    def write(name):
        program = ["/bin/sh", "-c", f"echo x >> /home/emmy/course/{name}"]
        words = walls.command(folder, str(tmp_path), folder.person("emmy"), program)
        return subprocess.run(words, capture_output=True, encoding="utf-8").stderr

    for name in (".venv/x", "cnnedu/x", ".git/x", "nbgrader_config.py", "sitecustomize.py"):
        assert "Read-only file system" in write(name)
    for name in ("solutions/x", "exercises/x", "grading/x"):
        assert write(name) == ""
        assert (tmp_path / name).exists()


def test_formgraders_autograde_runs_nothing(inside):
    emmy = inside["emmy"]
    emmy.shell(f"cd ~/course && nbgrader collect {NAME}")
    done = emmy.server("POST", f"formgrader/api/submission/{NAME}/alan/autograde").json()
    assert not done["success"]
    assert "use `cnnedu grade`" in done["log"]


@contextlib.contextmanager
def changed(path):
    """Let a file be written anew, and be its former owner's again."""
    owner = path.stat()
    yield
    os.chown(path, owner.st_uid, owner.st_gid)


def test_a_new_password_counts_at_once_and_the_old_one_no_longer(classroom):
    old = classroom.folder.first_passwords()["grace"]
    with changed(classroom.folder.passwords):
        said = classroom.run("class", "password", "grace")
    new = classroom.folder.first_passwords()["grace"]
    assert new != old
    assert f"The new password of grace is {new}" in said
    assert Member(classroom, "grace", new).signed_in
    assert not Member(classroom, "grace", old).signed_in
    with pytest.raises(AssertionError, match="mallory isn't on the roster"):
        classroom.run("class", "password", "mallory")


def test_who_is_taken_off_the_roster_is_out(inside, classroom):
    ada = inside["ada"]
    people, path = classroom.folder.people(), classroom.folder.path / "roster.csv"
    page = f"{classroom.url}/user/ada/api/contents"
    assert ada.web.get(page).url == page
    own = {"Authorization": f"token {ada.hub('POST', 'users/ada/tokens').json()['token']}"}
    about = f"{classroom.hub_url}/api/users/ada"
    assert requests.get(about, headers=own).status_code == 200
    with changed(path):
        roster.write([person for person in people if person.username != "ada"], path)
    try:
        classroom.stop()
        classroom.start()
        assert "/hub/login" in ada.web.get(f"{classroom.url}/hub/home").url
        until(lambda: "/user/ada/" not in ada.web.get(page).url)
        assert not classroom.member("ada").signed_in
        assert requests.get(about, headers=own).status_code == 403
        assert requests.post(f"{about}/server", headers=own).status_code == 403
        assert classroom.member("alan").signed_in
    finally:
        with changed(path):
            roster.write(people, path)
        classroom.stop()
        classroom.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="root tries")
def test_root_starts_no_class(classroom):
    with pytest.raises(AssertionError, match="never runs as root"):
        classroom.run("class", "start")
