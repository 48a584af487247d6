# Stop with texts that can't be written in UTF-8, in a cell and in functions.
# ends: graded
# %%
raise ValueError("half a character: \udc80 \ud83d PWNED")


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise ValueError("\udcff" * 100)


# %% grade_id="01-flip"
def flip(w):
    raise NotImplementedError("\ud800")
