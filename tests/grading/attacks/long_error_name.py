# Stop with an error whose class has a name of 60 MB.
# ends: any
# %% grade_id="01-correlate2d"
def correlate2d(x, w, stride=(1, 1)):
    raise type("Ab" * 30_000_000, (Exception,), {})("no")


# %% grade_id="01-flip"
def flip(w):
    raise type("A\nb" * 20_000_000, (ArithmeticError,), {})
