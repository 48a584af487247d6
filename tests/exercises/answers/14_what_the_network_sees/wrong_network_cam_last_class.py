# loses 14-network-cam-tests: takes the last class, whichever is asked for
# told: You always explain the last class

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    kept, training = [], network.training
    hook = network.layer4.register_forward_hook(lambda part, inputs, output: kept.append(output))
    network.eval()
    score = network(x[None])[0, -1]
    hook.remove()
    network.train(training)
    (gradients,) = torch.autograd.grad(score, kept[0])
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    cam = (alpha * kept[0]).sum(dim=1, keepdim=True).relu()
    return F.interpolate(cam, size=x.shape[1:], mode="bilinear")[0, 0]


cam_as_numbers = cam_function(network_cam)  # for the checks
