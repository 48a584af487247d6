# Stop with the checker's own error and a message of 60 MB, or with that of work not yet done.
# ends: any
# %% grade_id="01-correlate2d"
from cnnedu.checks import CheckFailed


def correlate2d(x, w, stride=(1, 1)):
    raise CheckFailed("ab " * 20_000_000)


# %% grade_id="01-flip"
def flip(w):
    raise NotImplementedError("ab " * 20_000_000)
