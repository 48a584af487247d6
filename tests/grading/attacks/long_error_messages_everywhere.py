# Stop with a message of 60 MB in every function.
# ends: any
# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise LookupError("ab " * 20_000_000)


# %% grade_id="01-flip"
def flip(w):
    raise ArithmeticError("ab " * 20_000_000)
