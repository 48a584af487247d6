# loses 07-weight-gradient-tests: no loop over the batch
# told: That is the first picture's share alone

# %% grade_id="07-weight-gradient"
def weight_gradient(dout, x, KH, KW, stride):
    N,F,OH,OW=dout.shape
    dw=np.zeros((F,x.shape[1],KH,KW))
    for f in range(F):
        for i in range(OH):
            for j in range(OW):
                dw[f]+=dout[0,f,i,j]*x[0,:,i*stride:i*stride+KH,j*stride:j*stride+KW]
    return dw
