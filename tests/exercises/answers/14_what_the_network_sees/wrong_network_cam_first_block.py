# loses 14-network-cam-tests: takes the maps of layer4's first block
# told: take what all of `layer4` puts out

# %% grade_id="14-network-cam"
def network_cam(network, x, target):
    kept, training = [], network.training
    hook = network.layer4[0].register_forward_hook(lambda part, inputs, output: kept.append(output))
    network.eval()
    score = network(x[None])[0, target]
    hook.remove()
    network.train(training)
    (gradients,) = torch.autograd.grad(score, kept[0])
    alpha = gradients.mean(dim=(2, 3), keepdim=True)
    cam = (alpha * kept[0]).sum(dim=1, keepdim=True).relu()
    return F.interpolate(cam, size=x.shape[1:], mode="bilinear")[0, 0]


cam_as_numbers = cam_function(network_cam)  # for the checks
