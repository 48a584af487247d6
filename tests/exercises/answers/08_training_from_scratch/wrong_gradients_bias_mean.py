# loses 08-gradients-tests: dc is the mean over the pictures
# told: dc is the sum over the pictures

# %% grade_id="08-gradients"
def gradients(x, dlogits, w, b, v, c):
    a = conv2d(x, w, b, padding=1)
    r = np.maximum(a, 0)
    pooled = max_pool2d(r, 2)
    dv = dlogits.T @ pooled.reshape(len(x), -1)
    dc = dlogits.mean(axis=0)
    dpooled = (dlogits @ v).reshape(pooled.shape)
    da = max_pool2d_backward(dpooled, r, 2) * (a > 0)
    _, dw, db = conv2d_backward(da, x, w, padding=1)
    return dw, db, dv, dc


gradient_rows = row_function(gradients)  # for the checks
