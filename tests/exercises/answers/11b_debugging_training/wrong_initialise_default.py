# loses 11b-initialise-tests: draws PyTorch's own weights
# told: PyTorch's own first weights

# %% grade_id="11b-initialise"
def initialise(network):
    for layer in network.modules():
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            fan_in = layer.weight[0].numel()
            layer.reset_parameters()
            nn.init.zeros_(layer.bias)


first_weights = weights_function(initialise)  # for the checks
