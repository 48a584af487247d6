# loses 01-flip-tests: the weights change sign
# told: You changed the signs

# %% grade_id="01-flip"
def flip(w):
    return -w
