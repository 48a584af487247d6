# loses 01-flip-tests: sorted downwards, right where the weights grow
# told: You sorted the weights

# %% grade_id="01-flip"
def flip(w):
    return np.array(sorted(w.ravel(), reverse=True)).reshape(w.shape)
