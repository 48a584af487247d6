# loses 07-input-gradient-tests: no loop over the batch
# told: Only the first picture gets its share

# %% grade_id="07-input-gradient"
def input_gradient(dout, w, H, W, stride):
    N,F,OH,OW=dout.shape; _,C,KH,KW=w.shape
    dx=np.zeros((N,C,H,W))
    for f,i,j in np.ndindex(F,OH,OW):
        t,l=i*stride,j*stride
        dx[0,:,t:t+KH,l:l+KW]+=dout[0,f,i,j]*w[f]
    return dx
