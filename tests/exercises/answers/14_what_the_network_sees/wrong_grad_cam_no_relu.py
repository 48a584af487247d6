# loses 14-grad-cam-tests: keeps what speaks against the class
# told: The ReLU at the end is missing

# %% grade_id="14-grad-cam"
def grad_cam(maps, gradients):
    return np.einsum("k,kij->ij", gradients.mean((1, 2)), maps)
