"""Readers' templates as they are sent."""

import re
from typing import Any

from django.template.loaders import filesystem

_INDENT = re.compile(r"\n[ \t]+")


class Loader(filesystem.Loader):
    """Without the indentation of the pages' templates: nobody sees it, and compressed it is two hundredths of a page.

    Lines stay lines, so errors name the right one. What is set in ``<pre>`` comes from values, not from templates.
    """

    def get_contents(self, origin: Any) -> str:
        contents: str = super().get_contents(origin)
        return _INDENT.sub("\n", contents) if origin.template_name.startswith("site/") else contents
