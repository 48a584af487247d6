# Give lists within lists that the grader can read, but perhaps not pass on to the judge.
# ends: any
# %%
import sys

sys.setrecursionlimit(10**5)


def nested(levels):
    return [nested(levels - 1)] if levels else 1.0


# %% grade_id="01-by-hand"
by_hand = nested(491)

# %% grade_id="01-horizontal-kernel"
horizontal = nested(490)


# %% grade_id="01-flip"
def flip(w):
    return nested(975)
