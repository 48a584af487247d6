"""A page that classifies pictures in the browser: one HTML file, without a network connection."""

from cnnedu.tasks.page.export import check_exporter, to_onnx
from cnnedu.tasks.page.write import page, write_page
