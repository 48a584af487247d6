# loses 15-fgsm-tests: gives back the push
# told: That is the push alone

# %% grade_id="15-fgsm"
def fgsm(x, gradient, epsilon):
    return epsilon * np.sign(gradient)
