"""What all widgets share: the MIME bundle, the offline page, the assembled JavaScript."""

import re
import subprocess
import sys

import pytest

import cnnedu.widgets
from cnnedu.widgets import ConvolutionStepper, offline_page
from cnnedu.widgets.assets import STATIC, module
from cnnedu.widgets.base import PICTURE_WIDTH, Widget
from cnnedu.widgets.gallery import EXAMPLES, names


@pytest.fixture(scope="module", params=names())
def widget(request):
    """Each widget of the course."""
    return EXAMPLES.get(request.param, getattr(cnnedu.widgets, request.param))()


def test_bundle_holds_the_view_a_line_and_a_small_picture_always_the_same(widget):
    data, metadata = widget._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == widget.model_id
    assert data["text/plain"] == repr(widget)
    assert "\n" not in data["text/plain"]
    assert data["image/png"].startswith(b"\x89PNG")
    assert metadata["image/png"] == {"width": PICTURE_WIDTH}
    assert len(data["image/png"]) < 100_000
    assert data["image/png"] == widget.picture_png()


def test_largest_picture_is_small_too():
    picture = [[-99.5 - i - j for i in range(12)] for j in range(12)]
    stepper = ConvolutionStepper(picture, [[-1.25] * 5] * 5, padding=2)
    assert len(stepper.picture_png()) < 200_000


def test_making_a_widget_imports_no_matplotlib():
    code = (
        "import sys, cnnedu.widgets as widgets; widgets.ConvolutionStepper();"
        "print('matplotlib' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert result.stdout == "False\n", result.stderr


def test_saved_page_names_no_other_file(widget, tmp_path):
    path = widget.save_html(str(tmp_path / "page.html"))
    page = path.read_text(encoding="utf-8")
    assert "cnnedu.show(" in page
    assert not re.search(r"""(?:src|href)="(?!data:)|\bimport\b[^\n]*from|@import|url\(""", page)
    assert page.count("<script") == page.count("</script>") == 1


def test_offline_page_escapes_its_title():
    assert "<h1>a &lt; b</h1>" in offline_page([], "a < b")


def test_a_widget_must_draw_itself():
    with pytest.raises(NotImplementedError, match="define draw"):
        Widget().draw()


@pytest.mark.parametrize("name", ["convolution_stepper", "quiz"])
def test_module_joins_each_file_once(name):
    text = module(name)
    assert text.count("export ") == text.count("export default { render };") == 1
    assert text.count("function element(") == 1
    assert "import {" not in text


def test_files_join_without_two_declarations_of_one_name():
    texts = [path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")]
    names = re.findall(
        r"^(?:export )?(?:const|function|class) (\w+)",
        "\n".join(text for text in texts if "export default" not in text),
        flags=re.MULTILINE,
    )
    assert len(names) == len(set(names)) > 10
