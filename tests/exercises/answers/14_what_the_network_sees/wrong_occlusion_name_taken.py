# loses 14-occlusion-tests: calls the number like the function
# told: stopped with UnboundLocalError

# %% grade_id="14-occlusion"
def occlusion_map(x, w, size, stride, fill):
    score = score(x, w)
    return np.zeros(x.shape) + score
