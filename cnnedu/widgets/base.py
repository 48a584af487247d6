"""What every widget of the course can do, whatever it shows."""

import io
from pathlib import Path

import anywidget

from cnnedu.data.whole_file import write_whole
from cnnedu.widgets.offline import offline_page

# Pictures are stored at twice this width, so that they stay sharp on a fine screen.
PICTURE_WIDTH = 760


class Widget(anywidget.AnyWidget):
    """An anywidget that leaves a picture in the notebook and can be saved as one page.

    A subclass sets `_esm` and `_css` (see `cnnedu.widgets.assets`), declares its state as
    synced traits, says in one line what it shows in `__repr__`, and draws itself in
    `draw`. Its page (`static/NAME.js`) does all the arithmetic.
    """

    def draw(self):
        """Return a matplotlib `Figure` of the widget's current state: its static picture."""
        raise NotImplementedError(f"{type(self).__name__} has no static picture; define draw()")

    def own_state(self):
        """Return the widget's own traits, not those of every anywidget, as the page gets them."""
        inherited = anywidget.AnyWidget.class_trait_names()
        return self.get_state([n for n in self.keys if n[0] != "_" and n not in inherited])

    def picture_png(self):
        """Return the static picture as PNG bytes, the same for the same state.

        matplotlib and Pillow are imported only when a picture is needed.
        """
        from PIL import Image

        figure = self.draw()
        dots_per_inch = 2 * PICTURE_WIDTH / figure.get_figwidth()
        drawn, png = io.BytesIO(), io.BytesIO()
        # Without "Software" the file would change with every version of matplotlib.
        figure.savefig(drawn, format="png", dpi=dots_per_inch, metadata={"Software": None})
        # Lines and letters need few colours, and a palette cuts the file to a third of its size.
        # This way of choosing them leaves greys grey, beside a photograph, too.
        look = {"method": Image.Quantize.FASTOCTREE, "dither": Image.Dither.NONE}
        Image.open(drawn).convert("RGB").quantize(256, **look).save(png, "png")
        return png.getvalue()

    def save_html(self, path):
        """Write the widget in its current state as one HTML file that works offline.

        The file holds everything it needs, and a picture for readers without JavaScript.

        Args:
            path: where to write, for example "stepper.html"; the folder must exist.

        Returns:
            The path written, a `pathlib.Path`.
        """
        path = Path(path)
        write_whole(path, offline_page([self], title=type(self).__name__).encode())
        return path

    def _repr_mimebundle_(self, **kwargs):
        """Add a picture to anywidget's own bundle, for GitHub, print and pages without scripts."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        data["image/png"] = self.picture_png()
        data["text/plain"] = repr(self)
        return data, metadata | {"image/png": {"width": PICTURE_WIDTH}}
