# loses 14-grad-cam-tests: takes one mean of all gradients
# told: yours is the mean over all maps

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = np.mean(gradients)
    return np.maximum((alpha * maps).sum(axis=0), 0)
