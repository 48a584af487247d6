import torch
from torch import nn

from cnnedu.models.classic import classic, equipped


def test_every_layer_has_the_parameters_and_shapes_its_docstring_says():
    network, x, seen = classic(), torch.zeros(2, 3, 32, 32), {}
    for name, layer in network.named_children():
        x = layer(x)
        seen[name] = tuple(x.shape[1:]), sum(p.numel() for p in layer.parameters())
    learnt = {name: count for name, (_, count) in seen.items() if count}
    assert learnt == dict(conv1=896, conv2=18496, conv3=36928, dense1=65600, dense2=650)
    assert sum(learnt.values()) == 122_570
    shapes = {name: shape for name, (shape, _) in seen.items() if "relu" not in name}
    assert shapes == dict(
        conv1=(32, 30, 30),
        pool1=(32, 15, 15),
        conv2=(64, 13, 13),
        pool2=(64, 6, 6),
        conv3=(64, 4, 4),
        flatten=(1024,),
        dense1=(64,),
        dense2=(10,),
    )
    assert [name for name in seen if "relu" in name] == ["relu1", "relu2", "relu3", "relu4"]
    assert list(seen)[-1] == "dense2", "logits: nothing follows the last dense layer"


def test_dropout_and_batch_norm_stand_where_they_should():
    network = equipped(nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Linear(2, 2)), 0.5, True)
    kinds = [type(layer).__name__ for layer in network]
    assert kinds == ["Conv2d", "BatchNorm2d", "ReLU", "Dropout", "Linear"]
