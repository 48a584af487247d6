"""A class on a real JupyterHub, and people in it who sign in and run code on their servers."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import psutil
import requests
import websocket

from cnnedu.classroom.folder import Folder
from harness.course import PATH, ROOT

PATIENCE = 180  # seconds that a hub or a server may take to start
CNNEDU = [sys.executable, "-c", "from cnnedu.cli import main; main()"]


class Classroom:
    """A copy of the course in a folder of its own, with a class that `cnnedu class` has set up.

    Args:
        folder: where the course and the class go.
        roster: text of the roster.
        teacher: a username.
        words: what to put in front of the hub's command, so that an ordinary user runs it.
    """

    def __init__(self, folder, roster, teacher, words=()):
        self.words = words
        self.course = Path(folder) / "course"
        self.course.mkdir()
        shutil.copy(ROOT / "nbgrader_config.py", self.course)
        for name in ("solutions", "exercises", "lessons"):
            shutil.copytree(ROOT / name, self.course / name)
        (self.course / "roster.csv").write_text(roster, encoding="utf-8")
        self.run("class", "setup", "roster.csv", "--teacher", teacher)
        self.folder = Folder(self.course / "classroom")
        self.url = f"http://127.0.0.1:{free_port()}"
        hub, api = free_port(), free_port()
        with open(self.folder.settings, "a", encoding="utf-8") as settings:
            settings.write(
                f"c.JupyterHub.hub_port = {hub}\n"
                f'c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{api}"\n'
                f'c.JupyterHub.bind_url = "{self.url}"\n'
                'c.Spawner.args = ["--LabApp.expose_app_in_browser=True"]\n'
            )
        self.hub_url, self.api_url = f"http://127.0.0.1:{hub}/hub", f"http://127.0.0.1:{api}"
        self.process, self.log = None, self.folder.path / "hub.log"

    def run(self, *words):
        """Run `cnnedu …` in the folder of the course."""
        done = subprocess.run(
            [*CNNEDU, *words], cwd=self.course, capture_output=True, encoding="utf-8"
        )
        if done.returncode:
            raise AssertionError(f"cnnedu {' '.join(words)}\n{done.stderr}{done.stdout}")
        return done.stdout

    def start(self):
        """Start the hub; wait until it answers."""
        with self.log.open("a", encoding="utf-8") as stream:
            self.process = subprocess.Popen(
                [*self.words, *CNNEDU, "class", "start"],
                cwd=self.course,
                env=os.environ | {"PATH": PATH, "PYTHONPATH": str(ROOT), "HOME": str(self.course)},
                stdout=stream,
                stderr=stream,
            )

        def answers():
            self._goes_on()
            with contextlib.suppress(requests.ConnectionError):
                return requests.get(f"{self.url}/hub/login", timeout=10).ok

        until(answers)

    def stop(self):
        """End the hub as Ctrl+C does; servers go on."""
        self._goes_on()
        # Bubblewrap stands in front of the hub, and passes no signals on.
        hub = psutil.Process(self.process.pid).children() if self.words else [self.process]
        hub[0].terminate()
        self.process.wait(timeout=60)

    def stop_all(self):
        """End the hub and everybody's server."""
        with contextlib.suppress(Exception):
            for person in self.folder.people():
                self.member(person.username).leave()
        self.stop()

    def _goes_on(self):
        """Raise with the hub's last words if it has ended by itself."""
        if self.process.poll() is not None:
            raise AssertionError(f"the hub has ended:\n{self.log.read_text('utf-8')[-5000:]}")

    def member(self, username):
        """Return somebody who has signed in."""
        return Member(self, username, self.folder.first_passwords()[username])


class Member:
    """Somebody who has signed in to a class.

    Args:
        classroom: the `Classroom`.
        username, password: theirs.
    """

    def __init__(self, classroom, username, password):
        self.url, self.name, self.kernel = classroom.url, username, None
        self.web = requests.Session()
        self.web.get(f"{self.url}/hub/login")
        done = self.web.post(
            f"{self.url}/hub/login",
            params={"_xsrf": self.web.cookies.get("_xsrf", path="/hub/")},
            data={"username": username, "password": password},
            allow_redirects=False,
        )
        self.signed_in = done.status_code == 302

    def hub(self, method, path, **more):
        """Send a request to the hub's API; return the answer."""
        return self._ask(method, "/hub/", f"api/{path}", **more)

    def enter(self, patience=PATIENCE):
        """Start the own server; wait until it answers."""
        done = self.hub("POST", f"users/{self.name}/server")
        assert done.status_code in (201, 202, 400), done.text
        until(lambda: self._servers().get("", {}).get("ready"), patience, pause=0.5)
        self.web.get(f"{self.url}/user/{self.name}/lab")  # signs in to the server
        return self

    def leave(self):
        """Stop the own server; wait until it has ended."""
        self.hub("DELETE", f"users/{self.name}/server")
        until(lambda: not self._servers())

    def server(self, method, path, of=None, **more):
        """Send a request to a server, one's own or that of `of`; return the answer."""
        return self._ask(method, f"/user/{of or self.name}/", path, **more)

    def execute(self, code, patience=120):
        """Run code in the kernel that this member has on their server; return what it prints."""
        header = {"msg_id": uuid.uuid4().hex, "msg_type": "execute_request", "version": "5.3"}
        header |= {"session": "s", "username": self.name, "date": "2026-01-01T00:00:00Z"}
        content = {"code": code, "silent": False, "allow_stdin": False}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        printed = []
        with contextlib.closing(self._connected(patience)) as kernel:
            kernel.send(json.dumps(message | {"channel": "shell"}))
            while True:
                said = json.loads(kernel.recv())
                if said["parent_header"].get("msg_id") != header["msg_id"]:
                    continue
                if said["msg_type"] == "stream":
                    printed.append(said["content"]["text"])
                elif said["msg_type"] == "error":
                    printed.append("\n".join(said["content"]["traceback"]))
                elif said["msg_type"] == "status" and said["content"]["execution_state"] == "idle":
                    return "".join(printed)

    def shell(self, command):
        """Run a shell command on the own server; return all that it prints."""
        return self.execute(
            "import subprocess\n"
            f"done = subprocess.run({command!r}, shell=True, capture_output=True, text=True)\n"
            "print(done.stdout + done.stderr, end='')"
        )

    def _connected(self, patience):
        """Return a connection to the kernel, a new one at the first time.

        The server closes those on which nobody answers for a while.
        """
        if self.kernel is None:
            self.kernel = self.server("POST", "api/kernels", json={"name": "python3"}).json()["id"]
        address = f"ws{self.url[4:]}/user/{self.name}/api/kernels/{self.kernel}/channels"
        cookies = "; ".join(f"{one.name}={one.value}" for one in self.web.cookies)
        return websocket.create_connection(
            address, timeout=patience, header=[f"Cookie: {cookies}"], origin=self.url
        )

    def _servers(self):
        return self.hub("GET", f"users/{self.name}").json()["servers"]

    def _ask(self, method, base, path, **more):
        """Send a request, with the token that pages send along; return the answer."""
        token = self.web.cookies.get("_xsrf", path=base)
        headers = {"X-XSRFToken": token, "Referer": self.url + base} if token else {}
        return self.web.request(method, self.url + base + path, headers=headers, **more)


def free_port():
    """Return a number of a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def until(true, patience=PATIENCE, pause=0.1):
    """Wait until something is true, and return it; fail after `patience` seconds."""
    end = time.monotonic() + patience
    while not (found := true()):
        assert time.monotonic() < end, f"waited for {patience} s"
        time.sleep(pause)
    return found
