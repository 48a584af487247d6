"""Draw the picture that stands first in the README."""

from cnnedu.data import edge_kernel, photo, shrink, smiley, square
from cnnedu.explain.occlusion import occlusion
from cnnedu.models.pretrained import load_pretrained
from cnnedu.plots.poster import show_course

PLACE = "docs/course.png"


def write_poster(root):
    """Write the picture of the course: the smiley, learnt kernels, and where a network looked."""
    trained = load_pretrained("classic")
    face = square(photo("cat"), top=0, left=45, size=300)
    small = shrink(face, 32)
    x = trained.prepare(small.transpose(2, 0, 1)[None])[0]
    heat = occlusion(trained.network, x, trained.classes.index("cat"))
    filters = trained.network.conv1.weight.detach().numpy()
    figure = show_course(smiley(), edge_kernel(), filters, face, small, heat)
    path = root / PLACE
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, dpi=96, metadata={"Software": None})
