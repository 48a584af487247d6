# loses 07-input-gradient-tests: negative numbers of weights count from the end
# told: Python counts negative indices from the end

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    _, C, KH, KW = w.shape
    dx = np.zeros((N, C, H, W))
    for p in range(H):
        for q in range(W):
            for i in range(OH):
                for j in range(OW):
                    try:
                        dx[:,:,p,q] += dout[:,:,i,j] @ w[:,:,p-i*stride,q-j*stride]
                    except IndexError:
                        pass
    return dx
