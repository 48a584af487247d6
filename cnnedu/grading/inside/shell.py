"""Run notebook cells with IPython and report what they show, as a Jupyter kernel does."""

import base64
import sys

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

MOST_SHOWN, MOST_SHOWN_IN_ALL = 2**20, 2**24  # characters of one cell's outputs; of all cells'
MOST_OUTPUTS = 2000  # of one cell
MOST_SAID, MOST_LINES = 2000, 50  # characters of an error's message or a line of it; lines
BUFFER = 2**14  # characters of a stream that travel together
NO_SHELL = "`{}` was not run: there is no shell while your work is graded"


class _Hook(DisplayHook):
    """Reports the value of a cell's last line."""

    def write_output_prompt(self):
        """Print no prompt."""

    def write_format_data(self, format_dict, md_dict=None):
        """Report the value."""
        self.shell.report({"output_type": "execute_result", "data": _texts(format_dict)})


class _Publisher(DisplayPublisher):
    """Reports figures and whatever else is displayed."""

    def publish(self, data, metadata=None, *args, update=False, **kwargs):
        """Report what is displayed."""
        if not update:
            self.shell.report({"output_type": "display_data", "data": _texts(data)})

    def clear_output(self, wait=False):
        """Have the outputs so far thrown away."""
        self.shell.report({"output_type": "clear"})


class Shell(InteractiveShell):
    """An IPython that sends its outputs to a function instead of a terminal."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    shown = shown_in_all = 0  # characters of this cell's outputs; of all cells'
    outputs = 0  # of this cell
    statements = forgiven = 0  # of this cell: begun; after which it goes on whatever happens
    send = None

    def start(self, send):
        """Send every output to the function `send` from now on."""
        self.send = send
        sys.stdout, sys.stderr = (_Stream(self, name) for name in ("stdout", "stderr"))

    @property
    def has_room(self):
        """Whether this cell, and all cells together, may show more."""
        few = self.outputs <= MOST_OUTPUTS
        return few and self.shown <= MOST_SHOWN and self.shown_in_all <= MOST_SHOWN_IN_ALL

    def report(self, output):
        """Show an output after what was printed before it."""
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        self.show(output)

    def show(self, output):
        """Send an output, unless too much has been shown already."""
        size = sum(len(str(output.get(key, ""))) for key in ("text", "data", "evalue"))
        had_room = self.has_room
        self.shown += size
        self.outputs += 1
        if self.has_room or output["output_type"] in ("error", "clear"):
            self.shown_in_all += size
            self.send(output)
        elif had_room:
            self.send({"output_type": "stream", "name": "stdout", "text": "… and more\n"})

    def run(self, source, forgiven=0):
        """Run a cell; return IPython's result.

        Args:
            source: of the cell.
            forgiven: how many statements to run whatever errors they raise, and no more than these;
                with 0, the cell ends at the first error.
        """
        self.shown, self.outputs, self.statements, self.forgiven = 0, 0, 0, forgiven
        result = self.run_cell(source, store_history=not forgiven)
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        return result

    async def run_code(self, code_obj, result=None, *, async_=False):
        """Run one statement; return whether the cell ends with it."""
        self.statements += 1
        failed = await super().run_code(code_obj, result, async_=async_)
        if self.forgiven and (not failed or isinstance(result.error_in_exec, Exception)):
            return self.statements >= self.forgiven
        return failed

    def text(self, value):
        """Return the text that shows the value of a cell's last line; None without a value."""
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
    shell.run_cell("pass", silent=True)  # what IPython makes at its first cell, before any fork
    return shell


class _Stream:
    """Takes the place of standard output or standard error."""

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


def _texts(data):
    """Return a MIME bundle with the bytes in it as base64."""
    return {
        kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
        for kind, value in data.items()
        if isinstance(value, (str, bytes, dict, list, int, float))
    }
