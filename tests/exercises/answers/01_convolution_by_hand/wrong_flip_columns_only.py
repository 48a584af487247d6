# loses 01-flip-tests: each row is reversed
# told: Only the columns changed places

# %% grade_id="01-flip"
def flip(w):
    return [row[::-1] for row in w]
