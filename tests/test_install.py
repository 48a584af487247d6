"""`tools/install.py` spares Linux machines without an NVIDIA card the CUDA libraries."""

import importlib.util
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

PATH = Path(__file__).parent.parent / "tools/install.py"


@pytest.fixture
def install():
    spec = importlib.util.spec_from_file_location("install", PATH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def commands(install, monkeypatch):
    """Collect the arguments that pip would get."""
    given = []
    monkeypatch.setattr(install, "pip", lambda *arguments: given.append(arguments) or 0)
    return given


@pytest.mark.parametrize(
    ("platform", "has_torch", "has_nvidia", "wanted"),
    [
        ("linux", False, False, True),
        ("linux", True, False, False),
        ("linux", False, True, False),
        ("darwin", False, False, False),
        ("win32", False, False, False),
    ],
)
def test_who_gets_the_cpu_build(install, monkeypatch, platform, has_torch, has_nvidia, wanted):
    monkeypatch.setattr(install.sys, "platform", platform)
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda _: has_torch or None)
    monkeypatch.setattr(install.shutil, "which", lambda _: has_nvidia or None)
    assert install.wants_cpu_build() is wanted


def test_the_cpu_index_is_used_when_it_answers(install, commands, monkeypatch):
    monkeypatch.setattr(install, "wants_cpu_build", lambda: True)
    monkeypatch.setattr(install, "is_reachable", lambda url: True)
    assert install.main("test") == 0
    assert commands == [
        ("--no-deps", "--index-url", install.CPU_INDEX, "torch"),
        ("-e", ".[test]"),
    ]


def test_installation_goes_on_without_it(install, commands, monkeypatch):
    monkeypatch.setattr(install, "wants_cpu_build", lambda: True)
    monkeypatch.setattr(install, "is_reachable", lambda url: False)
    assert install.main() == 0
    assert commands == [("-e", ".[lab,grading,authoring]")]


def test_a_server_that_answers_is_reachable_and_a_closed_port_is_not(install):
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}"
    assert install.is_reachable(url)
    server.shutdown()
    server.server_close()
    assert not install.is_reachable(url)


def test_a_name_that_is_looked_up_for_ever_is_not_waited_for(install, monkeypatch):
    monkeypatch.setattr(install, "PATIENCE_SECONDS", 0.2)
    answer, answered = threading.Event(), threading.Event()

    def look_up(*_):
        answer.wait(60)
        answered.set()
        raise socket.gaierror("no answer")

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert not install.is_reachable("http://no-answer.example")
    assert not answered.is_set()
    answer.set()
