"""The configuration files for larger classes: as far as they can be checked without a cluster."""

import re
import sys
from types import SimpleNamespace

import jupyterhub.scopes
import pytest
import yaml
from nbgrader.coursedir import CourseDirectory
from nbgrader.exchange.default import Exchange
from traitlets.config import Config

from cnnedu.classroom import hub
from cnnedu.classroom.folder import COURSE_ID, Folder
from harness.course import ROOT

FILES = ROOT / "docs/growing"
PAGE = (ROOT / "docs/growing.md").read_text(encoding="utf-8")
CLASSES = {"CourseDirectory": CourseDirectory, "Exchange": Exchange}


class Unique(yaml.SafeLoader):
    """Refuses a name that is there twice, of which the last would count."""

    def construct_mapping(self, node, deep=False):
        names = [self.construct_object(key) for key, _ in node.value]
        assert len(set(names)) == len(names), names
        return super().construct_mapping(node, deep)


def read(name):
    return yaml.load((FILES / name).read_text(encoding="utf-8"), Unique)


def configured(name):
    """Run a configuration file of nbgrader; return what it sets."""
    made = Config()
    exec(compile((FILES / name).read_text("utf-8"), name, "exec"), {"get_config": lambda: made})
    for of, settings in made.items():
        assert set(settings) <= set(CLASSES[of].class_traits(config=True)), of
    return made


def test_the_page_names_each_file():
    named = set(re.findall(r"\(growing/([\w.]+)\)", PAGE))
    assert named == {path.name for path in FILES.iterdir()}


@pytest.mark.parametrize("name", [path.name for path in FILES.glob("*.yaml")])
def test_each_file_is_a_mapping_without_repeated_names(name):
    assert read(name)


def test_a_student_gets_as_much_as_on_one_machine(tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "proxy", lambda folder: "proxy")
    Folder(tmp_path).set_up([], tmp_path)
    c = Config()
    hub.configure(c, tmp_path, tmp_path)
    ours = c.Spawner
    for limits in (read("tljh.yaml")["limits"], None):
        given = limits or {k: read("hub.yaml")["singleuser"][k]["limit"] for k in ("memory", "cpu")}
        assert given == {"memory": ours.mem_limit, "cpu": ours.cpu_limit}
    large = read("hub.yaml")
    assert large["singleuser"]["defaultUrl"] == ours.default_url
    assert f"--timeout={large['cull']['timeout']}" in c.JupyterHub.services[0]["command"]


def test_the_files_for_a_cluster_agree():
    large, ngshare, dask = map(read, ("hub.yaml", "ngshare.yaml", "dask.yaml"))
    service = large["hub"]["services"]["ngshare"]
    assert service["apiToken"] == ngshare["ngshare"]["hub_api_token"]
    image = large["singleuser"]["image"]
    for part in ("scheduler", "worker"):
        assert dask[part]["image"] == {"repository": image["name"], "tag": image["tag"]}


def test_the_scopes_are_jupyterhubs_own():
    for name, role in read("hub.yaml")["hub"]["loadRoles"].items():
        scopes = set(role["scopes"])
        jupyterhub.scopes._check_scopes_exist(scopes, who_for=name)
        assert "access:services!service=ngshare" in scopes
    default = {"users:activity!user", "access:servers!server"}
    assert scopes - {"access:services!service=ngshare"} == default  # the server's, named last


def test_nbgraders_settings_exist():
    small = configured("tljh_nbgrader_config.py")
    assert small.CourseDirectory.course_id == COURSE_ID


def test_ngshare_is_asked_where_it_answers(monkeypatch):
    asked = []
    stand_in = SimpleNamespace(configureExchange=lambda c, url: asked.append(url))
    monkeypatch.setitem(sys.modules, "ngshare_exchange", stand_in)
    assert configured("ngshare_nbgrader_config.py").CourseDirectory.course_id == COURSE_ID
    assert asked == [read("hub.yaml")["hub"]["services"]["ngshare"]["url"] + "/services/ngshare"]


def test_the_image_holds_what_the_package_needs_and_no_solution():
    text = (FILES / "Dockerfile").read_text(encoding="utf-8")
    copied = [words.split()[:-1] for words in re.findall(r"^COPY (.*)", text, re.MULTILINE)]
    names = {name for names in copied for name in names}
    assert all((ROOT / name).exists() for name in names)
    assert {"cnnedu", "exercises", "lessons", "pyproject.toml", "README.md", "LICENSE"} <= names
    assert not [name for name in names if name.startswith(("solutions", "sources", ".", "tests"))]
