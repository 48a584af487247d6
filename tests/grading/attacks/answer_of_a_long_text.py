# Answer with a text of 60 MB.
# ends: any
# %% grade_id="01-by-hand"
by_hand = "ab " * 20_000_000


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    return "ab " * 20_000_000


# %% grade_id="01-flip"
def flip(w):
    return b"ab " * 20_000_000


# %% grade_id="01-horizontal-kernel"
horizontal = [["ab " * 2_000_000] * 3] * 3
