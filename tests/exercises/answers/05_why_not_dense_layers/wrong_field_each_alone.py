# loses 05-receptive-field-tests: begins again at every layer
# told: follow the chain down to the picture

# %% grade_id="05-receptive-field"
def receptive_field(ks, ss, ds):
    out=[]
    for k,s,d in zip(ks,ss,ds):
        size,jump=1,1
        size+=(k-1)*d*jump; jump*=s; out.append(size)
    return out
