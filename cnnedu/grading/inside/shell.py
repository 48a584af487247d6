"""Run notebook cells with IPython and report what they show, as a Jupyter kernel does."""

import ast
import base64
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

# Of one cell's output, and of all cells', as many characters are kept; the rest is left out with a
# note.
MOST_SHOWN, MOST_SHOWN_IN_ALL = 2**20, 2**24
# Of one cell, as many outputs.
MOST_OUTPUTS = 2000
# Of an error's message, and of each of so many lines of its traceback.
MOST_SAID, MOST_LINES = 2000, 50
NO_SHELL = "`{}` was not run: there is no shell while your work is graded"
# So many characters of a stream travel together.
BUFFER = 2**14


class _Hook(DisplayHook):
    """The value of a cell's last line."""

    def write_output_prompt(self):
        """Print no prompt."""

    def write_format_data(self, format_dict, md_dict=None):
        """Report the value."""
        data = _texts(format_dict)
        self.shell.report(
            {
                "output_type": "execute_result",
                "execution_count": self.prompt_count,
                "data": data,
                "metadata": md_dict or {},
            }
        )


class _Publisher(DisplayPublisher):
    """Figures and other things that are displayed."""

    def publish(self, data, metadata=None, *args, update=False, **kwargs):
        """Report the thing."""
        if not update:
            self.shell.report(
                {
                    "output_type": "display_data",
                    "data": _texts(data),
                    "metadata": metadata or {},
                }
            )

    def clear_output(self, wait=False):
        """Forget what the cell has shown so far."""
        self.shell.report({"output_type": "clear"})


class Shell(InteractiveShell):
    """An IPython that reports outputs to a function instead of a terminal."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def start(self, report):
        """Report every output to the function `report` from now on."""
        self.show = _limited(report)
        self.shown = self.shown_in_all = self.outputs = 0
        sys.stdout, sys.stderr = (_Stream(self, name) for name in ("stdout", "stderr"))

    @property
    def has_room(self):
        """Whether more may be shown, of this cell and of all."""
        few = self.outputs <= MOST_OUTPUTS
        return few and self.shown <= MOST_SHOWN and self.shown_in_all <= MOST_SHOWN_IN_ALL

    def report(self, output):
        """Report an output after what was printed before it."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.show(output)

    def run(self, source, leniently=False):
        """Run a cell; return IPython's result, None if there was nothing to run.

        `leniently`: each statement by itself, whatever happens to those before.
        """
        self.shown, self.outputs, result = 0, 0, None
        for part in _statements(source) if leniently else [source]:
            result = self.run_cell(part, store_history=not leniently)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return result

    def text(self, value):
        """Return the text that shows the value of a cell's last line; None if it has none."""
        shown = None if value is None else self.display_formatter.format(value)[0]
        return shown and shown.get("text/plain", "")[:MOST_SAID]

    def system(self, cmd):
        """Say that there is no shell to run `!cmd` or `%pip`; the cell goes on."""
        print(NO_SHELL.format(cmd), file=sys.stderr)
        self.user_ns["_exit_code"] = 127

    def getoutput(self, cmd, split=True, depth=0):
        """Say the same for `lines = !cmd`; nothing comes back."""
        self.system(cmd)
        return SList() if split else LSString()

    def _showtraceback(self, etype, evalue, stb):
        self.report(
            {
                "output_type": "error",
                "ename": str(getattr(etype, "__name__", etype))[:MOST_SAID],
                "evalue": str(evalue)[:MOST_SAID],
                "traceback": [str(line)[:MOST_SAID] for line in stb[-MOST_LINES:]],
            }
        )


def make():
    """Return a shell that leaves no history and reads no start-up files."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.ipython_dir = "/tmp/ipython"
    shell = Shell.instance(config=config)
    shell.enable_matplotlib = lambda gui=None: ("inline", "inline")
    return shell


class _Stream:
    """Stands where standard output or standard error was."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, shell, name):
        self.shell = shell
        self.name = name
        self._waiting = []
        self._size = 0

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if self.shell.has_room:
            self._waiting.append(text)
            self._size += len(text)
        if self._size > BUFFER:
            self.flush()
        return len(text)

    def writelines(self, lines):
        for line in lines:
            self.write(line)

    def flush(self):
        text = "".join(self._waiting).encode("utf-8", "replace").decode()
        self._waiting, self._size = [], 0
        if text:
            self.shell.show({"output_type": "stream", "name": self.name, "text": text})

    def isatty(self):
        return False

    def writable(self):
        return True


def _limited(report):
    """Return a `report` that stops once a cell has shown very much."""
    shell = InteractiveShell.instance()

    def limited(output):
        size = sum(len(str(output.get(key, ""))) for key in ("text", "data", "evalue"))
        had_room = shell.has_room
        shell.shown += size
        shell.outputs += 1
        if shell.has_room or output["output_type"] in ("error", "clear"):
            shell.shown_in_all += size
            report(output)
        elif had_room:
            report({"output_type": "stream", "name": "stdout", "text": "… and more\n"})

    return limited


def _texts(data):
    """Return a MIME bundle with the bytes in it as base64."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in data.items()
        if isinstance(value, (str, bytes, dict, list, int, float))
    }


def _statements(source):
    """Return the source of each statement; of code that is no plain Python, the whole."""
    try:
        return [ast.unparse(node) for node in ast.parse(source).body]
    except SyntaxError:
        return [source]
