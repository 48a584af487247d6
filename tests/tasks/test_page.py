"""`cnnedu finetune --page`: what it holds and refuses; tests/browser drives the page itself."""

import gzip
import hashlib
import importlib.util
import json
import re

import pytest
from click.testing import CliRunner

from cnnedu.cli import main
from cnnedu.models.pretrained import load_pretrained
from cnnedu.tasks.page import page
from cnnedu.tasks.page.write import RUNTIME


@pytest.mark.parametrize(
    ("words", "missing", "reason"),
    [
        (["--page", "page.html"], "onnxscript", 'run pip install "cnnedu[page]"'),
        (["--page", "page.pdf"], "", "page.pdf must end in .html, or no browser opens it"),
        (["--page", "here.html"], "", "File 'here.html' is a directory"),
    ],
)
def test_a_page_that_cannot_be_made_is_refused_before_anything_is_done(
    tmp_path, monkeypatch, words, missing, reason
):
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *more: name != missing and find(name, *more)
    )
    monkeypatch.chdir(tmp_path)
    for name in ("cat", "dog"):
        (tmp_path / "album" / name).mkdir(parents=True)
    (tmp_path / "here.html").mkdir()
    before = sorted(tmp_path.rglob("*"))
    done = CliRunner().invoke(main, ["finetune", "album", *words])
    assert done.exit_code and reason in done.stderr.splitlines()[-1], done.output
    assert sorted(tmp_path.rglob("*")) == before


def test_the_runtime_is_the_one_that_its_npm_package_holds():
    about = json.loads((RUNTIME / "about.json").read_text(encoding="utf-8"))
    assert {f"{name}.gz" for name in about["sha256"]} == {p.name for p in RUNTIME.glob("*.gz")}
    for name, wanted in about["sha256"].items():
        content = gzip.decompress((RUNTIME / f"{name}.gz").read_bytes())
        assert hashlib.sha256(content).hexdigest() == wanted, name
    script = gzip.decompress((RUNTIME / "ort.wasm.bundle.min.mjs.gz").read_bytes()).decode()
    assert f"ONNX Runtime Web v{about['package'].rpartition('@')[2]}\n" in script
    assert "Licensed under the MIT License" in script


def test_the_page_asks_for_nothing_and_allows_nothing():
    text = page(load_pretrained("fast"), "ten things", b"")
    assert not re.search(
        r"""(src|href|action)\s*=\s*["']?(?!data:)\w""", text.partition("</main>")[0]
    )
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', text)[1]
    assert policy.startswith("default-src 'none';") and "'unsafe" not in policy
    assert not re.search("connect-src|img-src|http", policy)
