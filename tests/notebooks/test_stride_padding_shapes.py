"""What lesson 03 says of its measurements is what its stored cells print."""

import re

from notebooks.stored import printed

LESSON = "03_stride_padding_shapes"


def test_zeros_darken_the_border_and_a_repeated_border_does_not():
    found = {}
    for line in printed(LESSON, "darker = ").strip().splitlines():
        name, border, darker = re.match(r"(.*?) +border ([\d.]+) .* (\d+) of 33", line).groups()
        found[name] = (float(border), int(darker))
    zeros = [found[name] for name in ("1 blur", "3 blurs", "10 blurs")]
    assert zeros == sorted(zeros, key=lambda pair: (-pair[0], pair[1]))  # the frame creeps inwards
    assert found["10 blurs"][1] == 12 and found["10 blurs, border repeated"] == (1, 0)


def test_keras_and_pytorch_agree_on_the_size_and_not_on_the_numbers():
    lines = printed(LESSON, "library, padding").strip().splitlines()
    keras, torch = (line.split("→")[1].strip(" []").split() for line in lines)
    assert len(keras) == len(torch) == 4 and set(keras[:3]).isdisjoint(torch[:1])
    assert keras != torch


def test_three_changes_cost_what_the_lesson_says():
    cells = [re.findall(r"([\d,.]+)(?= |$)", line) for line in
             printed(LESSON, "changes = {").strip().splitlines()[1:]]  # fmt: skip
    rows = [[float(cell.replace(",", "")) for cell in row[-4:]] for row in cells]
    (flat, parameters, products, memory), no_padding, less, stride = rows
    assert no_padding[0] == 64 * 55 * 55
    assert less[0] == 4 * flat and less[1] - parameters == 3 * 128 * flat
    assert stride[1] == parameters
    first = 224 * 224 * 32 * 27  # multiply-adds of the first convolution
    assert products - stride[2] == 3 * first / 4 and round(stride[3] / memory, 1) == 0.5


def test_pooling_saves_weights_of_a_dense_layer_after_flattening_alone():
    lines = printed(LESSON, "unpooled = ").strip().splitlines()[1:]
    rows = [[float(n.replace(",", "")) for n in re.findall(r"[\d,.]+", line)] for line in lines]
    assert all(row[:2] == [896, 18496] for row in rows)
    (_, _, two, *_), (_, _, none, *_), average, average_none = rows
    assert round((none - 128) / (two - 128), 1) == 16
    assert average[2] == average_none[2] == 128 * 65
    assert average[3] < average_none[3] and average[4] < average_none[4]
