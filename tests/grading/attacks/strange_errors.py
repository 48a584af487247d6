# Raise errors that are hard to show.
# ends: graded
# %% grade_id="01-correlate2d"
class Strange(Exception):
    def __str__(self):
        raise self

    def _render_traceback_(self):
        return 42


def correlate2d(x, w, stride=(1, 1)):
    raise Strange


# %%
raise Strange

# %% grade_id="01-flip"
def flip(w):
    return flip(w)
