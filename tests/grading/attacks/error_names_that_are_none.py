# Stop with errors whose names are no names: empty, with NUL, those of the interpreter's own signals.
# ends: any
# %%
def named(name):
    class Named(Exception):
        pass

    Named.__name__ = name
    return Named


# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise named("")("PWNED")


# %% grade_id="01-flip"
def flip(w):
    raise named("SystemExit")(0)
