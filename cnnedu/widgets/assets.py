"""The JavaScript and CSS of the widgets, assembled from `static/` without a bundler."""

import re
from pathlib import Path

STATIC = Path(__file__).with_name("static")

_IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=function|const|class)", re.MULTILINE)


def module(name):
    """Return `static/NAME.js` as one ES module that needs no other file.

    A notebook hands a widget's JavaScript to the browser as one text, so a relative import
    would lead nowhere. Each line `import { … } from "./other.js";` is therefore replaced by
    the text of that file, once, and each export in it becomes an ordinary declaration.
    All files share one scope: two functions of the same name are a SyntaxError in the page.

    >>> 'from "./' in module("quiz")
    False
    """
    return _IMPORT.sub("", "\n".join([*_imports(name, []), _read(f"{name}.js")]))


def stylesheet(*names):
    """Return the style sheet shared by all widgets followed by `static/NAME.css` of each name.

    >>> ".cnnedu-quiz" in stylesheet("quiz")
    True
    """
    return "".join(_read(f"{name}.css") for name in ("shared", *names))


def _imports(name, seen):
    """Return the text of each file that `static/NAME.js` imports, once, the deepest first."""
    texts = []
    for other in _IMPORT.findall(_read(f"{name}.js")):
        if other not in seen:
            seen.append(other)
            texts += [*_imports(other, seen), _EXPORT.sub("", _read(f"{other}.js"))]
    return texts


def _read(name):
    return (STATIC / name).read_text(encoding="utf-8")
