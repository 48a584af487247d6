"""`TrainingMonitor`: look into each layer while a network learns, and compare two runs."""

import threading
import time

import numpy as np
import traitlets

from cnnedu.widgets.arrays import decode, encode
from cnnedu.widgets.assets import module, stylesheet
from cnnedu.widgets.base import Widget

SECONDS_BETWEEN_UPDATES = 0.2
ARRAYS = ("activations", "gradients", "ratios", "silent")


class TrainingMonitor(Widget):
    """Show what happens in each layer of a network that learns, step by step, beside another run.

    For a step that the reader chooses it shows, layer by layer, histograms of the activations and
    of the weight's gradients, the size of the update as a share of the weight, and how many
    channels are silent; above them the loss and all updates over the whole run. A run in which the
    learning rate rises a hundredfold counts as one of a rate finder: its curves are drawn against
    the rate, and the widget says where the smoothed loss falls fastest.

    Args:
        records: {name: `cnnedu.training.recorder.Recorder` of a run that has ended}.
        compare: the name of the run that the others are compared with, or None.
        lab: {name: function(show)} of runs that the reader may start. Such a function trains, with
            a `Recorder` that gets `show`, and returns the recorder.

    A run of the lab trains in the background, after the reader has pressed Train or after
    `start(name)`; it can be watched while it learns. `wait()` waits for its end. `chosen`,
    `compare` and `moment` (the number of the snapshot, −1 for the latest) are traits; so are
    `status`, which is "ready", "running", "done", "stopped" or "failed", and `error`.

    Raises:
        TypeError, ValueError: an argument of the wrong kind; there is no such run.

    >>> from types import SimpleNamespace
    >>> kept = {"steps": [1], "ratios": [[0.01]], "silent": [[0.0]]}
    >>> kept |= {"activations": [[[1.0] * 40]], "gradients": [[[1.0] * 40]]}
    >>> record = SimpleNamespace(
    ...     layers=["dense"], losses=[2.3], rates=[0.1], held_out=[], snapshots=kept
    ... )
    >>> TrainingMonitor({"healthy": record})
    TrainingMonitor(healthy, step 1 of 1, loss 2.300)
    """

    _esm = module("training_monitor")
    _css = stylesheet("chart", "training_monitor")

    names = traitlets.List(read_only=True).tag(sync=True)
    lab_names = traitlets.List(read_only=True).tag(sync=True)
    records = traitlets.Dict(read_only=True).tag(sync=True)  # as the page reads them
    live = traitlets.Dict(read_only=True).tag(sync=True)  # {name: record} of the run in progress
    chosen = traitlets.Unicode().tag(sync=True)
    compare = traitlets.Unicode().tag(sync=True)
    moment = traitlets.Int(-1).tag(sync=True)
    # What the reader wants, set by the page and by the methods below.
    wish = traitlets.Enum(["", "run", "stop"], "").tag(sync=True)
    status = traitlets.Unicode("ready").tag(sync=True)
    error = traitlets.Unicode("").tag(sync=True)

    def __init__(self, records, *, compare=None, lab=None):
        lab = {} if lab is None else lab
        for name, value in (("records", records), ("lab", lab)):
            if not isinstance(value, dict):
                raise TypeError(
                    f"TrainingMonitor: {name} must be a dict with the names of runs, "
                    f"but is of type {type(value).__name__}"
                )
        names = list({**records, **lab})
        if not names:
            raise ValueError("TrainingMonitor: give at least one run, in records or in lab")
        self._lab, self._thread, self._failure, self._shown = lab, None, None, 0.0
        self.set_trait("names", names)
        self.set_trait("lab_names", list(lab))
        self.set_trait("records", {name: _as_sent(r) for name, r in records.items()})
        super().__init__(chosen=names[-1], compare=names[0] if compare is None else compare)

    @traitlets.validate("chosen", "compare")
    def _is_known(self, proposal):
        name = proposal.trait.name
        if proposal.value not in self.names and not (name == "compare" and proposal.value == ""):
            raise ValueError(
                f"TrainingMonitor: {name} must be one of {', '.join(self.names)}, "
                f"but is {proposal.value!r}"
            )
        return proposal.value

    def start(self, name):
        """Start a run of the lab; return the widget.

        Raises:
            ValueError: there is no such run in the lab.
        """
        if name not in self.lab_names:
            raise ValueError(
                f"TrainingMonitor: start one of {', '.join(self.lab_names) or 'no runs'}, "
                f"not {name!r}"
            )
        self.chosen = name
        self.wish = "run"
        return self

    def stop(self):
        """Stop the run at its next snapshot."""
        self.wish = "stop"

    def wait(self):
        """Wait until the run has ended; return the widget.

        Raises:
            RuntimeError: none was started.
            Exception: what the run raised.
        """
        if self._thread is None:
            raise RuntimeError("TrainingMonitor: press Train, or call start(name) before wait()")
        self._thread.join()
        if self._failure:
            raise self._failure
        return self

    @traitlets.observe("wish")
    def _obey(self, change):
        busy = self._thread is not None and self._thread.is_alive()
        if change.new == "run" and not busy and self.chosen in self._lab:
            self.status, self.error, self._failure = "running", "", None
            self._thread = threading.Thread(target=self._run, args=[self.chosen], daemon=True)
            self._thread.start()

    def _run(self, name):
        """Train, and record how it ended. This runs in the background."""
        self.moment = -1
        try:
            record = self._lab[name](lambda recorder: self._show(name, recorder))
            self.set_trait("records", {**self.records, name: _as_sent(record)})
            self.status = "done"
        except _Stopped:
            self.set_trait("records", {**self.records, **self.live})
            self.status = "stopped"
        except BaseException as failure:  # nothing else would report it
            self._failure = failure
            self.error = f"{type(failure).__name__}: {failure}".splitlines()[0]
            self.status = "failed"
        finally:
            self.set_trait("live", {})
            self.wish = ""

    def _show(self, name, recorder):
        """Bring the page up to date, at most five times a second."""
        now = time.perf_counter()
        if now - self._shown > SECONDS_BETWEEN_UPDATES or self.wish == "stop":
            self.set_trait("live", {name: _as_sent(recorder)})
            self._shown = now
        if self.wish == "stop":
            raise _Stopped

    @property
    def record(self):
        """The chosen run as the page reads it, in progress or ended; None before it began."""
        return self.live.get(self.chosen) or self.records.get(self.chosen)

    def draw(self):
        """Return a figure of the chosen run at the chosen moment, beside the compared one."""
        from cnnedu.plots.monitor import show_monitor

        other = self.records.get(self.compare) if self.compare != self.chosen else None
        names = self.chosen, self.compare
        return show_monitor(_as_drawn(self.record), _as_drawn(other), self.moment, names)

    def __repr__(self):
        record = self.record
        if record is None or not record["steps"]:
            return f"TrainingMonitor({self.chosen}, not started)"
        step, steps = record["steps"][self.moment], len(record["losses"])
        loss = record["losses"][step - 1]
        shown = "not a number" if loss is None else f"{loss:.3f}"
        return f"TrainingMonitor({self.chosen}, step {step} of {steps}, loss {shown})"


def _as_sent(recorder):
    """Return a recorder's figures in a form for JSON."""
    kept = recorder.snapshots
    count = len(kept["steps"])
    return {
        "layers": list(recorder.layers),
        "losses": [float(loss) if np.isfinite(loss) else None for loss in recorder.losses],
        "rates": [float(rate) for rate in recorder.rates],
        "held_out": [[int(step), float(share)] for step, share in recorder.held_out],
        "steps": list(kept["steps"]),
    } | {kind: encode(np.array(kept[kind][:count], np.float32)) for kind in ARRAYS}


def _as_drawn(record):
    """Return a record as it is sent, with its arrays decoded; None stays None."""
    return record and record | {kind: decode(record[kind]) for kind in ARRAYS}


class _Stopped(Exception):
    """Ends a run that the reader has stopped."""
