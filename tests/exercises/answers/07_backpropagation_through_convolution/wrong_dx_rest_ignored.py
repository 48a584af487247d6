# loses 07-input-gradient-tests: takes an output also where the stride doesn't divide
# told: `//` alone also takes the others

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N, F, OH, OW = dout.shape
    _, C, KH, KW = w.shape
    dx = np.zeros((N, C, H, W))
    for p in range(H):
        for q in range(W):
            for u in range(KH):
                for v in range(KW):
                    i, j = (p-u)//stride, (q-v)//stride
                    if 0<=i<OH and 0<=j<OW:
                        dx[:,:,p,q] += dout[:,:,i,j] @ w[:,:,u,v]
    return dx
