# loses 01-flip-tests: only one axis is flipped
# told: Only the rows changed places

# %% grade_id="01-flip"
def flip(w):
    return w[::-1]
