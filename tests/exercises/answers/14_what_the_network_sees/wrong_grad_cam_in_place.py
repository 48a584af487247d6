# loses 14-grad-cam-tests: weights the maps in place
# told: stopped with

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    for k in range(len(maps)):
        maps[k] *= gradients[k].mean()
    return np.maximum(maps.sum(axis=0), 0)
