# loses 14-grad-cam-tests: averages the maps and adds up the gradients
# told: You exchanged the two

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    return np.maximum(np.tensordot(maps.mean(axis=(1, 2)), gradients, 1), 0)
