"""What is executed, and what came of it, as plain data."""

from dataclasses import dataclass, field

from cnnedu.grading.exercise import Exercise
from cnnedu.grading.forkserver import Limits


@dataclass(frozen=True)
class Job:
    """A sanitised notebook, as plain data that can be sent to another machine.

    Args:
        cells: the code cells in order: (position, source, grade_id of a test or None).
        exercise: the `Exercise` in the source version.
        files: {name: bytes} that the student handed in beside the notebook.
        given: {name: bytes} that the instructor gave out with it.
        timeout: seconds that a cell may take.
        limits: of each process.
        patience: how many timeouts a cell may take while others keep the processors busy.
    """

    cells: list[tuple[int, str, str | None]]
    exercise: Exercise
    files: dict[str, bytes] = field(default_factory=dict)
    given: dict[str, bytes] = field(default_factory=dict)
    timeout: float = 30
    limits: Limits = field(default_factory=Limits)
    patience: int = 1


@dataclass
class Result:
    """What came of a job.

    Args:
        outputs: {position: outputs} of the code cells.
        verdicts: {grade_id: (passed, text of the last line's value or None)} from the judge.
        unjudged: {grade_id: why there is no verdict}.
        ended: why the student's process ended early, or None.
        slow: positions of the cells that took too long.
        starved: whether something took too long because others used the processors.
        absent: whether a cell asked for a module that isn't there.
    """

    outputs: dict[int, list] = field(default_factory=dict)
    verdicts: dict[str, tuple] = field(default_factory=dict)
    unjudged: dict[str, str] = field(default_factory=dict)
    ended: str | None = None
    slow: list[int] = field(default_factory=list)
    starved: bool = False
    absent: bool = False
