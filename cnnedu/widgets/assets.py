"""The JavaScript and CSS of the widgets, assembled from `static/` without a bundler."""

import re
from pathlib import Path

STATIC = Path(__file__).with_name("static")

_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|class) (\w+))", re.MULTILINE)
_DEFAULT = re.compile(r"^export default (.*);\n", re.MULTILINE)


def module(name):
    """Return `static/NAME.js` as one ES module that needs no other file.

    A notebook hands a widget's JavaScript to the browser as one text, so a relative import
    would lead nowhere. Each line `import { … } from "./other.js";` is therefore replaced by
    the text of that file, once, and each export in it becomes an ordinary declaration.
    All files share one scope: two functions of the same name are a SyntaxError in the page.

    >>> 'from "./' in module("quiz")
    False
    """
    own = [_EXPORT.sub("", _read(f"{other}.js")) for other in needed_by(name)[:-1]]
    return _IMPORT.sub("", "\n".join([*own, _read(f"{name}.js")]))


def needed_by(*names):
    """Return the modules that `static/NAME.js` of each name needs, once, the deepest first.

    >>> needed_by("answers", "quiz")
    ['shared', 'answers', 'quiz']
    """
    found = {}
    for name in names:
        for _, other in _IMPORT.findall(_read(f"{name}.js")):
            found |= dict.fromkeys(needed_by(other))
        found[name] = None
    return list(found)


def script(name):
    """Return `static/NAME.js` as an ordinary script that leaves what it exports in `cnnedu`.

    A page opened from a folder may not import modules. There `static/offline.js` comes first,
    then the scripts of all that is `needed_by` the widgets, each of them once.

    >>> script("curves").splitlines()[0]
    'cnnedu.modules.curves = (() => {'
    """
    text = _read(f"{name}.js")
    exports = _EXPORT.findall(text)
    exports += [f"default: {value}" for value in _DEFAULT.findall(text)]
    text = _IMPORT.sub(r"const \1 = cnnedu.modules.\2;\n", text)
    text = _DEFAULT.sub("", _EXPORT.sub("", text))
    return (
        f"cnnedu.modules.{name} = (() => {{\n{text}\nreturn {{ {', '.join(exports)} }};\n}})();\n"
    )


def stylesheet(*names):
    """Return the style sheet shared by all widgets followed by `static/NAME.css` of each name.

    >>> ".cnnedu-quiz" in stylesheet("quiz")
    True
    """
    return "".join(_read(f"{name}.css") for name in ("shared", *names))


def _read(name):
    return (STATIC / name).read_text(encoding="utf-8")
