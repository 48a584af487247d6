# loses 07-input-gradient-tests: one window too few in each direction, where the stride divides
# told: The last window of each row and each column is missing

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    KH, KW = w.shape[2:]
    dx = np.zeros((len(dout), w.shape[1], H, W))
    for i, top in enumerate(range(0, H - KH, stride)):
        for j, left in enumerate(range(0, W - KW, stride)):
            dx[:, :, top : top + KH, left : left + KW] += np.tensordot(dout[:, :, i, j], w, 1)
    return dx
