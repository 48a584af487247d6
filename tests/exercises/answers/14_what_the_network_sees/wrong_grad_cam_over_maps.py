# loses 14-grad-cam-tests: averages over the maps
# told: take the mean over its places

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    return np.maximum((gradients.mean(axis=0) * maps).sum(axis=0), 0)
