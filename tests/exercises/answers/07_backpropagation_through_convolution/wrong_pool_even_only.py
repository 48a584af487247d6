# loses 07-max-pool-gradient-tests: right for even heights and widths alone
# told: numbers don't fill shape

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    N, C, H, W = x.shape
    windows = x.reshape(N, C, H // 2, 2, W // 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(N, C, H // 2, W // 2, 4)
    first = np.eye(4)[windows.argmax(axis=-1)] * dout[..., None]
    return first.reshape(N, C, H // 2, W // 2, 2, 2).transpose(0, 1, 2, 4, 3, 5).reshape(x.shape)
